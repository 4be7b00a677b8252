"""How office workbooks look: one font, blue heads, and a page of A4 across."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

CREATED = datetime.datetime(2000, 1, 1)
"""Always the same, so that the same content gives the same bytes."""
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST = 32_000
"""Characters a cell takes, with room to spare."""
OFFICE_FONT: Mapping[str, Any] = {"font_name": "宋体", "font_size": 10.5}
HEAD: Mapping[str, Any] = {
    **OFFICE_FONT,
    "bold": True,
    "border": 1,
    "border_color": "#8EA9C1",
    "bg_color": "#D6E4F0",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
BODY: Mapping[str, Any] = {
    **OFFICE_FONT,
    "valign": "top",
    "text_wrap": True,
    "border": 1,
    "border_color": "#C9C9C9",
}
CELL: Mapping[str, Any] = {**OFFICE_FONT, "valign": "vcenter", "border": 1, "border_color": "#C9C9C9"}
"""A cell of a table that is one line high."""
MIDDLE: Mapping[str, Any] = {"align": "center"}
WRAPPED: Mapping[str, Any] = {"text_wrap": True}
"""A cell of a table that is as high as its text."""
LINK: Mapping[str, Any] = {"font_color": "#0B5CAD", "underline": 1}
GOOD = ("#E2F2E5", "#1E6B34")
BAD = ("#FFC7CE", "#9C0006")
OPEN = ("#FFEB9C", "#7F6000")
"""Ground and ink of what is done, wrong, and still open."""
_A4 = 9


def page_setup(sheet: Any, first: int = 0, last: int = 0) -> None:
    """A4 across, as wide as the page, the rows of the head on every page."""
    across(sheet)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first, last)


def across(sheet: Any) -> None:
    """A4 across, with the page's number."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C&9第 &P 页，共 &N 页&R&9&A")


def cut(text: str) -> str:
    """A text as long as a cell takes."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
