"""Every fact of the form in a sentence of its own: its figures are silent, another is found as that fact."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from prose_cases import values

from returns import FORM, inputs_of
from xlreport.form.calculate import complete
from xlreport.formula.nodes import Value
from xlreport.verify.reported import Reported
from xlreport.verify.texts.statements.agreement import agreement
from xlreport.verify.texts.statements.table_values import TableValues

# Sentences with a place for the figure, by the fact and by the text that they stand in.
STATED: Mapping[str, Mapping[str, str]] = {
    "on_request": {
        "TXT102": "结转下年度继续办理{}件。",
        "TXT103": "上年结转申请{}件。",
        "TXT104": "2021年度结转申请{}件。",
        "TXT107": "本机关不掌握相关政府信息{}件。",
        "TXT108": "没有现成信息需要另行制作{}件。",
        "TXT109": "补正后申请内容仍不明确{}件。",
        "TXT110": "信访举报投诉类申请{}件。",
        "TXT111": "予以公开{}件。",
        "TXT112": "部分公开{}件。",
        "TXT113": "不予公开{}件。",
        "TXT114": "无法提供{}件。",
        "TXT115": "不予处理{}件。",
        "TXT116": "其他处理{}件。",
        "TXT117": "自然人申请{}件。",
        "TXT118": "法人或其他组织申请{}件。",
        "TXT119": "商业企业申请{}件。",
        "TXT120": "结转申请{}件。",
        "TXT121": "办结政府信息公开申请{}件。",
        "TXT122": "办理政府信息公开申请{}件。",
        "TXT123": "收到政府信息公开申请{}件。",
        "TXT124": "就依申请公开，已办结{}件。",
        "TXT125": "已答复{}件。",
        "TXT126": "收到申请{}件。",
        "TXT128": "属于四类过程性信息{}件。",
        "TXT129": "属于行政执法案卷{}件。",
        "TXT130": "属于行政查询事项{}件。",
        "TXT131": "备案行政复议案件{}件。",
        "TXT132": "备案行政诉讼案件{}件。",
        "TXT133": "政府信息公开行政复议{}件。",
        "TXT134": "行政复议{}件。",
        "TXT135": "政府信息公开行政诉讼{}件。",
        "TXT136": "行政诉讼{}件。",
        "TXT137": "未经复议直接起诉{}件。",
        "TXT138": "复议后起诉{}件。",
        "TXT139": "尚未办结{}件。",
        "TXT141": "行政复议结果维持{}件。",
        "TXT142": "行政复议结果纠正{}件。",
        "TXT143": "行政复议其他结果{}件。",
        "TXT144": "行政复议尚未审结{}件。",
        "TXT145": "行政诉讼结果维持{}件。",
        "TXT146": "行政诉讼结果纠正{}件。",
        "TXT147": "行政诉讼其他结果{}件。",
        "TXT148": "行政诉讼尚未审结{}件。",
        "TXT149": "办理申请{}件。",
        "TXT150": "其他组织申请{}件。",
        "TXT157": "科研机构申请{}件。",
        "TXT158": "社会公益组织申请{}件。",
        "TXT159": "法律服务机构申请{}件。",
        "TXT201": "属于国家秘密{}件。",
        "TXT202": "其他法律行政法规禁止公开{}件。",
        "TXT203": "危及“三安全一稳定”{}件。",
        "TXT204": "保护第三方合法权益{}件。",
        "TXT205": "属于三类内部事务信息{}件。",
        "TXT206": "重复申请{}件。",
        "TXT207": "要求提供公开出版物{}件。",
        "TXT215": "行政复议审结{}件，尚未审结超过1件。",
        "TXT216": "行政诉讼审结{}件，尚未审结超过1件。",
        "TXT208": "无正当理由大量反复申请{}件。",
        "TXT209": "要求行政机关确认或重新出具已获取信息{}件。",
        "TXT210": "申请人无正当理由逾期不补正{}件。",
        "TXT211": "申请人逾期未按收费通知要求缴纳费用{}件。",
    },
    "proactive": {
        "TXT161": "现行有效行政规范性文件{}件。",
        "TXT162": "废止行政规范性文件{}件。",
        "TXT163": "制发行政规范性文件{}件。",
        "TXT164": "公开行政规范性文件{}件。",
        "TXT165": "制定规章{}件。",
        "TXT166": "现行有效规章{}件。",
        "TXT167": "废止规章{}件。",
        "TXT171": "行政许可{}件。",
        "TXT172": "行政处罚{}件。",
        "TXT173": "行政强制{}件。",
        "TXT174": "公开行政许可信息{}条。",
        "TXT175": "行政事业性收费{}万元。",
        "TXT176": "行政事业性收费{}元。",
        "TXT178": "作出行政许可决定{}项。",
        "TXT179": "公示行政处罚{}件。",
        "TXT184": "通过政府网站发布信息{}条。",
        "TXT185": "主动公开政府信息{}条。",
    },
    "text": {
        "TXT191": "收取信息处理费{}元。",
        "TXT192": "发出收费通知{}件。",
        "TXT195": "承办建议提案{}件。",
        "TXT196": "承办人大代表建议{}件。",
        "TXT197": "承办政协提案{}件。",
    },
}
DENIED: Mapping[str, Mapping[str, str]] = {
    "on_request": {
        "TXT105": "没有结转下年度的申请。",
        "TXT106": "没有上年结转的申请。",
        "TXT127": "未收到政府信息公开申请。",
        "TXT151": "未发生政府信息公开行政复议、行政诉讼。",
        "TXT152": "未发生政府信息公开行政复议。",
        "TXT153": "未发生政府信息公开行政诉讼。",
        "TXT154": "未发生行政复议、行政诉讼。",
        "TXT155": "未发生行政复议。",
        "TXT156": "未发生行政诉讼。",
        "TXT212": "无一例行政诉讼败诉。",
    },
    "proactive": {"TXT177": "没有行政事业性收费。"},
    "text": {
        "TXT193": "未收取信息处理费。",
        "TXT198": "未承办建议提案。",
        "TXT213": "未承办人大代表建议。",
        "TXT214": "未承办政协提案。",
    },
}
BOUND = {bound.fact.code: bound for bound in FORM.prose.facts if bound.quantities}
EVERY = [(code, field) for field, sentences in STATED.items() for code in sentences]
GRIDS = ("requests", "cases", "documents", "licensing", "enforcement", "charges")
ALONE = ("fee_amount", "fee_notices", "npc_proposals", "cppcc_proposals")


def figures(random: Random) -> dict[str, Value]:
    """A return with a figure in every cell, all of them different."""
    subjects = [*(s for grid in GRIDS for s in inputs_of(grid)), *ALONE, "published[1,count]"]
    numbers = random.sample(range(300, 9000), len(subjects))
    return complete(
        FORM, values({**dict(zip(subjects, numbers, strict=True)), "published[1,category]": "动态"})
    )


def none() -> dict[str, Value]:
    """A return with nothing in it."""
    subjects = [*(s for grid in GRIDS for s in inputs_of(grid)), *ALONE]
    return complete(FORM, values(dict.fromkeys(subjects, 0)))


def told(reported: Mapping[str, Value], field: str, text: str) -> set[str]:
    return {finding.code for finding in agreement(Reported(FORM, {**reported, field: text}))} - {"TXT016"}


def test_every_fact_with_figures_has_a_sentence() -> None:
    stated = {code for sentences in STATED.values() for code in sentences}
    denied = {code for sentences in DENIED.values() for code in sentences}
    assert stated | denied == set(BOUND)
    assert denied == {code for code, bound in BOUND.items() if bound.fact.zero}


@pytest.mark.parametrize(("code", "field"), EVERY)
def test_its_figures_are_silent_and_another_is_found(code: str, field: str) -> None:
    reported = figures(Random(code))
    right = [value for _, value in TableValues(FORM, reported, frozenset()).meant(BOUND[code])]
    text = STATED[field][code]
    for value in right:
        if value >= 0:
            assert told(reported, field, text.format(int(value))) == set(), value
    wrong = int(max(right)) + (1 if BOUND[code].fact.slip else 17)
    assert told(reported, field, text.format(wrong)) == {code}


@pytest.mark.parametrize(
    ("code", "field"), [(code, field) for field, sentences in DENIED.items() for code in sentences]
)
def test_what_is_denied_is_found_where_it_is_there(code: str, field: str) -> None:
    assert told(none(), field, DENIED[field][code]) == set()
    assert told(figures(Random(code)), field, DENIED[field][code]) == {code}
