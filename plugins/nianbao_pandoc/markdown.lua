-- Markdown for readers and for diffs: no HTML, but for a table whose rows are merged downwards, which pipes cannot say.

local tables = dofile 'tables.lua'
local escape = dofile 'escape.lua'

local function words(text)
  return escape(pandoc.Inlines {pandoc.Str(text)})
end

local function bold(text)
  return pandoc.Para {pandoc.Strong(words(text))}
end

local function texts(row)
  local blocks = {}
  for number, cell in ipairs(row) do blocks[number] = {pandoc.Plain(words(cell.text))} end
  return blocks
end

local function pipes(head, rows)
  local aligns, widths, lines = {}, {}, {}
  for column in ipairs(head) do
    aligns[column], widths[column] = rows[1][column].scope and 'AlignLeft' or 'AlignRight', 0
  end
  for number, row in ipairs(rows) do lines[number] = texts(row) end
  return pandoc.utils.from_simple_table(pandoc.SimpleTable({}, aligns, widths, texts(head), lines))
end

-- A table of several small ones, each under a row that is one cell: 第二十条第（一）项, ...
local function is_stack(laid)
  if #laid.head > 0 then return false end
  for _, body in ipairs(laid.bodies) do
    if #body < 3 or #body[1] ~= 1 then return false end
    for number = 3, #body do
      if #body[number] ~= #body[2] then return false end
    end
  end
  return true
end

local function stack(laid)
  local blocks = {}
  for _, body in ipairs(laid.bodies) do
    blocks[#blocks + 1] = bold(body[1][1].text)
    blocks[#blocks + 1] = pipes(body[2], {table.unpack(body, 3)})
  end
  return blocks
end

-- A table too wide for a page of text, whose columns stand in named groups: 行政复议, 行政诉讼 / 未经复议直接起诉, ...
local function is_wide(laid)
  if #laid.head < 2 or #laid.bodies ~= 1 then return false end
  for _, row in ipairs(laid.bodies[1]) do
    if #row ~= laid.columns then return false end
  end
  for column = 1, laid.columns do
    if #tables.above(laid, column) < 2 then return false end
  end
  return true
end

local function wide(laid)
  local blocks, column = {}, 1
  while column <= laid.columns do
    local path = tables.above(laid, column)
    local group, names = path[#path - 1], {}
    for number = 1, #path - 1 do names[number] = path[number].text end
    local last = group.column + group.across - 1
    local head, rows = {}, {}
    for member = column, last do
      local own = tables.above(laid, member)
      head[#head + 1] = own[#own]
    end
    for number, row in ipairs(laid.bodies[1]) do rows[number] = {table.unpack(row, column, last)} end
    blocks[#blocks + 1] = bold(table.concat(names, ' / '))
    blocks[#blocks + 1] = pipes(head, rows)
    column = last + 1
  end
  return blocks
end

local function all_rows(laid)
  local rows = {table.unpack(laid.head)}
  for _, body in ipairs(laid.bodies) do table.move(body, 1, #body, #rows + 1, rows) end
  return rows
end

local function is_plain(laid)
  local rows = all_rows(laid)
  for _, row in ipairs(rows) do
    if #row ~= laid.columns then return false end
  end
  return #rows > 1 and #laid.head <= 1
end

local function plain(laid)
  local rows = all_rows(laid)
  return pipes(rows[1], {table.unpack(rows, 2)})
end

local ENTITIES = {['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;'}

local function html_row(row)
  local out = {'<tr>'}
  for _, cell in ipairs(row) do
    local name = cell.scope and 'th' or 'td'
    out[#out + 1] = ('<%s%s%s%s>%s</%s>'):format(name,
      cell.scope and (' scope="%s"'):format(cell.scope) or '',
      cell.across > 1 and (' colspan="%d"'):format(cell.across) or '',
      cell.down > 1 and (' rowspan="%d"'):format(cell.down) or '',
      cell.text:gsub('[&<>]', ENTITIES), name)
  end
  return table.concat(out) .. '</tr>'
end

local function html_group(name, rows)
  if #rows == 0 then return '' end
  local lines = {('<%s>'):format(name)}
  for _, row in ipairs(rows) do lines[#lines + 1] = html_row(row) end
  return table.concat(lines, '\n') .. ('\n</%s>\n'):format(name)
end

local function html(laid)
  local groups = {html_group('thead', laid.head)}
  for _, body in ipairs(laid.bodies) do groups[#groups + 1] = html_group('tbody', body) end
  return pandoc.RawBlock('html', '<table>\n' .. table.concat(groups) .. '</table>')
end

local function table_blocks(laid)
  if is_stack(laid) then return stack(laid) end
  if is_plain(laid) then return plain(laid) end
  if is_wide(laid) then return wide(laid) end
  return html(laid)
end

return function(document, request)
  local blocks = document.blocks:walk {
    traverse = 'topdown',
    Div = function(div)
      local laid = document.tables[div.identifier]
      if laid then return table_blocks(laid), false end
      return div.content
    end,
    Para = function(block) return pandoc.Para(escape(block.content)), false end,
    Plain = function(block) return pandoc.Plain(escape(block.content)), false end,
    Header = function(block) return pandoc.Header(block.level, escape(block.content)), false end,
  }
  if request.draft ~= '' then blocks:insert(1, bold(request.draft)) end
  return pandoc.write(pandoc.Pandoc(blocks), 'gfm', pandoc.WriterOptions {wrap_text = 'wrap-none'})
end
