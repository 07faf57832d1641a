"""A comparison as one page: no script, nothing loaded from elsewhere; for a desk, a phone and paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.errors import say
from nianbao_chain.figures import Line, shown
from nianbao_chain.telling import alike, change, figure, growth, percent, source, standards, unshown

if TYPE_CHECKING:
    from nianbao_chain.comparing import Comparison
    from nianbao_chain.wording import Kind, Part

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{css}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{head}
<h2 id="figures">{figures}</h2>
{tables}
<h2 id="words">{words}</h2>
{parts}
</main>
</body>
</html>
"""
_CSS = """* { box-sizing: border-box; }
html { text-size-adjust: 100%; }
body { margin: 0; font: 1rem/1.7 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #1a1a1a; background: #f2f2f0; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 2.5rem 3rem; background: #fff; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: 0 0 1rem; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 2px solid #0b4a8f; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; overflow-wrap: anywhere; }
h4 { font-size: .95rem; margin: 0; color: #4a4a4a; }
p { margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0 0 .5rem; }
dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; }
.note { color: #4a4a4a; font-size: .9rem; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 1.25rem; font-variant-numeric: tabular-nums; line-height: 1.4; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { padding: .25rem .5rem; border-bottom: 1px solid #ccc; text-align: right; font-weight: inherit; unicode-bidi: isolate; }
td { white-space: nowrap; }
thead th { border-bottom: 2px solid #666; white-space: nowrap; }
tbody th, thead th:first-child { text-align: left; overflow-wrap: anywhere; }
tbody th:first-child { width: 45%; }
.wide { overflow-x: auto; }
.total th, .total td { font-weight: bold; }
.in1 { padding-left: 1.75rem; }
.in2 { padding-left: 3rem; }
.in3 { padding-left: 4.25rem; }
.both { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; margin: .25rem 0 0; }
.both > div { padding: .25rem 0 .25rem .75rem; border-left: 3px solid #bbb; }
.both p, .same p { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.same { padding: .25rem 0 .25rem .75rem; border-left: 3px solid #bbb; }
.similarity { font-weight: normal; color: #4a4a4a; }
ins, del { unicode-bidi: isolate; padding: 0 .1em; border-radius: .15em; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
ins { background: #d3f0d8; color: #0b3d16; text-decoration: underline; text-underline-offset: .2em; }
del { background: #fbdcdc; color: #6b0f0f; text-decoration: line-through; }
@media (min-width: 44rem) {
  table { table-layout: fixed; }
}
@media (max-width: 43.99rem) {
  main { padding: 1.25rem 1rem 2rem; }
  h1 { font-size: 1.3rem; }
  .both { grid-template-columns: 1fr; gap: .5rem; }
  th, td { padding: .25rem .3rem; }
  table { font-size: .85rem; }
  .in1 { padding-left: 1rem; }
  .in2 { padding-left: 1.75rem; }
  .in3 { padding-left: 2.5rem; }
}
@media print {
  body { background: none; font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2, h3, caption { break-after: avoid; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
  ins, del { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (forced-colors: active) {
  ins, del { border-bottom: 2px solid; }
}"""
_TAGS: dict[Kind, str] = {"gone": "del", "new": "ins"}


def page_of(compared: Comparison, everything: bool) -> str:
    """The page, in the language of messages; the reports' own words are marked as Chinese."""
    before, after = compared.before.year, compared.after.year
    title = say(f"{compared.name}政府信息公开年度报告：{before} 年与 {after} 年对照",
                f"{compared.name}: the annual reports of {before} and {after} compared")  # fmt: skip
    return _PAGE.format(
        language=say("zh-CN", "en"), title=escape(title), css=_CSS, head="\n".join(_head(compared)),
        figures=say("数字", "Figures"), tables="\n".join(_tables(compared, everything)),
        words=say("文字", "Words"), parts="\n".join(_parts(compared)),
    )  # fmt: skip


def _head(compared: Comparison) -> Iterator[str]:
    yield "<dl>"
    for year in (compared.before, compared.after):
        yield f"<dt>{year.year}</dt><dd>{escape(source(year))}</dd>"
    yield f"<dt>{say('文字相似', 'Words')}</dt><dd>{percent(compared.similarity)}{say('', ' alike')}</dd>"
    yield "</dl>"
    if told := standards(compared):
        yield f'<p class="note">{escape(told)}</p>'
    gone, new = f"<del>{say('删去', 'gone')}</del>", f"<ins>{say('新增', 'new')}</ins>"
    yield f'<p class="note">{say("文字的标记：", "In the words: ")}{gone} {new}</p>'


def _tables(compared: Comparison, everything: bool) -> Iterator[str]:
    years = (compared.before.year, compared.after.year)
    heads = "".join(f'<th scope="col">{head}</th>' for head in (say("项目", "figure"), *years, say("增减", "change"), say("增减%", "percent")))  # fmt: skip
    for section, lines in groupby(shown(compared.lines, everything), lambda line: line.section):
        yield f'<div class="wide" role="region" tabindex="0" aria-label="{escape(section)}">\n<table>\n<caption lang="zh-CN">{escape(section)}</caption>\n<thead><tr>{heads}</tr></thead>'
        yield from (_body(group, compared) for group in _groups(list(lines)))
        yield "</table>\n</div>"
    if told := unshown(compared, everything):
        yield f'<p class="note">{escape(told)}</p>'


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines with those that stand under them."""
    starts = [at for at, line in enumerate(lines) if at == 0 or line.depth == 0]
    yield from (lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True))


def _body(group: list[Line], compared: Comparison) -> str:
    rows = []
    for at, line in enumerate(group):
        scope = "rowgroup" if at == 0 and len(group) > 1 else "row"
        marks = [f"in{min(line.depth, 3)}"] if line.depth else []
        header = f'<th scope="{scope}" lang="zh-CN"{_class(marks)}>{escape(line.name)}</th>'
        cells = (figure(line.before), figure(line.after), change(line, compared), growth(line))
        shown_ = "".join(f"<td>{escape(cell).replace('-', '−')}</td>" for cell in cells)
        rows.append(f"<tr{_class(['total'] if line.depth == 0 else [])}>{header}{shown_}</tr>")
    return "<tbody>\n" + "\n".join(rows) + "\n</tbody>"


def _class(marks: list[str]) -> str:
    return f' class="{" ".join(marks)}"' if marks else ""


def _parts(compared: Comparison) -> Iterator[str]:
    for part in compared.parts:
        told = f' <span class="similarity">{escape(alike(part, compared))}</span>'
        yield f'<h3><span lang="zh-CN">{escape(f"{part.section} › {part.title}")}</span>{told}</h3>'
        if part.before == part.after:
            yield f'<div class="same" lang="zh-CN"><p>{escape(part.after or "")}</p></div>'
        else:
            yield f'<div class="both">\n{_side(part, compared.before.year, "new", part.before)}\n{_side(part, compared.after.year, "gone", part.after)}\n</div>'


def _side(part: Part, year: int, other: Kind, text: str | None) -> str:
    """One year's text of a part, without what only the other year has."""
    if text is None:
        told = f'<p class="note">{say("没有这一项", "not in this year")}</p>'
    else:
        runs = (_run(kind, words) for kind, words in part.marked if kind != other)
        told = f'<p lang="zh-CN">{"".join(runs)}</p>'
    return f"<div>\n<h4>{year}</h4>\n{told}\n</div>"


def _run(kind: Kind, words: str) -> str:
    tag = _TAGS.get(kind)
    return f"<{tag}>{escape(words)}</{tag}>" if tag else escape(words)
