"""The functions a formula may use, and what to do instead of the best known others."""

from __future__ import annotations

from collections.abc import Mapping

MOST_ARGUMENTS = 255
"""Excel's limit for one call."""

FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "SUM": (1, MOST_ARGUMENTS),
    "MIN": (1, MOST_ARGUMENTS),
    "MAX": (1, MOST_ARGUMENTS),
    "COUNT": (1, MOST_ARGUMENTS),
    "COUNTA": (1, MOST_ARGUMENTS),
    "ABS": (1, 1),
    "ROUND": (2, 2),
    "INT": (1, 1),
    "MOD": (2, 2),
    "IF": (3, 3),
    "AND": (1, MOST_ARGUMENTS),
    "OR": (1, MOST_ARGUMENTS),
    "NOT": (1, 1),
    "ISBLANK": (1, 1),
    "LEN": (1, 1),
}
"""Name to the fewest and the most arguments."""

_VOLATILE = frozenset(
    {"NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "OFFSET", "INDIRECT", "CELL", "INFO"}
)

_INSTEAD: Mapping[str, str] = {
    "AVERAGE": "write SUM(…) / COUNT(…)",
    "CONCAT": "join texts with &",
    "CONCATENATE": "join texts with &",
    "COUNTBLANK": "compare COUNTA(…) with the number of cells",
    "IFERROR": "ask for the cause first, as in IF(b = 0, 0, a / b)",
    "IFS": "nest IF(…, …, …)",
    "POWER": "write a ^ 2",
    "PRODUCT": "write a * b",
    "ROUNDDOWN": "use ROUND or INT",
    "ROUNDUP": "use ROUND or INT",
    "TRUNC": "use INT",
    "XOR": "compare two conditions with <>",
}


def instead_of(name: str) -> str:
    """What an author should do instead of calling `name` (in capitals), a function that is refused."""
    if name in _VOLATILE:
        return "its result changes without any input changing, so it could not be verified"
    return _INSTEAD.get(name, "use one of " + ", ".join(FUNCTIONS))
