"""XML from a stranger's file: nothing is fetched, nothing expands, one encoding."""

from __future__ import annotations

from lxml import etree

from xlreport.formats.foreign import Unopened


def parse_xml(data: bytes) -> etree._Element:
    """The root of a part. Raises Unopened where it is damaged.

    The container saw UTF-8 without a DTD; a declaration of another encoding must not make it
    something else.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unopened("文件已损坏，内部结构读不出来") from error
