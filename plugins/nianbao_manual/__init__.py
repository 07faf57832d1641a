"""Source ``manual``: the YAML that a clerk writes, ``data/<jurisdiction>/<year>.yaml``."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from yaml import MappingNode, ScalarNode, SequenceNode

from nianbao import DataError, Fact, Origin, Sentence, SourceError
from nianbao.errors import SettingError
from nianbao.lean import dataclass
from nianbao.yamlfile import entries, is_absent, load, number, place, text

if TYPE_CHECKING:
    from yaml import Node

    from nianbao import Answer, Edition, Jurisdiction, Run

_COUNTED = r"[约近]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?\s*[余多]?\s*[条件次篇份个人元]?|[\d０-９.]+\s*万元"


@dataclass(frozen=True)
class Manual:
    """Figures and sentences by hand. ``folder``: where the jurisdictions' folders lie in the workspace."""

    folder: str = "data"
    local: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if Path(self.folder).is_absolute() or ".." in Path(self.folder).parts:
            raise SettingError("数据要放在工作区里", "data lie in the workspace", place=getattr(self.folder, "place", ""),
                               mend=("写工作区里的一个文件夹。", "Name a folder of the workspace."))  # fmt: skip

    def answer(self, edition: Edition, run: Run) -> Answer:
        """What the file of that year says; raises SourceError where there is none."""
        file = self._file(edition.jurisdiction.id, edition.year)
        path = edition.workspace / file
        if not os.path.lexists(path):
            start = f"nianbao start {edition.jurisdiction.id} --year {edition.year}"
            raise SourceError(
                f"没有{edition.jurisdiction.name}{edition.year}年度的数据", f"no data of {edition.jurisdiction.name} for {edition.year}",
                place=file, mend=(f"用 {start} 新建。", f"Make it with `{start}`."),
            )  # fmt: skip
        node = load(path, file)
        if node is None:
            raise SourceError("数据文件是空的", "the data file is empty", place=file,
                              mend=("删去它，再运行 nianbao start。", "Delete it and run `nianbao start` again."))  # fmt: skip
        return {key: _begun(key.place) if is_absent(value) else _read(value, key) for key, value in entries(node)}

    def years(self, workspace: Path, jurisdiction: Jurisdiction) -> list[int]:
        """The years that have a file."""
        files = (workspace / self.folder / jurisdiction.id).glob("*.yaml")
        return sorted(int(file.stem) for file in files if re.fullmatch(r"20\d\d", file.stem))

    def _file(self, jurisdiction: str, year: int) -> str:
        return f"{self.folder}/{jurisdiction}/{year}.yaml"


def _begun(where: str) -> Fact:
    """A section whose key stands there, and nothing under it: what lacks is told at its line."""
    nothing: Any = None
    return Fact(nothing, Origin(where))


def _read(node: Node, key: str) -> Any:
    """A node as a clerk means it: an unquoted number is a figure, other text a sentence, a mapping goes deeper."""
    if isinstance(node, MappingNode):
        return {name: _read(value, name) for name, value in entries(node)}
    if is_absent(node):
        return None  # begun, not answered
    if isinstance(node, SequenceNode):
        raise DataError(
            f"“{key}”写成了列表", f"“{key}” is a list", place=place(node),
            mend=("数字写成“名称: 数字”；几段文字用 | 分行书写。", "Write `name: number`; for paragraphs use |."),
        )  # fmt: skip
    origin = Origin(place(node))
    if (figure := number(node)) is not None:
        return Fact(figure, origin)
    assert isinstance(node, ScalarNode)
    written = text(node)
    if (
        node.style != "|"  # who writes it on lines of its own means a text
        and (written[:1].isdecimal() or written.startswith(("约", "近", ".")))
        and "。" not in written
        and re.fullmatch(_COUNTED, written)
    ):
        raise DataError(
            f"“{key}”写的是“{written}”", f"“{key}” says “{written}”", place=place(node),
            mend=("只写数字，不带单位、逗号和引号。", "Write the number alone: no unit, comma or quotes."),
        )  # fmt: skip
    return Fact(Sentence(written), origin)
