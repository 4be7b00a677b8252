"""Rules of the numbers of persons and organisations: regions, days of birth, check digits."""

from __future__ import annotations

from datetime import date

from xlreport.expression import Expression

_REGIONS = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]"
"""GB/T 2260: the first two digits, the province."""
_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
IDENTITY = Expression(
    rf"(?=((?:(?:{_REGIONS})[0-9]{{4}}|9(?:{_REGIONS})[0-9]{{3}})(?:19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9x]))"
)
"""Finds every place where 18 characters may be an identity number: a citizen's, or 9 and a foreigner's."""
_OLD_IDENTITY = Expression(rf"(?:{_REGIONS})[0-9]{{4}}([0-9]{{2}}{_DAY})[0-9]{{3}}")
OLD_RESIDENT = Expression(
    rf"(?<![a-z0-9])[a-z]{{3}}[ -]?(?:{_REGIONS})[0-9]{{2}}[ -]?([0-9]{{2}}{_DAY})[ -]?[0-9]{{2}}(?![a-z0-9])"
)
"""Finds what may be the number of a foreigner's card as issued up to 2023; its group is the day of birth."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_LAST = "10x98765432"
_ISSUERS = Expression(
    "62[0-9]{14,17}|(?:60|9558|9559)[0-9]{13,17}|4[0-9]{15}|(?:5[1-5]|35)[0-9]{14}|3[47][0-9]{13}"
)
_CREDIT_SIGNS = "0123456789abcdefghjklmnpqrtuwxy"


def is_identity(number: str) -> bool:
    """18 characters with a real day of birth and the right last character (GB 11643)."""
    if not is_day(number[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return number[-1] == _LAST[total % 11]


def is_old_identity(digits: str) -> bool:
    """15 digits as issued before 1999: region and a day of birth without its century, nothing to check."""
    found = _OLD_IDENTITY.fullmatch(digits)
    return found is not None and is_day(f"19{found[1]}")


def is_day(digits: str) -> bool:
    """Eight digits that are a day from 1900 to 2099."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= day.year < 2100


def is_card(digits: str) -> bool:
    """15 to 19 digits of a known issuer with Luhn's check digit (ISO/IEC 7812)."""
    if _ISSUERS.fullmatch(digits) is None:
        return False
    total = sum(int(digit) for digit in digits[-1::-2])
    total += sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return total % 10 == 0


def is_credit_code(code: str) -> bool:
    """18 characters of an organisation with the right last one (GB 32100)."""
    if len(code) != 18 or any(char not in _CREDIT_SIGNS for char in code):
        return False
    total = sum(_CREDIT_SIGNS.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return code[17] == _CREDIT_SIGNS[-total % 31]
