"""What an author got wrong in a form's folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from xlreport.frozen import frozen


@frozen
class Mistake:
    """One mistake: the file (relative to the form's folder), the place in it, and what to do."""

    file: str
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.path}" if self.path else self.file
        return f"{place}: {self.message}"


class FormErrors(ValueError):
    """A form that cannot be used, with every mistake found in it."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=1)
    return close[0] if close else None


def near(name: str, known: Iterable[str]) -> str:
    """ "; did you mean “x”?" for a name close to a known one, else the empty string."""
    close = nearest(name, known)
    return f"; did you mean “{close}”?" if close is not None else ""


def duplicates(file: str, path: str, names: Iterable[str], what: str) -> Iterator[Mistake]:
    """Names that stand more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            yield Mistake(file, path, f"{what} “{name}” stands {count} times: rename all but one")


def unsaid(file: str, path: str, texts: Mapping[str, str]) -> Iterator[Mistake]:
    """Texts that people have to read and that are blank, by key."""
    for key, text in texts.items():
        if not text.strip():
            yield Mistake(file, f"{path}.{key}" if path else key, "the text is empty: people have to read it")
