-- Word and Markdown of all pages by a loop that a user of pandoc would write, with the filters of nianbao_pandoc:
-- `pandoc lua loop.lua FOLDER`.

local function slurp(name)
  local file <close> = assert(io.open(name, 'rb'))
  return file:read 'a'
end

local function spill(name, text)
  local file <close> = assert(io.open(name, 'wb'))
  file:write(text)
end

local unwrapped = {
  Div = function(div) return div.classes:includes 'note' and pandoc.Div(div.content) or div.content end,
  Span = function(span)
    return not (span.classes:includes 'mark' or span.classes:includes 'run-in') and span.content or nil
  end,
  Header = function(header) return pandoc.Header(header.level, header.content) end,
}

pandoc.system.with_working_directory(arg[1], function()
  local tables, word, markdown = dofile 'tables.lua', dofile 'docx.lua', dofile 'markdown.lua'
  local told = pandoc.json.decode(slurp 'pages.json', false)
  for number, meta in ipairs(told.metas) do
    local laid, count = {}, 0
    local blocks = pandoc.read(slurp(number .. '.html'), 'html').blocks:walk(unwrapped):walk {
      Table = function(element)
        count = count + 1
        laid['table-' .. count] = tables.lay_out(element)
        return pandoc.Div({}, pandoc.Attr('table-' .. count))
      end,
    }
    local page = {blocks = blocks, tables = laid}
    spill('loop-' .. number .. '.docx', word(page, {
      reference = 'reference.docx', styles = told.styles, width = told.width, epoch = '1735603200', meta = meta, headline = {meta.title},
    }))
    spill('loop-' .. number .. '.md', markdown(page, {draft = ''}))
  end
end)
