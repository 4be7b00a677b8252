"""Values are what frozen dataclasses are: equal by their parts, never changed, sent to other processes."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from functools import cached_property

import pytest

from xlreport.frozen import frozen


@frozen
class Place:
    """Two parts that count, one that does not, one that is made anew for each."""

    row: int
    column: int = 0
    position: int = field(default=0, compare=False)
    seen: list[str] = field(default_factory=list)


@frozen
class Spot:
    """The same parts under another name."""

    row: int
    column: int = 0


@frozen
class Nothing:
    """Without any parts."""


def test_equal_by_the_parts_that_count_and_by_kind() -> None:
    assert Place(1, 2, position=3) == Place(1, 2, position=4) != Place(1, 3)
    assert hash(Spot(1, 2)) == hash(Spot(1, 2))
    assert len({Spot(1, 2), Spot(1, 2), Spot(2, 1)}) == 2
    assert Spot(1) != Place(1)
    assert Spot(1) != (1, 0)
    assert Nothing() == Nothing()


def test_never_changed() -> None:
    spot = Spot(1)
    with pytest.raises(FrozenInstanceError):
        spot.row = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del spot.row
    with pytest.raises(FrozenInstanceError):
        spot.other = 2  # type: ignore[attr-defined]
    assert (spot.row, hasattr(spot, "__dict__")) == (1, False)


def test_what_dataclasses_can_do() -> None:
    assert is_dataclass(Place)
    assert [each.name for each in fields(Spot)] == ["row", "column"]
    assert replace(Spot(1, 2), column=3) == Spot(1, 3)
    assert asdict(Spot(1, 2)) == {"row": 1, "column": 2}
    assert repr(Spot(1, column=2)) == "Spot(row=1, column=2)"
    match Spot(1, 2):
        case Spot(row, column):
            assert (row, column) == (1, 2)


def test_parts_are_given_as_declared() -> None:
    first, second = Place(1), Place(1)
    first.seen.append("x")
    assert second.seen == []
    with pytest.raises(TypeError, match=r"^Place\.__init__\(\) missing 1 required positional argument: "):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Spot(1, 2, 3)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Spot(1, row=2)  # type: ignore[misc]
    with pytest.raises(TypeError, match="'height'"):
        Spot(1, height=2)  # type: ignore[call-arg]


def test_first_values_of_a_kind_are_as_all_others() -> None:
    @frozen
    class Fresh:
        """A kind of which there is no value yet."""

        row: int
        column: int = 0
        seen: list[str] = field(default_factory=list)

    values = [Fresh(1, column=2) for _ in range(40)]
    assert values == [Fresh(row=1, column=2, seen=[])] * 40
    values[0].seen.append("x")
    assert [value.seen for value in values[1:]] == [[]] * 39


@pytest.mark.parametrize("value", [Place(1, 2, 3, ["x"]), Spot(1), Nothing()], ids=repr)
def test_copied_and_sent_whole(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(Place(1, 2, 3))).position == 3


@frozen(eq=False)
class Person:
    """Equal to itself only."""

    name: str


@frozen(slots=False)
class Room:
    """Keeps what it has computed."""

    width: int
    length: int = 2

    @cached_property
    def size(self) -> int:
        """Its size."""
        return self.width * self.length


def test_one_that_is_equal_to_itself_only() -> None:
    one, other = Person("甲"), Person("甲")
    assert one != other
    assert len({one, other, one}) == 2
    assert replace(one, name="乙").name == "乙"


def test_one_that_keeps_what_it_computes() -> None:
    room = Room(3)
    assert room.size == 6
    assert room == Room(3, 2) != Room(2, 3)
    assert hash(room) == hash(Room(3))
    assert pickle.loads(pickle.dumps(room)) == copy.copy(room) == room
    assert replace(room, length=5).size == 15
    assert asdict(room) == {"width": 3, "length": 2}
    with pytest.raises(FrozenInstanceError):
        room.width = 4  # type: ignore[misc]
