"""Looks as spreadsheet formats. Colours keep to three meanings: to fill in, locked, wrong."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from xlreport.layout.cells import Look

FONT_NAME = "宋体"
DEFAULT: dict[str, Any] = {"font_name": FONT_NAME, "font_size": 10.5}

_LINE = "#8EA9C1"
_INK, _FAINT = "#1F2D3D", "#5F6B7A"
_INPUT, _HEAD, _LABEL, _COMPUTED = "#FFFBE6", "#D6E4F0", "#EEF4F9", "#ECECEC"
_RED, _RED_FILL = "#9C0006", "#FFC7CE"
_AMBER, _AMBER_FILL = "#7F6000", "#FFEB9C"
_GREEN, _GREEN_FILL = "#1E6B34", "#E2F2E5"

_BOX: dict[str, Any] = {"border": 1, "border_color": _LINE}
_BASE: dict[str, Any] = DEFAULT | {"valign": "vcenter", "font_color": _INK, "locked": True}
_WRAP: dict[str, Any] = {"text_wrap": True}
_CENTRE: dict[str, Any] = {"align": "center"}
_LEFT: dict[str, Any] = {"align": "left", "indent": 1}
_OPEN: dict[str, Any] = {"locked": False, "bg_color": _INPUT}

ERROR: dict[str, Any] = {"bg_color": _RED_FILL, "font_color": _RED, "bold": True}
WARNING: dict[str, Any] = {"bg_color": _AMBER_FILL, "font_color": _AMBER}
DONE: dict[str, Any] = {"bg_color": _GREEN_FILL, "font_color": _GREEN}

LOOKS: dict[Look, dict[str, Any]] = {
    Look.TITLE: _BASE | _CENTRE | _WRAP | {"font_size": 16, "bold": True},
    Look.SUBTITLE: _BASE | _CENTRE | {"font_size": 13},
    Look.INTRO: _BASE | _WRAP | {"font_color": _FAINT},
    Look.HEADING: _BASE | {"font_size": 12, "bold": True, "bottom": 2, "bottom_color": _LINE},
    Look.CAPTION: _BASE | _CENTRE | _BOX | {"bold": True, "bg_color": _HEAD},
    Look.HEAD: _BASE | _CENTRE | _WRAP | _BOX | {"bold": True, "bg_color": _HEAD},
    Look.LABEL: _BASE | _WRAP | _BOX | _LEFT | {"bg_color": _LABEL},
    Look.LABEL_TOP: _BASE | _WRAP | _BOX | _LEFT | {"bg_color": _LABEL, "valign": "top"},
    Look.HELP: _BASE | _WRAP | _LEFT | {"font_color": _FAINT, "font_size": 9.5},
    Look.INPUT: _BASE | _BOX | _OPEN | _CENTRE,
    Look.SAMPLE: _BASE | _BOX | _CENTRE | {"bg_color": _INPUT},
    Look.FIXED: _BASE | _BOX | _CENTRE | {"bg_color": _COMPUTED, "bold": True},
    Look.COMPUTED: _BASE | _BOX | _CENTRE | {"bg_color": _COMPUTED, "bold": True},
    Look.NOTE: _BASE | _BOX | _OPEN | _WRAP | _LEFT | {"font_size": 9.5},
    Look.LIVE: _BASE | _BOX | _CENTRE,
    Look.LIVE_TEXT: _BASE | _BOX | _CENTRE | {"font_color": _FAINT},
    Look.DIFFERENCE: _BASE | _BOX | _CENTRE,
    Look.TALLY: _BASE | _BOX | _CENTRE,
    Look.PLAIN: _BASE | _WRAP | _BOX | _LEFT,
    Look.CENTRED: _BASE | _BOX | _CENTRE,
    Look.LINK: _BASE | _BOX | _CENTRE | {"font_color": "#0B5CAD", "underline": 1},
    Look.CODE: _BASE | {"font_size": 8, "font_color": _FAINT},
    Look.STATUS: _BASE | {"font_color": _FAINT},
    Look.VERDICT: _BASE | _BOX | _LEFT | _WRAP | {"bold": True},
    Look.SUMMARY: _BASE | _LEFT | {"bold": True, "bottom": 2, "bottom_color": _LINE},
    Look.ALARM: _BASE | _BOX | _CENTRE | ERROR,
    Look.DONE: _BASE | _BOX | _CENTRE | DONE,
}
"""Format properties of each look. Inputs that are no figures are aligned as below instead."""

FIELD_INPUT: dict[str, Any] = LOOKS[Look.INPUT] | _LEFT
TEXT_INPUT: dict[str, Any] = FIELD_INPUT | _WRAP
PROSE_INPUT: dict[str, Any] = TEXT_INPUT | {"valign": "top"}


class CellState(StrEnum):
    """What a colour that follows the contents says of a cell."""

    ERROR = "error"
    WARNING = "warning"
    DONE = "done"


STATES: Mapping[CellState, dict[str, Any]] = {
    CellState.ERROR: ERROR,
    CellState.WARNING: WARNING,
    CellState.DONE: DONE,
}
"""What conditional colours turn a cell into."""
