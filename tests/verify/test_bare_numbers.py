"""Numbers without measure words, and shares beside them and without their whole."""

from __future__ import annotations

import pytest
from prose_cases import codes, findings

from xlreport.finding import Severity

SOUND = [
    ("on_request", "收到申请11。"),
    ("on_request", "本年收到政府信息公开申请11，均已按期答复。"),
    ("on_request", "收到政府信息公开申请表1。"),
    ("on_request", "收到政府信息公开申请（附件1），均已答复。"),
    ("on_request", "收到申请约10，均已答复。"),
    ("on_request", "收到申请近20；答复及时。"),
    ("on_request", "做好依申请公开1\n畅通渠道。"),
    ("on_request", "收到政府信息公开申请2、规范归档。"),
    ("on_request", "收到信函申请5，咨询电话12345。"),
    ("on_request", "行政复议为0的，不再列表。"),
    ("on_request", "答复申请11件，其中予以公开6，占54.55%；部分公开2件，占18.18%。"),
    ("proactive", "咨询热线12345，网站公开信息2023。"),
    ("proactive", "网站公开60条，占总数的5%。"),
    ("proactive", "发布图解6条，占公开总数的8%。"),
]
WRONG = [
    ("on_request", "收到申请13。", "TXT126"),
    ("on_request", "本年收到政府信息公开申请21，均已按期答复。", "TXT123"),
    ("on_request", "本年度共收到依申请公开事项0，工作规范。", "TXT123"),
    ("on_request", "答复申请11件，其中予以公开5，占54.55%；部分公开2件，占18.18%。", "TXT111"),
    ("on_request", "因信息公开引起行政复议4；诉讼3件。", "TXT133"),
    ("proactive", "行政许可305，行政处罚26件。", "TXT171"),
    ("on_request", "予以公开6件，占总数的45%。", "TXT015"),
]


@pytest.mark.parametrize(("field", "text"), SOUND)
def test_a_number_that_may_label_something_is_left_alone(field: str, text: str) -> None:
    assert codes(text, field) == []


@pytest.mark.parametrize(("field", "text", "code"), WRONG)
def test_a_number_alone_is_asked_about_and_is_no_error(field: str, text: str, code: str) -> None:
    (found,) = findings(text, field)
    assert (found.code, found.severity) == (code, Severity.WARNING)
