"""What is drawn over the cells of a workbook, found by the relationships of its parts.

Names of parts say nothing: a box may stand in any part. Format: ECMA-376 part 1, 20.5 (drawings); part 4,
19 (VML), where notes have boxes too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlreport.expression import Expression
from xlreport.formats.container import Container
from xlreport.formats.foreign import Unopened
from xlreport.formats.opc import relations_in

_RELATIONS = Expression(r"(?i)((?:.*/)?)_rels/([^/]+)\.rels")
SHAPES, PICTURE, CHART, CONTROL, REMARK = "图形或文本框", "图片", "图表", "控件", "批注"
"""What clerks call them."""
_KINDS: Mapping[str, str] = {
    "image": PICTURE,
    "chart": CHART,
    "chartEx": CHART,
    "oleObject": "嵌入的文件",
    "package": "嵌入的文件",
    "control": CONTROL,
    "ctrlProp": CONTROL,
    "diagramData": SHAPES,
}
"""What parts are by the relationship that leads to them."""
_DRAWING = Expression(r"(?i)(?:.*/)?drawings/drawing[^/]*\.xml")
"""What drawings are usually called, related or not."""
_SHAPE = Expression(r"<(?:[^\s<>:/]+:)?sp[\s/>]")
"""A drawn shape or a text box; some programs write drawings that are empty."""
_BOX = Expression(r"""ObjectType\s*=\s*["']\s*(?!Note)\w""")
_MOST = 500
"""Parts with relationships that are looked at."""


def drawn(container: Container) -> frozenset[str]:
    """The kinds of what lies over cells, by what clerks call them."""
    return frozenset(_kinds(container))


def _kinds(container: Container) -> Iterator[str]:
    if any(_has_shapes(container, name) for name in container.entries if _DRAWING.fullmatch(name)):
        yield SHAPES
    names = [name for name in container.entries if _RELATIONS.fullmatch(name)]
    for name in names[:_MOST]:
        for kind, part in _targets(container, name):
            if kind in _KINDS:
                yield _KINDS[kind]
            elif kind in ("drawing", "vmlDrawing") and _has_shapes(container, part):
                yield SHAPES


def _targets(container: Container, name: str) -> Iterator[tuple[str, str]]:
    """Kinds and parts; none where the relationships, which nobody else needs, are damaged."""
    found = _RELATIONS.fullmatch(name)
    assert found is not None
    try:
        yield from [(each.kind, each.part) for each in relations_in(container.xml(name), found[1] + found[2])]
    except Unopened:
        return


def _has_shapes(container: Container, part: str) -> bool:
    try:
        data = container.part(part)
    except Unopened:
        return False
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16" if wide else "utf-8", "replace")
    return _SHAPE.search(text) is not None or _BOX.search(text) is not None
