"""What stands around a number: words that call it something, letters and marks that tie it to others."""

from __future__ import annotations

from xlreport.expression import Expression

SOFT = r"(?:[^\w,、;:。]|_){1,3}+"
"""A regular expression for what may stand between the digits of one number."""
PHONE = 11
"""Digits of a mobile number."""
_NEAR = 14
_WORDS = Expression(
    "(?P<code>信用代码)"
    "|(?P<person>身份证|证件号|公民身份|居留|卡号|[账帐][号户]|银行|开户|电话|手机|联系|拨打|致电|微信|短信"
    "|tel|phone|mobile)"
    "|(?P<file>编号|文号|案号|代码|证号|批号|单号|流水号|备案号|登记号|许可证号?|受理号|合同号|项目号|批次号?|序列号|条码|发票号码?|icp备)"
)
_AT_ONCE = 4
"""Characters between a word for a file's number and the number: 编号为：."""
_CLAUSE = Expression("[。;,]")
_MEASURE = Expression(r" ?(?:[元万亿条件次人吨户个份字米]|平方|立方|%)|\.[0-9]{1,6}(?![0-9])")
_CODE_BEFORE = Expression("(?:^|[^a-z])(?!tel|phone|mobile|wx|vx|qq)[a-z]+$|_$")
_MORE_BEFORE = Expression(rf"(?:[0-9]{{3}}|(?<![0-9])[0-9]{{1,2}}(?![.)]))(?:{SOFT})$")
_MORE_BEHIND = Expression(rf"{SOFT}[0-9]")
_TIED_BEFORE = Expression(r"(?<![0-9])([0-9]+)([-/_.])$")
_TIED_BEHIND = Expression("[-/_]([0-9]+)")


def called(text: str, start: int) -> str:
    """What the words before a number say that it is: of a person, of a file, a code of credit; "" nothing."""
    before = _CLAUSE.split(text[max(0, start - _NEAR) : start])[-1]
    kind = ""
    for found in _WORDS.finditer(before):
        kind = found.lastgroup or ""
        if kind == "file" and len(before) - found.end() > _AT_ONCE:
            kind = ""
    return kind


def stands_apart(text: str, start: int, end: int) -> bool:
    """True unless letters touch the digits, as in a code."""
    after = text[end : end + 1]
    return _CODE_BEFORE.search(text[max(0, start - 8) : start]) is None and not (
        after.isascii() and after.isalpha()
    )


def of_a_code(text: str, start: int, end: int) -> bool:
    """True where marks tie the digits to others that are neither a number of a point nor of a phone."""
    before = _TIED_BEFORE.search(text[max(0, start - 16) : start])
    if before is not None and before[2] == ".":
        return before[1] == "0" or (len(before[1]) > 2 and len(before[1]) != PHONE)
    if before is not None:
        return before[1] not in ("0", "86", "0086") and len(before[1]) != PHONE
    behind = _TIED_BEHIND.match(text, end)
    return behind is not None and len(behind[1]) not in (1, 2, 3, 4, PHONE)


def in_row(text: str, start: int, end: int) -> bool:
    """True for part of a longer row of figures: 1 3 5 …."""
    before = text[max(0, start - 4) : start]
    return _MORE_BEFORE.search(before) is not None or _MORE_BEHIND.match(text, end) is not None


def is_measured(text: str, end: int) -> bool:
    """True where a measure word or decimals follow: 13800138000元."""
    return _MEASURE.match(text, end) is not None
