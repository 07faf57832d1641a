"""Proofreading: the files of a build are read back and compared with the report before they are published.

What should stand there comes from the report itself, not from the page that the formats were given: so a theme that loses a
sentence or mixes up two cells is found as surely as a format that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nianbao.errors import PluginError
from nianbao.lean import dataclass
from nianbao.report import label
from nianbao.sandbox import TO_FILL
from nianbao.sentences import Figure

if TYPE_CHECKING:
    from nianbao.layouts import Layout
    from nianbao.report import Report

_FIGURE = re.compile(r"(-?\d+(?:\.\d+)?|待填)(?:[（(].*[）)])?")  # a cell may be annotated: 22（其中修订16件）
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+")


@dataclass(frozen=True)
class Proof:
    """What the files of a report should say, each with its place in the report: figures are those of tables, in reading order."""

    sentences: list[tuple[str, str]]
    figures: list[tuple[str, str]]

    @classmethod
    def of(cls, report: Report, layouts: dict[str, Layout], title: str) -> Proof:
        """The title, each paragraph of each part, and each cell of the tables that are drawn."""
        sentences = [("标题", _seen(title))]
        for parts in (*report.parts.values(), report.annotations.values()):
            sentences += [
                (label(report.facts, part.path), _seen(line.striptags())) for part in parts for line in part.html.split("\n")
            ]
        return cls(sentences, list(_figures(report, layouts)))

    def compare(self, name: str, blocks: Iterable[str]) -> None:
        """Raise PluginError at the first difference between this and what a format's files say, block by block."""
        seen = [_seen(block) for block in blocks]
        if lost := self._lost("".join(seen)):
            raise _differs(name, *lost, _nearest(lost[1], seen))
        found = [figure[1] for block in seen if (figure := _FIGURE.fullmatch(block))]
        rest = iter(found)
        if not all(figure in rest for _, figure in self.figures):
            raise _differs(name, *self._first_difference(found))

    def _lost(self, text: str) -> tuple[str, str] | None:
        """The first sentence that the text does not hold, each standing for one only."""
        at = 0
        for _, sentence in self.sentences:
            if (found := text.find(sentence, at)) < 0:
                break
            at = found + len(sentence)
        else:
            return None
        rest = text  # a theme may have an order of its own; a short sentence is no end of a longer one
        for place, sentence in sorted(self.sentences, key=lambda one: -len(one[1])):
            if sentence not in rest:
                return place, sentence
            rest = rest.replace(sentence, "\0", 1)
        return None

    def _first_difference(self, found: list[str]) -> tuple[str, str, str]:
        at = there = next(
            (n for n, ((_, one), other) in enumerate(zip(self.figures, found, strict=False)) if one != other), len(found)
        )
        if len(found) != len(self.figures):  # the page has numbers of its own, or has lost some
            import difflib

            changes = difflib.SequenceMatcher(None, [figure for _, figure in self.figures], found, autojunk=False).get_opcodes()
            at, there = next((at, there) for kind, at, _, there, _ in changes if kind in ("replace", "delete"))
        return *self.figures[at], found[there] if there < len(found) else ""


def _figures(report: Report, layouts: dict[str, Layout]) -> Iterator[tuple[str, str]]:
    for section, grids in report.standard.grids.items():
        is_there = section in report.headings or not report.standard.sections[section].heading
        for grid in grids if is_there and layouts[section].as_ != "text" else ():
            for path in grid.paths():
                figure = Figure.drawn(report.facts.node(path), report.facts)
                yield label(report.facts, path), TO_FILL.striptags() if figure is None else str(figure)


def _seen(text: str) -> str:
    """A text as a reader sees it: without white space and the characters that show nothing."""
    return _UNSEEN.sub("", text)


def _nearest(sentence: str, blocks: list[str]) -> str:
    import difflib

    return next(iter(difflib.get_close_matches(sentence, blocks, 1, 0.4)), "")


def _differs(name: str, place: str, wanted: str, found: str) -> PluginError:
    at = next(
        (n for n, (one, other) in enumerate(zip(wanted, found, strict=False)) if one != other), min(len(wanted), len(found))
    )
    shown = [f"{'…' * (at > 10)}{text[max(at - 10, 0) : at + 30]}" for text in (wanted, found)]
    return PluginError(
        f"格式 {name} 写出的文件与报告不一致：{place}应为“{shown[0]}”，文件里是“{shown[1]}”",
        f"what the format {name} wrote differs from the report: {place} should read “{shown[0]}”, the file has “{shown[1]}”",
        mend=("没有发布任何文件。核对版式的模板，或报告给插件的作者。",
              "Nothing was published. Check the theme's templates, or tell the plugin's author."),
    )  # fmt: skip
