"""Web pages saved with all that belongs to them in one file (.mht): a mail whose first page is the one."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import compat32

from xlreport.formats.foreign import Unopened

_HEAD = re.compile(rb"\A\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,40}", re.IGNORECASE)
_MOST_PARTS = 500


def is_mht(data: bytes) -> bool:
    """True for a page packed like a mail."""
    head = _HEAD.match(data[:20_000])
    return head is not None and b"content-type:" in head[0].lower()


def page_in(data: bytes) -> bytes:
    """The page's bytes. Raises Unopened where there is none."""
    for number, part in enumerate(message_from_bytes(data, policy=compat32).walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    raise Unopened("网页文件（.mht）里没有网页", "请用浏览器打开后另存为“网页，仅 HTML”")
