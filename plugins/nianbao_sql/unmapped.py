"""Codes of a register that the settings give no name: all of them in one message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao import SourceError

if TYPE_CHECKING:
    from nianbao import Question


class Unmapped:
    """What was found without a name, by question; ``codes`` are the settings'."""

    def __init__(self, codes: Mapping[str, Mapping[str, str]]) -> None:
        self._codes = codes
        self._found: dict[tuple[str, str], dict[str, int]] = {}
        self._questions: list[Question[Any]] = []

    def add(self, question: Question[Any], lost: Sequence[tuple[str, str]], count: object) -> None:
        """Codes of one row, with its count."""
        if not self.has(question):
            self._questions.append(question)
        for code in lost:
            counted = self._found.setdefault(code, {})
            counted[question.label] = counted.get(question.label, 0) + (int(count) if isinstance(count, int | Decimal) else 0)

    def has(self, question: Question[Any]) -> bool:
        """Whether a question has codes without a name."""
        return question in self._questions

    def gaps(self) -> Iterator[tuple[Sequence[str], SourceError]]:
        """The one message, in the place of each question that has such codes."""
        if self._questions:
            message = self._message()
            yield from ((question.names, message) for question in self._questions)

    def _message(self) -> SourceError:
        place = next((getattr(code, "place", "") for column, _ in self._found for code in self._codes.get(column, {})), "")
        told = [
            (f"{column} {_quoted(code)}（{max(counted.values())} 件，见{'、'.join(f'“{label}”' for label in counted)}）",
             f"{column} {_quoted(code)} ({max(counted.values())}, see {', '.join(f'“{label}”' for label in counted)})")
            for (column, code), counted in self._found.items()
        ]  # fmt: skip
        zh, en = "、".join(zh for zh, _ in told), ", ".join(en for _, en in told)
        mend = ("在 codes 写明标准名称；测试记录请在 where 里去掉。", "Name them in `codes`; leave test records out in `where`.")
        if any(code != code.strip() for _, code in self._found):
            mend = ("代码前后有空格：在查询里写 trim(…)。", "There are blanks around a code: write trim(…) in the query.")
        return SourceError(f"代码没有对应：{zh}", f"codes without a name: {en}", place=place, mend=mend)


def _quoted(code: str) -> str:
    return code if code == "NULL" else f'"{code}"'
