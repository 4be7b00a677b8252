"""Whether two returns are of one unit."""

from __future__ import annotations

import pytest

from xlreport.round.twice import Held, doubles

LANXI, YUNZE = "岚溪县人民政府", "云泽县人民政府"


def held(name: str, office: str = LANXI, code: str = "", content: str = "") -> Held:
    return Held(office or name, office, name, code, content or f"{office}{name}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (held("民政局"), held("民政局", YUNZE)),
        (held("民政局", code="1"), held("民政局", YUNZE, code="2")),
        (held("民政局", code="1"), held("财政局", YUNZE, code="1")),
        (held("民政局", code="无"), held("民政局", YUNZE, code="无")),
        (held("岚溪县民政局", code="1"), held("岚溪县民政局", YUNZE, code="2")),
        (held("岚溪县民政局"), held("岚溪县民政局", content="x")),
        (held("民政局"), held("民政局", "")),
    ],
)
def test_units_that_may_well_be_two_are_left_alone(one: Held, other: Held) -> None:
    assert doubles([one, other]) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (held("民政局", content="x"), held("财政局", YUNZE, content="x")),
        (held("民政局", code="LX-1"), held("民 政局", YUNZE, code="lx-1")),
        (held("岚溪县民政局"), held("岚溪县民政局", YUNZE)),
        (held("岚溪县民政局", code="1"), held("岚溪县民政局", YUNZE)),
        (held("岚溪县民政局"), held("岚溪县民政局", "")),
    ],
)
def test_one_unit_is_known_in_both(one: Held, other: Held) -> None:
    assert doubles([one, other]) == {one.line: [(one, other)], other.line: [(other, one)]}
