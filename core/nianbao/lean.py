"""``dataclass`` as the standard library's, but a quarter of its price when a command starts.

The library writes six methods for every class and compiles each; core has some fifty classes, and a command makes most of
them. Here a class has an ``__init__`` of its own, the other methods are the same for all. Type checkers see the library's.
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
    made = dataclasses.dataclass(kind, repr=False, eq=False)
    for name, method in shared.items():
        setattr(made, name, method)
    made.__dataclass_params__.frozen, made.__dataclass_params__.eq = frozen, eq
    return made


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
