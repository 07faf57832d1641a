"""The first sheet of the workbook: how it is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao_sheet.looks import height, set_page

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from nianbao import Edition

WIDTH = 80  # of the page, in digits


def explain(sheet: Worksheet, edition: Edition, file: str, formats: dict[str, Format]) -> None:
    """Write how the workbook is filled in and as what ``file`` it is saved."""
    year = edition.year
    lines = [
        f"编制单位：{edition.jurisdiction.name}",
        f"统计期限：{year}年1月1日至{year}年12月31日",
        f"格式标准：{edition.standard.notice}",
        "",
        "1. 只填浅黄色的格。灰色的格是合计，由公式算出，不用填。",
        "2. 填阿拉伯数字，不带单位、逗号和文字；不写“若干”“约”。需要计算的，先算好再填数值。",
        "3. 没有的填 0。一部分的表里只要填了一格，其余空着的格就按 0 计；整个部分都没有的，至少填一个 0；一格不填就是没有填报。",
        "4. 格子变红，是等式两边不相等；表下面或右边的“核对”写明是哪个等式、差多少。改到红色消失为止。",
        "5. 备注写在表格以外。不改标题文字，不在表格中间加有数字的行和列。隐藏的工作表不读。",
        "6. 从别的文件复制时，用“选择性粘贴—数值”，不要带来公式和链接。",
        f"7. 保存为 {file}，不设打开密码，不另存为带宏的文件。也可以另存为 .ods 或 .xls，并在设置里改 file。",
    ]
    sheet.set_column(0, 0, WIDTH)
    sheet.write_string(0, 0, f"{year}年度政府信息公开工作年度报告填报表", formats["title"])
    sheet.set_row(0, 30)
    for number, line in enumerate(lines, 2):
        sheet.write_string(number, 0, line, formats["text"])
        sheet.set_row(number, height(line, WIDTH))
    sheet.protect()
    set_page(sheet)
