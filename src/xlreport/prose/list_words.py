"""Words of lists: by which another list begins, and what the items of one name. A form adds its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.lexicon import Lexicon, words_of

_VERBS = words_of("召开 举办 举行 开展 组织 参加 接待 回应 回复 报送 审查 编制 培训 检查 征集 调整")
_NAMED = Expression(
    "(?<=，)(?!全年|年内|本年|累计|共计?|已经?|我[局委办镇乡]|组织|开展|通过|按时|及时|另)[^，。；：0-9]{2,8}"
    "(?:回应|回复|报送|审查|编制|培训|检查|征集|调整)(?:[和与及、][^，。；：0-9]{2,4})?(?:信息|类|情况|结果)*$"
)
"""An item that is called after what is done: ，监督检查2条, ，调查征集和反馈1条."""
_COMPARED = words_of("增加 减少 增长 下降 较 比 其中 同期 上年 去年")
"""A number beside one of these is no total."""


@frozen
class RowWords:
    """Items side by side are a list by what each of them names; its total stands before them."""

    items: Lexicon
    total: Lexicon

    def names_item(self, item: str) -> bool:
        """True if an item names what those of the list do, and nothing that is counted otherwise."""
        return _has(self.items, item)

    def names_total(self, clause: str) -> bool:
        """True if a clause counts the whole of what the items are parts of."""
        return _has(self.total, clause)


_FITS, _UNFIT = "fits", "unfit"


def row_words(
    items: Iterable[str], unless: Iterable[str], total: Iterable[str], total_unless: Iterable[str]
) -> RowWords:
    """The words of one kind of list."""
    return RowWords(
        Lexicon({_FITS: items, _UNFIT: unless}),
        Lexicon({_FITS: total, _UNFIT: (*_COMPARED, *total_unless)}),
    )


def _has(words: Lexicon, text: str) -> bool:
    found = False
    for hit in words.hits(text, 0, len(text)):
        if _UNFIT in hit.names:
            return False
        found = True
    return found


class ListWords:
    """`verbs` tell of something being done; a number of `outcomes` stands apart from the total before it, as
    others may stand between; `rows` are lists by what their items name.
    """

    def __init__(
        self, verbs: Iterable[str] = (), outcomes: Iterable[str] = (), rows: Sequence[RowWords] = ()
    ) -> None:
        self._verbs = Lexicon({"": (*_VERBS, *verbs)})
        self._outcomes = Lexicon({"": outcomes})
        self.rows = rows

    def is_another(self, gap: str, said: str) -> bool:
        """True where a clause tells of something else being done than was told before."""
        if "，" not in gap or _NAMED.search(gap) is not None:
            return False
        return any(gap[hit.start : hit.end] not in said for hit in self._verbs.hits(gap, 0, len(gap)))

    def tells_outcome(self, gap: str) -> bool:
        """True if the next number is of an outcome."""
        return any(self._outcomes.hits(gap, 0, len(gap)))
