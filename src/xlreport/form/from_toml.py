"""From TOML tables to frozen values: strict, and complaining of everything at once.

cattrs builds the classes of `declare`; this module only adds what TOML calls differently, the
strictness (a number is not a text), and the words for an author's mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar, get_args, get_origin

from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_structure_fn, override

from xlreport.finding import Severity
from xlreport.form.field import Kind
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid, Line
from xlreport.form.listing import Listing
from xlreport.form.mistake import near
from xlreport.form.outline import Block
from xlreport.frozen import frozen

T = TypeVar("T")


@frozen
class Misfit:
    """A table that is not as declared: each mistake with the path of the key, as it stands in the file."""

    mistakes: tuple[tuple[str, str], ...]


def structured(data: Any, wanted: type[T]) -> T | Misfit:
    """A table as the value that is declared so, or all that is wrong with it."""
    try:
        return _converter().structure(data, wanted)
    except BaseValidationError as error:
        return Misfit(tuple(_mistakes(error, data)))


def _mistakes(error: BaseValidationError, data: Any) -> Iterator[tuple[str, str]]:
    for message in transform_error(error, format_exception=_words):
        text, _, path = message.rpartition(" @ ")
        yield _as_written(path.removeprefix("$").removeprefix("."), data), text


def _as_written(path: str, data: dict[str, Any]) -> str:
    """A path with the keys of the TOML file in place of our attributes."""
    place = re.match(r"block\[(\d+)\]\.(\w+)", path)
    if place is None:
        return path
    wanted = _BLOCKS[data["block"][int(place[1])]["type"]]
    start, end = place.span(2)
    return path[:start] + _RENAMED[wanted].get(place[2], place[2]) + path[end:]


_RENAMED: dict[type, dict[str, str]] = {
    Fields: {"fields": "field"},
    Listing: {"columns": "column"},
    Grid: {"rows": "row", "columns": "col"},
}
_BLOCKS: dict[str, type] = {"fields": Fields, "list": Listing, "grid": Grid}


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook_func(_is_tuple, partial(_several, converter))
    for primitive in (str, int, bool):
        converter.register_structure_hook(primitive, _strict)
    for enumeration in (Kind, Severity):
        converter.register_structure_hook(enumeration, _member)
    for cls, names in _RENAMED.items():
        overrides: dict[str, Any] = {attribute: override(rename=key) for attribute, key in names.items()}
        converter.register_structure_hook(cls, make_dict_structure_fn(cls, converter, **overrides))
    converter.register_structure_hook(Block, lambda data, _: _block(converter, data))
    line = make_dict_structure_fn(Line, converter)
    converter.register_structure_hook(Line, lambda data, cls: line(_with_short(data), cls))
    return converter


def _strict(value: Any, wanted: type[T]) -> T:
    if type(value) is not wanted:
        raise TypeError(f"needs {_KINDS[wanted]}, not {value!r}")
    return value


def _is_tuple(wanted: Any) -> bool:
    return get_origin(wanted) is tuple


def _several(converter: Converter, data: Any, wanted: Any) -> tuple[Any, ...]:
    """A text or a table would also do as a sequence: of its characters or keys."""
    element: Any = get_args(wanted)[0]
    if not isinstance(data, list):
        raise TypeError('needs a list: ["…", "…"]' if element is str else "needs double brackets: [[…]]")
    elements: Any = list[element]
    return tuple(converter.structure(data, elements))


_KINDS: dict[type, str] = {str: "text in quotes", int: "a whole number", bool: "true or false"}


def _member(value: Any, wanted: type[Enum]) -> Enum:
    names = [member.value for member in wanted]
    if value not in names:
        raise ValueError(f"“{value}” is not one of {', '.join(names)}{near(str(value), names)}")
    return wanted(value)


def _block(converter: Converter, data: Any) -> Any:
    if not isinstance(data, dict):
        raise TypeError("needs a table [[block]]")
    kind = data.get("type")
    if kind is None:
        raise ValueError(f"“type” is missing: add one of {', '.join(_BLOCKS)}")
    if kind not in _BLOCKS:
        raise ValueError(f"type “{kind}” is not one of {', '.join(_BLOCKS)}{near(str(kind), _BLOCKS)}")
    wanted = _BLOCKS[kind]
    rest = {key: value for key, value in data.items() if key != "type"}
    return converter.structure(_with_table(rest) if wanted is Grid else rest, wanted)


def _with_table(data: dict[str, Any]) -> dict[str, Any]:
    """A grid stands in a table of its own name unless it names another."""
    return data if data.get("table") or "name" not in data else data | {"table": data["name"]}


def _with_short(data: Any) -> Any:
    """A line's short name is the innermost element of its label path unless declared."""
    if (
        isinstance(data, dict)
        and "short" not in data
        and isinstance(data.get("label"), list)
        and data["label"]
    ):
        return data | {"short": data["label"][-1]}
    return data


def _words(error: BaseException, _: type | None) -> str:
    if isinstance(error, KeyError):
        return f"“{error.args[0]}” is missing: add it"
    extra = getattr(error, "extra_fields", None)
    if extra:
        cls = getattr(error, "cl", None)
        known = list(getattr(cls, "__dataclass_fields__", ()))
        renamed = _RENAMED.get(cls, {}) if cls is not None else {}
        known = [renamed.get(name, name) for name in known]
        return "; ".join(f"unknown key “{name}”{near(name, known)}" for name in sorted(extra))
    return str(error)
