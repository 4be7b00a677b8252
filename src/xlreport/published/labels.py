"""Labels of a published table as keys: what two spellings of one label have in common."""

from __future__ import annotations

from functools import lru_cache

from xlreport.cleaning import squeezed
from xlreport.expression import Expression

_NUMBER = Expression(
    r"^(?:\([一二三四五六七八九十0-9]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,]|[0-9]{1,2}[、.,)])"
)
_ASIDE = Expression(r"\([^()]*\)")


@lru_cache(maxsize=4096)
def head_key(text: str) -> str:
    """A label without blanks, signs and what stands in parentheses."""
    plain = squeezed(text)
    return "".join(filter(str.isalnum, _ASIDE.sub("", plain) or plain))


@lru_cache(maxsize=4096)
def row_key(text: str) -> str:
    """The same without the number before it: units drop rows and number the rest anew."""
    return head_key(_NUMBER.sub("", squeezed(text)))
