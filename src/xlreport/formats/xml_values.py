"""Values of attributes as the programs that open a file take them, blanks around them included.

Format: XML Schema part 2, 3.2.2 (boolean), 3.2.5 (double); LibreOffice takes `on` and `t` too.
"""

from __future__ import annotations

from functools import lru_cache
from math import isfinite

_TRUE, _FALSE = frozenset({"1", "true", "on", "t"}), frozenset({"0", "false", "off", "f"})


def is_true(text: str | None) -> bool:
    """True for a stated yes."""
    return text is not None and (text in _TRUE or text.strip() in _TRUE)


def is_false(text: str | None) -> bool:
    """True for a stated no."""
    return text is not None and (text in _FALSE or text.strip() in _FALSE)


@lru_cache(maxsize=1024)
def is_less(size: str | None, least: float) -> bool:
    """True for a stated size below another one: `0`, `.5`, `1e-1`."""
    try:
        stated = float(size) if size is not None and "_" not in size else least
    except ValueError:
        return False
    return isfinite(stated) and stated < least
