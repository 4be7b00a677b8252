"""Values: what `dataclass(frozen=True, slots=True)` makes, declared and made in a fraction of its time.

A program that is started for one file first declares more than a hundred kinds of value. `dataclass` studies
each field, and writes and compiles six methods for each kind. Five of them are the same for all kinds and
stand here once; the sixth is written when a kind has more than a few values, and the fields are described
when `dataclasses` is asked about them: of many kinds a start needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, field, make_dataclass
from functools import cached_property, partial
from itertools import count
from operator import attrgetter
from types import MemberDescriptorType
from typing import Any, NoReturn, TypeAlias, TypeVar, dataclass_transform, overload

T = TypeVar("T")
_Declared: TypeAlias = "Mapping[str, tuple[str, Any]]"
"""What each field is annotated with, and its default: a value, what `field` gave, or MISSING."""
_FIELDS = "__dataclass_fields__"
_FEW = 16
"""Values of a kind that are made before a method is written for them."""
_EVERY_CLASS_ITS_OWN = frozenset({"__dict__", "__weakref__"})


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


def parts_of(kind: type) -> tuple[str, ...]:
    """The names of a kind's fields, in order."""
    names: tuple[str, ...] = vars(kind)["__match_args__"]
    return names


def _made(kind: type, *, eq: bool, slots: bool) -> type:
    """The class made anew: where a class keeps the parts of its values is settled when it is made."""
    own = _own_fields(kind)
    base = vars(kind.__base__).get(_FIELDS)
    declared = {**base.declared, **own} if isinstance(base, _Fields) else own
    left = own.keys() | _EVERY_CLASS_ITS_OWN
    body = {name: part for name, part in vars(kind).items() if name not in left}
    body |= {**_COMMON, "__qualname__": kind.__qualname__, "__match_args__": tuple(declared)}
    body[_FIELDS] = _Fields(declared)
    if slots:
        body["__slots__"] = tuple(own)
    if eq:
        body |= _comparison([name for name, (_, default) in declared.items() if _is_compared(default)])
    made: Any = type(kind)(kind.__name__, kind.__bases__, body)
    made.__init__ = _written_when_it_pays(made, declared)
    return made  # type: ignore[no-any-return]


def _own_fields(kind: type) -> _Declared:
    """Those that the class adds to its base's."""
    given = vars(kind)
    return {
        name: (annotation, given.get(name, MISSING))
        for name, annotation in kind.__annotations__.items()
        if not annotation.startswith("ClassVar")
    }


def _is_compared(default: Any) -> bool:
    return not isinstance(default, Field) or default.compare is not False


class _Fields:
    """The fields of a kind, where `dataclasses` looks for their description."""

    def __init__(self, declared: _Declared) -> None:
        self.declared = declared

    def __get__(self, _: object, kind: type) -> Mapping[str, Field[Any]]:
        return self._described

    @cached_property
    def _described(self) -> Mapping[str, Field[Any]]:
        listed = [
            (name, annotation, field() if default is MISSING else default)
            for name, (annotation, default) in self.declared.items()
        ]
        # with a text of its own, else one is made of the signature, which takes longer than all else
        twin: Any = make_dataclass("_", listed, namespace={"__doc__": "_"}, init=False, repr=False, eq=False)
        return twin.__dataclass_fields__  # type: ignore[no-any-return]


def _written_when_it_pays(kind: Any, declared: _Declared) -> Callable[..., None]:
    """An `__init__` that is written for its kind after a few values: of many kinds there are no more."""
    values = count(1)

    def __init__(self: Any, *given: object, **named: object) -> None:  # noqa: N807
        parts = _parts_given(declared, given, named)
        if parts is None or next(values) > _FEW:
            kind.__init__ = _init(kind, declared)
            kind.__init__(self, *given, **named)
        else:
            _restore(self, list(parts.values()))

    return __init__


def _parts_given(
    declared: _Declared, given: tuple[object, ...], named: Mapping[str, object]
) -> Mapping[str, object] | None:
    """Every part by its name; None where one is missing, given twice or unknown."""
    first = dict(zip(declared, given, strict=False))
    if len(first) < len(given) or first.keys() & named.keys() or named.keys() - declared.keys():
        return None
    parts = {**first, **named}
    every = {
        name: parts[name] if name in parts else _usual(default) for name, (_, default) in declared.items()
    }
    return None if any(part is MISSING for part in every.values()) else every


def _usual(default: Any) -> object:
    """What a field is where nothing is given, MISSING where something must be."""
    if not isinstance(default, Field):
        return default
    return default.default if default.default_factory is MISSING else default.default_factory()


def _init(kind: type, declared: _Declared) -> Callable[..., None]:
    """The one method that is written for each kind: it sets its attributes directly."""
    scope: dict[str, Any] = {"MISSING": MISSING}
    parameters, lines = ["self"], ["pass"]
    for name, (_, default) in declared.items():
        given = name
        if isinstance(default, Field) and default.default_factory is not MISSING:
            scope[f"make_{name}"] = default.default_factory
            parameters.append(f"{name}=MISSING")
            given = f"make_{name}() if {name} is MISSING else {name}"
        elif (usual := _usual(default)) is not MISSING:
            scope[f"default_{name}"] = usual
            parameters.append(f"{name}=default_{name}")
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


def _comparison(names: list[str]) -> dict[str, Callable[..., Any]]:
    """`__eq__` and `__hash__` by these attributes."""
    compared: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(compared(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _shown(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({shown})"


def _refuse(self: Any, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} is that of a value, which never changes")


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__match_args__]


def _restore(self: Any, state: list[object]) -> None:
    for name, part in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, part)


_COMMON: Mapping[str, Callable[..., Any]] = {
    "__repr__": _shown,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _state,
    "__setstate__": _restore,
}
