"""Looks of our own in the sender's styles: added behind theirs, so that none of theirs changes its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from xlreport.finding import Severity
from xlreport.formats.opc import MAIN
from xlreport.frozen import frozen
from xlreport.workbook.cell_formats import ERROR, FONT_NAME, WARNING
from xlreport.workbook.review.package import RewrittenPackage, element, put

_AFTER: Mapping[str, Sequence[str]] = {
    "fonts": ("fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    "fills": ("borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    "borders": ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    "cellXfs": ("cellStyles", "dxfs"),
    "dxfs": (),
}
_REST = ("tableStyles", "colors", "extLst")
_INK, _LINE = "1F2D3D", "8EA9C1"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_PLAIN = (
    f'<styleSheet xmlns="{MAIN[1:-1]}">'
    f'<fonts count="1"><font><sz val="11"/><name val="{FONT_NAME}"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    "</styleSheet>"
)
_SIDES = ("left", "right", "top", "bottom")


@frozen
class Tone:
    """How a severity looks; `line` tells it on a black and white print."""

    fill: str
    ink: str
    line: str
    bold: bool = False


TONES: Mapping[Severity, Tone] = {
    Severity.ERROR: Tone(ERROR["bg_color"][1:], ERROR["font_color"][1:], "thin", bold=True),
    Severity.WARNING: Tone(WARNING["bg_color"][1:], WARNING["font_color"][1:], "dashed"),
    Severity.NOTE: Tone("DDEBF7", "1F4E79", "dotted"),
}


class Styles:
    """The styles part of a workbook; what is asked for twice is added once."""

    def __init__(self, package: RewrittenPackage) -> None:
        part = next((part for _, part in package.related(package.book, "/styles") if part in package), "")
        self._root = package.tree(part or _first_styles(package))

    def cell(
        self,
        *,
        size: float = 10.5,
        ink: str = _INK,
        fill: str = "",
        line: str = "thin",
        bold: bool = False,
        underlined: bool = False,
        centred: bool = False,
    ) -> int:
        """The number of a cell look; colours in hexadecimal, `line` "" for no border."""
        marks = ("<b/>" if bold else "") + ("<u/>" if underlined else "")
        font = f'<font>{marks}<sz val="{size}"/><color rgb="FF{ink}"/><name val="{FONT_NAME}"/></font>'
        solid = f'<patternFill patternType="solid"><fgColor rgb="FF{fill}"/></patternFill>'
        none = '<patternFill patternType="none"/>'
        numbers = {
            "fontId": self._number("fonts", font),
            "fillId": self._number("fills", f"<fill>{solid if fill else none}</fill>"),
            "borderId": self._number("borders", _border(line, _LINE) if line else _border("", "")),
        }
        ids = " ".join(f'{name}="{number}"' for name, number in numbers.items())
        applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        aligned = (
            f'<alignment horizontal="{"center" if centred else "left"}" vertical="center" wrapText="1"/>'
        )
        return self._number("cellXfs", f'<xf numFmtId="0" {ids} xfId="0" {applied}>{aligned}</xf>')

    def toned(self, severity: Severity) -> int:
        """The look of a cell of the list that shows a severity."""
        tone = TONES[severity]
        return self.cell(ink=tone.ink, fill=tone.fill, bold=tone.bold, centred=True)

    def condition(self, severity: Severity) -> int:
        """The number of the look that a conditional format gives to a cell."""
        tone = TONES[severity]
        bold = "<b/>" if tone.bold else ""
        font = f'<font>{bold}<color rgb="FF{tone.ink}"/></font>'
        fill = f'<fill><patternFill patternType="solid"><bgColor rgb="FF{tone.fill}"/></patternFill></fill>'
        return self._number("dxfs", f"<dxf>{font}{fill}{_border(tone.line, tone.ink)}</dxf>")

    def _number(self, group: str, xml: str) -> int:
        parent = self._root.find(f"{MAIN}{group}")
        if parent is None:
            parent = element(f"<{group}/>")
            put(self._root, parent, (*_AFTER[group], *_REST))
        wanted = element(xml)
        known = [_plain(child) for child in parent.iterchildren(f"{{*}}{etree.QName(wanted).localname}")]
        if _plain(wanted) not in known:
            parent.append(wanted)
            known.append(_plain(wanted))
        parent.set("count", str(len(known)))
        return known.index(_plain(wanted))


def _first_styles(package: RewrittenPackage) -> str:
    """A part of styles for a workbook that has none: what every program expects to be there."""
    for relation, _ in list(package.related(package.book, "/styles")):
        package.unrelate(package.book, relation)
    part = package.add("xl/styles{}.xml", _PLAIN.encode(), _STYLES_TYPE)
    package.relate(package.book, "styles", part)
    return part


def _border(line: str, colour: str) -> str:
    shown = [f'<{s} style="{line}"><color rgb="FF{colour}"/></{s}>' if line else f"<{s}/>" for s in _SIDES]
    return f"<border>{''.join(shown)}</border>"


def _plain(node: etree._Element) -> bytes:
    return etree.tostring(node, method="c14n", exclusive=True)
