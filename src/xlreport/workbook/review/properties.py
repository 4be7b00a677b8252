"""The properties of an annotated copy: a number of a person or a mark of secrecy in them goes no further."""

from __future__ import annotations

from lxml import etree

from xlreport.formats.foreign import Unopened
from xlreport.formats.opc import ROOT
from xlreport.formats.properties import KINDS, written_in
from xlreport.formats.xml import parse_xml
from xlreport.prose.unpublishable import unpublishable
from xlreport.workbook.review.package import RewrittenPackage


def without_what_must_not_be_published(package: RewrittenPackage) -> None:
    """Take out the properties that hold such a thing; the others stay, and so does a part nobody can read."""
    for part in [part for kind in KINDS for _, part in package.related(ROOT, kind) if part in package]:
        try:
            read = parse_xml(package.data(part))
        except Unopened:
            continue
        if _held(read):
            for element in _held(package.tree(part)):
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)


def _held(root: etree._Element) -> list[etree._Element]:
    return [element for _, text, element in written_in(root) if any(unpublishable(text))]
