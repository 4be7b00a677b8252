"""Every damage of the table gives the findings it should, at their level, and no others."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from damage import DAMAGES, Damage, answer

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: f"{damage.group}：{damage.name}")
def test_a_damage_is_answered_and_no_echo_drowns_it(damage: Damage) -> None:
    found = answer(damage)
    assert {finding.id: finding.severity.value for finding in found} == dict(damage.expect)
    assert len(found) == len(damage.expect)
    assert all(finding.message.endswith(("。", "”")) or "，" in finding.message for finding in found)
    assert bool(damage.why) == (not found)


def test_every_damage_has_a_name_of_its_own() -> None:
    names = Counter((damage.group, damage.name) for damage in DAMAGES)
    assert names.most_common(1)[0][1] == 1


def test_the_page_of_damages_is_current() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    import damage_page

    page = (ROOT / damage_page.PAGE).read_text(encoding="utf-8")
    assert page == damage_page.page(), "it is out of date: run make docs"
