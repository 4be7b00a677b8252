"""Whether a sentence speaks of the unit's whole year, or of another time, a part of it, or another body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.lexicon import Lexicon
from xlreport.prose.phrases import any_of

_YEAR = Expression("(?=[0-9])(?<![0-9])(?<!转)(?<!转[到至入])([0-9]{4})年(?![0-9]{1,2}月|度?结转)")
"""Not one to or from which something is carried over."""
_ENDS_IN_BODY = Expression(
    "(?:局|委|委员会|镇|乡|街道|办事处|县|区|市|公司|法院|检察院|医院|学校|中心|支队|大队)"
    "(?:人民政府|政府|机关|办公室)?(?:共|全年|累计|依法|已|均|另外?)*$"
)
_BODY = Expression(rf"[\u4e00-\u9fff]{{1,20}}?{_ENDS_IN_BODY.pattern}")
_OTHERS = Expression(
    r"(?:^|(?<=[，；。]))(?:[0-9]{4}年度?|全年|本年度?|此外，?|另外?，?)*"
    r"(?:全[\u4e00-\u9fff](?:各级)?(?!各|行政|政府|国家)[\u4e00-\u9fff]{2,6}(?:机关|系统)"
    r"|各(?:县|市|区|镇|乡|街|分局|支局|基层|派出|直属|下属|所属|隶属)[^，。；：0-9部]{0,12}?)"
    r"(?:总?共|合计|全年|累计|依法|已|均|另外?)*(?=[收受办答新接])"
)
"""All of one trade in the area, or its parts, with numbers of their own: 全州公安机关, 各分局."""
_AGAIN = Expression(r"[；。]|(?:我|本)(?:局|委|办|厅|院|校|会|站|所|镇|乡|街道|单位|机关|部门|中心|级)")
"""From here on the sentence is about the unit again."""
_OWN = Expression(r"(?:我|本|全|各|该)[^我本全各该]{1,4}$")
_MEANS = Expression(r"通过|依托|利用|借助|在|经|向|对|由于|因")
_PARTY = Expression("以([^，。；：（）0-9]{1,30}?)为被(?:申请人|告)")
_SHORTEST = 3
"""Characters of a short name that tell it from others."""
_COMPARED = Expression(r"(?:[比较]|与|同|相比)(?:上一?个?年度?|去年|前年|[0-9]{4}年度?)[^，。；]*")
_SINCE = Expression("(?:[0-9]{4}年?度?|今年|本年|一年)以来")
"""All of the year that is named."""
_LAST_YEARS = Expression(
    "上一?个?年度?(?:我[局委办厅院校会县市区镇乡]|本(?:局|委|办|厅|院|校|会|机关|单位|级)|全年|总?共|实际|累计)*$"
)
"""What follows at once is last year's, unless it is what was carried over from it: 上年收到…, 上年复议…."""
_CARRIED = ("结转", "转结", "遗留")
_CAUSED = Expression(r"[因由就](?:上一?年度?|[0-9]{4}年度?)[^，。；]{0,24}?(?:引起|引发|产生|提起|导致)")
_MODIFIER = Expression(
    r"(?=[涉关有针集因由就类])(?:(?:涉及|关于|有关(?!政府|信息)|针对)[^，。；：\n]{1,30}?的|集中在"
    r"|(?:因|由|就)[^，。；：\n]{1,30}?(?:引起|引发|产生|提起|导致)"
    r"|(?<![各此其这两几同分四三])(?P<kind>类的?))"
)
_FIELDS = Expression("、[^，。；：]{1,20}等(?:多个|各个|诸多)?(?:领域|方面|内容|问题|事项)的$")
"""Fields that are listed for what all of it was about: 涉及征地、规划等领域的."""
_SUFFIX = Expression(r"(?:共|全年|累计|依法|已|均|另外?)*$")


@frozen
class Leads:
    """What leads a sentence away from the unit's whole year and back; `aside` makes less of a clause.

    They are expressions, because a form is kept ready with them: phrases need not be read at each start.
    """

    elsewhere: Expression
    whole: Expression
    aside: Expression


def leads(elsewhere: Sequence[str] = (), whole: Sequence[str] = (), aside: Sequence[str] = ()) -> Leads:
    """These phrases. Raises PhraseError."""
    return Leads(any_of(elsewhere), any_of(whole), any_of(aside))


class WholeYear:
    """What leads a sentence away from the unit's whole year, of any kind.

    A modifier makes less of a clause too, unless it names what all is `about`; `nouns` may follow 类
    (征地类申请).
    """

    def __init__(self, leads: Leads, about: tuple[str, ...], nouns: Sequence[str]) -> None:
        self._elsewhere, self._whole, self._aside = leads.elsewhere, leads.whole, leads.aside
        self._about, self._nouns = about, tuple(filter(None, nouns))

    def is_left(self, before: str, behind: str, year: int | None) -> bool:
        """True if the words before, or those behind in the clause, speak of another time or body."""
        if self._elsewhere.search(behind) is not None:
            return True
        before = _CAUSED.sub("", _COMPARED.sub("", before))
        if _LAST_YEARS.search(before) is not None and not behind.startswith(_CARRIED):
            return True
        before = _SINCE.sub(lambda match: match[0].removesuffix("以来"), before)
        away = max((match.end() for match in self._elsewhere.finditer(before)), default=0)
        back = max((match.end() for match in self._whole.finditer(before)), default=0)
        for match in _YEAR.finditer(before):
            if year is None or int(match[1]) == year:
                back = max(back, match.end())
            else:
                away = max(away, match.end())
        return away > back

    def asides(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Where phrases make less of what is said there."""
        return [match.span() for match in self._aside.finditer(text, start, end)]

    def narrowings(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Where modifiers make the words speak of a part only: 涉及征地的, 征地类."""
        return [match.span() for match in _MODIFIER.finditer(text, start, end) if self._narrows(match)]

    def _narrows(self, modifier: re.Match[str]) -> bool:
        text = modifier.string
        if modifier["kind"] is None:
            return not any(word in modifier[0] for word in self._about) and not _names_all_fields(modifier)
        is_noun = text.startswith(self._nouns, modifier.end(), modifier.endpos)
        return is_noun and not text.endswith(self._about, modifier.pos, modifier.start())


def _names_all_fields(modifier: re.Match[str]) -> bool:
    """True for fields that are listed, unless the sentence has others: 涉及甲、乙等方面5件，涉及丙1件."""
    text, kind = modifier.string, modifier[0][:2]
    first = text.rfind("。", 0, modifier.start()) + 1
    last = text.find("。", modifier.end())
    others = text.count(kind, first, last if last >= 0 else len(text)) > 1
    return _FIELDS.search(modifier[0]) is not None and not others


def other_body(before: str, names: Sequence[str], words: Lexicon) -> bool:
    """True if the clause up to there ends in the name of a body that is not the unit: 某县公安局收到…

    Before the name may stand `words` of what is done: 办理某县公安局….
    """
    found = _BODY.search(before) if _ENDS_IN_BODY.search(before) is not None else None
    if found is None:
        return False
    name = _named(_SUFFIX.sub("", found[0]), words).removeprefix("年").removeprefix("度").removesuffix("机关")
    return name != "" and _MEANS.match(name) is None and not _is_own(name, names)


def others(before: str) -> bool:
    """True if the sentence up to there is about bodies beside the unit: 各分局共收到9件，答复8件."""
    if "全" not in before and "各" not in before:
        return False
    last = max((match.end() for match in _OTHERS.finditer(before)), default=-1)
    return last >= 0 and _AGAIN.search(before, last) is None


def _named(name: str, words: Lexicon) -> str:
    """The name without what is done to the body; a word may be a part of a short name: 信访局."""
    last = max((hit.end for hit in words.hits(name, 0, len(name))), default=0)
    return name[last:] if not 0 < len(name) - last < _SHORTEST else name


def other_party(said: str, names: Sequence[str]) -> bool:
    """True if these words tell of a case against another than the unit: 以县政府为被申请人的."""
    return "为被" in said and any(not _is_own(found[1], names) for found in _PARTY.finditer(said))


def _is_own(name: str, names: Sequence[str]) -> bool:
    """True for 我局 and for the unit's name or a short form of it: 某县住建局 of 某县住房和城乡建设局."""
    if _OWN.search(name) is not None:
        return True
    spelt = (name, name.replace("政府", "人民政府"))
    return any(one in own or one.endswith(own) or _shortens(one, own) for own in names for one in spelt)


def _shortens(name: str, full: str) -> bool:
    """True if the characters of a name stand in the full one, in their order, and both end alike."""
    if len(name) < _SHORTEST or name[-1] != full[-1:]:
        return False
    at = -1
    for char in name:
        at = full.find(char, at + 1)
        if at < 0:
            return False
    return True
