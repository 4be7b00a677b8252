"""What a workbook file carries beside its sheets: programs, links to elsewhere, objects. Only named."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from xlreport.expression import Expression
from xlreport.formats.container import Container
from xlreport.formats.drawn import SHAPES, drawn
from xlreport.formats.opc import relations_of
from xlreport.frozen import frozen

_MACROS = Expression(r"(?i)(?:.*/)?(?:vbaProject\.bin|macrosheets/.+)")
_LINK = Expression(r"(?i)(?:.*/)?externalLinks/[^/]+\.xml")
_CONNECTIONS = Expression(r"(?i)(?:.*/)?(?:connections\.xml|queryTables/.+)")
OUR_COMMENT = "【xlreport 核对意见】"
"""What a comment of an annotated copy begins with, or has below the sender's own words."""
_COMMENTS = Expression(r"(?i)(?:.*/)?(?:comments[^/]*\.(?:xml|bin)|comments/.+|threadedComments/.+)")
_OBJECTS = {
    "图片": Expression(r"(?i)(?:.*/)?media/.+"),
    "图表": Expression(r"(?i)(?:.*/)?charts/.+"),
    "嵌入的文件": Expression(r"(?i)(?:.*/)?embeddings/.+"),
    "控件": Expression(r"(?i)(?:.*/)?(?:activeX|ctrlProps)/.+"),
}
_LONGEST = 80
_MOST = 20


@frozen
class Extras:
    """`links` name files, programs and connections that the workbook draws on; `objects` are kinds."""

    macros: bool
    links: tuple[str, ...]
    objects: tuple[str, ...]


NO_EXTRAS = Extras(macros=False, links=(), objects=())


def extras_of(container: Container, *, macros: bool = False) -> Extras:
    """What is there beside the sheets; `macros` where some stand in sheets of their own.

    Raises Unopened where a link's part is damaged.
    """
    names = sorted(container.entries)
    links = [link for name in names if _LINK.fullmatch(name) for link in _targets(container, name)]
    if any(_CONNECTIONS.fullmatch(name) for name in names):
        links.append("数据连接")
    return Extras(
        macros=macros or any(_MACROS.fullmatch(name) for name in names),
        links=tuple(dict.fromkeys(links))[:_MOST],
        objects=tuple(_objects(container)),
    )


def _targets(container: Container, name: str) -> Iterator[str]:
    """What a link's part leads to: another workbook, or another program (DDE)."""
    for element in container.xml(name).iter(etree.Element):
        if etree.QName(element).localname == "ddeLink":
            yield f"程序 {element.get('ddeService', '')}|{element.get('ddeTopic', '')}（DDE）"[:_LONGEST]
    relations = relations_of(name)
    if relations in container:
        for element in container.xml(relations).iter(etree.Element):
            if element.get("Target"):
                yield element.get("Target", "")[-_LONGEST:]


def _objects(container: Container) -> Iterator[str]:
    if any(_is_theirs(container, name) for name in container.entries if _COMMENTS.fullmatch(name)):
        yield "批注"
    found = drawn(container)
    for kind, pattern in _OBJECTS.items():
        if kind in found or any(map(pattern.fullmatch, container.entries)):
            yield kind
    if SHAPES in found:
        yield SHAPES


def _is_theirs(container: Container, name: str) -> bool:
    """False for comments that are all ours, left from an annotated copy."""
    if not name.lower().endswith(".xml"):
        return True
    root = container.xml(name)
    comments = ["".join(map(str, found.itertext("{*}t"))) for found in root.iter("{*}comment")]
    return not comments or not all(text.startswith(OUR_COMMENT) for text in comments)
