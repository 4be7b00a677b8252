"""Denials: where a clause says that there is none, and the words that say of what.

未收到…, 没有发生…, 无…, 零…        what stands behind, up to the end of the clause
…均未发生, …为零                   what stands before it, else the clause before

Words that only look like a denial are none: 无法, 未经, and those that a form names, such as 未公开.
未发生一起 denies as 未发生.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.counts import Span
from xlreport.prose.glue import Glue
from xlreport.prose.lexicon import Hit, Lexicon, words_of
from xlreport.prose.sentences import Clause, Sentence

_DENIES = words_of("未 没有 没 无 不存在 不涉及 零 暂无 尚无 从未 并未 均未 均无 尚未 暂未 未曾 皆无")
_REFUSED = words_of(
    """
无法 无正当 无偿 无关 无需 无须 无误 无障碍 无纸 无事故 无论 无不 无线 无故 无效 无条件
无差别 无缝 无死角 无人机 无害 无形 无疑 无力 无证 无照 无投诉 无理 未经 未按 未予 未结 未审
未办 未来 未成 未超 未通过 未达 未能 未必 未完 未尽 未及 未在 未纳 未明 未包 未报 未依 未作
未做 未提供 未果 未批 未对外 未主动 未列 未设 未建 未使 没收 没有逾期 没有超 没有及时 尚未办结
尚未完 尚未结 尚未到 零星 零售 零距离 零跑 零时 零差 零容忍 零碎 零投诉 零〇
"""
)
_ALL_THE_SAME = ("无不予", "无法人", "未作出", "未做出")
"""What only looks like a refused word: 无不予公开, 无法人申请, 未作出处罚."""
_NONE = Expression("(?=[均都总为是])(?:均|都|总数)?(?:为|是)(?:零|0)(?=[，。；：）\n]|$)")
_AHEAD = 80
"""Characters before a denial that may say of what."""
_COUNTED = Expression("[为有共]?[1-9]")
"""Behind 不存在 a number of requests for what does not exist."""
_ONE = Expression("[一1](?=[件起例宗次项个条份])[件起例宗次项个条份]")


@frozen
class Denial:
    """A word that denies, by its bounds, and where the words stand that say what there is none of.

    `verb` is True for 未, behind which a verb must follow; `behind` if the words stand behind it.
    """

    start: int
    end: int
    words: tuple[Span, ...]
    clause: Clause
    verb: bool
    behind: bool


class Denials:
    """Finds denials: `glue` is what adds nothing, `refused` are words of a form that deny nothing."""

    def __init__(self, glue: Glue, refused: Iterable[str] = ()) -> None:
        self._glue = glue
        self._words = Lexicon({"denies": _DENIES, "refused": (*_REFUSED, *refused)})

    def may_be_in(self, text: str) -> bool:
        """False if a folded text without figures surely denies nothing."""
        return self._words.may_be_in(text)

    def of(self, sentence: Sentence, named: Sequence[int] = ()) -> Iterator[Denial]:
        """Every denial of a sentence, in order; `named` is where something is named, in order."""
        text = sentence.text
        hits = self._words.hits(text, sentence.start, sentence.end)
        found = [word for hit in hits if (word := _denies(text, hit)) is not None]
        ends = [match.span() for match in _NONE.finditer(text, sentence.start, sentence.end)]
        within = {start for first, last in ends for start in range(first, last)}
        bounds = sorted([*ends, *(word for word in found if word[0] not in within)])
        for number, (start, end) in enumerate(bounds):
            clause = sentence.clause_at(start)
            following = bounds[number + 1][0] if number + 1 < len(bounds) else clause.end
            stop = max(end, min(clause.end, following))
            yield self._denial(sentence, clause, (start, end), stop, named)

    def _denial(
        self, sentence: Sentence, clause: Clause, word: tuple[int, int], stop: int, named: Sequence[int]
    ) -> Denial:
        start, end = word
        text = sentence.text
        verb = text[end - 1] == "未"
        one = _ONE.search(text, end, stop)
        spans = (Span(end, stop),) if one is None else (Span(end, one.start()), Span(one.end(), stop))
        names = bisect_left(named, end) < bisect_left(named, stop)
        if stop < clause.end or names or any(not self._is_glue(text, span) for span in spans):
            return Denial(start, end, spans, clause, verb, behind=True)
        before = self._before(sentence, clause, start)
        return Denial(start, end, before, clause, verb=False, behind=False)

    def _before(self, sentence: Sentence, clause: Clause, start: int) -> tuple[Span, ...]:
        """The clause up to a denial, and the one before where it says nothing: 行政复议，全年未发生."""
        before = (Span(max(clause.start, start - _AHEAD), start),)
        place = sentence.number_at(clause.start)
        says_nothing = start - clause.start < _AHEAD and self._is_glue(sentence.text, before[0])
        if not (says_nothing and place > 0 and sentence.clauses[place - 1].mark in "，："):
            return before
        last = sentence.clauses[place - 1]
        return (Span(last.start, last.end), *before)

    def _is_glue(self, text: str, span: Span) -> bool:
        return self._glue.adds_nothing(text[span.start : span.end])


def _denies(text: str, hit: Hit) -> tuple[int, int] | None:
    """The bounds of a word that denies."""
    if text.startswith(_ALL_THE_SAME, hit.start):
        return hit.start, hit.start + 1
    if "denies" not in hit.names or (text[hit.start] == "不" and _is_counted(text, hit.end)):
        return None
    return hit.start, hit.end


def _is_counted(text: str, end: int) -> bool:
    """True for 不存在6件, but not for 不存在1件, which is 不存在一件."""
    return _COUNTED.match(text, end) is not None and _ONE.match(text, end) is None
