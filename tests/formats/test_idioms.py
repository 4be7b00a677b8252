"""Every idiom of other writers is read as Excel reads it, or refused by name: never a wrong figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from idioms import IDIOMS, READ, Idiom
from returns import FORM, save, sound
from xlreport.finding import Status
from xlreport.form.calculate import complete
from xlreport.verify.verdict import verify_file

ALL = complete(FORM, sound())


@pytest.mark.parametrize("idiom", IDIOMS, ids=lambda idiom: idiom.name)
def test_an_idiom(idiom: Idiom, tmp_path: Path) -> None:
    path = save(tmp_path)
    idiom.apply(path)
    verdict = verify_file(path)
    codes = {finding.code for finding in verdict.findings}
    if verdict.submission is None:
        assert verdict.status is Status.UNREADABLE and idiom.answer != READ
        assert idiom.answer in verdict.findings[0].message
        assert verdict.findings[0].fix
        return
    assert verdict.submission.values == ALL, "a figure is another"
    assert codes == (set() if idiom.answer == READ else set(idiom.answer.split()))
