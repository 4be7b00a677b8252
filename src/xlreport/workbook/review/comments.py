"""Comments on cells: two parts per sheet, the texts and (in an old drawing format) their boxes.

Ours begin with a line of their own, so they are known again after another program saved the file.
A sender's comment keeps its text; ours goes below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from xlreport.area import position
from xlreport.formats.extras import OUR_COMMENT as HEAD
from xlreport.formats.foreign import Unopened
from xlreport.formats.opc import MAIN
from xlreport.layout.heights import lines_needed
from xlreport.workbook.review.boxes import Boxes, Frame
from xlreport.workbook.review.package import OFFICE, RewrittenPackage, element, put
from xlreport.workbook.review.xml_text import writable

AUTHOR = "xlreport"
_GAP = "\n\n"
_CELL = re.compile("[A-Z]{1,3}[1-9][0-9]{0,6}")
_PRONOUNCED = (f"{MAIN}rPh", f"{MAIN}phoneticPr")
"""How a text is pronounced; stands behind all of it."""
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY = f'<comments xmlns="{MAIN[1:-1]}"><authors/><commentList/></comments>'.encode()
_EMPTY_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"/>'
)
_AFTER_DRAWING = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)
_THREAD = "tc="
"""Authors of threaded comments, which Excel shows from another part."""
_WIDTHS = (40, 64)
"""Widths of a box in characters; the wider one for long texts."""
_MANY_LINES = 18


def uncomment(package: RewrittenPackage, part: str) -> None:
    """Take our comments out of a sheet."""
    relation, comments = next(package.related(part, "/comments"), ("", ""))
    if comments not in package or HEAD not in _all_text(package.tree(comments)):
        return
    boxes = _boxes(package, part)
    for comment in list(_list(package.tree(comments))):
        theirs, head, _ = _text(comment).partition(HEAD)
        if head and theirs.strip():
            _cut(comment, len(theirs.removesuffix(_GAP)))
        elif head:
            _list(package.tree(comments)).remove(comment)
            if boxes is not None:
                boxes.remove(*_place(comment))
    if not len(_list(package.tree(comments))):
        package.unrelate(part, relation)
        package.remove(comments)


def comment_on(package: RewrittenPackage, part: str, texts: Mapping[str, str], frame: Frame) -> None:
    """Put a comment on each cell (A1 name to text); `frame` are the sheet's columns and rows.

    A sheet whose drawing is damaged, and a cell with a thread of comments, are left as they are.
    """
    boxes = _boxes(package, part) or _new_boxes(package, part)
    if boxes is None:
        return
    root = package.tree(_part(package, part))
    known = {comment.get("ref", ""): comment for comment in _list(root)}
    for cell, text in texts.items():
        ours = writable(f"{HEAD}\n{text}")
        comment = known.get(cell)
        if comment is None:
            comment = element(f'<comment ref="{cell}" authorId="{_author(root)}"><text/></comment>')
            _list(root).append(comment)
        elif _is_thread(root, comment):
            continue
        else:
            ours = f"{_GAP}{ours}"
        _append(comment, ours)
        whole = _text(comment)
        width = _WIDTHS[lines_needed(whole, _WIDTHS[0]) > _MANY_LINES]
        boxes.place(*position(cell), width, lines_needed(whole, width), frame)
    _list(root)[:] = sorted(_list(root), key=_place)


# Parts -----------------------------------------------------------------------------------------------


def _part(package: RewrittenPackage, sheet: str) -> str:
    for _, comments in package.related(sheet, "/comments"):
        return comments
    comments = package.add("xl/comments{}.xml", _EMPTY, _TYPE)
    package.relate(sheet, "comments", comments)
    return comments


def _drawing(package: RewrittenPackage, sheet: str) -> str:
    """The part with the boxes of a sheet's comments, "" if there is none; headers have drawings as well."""
    link = package.tree(sheet).find(f"{MAIN}legacyDrawing")
    wanted = None if link is None else link.get(f"{{{OFFICE}}}id")
    return next((part for id_, part in package.related(sheet, "/vmlDrawing") if id_ == wanted), "")


def _boxes(package: RewrittenPackage, sheet: str) -> Boxes | None:
    """The boxes of a sheet that has some; None also where they cannot be read."""
    drawing = _drawing(package, sheet)
    try:
        return Boxes(package.tree(drawing)) if drawing else None
    except Unopened:
        return None


def _new_boxes(package: RewrittenPackage, sheet: str) -> Boxes | None:
    if package.tree(sheet).find(f"{MAIN}legacyDrawing") is not None:
        return None  # there is one, but damaged
    drawing = package.add("xl/drawings/vmlDrawing{}.vml", _EMPTY_DRAWING)
    package.has_type("vml", _DRAWING_TYPE)
    id_ = package.relate(sheet, "vmlDrawing", drawing)
    link = etree.fromstring(f'<legacyDrawing xmlns="{MAIN[1:-1]}" xmlns:r="{OFFICE}" r:id="{id_}"/>')
    put(package.tree(sheet), link, _AFTER_DRAWING)
    return Boxes(package.tree(drawing))


def _place(comment: etree._Element) -> tuple[int, int]:
    """Row and column of a comment; the first cell for one whose place cannot be read."""
    cell = comment.get("ref", "")
    return position(cell) if _CELL.fullmatch(cell) else (0, 0)


# Texts -----------------------------------------------------------------------------------------------


def _list(root: etree._Element) -> etree._Element:
    found = root.find(f"{MAIN}commentList")
    if found is None:
        found = etree.SubElement(root, f"{MAIN}commentList")
    return found


def _author(root: etree._Element) -> int:
    authors = root.find(f"{MAIN}authors")
    if authors is None:
        authors = element("<authors/>")
        root.insert(0, authors)
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{MAIN}author").text = AUTHOR
        names.append(AUTHOR)
    return names.index(AUTHOR)


def _is_thread(root: etree._Element, comment: etree._Element) -> bool:
    names = [author.text or "" for author in root.iter(f"{MAIN}author")]
    number = comment.get("authorId", "")
    return (
        re.fullmatch("[0-9]{1,6}", number) is not None
        and int(number) < len(names)
        and names[int(number)].startswith(_THREAD)
    )


def _pieces(comment: etree._Element) -> Iterator[etree._Element]:
    """The texts of a comment in order, without what says how to pronounce them."""
    for text in comment.iter(f"{MAIN}t"):
        parent = text.getparent()
        if parent is not None and parent.tag != f"{MAIN}rPh":
            yield text


def _text(comment: etree._Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(comment))


def _all_text(root: etree._Element) -> str:
    return "".join(_text(comment) for comment in _list(root))


def _append(comment: etree._Element, text: str) -> None:
    holder = comment.find(f"{MAIN}text")
    if holder is None:
        holder = etree.SubElement(comment, f"{MAIN}text")
    look = '<rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/></rPr>'
    run = element(f'<r>{look}<t xml:space="preserve"/></r>')
    next(run.iter(f"{MAIN}t")).text = text
    behind = (child for child in holder if child.tag in _PRONOUNCED)
    first = next(behind, None)
    if first is None:
        holder.append(run)
    else:
        first.addprevious(run)


def _cut(comment: etree._Element, length: int) -> None:
    """Keep the first characters of a comment's text."""
    for piece in list(_pieces(comment)):
        text = piece.text or ""
        piece.text, length = text[:length], max(0, length - len(text))
        run = piece.getparent()
        if not piece.text and text and run is not None and run.tag == f"{MAIN}r":
            run.getparent().remove(run)  # type: ignore[union-attr]  # a run stands in a text
