"""A preview of a theme: its standard's sample facts, laid out and written as a build would write them."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.build import Prepared, files_of
from nianbao.checks import check
from nianbao.errors import Mistakes, say
from nianbao.extending import lineage
from nianbao.generic import rules_of
from nianbao.plugins import Plugins, formats
from nianbao.proof import Proof
from nianbao.publish import file_name, publish
from nianbao.report import compose
from nianbao.themes import Theme, theme
from nianbao.workspace import Edition, Jurisdiction, Settings
from nianbao.yamlfile import Text
from nianbao_show.layers import standard_for
from nianbao_show.sample import Samples, samples

if TYPE_CHECKING:
    from nianbao.document import Document
    from nianbao.report import Report

YEAR = 2024  # any: the facts are of no year, and the same theme gives the same bytes
WHO = Jurisdiction("preview", "示例县", "县", office="示例县政务公开办公室", telephone="0000-0000000")
SITE, BASIS = "示例县人民政府门户网站（www.example.cn）", "《示例文件》"


@dataclass(frozen=True)
class Preview:
    """The files of a preview, and what its reader should know."""

    files: list[Path]
    notes: list[str]


class _Sampled(Plugins):
    """The plugins of an edition whose one source is made up."""

    def __init__(self, edition: Edition, made: Samples) -> None:
        self.edition, self.standard, self.sources = edition, edition.standard, []
        self._made = made

    def ask(self, hook: str, **arguments: Any) -> Iterator[tuple[str, Any]]:
        yield "示例", self._made.answers.get(hook, {})


def preview(name: str, workspace: Path, standard: str | None, wanted: tuple[str, ...], output: Path | None = None) -> Preview:
    """Write a theme's sample report into ``output``/NAME (default: ``build/preview`` of the workspace), all files or none.

    Raises NianbaoError where the theme, the standard or a format is wrong.
    """
    made, edition = marked(theme(name, workspace)), sample_edition(name, workspace, standard)
    with formats(edition.settings, wanted) as entered:
        facts, report, document, proof = lay_out(made, edition)
        findings = check(report, rules_of(report.standard))
        document = dataclasses.replace(document, name=file_name(document.title))
        files = files_of(Prepared(report, document, findings, proof), entered)
    folder = Path(name).name
    home = output or workspace / "build" / "preview"
    publish(home, {folder: files})
    notes = [f"{place}: {_invented(known)}" for known, place in facts.invented.items()]
    notes += [str(finding) for finding in findings.found]
    return Preview([home / folder / file for file in files], notes)


def _invented(name: str) -> str:
    zh = f"示例另加了“{name}”：格式标准里没有，要由数据给出"
    return say(zh, f"the sample adds “{name}”: the standard has no such figure, the data has to give it")


def sample_edition(name: str, workspace: Path, standard: str | None) -> Edition:
    """An edition that no workspace has: a town of a theme, with a word for each setting that sentences name."""
    line = [name, *(path.parent.name for path, _ in lineage("themes", name, workspace)[1:])]
    standard = standard or standard_for(line, workspace)
    settings = Settings(WHO.name, WHO.level, WHO.office, WHO.telephone, standard=standard, theme=name, site=SITE, basis=BASIS)
    return Edition(WHO, YEAR, workspace, settings)


def marked(made: Theme) -> Theme:
    """The theme with a title that says what it is."""
    other = copy.copy(made)
    other.title = Text(f"【示例】{made.title}", getattr(made.title, "place", ""))
    return other


def lay_out(made: Theme, edition: Edition) -> tuple[Samples, Report, Document, Proof]:
    """An edition's sample facts laid out. Raises Mistakes where a sentence of the theme is wrong."""
    standard = edition.standard
    layouts = made.layouts(standard, edition)
    facts = samples(standard, layouts, [*edition.words(), "格式文件"])
    report = compose(edition, _Sampled(edition, facts), layouts)
    document = made.render(report, layouts)
    if report.mistakes:
        raise Mistakes(report.mistakes)
    return facts, report, document, Proof.of(report, layouts, document.title)
