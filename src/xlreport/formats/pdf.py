"""Paragraphs and tables of a PDF file, by pdfplumber (the extra `pdf`). Scans are refused."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence

from xlreport.formats.foreign import Unopened
from xlreport.formats.pages import Page, PagePart
from xlreport.formats.pdf_pages import parts_in_order
from xlreport.formats.pdf_tables import page_parts

_INSTALL = "请安装读 PDF 的组件（pip install 'xlreport[pdf]'），或者用 WPS、Word 打开后另存为 .docx"
_SAVE_AS = "请用 WPS、Word 打开后另存为 .docx，或向发布单位索取 Word 文件"
_MOST_PAGES = 200


def read_pdf(data: bytes) -> Page:
    """The document. Raises Unopened where it cannot be read, with what to do."""
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError as error:
        raise Unopened("文件是 PDF，这台电脑没有安装读 PDF 的组件", _INSTALL) from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it says of fonts is nothing for a clerk
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise Unopened(f"PDF 超过 {_MOST_PAGES} 页，不是正常的报告", _SAVE_AS)
            blocks = tuple(page_parts(parts_in_order(pdf.pages)))
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise Unopened("PDF 设了打开密码，无法读取", "请去掉打开密码后再处理") from error
        raise Unopened("PDF 已损坏，无法读取", _SAVE_AS) from error
    _check(blocks)
    return Page(blocks)


def _check(blocks: Sequence[PagePart]) -> None:
    text = "".join(block for block in blocks if isinstance(block, str))
    if not blocks:
        raise Unopened("PDF 是扫描件或图片，里面没有文字", f"不识别扫描件；{_SAVE_AS}")
    if "(cid:" in text or "\ufffd" in text:
        raise Unopened("PDF 里的字体没有对应的文字，无法读取", _SAVE_AS)
