"""Values: what `dataclass(frozen=True, slots=True)` makes, declared and made in a fraction of its time.

A program that is started for one file first declares more than a hundred kinds of value. `dataclass` studies
each field, and writes and compiles six methods for each kind. Five of them are the same for all kinds and
stand here once; the sixth is made with the first value, of what is compiled once for all kinds of as many
parts, and the fields are described when `dataclasses` is asked about them: of many kinds a start needs
neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, field, make_dataclass
from functools import cache, cached_property, partial
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, NoReturn, TypeAlias, TypeVar, dataclass_transform, overload

T = TypeVar("T")
_Declared: TypeAlias = "Mapping[str, tuple[str, Any]]"
"""What each field is annotated with, and its default: a value, what `field` gave, or MISSING."""
_FIELDS = "__dataclass_fields__"
_ANEW = object()
"""Stands for a part that is made anew for each value."""
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
    keeps_more = not slots and not kind.__bases__[0].__dictoffset__
    body["__slots__"] = (*own, "__dict__") if keeps_more else tuple(own)
    if eq:
        body |= _comparison([name for name, (_, default) in declared.items() if _is_compared(default)])
    made: Any = type(kind)(kind.__name__, kind.__bases__, body)
    made.__init__ = _made_with_first_value(made, declared)
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


def _made_with_first_value(kind: Any, declared: _Declared) -> Callable[..., None]:
    def __init__(self: Any, *given: object, **named: object) -> None:  # noqa: N807
        kind.__init__ = _init(kind, declared)
        kind.__init__(self, *given, **named)

    return __init__


def _init(kind: Any, declared: _Declared) -> Callable[..., None]:
    """The method that takes the parts by their names and sets them."""
    parts = [_part(getattr(kind, name).__set__, default) for name, (_, default) in declared.items()]
    setters = {f"set_{number}": set_part for number, (set_part, _) in enumerate(parts)}
    defaults = tuple(default for _, default in parts if default is not MISSING)
    code = _setting(len(parts)).replace(
        co_varnames=("self", *declared), co_name="__init__", co_qualname=f"{kind.__qualname__}.__init__"
    )
    return FunctionType(code, setters, "__init__", defaults)


def _part(
    set_part: Callable[[Any, object], None], default: Any
) -> tuple[Callable[[Any, object], None], object]:
    """How a part is set, and what it is where nothing is given: MISSING where something must be."""
    if not isinstance(default, Field):
        return set_part, default
    make = default.default_factory
    if make is MISSING:
        return set_part, default.default
    return lambda value, part: set_part(value, make() if part is _ANEW else part), _ANEW


@cache
def _setting(parts: int) -> CodeType:
    """What sets so many parts, whatever they are called: compiling it takes longer than all else here."""
    names = [f"_{number}" for number in range(parts)]
    lines = [f"set{name}(self, {name})" for name in names]
    scope: dict[str, Any] = {}
    head = f"def set_parts({', '.join(('self', *names))}):\n  "
    exec(head + "\n  ".join(lines or ["pass"]), scope)  # noqa: S102 - numbers only
    code: CodeType = scope["set_parts"].__code__
    return code


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
