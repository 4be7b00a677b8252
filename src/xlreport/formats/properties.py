"""What a file says of itself besides its content: title, subject, author, company, and what people add.

Read are the properties of Office packages (ECMA-376 part 2, 8.3; part 1, 15.2.12) and of OpenDocument
(part 3, 4.3). Properties that cannot be read make no workbook unreadable.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from xlreport.formats.foreign import Unopened
from xlreport.formats.opc import ROOT
from xlreport.formats.package import Package

KINDS = ("core-properties", "extended-properties", "custom-properties")
"""The relations of a package to its properties."""
_META = "meta.xml"
_CALLED = {
    "title": "标题",
    "subject": "主题",
    "keywords": "标记",
    "keyword": "标记",
    "description": "备注",
    "category": "类别",
    "contentStatus": "状态",
    "creator": "作者",
    "initial-creator": "作者",
    "printed-by": "打印者",
    "lastModifiedBy": "上次修改者",
    "Manager": "经理",
    "Company": "单位",
}
"""Those that people write, by the names of their elements; others are counts, dates and names of programs."""
_ADDED = frozenset({"property", "user-defined"})
_MOST, _LONGEST = 200, 2000
"""Properties of a file, and characters of each, that are looked at."""


def properties_of(package: Package) -> tuple[tuple[str, str], ...]:
    """What each property is called, and what it says; blank ones are left out."""
    try:
        roots = [package.xml(part) for part in _parts(package)]
    except Unopened:
        return ()
    found = ((name, text[:_LONGEST]) for root in roots for name, text, _ in written_in(root))
    return tuple(islice(found, _MOST))


def written_in(root: etree._Element) -> Iterator[tuple[str, str, etree._Element]]:
    """What people wrote into a part of properties: what it is called, its text, and its element."""
    for element in root.iter("{*}*"):
        kind = element.tag.rpartition("}")[2]
        if kind in _ADDED:
            yield f"自定义：{_own_name(element)}", f"{_own_name(element)} {_text(element)}", element
        elif kind in _CALLED and (text := _text(element)):
            yield _CALLED[kind], text, element


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _own_name(element: etree._Element) -> str:
    named = (str(text) for name, text in element.items() if etree.QName(name).localname == "name")
    return next(named, "")


def _parts(package: Package) -> list[str]:
    if _META in package:
        return [_META]
    relations = package.relations(ROOT).values()
    return [relation.part for relation in relations if relation.kind in KINDS and relation.part in package]
