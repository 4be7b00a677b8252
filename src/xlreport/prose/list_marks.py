"""The words behind which a list of parts stands."""

from __future__ import annotations

from xlreport.expression import Expression, behind

_INNER = "其中|内有|包括|分别(?:是|为)"
_IN = behind("，；。\n", "在")
_AMONG = rf"{_IN}[^，。；：0-9（）]{{0,10}}(?:信息|申请|件|事项|结果|答复)中(?=，)"
INNER = Expression(_INNER)
"""These open a list within a list as well."""
AMONG_THESE = Expression(_AMONG)
"""在主动公开的信息中，甲a条、乙b条: what was counted before is broken down."""
PARTS_FOLLOW = Expression(rf"{_INNER}|{_AMONG}|具体(?:是|为)|按[^，。；：0-9（）]{{2,10}}分")
LIST_OPENS = Expression(f"{PARTS_FOLLOW.pattern}|含")
"""What is counted in may be a list as well."""
DIVIDED = "按"
"""Behind another list this begins the words by which the same total is broken down once more: 按申请人分，
自然人a件、法人b件.
"""
LEADS = Expression(
    "(?=[内结情具分从就])(?:内容(?:主要)?(?:涉及|涵盖|包括)|(?P<results>(?:结果|情况|具体|分别)如下)"
    "|(?<![^，。；：\n])[从就][^，。；：0-9（）]{1,12}(?:来看|看|来说))"
)
"""These only lead to a list; others may lead to less."""
AMONG_WHICH = "其中"
