"""Every message a clerk can get, provoked: by every damage of the table, by every rule, by the corpus.

`tests/messages.txt` is the list; `make docs` writes it anew. Numbers, quotations
and cells differ from return to return, so one example of each wording is enough.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

import corpus_walk
import last_year
import returns
from command_line import in_this_process
from damage import DAMAGES, answer
from damaging import with_openpyxl
from published.damaged import published_findings
from returns import FORM
from shared import once
from xlreport.archive.gather import gather
from xlreport.archive.last_year import LastYear
from xlreport.authoring.cases import read_cases
from xlreport.authoring.run_cases import example
from xlreport.batch.convert import FINDINGS, convert
from xlreport.batch.ledger import Ledger
from xlreport.batch.work import Plan
from xlreport.feedback.lines import describe_findings
from xlreport.finding import Finding, Severity
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.form.values import from_json
from xlreport.layout.stamped_sum import StampedAdjustment
from xlreport.roster.line import ListedUnit, Roster
from xlreport.rule import OWN_RULES
from xlreport.run.engine import Local
from xlreport.unit import Unit
from xlreport.verify.figures.given_totals import given_totals
from xlreport.verify.judge import judge
from xlreport.verify.reported import Reported
from xlreport.verify.verdict import verify_file
from xlreport.workbook.addenda import SumTold
from xlreport.workbook.write import write_workbook

LIST = Path(__file__).parent / "messages.txt"
_TOTAL = "requests[new_requests,total]"
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


def provoked() -> tuple[Finding, ...]:
    """The findings of every damage, of every rule's first failing case, of the corpus."""
    return once("provoked", lambda: tuple(_provoked()))


def _provoked() -> Iterator[Finding]:
    # From the end: another worker may be at them from the beginning, and neither does the other's.
    for found in reversed([answer(damage) for damage in reversed(DAMAGES)]):
        yield from found
    with TemporaryDirectory() as folder:
        yield from _last_year(Path(folder))
        yield from _words(Path(folder))
        yield from _sum(Path(folder))
        yield from _batch(Path(folder))
    yield from given_totals(FORM, returns.sound({_TOTAL: 999}), returns.LAYOUT.origins)
    yield from published_findings()
    cases = read_cases(FORM)
    for rule in (*FORM.checks, *FORM.facts):
        found = example(FORM, cases, rule.code)
        if found is not None:
            yield found
    for entry in corpus_walk.entries():
        yield from corpus_walk.findings(entry)


def unprovoked(found: Iterable[Finding]) -> set[str]:
    """Codes of the program's own rules and of the form's of which there is no example."""
    speaking = (fact.code for fact in FORM.facts if fact.equals)
    own = (rule.code for rule in OWN_RULES)
    return {*own, *(check.code for check in FORM.checks), *speaking} - {finding.code for finding in found}


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
    neighbour = {"organ": "岚溪县青禾镇人民政府", "organ_short": "青禾镇"}
    for number, (now, then) in enumerate(
        (({}, neighbour), ({"organ_change": "new"}, {}), ({}, {"organ": "岚溪县自然资源和规划居"}))
    ):
        path = returns.save(folder, returns.sound(now), f"甲{number}.xlsx")
        last_year.save_last(folder / f"别{number}", then)
        yield from verify_file(path, LastYear.of(folder / f"别{number}")).findings
    changed = returns.edit(last_year.save_issued(folder), {f"prior.{last_year.IN_FORCE}": 9})
    yield from verify_file(changed).findings


def _words(folder: Path) -> Iterator[Finding]:
    """What is said of names of files, of one channel's number, and of what a nil return has not."""
    yield from verify_file(returns.save(folder, name="110101199003070011.xlsx")).findings
    one_more = {"proactive": "全年通过门户网站公开政府信息413条。"}
    yield from verify_file(returns.save(folder, returns.sound(one_more), "网站.xlsx")).findings
    told = {"on_request": "收到的政府信息公开申请均按时答复。"}
    yield from verify_file(returns.save(folder, returns.nil() | told, "零.xlsx")).findings
    exchanged = {
        "proactive": "全年公开行政许可信息1268条、行政处罚信息260条。",
        "enforcement[administrative_penalties,decisions]": 206,
    }
    yield from verify_file(returns.save(folder, returns.sound(exchanged), "公开.xlsx")).findings
    titled = with_openpyxl(returns.save(folder, name="属性.xlsx"), _titled)
    yield from (finding for finding in verify_file(titled).findings if finding.code == "PUB007")
    monthly = load_form(shipped("samples") / "safety_monthly")
    values = {
        **from_json(monthly, read_cases(monthly).base),
        "month": "june",
        "findings": "5月份共检查46次。",
    }
    judged = judge(Reported(monthly, {key: value for key, value in values.items() if value is not None}))
    yield from (finding for finding in judged if finding.code == "TXT020")


def _titled(book: Workbook) -> None:
    book.properties.title = "机密★1年"


def _sum(folder: Path) -> Iterator[Finding]:
    """What is said of a sum that is not complete and was adjusted."""
    changed = StampedAdjustment(
        "requests[new_requests,natural_person]", "一、本年新收·自然人", "-1", "与税务部门重复登记", "核对记录"
    )
    told = SumTold((), "应汇入 41 个单位，汇入 40 个，缺：岚溪县财政局", (changed,))
    path = folder / "汇总.xlsx"
    path.write_bytes(write_workbook(FORM, returns.sound(), told=told))
    yield from verify_file(path).findings


def _batch(folder: Path) -> Iterator[Finding]:
    """What shows only when returns are seen together."""
    place, out = folder / "收表", folder / "结果"
    place.mkdir()
    returns.save(place, name="年报.xlsx")
    returns.save(place, name="年报（再报）.xlsx")
    other = {"organ": "岚溪县农业农村局", "organ_short": "县农业农村局", "unit_code": "LX-B-031"}
    returns.save(place, returns.sound(other), "农业农村局.xlsx")
    jobs = gather([place], out).jobs
    roster = Roster((ListedUnit(2, Unit("岚溪县规划局", str(returns.sound()["unit_code"]))),))
    with in_this_process(), closing(Ledger(Plan(out, ("md",)))) as ledger:
        convert(jobs, ledger, Local(1), lambda outcome: None, roster=roster)
    for line in (out / FINDINGS).read_text(encoding="utf-8").splitlines():
        for finding in json.loads(line)["findings"]:
            known = {field.name: finding[field.name] for field in fields(Finding)}
            yield Finding(**known | {"severity": Severity(finding["severity"])})
