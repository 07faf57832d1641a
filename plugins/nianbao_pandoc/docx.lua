-- DOCX. pandoc writes the prose; the tables are written here, because pandoc's own lose th, sum to another width than the page,
-- give every cell one style and may break anywhere. One request: reference, styles (the reference's ids of ours), width (twips),
-- epoch, meta, headline (the lines of the title).

local stringify = pandoc.utils.stringify

local LONGEST_WHOLE_TABLE = 40  -- rows; a longer one may break over pages, its head is repeated

local SCOPES = {
  col = 'TableHeading', colgroup = 'TableHeading', rowgroup = 'TableLabel', row = 'TableLabel', number = 'TableNumber',
}

local ids  -- of the styles, by our own: each request says them

local ENTITIES = {['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;'}

-- Without the characters that XML forbids: most below 32, and U+FFFE and U+FFFF.
local function escape(text)
  return (text:gsub('[&<>"]', ENTITIES):gsub('[\0-\8\11\12\14-\31]', ''):gsub('\xEF\xBF[\xBE\xBF]', ''))
end

local function run(text, properties)
  return ('<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>'):format(properties, escape(text))
end

local MARKED = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>'

local function paragraph(runs, style, keep)
  local xml = {}
  for number, one in ipairs(runs) do xml[number] = run(one.text, one.marked and MARKED or '') end
  return ('<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>')
    :format(style, keep and '<w:keepNext/>' or '', table.concat(xml))
end

local function cell_xml(cell, edges, keep, merge)
  local style, content = ids[SCOPES[cell.scope or 'number']], {}
  if merge ~= 'continue' then
    for number, runs in ipairs(cell.paragraphs) do content[number] = paragraph(runs, style, keep) end
  end
  return ('<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s%s<w:vAlign w:val="center"/></w:tcPr>%s</w:tc>'):format(
    edges[cell.column + cell.across] - edges[cell.column],
    cell.across > 1 and ('<w:gridSpan w:val="%d"/>'):format(cell.across) or '',
    merge and ('<w:vMerge w:val="%s"/>'):format(merge) or '',
    content[1] and table.concat(content) or paragraph({}, style, keep))
end

-- A merged cell is written again, empty, in every row it reaches down to.
local function group_xml(rows, edges)
  local xml, reaching = {}, {}
  for number, row in ipairs(rows) do
    local cells = {}
    for column, cell in pairs(reaching) do
      if cell.last >= number then cells[column] = cell_xml(cell, edges, row.keep, 'continue') end
    end
    for _, cell in ipairs(row) do
      cells[cell.column] = cell_xml(cell, edges, row.keep, cell.down > 1 and 'restart' or nil)
      if cell.down > 1 then
        cell.last = number + cell.down - 1
        reaching[cell.column] = cell
      end
    end
    local in_order = {}
    for column = 1, #edges - 1 do in_order[#in_order + 1] = cells[column] end
    xml[number] = ('<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="340" w:hRule="atLeast"/>%s</w:trPr>%s</w:tr>')
      :format(row.head and '<w:tblHeader/>' or '', table.concat(in_order))
  end
  return table.concat(xml)
end

local function edges_of(laid, width)
  local edges, sum = {0}, 0
  for number, share in ipairs(laid.widths) do
    sum = sum + share
    edges[number + 1] = math.floor(sum * width + 0.5)
  end
  return edges
end

-- Word keeps a table on one page when every row but the last is kept with the next; of a longer one, the head with a first row.
local function keep_together(groups)
  local rows = {}
  for _, group in ipairs(groups) do table.move(group, 1, #group, #rows + 1, rows) end
  for number = 1, #rows - 1 do rows[number].keep = rows[number].head or #rows <= LONGEST_WHOLE_TABLE end
end

local function table_xml(laid, width)
  local groups, edges = {laid.head, table.unpack(laid.bodies)}, edges_of(laid, width)
  keep_together(groups)
  local grid, rows = {}, {}
  for column = 1, laid.columns do
    grid[column] = ('<w:gridCol w:w="%d"/>'):format(edges[column + 1] - edges[column])
  end
  for number, group in ipairs(groups) do rows[number] = group_xml(group, edges) end
  return ('<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/>'
    .. '<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:firstColumn="1" w:noVBand="1"/>'
    .. '<w:tblCaption w:val="%s"/></w:tblPr><w:tblGrid>%s</w:tblGrid>%s</w:tbl>')
    :format(ids.StatutoryTable, width, escape(laid.caption), table.concat(grid), table.concat(rows))
end

local function styled(blocks, style)
  return pandoc.Div(blocks, pandoc.Attr('', {}, {['custom-style'] = style}))
end

-- The title in the lines that look best, unless the theme put it into other words or broke it itself.
local function titled(content, lines)
  if #lines < 2 or stringify(content) ~= table.concat(lines) then return content end
  local broken = pandoc.Inlines {}
  for number, line in ipairs(lines) do
    if number > 1 then broken:insert(pandoc.LineBreak()) end
    broken:insert(pandoc.Str((line:match '^%s*(.-)%s*$')))
  end
  return broken
end

local function filter(tables, width, headline)
  return {
    traverse = 'topdown',
    Header = function(header)
      if header.level == 1 then return styled(pandoc.Para(titled(header.content, headline)), 'Title'), false end
      return pandoc.Header(header.level - 1, header.content), false
    end,
    Div = function(div)
      local laid = tables[div.identifier]
      return laid and pandoc.RawBlock('openxml', table_xml(laid, width)) or styled(div.content, 'Note'), false
    end,
  }
end

local function metadata(meta)
  return {
    title = pandoc.Inlines(meta.title), author = pandoc.Inlines(meta.author), subject = pandoc.Inlines(meta.subject),
    lang = pandoc.Inlines(meta.language), keywords = pandoc.MetaList(pandoc.List(meta.keywords):map(pandoc.Inlines)),
  }
end

-- pandoc's own template prints the title a second time.
local TEMPLATE = [[
<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:w10="urn:schemas-microsoft-com:office:word" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<w:body>$body$$sectpr$</w:body></w:document>]]

local template = pandoc.template.compile(TEMPLATE)

return function(document, request)
  ids = request.styles
  local filters = filter(document.tables, request.width, request.headline)
  local report = pandoc.Pandoc(document.blocks:walk(filters), metadata(request.meta))
  -- The only way to tell pandoc the date in core.xml and in the zip.
  return pandoc.system.with_environment({SOURCE_DATE_EPOCH = request.epoch}, function()
    return pandoc.write(report, 'docx', pandoc.WriterOptions {
      reference_doc = request.reference, template = template,
      highlight_method = 'none',  -- else pandoc adds styles for program code that hang on one that is not there
    })
  end)
end
