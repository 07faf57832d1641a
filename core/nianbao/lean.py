"""``dataclass`` as the standard library's, but a quarter of its price when a command starts.

The library writes six methods for every class and compiles each; core has some fifty classes, and a command makes most of
them. Here a class has an ``__init__`` of its own, the other methods are the same for all. That of a frozen one fills the fields
without asking the guard that refuses to set them: a report has thousands of facts and places. Type checkers see the library's.
"""

from __future__ import annotations

import dataclasses
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(kind=None, /, *, frozen=False, eq=True):
        """Make a dataclass of a class, as ``dataclasses.dataclass`` does."""
        return (lambda kind: _made(kind, frozen, eq)) if kind is None else _made(kind, frozen, eq)


def _made(kind: Any, frozen: bool, eq: bool) -> Any:
    if any(map(dataclasses.is_dataclass, kind.__mro__[1:])):  # the library looks at what its base was made with
        return dataclasses.dataclass(kind, frozen=frozen, eq=eq)
    shared: dict[str, Any] = {"__repr__": _repr}
    shared |= {"__eq__": _eq, "__hash__": _hash if frozen else None} if eq else {}
    shared |= {"__setattr__": _set_once, "__delattr__": _refuse} if frozen else {}
    shared = {name: method for name, method in shared.items() if name not in vars(kind)}
    made = dataclasses.dataclass(kind, init=not frozen, repr=False, eq=False)
    if frozen and "__init__" not in vars(kind):
        shared["__init__"] = _filling(made)
    for name, method in shared.items():
        setattr(made, name, method)
    made.__dataclass_params__.frozen, made.__dataclass_params__.eq = frozen, eq
    return made


def _filling(made: Any) -> Any:
    """An ``__init__`` that fills the fields of a frozen class."""
    fields = [each for each in dataclasses.fields(made) if each.init]
    known: dict[str, Any] = {"_none": object()}
    arguments, lines = ["self"], ["_fields = self.__dict__"]
    for each in fields:
        if each.default is not dataclasses.MISSING:
            known[f"_{each.name}"] = each.default
            arguments.append(f"{each.name}=_{each.name}")
        elif each.default_factory is not dataclasses.MISSING:
            known[f"_{each.name}"] = each.default_factory
            arguments.append(f"{each.name}=_none")
            lines.append(f"if {each.name} is _none: {each.name} = _{each.name}()")
        else:
            arguments.append(each.name)
        lines.append(f"_fields[{each.name!r}] = {each.name}")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(arguments)}):\n " + "\n ".join(lines), known)  # noqa: S102 (as the library does)
    return known["__init__"]


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _compared(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, field.name) for field in dataclasses.fields(self) if field.compare)


def _eq(self: Any, other: object) -> bool:
    return _compared(self) == _compared(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_compared(self))


def _set_once(self: Any, name: str, value: object) -> None:
    """Let ``__init__`` set each field, and nobody set it again."""
    if name in self.__dict__ or name not in self.__dataclass_fields__:
        _refuse(self, name)
    self.__dict__[name] = value


def _refuse(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
