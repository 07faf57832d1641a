"""The Jinja2 of sentences and themes: sandboxed, without generators, bounded in steps, depth and size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import BaseLoader, TemplateError, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from nianbao.errors import SentenceError

STEPS = 200_000
LARGEST = 5_000_000  # letters of one rendered text
DEEPEST = 8  # loops and conditions within each other
FILTERS = ("default", "first", "last", "length")
SENTENCE = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Filter, nodes.Keyword, nodes.Call,
)  # fmt: skip
TEMPLATE = (
    *SENTENCE, nodes.Getattr, nodes.If, nodes.For, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
    nodes.Test,
)  # fmt: skip
TO_FILL = Markup("<mark>待填</mark>")


class Viewed:
    """The base of everything whose attributes a template may read."""


class Absent(Undefined):
    """What stands for a figure that is absent: a draft prints 待填. Whoever uses it is noted; ``is defined`` only asks."""

    def __init__(self, name: str = "", note: Callable[[], None] = lambda: None) -> None:
        super().__init__(name=name)
        self.note = note

    def __bool__(self) -> bool:
        self.note()
        return False

    def __str__(self) -> str:
        return self.__html__()

    def __html__(self) -> str:
        self.note()
        return TO_FILL


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for texts that people write: names, filters, if and for; the one call is the look-up of a name."""

    def __init__(self, loader: BaseLoader | None = None) -> None:
        super().__init__(
            autoescape=True, undefined=StrictUndefined, loader=loader, auto_reload=False, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.filters |= {"bounded": self._bounded, "join": self._join}
        self._left = STEPS

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only what the themes are shown has attributes."""
        return isinstance(obj, Viewed | LoopContext) and not attr.startswith("_")

    def sentence(self, text: str, kinds: tuple[type[nodes.Node], ...] = SENTENCE) -> nodes.Template:
        """A sentence's syntax tree, its own text escaped; TemplateError where it holds more than these kinds of nodes."""
        tree = self.parse(text)
        _allow(tree, kinds)
        for used in tree.find_all(nodes.Filter) if kinds is SENTENCE else ():
            if used.name != "列举":
                zh, en = f"没有“{used.name}”这个过滤器", f"there is no filter “{used.name}”"
                raise SentenceError(zh, en, mend=("只有“列举”：{{ 名称 | 列举 }}。", "There is only 列举: {{ name | 列举 }}."))
        for data in tree.find_all(nodes.TemplateData):
            data.data = str(escape(data.data))
        return tree

    def fill(self, template: Any, names: dict[str, Any]) -> Markup:
        """A template rendered within the bounds. Raises jinja2.TemplateError or RecursionError."""
        self._left = STEPS
        return together(template.generate(names))

    def _bounded(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self._left -= 1
            if self._left < 0:
                raise TemplateError("the template does not end")
            yield item

    def _join(self, items: Iterable[Any], joiner: str = "") -> Markup:
        pieces, size = [], 0
        for item in self._bounded(items):
            pieces.append(escape(item))
            size += len(pieces[-1]) + len(joiner)
            if size > LARGEST:
                raise TemplateError("the text grows without end")
        return escape(joiner).join(pieces)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        return _Bound().visit(tree) if "for" in source else tree

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        _allow(source, TEMPLATE)
        return super()._generate(source, *args, **kwargs)


def together(pieces: Iterable[str]) -> Markup:
    """The pieces of a filled text as one. Raises jinja2.TemplateError where they are too many."""
    size, kept = 0, []
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise TemplateError("the text grows without end")
    return Markup("".join(kept))


class _Bound(NodeTransformer):
    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)
        if node.recursive:
            raise TemplateSyntaxError("a loop cannot be recursive", node.lineno)
        node.iter = nodes.Filter(node.iter, "bounded", [], [], None, None, lineno=node.lineno)
        return node


def _allow(tree: nodes.Node, kinds: tuple[type[nodes.Node], ...], depth: int = 0) -> None:
    for node in tree.iter_child_nodes():
        called = isinstance(tree, nodes.Call) and node is tree.node
        is_function = isinstance(node, nodes.Name) and node.name in ("figure", "asked")
        if not isinstance(node, kinds) or called != is_function:
            raise TemplateSyntaxError(f"{type(node).__name__} is not allowed here", node.lineno)
        below = depth + isinstance(node, nodes.For | nodes.If)
        if below > DEEPEST:
            raise TemplateSyntaxError("nested too deeply", node.lineno)
        _allow(node, kinds, below)
