"""Coloured cells as conditional formats: the cells themselves keep their style, and can be freed again.

Ours are known by their formula, which every program keeps as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from xlreport.finding import Severity
from xlreport.formats.opc import MAIN
from xlreport.workbook.review.package import element, put
from xlreport.workbook.review.styles import Styles
from xlreport.workbook.review.xml_text import int_of

_MARKER = "xlreport.review."
_AFTER_CONDITIONS = (
    *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter"),
    *("rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing"),
    *("legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)


def uncolour(sheet: etree._Element) -> None:
    """Take our colours out of a sheet."""
    for rule in list(sheet.iter(f"{MAIN}cfRule")):
        if any(_MARKER in (formula.text or "") for formula in rule.iter(f"{MAIN}formula")):
            group = rule.getparent()
            assert group is not None
            group.remove(rule)
            if not len(group):
                sheet.remove(group)


def colour(sheet: etree._Element, severity: Severity, areas: Iterable[str], styles: Styles) -> None:
    """Colour areas (`C6`, or `B3:D3` for a merged cell). Rules of the sender's own come first."""
    rules = sheet.iter(f"{MAIN}cfRule")
    priority = 1 + max((int_of(rule.get("priority"), 0) for rule in rules), default=0)
    formula = f'<formula>LEN("{_MARKER}{severity.value}")&gt;0</formula>'
    look = f'dxfId="{styles.condition(severity)}" priority="{priority}"'
    rule = f'<cfRule type="expression" {look}>{formula}</cfRule>'
    group = element(f'<conditionalFormatting sqref="{" ".join(areas)}">{rule}</conditionalFormatting>')
    put(sheet, group, _AFTER_CONDITIONS)
