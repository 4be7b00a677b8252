"""A return of another year than its file's name says: last year's file, sent by mistake."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from xlreport.finding import Finding
from xlreport.rule import own_rule
from xlreport.run.outcome import Outcome

_FEWEST = 3
"""Returns that a run needs to have before most of them say anything."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def misnamed(outcomes: Iterable[Outcome]) -> Mapping[str, Finding]:
    """By file: a name that says the year of most returns in the run, and a content of another year.

    A name alone proves nothing (files are named after the year in which they are sent), nor does a
    single year that differs from the others (late returns are real); together they do.
    """
    years = {o.record["file"]: o.record["year"] for o in outcomes if o.record["year"] is not None}
    if len(years) < _FEWEST:
        return {}
    year, count = Counter(years.values()).most_common(1)[0]
    if count * 2 <= len(years):
        return {}
    return {
        file: _finding(file, found, year)
        for file, found in years.items()
        if found != year
        and str(year) in (named := _YEAR.findall(PurePosixPath(file).name))
        and str(found) not in named
    }


def _finding(file: str, found: int, year: int) -> Finding:
    message = f"文件名写的是 {year} 年，内容却是 {found} 年度的报表；这一批多数是 {year} 年度。"
    fix = "请核对是否误发了其他年度的文件；发错的请单位重新发送"
    return own_rule("WBK035").finding(message, fix, file=file, expected=str(year), found=str(found))
