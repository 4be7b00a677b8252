"""Every message a clerk can get, provoked: returns damaged one by one, and the corpus.

`tests/messages.txt` is the list; `python tests/message_list.py` writes it anew. Numbers, quotations
and cells differ from return to return, so one example of each wording is enough.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

import corpus_walk
import last_year
import returns
from returns import FORM, tab
from xlreport.feedback.text import describe_findings
from xlreport.finding import CATALOGUE, Finding, Severity
from xlreport.form.cases import read_cases
from xlreport.round.convert import FINDINGS, convert
from xlreport.round.gather import gather
from xlreport.round.work import Plan
from xlreport.verify.cases import example
from xlreport.verify.gates import verify_file
from xlreport.verify.past import LastYear
from xlreport.verify.stated import compare_stated

LIST = Path(__file__).parent / "messages.txt"
_COUNT = "requests[new_requests,natural_person]"
_TOTAL = "requests[new_requests,total]"
_AMOUNT = "charges[administrative_charges,amount]"
_RULES = "documents[rules,issued]"
_VARYING = re.compile(r"[0-9A-Z:.]+|“[^”]*”|[‘「][^’」]*[’」]")


def text() -> str:
    """The list: by code, the worst first, each with where and what to do."""
    alike: dict[tuple[str, str], Finding] = {}
    for finding in sorted(provoked(), key=lambda finding: finding.code):
        alike.setdefault((finding.code, _VARYING.sub("…", finding.message)), finding)
    lines = []
    for finding in alike.values():
        lines += [f"{finding.code}", *(line.text for line in describe_findings([finding])), ""]
    return "\n".join(lines)


@cache
def provoked() -> tuple[Finding, ...]:
    """The findings of every damaged return below, and of the corpus."""
    return tuple(_provoked())


def _provoked() -> Iterator[Finding]:
    with TemporaryDirectory() as folder:
        for number, damage in enumerate(_damages()):
            path = returns.save(Path(folder), name=f"{number}.xlsx")
            damage(path)
            yield from verify_file(path).findings
        yield from _last_year(Path(folder))
        yield from _batch(Path(folder))
    yield from compare_stated(FORM, returns.sound({_TOTAL: 999}))
    cases = read_cases(FORM)
    for rule in (*FORM.checks, *FORM.facts):
        found = example(FORM, cases, rule.code)
        if found is not None:
            yield found
    for entry in corpus_walk.entries():
        yield from corpus_walk.findings(entry)


def unprovoked(found: Iterable[Finding]) -> set[str]:
    """Codes of the catalogue and of the form's rules of which there is no example."""
    speaking = (fact.code for fact in FORM.facts if fact.equals)
    known = {*CATALOGUE, *(check.code for check in FORM.checks), *speaking}
    return known - {finding.code for finding in found}


def _last_year(folder: Path) -> Iterator[Finding]:
    """What is said of last year's workbooks."""
    one_off = {"requests[carried_over,natural_person]": 4, "requests[other,natural_person]": 2}
    this_year = returns.save(folder, returns.sound(one_off), "本年.xlsx")
    sets = ([{"year": 2021}], [{}, {"fee_notices": 5}], [{"requests[carried_forward,natural_person]": 1}])
    for number, lasts in enumerate(sets):
        place = folder / f"上年{number}"
        for name, changes in zip("甲乙", lasts, strict=False):
            last_year.save_last(place, changes, f"{name}.xlsx")
        yield from verify_file(this_year, LastYear.of(place)).findings
    changed = returns.edit(last_year.save_issued(folder), {f"prior.{last_year.IN_FORCE}": 9})
    yield from verify_file(changed).findings


def _batch(folder: Path) -> Iterator[Finding]:
    """What shows only when returns are seen together."""
    place, out = folder / "收表", folder / "结果"
    place.mkdir()
    returns.save(place, name="年报.xlsx")
    returns.save(place, name="年报（再报）.xlsx")
    other = {"organ": "岚溪县农业农村局", "organ_short": "县农业农村局", "unit_code": "LX-B-031"}
    returns.save(place, returns.sound(other), "农业农村局.xlsx")
    jobs = gather([place], out).jobs
    convert(jobs, Plan(out, ("md",)), 1, lambda outcome: None)
    for line in (out / FINDINGS).read_text(encoding="utf-8").splitlines():
        for finding in json.loads(line)["findings"]:
            known = {field.name: finding[field.name] for field in fields(Finding)}
            yield Finding(**known | {"severity": Severity(finding["severity"])})


# Damages ---------------------------------------------------------------------------------------------


def _damages() -> Iterator[Callable[[Path], object]]:
    yield from _files()
    yield from _sheets()
    yield from _cells()


def _files() -> Iterator[Callable[[Path], object]]:
    yield lambda path: path.write_bytes(b"")
    yield lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    yield lambda path: path.write_text("填报单位,件数\n", encoding="utf-8")
    yield lambda path: path.write_bytes(path.read_bytes()[:3000])
    yield lambda path: _book(path, lambda book: book.remove(book["_xlreport"]))
    yield lambda path: _stamp(path, "form", "ogi_annual_1999")
    yield lambda path: _stamp(path, "year", "二〇二三")
    yield lambda path: _stamp(path, "definition", "0" * 16)
    yield lambda path: _stamp(path, "year", "2015")


def _sheets() -> Iterator[Callable[[Path], object]]:
    requests = tab("requests")
    yield lambda path: _book(path, lambda book: book.remove(book[requests]))
    yield lambda path: _book(path, lambda book: setattr(book[requests], "title", "表三"))
    yield lambda path: _book(path, lambda book: book.create_sheet("草稿"))
    yield lambda path: _book(path, lambda book: book[requests].insert_rows(9))
    yield lambda path: _book(path, lambda book: book[requests].delete_rows(9))
    yield lambda path: _book(path, lambda book: setattr(book[requests].protection, "sheet", False))
    yield lambda path: returns.edit_cells(path, requests, {"Z60": "合计 12"})
    yield lambda path: returns.edit_cells(path, requests, {"B1": "三、申请情况"})


def _cells() -> Iterator[Callable[[Path], object]]:
    contents: tuple[object, ...] = (
        "22（其中修订16件）",
        "无",
        "/",
        "３件",
        "1,234",
        -3,
        2.5,
        "#REF!",
        10**17,
        None,
        "=A1+1",
    )
    for content in contents:
        yield lambda path, content=content: returns.edit(path, {_COUNT: content})
    yield lambda path: returns.edit(path, {_COUNT: 39}, keep_results=True)
    for total in (999, "=1+1", None):
        yield lambda path, total=total: returns.edit(path, {_TOTAL: total})
    yield lambda path: returns.edit(path, {_AMOUNT: "0.1234567"})
    yield lambda path: returns.edit(path, {"unit_type": "厅局"})
    yield lambda path: returns.edit(path, {"signed_on": "一月十五"})
    yield lambda path: returns.edit(path, {"organ": "某" * 200})
    yield lambda path: returns.edit(path, {"organ": "另一个单位"})
    yield lambda path: returns.edit(path, {"year": 2022})
    yield lambda path: returns.edit(path, {"published[1,count]": None})
    yield lambda path: returns.edit(path, {_RULES: "/", "documents[rules,repealed]": "/"})


def _book(path: Path, damage: Callable[[Workbook], object]) -> None:
    book = load_workbook(path)
    damage(book)
    book.save(path)


def _stamp(path: Path, line: str, value: str) -> None:
    def change(book: Workbook) -> None:
        for row in book["_xlreport"].iter_rows():
            if row[0].value == line:
                row[1].value = value

    _book(path, change)


if __name__ == "__main__":
    LIST.write_text(text(), encoding="utf-8")
