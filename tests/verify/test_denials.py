"""What is denied, and what is said of all: both against the tables."""

from __future__ import annotations

import pytest
from prose_cases import codes

from xlreport.formula.nodes import Value

LOST: dict[str, Value] = {"cases[litigation_direct,corrected]": 1}
DENIED = [
    ("无不予公开情形。", "TXT113"),
    ("没有不予公开的申请。", "TXT113"),
    ("未作出行政处罚。", "TXT172"),
    ("未实施行政处罚。", "TXT172"),
    ("无行政处罚。", "TXT172"),
    ("未作出行政许可决定。", "TXT171"),
    ("本年无规范性文件。", "TXT164"),
    ("无政协提案。", "TXT214"),
    ("未承办人大代表建议。", "TXT213"),
    ("没有人大代表建议和政协提案。", "TXT198"),
    ("无信息处理费收入。", "TXT193"),
    ("没有向申请人收取费用。", "TXT193"),
    ("上年无结转。", "TXT120"),
    ("行政复议案件未发生被纠正的情形。", "TXT142"),
    ("没有被纠正的行政复议案件。", "TXT142"),
    ("政府信息公开行政复议5件，没有一件被纠正。", "TXT142"),
    ("无一例行政诉讼败诉。", "TXT212"),
    ("行政诉讼未发生败诉。", "TXT212"),
]
NOT_DENIED = [
    "没有收到针对我局的投诉。",
    "无一例超期，零差错、零投诉。",
    "未作其他处理。",
    "无法提供1件。",
    "无不满意评价。",
    "没有因政府信息公开被提起行政诉讼败诉。",
    "未发生因答复超期引起的行政复议、行政诉讼被纠正的案件。",
    "未公开的规范性文件已全部补充公开。",
    "我局未受到行政处罚。",
    "未转载规范性文件。",
    "没有需要转办的政协提案。",
]
OF_ALL = [
    "收到申请11件，均已办结。",
    "收到申请12件，均在法定期限内答复。",
    "收到申请12件，全部按时答复。",
    "收到申请12件，均按期答复，1件结转下年办理。",
    "收到申请12件，除1件延期外，均已办结。",
    "收到申请12件、咨询3件，均已答复。",
    "收到申请12件，已答复11件，均按期答复。",
    "收到申请12件，均依法登记。",
    "收到申请12件，均通过网络提交。",
    "行政复议5件，均已受理。",
    "承办建议提案7件，均按时办结。",
]
NOT_OF_ALL = [
    ("收到申请12件，均已办结。", "TXT125"),
    ("收到申请12件，全部答复完毕。", "TXT125"),
    ("收到申请12件（含上年结转1件），均已依法答复。", "TXT125"),
    ("收到政府信息公开申请12件，均已答复，其中予以公开6件。", "TXT124"),
    ("收到申请11件，均为自然人申请。", "TXT117"),
    ("收到申请11件，全部予以公开。", "TXT111"),
    ("政府信息公开行政复议5件，均维持。", "TXT141"),
    ("政府信息公开行政诉讼3件，全部维持原行政行为。", "TXT145"),
]


@pytest.mark.parametrize("text", [*NOT_DENIED, *OF_ALL])
def test_what_is_right_is_silent(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(("text", "wrong"), DENIED)
def test_what_is_denied_and_there_is_found(text: str, wrong: str) -> None:
    assert wrong in codes(text, changes=LOST)


@pytest.mark.parametrize(("text", "wrong"), NOT_OF_ALL)
def test_what_is_said_of_all_and_holds_for_some_is_found(text: str, wrong: str) -> None:
    assert codes(text) == [wrong]


def test_a_wrong_number_is_told_once() -> None:
    assert codes("收到申请15件，均已办结。") == ["TXT126"]
