"""``dataclass`` as the standard library's, but a tenth of its price when a command starts.

The library writes six methods for every class and compiles each; core has some fifty classes, and a command makes most of
them. Here all classes share their methods, ``__init__`` too. Type checkers see the library's, and so does whoever asks for
the fields or the signature of a class. What is out of the ordinary (``ClassVar``, ``__slots__``, …) is left to the library.
"""

from __future__ import annotations

import copy
import dataclasses
import inspect
from collections.abc import Callable, Mapping
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(kind=None, /, *, frozen=False, eq=True):
        """Make a dataclass of a class, as ``dataclasses.dataclass`` does."""
        return (lambda kind: _made(kind, frozen, eq)) if kind is None else _made(kind, frozen, eq)


_NONE = dataclasses.MISSING
_UNUSUAL = ("ClassVar", "InitVar", "KW_ONLY")


@dataclasses.dataclass(init=False, repr=False, eq=False)
class _Known:
    """What the library notes of a class and of its fields, seen from one that it has made."""

    one: int


_NOTED, _IS_FIELD = _Known.__dataclass_params__, _Known.__dataclass_fields__["one"]._field_type  # type: ignore[attr-defined]


def _made(kind: Any, frozen: bool, eq: bool) -> Any:
    if any(map(dataclasses.is_dataclass, kind.__mro__[1:])):  # the library looks at what its base was made with
        return dataclasses.dataclass(kind, frozen=frozen, eq=eq)
    shared: dict[str, Any] = {"__repr__": _repr}
    shared |= {"__eq__": _eq, "__hash__": _hash if frozen else None} if eq else {}
    shared |= {"__setattr__": _set_once, "__delattr__": _refuse} if frozen else {}
    shared = {name: method for name, method in shared.items() if name not in vars(kind)}
    fields = _fields(kind)
    if fields is None:
        kind = dataclasses.dataclass(kind, repr=False, eq=False)
    else:
        shared |= {"__dataclass_fields__": fields, "__dataclass_params__": copy.copy(_NOTED), "__match_args__": tuple(fields)}
        shared |= {"__init__": _init(kind, fields), "__signature__": _Signature()}
    for name, member in shared.items():
        setattr(kind, name, member)
    kind.__dataclass_params__.init = kind.__dataclass_params__.repr = True
    kind.__dataclass_params__.frozen, kind.__dataclass_params__.eq = frozen, eq
    return kind


def _fields(kind: Any) -> dict[str, Any] | None:
    """The fields of a class; None where it has anything that only the library knows of."""
    annotations, own = inspect.get_annotations(kind), vars(kind)
    if {"__init__", "__slots__", "__setattr__"} & own.keys():
        return None
    fields: dict[str, Any] = {}
    may_be_left_out = False
    for name, annotation in annotations.items():
        default = own.get(name, _NONE)
        field = default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)
        was, may_be_left_out = may_be_left_out, field.default is not _NONE or field.default_factory is not _NONE
        if not isinstance(annotation, str) or any(word in annotation for word in _UNUSUAL):
            return None
        if not field.init or field.kw_only is True or type(field.default).__hash__ is None or was and not may_be_left_out:
            return None
        fields[name] = field
    for name, field in fields.items():
        field.name, field.type, field._field_type, field.kw_only = name, annotations[name], _IS_FIELD, False
        if field.default is not _NONE:
            setattr(kind, name, field.default)
        elif name in own:
            delattr(kind, name)
    return fields


def _init(kind: Any, fields: Mapping[str, Any]) -> Callable[..., None]:
    names, is_followed = tuple(fields), hasattr(kind, "__post_init__")
    defaults = {name: field.default for name, field in fields.items() if field.default is not _NONE}
    factories = {name: field.default_factory for name, field in fields.items()}

    def __init__(self: Any, /, *given: Any, **named: Any) -> None:  # noqa: N807
        values = self.__dict__
        for name, value in zip(names, given, strict=False):
            values[name] = value
        for name in names[len(given) :]:
            if name in named:
                values[name] = named.pop(name)
            elif name in defaults:
                values[name] = defaults[name]
            elif factories[name] is not _NONE:
                values[name] = factories[name]()
            else:
                raise TypeError(f"{kind.__name__}.__init__() missing a required argument: '{name}'")
        if named or len(given) > len(names):
            wrong = ", ".join(named) or f"{len(given)} positional arguments"
            raise TypeError(f"{kind.__name__}.__init__() got an unexpected argument, or one twice: {wrong}")
        if is_followed:
            self.__post_init__()

    return __init__


class _Signature:
    """The signature of a class by its fields, made when somebody asks for it."""

    def __get__(self, instance: object, kind: Any) -> inspect.Signature | None:
        if instance is not None or "__dataclass_fields__" not in vars(kind):
            return None
        parameters = []
        for field in dataclasses.fields(kind):
            default = field.default if field.default is not _NONE else inspect.Parameter.empty
            default = ... if field.default_factory is not _NONE else default
            way = inspect.Parameter.POSITIONAL_OR_KEYWORD
            parameters.append(inspect.Parameter(field.name, way, default=default, annotation=field.type))
        return inspect.Signature(parameters, return_annotation=None)


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
