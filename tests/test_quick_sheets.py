"""What makes xlsxwriter quicker in these tests changes no byte of what it writes."""

from __future__ import annotations

import pytest
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.worksheet import Worksheet

from last_year import last_year
from quick_sheets import whole_sheets
from returns import FORM, nil, sound
from xlreport.form.calculate import complete
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.form.values import Values
from xlreport.workbook.addenda import SumTold
from xlreport.workbook.write import _LockedWorkbook, _Page, write_workbook

pytestmark = pytest.mark.usefixtures("written_anew")

ODD = {
    "proactive": " 一行\n二行 <b>&amp;\"'</b> _x000D_\t末 ",
    "fee_amount": 0.1,
    "requests[new_requests,natural_person]": -1,
    "signed_on": "2024-01-31",
    "nil_confirmed": True,
    "phone": "=1+1",
}


@pytest.mark.parametrize(
    "values",
    [{}, sound(), nil(), sound(ODD), sound({"year": None}), {"organ": "岚溪县水务局", "year": 2023}],
    ids=["blank", "sound", "nil", "odd", "of no year", "a template"],
)
def test_workbooks_are_the_same_bytes(values: Values) -> None:
    quick = write_workbook(FORM, values, password="a")
    with whole_sheets():
        assert write_workbook(FORM, values, password="a") == quick


def test_so_are_those_with_last_year_s_figures_with_a_sum_and_of_another_form() -> None:
    def written() -> list[bytes]:
        prior = complete(FORM, last_year())
        monthly = load_form(shipped("samples") / "safety_monthly")
        told = SumTold((), "汇入 40 个单位", ())
        return [
            write_workbook(FORM, sound(), prior=prior, seal=lambda stamp: stamp.form),
            write_workbook(FORM, sound(), told=told),
            write_workbook(monthly, {}),
        ]

    quick = written()
    with whole_sheets():
        assert written() == quick


def test_what_cannot_be_merged_is_refused_as_ever() -> None:
    assert _Page.merge_range is not Worksheet.merge_range
    book = _LockedWorkbook()
    page, look = book.add_worksheet(), book.add_format()
    page.merge_range(1, 1, 2, 2, "", look)
    with pytest.raises(OverlappingRange, match="B2:C3"):
        page.merge_range(2, 2, 3, 3, "", look)
