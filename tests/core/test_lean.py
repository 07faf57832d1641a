"""``nianbao.lean.dataclass`` is the library's dataclass in all that shows."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field

import pytest

from nianbao.lean import dataclass


@dataclass(frozen=True)
class Point:
    """A place."""

    x: int
    names: list[str] = field(default_factory=list)
    note: str = field(default="", compare=False, repr=False)


@dataclass
class Open:
    """Not frozen."""

    x: int = 0


@dataclass(eq=False)
class Each:
    """Equal to itself only."""

    x: int = 0
    below: list[object] = field(default_factory=list)


def test_it_shows_and_compares_its_fields() -> None:
    assert repr(Point(1, ["a"], "n")) == "Point(x=1, names=['a'])"
    assert Point(1, note="n") == Point(1)
    assert Point(1) != Point(2)
    assert Point(1) != Open(1)
    assert Point(1).__eq__(1) is NotImplemented
    assert hash(Point(1, ())) == hash(Point(1, (), "n"))  # type: ignore[arg-type]
    assert hash(Point(1, ())) != hash(Point(2, ()))  # type: ignore[arg-type]


def test_a_frozen_one_is_set_once() -> None:
    point = Point(1)
    for name in ("x", "y"):
        with pytest.raises(dataclasses.FrozenInstanceError, match=name):
            setattr(point, name, 2)
        with pytest.raises(dataclasses.FrozenInstanceError, match=name):
            delattr(point, name)
    assert point == Point(1)


def test_one_that_is_not_frozen_can_be_set_and_has_no_hash() -> None:
    made = Open()
    made.x = 3
    assert made == Open(3)
    with pytest.raises(TypeError, match="unhashable"):
        hash(made)


def test_without_eq_each_is_itself() -> None:
    made = Each()
    assert made != Each()
    assert made in {made}
    made.below.append(made)
    assert repr(made) == "Each(x=0, below=[...])"


def test_the_library_takes_it_for_its_own() -> None:
    assert dataclasses.is_dataclass(Point)
    assert dataclasses.replace(Point(1), x=2) == Point(2)
    assert [each.name for each in dataclasses.fields(Point)] == ["x", "names", "note"]
    assert pickle.loads(pickle.dumps(Point(1, ["a"], "n"))).note == "n"
    assert copy.copy(Point(1)) == Point(1)


def test_methods_that_a_class_has_stay() -> None:
    @dataclass(frozen=True)
    class Own:
        x: int = 0

        def __repr__(self) -> str:
            return "own"

    assert repr(Own()) == "own"


@pytest.mark.parametrize("make", [dataclass, dataclasses.dataclass])
def test_another_can_be_made_of_it(make: object) -> None:
    @make(frozen=True)  # type: ignore[operator]
    class Further(Point):
        y: int = 0

    assert Further(1, y=2) == Further(1, y=2)
    assert "y=2" in repr(Further(1, y=2))
    with pytest.raises(dataclasses.FrozenInstanceError):
        Further(1).y = 3
    with pytest.raises(TypeError, match="frozen"):

        @make  # type: ignore[operator]
        class Thawed(Point):
            z: int = 0
