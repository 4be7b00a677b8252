"""说明.txt: what is in a bundle in words, for who opens it: missing units, accepted errors, adjustments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlreport.prose.personal import masked
from xlreport.round.manifest import BELOW, LEAVES, SUM, HandedUp, Manifest
from xlreport.round.state import STANDING_WORDS, Standing

_OWN = "本级填写的年报，数是各单位之和"
_COMPUTED = "各单位之和，由程序计算，没有本级填写的文字"


def explained(manifest: Manifest, adjusted: Sequence[str]) -> bytes:
    """The text, as a Windows editor opens it."""
    text = "\n".join(_lines(manifest, adjusted)) + "\n"
    return text.replace("\n", "\r\n").encode("utf-8-sig", errors="backslashreplace")


def _lines(manifest: Manifest, adjusted: Sequence[str]) -> Iterator[str]:
    at = manifest.at.strftime("%Y-%m-%d %H:%M")
    closed = "收表已结束" if manifest.closed else "收表还没有结束"
    yield f"{masked(manifest.office)} {manifest.year} 年度上报包，第 {manifest.number} 号"
    yield f"{at} 打包，{closed}"
    yield ""
    yield "请把整个 .zip 放进“收件”，用 xlreport round take 收；不要拆开，不要改里面的文件。"
    yield f"{SUM}：{_OWN if manifest.written else _COMPUTED}"
    yield f"{LEAVES}：通过的报表，一个单位一本"
    if any(unit.below for unit in manifest.units):
        yield f"{BELOW}：下级上报的包，原样展开"
    yield ""
    yield "各单位："
    yield from (f"  {STANDING_WORDS[state]} {count}" for state, count in _counts(manifest) if count)
    yield from _listed("没有报表的：", (_missing(unit) for unit in manifest.units if not unit.file))
    agreed = (_agreed(unit) for unit in manifest.units if unit.errors)
    yield from _listed("有错误而由本级决定接受的：", agreed)
    yield from _listed("汇总数的调整：", adjusted)


def _counts(manifest: Manifest) -> Iterator[tuple[Standing, int]]:
    for standing in Standing:
        yield standing, sum(unit.state == standing for unit in manifest.units)


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"  {masked(line)}" for line in lines]
    if found:
        yield from ("", title, *found)


def _missing(unit: HandedUp) -> str:
    words = STANDING_WORDS[Standing(unit.state)]
    return f"{unit.name}（{words}）{f'：{unit.why}' if unit.why else ''}"


def _agreed(unit: HandedUp) -> str:
    return f"{unit.name}，{unit.errors} 处，原因：{unit.why}"
