"""Reading: what each sentence of a text states, every number and every denial once.

A number is read from the words of its clause (`prose/counts.py`): the object is named there, or is the topic
of the sentence or the field. The first fact of the form that fits takes it, unless its words make less of it
than the whole: another period or body, a part, a modifier that is not understood.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from xlreport.form.facts import YEAR
from xlreport.form.prose import BoundFact, Prose
from xlreport.prose.breakdowns import PARTS_FOLLOW
from xlreport.prose.counts import Count, Span, counts
from xlreport.prose.denials import Denial, denials
from xlreport.prose.glue import is_glue, joins, without_glue
from xlreport.prose.lexicon import Hit
from xlreport.prose.numerals import MEASURE, NOTHING, NUMBER, Numeral, numeral_of, numerals
from xlreport.prose.sentences import PART, Clause, Sentence, around, sentences
from xlreport.prose.whole_year import WholeYear, narrowings, other_body
from xlreport.verify.texts.statements.fitting import (
    Heads,
    about,
    chain,
    denies,
    heads,
    is_understood,
    plain,
    says,
    unknown,
    within,
)
from xlreport.verify.texts.statements.statement import Context, Said, Statement
from xlreport.verify.texts.text import Text

_MOST, _MOST_DENIALS = 300, 40
"""Numbers of a text, and denials of a sentence, that are read: nobody writes so many."""
_NEAR = 40
"""Words that are looked back at."""
_AHEAD = 120
"""Characters of a clause that are looked back at."""
_DIGIT = re.compile("[0-9零一二两三四五六七八九十]")
_ON = ("对", "将", "就", "把")
"""Before a number these speak of something that was done with so many, not of all."""
_ONES = re.compile(f"一{MEASURE}")
_YEARS = re.compile("[0-9]{4}年度?(?![0-9]{1,2}月)")
_GOES_ON = re.compile("(?:其中|具体|分别|上述|以上)")
_COMPARED = re.compile("同比|环比|[比较与](?=上|去|前|[0-9]{4}年)|占")
_EVERY = re.compile("均|全部|都|皆")
_MONEY = re.compile(rf"{NUMBER}(?P<unit>万元)")
_COUNTED = frozenset("件条份个项宗起例篇期部次")
_CHANNELS = re.compile("(?:等|多种|各种|任何|多)(?:方式|渠道|途径|形式)")
CHANNEL = "channel"


def read(context: Context, text: Text) -> list[Said]:
    """What a text states, sentence by sentence."""
    whole = text.folded.text
    hits = list(context.prose.lexicon.hits(whole, 0, len(whole)))
    if not hits:
        return []
    hits += [Hit(*match.span(), frozenset({YEAR})) for match in _YEARS.finditer(whole)]
    hits.sort(key=lambda hit: hit.start)
    return list(_Reader(context, text, hits).said())


class _Reader:
    """Reads one text from its beginning to its end, and remembers what it is about."""

    def __init__(self, context: Context, text: Text, hits: Sequence[Hit]) -> None:
        self._context, self._prose = context, context.prose
        self._text, self._whole = text, text.folded.text
        self._hits = hits
        self._starts = [hit.start for hit in hits]
        self._field = self._prose.topics.get(text.subject, "")
        self._last = self._field
        self._left = _MOST

    def said(self) -> Iterator[Said]:
        for sentence in sentences(self._whole):
            goes_on = _GOES_ON.match(self._whole, sentence.start) is not None
            if sentence.first or (self._field and not goes_on):
                self._last = self._field
            reader = _SentenceReader(self._context, self._text, sentence, self._between(sentence), self._last)
            numbers = self._numbers(sentence)
            self._left -= len(numbers)
            yield reader.said(numbers)
            self._last = reader.topic(None)

    def _between(self, sentence: Sentence) -> Sequence[Hit]:
        first, last = (bisect_left(self._starts, place) for place in (sentence.start, sentence.end))
        return self._hits[first:last]

    def _numbers(self, sentence: Sentence) -> list[Numeral]:
        if not self._text.has_numerals or self._left <= 0:
            return []
        found = islice(numerals(self._whole, sentence.start, sentence.end), self._left)
        return [self._in_its_unit(numeral) for numeral in found]

    def _in_its_unit(self, found: Numeral) -> Numeral:
        """Money in 万元 is counted in them, as the table does."""
        if found.unit != "元" or self._whole[found.end - 1] != "万":
            return found
        match = _MONEY.match(self._whole, found.start)
        return found if match is None else numeral_of(match, match["unit"])


class _SentenceReader:
    def __init__(
        self, context: Context, text: Text, sentence: Sentence, hits: Sequence[Hit], topic: str
    ) -> None:
        self._context, self._prose = context, context.prose
        self._text, self._whole, self._sentence = text, text.folded.text, sentence
        self._hits = hits
        self._starts = [hit.start for hit in hits]
        self._topics: dict[Clause | None, str] = {None: topic}
        self._seen = 0
        self._leads: dict[Clause, int] = {}
        """Where the first number of a clause begins: what makes less of it makes less of those behind."""
        marks = PARTS_FOLLOW.finditer(self._whole, sentence.start, sentence.end)
        self._marks = [match.start() for match in marks if not self._gives_each(match)]

    def said(self, numbers: Sequence[Numeral]) -> Said:
        """Its statements, in order of their words, and the numbers that are none."""
        denied = list(islice(denials(self._sentence), _MOST_DENIALS)) if self._hits else []
        known = [hit for hit in self._hits if hit.names != {YEAR}]
        events: list[tuple[int, Count | Denial]] = [(found.start, found) for found in denied]
        events += [(count.numeral.start, count) for count in counts(self._sentence, numbers, known)]
        events.sort(key=lambda event: event[0])
        for number in numbers:
            self._leads.setdefault(self._sentence.clause_at(number.digits), number.start)
        statements: list[Statement] = []
        unread: list[Numeral] = []
        clauses = {found.clause for found in denied if found.behind}
        for place, event in events:
            self._advance(place)
            if isinstance(event, Denial):
                statements += self._denial(event)
            elif event.clause not in clauses or not self._is_denied(event, denied):
                statement = self._count(event)
                if statement is None:
                    unread.append(event.numeral)
                else:
                    statements.append(statement)
        self._advance(self._sentence.end)
        return _without_weak(Said(tuple(self._without_wider(statements, unread)), tuple(unread)))

    def _without_wider(
        self, statements: Sequence[Statement], unread: Sequence[Numeral]
    ) -> Iterator[Statement]:
        """The statements but for wholes of which only a part is what the form is about: 其中信息公开类5件."""
        about = self._prose.about
        parts = []
        for number in unread:
            clause = self._sentence.clause_at(number.digits)
            words = self._whole[max(clause.start, number.start - _AHEAD) : number.start]
            if self._marks and number.start > self._marks[0] and any(word in words for word in about):
                parts.append(number.start)
        for statement in statements:
            said = self._whole[statement.start : statement.end]
            wider = parts and not statement.listed and statement.start < parts[0]
            if not wider or any(word in said for word in about):
                yield statement

    def _gives_each(self, mark: re.Match[str]) -> bool:
        """True for 分别为5件、3件, where no parts follow but one number for each thing before."""
        return mark[0].startswith("分别") and _DIGIT.match(self._whole, mark.end()) is not None

    def topic(self, clause: Clause | None) -> str:
        """What the sentence is about there."""
        holder = clause.parent if clause is not None else None
        while holder is not None and holder not in self._topics:
            holder = holder.parent
        return self._topics[holder]

    def _advance(self, place: int) -> None:
        """Takes notice of the objects named up to a place."""
        while self._seen < len(self._hits) and self._hits[self._seen].start < place:
            hit = self._hits[self._seen]
            self._seen += 1
            names = (hit.names & self._prose.objects) - self._prose.passing
            if names:
                self._topics[self._sentence.clause_at(hit.start).parent] = min(names)

    def _is_denied(self, count: Count, denied: Sequence[Denial]) -> bool:
        return any(
            found.clause is count.clause and found.behind and found.end <= count.numeral.start
            for found in denied
        )

    # Counts --------------------------------------------------------------------------------------------

    def _count(self, count: Count) -> Statement | None:
        """The statement that a number makes."""
        if self._is_speech(count.numeral) or self._whole.endswith(_ON, 0, count.numeral.start):
            return None
        before, behind = self._before(count), self._behind(count)
        spans = (*before, behind)
        hits = self._within(spans)
        words = [hit for hit in hits if not hit.names & self._prose.objects or len(hit.names) > 1]
        first, second = within(hits, before), within(hits, (behind,))
        counted = heads(self._prose, self._whole, first, second, count.numeral.start)
        if counted.names & self._prose.foreign:
            self._topics[count.clause.parent] = min(counted.names)
        said = plain(self._whole, spans)
        if _CHANNELS.search(said):
            words = [hit for hit in words if CHANNEL not in hit.names]
        words += self._staying(count, words)
        topic = self.topic(count.clause)
        after_mark = self._is_listed(count) and not self._is_new(count, counted)
        for bound in about(self._prose, counted.names, topic):
            if bound.fact.zero or (after_mark and not bound.fact.part):
                continue
            if not _has_measure(bound, count.numeral.unit):
                continue
            used = says(bound, self._whole, words)
            if used is None or not self._has_when(bound, count.numeral.start, said):
                continue
            statement = self._statement(bound, count, spans, hits, words, counted, used)
            if statement is None or not bound.quantities:
                return statement
            return self._with_others(statement, counted, topic, words, used)
        return self._of_several(count, spans, hits, words, counted, said)

    def _of_several(
        self,
        count: Count,
        spans: Sequence[Span],
        hits: Sequence[Hit],
        words: Sequence[Hit],
        counted: Heads,
        said: str,
    ) -> Statement | None:
        """The number of objects that no fact has together: 行政复议、行政诉讼共8件."""
        facts = [self._first(count, name, words, said) for name in sorted(counted.names)]
        if len(facts) < 2 or not all(facts):
            return None
        first, *more = (fact for fact in facts if fact is not None)
        statement = self._statement(first, count, spans, hits, words, counted, ())
        return None if statement is None else replace(statement, added=tuple(more))

    def _first(self, count: Count, name: str, words: Sequence[Hit], said: str) -> BoundFact | None:
        """The first fact of one object alone that has figures."""
        for bound in about(self._prose, frozenset({name}), ""):
            fact = bound.fact
            if fact.zero or not bound.quantities or not _has_measure(bound, count.numeral.unit):
                continue
            if says(bound, self._whole, words) is not None and self._has_when(
                bound, count.numeral.start, said
            ):
                return bound
        return None

    def _staying(self, count: Count, words: Sequence[Hit]) -> list[Hit]:
        """The last word before that holds for the rest of the sentence, where the clause has none."""
        staying = self._prose.staying
        if any(hit.names & staying for hit in words):
            return []
        last = bisect_left(self._starts, count.numeral.start)
        near = self._hits[max(0, last - _NEAR) : last]
        return [hit for hit in near if hit.names & staying][-1:]

    def _statement(
        self,
        bound: BoundFact,
        count: Count,
        spans: Sequence[Span],
        hits: Sequence[Hit],
        words: Sequence[Hit],
        counted: Heads,
        used: tuple[Hit, ...],
    ) -> Statement | None:
        number = count.numeral
        own = sorted({*used, *counted.hits} & {*hits}, key=lambda hit: hit.start)
        named = bool(counted.hits) and not counted.names & self._prose.passing
        if not own or not self._is_plain(count, spans, hits, own, named=named):
            return None
        start = min(own[0].start, number.start)
        end = max(max(hit.end for hit in own), number.end + len(number.unit))
        if bound.quantities and self._is_less(start, spans, own):
            return None
        by = next((w for w in bound.says if w <= frozenset().union(*(h.names for h in used))), frozenset())
        weak = bool(by & self._prose.weak)
        listed = self._is_listed(count) or count.clause.parent is not None
        held = [name for hit in words for name in sorted(hit.names & self._prose.staying)]
        own_held = any(hit.names & self._prose.staying for hit in hits)
        return Statement(
            bound,
            self._text,
            self._sentence,
            start,
            end,
            number,
            listed=listed,
            weak=weak,
            bound_to=held[-1] if held and counted.names & self._prose.passing else "",
            what=self._what(count) if own_held or not held else "…",
        )

    def _what(self, count: Count) -> str:
        """What is left of the clause up to the number: by it the number is told from another of the fact."""
        place = count.numeral.start
        clause = Span(max(count.clause.start, place - _AHEAD), place)
        return without_glue("".join(unknown(self._whole, (clause,), self._within((clause,)))))

    def _is_plain(
        self, count: Count, spans: Sequence[Span], hits: Sequence[Hit], own: Sequence[Hit], *, named: bool
    ) -> bool:
        """True if the words that count stand at the number, with nothing between that is not understood."""
        number = count.numeral
        unit_end = number.end + len(number.unit)
        first = [hit for hit in own if hit.start < number.start]
        second = [hit for hit in own if hit.start >= number.start]
        gaps: list[tuple[int, int]] = []
        before, behind = spans[:-1], spans[-1]
        if first:
            telling = [hit for hit in first if not hit.names <= self._prose.staying] or first
            at = first[-1].end if named else telling[0].end
            gaps += [(max(at, span.start), span.end) for span in before if span.end > at]
        if second:
            gaps += [(unit_end, second[0].start), (second[-1].end, behind.end)]
        elif not named:
            gaps.append((behind.start, behind.end))
        known = [hit for hit in hits if not hit.names <= self._prose.foreign]
        return all(is_understood(self._whole, start, end, known) for start, end in gaps)

    def _is_less(self, start: int, spans: Sequence[Span], own: Sequence[Hit]) -> bool:
        """True if the words speak of another time or body, or of a part."""
        clause = self._sentence.clause_at(start)
        first = min(start, self._leads.get(clause, start))
        lead = Span(max(clause.start, first - _AHEAD), first)
        if any(self._is_aside(span, own) for span in (lead, *spans)):
            return True
        ahead = self._whole[max(clause.start, start - _AHEAD) : start]
        behind = self._whole[spans[-1].start : spans[-1].end] + self._remark(spans[-1].end)
        if other_body(ahead, self._context.names):
            return True
        return _whole_year(self._prose).is_left(self._sentence.before(start), behind, self._context.year)

    def _remark(self, place: int) -> str:
        """What stands in parentheses right there, if it counts nothing itself."""
        inside = self._sentence.in_parentheses(self._sentence.clause_at(place))
        if inside is None or self._whole[place : place + 1] != "（" or inside[1] - inside[0] > _AHEAD:
            return ""
        return "" if any(numerals(self._whole, *inside)) else self._whole[slice(*inside)]

    def _is_aside(self, span: Span, own: Sequence[Hit]) -> bool:
        """True if a stretch makes less of what is said; what stands wholly in the words said is theirs."""
        text, start, end = self._whole, span.start, span.end
        aside = [match.span() for match in _whole_year(self._prose).aside.finditer(text, start, end)]
        if any(not _is_within(found, own) for found in aside):
            return True
        narrowed = narrowings(text, start, end, self._prose.about)
        return any(not _is_within(found, self._within((span,))) for found in narrowed)

    def _with_others(
        self, statement: Statement, counted: Heads, topic: str, words: Sequence[Hit], used: tuple[Hit, ...]
    ) -> Statement:
        """The statement with further facts of its group that the same words name."""
        fact = statement.fact.fact
        if not (fact.group and fact.part):
            return statement
        added: list[BoundFact] = []
        others: list[BoundFact] = []
        spots = [used]
        for bound in about(self._prose, counted.names, topic):
            if bound is statement.fact or bound.fact.group != fact.group or not bound.fact.part:
                continue
            found = says(bound, self._whole, words)
            if not found or found == used:
                continue
            joined = any(self._are_joined(found, spot) for spot in spots)
            (added if joined else others).append(bound)
            spots += [found] * joined
        return replace(statement, added=tuple(added), others=tuple(others))

    def _are_joined(self, one: tuple[Hit, ...], other: tuple[Hit, ...]) -> bool:
        first, second = sorted((one[0], other[0]), key=lambda hit: hit.start)
        return first.end <= second.start and joins(self._whole[first.end : second.start])

    def _before(self, count: Count) -> tuple[Span, ...]:
        """What stands before a number, from the last 其中 on."""
        spans = []
        for span in count.before:
            first, last = bisect_left(self._marks, span.start), bisect_left(self._marks, span.end)
            spans.append(Span(self._marks[last - 1] if last > first else span.start, span.end))
        return tuple(spans)

    def _behind(self, count: Count) -> Span:
        """What stands behind, as far as it says what the number counts: 3件全部公开 counts what is before."""
        start, end = count.behind.start, count.behind.end
        ends = [_COMPARED.search(self._whole, start, end)]
        if any(not hit.names & self._prose.objects for hit in self._within(count.before)):
            ends.append(_EVERY.search(self._whole, start, end))
        return Span(start, min((match.start() for match in ends if match), default=end))

    def _is_listed(self, count: Count) -> bool:
        """True behind 其中 and its like: up to the next semicolon it is parts that are counted."""
        place = count.numeral.start
        left, _ = around(self._whole, place, place, PART)
        holders: list[Clause | None] = [None]
        holder = count.clause.parent
        while holder is not None:
            holders.append(holder)
            holder = holder.parent
        first, last = bisect_left(self._marks, left), bisect_left(self._marks, place)
        marks = self._marks[max(first, last - _NEAR) : last]
        return any(self._sentence.clause_at(mark).parent in holders for mark in marks)

    def _is_new(self, count: Count, counted: Heads) -> bool:
        """True if the number counts other things than what its 其中 stands behind: no part of them."""
        mark = self._marks[bisect_left(self._marks, count.numeral.start) - 1]
        last = bisect_left(self._starts, mark)
        before = [hit.names & self._prose.objects for hit in self._hits[max(0, last - _NEAR) : last]]
        named = [names - self._prose.passing for names in before if names - self._prose.passing]
        return bool(counted.names and named) and counted.names.isdisjoint(named[-1])

    def _is_speech(self, number: Numeral) -> bool:
        """True for 办结一件申请、解决一个问题: no figures, but what is striven for."""
        if self._whole[number.digits : number.end] != "一":
            return False
        return len(_ONES.findall(self._whole, self._sentence.start, self._sentence.end)) > 1

    # Denials -------------------------------------------------------------------------------------------

    def _denial(self, denial: Denial) -> Iterator[Statement]:
        """The statement that there is none; of several objects, where no fact has them together."""
        hits = self._within(denial.words)
        counted = chain(self._prose, self._whole, [hit for hit in hits if hit.names & self._prose.objects])
        words = [
            hit
            for hit in hits
            if not hit.names & self._prose.objects and not hit.names & (self._prose.weak | {YEAR})
        ]
        if not hits or (denial.verb and not self._begins_known(denial, hits)):
            return
        bound = self._denied(denial, counted.names, words)
        if bound is not None:
            yield from self._none(bound, denial, hits, counted, words)
            return
        for name in sorted(counted.names) if len(counted.names) > 1 else ():
            bound = self._denied(denial, frozenset({name}), words)
            if bound is not None:
                yield from self._none(bound, denial, hits, counted, words)

    def _denied(self, denial: Denial, names: frozenset[str], words: Sequence[Hit]) -> BoundFact | None:
        """The first fact that says what is denied, those that say there is none before others."""
        said, topic = plain(self._whole, denial.words), self.topic(denial.clause)
        facts = about(self._prose, names, topic)
        for bound in sorted(facts, key=lambda bound: not bound.fact.zero):
            if not bound.fact.zero and not (bound.says and bound.quantities):
                continue
            if not denies(bound, self._whole, words):
                continue
            if self._has_when(bound, denial.start, said):
                return bound
        return None

    def _none(
        self,
        bound: BoundFact,
        denial: Denial,
        hits: Sequence[Hit],
        counted: Heads,
        words: Sequence[Hit],
    ) -> Iterator[Statement]:
        own = sorted({*words, *counted.hits}, key=lambda hit: hit.start)
        if not own:
            return
        last = denial.words[-1].end
        if not is_understood(self._whole, own[-1].end, last, hits):
            return
        start = denial.start if denial.behind else own[0].start
        if self._is_less(start, denial.words, own):
            return
        vague = (
            any(not is_understood(self._whole, span.start, span.end, hits) for span in denial.words)
            and denial.behind
        )
        end = max(own[-1].end, denial.end)
        number = Numeral(end, denial.start, end, NOTHING.low, NOTHING)
        yield Statement(bound, self._text, self._sentence, start, end, number, vague=vague)

    def _begins_known(self, denial: Denial, hits: Sequence[Hit]) -> bool:
        """True if a verb follows that says of something that it is there: 未收到, but not 未减免."""
        first = hits[0].start
        return (
            is_glue(self._whole[denial.end : first]) or self._whole[denial.end : denial.end + 1] in "有因被"
        )

    # Both ----------------------------------------------------------------------------------------------

    def _within(self, spans: Sequence[Span]) -> tuple[Hit, ...]:
        found: list[Hit] = []
        for span in spans:
            found += self._hits[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        return tuple(found)

    def _has_when(self, bound: BoundFact, start: int, said: str) -> bool:
        when = bound.fact.when
        return not when or any(word in self._sentence.before(start) + said for word in when)


def _without_weak(said: Said) -> Said:
    """Weak words count beside others of their group only, and not where they are a part of one of these."""
    strong = [statement for statement in said.statements if not statement.weak]
    if len(strong) == len(said.statements):
        return said

    def counts(weak: Statement) -> bool:
        group = [other for other in strong if other.fact.fact.group == weak.fact.fact.group]
        within = weak.listed and any(other.fact.fact.part and not other.listed for other in group)
        return bool(group) and not within

    kept = tuple(statement for statement in said.statements if not statement.weak or counts(statement))
    lost = tuple(statement.numeral for statement in said.statements if statement not in kept)
    return Said(kept, (*said.unread, *lost))


def _is_within(bounds: tuple[int, int], hits: Sequence[Hit]) -> bool:
    return any(hit.start <= bounds[0] and bounds[1] <= hit.end for hit in hits)


def _has_measure(bound: BoundFact, unit: str) -> bool:
    wanted = bound.fact.measures
    return unit in wanted if wanted else unit in _COUNTED or unit == bound.fact.unit


@cache
def _whole_year(prose: Prose) -> WholeYear:
    return WholeYear(prose.elsewhere, prose.whole, prose.aside)
