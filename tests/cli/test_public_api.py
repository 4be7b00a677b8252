"""`import xlreport` for programs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import xlreport
from command_line import SOUND, WRONG_TOTALS


def test_the_loop_of_the_readme() -> None:
    form = xlreport.load_form("ogi_annual_2021")
    submission = xlreport.read(WRONG_TOTALS)
    findings = xlreport.verify(submission)
    assert [finding.code for finding in findings] == ["REQ001", "REQ001"]
    assert "岚溪县住房和城乡建设局" in xlreport.render(form, submission.values, "md", draft=True).decode()


def test_every_public_name_is_there() -> None:
    for name in xlreport.__all__:
        assert getattr(xlreport, name) is not None
    assert set(xlreport.__all__) <= set(dir(xlreport))
    with pytest.raises(AttributeError):
        xlreport.nothing  # noqa: B018


@pytest.mark.parametrize(
    "first", ["import xlreport", "import xlreport.verify.verdict", "from xlreport import verify"]
)
def test_verify_can_be_called_whatever_was_imported_first(first: str) -> None:
    code = f"{first}\nimport xlreport\nprint(xlreport.verify(xlreport.read({str(SOUND)!r})))"
    output = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True
    ).stdout
    assert output.strip() == b"[]"


def test_importing_costs_next_to_nothing() -> None:
    code = "import sys, xlreport; print([n for n in sys.modules if n.startswith('xlreport.')])"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "[]"


def test_the_version_is_the_one_that_is_packaged() -> None:
    project = Path(__file__).parents[2] / "pyproject.toml"
    assert tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] == xlreport.__version__


@pytest.mark.usefixtures("written_anew")
def test_values_may_be_keyed_by_plain_texts() -> None:
    form = xlreport.load_form("ogi_annual_2021")
    submission = xlreport.read(SOUND)
    plain = {str(subject): value for subject, value in submission.inputs.items()}
    assert {type(key) for key in plain} == {str}
    assert plain == submission.inputs
    assert xlreport.to_json(form, plain) == xlreport.to_json(form, submission.inputs)
    totals = {str(subject): value for subject, value in submission.values.items()}
    assert xlreport.render(form, totals, "md") == xlreport.render(form, submission.values, "md")
    assert xlreport.write_workbook(form, plain, prior=plain) == xlreport.write_workbook(
        form, submission.inputs, prior=submission.inputs
    )
