"""``{{ names }}`` in sentences: looked up among figures and settings, never among objects."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from jinja2 import Template, TemplateError, nodes
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from nianbao.errors import NianbaoError, Remedy, SentenceError, did_you_mean, nearest
from nianbao.facts import Fact, Facts, Sentence
from nianbao.lean import dataclass
from nianbao.plainly import AROUND, taken_apart, told
from nianbao.sandbox import SENTENCE, TEMPLATE, TO_FILL, Absent, Sandbox, together
from nianbao.tree import Node, bare, normal

FILLS = 10_000  # words of a town that one sentence may fill
HOW: Remedy = ("句子里只能写 {{ 名称 }} 或 {{ 名称 | 列举 }}。", "Sentences take {{ name }} or {{ name | 列举 }}.")
HOW_THEMES: Remedy = (
    "版式和设置的句子里可写 {{ 名称 }}、{{ 名称 | 列举 }} 和 {% if 名称 is defined %}……{% endif %}。",
    "Sentences of themes and settings take {{ name }}, {{ name | 列举 }} and {% if name is defined %}…{% endif %}.",
)
_LONE = re.compile(r"(?<![{｛])[{｛]\s*([^{}｛｝|%#]{1,40}?)\s*[}｝](?![}｝])")
_NAME = re.compile(r"\{\{-?([^{}|]*)((?:\|[^{}]*)?)\}\}")


class Figure(Decimal):
    """A figure as a sentence prints it: marked as data, so that machines can read the page back."""

    node: Node
    facts: Facts

    @classmethod
    def of(cls, node: Node, facts: Facts) -> Figure | None:
        """The figure at a place, or None where it is absent."""
        fact = facts.figure(node.path)
        if fact is None or not isinstance(fact.value, int | Decimal):
            return None
        figure = cls(fact.value)
        figure.node, figure.facts = node, facts
        return figure

    @classmethod
    def drawn(cls, node: Node, facts: Facts) -> Figure | None:
        """The figure in a cell of a table: a stated total as it stands, right or wrong (a wrong one is a finding), else as ``of``."""
        stated = facts.stated.get(node.path)
        if stated is None or not isinstance(stated.value, int | Decimal):
            return cls.of(node, facts)
        figure = cls(stated.value)
        figure.node, figure.facts = node, facts
        return figure

    def __str__(self) -> str:
        return format(self, "f")

    def __html__(self) -> Markup:
        return marked(str(self), self.node.path)


def marked(figure: str, path: str) -> Markup:
    """A figure as every page has it: machines read it back by its path."""
    return Markup(f'<data value="{escape(figure)}" data-fact="{escape(path)}">{escape(figure)}</data>')


def enumerate_breakdown(figure: Figure, unit: str = "", joiner: str = "、") -> Markup:
    """The filter 列举: a breakdown as 领导信息10条、政府文件2条; zeros of a statutory table are left out."""
    if isinstance(figure, Absent):
        return figure.__html__()
    if not isinstance(figure, Figure):
        raise TemplateError("“列举”前面应是数据项")
    shown = [(node, Figure.of(node, figure.facts)) for node in breakdown(figure.node, figure.facts)]
    if not shown:
        raise TemplateError(f"“{bare(figure.node.label)}”没有明细可列举")
    if not figure and figure.node.kind != "named":
        return Markup("均为0{}").format(unit or figure.node.unit)
    return Markup(escape(joiner)).join(
        Markup("{}{}{}").format(node.short or bare(node.label), below, unit or node.unit)
        for node, below in shown
        if below is not None and (below or node.kind == "named")
    )


def breakdown(node: Node, facts: Facts) -> Iterator[Node]:
    """What a reader would have listed under a figure: its parts, those of groupings among them one by one."""
    for path in node.breakdown or node.addends or ():
        below = facts.node(path)
        if below.grouping:
            yield from breakdown(below, facts)
        else:
            yield below


@dataclass
class Missing:
    """A figure that a sentence names and nobody gave."""

    path: str
    name: str
    place: str


class Names:
    """What a name in a sentence can mean in one report; ``missing`` and ``mistakes`` gather what could not be filled.

    It remembers which words it is filling: one thread at a time.
    """

    def __init__(self, facts: Facts, words: Mapping[str, str]) -> None:
        self.facts = facts
        self.words = {normal(name): value for name, value in words.items()}
        self.missing: list[Missing] = []
        self.mistakes: list[NianbaoError] = []
        self._filling: list[str] = []
        self._left = FILLS

    def fill(self, text: str, place: str = "", *, literal: bool = False, theme: bool = False) -> Markup:
        """A sentence with its names filled, as HTML. A theme's sentence may also say ``{% if %}``.

        What cannot be filled reads 待填 and is kept in ``missing`` or ``mistakes``.
        """
        if literal or not re.search(r"[{｛]", text):
            return Markup(escape(text))
        if not self._filling:
            self._left = FILLS
        try:
            if "｛｛" in text or not theme and re.search(r"\{[%#]", text):
                zh, en = "句子里不能写 {%、{# 和全角的｛｛", "a sentence holds names only: no {%, {# or full-width ｛｛"
                raise SentenceError(zh, en, place=place, mend=HOW)
            if name := next((lone[1] for lone in _LONE.finditer(text) if self._is_meant(lone[1])), ""):
                zh, en = f"“{name}”两边要各写两个花括号", f"“{name}” needs two braces on each side"
                raise SentenceError(zh, en, place=place, mend=(f"写成 {{{{ {name} }}}}。", f"Write {{{{ {name} }}}}."))
            find = functools.partial(self.asked if theme else self.find, place=place)
            if (pieces := taken_apart(text)) is not None:
                return together(told(pieces, find, enumerate_breakdown))
            return _sandbox().fill(_compiled(text, theme), {"figure": find, "asked": find})
        except SentenceError as error:
            error.place = error.place or place
            self.mistakes.append(error)
        except (TemplateError, RecursionError, MemoryError, ArithmeticError, TypeError, ValueError) as error:
            zh = f"句子写法不对：{error}" if "列举" in str(error) else "句子里的花括号、竖线或名称写法不对"
            mend = HOW_THEMES if theme else HOW
            self.mistakes.append(SentenceError(zh, f"the sentence cannot be filled: {error}", place=place, mend=mend))
        return TO_FILL

    def _is_meant(self, name: str) -> bool:
        return normal(name) in self.words or bool(self.facts.look_up(name)) or nearest(name, set(self.facts.names())) is not None

    def asked(self, name: str, place: str = "") -> Figure | Absent | Markup:
        """As ``find``, for a theme: it means the setting where one bears the name, and may ask ``is defined`` of any."""
        word = self.words.get(normal(name))
        try:
            if word is not None:
                return self._word(name, word) if word else self._absent("", name, place)
            return self.find(name, place)
        except SentenceError as error:
            return Absent(name, functools.partial(_raise, error))

    def find(self, name: str, place: str = "") -> Figure | Absent | Markup:
        """The one figure or setting of a name; Absent where nobody gave it. Raises SentenceError."""
        found = self.facts.look_up(name)
        word = self.words.get(normal(name))
        if word is not None and not found:
            return self._word(name, word) if word else self._absent("", name, place)
        if len(found) + bool(word) > 1:
            choices = self._choices(found, word)
            raise SentenceError(f"有几个“{name}”", f"several figures are named “{name}”", place=place, mend=choices)
        if not found and (quoted := self.facts.quoted(name)):
            part = self.facts.parts.get(quoted.path)
            return Markup(escape(_text(part))) if part else self._absent(quoted.path, name, place)
        if not found:
            own = [bare(node.label) for node in self.facts.named.values()]
            mend = did_you_mean(name, dict.fromkeys([*own, *self.words, *self.facts.names()]))
            raise SentenceError(f"没有叫“{name}”的数据", f"no figure is named “{name}”", place=place, mend=mend)
        figure = Figure.of(found[0], self.facts)
        return self._absent(found[0].path, name, place) if figure is None else figure

    def _absent(self, path: str, name: str, place: str) -> Absent:
        return Absent(name, lambda: self.missing.append(Missing(path, name, place)))

    def _word(self, name: str, word: str) -> Markup:
        place = getattr(word, "place", "")
        if name in self._filling:
            raise SentenceError(f"“{name}”引用了它自己", f"“{name}” refers to itself", place=place, mend=HOW)
        if len(self._filling) > 8 or self._left < 0:
            raise SentenceError(
                f"“{name}”引用的词层层相套", f"“{name}” names words that name words without end", place=place, mend=HOW
            )
        self._filling.append(name)
        self._left -= 1
        try:
            return self.fill(word, getattr(word, "place", ""))
        finally:
            self._filling.pop()

    def _choices(self, found: list[Node], word: str | None) -> Remedy:
        def place(node: Node) -> str:
            fact = self.facts.figures.get(node.path)
            where = f"（{fact.origin.where}）" if fact and fact.origin and ":" in fact.origin.where else ""
            above = f"{bare(node.parent.label)}." if node.parent and node.parent.parent else ""
            return f"{above}{bare(node.label)}{where}"

        shown = "、".join(place(node) for node in found[:4])
        if word:
            where = getattr(word, "place", "")
            return (
                f"设置里（{where}）也有这个名称：改数据里的名称，或写 {shown}。",
                f"The settings ({where}) have it too: rename the figure, or write {shown}.",
            )
        return f"写成其中一个：{shown}", f"Write one of: {shown}"


def _text(part: Fact) -> str:
    return part.value.text if isinstance(part.value, Sentence) else str(part.value)


def _raise(error: SentenceError) -> None:
    raise error


class _Names(Context):
    """Names in a theme's ``{% if %}`` mean figures and settings, absent ones nothing."""

    def resolve_or_missing(self, key: str) -> object:
        asked = self.parent.get("asked")
        if asked is None or key in self.vars or key in self.parent:
            return super().resolve_or_missing(key)
        return asked(key)


@functools.cache
def _sandbox() -> Sandbox:
    sandbox = Sandbox()
    sandbox.context_class = _Names
    sandbox.filters["列举"] = enumerate_breakdown
    return sandbox


@functools.lru_cache(maxsize=256)
def _compiled(text: str, theme: bool) -> Template:
    sandbox = _sandbox()
    tree = sandbox.sentence(_looked_up(text), TEMPLATE if theme else SENTENCE)
    return sandbox.from_string(_Dotted().visit(tree))


def _looked_up(text: str) -> str:
    """``{{ 12345热线 | 列举 }}`` as ``{{ figure("12345热线") | 列举 }}``: names need not be identifiers."""

    def call(found: re.Match[str]) -> str:
        name = json.dumps(found[1].strip(AROUND), ensure_ascii=False)
        return f"{{{{ figure({name}) {found[2].strip(' -')} }}}}"

    return _NAME.sub(call, text)


class _Dotted(NodeTransformer):
    """``{% if 公开信息.微信 %}`` as ``{% if figure("公开信息.微信") %}``."""

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        names, base = [node.attr], node.node
        while isinstance(base, nodes.Getattr):
            names, base = [base.attr, *names], base.node
        if not isinstance(base, nodes.Name):
            return node
        name = nodes.Const(".".join([base.name, *names]), lineno=node.lineno)
        return nodes.Call(nodes.Name("figure", "load"), [name], [], None, None, lineno=node.lineno)
