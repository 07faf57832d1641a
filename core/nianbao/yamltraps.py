"""What people's YAML goes wrong by: each trap told with its own message, place and remedy."""

from __future__ import annotations

import re

import yaml
from yaml import CLoader, Node, ScalarNode, SequenceNode

from nianbao.errors import YamlError, notify

DEEPEST = 40
_NUMBERING = r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、])?"
_FULL_WIDTH_KEY = rf"^\s*(?:- )?{_NUMBERING}[^\s：:，。；'\"#{{\[]{{1,40}}(：)"
_TEMPLATE, _COLON, _WIDE_SPACE = 0, 1, 2  # the traps that also stand where YAML sees no error
# Controls, overrides of the writing direction, and code points that are no characters.
_UNSEEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"


def place(node: Node) -> str:
    """Where a node begins: ``file:line:column``, counted from one."""
    mark = node.start_mark
    return f"{mark.name}:{mark.line + 1}:{mark.column + 1}"


def _code(character: int | str) -> str:
    return f"U+{character if isinstance(character, int) else ord(character):04X}"


def explain(error: yaml.YAMLError, text: str, shown: str) -> YamlError:
    lines = text.splitlines()
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode().count(b"\n", 0, int(error.position)) + 1
        return YamlError(
            f"文件里有不可见的控制字符（{_code(error.character)}）", f"the file has a control character ({_code(error.character)})", place=f"{shown}:{line}",
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
        "YAML 写法有误", f"not YAML: {problem}", place=f"{shown}:{mark.line + 1}:{mark.column + 1}",
        mend=("缩进请用空格，不用制表符。", "Indent with spaces, not with tabs.") if tab else
        ("检查这一行和上一行的缩进、引号、冒号和括号。", "Check indentation, quotes, colons and brackets here and above."),
    )  # fmt: skip


# What is looked for in the lines around an error, or in a key: a pattern, where its group is the place, and what to say.
# Patterns are compiled where they are looked for: most files have no mistake.
_TRAPS: tuple[tuple[str, tuple[str, str], tuple[str, str]], ...] = (
    (r"^(?:- )?[^\s#'\"][^:#]*:\s+(\{\{)", ("句子以 {{ 开头，须加引号", "a sentence that starts with {{ needs quotes"),
     ('写成 键: "{{ 名称 }}……"。', 'Write key: "{{ name }}…".')),
    (rf"^(?:- )?{_NUMBERING}[^\s：:，。；'\"#{{\[]{{1,40}}(：)", ("名称后面是全角冒号“：”", "a full-width colon “：” after a name"),
     ("名称后改用半角冒号加空格“: ”；若是正文，整段加引号或用 | 书写。",
      "Write `: ` after a name; if this is prose, quote the whole text or write it with |.")),
    (r"^([\u3000\xa0])", ("行首是全角或不间断空格", "the line starts with a full-width or no-break space"),
     ("改用半角空格缩进。", "Indent with ordinary spaces.")),
    (r"^[^\s:#'\"{\[]+:([\u3000\xa0])", ("冒号后面是全角或不间断空格", "a full-width or no-break space after the colon"),
     ("改用半角空格。", "Use an ordinary space.")),
    (r"^[^\s:#'\"{\[]+(:)[^\s:/]", ("冒号后面少一个空格", "a space is missing after the colon"),
     ("写成“名称: 数字”。", "Write `name: number`.")),
    (r":\s*\{[^}]*?([，：｝])", ("大括号里用了全角的逗号、冒号或括号", "full-width punctuation inside braces"),
     ("改用半角 , : { }。", "Use , : { }.")),
    (r"(?:^|[{,]\s*)[^\s:{},]+:\s+(\?[^\s,}]*)", ("大括号里以 ? 开头的值须加引号", "a value that starts with ? needs quotes inside braces"),
     ('写成 pages: "?page=<n>"。', 'Write pages: "?page=<n>".')),
    (r":\s+[^\s\"'{},]+(\{[^{}\s]+\})", ("网址和文件名里的词写在尖括号里", "words in URLs and files stand in angle brackets"),
     ("把 {词} 写成 <词>。", "Write <word> for {word}.")),
    (r"^[^\s:#]+: +([\]}%@`*&!,]|[|>](?=\S)|- |[\"'][^\"']*[\"'](?=[^\s\"']))", ("这句话的开头是 YAML 的记号", "the text starts with a sign that YAML takes for its own"),
     ("整句加引号，或用 | 另起一行书写。", "Quote the whole text, or write it with | on lines of its own.")),
    (r"^[^\s:#]+: +[^'\"{\[#\s][^#]*?(: )", ("正文里有“: ”", "the text has a colon and a space in it"),
     ("整句加引号，或改用全角冒号。", "Quote the whole text, or use a full-width colon.")),
    (r"^([^\s#:'\"{\[-][^:]*)$", ("这一行没有名称，也没有缩进", "the line has no name, and is not indented"),
     ("几段文字用 | 书写，每段都缩进。", "Write several paragraphs with |, each indented.")),
)  # fmt: skip


def trap_in(lines: list[str], first: int, shown: str, only: int | None = None) -> YamlError | None:
    """The likeliest trap (of the ``only`` first) in some lines, of which the first has the number ``first`` (from zero)."""
    for pattern, said, mend in _TRAPS[:only]:
        for offset, line in reversed(list(enumerate(lines))):
            bare = line.lstrip(" ")
            if found := re.search(pattern, bare):
                column = len(line) - len(bare) + found.start(1) + 1
                return YamlError(*said, place=f"{shown}:{first + offset + 1}:{column}", mend=mend)
    return None


def _told(trap: int, place: str) -> YamlError:
    _, said, mend = _TRAPS[trap]
    return YamlError(*said, place=place, mend=mend)


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


def _has_unseen(text: str) -> bool:
    return not text.replace("\n", "").isprintable() and re.search(_UNSEEN, text) is not None


def _inspect_text(node: ScalarNode, lines: list[str], shown: str) -> None:
    if _has_unseen(node.value):
        raise _unseen_trap(place(node))
    if not node.style and node.end_mark.line > node.start_mark.line:
        for row in range(node.start_mark.line + 1, min(node.end_mark.line + 1, len(lines))):
            if found := re.match(_FULL_WIDTH_KEY, lines[row]):
                raise _told(_COLON, f"{shown}:{row + 1}:{found.start(1) + 1}")

    rest = lines[node.end_mark.line][node.end_mark.column :] if node.end_mark.line < len(lines) else ""
    if not node.style and "#" in rest and re.match(r"\s+#[^\s#]", rest) and re.search(r"[\u4e00-\u9fff]", node.value):
        notify(
            "“ #”以后的文字当作注释略去了；若是正文请整句加引号", "what follows “ #” is taken for a comment; quote the text if it is prose",
            place=place(node),
        )  # fmt: skip


def _inspect_key(key: Node, value: Node, mapping: Node) -> None:
    if not isinstance(key, ScalarNode):
        raise _told(_TEMPLATE, place(mapping))
    if not key.style and "：" in key.value:
        raise _told(_COLON, place(key))
    if key.value == "<<" or _has_unseen(key.value):
        raise _unseen_trap(place(key))
    if not key.style and key.value[:1] in ("\u3000", "\xa0"):
        raise _told(_WIDE_SPACE, place(key))
    if not key.style and ":" in key.value and isinstance(value, ScalarNode) and not value.value:
        raise YamlError(
            "冒号后面少一个空格", "a space is missing after the colon", place=place(key),
            mend=("写成“名称: 数字”。", "Write `name: number`."),
        )  # fmt: skip
