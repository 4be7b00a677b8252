"""What clerks write into cells: understood where it is plain, refused where one would have to guess."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xlreport.form.exact import LARGEST
from xlreport.form.field import Field, Kind, Option
from xlreport.formats.snapshot import Raw
from xlreport.formula.nodes import Value
from xlreport.workbook.normalise import normalise
from xlreport.workbook.understood import Understood

COUNT = Field("n", "件数", Kind.COUNT, unit="件")
CHARGE = Field("charge", "收费", Kind.AMOUNT, unit="万元", places=6)
FEE = Field("fee", "处理费", Kind.AMOUNT, unit="元", places=2)
YEAR = Field("year", "年度", Kind.YEAR)
DAY = Field("day", "日期", Kind.DATE)
TEXT = Field("text", "文字", Kind.TEXT, max_length=10)
TYPE = Field("type", "类型", Kind.CHOICE, options=(Option("town", "乡镇（街道）"), Option("bureau", "部门")))
CONFIRM = Field("confirm", "确认", Kind.CONFIRM)
FIELDS = (COUNT, CHARGE, FEE, YEAR, DAY, TEXT, TYPE, CONFIRM)


def code(understood: Understood) -> str:
    return understood.trouble.code if understood.trouble else ""


# Understood without a word ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (COUNT, 0.0, 0),
        (COUNT, 3.0, 3),
        (COUNT, float(LARGEST), LARGEST),
        (COUNT, "", None),
        (COUNT, "   ", None),
        (COUNT, "\u200b\u3000", None),
        (CHARGE, 59237.2449, Decimal("59237.2449")),
        (CHARGE, 0.000001, Decimal("0.000001")),
        (CHARGE, 0.1, Decimal("0.1")),
        (FEE, 340.0, 340),
        (YEAR, 2023.0, 2023),
        (DAY, date(2024, 1, 20), "2024-01-20"),
        (DAY, datetime(2024, 1, 20, 8, 30), "2024-01-20"),
        (DAY, "2024-1-20", "2024-01-20"),
        (DAY, "2024.01.20", "2024-01-20"),
        (DAY, "2024/1/20", "2024-01-20"),
        (DAY, "２０２４年１月２０日", "2024-01-20"),
        (DAY, "2024 年 1 月 20 日", "2024-01-20"),
        (TEXT, " 甲\u200e ", "甲"),
        (TEXT, 359300.0, "359300"),
        (TEXT, "00123", "00123"),
        (TEXT, date(2024, 1, 20), "2024-01-20"),
        (TEXT, datetime(2024, 1, 20), "2024-01-20"),
        (TYPE, "乡镇（街道）", "town"),
        (TYPE, " 部门 ", "bureau"),
        (CONFIRM, "是", True),
        (CONFIRM, "否", False),
        (CONFIRM, "", None),
    ],
)
def test_a_plain_value_is_taken_as_it_is(field: Field, raw: Raw, value: Value) -> None:
    assert normalise(field, raw) == Understood(value)


# Understood with a note ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (COUNT, "3", 3),
        (COUNT, "0", 0),
        (COUNT, "00123", 123),
        (COUNT, "+5", 5),
        (COUNT, "3件", 3),
        (COUNT, "3 件", 3),
        (COUNT, "3条", 3),
        (COUNT, " 12 ", 12),
        (COUNT, "\u300012\u00a0", 12),
        (COUNT, "１２", 12),
        (COUNT, "1,234", 1234),
        (COUNT, "１，２３４", 1234),
        (COUNT, "1，234，567", 1234567),
        (COUNT, "1 234", 1234),
        (COUNT, "\u200b12\u200f", 12),
        (COUNT, "3.0", 3),
        (CHARGE, "59237.2449", Decimal("59237.2449")),
        (CHARGE, "12.50万元", Decimal("12.5")),
        (CHARGE, "59,237.2449", Decimal("59237.2449")),
        (FEE, "340元", 340),
        (YEAR, "2023", 2023),
    ],
)
def test_a_number_written_as_text_is_understood_and_noted(field: Field, raw: str, value: Value) -> None:
    understood = normalise(field, raw)
    assert (understood.value, understood.usable, code(understood)) == (value, True, "VAL002")
    assert understood.trouble is not None
    assert f"已按 {value} 识别" in understood.trouble.message


# Refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "raw", "expected", "words"),
    [
        (COUNT, "12万", "VAL001", "换算"),
        (CHARGE, "12万", "VAL001", "换算成以“万元”为单位"),
        (CHARGE, "340元", "VAL001", "换算成以“万元”为单位"),
        (FEE, "1.2万元", "VAL001", "换算成以“元”为单位"),
        (FEE, "3件", "VAL001", "只填数字"),
        (COUNT, "3元", "VAL001", "换算"),
        (COUNT, "/", "VAL001", "没有发生的请填 0"),
        (COUNT, "／", "VAL001", "没有发生的请填 0"),
        (COUNT, "无", "VAL001", "没有发生的请填 0"),
        (COUNT, "-", "VAL001", "没有发生的请填 0"),
        (COUNT, "—", "VAL001", "没有发生的请填 0"),
        (COUNT, "——", "VAL001", "没有发生的请填 0"),
        (COUNT, "－", "VAL001", "没有发生的请填 0"),
        (COUNT, "不适用", "VAL001", "备注"),
        (COUNT, "减4", "VAL001", "备注"),
        (COUNT, "(3)", "VAL001", "备注"),
        (COUNT, "22（其中修订16件）", "VAL001", "如 22"),
        (COUNT, "22件，其中修订16件", "VAL001", "如 22"),
        (COUNT, "约20", "VAL001", "备注"),
        (COUNT, "20余件", "VAL001", "备注"),
        (COUNT, "3\n4", "VAL001", "备注"),
        (COUNT, "3 4", "VAL001", "备注"),
        (COUNT, "1,23", "VAL001", "备注"),
        (COUNT, "1²", "VAL001", "备注"),
        (COUNT, "①", "VAL001", "备注"),
        (COUNT, "½", "VAL001", "备注"),
        (COUNT, "十二", "VAL001", "备注"),
        (COUNT, "1e3", "VAL001", "备注"),
        (COUNT, "0x10", "VAL001", "备注"),
        (COUNT, "NaN", "VAL001", "备注"),
        (COUNT, "=1+1", "VAL001", "备注"),
        (COUNT, True, "VAL001", "没有发生的填 0"),
        (COUNT, datetime(2024, 1, 3), "VAL001", "“常规”"),
        (COUNT, time(3), "VAL001", "“常规”"),
        (COUNT, timedelta(3), "VAL001", "“常规”"),
        (COUNT, float("nan"), "VAL001", "改填数字"),
        (COUNT, float("inf"), "VAL001", "改填数字"),
        (COUNT, -3.0, "VAL003", "改填 0 或正数"),
        (COUNT, "-3", "VAL003", "改填 0 或正数"),
        (COUNT, "−3", "VAL003", "改填 0 或正数"),
        (COUNT, "－３", "VAL003", "改填 0 或正数"),
        (COUNT, -1e300, "VAL003", "改填 0 或正数"),
        (COUNT, 3.5, "VAL004", "改填整数"),
        (COUNT, "3.5", "VAL004", "改填整数"),
        (COUNT, 1e-300, "VAL004", "改填整数"),
        (YEAR, 2023.5, "VAL004", "改填整数"),
        (CHARGE, 0.1234567, "VAL005", "最多保留 6 位小数"),
        (FEE, "1.005", "VAL005", "最多保留 2 位小数"),
        (CHARGE, "0.12345600000000000000000000000001", "VAL005", "最多保留 6 位小数"),
        (COUNT, "#REF!", "VAL006", "删掉这格内容"),
        (COUNT, "#VALUE!", "VAL006", "删掉这格内容"),
        (TEXT, "#N/A", "VAL006", "重填"),
        (COUNT, 1e15, "VAL007", "多输了位数"),
        (COUNT, float(LARGEST + 1), "VAL007", "多输了位数"),
        (COUNT, "9" * 200, "VAL007", "多输了位数"),
        (CHARGE, "99999999999.123456", "VAL007", "15 位"),
        (TYPE, "镇", "VAL008", "乡镇（街道）、部门"),
        (TYPE, "town", "VAL008", "请从下拉框中选一项"),
        (CONFIRM, True, "VAL008", "是、否"),
        (CONFIRM, 1.0, "VAL008", "是、否"),
        (DAY, 45311.0, "VAL009", "2024-1-20"),
        (DAY, "2024-02-30", "VAL009", "2024-1-20"),
        (DAY, "2024年1月", "VAL009", "2024-1-20"),
        (DAY, "20240120", "VAL009", "2024-1-20"),
        (DAY, "一月二十日", "VAL009", "2024-1-20"),
        (DAY, time(8), "VAL009", "2024-1-20"),
    ],
)
def test_what_would_have_to_be_guessed_is_refused(field: Field, raw: Raw, expected: str, words: str) -> None:
    understood = normalise(field, raw)
    assert (code(understood), understood.value, understood.usable) == (expected, None, False)
    assert understood.trouble is not None
    assert words in understood.trouble.fix
    assert len(understood.trouble.message) < 60


def test_a_text_that_is_too_long_is_kept_whole_and_reported() -> None:
    understood = normalise(TEXT, "字" * 11)
    assert (understood.value, code(understood), understood.usable) == ("字" * 11, "VAL011", True)


def test_the_example_in_the_fix_is_never_part_of_a_larger_number() -> None:
    for raw in ("12万", "3.5件半", "1,2345", "1e3", "12345678901件多"):
        trouble = normalise(COUNT, raw).trouble
        assert trouble is not None and "如 " not in trouble.fix


# Anything --------------------------------------------------------------------------------------------

RAW = (
    st.text()
    | st.text(alphabet="0123456789０１２,，. -−+件万元()（）\u200b\u3000")
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@given(st.sampled_from(FIELDS), RAW)
@example(COUNT, "\ud800")
@example(TEXT, "\x00")
@example(DAY, "٢٠٢٤-١-٢٠")
@example(COUNT, "٣")
def test_nothing_raises_and_a_refusal_always_says_why(field: Field, raw: Raw) -> None:
    understood = normalise(field, raw)
    assert understood.usable or understood.value is None
    assert understood.usable or understood.trouble is not None
    if understood.trouble is not None:
        assert understood.trouble.message and understood.trouble.fix


@given(st.integers(0, LARGEST))
def test_a_whole_number_is_never_changed(number: int) -> None:
    assert normalise(COUNT, float(number)).value == number
    assert normalise(COUNT, str(number)).value == number
    assert normalise(COUNT, f"{number:,}件").value == number


@given(st.integers(0, 10**14), st.integers(0, 6))
def test_an_amount_is_never_changed(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    if number <= LARGEST:
        assert normalise(CHARGE, float(number)).value == number
        assert normalise(CHARGE, format(number, "f")).value == number


@given(st.text(alphabet="0123456789,，. 　件万元-−(（、\n", min_size=1, max_size=12))
def test_what_is_understood_has_exactly_the_digits_that_were_written(text: str) -> None:
    for field in (COUNT, CHARGE):
        understood = normalise(field, text)
        if understood.value is not None:
            written = text.replace("，", "").replace(",", "").replace(" ", "").replace("\u3000", "")
            assert Decimal(written.rstrip("件万元\n").strip()) == understood.value
