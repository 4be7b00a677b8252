"""Values: what `dataclass(frozen=True, slots=True)` makes, declared and made in a fraction of its time.

A program that is started for one file first declares more than a hundred kinds of value. `dataclass` writes
and compiles six methods for each; five of them are the same for all kinds and stand here once, and the sixth
is written when the first value of its kind is made: of many kinds a start makes none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import partial
from operator import attrgetter
from types import MemberDescriptorType
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(kind: type[T], /) -> type[T]: ...
@overload
def frozen(*, eq: bool = True, slots: bool = True) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: Any = None, /, *, eq: bool = True, slots: bool = True) -> Any:
    """The class as a frozen dataclass; `dataclasses.replace`, `fields` and `asdict` work on it.

    One without `eq` is equal to itself only. Without `slots` it can keep what its properties compute.
    """
    return partial(_made, eq=eq, slots=slots) if kind is None else _made(kind, eq=eq, slots=slots)


def _made(kind: type, *, eq: bool, slots: bool) -> type:
    kind.__doc__ = kind.__doc__ or kind.__name__  # else `dataclass` would parse a signature to have one
    made: Any = dataclass(init=False, repr=False, eq=False, slots=slots)(kind)
    made.__init__ = _written_when_called(made)
    if eq:
        made.__eq__, made.__hash__ = _comparison([each.name for each in fields(made) if each.compare])
    made.__repr__ = _shown
    made.__setattr__ = made.__delattr__ = _refuse
    made.__getstate__, made.__setstate__ = _state, _restore
    return made  # type: ignore[no-any-return]


def _written_when_called(kind: Any) -> Callable[..., None]:
    def __init__(self: Any, *given: object, **named: object) -> None:  # noqa: N807
        kind.__init__ = _init(kind)
        kind.__init__(self, *given, **named)

    return __init__


def _init(kind: type) -> Callable[..., None]:
    """The one method that is written for each kind: it sets its attributes directly."""
    scope: dict[str, Any] = {"MISSING": MISSING}
    parameters, lines = ["self"], ["pass"]
    for each in fields(kind):
        name, given = each.name, each.name
        if each.default is not MISSING:
            scope[f"default_{name}"] = each.default
            parameters.append(f"{name}=default_{name}")
        elif each.default_factory is not MISSING:
            scope[f"make_{name}"] = each.default_factory
            parameters.append(f"{name}=MISSING")
            given = f"make_{name}() if {name} is MISSING else {name}"
        else:
            parameters.append(name)
        slot = getattr(kind, name, None)
        if isinstance(slot, MemberDescriptorType):
            scope[f"set_{name}"] = slot.__set__
            lines.append(f"set_{name}(self, {given})")
        else:
            lines.append(f"self.__dict__[{name!r}] = {given}")
    exec(f"def __init__({', '.join(parameters)}):\n  " + "\n  ".join(lines), scope)  # noqa: S102 - names only
    init: Callable[..., None] = scope["__init__"]
    return init


def _comparison(names: list[str]) -> tuple[Callable[[Any, object], bool], Callable[[Any], int]]:
    """`__eq__` and `__hash__` by these attributes."""
    compared: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(compared(self))

    return __eq__, __hash__


def _shown(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))
    return f"{type(self).__qualname__}({shown})"


def _refuse(self: Any, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} is that of a value, which never changes")


def _state(self: Any) -> list[object]:
    return [getattr(self, each.name) for each in fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    each: Field[Any]
    for each, part in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, part)
