"""The rows, cells and lines of the page as HTML: a hundred thousand, for which a template takes too long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from xlreport.frozen import frozen
from xlreport.report.templating import escaped
from xlreport.round.contacts import without_contacts
from xlreport.round.history import Happened
from xlreport.round.state import STANDING_WORDS

LATE = "逾期"
_TONES = frozenset({*STANDING_WORDS.values(), LATE})
"""Words that the list of units shows in colour: classes of board.css."""
_DEEPEST = 4
"""Steps of the tree that are set in further; deeper ones stand below each other."""
_LONG = 14
"""Characters of what people wrote from which on it is broken into lines; all else stays in one."""


def plain_cell(text: str, *, toned: bool = False) -> str:
    """A cell of what stands there as it is."""
    tone = f' class="{text}"' if toned and text in _TONES else ""
    return f"<td{tone}>{escaped(text)}</td>"


def written_cell(text: str, *, toned: bool = False) -> str:
    """A cell of what people wrote, without the numbers of persons and telephones."""
    if len(text) <= _LONG:
        return plain_cell(_without_contacts(text), toned=toned)
    return f'<td class="wide">{escaped(_without_contacts(text))}</td>'


@frozen
class UnitRow:
    """A unit of the tree. `above` has the numbers of the rows of the units above it."""

    name: str
    above: tuple[int, ...]
    standing: str
    late: bool = False

    def html(self, number: int, cells: Iterable[str], history: Sequence[Happened]) -> str:
        """Its row of that number, and what happened to it in a row below."""
        above, late = " ".join(map(str, self.above)), ' data-late="1"' if self.late else ""
        depth, name = min(len(self.above), _DEEPEST), escaped(self.name)
        data = f'data-number="{number}" data-above="{above}" data-standing="{self.standing}"{late}'
        cells = [f'<th scope="row" class="depth{depth}">{name}</th>', *cells]
        button, more = _history(number, name, len(cells) + 1, history) if history else ("", "")
        return "\n".join(
            [f"<tbody {data}>", "<tr>", *cells, f"<td>{button}</td>", f"</tr>{more}", "</tbody>\n"]
        )


def _history(number: int, name: str, columns: int, history: Sequence[Happened]) -> tuple[str, str]:
    """What opens it, and the row with its lines."""
    control = f'aria-controls="history{number}"'
    words = f'{len(history)} 条<span class="unseen">：{name}</span>'
    button = f'<button type="button" hidden aria-expanded="false" {control}>{words}</button>'
    lines = "".join(map(_line, history))
    more = f'<tr class="more" id="history{number}"><td colspan="{columns}">\n<ol>\n{lines}</ol>\n</td></tr>'
    return button, f"\n{more}"


def minute(time: datetime) -> str:
    """A moment as people write it; strftime takes several times as long."""
    return time.isoformat(" ", "minutes")[:16]


def _line(happened: Happened) -> str:
    words, why = (escaped(_without_contacts(text)) for text in (happened.words, happened.why))
    return f"<li><time>{minute(happened.at)}</time> {words}{f'。原因：{why}' if why else ''}</li>\n"


_without_contacts = lru_cache(maxsize=4096)(without_contacts)
