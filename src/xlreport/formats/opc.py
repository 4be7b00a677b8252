"""Office packages: parts are found by relationships, and their names compared as the format says.

Source: ECMA-376 part 2 (Open Packaging Conventions), 6.2 (part names), 6.5 (relationships). Programs
that zip by themselves write `\\` for `/`, other capitals, or percent signs; Excel opens all of these.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

from lxml import etree

from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.frozen import frozen

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
"""The namespace of workbooks, sheets, strings and styles, as lxml writes it."""
ROOT = ""
"""The package itself, as the source of relationships."""


@frozen
class Relation:
    """A relationship: `kind` is the last word of its type, `part` where it leads; "" outside the file."""

    id: str
    kind: str
    part: str


def part_name(name: str) -> str:
    """An entry's or a target's name as it is written everywhere here: no percent signs, dots or roots."""
    path = unquote(name.replace("\\", "/"))
    return posixpath.normpath(f"/{path}").lstrip("/")


@lru_cache(maxsize=2**10)
def same_part(name: str) -> str:
    """What two names of one part have in common."""
    return part_name(name).casefold()


def relations_of(part: str) -> str:
    """The part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_in(root: etree._Element, source: str) -> Iterator[Relation]:
    """The relationships of a part. Raises Unopened where two have one id: programs choose differently."""
    seen: set[str] = set()
    for relation in root.iter(_RELATIONSHIP):
        id_, target = relation.get("Id", ""), relation.get("Target", "")
        if id_ in seen:
            raise Unopened("文件已损坏，两处内部链接用了同一个编号", RESAVE)
        seen.add(id_)
        outside = relation.get("TargetMode") == "External"
        kind = posixpath.basename(relation.get("Type", ""))
        yield Relation(id_, kind, "" if outside else target_of(source, target))


def only(relations: Mapping[str, Relation], kind: str) -> str:
    """The part of that kind, "" if there is none. Raises Unopened where there are several."""
    parts = {same_part(found.part): found.part for found in relations.values() if found.kind == kind}
    if len(parts) > 1:
        raise Unopened(f"文件已损坏（{kind} 有两份，内容以哪一份为准无法判断）", RESAVE)
    return next(iter(parts.values()), "")


def target_of(source: str, target: str) -> str:
    """Where a target leads: relative to the folder of its source, or from the root."""
    path = target.replace("\\", "/")
    return part_name(posixpath.join("/", posixpath.dirname(source), path))
