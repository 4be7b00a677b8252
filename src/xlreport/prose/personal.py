"""Numbers of persons: identity cards, mobile phones, bank cards. Found by their own rules, shown masked.

Digits may stand in groups with blanks or hyphens. Numbers in web addresses, codes of organisations and
numbers said to be those of a file are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xlreport.prose.alphabet import Folded, fold, is_latin


class Personal(StrEnum):
    """What a number is."""

    IDENTITY = "身份证号码"
    MOBILE = "手机号码"
    CARD = "银行卡号"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A number of a person from `start` up to `end`. `sure` is false where only its form speaks for it."""

    kind: Personal
    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Digits (with a last X), where they stand, the sizes of their groups, and whether letters touch them."""

    digits: str
    start: int
    end: int
    groups: tuple[int, ...]
    touched: bool = False


_LEAST = 11
"""Digits of a mobile number; nothing shorter is looked at."""
_RUN = re.compile(r"[0-9]++(?:[ -]{1,3}+[0-9]++)*+")
_GROUP = re.compile(r"[0-9]+")
_LAST_X = re.compile(r"[ -]?x(?![0-9a-z])")
_FRACTION = re.compile(r"[0-9]\.")
_ADDRESS = re.compile(r"(?:https?：/|www\.)[!-~：？！]*")

_REGIONS = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""GB/T 2260: the first two digits, the province."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_LAST = "10x98765432"
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_GROUPS = {(11,), (3, 4, 4), (4, 3, 4), (3, 8), (7, 4), (3, 3, 5), (5, 6)}
_ISSUERS = re.compile(r"(?:62|60|9558|9559|4)[0-9]{14,17}|(?:5[1-5]|35)[0-9]{14}")

_OF_A_FILE = re.compile(
    r"(?:编号|文号|案号|代码|证号|批号|订单号?|流水号|备案号?|登记号|许可证|项目|批次|受理号|合同)[^。；，\n]{0,6}$"
)
_OF_A_PERSON = re.compile(r"(?:身份证|证件号|公民身份|卡号|账号|帐号|银行|开户)[^。；，\n]{0,8}$")
_MEASURE = re.compile(r"(?:[元万亿条件次人吨户个份字米]|平方|立方|%)|\.[0-9]")


def personal_numbers(folded: Folded) -> Iterator[PersonalNumber]:
    """Every number of a person in a text, in order."""
    text = folded.text
    addresses: list[tuple[int, int]] | None = None
    for run in _RUN.finditer(text):
        if len(run[0]) < _LEAST:
            continue
        if addresses is None:
            addresses = [found.span() for found in _ADDRESS.finditer(text)]
        if not any(start <= run.start() < end for start, end in addresses):
            yield from _in_run(text, run.start(), run[0])


def masked(text: str) -> str:
    """The text with the middle of every number of a person starred; as long as before."""
    chars: list[str] | None = None
    folded = fold(text)
    for number in personal_numbers(folded):
        chars = chars or list(text)
        signs = [place for place in range(number.start, number.end) if is_latin(folded.text[place])]
        first = 3 if number.kind is Personal.MOBILE else 4
        for place in signs[first:-4]:
            chars[folded.origin(place)] = "*"
    return text if chars is None else "".join(chars)


# Candidates ------------------------------------------------------------------------------------------


def _in_run(text: str, start: int, run: str) -> Iterator[PersonalNumber]:
    """Numbers in a run of groups of digits: all groups as one number, or else each alone."""
    groups = [(start + found.start(), start + found.end()) for found in _GROUP.finditer(run)]
    if len(groups) > 1:
        whole = _number(text, groups)
        if whole is not None:
            yield whole
            return
    for group in groups:
        found = _number(text, [group])
        if found is not None:
            yield found


def _number(text: str, groups: list[tuple[int, int]]) -> PersonalNumber | None:
    candidate = _candidate(text, groups)
    if candidate is None:
        return None
    before = text[max(0, candidate.start - 16) : candidate.start]
    personal = _OF_A_PERSON.search(before) is not None
    if _is_identity(candidate.digits) and "信用代码" not in before:
        return PersonalNumber(Personal.IDENTITY, candidate.start, candidate.end)
    if (
        _is_old_identity(candidate.digits)
        and not candidate.touched
        and (personal or _OF_A_FILE.search(before) is None)
    ):
        return PersonalNumber(Personal.IDENTITY, candidate.start, candidate.end, sure=personal)
    if candidate.touched or (not personal and _OF_A_FILE.search(before)):
        return None
    if _is_mobile(candidate) and (personal or _MEASURE.match(text, candidate.end) is None):
        return PersonalNumber(Personal.MOBILE, candidate.start, candidate.end)
    if _is_card(candidate):
        return PersonalNumber(Personal.CARD, candidate.start, candidate.end)
    return None


def _candidate(text: str, groups: list[tuple[int, int]]) -> _Candidate | None:
    """The groups as one number, unless a letter follows, it is a fraction or has too many digits."""
    start, end = groups[0][0], groups[-1][1]
    if _FRACTION.search(text, max(0, start - 2), start):
        return None
    touched = _touches(text[start - 1 : start])
    digits = "".join(text[a:b] for a, b in groups[:20])
    sizes = tuple(b - a for a, b in groups[:20])
    last = _LAST_X.match(text, end)
    if last is not None and len(digits) == 17:
        digits, end = digits + "x", last.end()
    elif _touches(text[end : end + 1]):
        return None
    if len(groups) > 20 or not _LEAST <= len(digits) <= 20:
        return None
    if touched:
        return _Candidate(digits, start, end, sizes, touched)
    return _without_country(_Candidate(digits, start, end, sizes), groups)


def _touches(char: str) -> bool:
    return char == "_" or is_latin(char)


def _without_country(candidate: _Candidate, groups: list[tuple[int, int]]) -> _Candidate:
    """A mobile number without the country's 86 in front of it."""
    sizes = candidate.groups
    for country in ("86", "0086"):
        digits = candidate.digits.removeprefix(country)
        if len(digits) == _LEAST and digits != candidate.digits:
            if sizes[0] == len(country):
                return _Candidate(digits, groups[1][0], candidate.end, sizes[1:])
            start = candidate.start + len(country)
            return _Candidate(digits, start, candidate.end, (sizes[0] - len(country), *sizes[1:]))
    return candidate


# Rules of the numbers --------------------------------------------------------------------------------


def _is_identity(digits: str) -> bool:
    """18 characters: region, a day of birth, and the right last character (GB 11643)."""
    if len(digits) != 18 or _REGIONS.match(digits) is None or not _is_day(digits[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return digits[-1] == _LAST[total % 11]


def _is_old_identity(digits: str) -> bool:
    """15 digits as issued before 1999: region and a day of birth without its century, nothing to check."""
    return len(digits) == 15 and _REGIONS.match(digits) is not None and _is_day("19" + digits[6:12])


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= day.year < 2100


def _is_mobile(candidate: _Candidate) -> bool:
    return candidate.groups in _MOBILE_GROUPS and _MOBILE.fullmatch(candidate.digits) is not None


def _is_card(candidate: _Candidate) -> bool:
    """16 to 19 digits of a known issuer with Luhn's check digit, whole or in groups of four."""
    *firsts, last = candidate.groups
    grouped = not firsts or (set(firsts) == {4} and last <= 4) or (len(firsts) == 1 and firsts[0] == 6)
    return grouped and _ISSUERS.fullmatch(candidate.digits) is not None and _luhn(candidate.digits)


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812: every second digit from the right doubled, the sum a multiple of 10."""
    total = sum(int(digit) for digit in digits[-1::-2])
    total += sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return total % 10 == 0
