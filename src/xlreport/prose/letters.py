"""The letters and digits of a text, without its marks and blanks."""

from __future__ import annotations

from xlreport.expression import Expression

_MARKS = Expression("[，。、；：！？（）“”《》〔〕·…—%. \n-]+")
"""What stands between the words of nearly every text; quicker found than whatever is no letter."""
_NO_LETTERS = Expression(r"[\W_]+")


def letters_of(text: str) -> str:
    """What is left of a text when all that is neither a letter nor a digit is taken out."""
    letters = _MARKS.sub("", text)
    return letters if letters.isalnum() else _NO_LETTERS.sub("", letters)
