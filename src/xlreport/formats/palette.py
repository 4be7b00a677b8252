"""The numbered colours of spreadsheets, as long as a workbook brings none of its own.

Format: ECMA-376 part 1, 18.8.27 (indexedColors), 18.8.31 (`[Color n]` counts from the ninth on).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_FIRST_EIGHT = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_OTHERS = """
800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF
660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF
00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00
FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333
"""
PALETTE: Sequence[str] = (*_FIRST_EIGHT, *_FIRST_EIGHT, *_OTHERS.split())
"""RRGGBB by number."""
SYSTEM: Mapping[int, str] = {64: "000000", 65: "FFFFFF"}
"""The ink and the ground of the window, by the numbers behind the palette."""
NAMED: Mapping[str, str] = dict(
    zip(("black", "white", "red", "green", "blue", "yellow", "magenta", "cyan"), PALETTE, strict=False)
) | {"白色": "FFFFFF", "白": "FFFFFF"}
"""The colours that a number format calls by their names."""
