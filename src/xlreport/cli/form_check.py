"""xlreport form check: the cases of a form, or the workbooks of other years, under its rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.cli.talk import CannotRun, Talk, result

if TYPE_CHECKING:
    from xlreport.authoring.run_cases import Failure
    from xlreport.form.model import Form


def check_against(talk: Talk, found: Form, place: Path) -> None:
    """Try the form's rules on the workbooks in a folder and show what would change. Raises CannotRun."""
    from xlreport.archive.gather import gather
    from xlreport.authoring.trial import try_on
    from xlreport.authoring.trial_lines import describe_trials
    from xlreport.cleaning import one_line
    from xlreport.cli.progress import progress

    if not place.is_dir():
        raise CannotRun(f"{place} 不是文件夹，--against 要给出放工作簿的文件夹")
    gathered = gather([place], found.folder)
    if not gathered.jobs:
        raise CannotRun(f"{place} 里没有找到工作簿（跳过了 {gathered.skipped} 个其他文件）")
    trials = []
    with progress(talk, len(gathered.jobs)) as step:
        for job in gathered.jobs:
            trials.append(try_on(found, job.name, job.path))
            step(one_line(job.name), "没有核对" if trials[-1].trouble else "已核对")
    for line in describe_trials(found, trials):
        result(line.text, line.tone)


def check_cases(found: Form) -> bool:
    """Run the cases and show those that come out otherwise; True if none does."""
    from xlreport.authoring.cases import read_cases
    from xlreport.authoring.run_cases import run_cases

    cases = read_cases(found)
    failures = list(run_cases(found, cases))
    for mistake in cases.mistakes:
        result(str(mistake), "error")
    for failure in failures:
        _show(failure)
    result(f"{len(cases.cases)} 个例子，{len(failures)} 个不符")
    return not failures and not cases.mistakes


def _show(failure: Failure) -> None:
    result(f"不符：{failure.case.check} {failure.case.title}".replace("  ", " "), "error")
    if failure.trouble:
        result(f"  数据与报表不符：{failure.trouble}")
        return
    result(f"  应报：{'、'.join(failure.case.expect) or '无'}")
    result(f"  实报：{'、'.join(failure.found) or '无'}")
