"""What an author may have forgotten: nothing wrong, but worth a look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.authoring.cases import failing_cases
from xlreport.authoring.unreachable import unreachable
from xlreport.authoring.untouched import untouched
from xlreport.authoring.vacuous import TRIES, try_check
from xlreport.form.bind_checks import CHECKS
from xlreport.form.declare import Case
from xlreport.form.fact_mistakes import FACTS
from xlreport.form.mistake import Mistake
from xlreport.form.model import Form
from xlreport.prose.alphabet import fold_words

_LAST_YEAR = frozenset({"上年", "上年度", "去年", "上一年", "同期", "上年同期", "去年同期"})
"""With these begin sentences that compare two years."""


def hints(form: Form, cases: Sequence[Case]) -> Iterator[Mistake]:
    """Figures that nothing touches, facts that nothing reaches, checks that seem unable to fail."""
    files = {block.name: f"sections/{s.name}.toml" for s in form.sections for block in s.blocks}
    for block, words in untouched(form):
        text = f"{words}: asked for, but no check, computed cell or fact reads it"
        yield Mistake(files[block], block, text)
    for words in form.prose.elsewhere:
        if fold_words(words) in _LAST_YEAR:
            text = f"“{words}” alone: growth such as 比上年增长20% is not read any more; name a longer phrase"
            yield Mistake(FACTS, "elsewhere", text)
    yield from unreachable(form)
    for check in form.checks:
        if failing_cases(check.code, cases):
            continue
        search = try_check(form, check.code)
        if not search.applied:
            yield Mistake(
                CHECKS, check.code, f"`when` was true for none of {TRIES} fillings tried: can it be?"
            )
        elif not search.failed:
            yield Mistake(CHECKS, check.code, f"held for all {TRIES} fillings tried: can it fail at all?")
