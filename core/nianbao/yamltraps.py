"""What people's YAML goes wrong by: each trap told with its own message, place and remedy."""

from __future__ import annotations

import re

import yaml
from yaml import CLoader, Node, ScalarNode, SequenceNode

from nianbao.errors import YamlError

DEEPEST = 40
_NUMBERING = r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、])?"
_FULL_WIDTH_KEY = re.compile(rf"^\s*(?:- )?{_NUMBERING}[^\s：:，。；、'\"#{{\[]{{1,30}}(：)")
_BARE_TEMPLATE = re.compile(r"^\s*(?:- )?[^\s#'\"][^:#]*:\s+\{\{")


def place(node: Node) -> str:
    """Where a node begins: ``file:line:column``, counted from one."""
    mark = node.start_mark
    return f"{mark.name}:{mark.line + 1}:{mark.column + 1}"


def explain(error: yaml.YAMLError, text: str, shown: str) -> YamlError:
    lines = text.splitlines()
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode().count(b"\n", 0, int(error.position)) + 1
        return YamlError(
            "文件里有不可见的控制字符", "the file has a control character", place=f"{shown}:{line}",
            mend=("删去这一行里的特殊字符。", "Delete the special character in this line."),
        )  # fmt: skip
    assert isinstance(error, yaml.MarkedYAMLError)
    mark = error.problem_mark or error.context_mark
    if mark is None:  # libyaml gives one with every error
        return YamlError("YAML 写法有误", "not YAML", place=shown)
    start = (error.context_mark or mark).line
    first = max(min(start, mark.line), mark.line - 3)
    if trap := trap_in(lines[max(first - 1, 0) : mark.line + 1], max(first - 1, 0), shown):
        return trap
    problem = (error.problem or error.context or "").split("\n")[0]
    tab = "\t" in (lines[mark.line] if mark.line < len(lines) else "")
    return YamlError(
        f"YAML 写法有误（{problem}）", f"not YAML: {problem}", place=f"{shown}:{mark.line + 1}:{mark.column + 1}",
        mend=("缩进请用空格，不用制表符。", "Indent with spaces, not with tabs.") if tab else
        ("检查这一行和上一行的缩进、引号、冒号和括号。", "Check indentation, quotes, colons and brackets here and above."),
    )  # fmt: skip


def trap_in(lines: list[str], first: int, shown: str) -> YamlError | None:
    for offset, line in reversed(list(enumerate(lines))):
        if _BARE_TEMPLATE.match(line):
            return _template_trap(f"{shown}:{first + offset + 1}:{line.index('{{') + 1}")
        if found := _FULL_WIDTH_KEY.match(line):
            return _colon_trap(f"{shown}:{first + offset + 1}:{found.start(1) + 1}")
    return None


def _colon_trap(place: str) -> YamlError:
    return YamlError(
        "名称后面是全角冒号“：”", "a full-width colon “：” after a name", place=place,
        mend=("名称后改用半角冒号加空格“: ”；若是正文，整段加引号或用 | 书写。",
              "Write `: ` after a name; if this is prose, quote the whole text or write it with |."),
    )  # fmt: skip


def _template_trap(place: str) -> YamlError:
    return YamlError(
        "句子以 {{ 开头，须加引号", "a sentence that starts with {{ needs quotes", place=place,
        mend=('写成 键: "{{ 名称 }}……"。', 'Write key: "{{ name }}…".'),
    )  # fmt: skip


def refuse_references(text: str, shown: str) -> None:
    for event in yaml.parse(text, CLoader):
        refused = (
            ("引用（*）", "an alias (*)") if isinstance(event, yaml.AliasEvent)
            else ("锚点（&）", "an anchor (&)") if getattr(event, "anchor", None)
            else ("标签（!）", "a tag (!)") if getattr(event, "tag", None)
            else None
        )  # fmt: skip
        if refused:
            mark = event.start_mark
            assert mark is not None
            raise YamlError(
                f"不接受 YAML 的{refused[0]}", f"{refused[1]} is refused",
                place=f"{shown}:{mark.line + 1}:{mark.column + 1}",
                mend=("把内容直接写在这里；若是正文，请加引号。", "Write the value itself; if it is prose, quote it."),
            )  # fmt: skip


def inspect(node: Node, lines: list[str], shown: str, depth: int) -> None:
    """Refuse what composes but is not meant: duplicate keys, swallowed lines, endless nesting."""
    if depth > DEEPEST:
        raise YamlError("嵌套层次过多", "nested too deeply", place=place(node))
    if isinstance(node, ScalarNode):
        if not node.style and node.end_mark.line > node.start_mark.line:
            first = node.start_mark.line + 1
            for row in range(first, min(node.end_mark.line + 1, len(lines))):
                if found := _FULL_WIDTH_KEY.match(lines[row]):
                    raise _colon_trap(f"{shown}:{row + 1}:{found.start(1) + 1}")
    elif isinstance(node, SequenceNode):
        for item in node.value:
            inspect(item, lines, shown, depth + 1)
    else:
        seen: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                raise _template_trap(place(node))
            if not key.style and "：" in key.value:
                raise _colon_trap(place(key))
            if twin := seen.get(key.value):
                raise YamlError(
                    f"“{key.value}”写了两次", f"“{key.value}” is written twice", place=place(key),
                    mend=(f"第一次在第 {twin.start_mark.line + 1} 行；删去一处。",
                          f"The first is in line {twin.start_mark.line + 1}; delete one."),
                )  # fmt: skip
            seen[key.value] = key
            inspect(value, lines, shown, depth + 1)
