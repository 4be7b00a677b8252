"""Reads the files of a form's folder: all mistakes of all files at once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from xlreport.form.from_toml import Misfit, structured
from xlreport.form.mistake import Mistake

T = TypeVar("T")


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
        found = structured(data, wanted)
        if not isinstance(found, Misfit):
            return found
        for path, message in found.mistakes:
            self._fail(file, path, message)
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
    found = structured(table, wanted)
    return None if isinstance(found, Misfit) else found


def case_files(folder: Path) -> Iterator[str]:
    """The names of the files of cases, relative to the form's folder."""
    for path in sorted((folder / "cases").glob("*.toml")):
        yield f"cases/{path.name}"
