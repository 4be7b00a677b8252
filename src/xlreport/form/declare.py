"""From TOML tables to frozen values: strict, and complaining of everything at once.

cattrs builds the classes of `model`; this module only adds what TOML calls differently, the
strictness (a number is not a text), and the words for an author's mistakes.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import field
from enum import Enum
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_structure_fn, override

from xlreport.finding import Severity
from xlreport.form.checks import Check
from xlreport.form.fact_model import CountedObject, Fact, Group, ListedItems, Saying
from xlreport.form.field import Kind
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid, Line
from xlreport.form.listing import Listing
from xlreport.form.mistake import Mistake, near
from xlreport.form.outline import Block
from xlreport.frozen import frozen

T = TypeVar("T")


@frozen
class FormToml:
    """form.toml as written."""

    id: str
    title: str
    edition: str
    first_year: int
    sections: tuple[str, ...]
    unit_field: str
    code_field: str
    year_field: str
    instructions: tuple[str, ...]
    last_year: int | None = None
    skin: str = ""


@frozen
class SectionToml:
    """A file of sections/ as written."""

    title: str
    block: tuple[Block, ...]
    tab: str = ""
    intro: str = ""
    wide: bool = False


@frozen
class ChecksToml:
    """checks.toml as written."""

    check: tuple[Check, ...] = ()


@frozen
class FactsToml:
    """facts.toml as written."""

    fact: tuple[Fact, ...] = ()
    object: tuple[CountedObject, ...] = ()
    word: tuple[Saying, ...] = ()
    group: tuple[Group, ...] = ()
    elsewhere: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    row: tuple[ListedItems, ...] = ()
    verbs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@frozen
class Case:
    """A case of cases/: values laid over the base, and the findings that must come of them.

    `prior` are last year's values, as far as the case needs them.
    """

    check: str
    title: str
    expect: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)
    prior: dict[str, Any] = field(default_factory=dict)


@frozen
class CasesToml:
    """A file of cases/ as written; base.toml has only `values`."""

    case: tuple[Case, ...] = ()
    values: dict[str, Any] | None = None


class Folder:
    """Reads the files of one form's folder, collecting mistakes instead of stopping at the first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mistakes: list[Mistake] = []
        self.tables: dict[str, dict[str, Any]] = {}
        """The files that are valid TOML, as plain tables."""
        self._hash = hashlib.sha256()

    def read(self, file: str, wanted: type[T]) -> T | None:
        """The file as `wanted`, or None with its mistakes noted."""
        try:
            text = (self.path / file).read_text(encoding="utf-8-sig")  # some editors add a mark at the start
            data = tomllib.loads(text)
        except FileNotFoundError:
            self._fail(file, "", "the file is missing: create it, or take it out of form.toml")
        except UnicodeDecodeError as error:
            self._fail(file, f"byte {error.start}", "not UTF-8: save the file as UTF-8")
        except tomllib.TOMLDecodeError as error:
            self._fail(file, "", f"not valid TOML: {error}{_curly(text, str(error))}")
        except RecursionError:
            self._fail(file, "", "brackets are nested too deeply")
        else:
            self._hash.update(f"{file}\0{text}\0".encode())
            self.tables[file] = data
            return self._structured(file, data, wanted)
        return None

    def understood(self, file: str, key: str, wanted: type[T]) -> list[T | None]:
        """The tables of a list in a file read before; None for those whose mistakes are noted."""
        tables = self.tables.get(file, {}).get(key, [])
        return [_understood(table, wanted) for table in tables] if isinstance(tables, list) else []

    def digest(self) -> str:
        """Hash of everything read so far, 16 hexadecimal digits."""
        return self._hash.hexdigest()[:16]

    def _structured(self, file: str, data: dict[str, Any], wanted: type[T]) -> T | None:
        try:
            return _converter().structure(data, wanted)
        except BaseValidationError as error:
            for message in transform_error(error, format_exception=_words):
                text, _, path = message.rpartition(" @ ")
                self._fail(file, _as_written(path.removeprefix("$").removeprefix("."), data), text)
            return None

    def _fail(self, file: str, path: str, message: str) -> None:
        self.mistakes.append(Mistake(file, path, message))


def _curly(text: str, error: str) -> str:
    """What to do about quotation marks as Word and input methods write them."""
    found = re.search(r"at line (\d+)", error)
    lines = text.splitlines()
    line = lines[int(found[1]) - 1] if found and int(found[1]) <= len(lines) else ""
    if re.search("[=\\[,][ \t]*[“”‘’＂]", line) is None:
        return ""
    return '; the line has quotation marks “ ” as Word writes them: type straight ones, "…", around texts'


def _understood(table: Any, wanted: type[T]) -> T | None:
    try:
        return _converter().structure(table, wanted)
    except BaseValidationError:
        return None


def case_files(folder: Path) -> Iterator[str]:
    """The names of the files of cases, relative to the form's folder."""
    for path in sorted((folder / "cases").glob("*.toml")):
        yield f"cases/{path.name}"


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
