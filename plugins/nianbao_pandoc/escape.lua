-- Text as Markdown that reads back as the same text. pandoc's own escaping loses some (`\(x\)`, `---`, `&amp;`), lets GitHub
-- strike out what stands between two `~`, and puts backslashes where none is needed.

-- Within a word of letters, as in a URL, _ is only itself.
local function underscores(text)
  return (text:gsub('()(_+)()', function(from, run, to)
    local within = text:sub(1, from - 1):match '%w$' and text:sub(to):match '^%w'
    return not within and run:gsub('_', '\\_') or nil
  end))
end

local function anywhere(text)
  return underscores((text
    :gsub('\\(%p)', '\\\\%1')
    :gsub('[*`~%[|$]', '\\%0')
    :gsub('<([%a/!?])', '\\<%1')
    :gsub('&(#?%w+;)', '\\&%1')))
end

-- A word that would make of its line a list, a heading, a rule or a quotation.
local function at_start(word)
  if word:match '^[-+]$' or word:match '^#+$' or word:match '^%-+$' or word:match '^=+$' or word:match '^>' then
    return '\\' .. word
  end
  return (word:gsub('^(%d+)([.)])$', '%1\\%2'))
end

-- Inlines with each word escaped.
return function(inlines)
  local start = true
  return inlines:walk {
    traverse = 'topdown',
    Str = function(word)
      local text = anywhere(word.text)
      if start then text = at_start(text) end
      start = false
      return pandoc.RawInline('markdown', text)
    end,
    LineBreak = function() start = true end,
    Span = function(span) return span.content end,
  }
end
