"""One alphabet for all texts: what a text says, apart from how it was typed, and the way back to it.

    letters, digits   half-width and small; the digits of every script are 0 to 9
    marks             as Chinese is set: ，。；：！？（）〔〕“”; one kind of dash - ~, dot · and per cent %;
                      brackets of any kind behind a counted number are parentheses: 12件【网上9件】
    . and ,           only in numbers, addresses and abbreviations; elsewhere they are 。 and ，
    characters        as they are written today: 開 is 开
    line breaks       of every kind, and several in a row, are one
    blanks            one where it keeps letters or digits apart (1. 3家), else none; 12 000 is one number
    the invisible     none: zero-width, soft hyphens, variation selectors, signs of direction, control

Signs that are more than a letter (①, ², ㎡) stay: as digits they would run into the number beside them.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from xlreport.cleaning import clean
from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.passage import Passage

_UNSEEN = "\0"
_INVISIBLE = Expression(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
"""Default_Ignorable_Code_Point of Unicode without the format characters, and codes that are no characters."""
_LINE_BREAKS = "\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
_SAME_LETTER = ("", "wide", "narrow", "small", "vertical", "font", "compat")
"""Decompositions that change a character's looks only."""
_SIGNS = {
    "（": "(",
    "）": ")",
    "〔": "[【〖",
    "〕": "]】〗",
    "“": "「『〝",
    "”": "」』〞",
    "；": ";",
    "：": ":",
    "！": "!",
    "？": "?",
    "-": "‐‑‒–—―−⁃─━",
    "~": "〜∼∽",
    "·": "•‧∙⋅・",
    "%": "٪",
    "…": "⋯",
}
_TRADITIONAL = dict(
    zip(
        "請開復覆結轉無處訴訟範規條項個維糾應對業會務發議許罰強費萬億現廢製決協當與類總數屬機關審況辦經續內據產電郵網絡鎮鄉縣區衛學國實擬從級計訂認證"
        "該說調論護質責資違運還達過遞選適錄長間階難題餘駁見動單報權為爲衆眾係訪較誤籤編號書門員體補佔併後於歸檔傳優準減勞勢壓廳廣愛擔擴斷時術標樣樓歷"
        "歲殘濟災獎環畫異確稅種積穩約紀納細終組統綜縮績義習職聯聽腦舉舊藝藥蓋觀觸訊訓設評詢試詳語課講識譯讓財貫購賬贈車軟輪輯農進遠遲鄰針鐵鏈錯鑒閱陸"
        "陽隊隨險雙離響順須領頻顯風飛養館驗點齊佈盡滿漲幾兩參叄貳陳備債價側僅傷兒冊別則劃劉創勵嚴圍園圖場塊壞夠奪婦寫寶專尋導屆層島嶺帳帶幫庫張彙錶徵"
        "徹態慶慮憑戶執掃換損撥擇擊攜敗敵晝暫曉東極構橋檢歡氣漢潔濫灣煙熱營爭狀獨獲療監盤碼礎禮筆節簡簽糧紅純紙紹給絕綠緊線練縱織繳罷羅聞聲肅膽臨興葉"
        "蘇虛裝複診詞誠談諮變負貢貨貴買賓賞賠贊趙跡躍輔輕輸邊釋銀銷鎖閉陣際雜雲靈韋頁預頒願飯飲飾駐騰鮮麗龍祕",
        "请开复复结转无处诉讼范规条项个维纠应对业会务发议许罚强费万亿现废制决协当与类总数属机关审况办经续内据产电邮网络镇乡县区卫学国实拟从级计订认证"
        "该说调论护质责资违运还达过递选适录长间阶难题余驳见动单报权为为众众系访较误签编号书门员体补占并后于归档传优准减劳势压厅广爱担扩断时术标样楼历"
        "岁残济灾奖环画异确税种积稳约纪纳细终组统综缩绩义习职联听脑举旧艺药盖观触讯训设评询试详语课讲识译让财贯购账赠车软轮辑农进远迟邻针铁链错鉴阅陆"
        "阳队随险双离响顺须领频显风飞养馆验点齐布尽满涨几两参叁贰陈备债价侧仅伤儿册别则划刘创励严围园图场块坏够夺妇写宝专寻导届层岛岭帐带帮库张汇表征"
        "彻态庆虑凭户执扫换损拨择击携败敌昼暂晓东极构桥检欢气汉洁滥湾烟热营争状独获疗监盘码础礼笔节简签粮红纯纸绍给绝绿紧线练纵织缴罢罗闻声肃胆临兴叶"
        "苏虚装复诊词诚谈咨变负贡货贵买宾赏赔赞赵迹跃辅轻输边释银销锁闭阵际杂云灵韦页预颁愿饭饮饰驻腾鲜丽龙秘",
        strict=True,
    )
)
"""Characters of the old spelling that reports use, where the new one stands for them in every word."""
_SPELLINGS = {spelling: sign for sign, spellings in _SIGNS.items() for spelling in spellings}
_LOOSE = Expression("[ \0]|\n\n")
_APART = Expression("[ \n]+")
_COMMA = Expression(",(?!(?<=[0-9],)[0-9]{3}(?![0-9]))")
_WIDE_COMMA = Expression("(?<=[0-9])，(?=0[0-9]{2}(?![0-9]))")
"""A full-width comma in a number, as its next group begins with 0: no number in a list does."""
_STOP = Expression(r"(?<![0-9a-z ])( *)\.")
_REMARK = Expression("(?<=[0-9][件条份个项次起期篇场宗例部])〔([^〔〕（）\n]*)〕")
_GROUPS = Expression("(?<![0-9])[0-9]+(?: +[0-9]+)+")
_GROUP = Expression("[0-9]+")
_THOUSANDS = 3
_POINT = Expression("(?:^|[。；：，！？\n])[0-9]{1,2}[.](?= +[0-9])")
"""Behind such a number of a point a blank keeps it apart from the figure that follows: 1. 3家."""


class _Alphabet(dict[int, str]):
    """The character that stands for each character, made when that is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = sign = _sign(chr(code))
        return sign


_ALPHABET = _Alphabet()


@frozen
class Folded:
    """A text in the alphabet. `places` has the place in `source` of each of its characters, all from 0."""

    text: str
    places: Sequence[int]
    source: str

    def origin(self, at: int) -> int:
        """The place in the source of the character at that place; of the end, behind the last one."""
        if at < len(self.places):
            return self.places[at]
        return self.places[-1] + 1 if self.places else 0

    def quote(self, start: int, end: int) -> str:
        """What was really written there, on one line."""
        return " ".join(clean(self.source[self.origin(start) : self.origin(end - 1) + 1]).split())

    def find(self, *words: str) -> Iterator[Passage]:
        """Every place where one of these stands, however written; letters and digits only as a whole word."""
        for match in _pattern(words).finditer(self.text):
            yield Passage(*match.span())

    def holds(self, *words: str) -> bool:
        """True if there is any such place."""
        return _pattern(words).search(self.text) is not None


@lru_cache(maxsize=256)
def fold(source: str) -> Folded:
    """The text in the alphabet."""
    text = source.translate(_ALPHABET)
    places: Sequence[int] = range(len(text))
    if _UNSEEN in text:
        places = array("I", (place for place, char in enumerate(text) if char != _UNSEEN))
        text = text.replace(_UNSEEN, "")
    if "," in text:
        text = _COMMA.sub("，", text)
    if "，0" in text:
        text = _WIDE_COMMA.sub(",", text)
    if "." in text:
        text = _STOP.sub(r"\1。", text)
    if "〔" in text:
        text = _REMARK.sub(r"（\1）", text)
    if _LOOSE.search(text) is not None or text[:1] == "\n" or text[-1:] == "\n":
        text, places = _closed_up(text, places)
    return Folded(text, places, source)


def fold_words(words: str) -> str:
    """Words to look for, in the alphabet."""
    return fold(words).text


def _sign(char: str) -> str:
    """One character in the alphabet, apart from what stands around it."""
    category = unicodedata.category(char)
    if char in _LINE_BREAKS:
        return "\n"
    if category == "Zs" or char in "\t\x1f":
        return " "
    if category in ("Cc", "Cf", "Cs") or _INVISIBLE.match(char) is not None:
        return _UNSEEN
    if category == "Nd":
        return str(unicodedata.decimal(char))
    letter = _letter(char)
    if letter == "," and char != ",":
        return "，"
    small = letter.lower()
    return _SPELLINGS.get(letter) or _TRADITIONAL.get(letter, small if len(small) == 1 else letter)


def _letter(char: str) -> str:
    """The plain form of a letter or mark that is wide, narrow, vertical, in another font, …"""
    decomposition = unicodedata.decomposition(char)
    kind = decomposition[1 : decomposition.find(">")] if decomposition.startswith("<") else ""
    plain = unicodedata.normalize("NFKC", char) if kind in _SAME_LETTER else char
    return plain if len(plain) == 1 else char


def _closed_up(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The text without blanks, as far as they keep nothing apart, and each line break once."""
    joined = set(_within_numbers(text))
    points = {point.end() for point in _POINT.finditer(text)} if ". " in text else ()
    pieces: list[str] = []
    kept = array("I")
    at = 0
    for gap in _APART.finditer(text):
        start, end = gap.span()
        pieces.append(text[at:start])
        kept.extend(places[at:start])
        at = end
        if start == 0 or end == len(text):
            continue
        line_break = gap[0].find("\n")
        if line_break >= 0:
            pieces.append("\n")
            kept.append(places[start + line_break])
        elif start in points or (start not in joined and is_latin(text[start - 1]) and is_latin(text[end])):
            pieces.append(" ")
            kept.append(places[start])
    kept.extend(places[at:])
    return "".join((*pieces, text[at:])), kept


def is_latin(char: str) -> bool:
    """True for a letter or digit of the kind that words and numbers are made of with blanks between them."""
    return char.isascii() and char.isalnum()


def is_han(char: str) -> bool:
    """True for a Chinese character of the common planes."""
    return "\u3400" <= char <= "\u9fff"


def _within_numbers(text: str) -> Iterator[int]:
    """Where the blanks begin that stand within one number: 1 2 3, 12 000. Sure is that only up to its end."""
    for run in _GROUPS.finditer(text):
        start, end = run.span()
        if text[end : end + 1] in (".", ","):
            continue
        groups = [group.span() for group in _GROUP.finditer(text, start, end)]
        if text[start - 1 : start] in (".", ","):
            del groups[0]
        sizes = [last - first for first, last in reversed(groups)]
        single = sum(1 for _ in takewhile(lambda size: size == 1, sizes))
        whole = sum(1 for _ in takewhile(lambda size: size == _THOUSANDS, sizes))
        if 0 < whole < len(sizes) and sizes[whole] < _THOUSANDS:
            whole += 1
        for _, last in groups[len(groups) - max(single, whole) : -1]:
            yield last


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...]) -> Expression:
    """Finds one of these, a longer one before a shorter."""
    wanted = sorted(filter(None, map(fold_words, words)), key=len, reverse=True)
    return Expression("|".join(map(_as_pattern, wanted)) or "(?!)")


_BETWEEN = Expression("(?<=[0-9a-z])(?=[0-9a-z])")


def _as_pattern(wanted: str) -> str:
    """The words, whatever blanks stand between their letters and digits."""
    letters = _BETWEEN.sub(" ?", re.escape(wanted).replace("\\ ", " ?"))
    if is_latin(first := wanted[0]):  # the look back behind it: so such words are found faster
        letters = f"{first}(?<![0-9a-z]{first}){letters[1:]}"
    return f"{letters}(?![0-9a-z])" if is_latin(wanted[-1]) else letters
