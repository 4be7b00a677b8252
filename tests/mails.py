"""Mails for tests, written by hand: real programs do what the standard library would not."""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping, Sequence
from urllib.parse import quote

NAME = "岚溪县水务局2023年报.xlsx"
RARE = "垚堃喆镕局年报.xlsx"
"""Characters of GBK that GB 2312 does not have."""


def word(text: str, charset: str, label: str = "") -> bytes:
    """One encoded word."""
    return b"=?%s?B?%s?=" % ((label or charset).encode(), base64.b64encode(text.encode(charset)))


def split_word(text: str, charset: str, at: int) -> bytes:
    """Two encoded words, cut within a character."""
    data = text.encode(charset)
    parts = (base64.b64encode(part) for part in (data[:at], data[at:]))
    return b"\r\n ".join(b"=?%s?B?%s?=" % (charset.encode(), part) for part in parts)


def shapes(name: str = NAME) -> dict[str, bytes]:
    """Content-Disposition in nine shapes (and a few more) that programs give a name."""
    gbk, utf8 = name.encode("gbk"), name.encode()
    half = len(name) // 2
    continued = b"; ".join(
        b"filename*%d*=%s%s" % (n, b"gb18030''" if n == 0 else b"", quote(part, safe="").encode())
        for n, part in enumerate((gbk[:9], gbk[9:]))
    )
    return {
        "one word": b'attachment; filename="%s"' % word(name, "gbk"),
        "two words": b'attachment; filename="%s\r\n %s"'
        % (word(name[:half], "gbk"), word(name[half:], "gbk")),
        "2231": b"attachment; filename*=gb18030''%s" % quote(gbk, safe="").encode(),
        "2231 continued": b"attachment;\r\n %s" % continued,
        "cut in a character": b'attachment; filename="%s"' % split_word(name, "gbk", 7),
        "gbk called gb2312": b'attachment; filename="%s"' % word(name, "gbk", "gb2312"),
        "raw gbk": b'attachment; filename="%s"' % gbk,
        "raw utf-8": b'attachment; filename="%s"' % utf8,
        "percent": b'attachment; filename="%s"' % quote(utf8, safe="").encode(),
        "percent gbk": b"attachment; filename=%s" % quote(gbk, safe="").encode(),
        "q word": b"attachment; filename==?utf-8?Q?%s?=" % quote(utf8, safe="").replace("%", "=").encode(),
        "unknown charset": b'attachment; filename="%s"' % word(name, "gbk", "x-unknown"),
        "2231 utf-8": b"attachment; filename*=UTF-8''%s" % quote(utf8, safe="").encode(),
        "a path": b'attachment; filename="C:\\\\\xb1\xe0\\\\%s"' % gbk,
    }


def mail(
    files: Sequence[tuple[str | bytes, bytes]],
    sender: str = "",
    date: str = "",
    message_id: str = "",
    text: str = "请查收。",
    subject: str = "年报",
) -> bytes:
    """A mail with these files: a name, or a whole Content-Disposition, and the content of each."""
    head = [b"MIME-Version: 1.0", b"Subject: " + word(subject, "utf-8")]
    head += [b"From: <%s>" % sender.encode()] if sender else []
    head += [b"Date: " + date.encode()] if date else []
    head += [b"Message-ID: <%s>" % message_id.encode()] if message_id else []
    parts = [_part(b"text/plain; charset=utf-8", b"", text.encode())]
    parts += [_part(b"application/octet-stream", _disposition(name), data) for name, data in files]
    return _multipart(head, parts)


def forwarding(inner: bytes, sender: str = "", message_id: str = "") -> bytes:
    """A mail that has another inside it."""
    head = [b"MIME-Version: 1.0", b"Subject: Fw", b"From: " + sender.encode()]
    head += [b"Message-ID: <%s>" % message_id.encode()] if message_id else []
    return _multipart(head, [b"Content-Type: message/rfc822\r\n\r\n" + inner])


def _disposition(name: str | bytes) -> bytes:
    return (
        name if isinstance(name, bytes) else b"attachment; filename*=utf-8''" + quote(name, safe="").encode()
    )


def _part(kind: bytes, disposition: bytes, data: bytes) -> bytes:
    lines = [b"Content-Type: " + kind, b"Content-Transfer-Encoding: base64"]
    lines += [b"Content-Disposition: " + disposition] if disposition else []
    return b"\r\n".join(lines) + b"\r\n\r\n" + base64.encodebytes(data)


def _multipart(head: Sequence[bytes], parts: Sequence[bytes]) -> bytes:
    mark = b"=_x%d" % sum(map(len, parts))
    opened = b"\r\n".join([*head, b'Content-Type: multipart/mixed; boundary="%s"' % mark]) + b"\r\n\r\n"
    return (
        opened
        + b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts)
        + b"--"
        + mark
        + b"--\r\n"
    )


def winmail(files: Sequence[tuple[str, bytes]], encoding: str = "utf-16-le") -> bytes:
    """What Outlook wraps files in: names in Unicode, or in the sender's code page."""
    out = bytes.fromhex("789f3e22") + b"\1\0" + _attribute(1, 0x00069007, (936).to_bytes(8, "little"))
    for name, data in files:
        out += _attribute(2, 0x00069002, bytes(14))
        out += _attribute(2, 0x0006800F, data)
        out += _attribute(2, 0x00018010, b"A~1.XLS\0")
        out += _attribute(2, 0x00069005, _properties(name.encode(encoding), encoding == "utf-16-le"))
    return out


def _properties(name: bytes, is_unicode: bool) -> bytes:
    """A number, a property with a name of its own, two values of a kind, and the file's name."""
    kind, end = (0x1F, b"\0\0") if is_unicode else (0x1E, b"\0")
    named = struct.pack("<HH16sII8sI", 3, 0x8001, bytes(16), 1, 6, "键值".encode("utf-16-le") + b"\0\0", 5)
    many = struct.pack("<HHII4sI4s", 0x1102, 0x6000, 2, 3, b"abc", 4, b"abcd")
    text = name + end
    long_name = struct.pack("<HHII", kind, 0x3707, 1, len(text)) + text + bytes(-len(text) % 4)
    return struct.pack("<IHHI", 4, 3, 0x3705, 1) + named + many + long_name


def _attribute(level: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def outlook_streams(
    files: Sequence[tuple[str, bytes | Mapping[str, bytes]]], head: str = "", subject: str = "年报"
) -> dict[str, bytes]:
    """The streams of a mail as Outlook saves it; a file may be another such mail."""
    found = {"__properties_version1.0": bytes(32), "__substg1.0_0037001F": subject.encode("utf-16-le")}
    if head:
        found["__substg1.0_007D001F"] = head.encode("utf-16-le")
    for number, (name, content) in enumerate(files):
        folder = f"__attach_version1.0_#{number:08X}"
        found[f"{folder}/__properties_version1.0"] = bytes(8)
        if isinstance(content, bytes):
            found[f"{folder}/__substg1.0_3704001E"] = b"A~1.XLS"
            found[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
            found[f"{folder}/__substg1.0_37010102"] = content
        else:
            found |= {f"{folder}/__substg1.0_3701000D/{path}": data for path, data in content.items()}
    return found
