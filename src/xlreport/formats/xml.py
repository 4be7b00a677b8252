"""XML from files of others: nothing is fetched, nothing expands, plain UTF-8 within limits."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from xlreport.expression import Expression
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.limits import limits

_ATTRIBUTES = 5
"""Attributes for each tag that is allowed; a cell has three."""
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = rb"""(=\s*["'])http://purl\.oclc\.org/ooxml/(\w+)/([\w/]+)"""
"""A name of that format, as an attribute has it: the content of a cell is nobody's name."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = Expression(r"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)""", re.ASCII)
_UNICODE = ("utf8", "utf16", "usascii", "ascii")
_LIKE_ASCII = (*_UNICODE, "iso88591", "windows1252", "gb2312", "gbk", "gb18030", "big5")
"""Encodings in which bytes below 128 are what they are in ASCII, without hyphens."""
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_EMBEDDED = ("controls", "control", "controlPr", "oleObjects", "oleObject", "objectPr")
"""What Excel itself writes in two ways, for newer programs and for older ones."""


def parse_xml(data: bytes) -> etree._Element:
    """The root of a part. Raises Unopened where it is damaged, or not what a spreadsheet program writes."""
    return parsed(checked(data))


def checked(data: bytes) -> bytes:
    """A part in UTF-8 and with the usual names, harmless to a parser. Raises Unopened where it is not.

    A declaration of another encoding must not make the bytes something else, neither here nor elsewhere.
    """
    data = in_usual_names(_utf_8(data))
    _check_declared(data)
    _check(data)
    return data


def parsed(data: bytes) -> etree._Element:
    """The root of a part that has been checked. Raises Unopened where it is damaged.

    Comments and processing instructions are taken out, so that a text is what stands between two tags.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unopened("文件已损坏，内部结构读不出来") from error


def is_strict(data: bytes) -> bool:
    """True for a part that names things as "Strict Open XML" does (ECMA-376 part 1, against part 4)."""
    return _STRICT in data


def in_usual_names(data: bytes) -> bytes:
    """The part with the names of namespaces and relationships that all programs write but for that format."""
    return re.sub(_STRICT_NAME, _usual_name, data) if is_strict(data) else data


def _usual_name(found: re.Match[bytes]) -> bytes:
    words = re.sub(rb"(?<=[a-z])(Properties)$", rb"-\1", found[3]).replace(b"-P", b"-p")
    return found[1] + b"http://schemas.openxmlformats.org/" + found[2] + b"/2006/" + words


def tags_in(data: bytes) -> int:
    """At least as many as the part has tags."""
    return data.count(b"<")


def _utf_8(data: bytes) -> bytes:
    """The format allows UTF-8 and UTF-16."""
    try:
        if data.startswith(_UTF_16):
            return data.decode("utf-16").encode()
        data.decode()
    except UnicodeError as error:
        raise Unopened("文件已损坏，或者不是由表格软件保存的（文字不是 UTF-8 编码）", RESAVE) from error
    return data


def _check_declared(data: bytes) -> None:
    """Programs follow the declaration: a text in UTF-8 that is called GBK is another one there."""
    found = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8).partition(b">")[0].decode("latin-1"))
    name = "".join(filter(str.isalnum, found[1].lower())) if found is not None else "utf8"
    if name not in (_LIKE_ASCII if data.isascii() else _UNICODE):
        raise Unopened("文件已损坏，或者不是由表格软件保存的（文字不是 UTF-8 编码）", RESAVE)


def one_way(root: etree._Element, main: str) -> etree._Element:
    """The root, if it says nothing in several ways of which each program takes another. Raises Unopened.

    Format: ECMA-376 part 3 (markup compatibility): AlternateContent, ProcessContent. `main` is the namespace
    of what is read.
    """
    alternatives = (
        part for name in ("Choice", "Fallback") for way in root.iter(_ALTERNATIVES + name) for part in way
    )
    ours = (part.tag[len(main) :] for part in alternatives if part.tag.startswith(main))
    if root.get(f"{_ALTERNATIVES}ProcessContent") or any(name not in _EMBEDDED for name in ours):
        raise Unopened("文件已损坏，同一内容不止一份，各种软件读法不一", RESAVE)
    return root


def _check(data: bytes) -> None:
    """What a parser could choke on, seen in the bytes: DTDs, too much of anything."""
    most = limits()
    may_be_many = len(data) > most.tags  # no part has more tags, or attributes, than bytes
    if may_be_many and (tags_in(data) > most.tags or data.count(b"=") > _ATTRIBUTES * most.tags):
        raise Unopened("文件里的单元格过多，不是正常的报表工作簿")
    if b"<!DOCTYPE" in data:
        raise Unopened("文件里有正常工作簿不会有的内容（DTD），为安全起见没有打开")
    longest = most.text_kb * 2**10
    if len(data) > longest and any(len(text) > longest for text in data.split(b"<")):
        raise Unopened("文件里有一段文字过长，不是正常的报表工作簿")
