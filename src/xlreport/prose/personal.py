"""Numbers of persons: identity cards, mobile phones, bank cards. Found by their own rules, shown masked.

What stands between the digits does not matter: blanks, dots, brackets, line breaks. A check digit that is
right is never passed over; words that call the number something else only make it less sure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import IntEnum, StrEnum

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.bare import Bare, bare, may_hold_eleven_digits
from xlreport.prose.number_rules import (
    IDENTITY,
    OLD_RESIDENT,
    is_card,
    is_credit_code,
    is_day,
    is_identity,
    is_old_identity,
)
from xlreport.prose.number_words import PHONE, SOFT, called, in_row, is_measured, of_a_code, stands_apart


class Personal(StrEnum):
    """What a number is."""

    IDENTITY = "身份证号码"
    MOBILE = "手机号码"
    CARD = "银行卡号"


class Doubt(IntEnum):
    """What speaks against its being one: nothing, its form or place, the words before it."""

    NONE = 0
    SOME = 1
    MUCH = 2


@frozen
class PersonalNumber:
    """A number of a person from `start` up to `end`, places in the text as written."""

    kind: Personal
    start: int
    end: int
    doubt: Doubt = Doubt.NONE


@frozen
class _Found:
    """The same by places in the bare text."""

    kind: Personal
    start: int
    end: int
    doubt: Doubt


_KINDS = list(Personal)
_GAP = r" {4,20}+|[\W_]{1,3}+"
_STREAM = Expression(rf"[0-9]++(?:(?:{_GAP})?+[0-9x]++)*+")
"""Digits with whatever marks and blanks stand between them; x is the last character of identity numbers."""
_SIGN = Expression("[0-9x]")
_GROUP = Expression("[0-9]+")
_ENOUGH = Expression(rf"[0-9](?:[^0-9]*+[0-9]){{{PHONE - 1}}}")
"""As many digits as the shortest of these numbers has, wherever they stand."""
_LISTING = Expression("[,、;:。]")
"""Marks that stand between numbers rather than within one."""
_MOBILE = Expression(
    r"(?:(?<![0-9])|(?<=(?<![0-9])0)|(?<=(?<![0-9])86)|(?<=(?<![0-9])0086)|(?<=(?<![0-9])17951))"
    rf"1(?:{SOFT})?+[3-9](?:(?:{SOFT})?+[0-9]){{9}}(?![0-9])"
)
_ONES = (1,) * PHONE
_MOBILE_GROUPS = {(11,), (3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (3, 2, 3, 3), (3, 2, 2, 2, 2), _ONES}
_ALONE = {(11,), (3, 4, 4)}
"""What is a phone's also beside other figures."""
_CARD = Expression(
    rf"(?<![0-9])(?=[34569])(?:[0-9]{{4,19}}+(?:{SOFT}[0-9]{{1,19}}+){{0,4}}+|[0-9](?:{SOFT}[0-9]){{15,18}}+)(?![0-9])"
)
_OLD_LENGTH = 15
_OLD_IDENTITY = Expression(rf"(?<![0-9])[0-9]{{6}}(?:{SOFT})?+[0-9]{{6}}(?:{SOFT})?+[0-9]{{3}}(?![0-9])")
_ADDRESS = Expression(r"(?:https?:/|www\.|\.(?:cn|com|net|org)/)[!-~]*")

FILE_STAR = "＊"
"""In place of a digit where names of files are masked: they take no asterisk."""


def personal_numbers(source: str) -> Iterator[PersonalNumber]:
    """Every number of a person in a text, in order; none overlaps another."""
    if may_hold_eleven_digits(source):
        yield from _numbers(bare(source))


def masked(text: str, star: str = "*") -> str:
    """The text with the middle of every number of a person starred; as long as before."""
    while may_hold_eleven_digits(text) and (numbers := list(_numbers(dress := bare(text)))):
        chars = list(text)
        for number in numbers:
            first = 3 if number.kind is Personal.MOBILE else 4
            signs = dress.signs(number.start, number.end)
            for place in signs[first:-4] or signs[first:]:  # a sign may be several digits: ⑩
                chars[place] = star
        text = "".join(chars)
    return text


def _numbers(text: Bare) -> Iterator[PersonalNumber]:
    """Of what overlaps, the surest counts."""
    if _ENOUGH.search(text.text) is None:  # nearly every text
        return
    every = [*_in_streams(text.text), *_residents(text.text)]
    every.sort(key=lambda found: (found.doubt, _KINDS.index(found.kind), found.start))
    taken = bytearray(len(text.text) if every else 0)
    kept: list[_Found] = []
    for found in every:
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            kept.append(found)
    for found in sorted(kept, key=lambda found: found.start):
        start, end = text.places[found.start], text.places[found.end - 1] + 1
        yield PersonalNumber(found.kind, start, end, found.doubt)


# Where digits stand ----------------------------------------------------------------------------------


def _in_streams(text: str) -> Iterator[_Found]:
    addresses: list[tuple[int, int]] | None = None
    for stream in _STREAM.finditer(text):
        if len(stream[0]) < PHONE:
            continue
        if addresses is None:
            addresses = [found.span() for found in _ADDRESS.finditer(text)]
        start, end = stream.span()
        in_address = _within(start, addresses)
        yield from _identities(text, start, end, in_address=in_address)
        if not in_address:
            yield from _old_identities(text, start, end)
            yield from _mobiles(text, start, end)
            yield from _cards(text, start, end)


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    before = bisect_right(spans, (place, len(spans) and spans[-1][1])) - 1
    return before >= 0 and place < spans[before][1]


def _identities(text: str, start: int, end: int, *, in_address: bool) -> Iterator[_Found]:
    """Every window of 18 digits that proves itself."""
    stream = text[start:end]
    digits = stream
    places: range | list[int] = range(start, end)
    if not digits.isalnum():
        places = [start + found.start() for found in _SIGN.finditer(stream)]
        digits = "".join(_SIGN.findall(stream))
    done = 0
    for window in IDENTITY.finditer(digits):
        first, number = window.start(), window[1]
        if first >= done and is_identity(number):
            done = first + len(number)
            span = places[first], places[done - 1] + 1
            found = _identity(text, number, *span, in_address=in_address)
            if found is not None:
                yield found


def _identity(text: str, number: str, start: int, end: int, *, in_address: bool) -> _Found | None:
    whole = not text[start - 1 : start].isdecimal() and not text[end : end + 1].isdecimal()
    words = called(text, start)
    if words == "code" and is_credit_code(number):
        return None
    if in_address and (end - start > len(number) or not whole):
        return None
    bare_number = whole and not words and not in_address and _LISTING.search(text, start, end) is None
    sure = words == "person" or bare_number
    return _Found(Personal.IDENTITY, start, end, Doubt.NONE if sure else Doubt.SOME)


def _old_identities(text: str, start: int, end: int) -> Iterator[_Found]:
    for found in _OLD_IDENTITY.finditer(text, start, end):
        words = called(text, found.start())
        if (
            words in ("", "person")
            and stands_apart(text, *found.span())
            and is_old_identity(_digits(found[0]))
        ):
            doubt = Doubt.NONE if words else Doubt.SOME
            yield _Found(Personal.IDENTITY, *found.span(), doubt)


def _residents(text: str) -> Iterator[_Found]:
    """Cards of foreigners as they were up to 2023: a country's three letters and twelve digits."""
    for found in OLD_RESIDENT.finditer(text):
        if is_day(f"19{found[1]}") or is_day(f"20{found[1]}"):
            doubt = Doubt.NONE if called(text, found.start()) == "person" else Doubt.SOME
            yield _Found(Personal.IDENTITY, *found.span(), doubt)


def _mobiles(text: str, start: int, end: int) -> Iterator[_Found]:
    at = start
    while (found := _MOBILE.search(text, at, end)) is not None:
        if _is_mobile(text, found):
            yield _Found(Personal.MOBILE, *found.span(), Doubt.NONE)
            at = found.end()
        else:
            at = found.start() + 1


def _is_mobile(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    sizes = tuple(len(group) for group in _GROUP.findall(found[0]))
    broken = len(sizes) == 2 and min(sizes) > 2
    if not broken and sizes not in _MOBILE_GROUPS:
        return False
    if sizes not in _ALONE and in_row(text, start, end):
        return False
    words = called(text, start)
    if of_a_code(text, start, end):
        return False
    return words == "person" or not (words or is_measured(text, end) or not stands_apart(text, start, end))


def _cards(text: str, start: int, end: int) -> Iterator[_Found]:
    at = start
    while (row := _CARD.search(text, at, end)) is not None:
        first = _GROUP.match(text, row.start())
        assert first is not None  # a row begins with a digit
        if len(first[0]) == 1 and in_row(text, *row.span()):
            at = row.end()
            continue
        found = _card(text, row)
        if found is not None:
            yield found
        at = found.end if found is not None else first.end()


def _card(text: str, found: re.Match[str]) -> _Found | None:
    """The longest row of whole groups that is a card's number."""
    groups = [
        (found.start() + a, found.start() + b) for a, b in (g.span() for g in _GROUP.finditer(found[0]))
    ]
    for count in range(len(groups), 0, -1):
        sizes = [b - a for a, b in groups[:count]]
        if not _OLD_LENGTH <= sum(sizes) <= 19 or not _card_groups(sizes):
            continue
        start, end = groups[0][0], groups[count - 1][1]
        if is_card(_digits(text[start:end])):
            return _doubted_card(text, start, end, sum(sizes), len(set(sizes[:-1])) < 2)
    return None


def _card_groups(sizes: list[int]) -> bool:
    """Whole, in fours or ones, six and the rest, or broken once or twice."""
    if set(sizes) == {1} or (set(sizes[:-1]) <= {4} and sizes[-1] <= 4) or len(sizes) == 1:
        return True
    return len(sizes) <= 3 and min(sizes) >= 4


def _doubted_card(text: str, start: int, end: int, length: int, regular: bool) -> _Found | None:
    words = called(text, start)
    if words == "person":
        return _Found(Personal.CARD, start, end, Doubt.NONE)
    if length == _OLD_LENGTH:
        return None
    if words:
        return _Found(Personal.CARD, start, end, Doubt.SOME if length == 19 else Doubt.MUCH)
    sure = length == 19 and regular and stands_apart(text, start, end)
    return _Found(Personal.CARD, start, end, Doubt.NONE if sure else Doubt.SOME)


def _digits(text: str) -> str:
    return "".join(_GROUP.findall(text))
