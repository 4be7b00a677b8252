"""Names of attachments and other words of a mail's head, whatever program wrote them.

The standard ways (encoded words, RFC 2231) and what real programs do: an encoded word that ends within a
character, GBK called gb2312, raw bytes of GBK or UTF-8, percent signs in a plain name.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import unquote_to_bytes

from xlreport.cleaning import one_line

_WORD = re.compile(r"=\?([^?*\s]*)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_PARAMETER = re.compile(
    r';\s*([^\s=;*"]+)(?:\*([0-9]{1,3}))?(\*)?\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL
)
_NO_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})|\s")
"""What stands in no name that was written with percent signs."""
_CHINESE = frozenset(
    {"gb2312", "gbk", "gb18030", "cp936", "ms936", "x-gbk", "euc-cn", "hz-gb-2312", "gb_2312-80"}
)
_MOST = 250


def head_text(raw: object) -> str:
    """A head's text as the standard library hands it over, in plain words."""
    return _words(_unfolded(_as_text(raw)))


def parameter(raw: object, name: str) -> str:
    """One parameter of a head such as Content-Disposition; "" where it has none of that name."""
    found = [
        (int(number or 0), bool(star), _unquoted(value))
        for key, number, star, value in _PARAMETER.findall(";" + _unfolded(_as_text(raw)).partition(";")[2])
        if key.casefold() == name
    ]
    if not found:
        return ""
    found.sort(key=lambda part: part[0])
    if any(is_extended for _, is_extended, _ in found):
        return _extended(found)
    return _percent(_words("".join(value for *_, value in found)))


def file_name(disposition: object, kind: object) -> str:
    """What an attachment is called: in Content-Disposition, else in Content-Type; never a path."""
    name = parameter(disposition, "filename") or parameter(kind, "name")
    return one_line(re.split(r"[/\\]", name.strip())[-1])[:_MOST].strip()


def decoded(data: bytes, charset: str = "") -> str:
    """Bytes as text: in the charset named, where that fails in UTF-8, then as Chinese programs write."""
    named = charset.strip().strip('"').casefold()
    for choice in (named and ("gb18030" if named in _CHINESE else named), "utf-8", "gb18030"):
        try:
            return data.decode(choice) if choice else data.decode("ascii")
        except (ValueError, LookupError):
            continue
    return data.decode("gb18030", "replace")


def _as_text(raw: object) -> str:
    """What stands there: bytes that are no ASCII are read as UTF-8, else as GB 18030."""
    return decoded(str(raw or "").encode("utf-8", "surrogateescape"))


def _unfolded(text: str) -> str:
    return re.sub(r"\r?\n(?=[ \t])", "", text)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r'\\(["\\])', r"\1", value[1:-1])
    return value


def _words(text: str) -> str:
    """Encoded words decoded; those of one charset side by side are one text, wherever they were cut."""
    text = _BETWEEN_WORDS.sub(r"\1", text)
    pieces = list(_pieces(text))
    parts = []
    for charset, group in groupby(pieces, key=lambda piece: piece[0]):
        joined = [content for _, content in group]
        if charset is None:
            parts += [str(content) for content in joined]
        else:
            parts.append(decoded(b"".join(c for c in joined if isinstance(c, bytes)), charset))
    return "".join(parts)


def _pieces(text: str) -> Iterator[tuple[str | None, bytes | str]]:
    """Plain texts (charset None) and the bytes of encoded words, in order."""
    end = 0
    for match in _WORD.finditer(text):
        if match.start() > end:
            yield None, text[end : match.start()]
        yield match[1].casefold(), _content(match[2], match[3])
        end = match.end()
    if end < len(text):
        yield None, text[end:]


def _content(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(data, header=True)
    plain = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return base64.b64decode(plain[: len(plain) // 4 * 4])


def _extended(found: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: `charset'language'` before the first piece, percent signs in those with a star."""
    charset, first = "", found[0][2]
    if found[0][1] and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
    values = [first, *(value for *_, value in found[1:])]
    parts = (
        unquote_to_bytes(value) if star else value.encode("utf-8", "surrogateescape")
        for (_, star, _), value in zip(found, values, strict=True)
    )
    return decoded(b"".join(parts), charset)


def _percent(text: str) -> str:
    """A plain name whose characters some program wrote with percent signs: all of them, or none."""
    if "%" not in text or _NO_PERCENT.search(text):
        return text
    plain = decoded(unquote_to_bytes(text))
    return text if "\ufffd" in plain else plain
