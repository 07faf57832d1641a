"""YAML with places: files -> nodes that know their file:line:column.

Read by libyaml's ``compose``, never by a constructor: what ``12:30`` or ``no`` means is for the declared type to say.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeGuard

import yaml
from yaml import CLoader, MappingNode, Node, ScalarNode, SequenceNode

from nianbao.errors import FileError, SettingError, YamlError, did_you_mean, notify
from nianbao.yamltraps import explain, inspect, place, refuse_references, trap_in

__all__ = ["Text", "as_number", "empty", "entries", "is_absent", "load", "merge", "merged", "number", "parse", "place", "text"]

LARGEST = 8 * 1024 * 1024
_CHINESE = (("\u2e80", "\u9fff"), ("\uf900", "\ufaff"), ("\uff00", "\uffef"))
_SIGNS = frozenset("“”‘’…—")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,9})?")
_ABSENT = ("", "~", "null")


class Text(str):
    """A string that knows where it was written (``place``: ``file:line:column``)."""

    place: str

    def __new__(cls, value: str, place: str = "") -> Text:
        text = super().__new__(cls, value)
        text.place = place
        return text

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.place


class _Composer(CLoader):
    """Makes nodes, and does not guess what their scalars are."""

    def resolve(self, *_: object) -> str:
        return ""


class _Named(io.StringIO):
    name = ""


def load(path: Path, shown: str = "") -> MappingNode | None:
    """The mapping written in a YAML file, or None where the file says nothing.

    ``shown`` is the file's name in messages. Raises FileError or YamlError.
    """
    shown = shown or str(path)
    text = _decode(_bytes(path, shown), shown)
    node = parse(text, shown)
    if node is None or isinstance(node, MappingNode):
        return node
    if isinstance(node, ScalarNode) and (trap := trap_in(text.splitlines()[:1], 0, shown, only=2)):
        raise trap
    raise YamlError(
        "文件应由“键: 值”组成",
        "the file should consist of `key: value` lines",
        place=place(node),
        mend=("在每个名称后写半角冒号和空格。", "Write a colon and a space after each name."),
    )


def parse(text: str, shown: str) -> Node | None:
    """The one node of a YAML text; aliases, anchors, tags and duplicate keys are refused (YamlError)."""
    stream = _Named(text)
    stream.name = shown
    loader = _Composer(stream)
    try:
        node: Node | None = loader.get_single_node()
    except yaml.YAMLError as error:
        raise explain(error, text, shown) from None
    finally:
        loader.dispose()
    if "&" in text or "*" in text or "!" in text:
        refuse_references(text, shown)
    if node is not None:
        inspect(node, text.splitlines(), shown, 0)
    return node


def entries(node: Node) -> Iterator[tuple[Text, Node]]:
    """The keys and values of a mapping node."""
    for key, value in node.value:
        yield Text(key.value, place(key)), value


def is_absent(node: Node) -> bool:
    """Whether a node says nothing at all: ``key:`` with no value, ``~`` or ``null``."""
    return isinstance(node, ScalarNode) and not node.style and node.value in _ABSENT


def text(node: Node) -> Text:
    """The text of a scalar, with Chinese that was folded over lines joined without a space."""
    if not isinstance(node, ScalarNode):
        raise SettingError(
            "这里应是文字", "expected a text", place=place(node), mend=("写一个词或一句话。", "Write a word or a sentence.")
        )
    value: str = node.value
    folded = node.style == ">" or (node.style != "|" and node.start_mark.line != node.end_mark.line)
    if folded and (joined := _unspaced(value)) != value:
        value = joined
        notify(
            "折行处的空格已去掉；多行文字请用 | 书写",
            "spaces from folded lines were dropped; write text of several lines with |",
            place=place(node),
        )
    return Text(value.strip(), place(node))


def _unspaced(folded: str) -> str:
    """A text without the spaces that stand between two Chinese letters."""
    first, *rest = folded.split(" ")
    pieces = [first]
    for before, piece in zip((first, *rest), rest, strict=False):
        pieces += [piece] if _is_chinese(before[-1:]) and _is_chinese(piece[:1]) else [" ", piece]
    return "".join(pieces)


def _is_chinese(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _CHINESE) or letter in _SIGNS


def number(node: Node) -> int | Decimal | None:
    """The number that an unquoted scalar is (full-width digits understood), or None."""
    if not isinstance(node, ScalarNode) or node.style:
        return None
    return as_number(node.value)


def as_number(written: str) -> int | Decimal | None:
    """The number that a text is, in ordinary decimal notation, or None."""
    plain = unicodedata.normalize("NFKC", written).strip()
    if not (found := _NUMBER.fullmatch(plain)):
        return None
    return Decimal(plain) if found[2] else int(plain)


def merge(parent: MappingNode | None, child: MappingNode | None) -> MappingNode:
    """Plain merge: mappings merge and keep the parent's order, new keys go behind, the rest replaces.

    ``null`` replaces too; whoever types the outcome leaves it out.
    """
    if parent is None or child is None:
        return parent or child or empty()
    merged: dict[str, tuple[Node, Node]] = {key.value: (key, value) for key, value in parent.value}
    for key, value in child.value:
        above = merged.get(key.value)
        both = isinstance(value, MappingNode) and above and isinstance(above[1], MappingNode)
        merged[key.value] = (key, merge(above[1], value) if both and above else value)  # type: ignore[arg-type]
    return MappingNode(child.tag, list(merged.values()), child.start_mark, child.end_mark)


def merged(layers: Sequence[MappingNode], held: str, chosen: Sequence[str] = ()) -> MappingNode:
    """Layers of settings merged in turn. Under the key ``held`` a ``null`` has to stop something that is there (SettingError).

    Under the keys ``chosen`` stand named blocks, or a list of their names: a list chooses which, and the blocks above keep what
    they say; a mapping over a list says more of those that it names.
    """
    whole = layers[0]
    for layer in layers[1:]:
        above, below = (next((value for key, value in node.value if key.value == held), None) for node in (whole, layer))
        if isinstance(above, MappingNode) and isinstance(below, MappingNode):
            _refuse_idle(above, below)
        for key in chosen:
            whole, layer = _meeting(whole, layer, key)  # noqa: PLW2901
        whole = merge(whole, layer)
    return whole


def _meeting(above: MappingNode, below: MappingNode, key: str) -> tuple[MappingNode, MappingNode]:
    """Two layers in which a list of names that meets blocks has become blocks."""
    mine, theirs = (next((value for name, value in layer.value if name.value == key), None) for layer in (above, below))
    if _is_names(mine) and isinstance(theirs, MappingNode):
        return _with(above, key, _as_blocks(mine, empty())), below
    if isinstance(mine, MappingNode) and _is_names(theirs):
        return _with(above, key, empty()), _with(below, key, _as_blocks(theirs, mine))
    return above, below


def _is_names(node: Node | None) -> TypeGuard[ScalarNode | SequenceNode]:
    return isinstance(node, SequenceNode) or isinstance(node, ScalarNode) and not is_absent(node)


def _as_blocks(names: ScalarNode | SequenceNode, known: MappingNode) -> MappingNode:
    said = {name.value: block for name, block in known.value}
    nodes = names.value if isinstance(names, SequenceNode) else [names]
    pairs = [(name, said.get(name.value, empty(name.start_mark.name))) for name in nodes]
    return MappingNode(known.tag, pairs, names.start_mark, names.end_mark)


def _with(layer: MappingNode, key: str, value: Node) -> MappingNode:
    pairs = [(name, value if name.value == key else said) for name, said in layer.value]
    return MappingNode(layer.tag, pairs, layer.start_mark, layer.end_mark)


def _refuse_idle(above: MappingNode, below: MappingNode) -> None:
    known = {key.value: value for key, value in above.value}
    for key, value in entries(below):
        if is_absent(value) and key not in known:
            raise SettingError(f"上级没有“{key}”，停用不了", f"there is no “{key}” above that could be stopped", place=key.place,
                               mend=did_you_mean(key, known))  # fmt: skip
        inner = known.get(key)
        if isinstance(inner, MappingNode) and isinstance(value, MappingNode):
            _refuse_idle(inner, value)


def empty(shown: str = "") -> MappingNode:
    """A mapping that says nothing."""
    mark = yaml.Mark(shown, 0, 0, 0, None, 0)
    return MappingNode("tag:yaml.org,2002:map", [], mark, mark)


def _bytes(path: Path, shown: str) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            large = status.st_size > LARGEST
            zh, en = (
                ("文件过大（超过 8 MB）", "the file is too large (over 8 MB)")
                if large
                else ("不是普通文件", "a folder or device, not a file")
            )
            raise FileError(zh, en, place=shown, mend=("换成普通的文本文件。", "Put an ordinary text file here."))
        return path.read_bytes()
    except OSError as error:
        raise FileError(
            f"读不了文件：{error.strerror}",
            f"cannot read the file: {error.strerror}",
            place=shown,
            mend=("核对文件名和权限。", "Check the file's name and permissions."),
        ) from None


def _decode(data: bytes, shown: str) -> str:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    line = 0
    for encoding in encodings:
        try:
            decoded = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = line or data.count(b"\n", 0, error.start) + 1
            continue
        if encoding != "utf-8-sig":
            notify(
                f"文件是 {encoding.upper()} 编码，已照此读取；请另存为 UTF-8",
                f"read as {encoding.upper()}; please save the file as UTF-8",
                place=shown,
            )
        return decoded
    raise FileError(
        "文件既不是 UTF-8 也不是 GB18030 文本",
        "the file is neither UTF-8 nor GB18030 text",
        place=f"{shown}:{line}",
        mend=("用文本编辑器打开并另存为 UTF-8。", "Open it in a text editor and save it as UTF-8."),
    )
