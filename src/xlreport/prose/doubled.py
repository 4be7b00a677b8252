"""Words written twice in a row, and items that stand twice in one enumeration.

Chinese doubles words on purpose (人人, 研究研究, 一件一件) and words that end and begin alike meet
(目的的实现, 县政府政府网站): both are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.expression import Expression
from xlreport.prose.alphabet import Folded
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import CLAUSE, PARENTHESES, pieces

_PARTICLES: dict[str, tuple[str, str]] = {
    # particle: (characters with which a word ends in it, characters with which a word begins with it)
    "的": ("目标有鹄", "确士"),
    "了": ("明为除终末不罢知完临", "解结断了却然之"),
    "和": ("平温调中缓饱总谐柔随祥附共掺应", "谐平睦解美气善好蔼面缓约牧田"),
    "在": ("存现正实潜内外所自好旨意健何", "建编职岗校籍线册场位读握座乎意于地"),
    "是": ("于凡还但可只若要便就都正不总而算既或像甚真更也即", "非否"),
    "与": ("参给赋授寄干", "会其时共众世否"),
    "对": ("反针绝相面应校核派结配", "象口外内策接照比方手应立待话标等付账"),
    "我": ("自", ""),
    "已": ("而", ""),
    "按": ("", "摩"),
    "被": ("棉毛植", "子褥单"),
    "也": ("", ""),
    "但": ("非不", ""),
    "于": ("", "是"),
    "到": ("", "位期达底处来场会访账货岗任"),
    "其": ("尤及与极何", "他它中余实次间"),
    "均": ("平人户", "衡等匀"),
    "为": ("行作认以因称成视列改名何人较最极更尤", "民了何人期主止首限"),
    "将": ("即必终行", "来要士领军近"),
    "及": ("以普涉危顾累提触论言推", "时格早至第其"),
    "并": ("合兼吞", "联入购网存行轨且非列发"),
}
_DOUBLED_PARTICLE = Expression(f"([{''.join(_PARTICLES)}])\\1")
_DOUBLED_WORD = Expression(r"([\u3400-\u9fff]{2,8})\1")
_NUMERAL = frozenset("一二三四五六七八九十百千万亿〇零两")
_MEANT = frozenset(
    (
        *("研究", "讨论", "了解", "商量", "考虑", "学习", "关心", "熟悉", "整理", "调查", "休息"),
        *("交流", "介绍", "沟通", "协调", "锻炼", "体验", "感受", "很多", "非常", "许多", "好多"),
        *("多少", "逐个", "逐项", "逐条", "年度", "政府", "彼此", "某某"),
    )
)
_COMPOUNDS = (
    "服务中",
    "服务大",
    "服务窗",
    "服务热",
    "服务平",
    "服务事",
    "机关党",
    "机关事",
    "部门间",
    "部门规",
)
"""How words begin that often follow another which ends alike: 政务服务服务中心. A form adds its own."""

_INTRODUCED = Expression(r".*(?:涵盖|包括|包含|涉及|分为|设有|设置|开设|发布|公开了?|即|如|有|是)")
_TAIL = Expression(r"(?:等|共计?|[0-9]|及时|均|都).*")
_FEWEST = 3
"""Items of an enumeration."""
_LONGEST_ITEM = 16


def doubled_words(folded: Folded, compounds: Sequence[str] = ()) -> Iterator[Passage]:
    """Every doubled particle, doubled word and repeated item of an enumeration.

    `compounds` are words that begin as another may end: 政务公开公开栏.
    """
    text = folded.text
    yield from _particles(text)
    yield from _words(text, (*_COMPOUNDS, *compounds))
    yield from _items(folded)


def _particles(text: str) -> Iterator[Passage]:
    for found in _DOUBLED_PARTICLE.finditer(text):
        ends, begins = _PARTICLES[found[1]]
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if (before and before in ends) or (after and after in begins):
            continue
        yield Passage(*found.span(), f"“{found[1]}”重复")


def _words(text: str, compounds: tuple[str, ...]) -> Iterator[Passage]:
    for found in _DOUBLED_WORD.finditer(text):
        readings = _readings(text, found[1], found.end())
        if not any(_meant(word) or text.startswith(compounds, start) for word, start in readings):
            yield Passage(*found.span(), f"“{found[1]}”重复")


def _readings(text: str, word: str, end: int) -> Iterator[tuple[str, int]]:
    """The doubled word and where it stands again; in 政务服务服务中心 服务, although 务服 is found first."""
    yield word, end - len(word)
    if text[end : end + 1] == word[0]:
        yield word[1:] + word[0], end - len(word) + 1


def _meant(word: str) -> bool:
    return word in _MEANT or word[0] in _NUMERAL or len(set(word)) == 1


def _named(item: str) -> str:
    """The first item without the words that introduce the enumeration."""
    introduced = _INTRODUCED.match(item)
    return item if introduced is None else item[introduced.end() :]


def _items(folded: Folded) -> Iterator[Passage]:
    text = folded.text
    for start, end in pieces(text, CLAUSE + PARENTHESES):
        if text.count("、", start, end) < _FEWEST - 1:
            continue
        seen: set[str] = set()
        for number, item in enumerate(text[start:end].split("、")):
            name = _named(item) if number == 0 else _TAIL.sub("", item)
            if 3 <= len(name) <= _LONGEST_ITEM:
                if name in seen:
                    shown = folded.quote(start, start + len(name))
                    yield Passage(start, start + len(name), f"同一列举中“{shown}”出现两次")
                seen.add(name)
            start += len(item) + 1
