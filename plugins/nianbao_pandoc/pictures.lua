-- Charts: a Figure of a picture, its caption and a table of its numbers. Word gets the picture, Markdown the numbers.

local pictures = {}

local function parts_of(figure)
  local image, table_at
  figure.content:walk {
    Image = function(found) image = image or found end,
    Div = function(div) table_at = table_at or div end,
  }
  return image, table_at
end

local function titled(figure)
  return pandoc.Para {pandoc.Strong(pandoc.utils.blocks_to_inlines(figure.caption.long))}
end

local function is_chart(figure)
  return figure.attr.classes:includes 'chart'
end

-- The numbers stand in the picture and in the words that replace it.
pictures.docx = {
  Figure = function(figure)
    if not is_chart(figure) then return nil end
    local image, numbers = parts_of(figure)
    if image then return pandoc.Figure({pandoc.Plain {image}}, figure.caption) end
    return {titled(figure), numbers}
  end,
}

pictures.markdown = {
  Figure = function(figure)
    if not is_chart(figure) then return figure.content .. figure.caption.long end
    local _, numbers = parts_of(figure)
    return {titled(figure), numbers}
  end,
}

return pictures
