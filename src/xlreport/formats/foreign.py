"""Files that are no workbook, or one that cannot be read: what each is, and how to save it again."""

from __future__ import annotations

import re

RESAVE = "请用 Excel 或 WPS 打开，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，再报送"
_ORIGINAL = (
    "请打开当初填写的工作簿（不是导出或打印的这一份），选“另存为”，类型选“Excel 工作簿（*.xlsx）”，再报送"
)
_NOT_WORD = "请报送下发的 Excel 工作簿，不要复制到 Word 里"
_OWNER = "可以忽略或删除；要报送的是文件名开头没有“~$”的那个工作簿"
_OWNER_SIZES = (162, 165)
_LOCK = r"(?:[^\n,]*,){3}[^\n,]*[0-9]{4} [0-9]{2}:[0-9]{2},[^\n]*;\s*"
"""`.~lock.return.xlsx#` of LibreOffice: who has the workbook open, where and since when."""
_APPLE = (b"\0\5\x16\7", b"\0\5\x16\0")
_SIDE_FILE = "可以忽略或删除；要报送的是文件名开头没有“._”的那个工作簿"
_LOCKED = "可以忽略或删除；要报送的是文件名里没有“.~lock.”和“#”的那个工作簿"
_DECRYPT = "请在填报单位的电脑上用该软件解密后再发送"
_EXPORT = "请在 Numbers 里选“文件—导出为—Excel”，类型选 .xlsx，再报送；最好直接在下发的工作簿里填写"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_UNPACK = "如果工作簿在压缩包里，请解压后再处理"

_HEADS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", " PDF 文件", _ORIGINAL),
    (b"{\\rtf", " Word 文档（RTF）", _NOT_WORD),
    (b"Rar!", "压缩包（RAR）", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "压缩包（7z）", _UNPACK),
    (b"\x1f\x8b", "压缩包（gzip）", _UNPACK),
    (b"\x89PNG", "图片", _ORIGINAL),
    (b"\xff\xd8\xff", "图片", _ORIGINAL),
    (b"GIF8", "图片", _ORIGINAL),
    (b"BM", "图片", _ORIGINAL),
    (b"II*\0", "图片", _ORIGINAL),
    (b"MM\0*", "图片", _ORIGINAL),
)
_MARKUP: tuple[tuple[str, str, str], ...] = (
    (r"urn:schemas-microsoft-com:office:spreadsheet", "“XML 表格 2003”格式", RESAVE),
    (r"<office:document\b", "“平面 ODF”（.fods）格式", RESAVE),
    (r"<(?:uof|UOF):UOF\b", "“标文通”（UOF）格式", RESAVE),
    (r"(?i)<(?:!doctype html|html|head|body|table|meta)\b", "网页（HTML）", _ORIGINAL),
)


class Unopened(Exception):
    """A file that cannot be opened as a workbook: what it is, and what to do."""

    def __init__(self, message: str, fix: str = "请让填报单位重新发送填好的工作簿（.xlsx）") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


def foreign_file(data: bytes) -> Unopened:
    """What a file is that is neither an archive nor a compound file."""
    for head, name, fix in _HEADS:
        if data.startswith(head):
            return Unopened(f"文件是{name}，不是 Excel 工作簿", fix)
    if b"E-SafeNet" in data[:64]:
        return Unopened("文件被单位的加密软件（亿赛通）加密，别处打不开", _DECRYPT)
    if data[:2] in (b"\t\0", b"\t\2", b"\t\4"):
        return Unopened("文件是很旧的 Excel（4.0 版以前）格式", RESAVE)
    text = _text(data[:4096])
    return _left_beside(data, text) or _of_text(text)


def _of_text(text: str) -> Unopened:
    for pattern, name, fix in _MARKUP:
        if re.search(pattern, text):
            return Unopened(f"文件是{name}，不是 Excel 工作簿", fix)
    if text:
        return Unopened("文件是文本（如 CSV），不是 Excel 工作簿", _ORIGINAL)
    return Unopened("文件不是 Excel 工作簿", RESAVE)


def _left_beside(data: bytes, text: str) -> Unopened | None:
    """What a program leaves beside a workbook, None for anything else."""
    if data.startswith(_APPLE):
        return Unopened("文件是苹果电脑的附属文件，里面没有报表", _SIDE_FILE)
    is_lock = re.fullmatch(_LOCK, text) is not None
    if is_lock or _is_owner_file(data):
        return Unopened("文件是打开工作簿时产生的临时文件，不是报表", _LOCKED if is_lock else _OWNER)
    return None


def _is_owner_file(data: bytes) -> bool:
    """True for `~$return.xlsx`, which names who has the workbook open: once in bytes, once in UTF-16."""
    count = data[0]
    return len(data) in _OWNER_SIZES and 0 < count <= 54 and data[55:57] == bytes((count, 0))


def foreign_compound(names: frozenset[str]) -> Unopened:
    """What a compound file without a workbook is, by the streams at its root (in small letters)."""
    if "encryptedpackage" in names:
        return encrypted()
    if "worddocument" in names:
        return Unopened("文件是 Word 文档，不是 Excel 工作簿", _NOT_WORD)
    if "powerpoint document" in names:
        return Unopened("文件是演示文稿，不是 Excel 工作簿", _ORIGINAL)
    if "book" in names:
        return old_excel()
    return Unopened("文件不是 Excel 工作簿", RESAVE)


def foreign_archive(names: frozenset[str]) -> Unopened:
    """What an archive without a workbook's main part is, by the names of its parts."""
    plain = {name.casefold() for name in names}
    if any(name.startswith("index/") and name.endswith(".iwa") for name in plain) or "index.zip" in plain:
        return Unopened("文件是苹果“Numbers 表格”，不是 Excel 工作簿", _EXPORT)
    if "ofd.xml" in plain:
        return Unopened("文件是版式文件（OFD），不是 Excel 工作簿", _ORIGINAL)
    for folder, namespace in (("word/", _WORD), ("ppt/", _SLIDES)):
        if any(name.startswith(folder) for name in plain):
            return foreign_office(namespace)
    if any(name.startswith(("xl/", "_rels/")) or name == "[content_types].xml" for name in plain):
        return Unopened("文件已损坏，找不到其中的工作簿")
    return Unopened("文件是压缩包，不是 Excel 工作簿", _UNPACK)


def foreign_office(namespace: str) -> Unopened:
    """What an Office file that is no workbook is, by the namespace of its main part."""
    if namespace == _WORD:
        return Unopened("文件是 Word 文档，不是 Excel 工作簿", _NOT_WORD)
    if namespace == _SLIDES:
        return Unopened("文件是演示文稿，不是 Excel 工作簿", _ORIGINAL)
    return Unopened("文件已损坏，找不到其中的工作簿")


def encrypted() -> Unopened:
    """A workbook that needs a password to be opened."""
    return Unopened("文件设了打开密码，无法读取", "请去掉打开密码后另存，再报送")


def old_excel() -> Unopened:
    """A workbook of Excel 5.0 or 95."""
    return Unopened("文件是 Excel 5.0/95 格式，太旧，无法读取", RESAVE)


def _text(data: bytes) -> str:
    """The beginning of a text file, "" for anything else."""
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        text = data.decode(encoding, "ignore")
        if len(text.encode(encoding)) >= len(data) - 4 and not re.search(r"[\0-\x08\x0e-\x1f]", text):
            return text
    return ""
