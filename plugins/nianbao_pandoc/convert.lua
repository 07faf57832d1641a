-- The worker. One request a line on stdin, one answer a line on stdout, both JSON; documents travel in files of the
-- working directory under relative ASCII names, because on Windows the pipes are in text mode and fopen is not Unicode.
--
--   {"read": "document.html", "to": "docx" | "markdown", "out": NAME, ...}   ->   {"ok": true} | {"error": TEXT}
--
-- Without `read` the document is still the one of the request before: it is read once, however many formats are made.

-- pandoc.read takes a sandbox as its fourth argument from 3.2 on; an older pandoc would ignore it.
PANDOC_VERSION:must_be_at_least '3.2'

local pictures = dofile 'pictures.lua'
local tables = dofile 'tables.lua'
local writers = {docx = dofile 'docx.lua', markdown = dofile 'markdown.lua'}
local document

-- `pandoc lua` has no --sandbox. Nothing on disk or network can be reached all the same: the reader runs in a sandbox (its
-- last argument, an empty file system), and what a writer would fetch or link to later leaves the document right here.
local safe = {
  Image = function(image)
    local embedded = image.src:match '^data:image/png;base64,' or image.src:match '^data:image/jpeg;base64,'
    return not embedded and image.caption or nil
  end,
  Link = function(link)
    local public = link.target:match '^https?://' or link.target:match '^mailto:'
    return not public and link.content or nil
  end,
  RawInline = function() return {} end,
  RawBlock = function() return {} end,
  Div = function(div)
    if not div.classes:includes 'note' then return div.content end
    return pandoc.Div(div.content:walk {Div = function(inner) return inner.content end})
  end,
  Span = function(span)
    return not (span.classes:includes 'mark' or span.classes:includes 'run-in') and span.content or nil
  end,
  Header = function(header)
    return pandoc.Header(header.level, header.content)
  end,
}

-- Bold within bold is bold: pandoc would say it twice, which Word has to repair.
for _, tag in ipairs {'Strong', 'Emph', 'Underline', 'Strikeout', 'SmallCaps', 'Superscript', 'Subscript'} do
  safe[tag] = function(inline)
    inline.content = inline.content:walk {[tag] = function(inner) return inner.content end}
    return inline
  end
end

-- pandoc reads the rows of one tbody in a time that grows with their square: a long one is read in pieces, which tables.lua puts
-- together again. Not where rows are merged, which would be cut; nor a table in a table.
local PIECE = 100

local function in_pieces(opening, rows)
  if rows:find '<table' or rows:find 'rowspan' then return nil end
  local count = 0
  return opening .. rows:gsub('</tr>%s*<tr', function(between)
    count = count + 1
    return count % PIECE == 0 and ('</tr></tbody><tbody class="%s"><tr'):format(tables.CONTINUED) or between
  end)
end

-- {blocks, tables = {identifier: table laid out}}; in the blocks an empty Div of that identifier stands for a table.
local function read(html)
  -- What pandoc would drop too, but spends a third of its reading on: figures' paths, and what ties cells to their headers.
  html = html:gsub('</?data%f[%s>][^<>]*>', ''):gsub('(<t[hd]) %a+="t[%d t-]*"', '%1')
  html = html:gsub('(<tbody[^<>]*>)(.-</tbody>)', in_pieces)
  local laid, count = {}, 0
  local blocks = pandoc.read(html, 'html', pandoc.ReaderOptions {}, {}).blocks:walk(safe):walk {
    Table = function(element)
      count = count + 1
      local name = 'table-' .. count
      laid[name] = tables.lay_out(element)
      return pandoc.Div({}, pandoc.Attr(name))
    end,
  }
  return {blocks = blocks, tables = laid}
end

local function slurp(name)
  local file <close> = assert(io.open(name, 'rb'))
  return file:read 'a'
end

local function spill(name, text)
  local file <close> = assert(io.open(name, 'wb'))
  file:write(text)
end

local function answer(line)
  local request = pandoc.json.decode(line, false)
  if request.read then
    document = nil
    collectgarbage()  -- Lua does not see how much of pandoc's memory the document before holds
    document = read(slurp(request.read))
  end
  local shown = {blocks = document.blocks:walk(pictures[request.to]), tables = document.tables}
  local _, written = pandoc.log.silence(writers[request.to], shown, request)
  spill(request.out, written)
end

-- The caller still imports and reads: meanwhile touch what a first document needs, which makes it a third faster.
local rehearsal = pandoc.Pandoc(read('<p>a</p><table><tr><th>b</th></tr></table>').blocks)
pandoc.write(rehearsal, 'docx')
pandoc.write(rehearsal, 'gfm')

for line in io.lines() do
  local done, problem = pcall(answer, line)
  io.stdout:write(pandoc.json.encode(done and {ok = true} or {error = tostring(problem)}), '\n')
  io.stdout:flush()
end

-- stdin is closed: whoever started us stopped, or died. Either way nobody else tidies up.
local folder = pandoc.system.get_working_directory()
pcall(pandoc.system.with_working_directory, '..', function() pandoc.system.remove_directory(folder, true) end)
