"""Hooks, protocols, and all that ``from nianbao import …`` gives."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator

import nianbao
from _reference.markdown import code, doc, summary, table
from nianbao import hookspecs

# What is a type only, and has no docstring.
ALIASES = {"Answer": "A mapping of labels or keys to figures, sentences, facts, or mappings of them."}


def page() -> str:
    """The page."""
    return "\n".join(["# Hooks and protocols", "", doc(hookspecs), "", *_hooks(), *_protocols(), *_names()])


def _hooks() -> Iterator[str]:
    yield "## Hooks\n"
    for name, function in vars(hookspecs).items():
        if getattr(function, "nianbao_spec", None):
            yield f"### {name}\n\n```python\n@nianbao.hookimpl\n{_signature(name, function)}\n```\n\n{doc(function)}\n"


def _protocols() -> Iterator[str]:
    yield "## Protocols\n"
    for name, kind in vars(hookspecs).items():
        if isinstance(kind, type) and getattr(kind, "_is_protocol", False) and kind is not typing.Protocol:
            yield f"### {name}\n\n{doc(kind)}\n"
            for method, function in vars(kind).items():
                if inspect.isfunction(function) and not method.startswith("_"):
                    yield f"```python\n{_signature(method, function)}\n```\n\n{doc(function)}\n"


def _signature(name: str, function: object) -> str:
    signature = inspect.signature(typing.cast(typing.Callable[..., object], function))
    return f"def {name}{str(signature).replace(chr(39), '')}: ..."


def _names() -> Iterator[str]:
    yield "## What a plugin imports\n\n`from nianbao import …` gives these and nothing else; each is loaded when it is first used.\n"
    names = (name for name in nianbao.__all__ if not name.startswith("_"))
    yield table(["name", ""], ([code(name), _told(name)] for name in names))


def _told(name: str) -> str:
    return ALIASES.get(name) or summary(getattr(nianbao, name))
