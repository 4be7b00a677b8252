"""Words that add nothing to what a number counts: 全年, 共, 已依法, 件数, and those of a form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from xlreport.expression import Expression
from xlreport.prose.lexicon import Lexicon, WordSet, words_of

_GENERAL = words_of(
    """
全年 年内 本年 本年度 今年 当年 年度 年度内 一年来 全年度 截至年底 截止年底 年底 报告期内 期内 实际 共
共计 合计 总计 累计 总共 一共 计 达 达到 为 是 有 共有 分别 已 已经 均 都 全部 依法 依规 依法依规 按时
按期 及时 按规定 按要求 规范 如期 全面 顺利 严格 积极 认真 高质量 按照规定 在规定时限内 在规定期限内
在法定期限内 在法定时限内 期限内 时限内 按规 完成 进行 按照要求 按照相关要求 按相关要求 按相关规定
按照相关规定 在规定时间内 在法定时间内 逐一 妥善 为主 在 的 了 之 到 至 于 入 过 并 等 中
数 数量 总数 总量 总件数 件数 件 个数 量 次数 数目 数为 案件 案 事项 情况 情形 现象
行为 工作 业务 内容 结果 其中 另 另有 另外 还有 还 包括 含 包含 其 约 共收 分为 属于
系 由 经 作出 做出 作 予以 予 给予 各类 各项 各种 有关 相关 新 新的 任何
书面 本级 当 继续 仍 尚 尚在 正在 本 该 我 各 全 内 后 因 而 以 需 应 被 提出 提交 提起 递交 向 来自 发生
产生 引起 引发 出现 涉及 关于 通过任何形式 以任何形式 领域 方面 机关 办公室 单位 部门 本机关 我局 本局 我委
我办 我县 我市 我区 我镇 我乡 全区 全县 全市 全镇 全省 我省 我街道 我中心 我厅 我院 我校 我单位 本单位 我会
属 恰好 最终 类 次 里 当中 之中 今年以来 一年以来 来 和 与 或 及 、 “ ” · - ：
"""
)
ARTICLE = Expression("第[一二三四五六七八九十百0-9]{1,6}条")
"""An article of a law, as the ground of what was done."""
_NOTE = Expression(
    "(?=[以外0-9（依根按《第])(?:^以?外$|[0-9]{4}年度?|（[^（）0-9]{0,30}）"
    "|以[^，。；：（）0-9]{1,30}为被(?:申请人|告)"
    rf"|(?:依据|根据|按照|依照|按|依)?(?:《[^》，。；]{{1,40}}》)?{ARTICLE.pattern}"
    "(?:第[一二三四五六七八九十0-9]{1,3}[款项])?第?(?:的?规定)?)"
)
"""The end of 除…外, years, remarks, the role in a case and the grounds of a decision."""
_MEANS = Expression("通过|利用|依托|借助|运用|在|上|[，、]")
CONJUNCTION = Expression("[、和与及或并]|以及|或者|并且")
"""What joins two words into one sum."""


class Glue:
    """The words of every office and those of one form, such as 申请 where all is about 申请."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = (*_GENERAL, *words)
        self._vocabulary = WordSet(self._words)

    def adds_nothing(self, text: str) -> bool:
        """True if these words leave a number what it is."""
        return all(self._vocabulary.makes(part) for part in _NOTE.split(text))

    def joins(self, text: str) -> bool:
        """True if these words join what stands before them with what stands behind: 公开和部分公开."""
        return CONJUNCTION.search(text) is not None and self.adds_nothing(text)

    def taken_out(self, text: str) -> str:
        """What is left of words that tell one thing from another: 审计 of 全年通过审计信息."""
        return "".join(map(self._lexicon.without, _NOTE.split(_MEANS.sub("", text))))

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon({"glue": self._words})
