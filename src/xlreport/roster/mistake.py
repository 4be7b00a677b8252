"""What is wrong with a list of units: a place and words for the clerk."""

from __future__ import annotations

from collections.abc import Iterable

from xlreport.frozen import frozen


@frozen
class ListMistake:
    """One mistake. `row` is the row of the file, 0 for the list as a whole; a remark hinders nothing."""

    row: int
    words: str
    remark: bool = False

    def __str__(self) -> str:
        return f"第 {self.row} 行：{self.words}" if self.row else self.words


class ListErrors(Exception):
    """A list that cannot be used, with all that is wrong with it."""

    def __init__(self, name: str, mistakes: Iterable[ListMistake]) -> None:
        self.mistakes = tuple(mistakes)
        lines = "\n".join(f"  {mistake}" for mistake in self.mistakes)
        super().__init__(f"名单 {name} 有 {len(self.mistakes)} 处要改：\n{lines}")


def hindering(mistakes: Iterable[ListMistake]) -> list[ListMistake]:
    """Those without the remarks."""
    return [mistake for mistake in mistakes if not mistake.remark]
