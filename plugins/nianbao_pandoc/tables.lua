-- What both writers know about a table: where each cell stands once the spans are laid out, and its text. Taken out of
-- pandoc's hands once, because asking it for 300 cells costs more than all the rest.

local tables = {CONTINUED = 'nianbao-continued'}  -- the class of a tbody that goes on with the one before

local stringify = pandoc.utils.stringify

-- A cell's paragraphs, each a list of runs {text, marked}; runs alike are one.
local function paragraphs(blocks)
  local out = {}
  for number, block in ipairs(blocks) do
    local runs = {}
    for _, inline in ipairs(block.content or {}) do
      local tag = inline.tag
      local text, marked = tag == 'Str' and inline.text or tag == 'Space' and ' ' or stringify(inline), tag == 'Span'
      local last = runs[#runs]
      if last and last.marked == marked then
        last.text = last.text .. text
      else
        runs[#runs + 1] = {text = text, marked = marked}
      end
    end
    out[number] = runs
  end
  return out
end

local function text_of(lines)
  local out = {}
  for number, runs in ipairs(lines) do
    out[number] = ''
    for _, run in ipairs(runs) do out[number] = out[number] .. run.text end
  end
  return table.concat(out, ' ')
end

local function place(rows, in_head)
  local taken, placed = {}, {}
  for number = 1, #rows do taken[number] = {} end
  for number, row in ipairs(rows) do
    local line, column = {head = in_head}, 1
    for position, cell in ipairs(row.cells) do
      while taken[number][column] do column = column + 1 end
      local down, across = math.min(cell.row_span, #rows - number + 1), cell.col_span
      for below = number, number + down - 1 do
        for beside = column, column + across - 1 do taken[below][beside] = true end
      end
      local lines = paragraphs(cell.contents)
      line[position] = {
        column = column, across = across, down = down, scope = cell.attributes.scope or in_head and 'col' or nil,
        paragraphs = lines, text = text_of(lines),
      }
      column = column + across
    end
    placed[number] = line
  end
  return placed
end

local function shares(colspecs)
  local widths, sum = {}, 0
  for number, spec in ipairs(colspecs) do
    widths[number] = spec[2] or 1 / #colspecs
    sum = sum + widths[number]
  end
  for number = 1, #widths do widths[number] = widths[number] / sum end
  return widths
end

-- {caption, columns, widths = {shares of 1}, head = rows, bodies = {rows}}. A row is a list of cells and says whether it is a
-- head row; a cell has column, across, down (its spans), scope (of a header cell), paragraphs, text.
function tables.lay_out(element)
  local colspecs = element.colspecs
  local laid = {
    caption = stringify(element.caption.long), columns = #colspecs, widths = shares(colspecs),
    head = place(element.head.rows, true), bodies = {},
  }
  local groups = {}
  for _, body in ipairs(element.bodies) do
    if not body.attr.classes:includes(tables.CONTINUED) then groups[#groups + 1] = {} end
    local rows = groups[#groups]
    for _, part in ipairs {body.head, body.body} do table.move(part, 1, #part, #rows + 1, rows) end
  end
  for number, rows in ipairs(groups) do laid.bodies[number] = place(rows, false) end
  return laid
end

-- The head cells above a column, from the widest group down to the column's own.
function tables.above(laid, column)
  local path = {}
  for _, row in ipairs(laid.head) do
    for _, cell in ipairs(row) do
      if cell.column <= column and column < cell.column + cell.across then path[#path + 1] = cell end
    end
  end
  return path
end

return tables
