"""An .xlsx or .xlsm file as its parts, to change a few and leave all others as they are, byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from xlreport.formats.container import Container, PackageKind, open_container
from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import limits
from xlreport.formats.opc import MAIN, relations_of, same_part, target_of
from xlreport.formats.xml import is_strict

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPES_PART = "[Content_Types].xml"
_MACROS = "application/vnd.ms-excel.sheet.macroEnabled"
_NO_RELATIONS = f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>'.encode()
_STRICT = (
    "文件是“Strict Open XML 电子表格”格式，不能在上面标注",
    "请用 Excel 另存为“Excel 工作簿（*.xlsx）”，或用 xlreport refill 转成新的工作簿，再核对",
)
_OTHER_FORMAT = (
    "文件不是 .xlsx 或 .xlsm 格式，不能在上面标注",
    "请用 xlreport refill 转成新的工作簿，再核对",
)


class RewrittenPackage:
    """The parts by name; `book` lists the sheets.

    A part asked for with `tree` is written back as the tree then stands.
    """

    def __init__(self, parts: dict[str, bytes], book: str) -> None:
        self.book = book
        self._parts = parts
        self._names = {same_part(name): name for name in parts}
        self._trees: dict[str, etree._Element] = {}

    # Parts ---------------------------------------------------------------------------------------

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def data(self, name: str) -> bytes:
        """A part's bytes as they came. Raises Unopened if it is missing."""
        if name not in self._parts:
            raise Unopened(f"文件已损坏（缺少 {name[:80]}）")
        return self._parts[name]

    def tree(self, name: str) -> etree._Element:
        """A part's XML, to be changed in place. Raises Unopened where there is none to read."""
        if name not in self._trees:
            self._trees[name] = _parse(name, self.data(name))
        return self._trees[name]

    def add(self, pattern: str, data: bytes, content_type: str = "") -> str:
        """A new part named after the pattern (`xl/worksheets/sheet{}.xml`), with a number that is free."""
        taken = {name.casefold() for name in self._parts}
        name = next(n for i in range(1, len(taken) + 2) if (n := pattern.format(i)).casefold() not in taken)
        self._parts[name] = data
        self._names[same_part(name)] = name
        if content_type:
            override = {"PartName": f"/{name}", "ContentType": content_type}
            etree.SubElement(self.tree(_TYPES_PART), f"{_TYPES}Override", override)
        return name

    def remove(self, name: str) -> None:
        """Take a part out, with its relations and all that hangs on it alone."""
        targets = [target for _, target in self.related(name, "")]
        for gone in (name, self._real(relations_of(name))):
            self._parts.pop(gone, None)
            self._trees.pop(gone, None)
        types = self.tree(_TYPES_PART)
        for override in types.findall(f"{_TYPES}Override"):
            if override.get("PartName", "").casefold() == f"/{name}".casefold():
                types.remove(override)
        for target in targets:
            if target in self and not self._needed(target, name):
                self.remove(target)

    def has_type(self, extension: str, content_type: str) -> None:
        """Parts with this ending are of that type."""
        types = self.tree(_TYPES_PART)
        known = {t.get("Extension", "").lower() for t in types.iter(f"{_TYPES}Default")}
        if extension not in known:
            default = {"Extension": extension, "ContentType": content_type}
            types.insert(0, types.makeelement(f"{_TYPES}Default", default))

    @property
    def suffix(self) -> str:
        """The ending that programs expect: .xlsm where the workbook may hold macros."""
        types = _parse(_TYPES_PART, self.data(_TYPES_PART))
        overrides = types.iter(f"{_TYPES}Override")
        macros = any(override.get("ContentType", "").startswith(_MACROS) for override in overrides)
        return ".xlsm" if macros else ".xlsx"

    # Relations -----------------------------------------------------------------------------------

    def related(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """The id and the part of each relation inside the file whose type ends in `kind`."""
        name = self._real(relations_of(part))
        if name not in self._parts:
            return
        root = self._trees[name] if name in self._trees else _parse(name, self._parts[name])
        for relation in root.iter(f"{_RELATIONS}Relationship"):
            inside = relation.get("TargetMode") != "External"
            if inside and relation.get("Type", "").endswith(kind):
                yield relation.get("Id", ""), self._real(target_of(part, relation.get("Target", "")))

    def relate(self, part: str, kind: str, target: str) -> str:
        """A new relation from one part to another; its id."""
        name = self._real(relations_of(part))
        self._parts.setdefault(name, _NO_RELATIONS)
        relations = self.tree(name)
        taken = {relation.get("Id") for relation in relations}
        id_ = next(i for n in range(1, len(taken) + 2) if (i := f"rId{n}") not in taken)
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        attributes = {"Id": id_, "Type": f"{OFFICE}/{kind}", "Target": path}
        etree.SubElement(relations, f"{_RELATIONS}Relationship", attributes)
        return id_

    def unrelate(self, part: str, id_: str) -> None:
        """Take a relation out."""
        relations = self.tree(self._real(relations_of(part)))
        for relation in list(relations):
            if relation.get("Id") == id_:
                relations.remove(relation)

    def _real(self, name: str) -> str:
        """The name under which a part is stored."""
        return self._names.get(same_part(name), name)

    def _needed(self, target: str, but_for: str) -> bool:
        """True if another part than `but_for` relates to it."""
        sources = [_source_of(name) for name in self._parts if name.endswith(".rels")]
        return any(
            source != but_for and any(other == target for _, other in self.related(source, ""))
            for source in sources
        )

    # The whole -----------------------------------------------------------------------------------

    @property
    def workbook(self) -> etree._Element:
        """The list of sheets and what goes with it."""
        return self.tree(self.book)

    def sheets(self) -> dict[str, str]:
        """The part of each sheet by the sheet's name, in order."""
        targets = dict(self.related(self.book, ""))
        elements = self.workbook.iter(f"{MAIN}sheet")
        parts = {e.get("name", ""): targets.get(e.get(f"{{{OFFICE}}}id", ""), "") for e in elements}
        return {name: part for name, part in parts.items() if part in self._parts}

    def to_bytes(self) -> bytes:
        """The file. The same changes to the same file give the same bytes."""
        for name, tree in self._trees.items():
            self._parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._parts.items():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def open_package(path: Path) -> RewrittenPackage:
    """All parts of the file, macros and pictures too. Raises Unopened, also for other formats."""
    return package_of(open_container(path))  # what the file is, and the limits on its size


def package_of(container: Container) -> RewrittenPackage:
    """All parts of a file that is open already. Raises Unopened as `open_package` does."""
    if container.kind is not PackageKind.XLSX:
        raise Unopened(*_OTHER_FORMAT)
    try:
        parts = container.everything()
    except Unopened as error:
        raise Unopened("文件里有的部分已损坏，不能在上面标注") from error
    names = {same_part(name): name for name in parts}
    if is_strict(parts[names[same_part(container.main)]]):
        raise Unopened(*_STRICT)
    return RewrittenPackage(parts, names[same_part(container.main)])


def put(parent: etree._Element, child: etree._Element, before: Sequence[str]) -> None:
    """Insert a child where the schema wants it: before the first of these elements, else at the end."""
    tags = {f"{MAIN}{name}" for name in before}
    place = next((n for n, other in enumerate(parent) if other.tag in tags), len(parent))
    parent.insert(place, child)


def element(xml: str) -> etree._Element:
    """An element of the main namespace from its XML."""
    head, separator, rest = xml.partition(">")
    named = f'{head.removesuffix("/")} xmlns="{MAIN[1:-1]}"{"/" if head.endswith("/") else ""}'
    return etree.fromstring(f"{named}{separator}{rest}")


def _source_of(relations: str) -> str:
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _parse(name: str, data: bytes) -> etree._Element:
    if b"<!DOCTYPE" in data or data.count(b"<") > limits().tags:
        raise Unopened(f"文件里的 {name[:80]} 不是正常工作簿的内容")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unopened(f"文件已损坏（{name[:80]} 读不出来）") from error
