"""A report as the wild writes it: one set of figures in the forms in which published reports are found.

Each form was seen on portals or in converted files: real tables, tables whose borders became pipes, a cell a line, cells run
together. The sentences are ours.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from nianbao import Standard
from nianbao.drawing import Cell, draw
from nianbao.tree import chinese

CHROME = (
    "首页 > 政务公开 > 政府信息公开年报",
    "字号：大 中 小　打印　分享到：",
    "发布日期：2025-01-20　来源：芦河镇人民政府　浏览次数：12",
)
FOOT = (
    "上一篇：没有了",
    "下一篇：芦河镇2023年政府信息公开工作年度报告",
    "主办单位：禾山市人民政府办公室　网站标识码：1234567890",
)


@dataclass(frozen=True)
class Draft:
    """What a report says: its title, the sentences of each section, the text of each cell by path."""

    title: str
    sentences: Mapping[str, tuple[str, ...]]
    cells: Mapping[str, str]


Rows = list[list[Cell]]
Table = Callable[[Rows], list[str]]


def drafted(cells: Mapping[str, str]) -> Draft:
    """A report of an invented town around some figures."""
    said = {
        "preamble": ("根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号编制本报告，数据统计期限为2024年1月1日至2024年12月31日。",),
        "overview": (
            "（一）主动公开。镇里把财政、救助、征地三类信息排在前面。",
            "（二）依申请公开。收件、登记、答复由党政综合办公室一个窗口办理。",
            "（三）政府信息管理。发文时同步确定公开属性。",
            "（四）政府信息公开平台建设。公示栏与门户网站每周核对一次。",
            "（五）监督保障。考核结果为良好，社会评议未收到意见，没有被追究责任的情形。",
        ),
        "improvements": ("（一）上年度问题的改进。村级公示栏已统一尺寸。", "（二）本年度的问题和打算。解读偏少，明年每件配一页问答。"),
        "other_matters": ("本机关没有收取信息处理费。",),
    }  # fmt: skip
    return Draft("芦河镇2024年政府信息公开工作年度报告", said, cells)


def rows_of(standard: Standard, section: str, cells: Mapping[str, str]) -> Rows:
    """The rows of a section's tables as the notice draws them."""
    drawing = draw(standard.nodes[section], standard.grids[section], lambda path: Markup(cells[path]))
    return [*drawing.head, *(row for body in drawing.bodies for row in body)]


def text(standard: Standard, draft: Draft, table: Table, *, chrome: bool = True) -> str:
    """A page as text, its tables in one form."""
    lines = [*CHROME, draft.title] if chrome else [draft.title]
    number = 0
    for key, section in standard.sections.items():
        if section.heading:
            number += 1
            lines.append(f"{chinese(number)}、{section.label}")
        lines += draft.sentences.get(key, ())
        if key in standard.grids:
            lines += table(rows_of(standard, key, draft.cells))
    return "\n".join([*lines, *(FOOT if chrome else ())]) + "\n"


def _pads(row: list[Cell]) -> int:
    return sum(cell.colspan - 1 for cell in row)


def trailing_pipes(rows: Rows) -> list[str]:
    """``规章 | 0 | 0 | 6 |``, what a cell spans left over at the row's end."""
    return [" | ".join(str(cell.html) for cell in row) + " |" + "|" * _pads(row) for row in rows]


def pipes_on_lines(rows: Rows) -> list[str]:
    """A cell a line with its pipe behind it; of an empty one the pipe alone."""
    lines = []
    for row in rows:
        lines += [f"{cell.html} |".lstrip() for cell in row]
        lines += ["|" * _pads(row)] if _pads(row) else []
    return lines


def rows_open_with_pipes(rows: Rows) -> list[str]:
    """A pipe opens each row, another stands behind each cell, a line each."""
    return [line for row in rows for line in ("|", *(f"{cell.html} |".lstrip() for cell in row))]


def rows_open_with_pipes_and_end_with_more(rows: Rows) -> list[str]:
    """A pipe opens each row, another stands behind each cell; behind the last one those that its cells span besides."""
    lines = []
    for row in rows:
        cells = [f"{cell.html} |".lstrip() for cell in row]
        lines += ["|", *cells[:-1], f"{cells[-1]} {'|' * (_pads(row) + 2)}"]
    return lines


def pipes_between_lines(rows: Rows) -> list[str]:
    """Cells and pipes on lines of their own."""
    return [line for row in rows for cell in row for line in (str(cell.html), "|")]


def cell_a_line(rows: Rows) -> list[str]:
    """A cell a line, an empty line between; an empty cell is one more empty line."""
    return [line for row in rows for cell in row for line in (("", str(cell.html)) if str(cell.html) else ("",))]


def cell_a_line_apart(rows: Rows) -> list[str]:
    """A cell a line, an empty line around each; an empty cell is one more, and so is the end of a row."""
    lines = []
    for row in rows:
        lines += [line for cell in row for line in (("", str(cell.html), "") if str(cell.html) else ("",))]
        lines.append("")
    return lines


def cell_a_line_filled(rows: Rows) -> list[str]:
    """A cell a line, an empty line around each; in an empty cell stands a space that cannot break."""
    return [line for row in rows for cell in row for line in ("", str(cell.html) or "\xa0", "")]


def cell_a_line_tight(rows: Rows) -> list[str]:
    """A cell a line, nothing between."""
    return [str(cell.html) for row in rows for cell in row]


def spaced(rows: Rows) -> list[str]:
    """A row a line, a space between cells."""
    return [" ".join(str(cell.html) for cell in row) for row in rows]


def tabbed(rows: Rows) -> list[str]:
    """A row a line, a tab between cells."""
    return ["\t".join(str(cell.html) for cell in row) for row in rows]


def run_together(rows: Rows) -> list[str]:
    """A row a line, nothing between its cells."""
    return ["".join(str(cell.html) for cell in row) for row in rows]


def one_line(rows: Rows) -> list[str]:
    """All cells in one line, nothing between."""
    return ["".join(run_together(rows))]


def printed(rows: Rows) -> list[str]:
    """The text layer of a PDF: long labels broken into lines, the figures beside one of them."""
    lines = []
    for row in rows:
        labels, figures = [str(c.html) for c in row if c.scope], " ".join(str(c.html) for c in row if not c.scope)
        pieces = [label[at : at + 12] for label in labels for at in range(0, len(label), 12)] or [""]
        middle = (len(pieces) - 1) // 2
        lines += [f"{piece} {figures}".strip() if n == middle else piece for n, piece in enumerate(pieces)]
    return lines


def piped(rows: Rows) -> list[str]:
    """A pipe table of Markdown; what a cell spans is empty cells."""
    width = max(sum(cell.colspan for cell in row) for row in rows)
    lines = []
    above: dict[int, int] = {}
    for number, row in enumerate(rows):
        line: list[str] = []
        waiting = list(row)
        while len(line) < width:
            if above.get(len(line), 0):
                above[len(line)] -= 1
                line.append("")
            elif waiting:
                cell = waiting.pop(0)
                for at in range(len(line), len(line) + cell.colspan):
                    above[at] = cell.rowspan - 1
                line += [str(cell.html), *[""] * (cell.colspan - 1)]
            else:
                line.append("")
        lines.append(f"| {' | '.join(line)} |")
        if number == 0:
            lines.append("|" + "---|" * width)
    return ["", *lines, ""]


FORMS: dict[str, Table] = {
    form.__name__: form
    for form in (trailing_pipes, pipes_on_lines, rows_open_with_pipes, rows_open_with_pipes_and_end_with_more, pipes_between_lines, cell_a_line, cell_a_line_apart, cell_a_line_filled, cell_a_line_tight,
                 spaced, tabbed, run_together, one_line, printed, piped)
}  # fmt: skip
SURE = {
    "rows_open_with_pipes_and_end_with_more",
    "cell_a_line_filled",
    "trailing_pipes",
    "pipes_on_lines",
    "rows_open_with_pipes",
    "pipes_between_lines",
    "cell_a_line",
    "cell_a_line_apart",
    "cell_a_line_tight",
    "spaced",
    "tabbed",
    "printed",
    "piped",
}


def page(standard: Standard, draft: Draft, *, layout: bool = False, breaks: bool = False) -> str:
    """A page of a portal: real tables without header cells; in a ``layout`` table of its own, its labels with ``breaks``."""
    body = []
    number = 0
    for key, section in standard.sections.items():
        if section.heading:
            number += 1
            body.append(f"<p><strong>{chinese(number)}、{section.label}</strong></p>")
        body += [f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{html.escape(line)}</p>" for line in draft.sentences.get(key, ())]
        if key in standard.grids:
            rows = rows_of(standard, key, draft.cells)
            body.append("<table border=1><tbody>" + "".join(_row(row, breaks) for row in rows) + "</tbody></table>")
    chrome, foot = ("".join(f"<div>{html.escape(line)}</div>" for line in lines) for lines in (CHROME, FOOT))
    article = f'<p style="text-align:center">{draft.title}</p>{"".join(body)}'
    if layout:
        article = f'<table width="960"><tr><td valign="top">{chrome}</td></tr><tr><td><div>{article}</div></td></tr><tr><td>{foot}</td></tr></table>'
    else:
        article = f"{chrome}<div class='TRS_Editor'>{article}</div>{foot}"
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{draft.title}_年报_禾山市人民政府</title></head><body>{article}</body></html>"


def _row(row: list[Cell], breaks: bool) -> str:
    cells = []
    for cell in row:
        shown = html.escape(str(cell.html)) or "&nbsp;"
        if breaks and cell.scope and len(shown) > 3:
            shown = f"{shown[:2]}<br>{shown[2:]}"
        spans = f' colspan="{cell.colspan}"' * (cell.colspan > 1) + f' rowspan="{cell.rowspan}"' * (cell.rowspan > 1)
        cells.append(f"<td{spans}><p><span>{shown}</span></p></td>")
    return f"<tr>{''.join(cells)}</tr>"
