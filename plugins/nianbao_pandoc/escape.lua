-- Text as Markdown that reads back as the same text. pandoc's own escaping loses some (`\(x\)`, `---`, `&amp;`), lets GitHub
-- strike out what stands between two `~`, and puts backslashes where none is needed.

-- Within a word of letters, as in a URL, _ is only itself.
local function underscores(text)
  return (text:gsub('()(_+)()', function(from, run, to)
    local within = from > 1 and text:find('^%w', from - 1) and text:find('^%w', to)
    return not within and run:gsub('_', '\\_') or nil
  end))
end

-- A backslash before a letter is only itself.
local function backslashes(text)
  return (text:gsub('(\\+)()', function(run, to)
    local alone = #run == 1 and text:find('^[^%p]', to)
    return not alone and run .. run or nil
  end))
end

-- `<` is an entity, because a backslash at the end of an address belongs to the address: what follows it would be HTML.
local function anywhere(text)
  return underscores((backslashes(text)
    :gsub('[*`~%[|$]', '\\%0')
    :gsub('&(#?%w+;)', '\\&%1')
    :gsub('<([%a/!?])', '&lt;%1')))
end

-- Where GitHub sees an address it makes a link of all up to the next space, in which backslashes and entities are themselves: so
-- text with any of them has no address.
local function no_address(text)
  return (text
    :gsub('://', '\\://')
    :gsub('@', '\\@')
    :gsub('([Ww][Ww][Ww])%.', '%1\\.')
    :gsub('([Mm][Aa][Ii][Ll][Tt][Oo]):', '%1\\:')
    :gsub('([Xx][Mm][Pp][Pp]):', '%1\\:'))
end

-- A word that would make of its line a list, a heading, a rule or a quotation.
local function at_start(word)
  if word:match '^[-+]$' or word:match '^#+$' or word:match '^%-+$' or word:match '^=+$' or word:match '^>' then
    return '\\' .. word
  end
  return (word:gsub('^(%d+)([.)])$', '%1\\%2'))
end

local SPACES = {Space = true, SoftBreak = true, LineBreak = true}

-- Neighbouring words as one: what is a mark, and where an address ends, shows only in the whole.
local function joined(inlines)
  local out = pandoc.Inlines {}
  for _, inline in ipairs(inlines) do
    local last = out[#out]
    if last and last.tag == 'Str' and inline.tag == 'Str' then
      out[#out] = pandoc.Str(last.text .. inline.text)
    else
      out:insert(inline)
    end
  end
  return out
end

-- `beside`: the mark that ends these inlines follows without a space.
local function escaped(inlines, beside, line)
  local out = joined(inlines)
  for number, inline in ipairs(out) do
    local following = out[number + 1]
    if inline.tag == 'Str' then
      local text = anywhere(inline.text)
      if text ~= inline.text or (following and not SPACES[following.tag]) or (not following and beside) then text = no_address(text) end
      out[number] = pandoc.RawInline('markdown', line.start and at_start(text) or text)
      line.start = false
    elseif inline.tag == 'LineBreak' then
      line.start = true
    elseif inline.tag == 'Image' then
      inline.caption = escaped(inline.caption, false, line)
      out[number] = inline
    elseif inline.content and inline.tag ~= 'Note' then
      inline.content = escaped(inline.content, inline.tag ~= 'Link', line)
      out[number] = inline
    end
  end
  return out
end

-- Inlines with each word escaped.
return function(inlines)
  return escaped(inlines:walk {Span = function(span) return span.content end}, false, {start = true})
end
