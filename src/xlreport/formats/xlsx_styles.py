"""Looks of cells in an .xlsx, as far as they decide what a person sees of a value.

Format: ECMA-376 part 1, 18.8 (styleSheet), 18.8.30 (number formats), 18.8.3 and 18.8.19 (colours).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from typing import TypeVar

from lxml import etree

from xlreport.expression import Expression
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.number_formats import NumberFormats
from xlreport.formats.opc import MAIN
from xlreport.formats.palette import SYSTEM
from xlreport.formats.snapshot import PLAIN, UNKNOWN_COLOUR, Appearance, Raw
from xlreport.formats.xlsx_colours import Colours
from xlreport.formats.xlsx_grounds import conditional_ground, ground_of, is_crossed
from xlreport.formats.xlsx_table_styles import table_styles
from xlreport.formats.xlsx_text import unescaped
from xlreport.formats.xml_values import is_false, is_less, is_true
from xlreport.frozen import frozen

T = TypeVar("T")

PICTORIAL = Expression(
    r"(?i)\s*@?(?:wingdings|webdings|marlett|(?:itc )?zapf ?dingbats|mt extra|ms outlook"
    r"|bookshelf symbol|.*bar ?code|code ?(?:39|93|128)|.*3 ?of ?9)"
)
"""Fonts that have pictures or bars in place of letters and digits."""
SMALLEST = 4
"""Points of a font below which nobody reads a figure."""
FARTHEST = 30
"""Steps of three blanks by which a text is indented that are wider than any cell to fill in."""


@frozen(slots=False)
class CellStyles:
    """The styles of a workbook: what kind of number each shows, and how it looks.

    A cell names its style by a number; `looks` has them as cells write them, "" for none. A condition names
    what it changes by a number too; `conditional` has those that may hide or change what is seen,
    `tables` those of the workbook's own styles of tables.
    """

    formats: NumberFormats = field(default_factory=NumberFormats)
    looks: Mapping[str, Appearance] = field(default_factory=dict)
    conditional: Mapping[int, Appearance] = field(default_factory=dict)
    colours: Colours = field(default_factory=Colours)
    tables: Mapping[str, tuple[Appearance, ...]] = field(default_factory=dict)

    def look(self, style: str) -> Appearance:
        """How a cell of that style looks."""
        found = self.looks.get(style)
        return self.looks.get(str(_whole(style)), PLAIN) if found is None else found

    def shown(self, number: float, style: str) -> Raw:
        """The number, or the day or time it stands for in that style."""
        return self.formats.shown(number, _whole(style))


def read_styles(root: etree._Element, colours: Colours, since_1904: bool) -> CellStyles:
    """The cell styles of a styles part; a number that makes no sense is that of the first style."""
    codes = _codes(root, colours)
    fonts = [_font(font, colours) for font in root.iterfind(f"{MAIN}fonts/{MAIN}font")]
    grounds = [ground_of(fill, colours) for fill in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
    crossed = [is_crossed(border) for border in root.iterfind(f"{MAIN}borders/{MAIN}border")]
    formats = NumberFormats(since_1904, codes)
    named = root.findall(f"{MAIN}cellStyleXfs/{MAIN}xf")
    looks: dict[str, Appearance] = {}
    for place, style in enumerate(root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")):
        below = _at(named, _number(style, "xfId"), style)
        number = _inherited(style, below, "numFmtId")
        formats.styles.append(number)
        font = _at(fonts, _inherited(style, below, "fontId"), PLAIN)
        look = replace(
            font,
            crossed=_at(crossed, _inherited(style, below, "borderId"), default=False),
            tiny=font.tiny or _is_aside(style),
            number_format=formats.code(place),
            ground=_at(grounds, _inherited(style, below, "fillId"), ""),
            repeated=_alignment(style, "horizontal") == "fill",
            leftward=_alignment(style, "readingOrder") == "2",
        )
        looks[str(place)] = PLAIN if look == PLAIN else look
    conditional = _conditional(root, colours)
    tables = table_styles(root, conditional)
    return CellStyles(formats, {"": looks.get("0", PLAIN), **looks}, conditional, colours, tables)


def _codes(root: etree._Element, colours: Colours) -> dict[int, str]:
    """The number formats by their numbers. Raises Unopened: of two with one number programs take either."""
    codes: dict[int, str] = {}
    for declared in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt"):
        number, code = _number(declared, "numFmtId"), _code(declared, colours)
        if codes.setdefault(number, code) != code:
            raise Unopened("文件已损坏，两种数字格式用了同一个编号，各种软件读法不一", RESAVE)
    return codes


def _conditional(root: etree._Element, colours: Colours) -> Mapping[int, Appearance]:
    """The looks that conditions give, by their numbers, as far as they change what is seen."""
    looks = (conditional_look(look, colours) for look in root.iterfind(f"{MAIN}dxfs/{MAIN}dxf"))
    return {number: look for number, look in enumerate(looks) if look != PLAIN}


def conditional_look(look: etree._Element, colours: Colours) -> Appearance:
    """What a condition changes; of a fill without a pattern its second colour is the ground.

    Fonts and their sizes are none of it.
    """
    font, code, fill = (look.find(f"{MAIN}{name}") for name in ("font", "numFmt", "fill"))
    given = PLAIN if font is None else replace(_font(font, colours), tiny=False, pictorial=False)
    is_usual = font is not None and any(is_true(c.get("auto")) for c in font.iterfind(f"{MAIN}color"))
    return replace(
        given,
        ink=given.ink or (SYSTEM[64] if is_usual else ""),
        number_format="" if code is None else _code(code, colours),
        ground="" if fill is None else conditional_ground(fill, colours),
    )


def _code(declared: etree._Element, colours: Colours) -> str:
    """A number format, its numbered colours as the workbook has them."""
    return colours.named_in(unescaped(declared.get("formatCode", "")))


def _alignment(style: etree._Element, name: str) -> str:
    found = style.find(f"{MAIN}alignment")
    return "" if found is None else found.get(name, "").strip()


def _is_aside(style: etree._Element) -> bool:
    """True where the text begins so far from the side of its cell that it lies outside of it."""
    return _whole(_alignment(style, "indent") or "0") >= FARTHEST


def _number(element: etree._Element, name: str) -> int:
    return _whole(element.get(name, "0"))


def _inherited(style: etree._Element, below: etree._Element, name: str) -> int:
    """What a cell's style states, else what the named style below it does."""
    return _number(below if style.get(name) is None else style, name)


@lru_cache(maxsize=1024)
def _whole(text: str) -> int:
    """The number in any spelling that programs take: `5`, `05`, `+5`, blanks around it."""
    plain = text.strip().removeprefix("+")
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 10 else 0


def _at(values: Sequence[T], place: int, default: T) -> T:
    return values[place] if place < len(values) else default


def _font(font: etree._Element, colours: Colours) -> Appearance:
    """How text in that font looks; what is said twice may count either way."""
    inks = {colours.of(colour) for colour in font.iterfind(f"{MAIN}color")}
    names = font.iterfind(f"{MAIN}name" if font.tag == f"{MAIN}font" else f"{MAIN}rFont")
    return Appearance(
        ink=UNKNOWN_COLOUR if len(inks) > 1 else next(iter(inks), ""),
        struck=any(not is_false(line.get("val")) for line in font.iterfind(f"{MAIN}strike")),
        tiny=any(is_less(size.get("val"), SMALLEST) for size in font.iterfind(f"{MAIN}sz")),
        pictorial=any(PICTORIAL.match(name.get("val", "")) is not None for name in names),
    )


def runs_of(item: etree._Element, colours: Colours) -> tuple[Appearance, ...]:
    """The looks of the parts of a text that have their own."""
    fonts = item.iterfind(f"{MAIN}r/{MAIN}rPr")
    return tuple(dict.fromkeys(look for font in fonts if (look := _run(font, colours)) != PLAIN))


def _run(font: etree._Element, colours: Colours) -> Appearance:
    raised = font.find(f"{MAIN}vertAlign")
    return replace(_font(font, colours), raised=raised is not None and raised.get("val") != "baseline")
