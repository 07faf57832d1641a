"""What people's YAML goes wrong by: each trap told with its own message, place and remedy."""

from __future__ import annotations

import re

import yaml
from yaml import CLoader, Node, ScalarNode, SequenceNode

from nianbao.errors import YamlError

DEEPEST = 40
_NUMBERING = r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、])?"
_FULL_WIDTH_KEY = re.compile(rf"^\s*(?:- )?{_NUMBERING}[^\s：:，。；'\"#{{\[]{{1,40}}(：)")
# Controls, overrides of the writing direction, and code points that are no characters.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
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


def _unseen_trap(place: str) -> YamlError:
    return YamlError(
        "有看不见的控制字符或合并键 <<", "an invisible control character, or the merge key <<", place=place,
        mend=("删去它，把内容直接写在这里。", "Delete it and write the value itself."),
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
        raise YamlError("嵌套层次过多", "nested too deeply", place=place(node), mend=("减少层次。", "Use fewer levels."))
    if isinstance(node, ScalarNode):
        _inspect_text(node, lines, shown)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            inspect(item, lines, shown, depth + 1)
    else:
        seen: dict[str, Node] = {}
        for key, value in node.value:
            _inspect_key(key, value, node)
            if twin := seen.get(key.value):
                raise YamlError(
                    f"“{key.value}”写了两次", f"“{key.value}” is written twice", place=place(key),
                    mend=(f"第一次在第 {twin.start_mark.line + 1} 行；删去一处。",
                          f"The first is in line {twin.start_mark.line + 1}; delete one."),
                )  # fmt: skip
            seen[key.value] = key
            inspect(value, lines, shown, depth + 1)


def _inspect_text(node: ScalarNode, lines: list[str], shown: str) -> None:
    if _UNSEEN.search(node.value):
        raise _unseen_trap(place(node))
    if not node.style and node.end_mark.line > node.start_mark.line:
        for row in range(node.start_mark.line + 1, min(node.end_mark.line + 1, len(lines))):
            if found := _FULL_WIDTH_KEY.match(lines[row]):
                raise _colon_trap(f"{shown}:{row + 1}:{found.start(1) + 1}")


def _inspect_key(key: Node, value: Node, mapping: Node) -> None:
    if not isinstance(key, ScalarNode):
        raise _template_trap(place(mapping))
    if not key.style and "：" in key.value:
        raise _colon_trap(place(key))
    if key.value == "<<" or _UNSEEN.search(key.value):
        raise _unseen_trap(place(key))
    if not key.style and ":" in key.value and isinstance(value, ScalarNode) and not value.value:
        raise YamlError(
            "冒号后面少一个空格", "a space is missing after the colon", place=place(key),
            mend=("写成“名称: 数字”。", "Write `name: number`."),
        )  # fmt: skip
