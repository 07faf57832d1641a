"""Commands ``new``, ``add`` and ``start``: a workspace, a town, and next year's data file, nothing answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.answers import take
from nianbao.cli import complete_jurisdiction
from nianbao.errors import NianbaoError, PublishError, SettingError, say
from nianbao.facts import Fact, Facts, Sentence
from nianbao.report import Run
from nianbao.tree import bare, normal
from nianbao_manual import Manual
from nianbao_manual.schema import DIGITS, write_schema

if TYPE_CHECKING:
    from nianbao import Edition, Jurisdiction, Standard, Workspace
    from nianbao.tree import Node

LEVELS = ("街道", "镇", "乡", "市", "县", "区", "局", "委", "办")
LONGEST = 16  # letters of a label that is still pleasant as a key
_ROOT = """\
# 工作区的总设置。各编制单位在 jurisdictions/，数据在 data/<编制单位>/<年度>.yaml。
standard: 2021                        # 格式标准：国办公开办函〔2021〕30号
# theme: tianmen                      # 版式：nianbao themes 列出全部；不写就用格式标准所定的
formats: [html, docx, markdown]       # 输出格式：nianbao formats 列出全部
sources: {manual: {}}                 # 数据来源，次序即优先
# site: ××市人民政府门户网站（www.example.cn）
# basis: 《关于编制发布{{ 年度 }}年度政府信息公开工作年度报告的通知》
"""


@click.command(help=say("新建工作区。", "Make a workspace."))
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    _write(folder / "nianbao.yaml", _ROOT)
    (folder / "jurisdictions").mkdir(exist_ok=True)
    _write(folder / ".gitignore", "/build/\n/.cache/\n")
    write_schema(folder, "2021")
    click.echo(str(folder / "nianbao.yaml"))
    _hint(f"下一步：nianbao -w {folder} add 机关名称", f"Next: nianbao -w {folder} add NAME")


@click.command(help=say("加一个编制单位。", "Add a jurisdiction."))
@click.argument("name")
@click.option("--id", "id_", help=say("文件名（默认用名称）", "Its file's name (default: its name)."))
@click.option("--parent", help=say("上级的文件名", "The id of the one above."))
@click.option("--level", help=say("级别：镇、街道、部门、县、市……", "Its level."))
@click.option("--office", help=say("联系单位", "The office to ask."))
@click.option("--telephone", help=say("联系电话", "Its telephone."))
@click.pass_obj
def add(
    workspace: Workspace, name: str, id_: str | None, parent: str | None, level: str | None,
    office: str | None, telephone: str | None,
) -> None:  # fmt: skip
    id_ = id_ or name
    if not re.fullmatch(r"[\w\-]+", id_) or not name.strip():
        raise SettingError(f"“{id_}”不能作文件名", f"“{id_}” cannot be a file's name",
                           mend=("用 --id 写一个由字母、数字、汉字组成的名字。", "Give letters and digits with --id."))  # fmt: skip
    if twin := next((known for known in workspace.jurisdictions() if normal(known.name) == normal(name)), None):
        raise SettingError(
            f"已经有“{name}”（{twin.id}）",
            f"there is a “{name}” already ({twin.id})",
            mend=("换一个名称。", "Choose another name."),
        )
    if parent:
        parent = workspace.named(parent).id
    level = level or next((known for known in LEVELS if name.endswith(known)), None)
    lines = [f"name: {_quoted(name)}"]
    lines.append(f"level: {_quoted(level)}" if level else "# level: 镇")
    lines += [f"parent: {_quoted(parent)}"] if parent else []
    lines.append(f"office: {_quoted(office)}" if office else "# office: ××办公室          # 联系单位")
    lines.append(f"telephone: {_quoted(telephone)}" if telephone else "# telephone: 0000-0000000   # 联系电话")
    path = workspace.folder / "jurisdictions" / f"{id_}.yaml"
    _write(path, "\n".join(lines) + "\n")
    click.echo(str(path))
    if level:
        _hint(f"级别：{level}（可在文件里改）", f"level: {level} (change it in the file if it is wrong)")
    _hint(f"下一步：nianbao start {id_} --year 年度", f"Next: nianbao start {id_} --year YEAR")


@click.command(
    help=say(
        "新建一个年度的数据文件：列出各项，附上年数据，一项也不代填。",
        "Make a year's data file: every key in place, last year's values beside it, nothing answered.",
    )
)
@click.argument("jurisdiction", shell_complete=complete_jurisdiction)
@click.option("--year", type=click.IntRange(2008, 2100), required=True, help=say("年度", "The year."))
@click.pass_obj
def start(workspace: Workspace, jurisdiction: str, year: int) -> None:
    found = workspace.named(jurisdiction)
    edition = workspace.edition(found, year)
    known = edition.standard
    if not (schema := workspace.folder / "schema" / f"{Path(known.name).stem}.json").exists():
        write_schema(workspace.folder, known.name)
    path = workspace.folder / "data" / found.id / f"{year}.yaml"
    last = _facts(workspace, found, year - 1)
    omitted = _omitted(edition) - (last.figures.keys() if last else set())
    _write(path, "\n".join(_lines(known, found, year, schema.name, last, omitted)) + "\n")
    click.echo(str(path))


def _omitted(edition: Edition) -> frozenset[str]:
    """The parts that the settings leave out of its report, by path."""
    from nianbao.themes import theme

    if not (name := edition.settings.theme or edition.standard.theme):
        return frozenset()
    layouts = theme(name, edition.workspace).layouts(edition.standard, edition)
    sections = edition.standard.root.children.values()
    return frozenset(part.path for top in sections for part in top.children.values() if layouts[top.key].omits(part))


def _facts(workspace: Workspace, jurisdiction: Jurisdiction, year: int) -> Facts | None:
    """What the file of a year says; None where there is none, or it cannot be read."""
    if year not in Manual().years(workspace.folder, jurisdiction):
        return None
    try:
        edition: Edition = workspace.edition(jurisdiction, year)
        facts = Facts(edition.standard)
        for label, answer in Manual().answer(edition, Run()).items():
            if section := facts.standard.section(label):
                take(facts, "manual", section.key, answer)
    except NianbaoError:
        return None
    return facts


def _lines(
    known: Standard, jurisdiction: Jurisdiction, year: int, schema: str, last: Facts | None, omitted: frozenset[str]
) -> Iterator[str]:
    yield f"# yaml-language-server: $schema=../../schema/{schema}"
    yield f"# {jurisdiction.name} {year} 年度，{known.notice}。"
    yield "# 只填数字和文字，合计由系统计算；整张表、整行没有的写 0（如“四、……: 0”）；句子里用 {{ 名称 }} 取数。"
    number = 0
    for key, section in known.sections.items():
        top = known.nodes[key]
        numbered = f"{DIGITS[number]}、" if section.heading else ""
        number += section.heading
        asked = [child for child in top.children.values() if child.path not in omitted]
        if not asked and not section.heading:
            continue
        yield ""
        hint = (
            f"单位：{section.unit}"
            if section.tables and section.unit != "条"
            else ""
            if section.heading
            else "不填则用版式里的文字"
        )
        yield f"{numbered}{section.label}:{f'        # {hint}' if hint else ''}"
        for child in asked:
            yield from _place(child, "  ", last, year)
        if last:
            yield from _brought(top, last, year)


def _place(node: Node, indent: str, last: Facts | None, year: int) -> Iterator[str]:
    """A key of the standard with nothing in it, and last year's value as a comment."""
    if node.quoted:
        return  # last year's report gives it
    if node.grouping:
        for child in node.children.values():
            if child.children:
                yield from _place(child, indent, last, year)
        return
    label = bare(node.label) if len(bare(node.label)) <= LONGEST else node.short
    if node.has_part:
        if last and (part := last.parts.get(node.path)):
            yield from _said(part, indent, year - 1)
        yield f"{indent}{label}:{_beside(node, last, year)}"
    elif rows := [child for child in node.children.values() if child.children and not child.grouping]:
        yield f"{indent}{label}:"
        for row in rows:
            yield from _place(row, indent + "  ", last, year)
    elif cells := [cell for cell in node.inputs() if cell is not node]:
        blanks = ", ".join(f"{bare(cell.label)}: " for cell in cells)
        yield f"{indent}{label}: {{{blanks}}}{_beside(node, last, year)}"
    elif node.kind == "figure":
        yield f"{indent}{label}:{_beside(node, last, year)}"


def _beside(node: Node, last: Facts | None, year: int) -> str:
    given = [(cell, last.figures.get(cell.path)) for cell in node.inputs()] if last else []
    values = "、".join(
        f"{fact.value}" if cell is node else f"{bare(cell.label)} {fact.value}" for cell, fact in given if fact is not None
    )
    unit = node.unit if node.parent and node.unit != node.parent.unit and node.inputs() else ""
    duty = node.article if node.kind == "part" else ""
    words = [f"单位：{unit}" if unit else "", duty, f"{year - 1}年：{values}" if values else ""]
    comment = "；".join(word for word in words if word)
    return f"        # {comment}" if comment else ""


def _brought(section: Node, last: Facts, year: int) -> Iterator[str]:
    """The names that last year's data brought beside those of the standard."""
    here = [node for node in last.named.values() if node.parent is section]
    figures = {normal(node.label) for node in here if node.kind != "part"}
    for node in here:
        if node.kind == "part":
            yield from _said(last.parts[node.path], "  ", year - 1)
            numbered = "（一）" if normal(node.label) in figures else ""  # a name may be a figure's, too; a key stands once
            yield f"  {numbered}{_quoted(node.label)}:"
        else:
            yield from _figures(node, last, "  ", year)


def _figures(node: Node, last: Facts, indent: str, year: int) -> Iterator[str]:
    fact = last.figures.get(node.path)
    yield f"{indent}{_quoted(node.label)}:" + (f"        # {year - 1}年：{fact.value}" if fact and not node.children else "")
    for child in node.children.values():
        yield from _figures(child, last, indent + "  ", year)


def _said(part: Fact, indent: str, year: int) -> Iterator[str]:
    said = part.value.text if isinstance(part.value, Sentence) else str(part.value)
    for number, line in enumerate(said.splitlines()):
        yield f"{indent}# {f'{year}年：' if number == 0 else ''}{line}"


def _quoted(value: str) -> str:
    """A value as YAML: plain where that is safe."""
    if re.fullmatch(r"[\w（）()《》“”、，。·\-]*[^\W\d_][\w（）()《》“”、，。·\-]*", value) and not re.match(r"[-“]", value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(path: Path, text: str) -> None:
    """Write a new file; an old one is never touched. Raises PublishError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise PublishError("已经有这个文件，没有改动", "the file is there already, nothing was changed", place=str(path),
                           mend=("直接编辑它，或先移走。", "Edit it, or move it away first."))  from None  # fmt: skip
    except OSError as error:
        raise PublishError(f"写不了文件：{error.strerror}", f"cannot write: {error.strerror}", place=str(path)) from None


def _hint(zh: str, en: str) -> None:
    click.echo(say(zh, en), err=True)
