"""Files that hold no bank we read: what each is, and what to do instead."""

from __future__ import annotations

import re
from typing import Final

from questions.formats import packages

UNKNOWN: Final = (
    "认不出这是哪种题库文件。请发 Excel（.xlsx）、Word（.docx）、CSV、文本、"
    "GIFT 或 Moodle XML 文件。"
)
_PICTURE: Final = (
    "这是图片，读不出题目。请把题目录入 Excel 或 Word 再发；手机上可先用识图提取文字，"
    "粘贴成文本文件。"
)
_PDF: Final = (
    "这是 PDF，题目的分行和表格在里面已经丢了。请发它的 Word 或 Excel 原件；"
    "没有原件时，用 WPS 转成 .docx 核对后再发。"
)
_PACKED: Final = "这是压缩包。请解压后把里面的题库文件逐个发来。"
_SOUND: Final = "这是音像文件，读不出题目。请发 Excel、Word 或文本文件。"
_RTF: Final = "这是 RTF 文件，读不了。请用 Word 或 WPS 打开，另存为 .docx 再发。"
_HTML: Final = (
    "这是网页文件，读不了。请在浏览器里打开，把题目或表格复制到 Word 或 Excel 中保存后再发。"
)
_SHEET_2003: Final = "这是“XML 表格 2003”文件，读不了。请用 Excel 或 WPS 打开，另存为 .xlsx 再发。"
_WORD_XML: Final = "这是 XML 格式的 Word 文件，读不了。请用 Word 或 WPS 打开，另存为 .docx 再发。"
_XML: Final = (
    "这个 XML 文件不是 Moodle 题库（最外层应是 <quiz>）。"
    "请从 Moodle 重新导出，选“Moodle XML 格式”。"
)
_JSON: Final = "这是别的系统的 JSON 文件，读不了。请在那个系统里改导出为 Excel、CSV 或 GIFT。"
_SPREADSHEET: Final = "这是 .ods 表格，读不了。请用 WPS 或 LibreOffice 打开，另存为 .xlsx 再发。"
_TEXT: Final = "这是 .odt 文档，读不了。请用 WPS 或 LibreOffice 打开，另存为 .docx 再发。"
_SLIDES: Final = "这是演示文稿，读不了。请把题目复制到 Word 或 Excel 中保存后再发。"

# https://en.wikipedia.org/wiki/List_of_file_signatures
_MAGIC: Final = (
    (b"%PDF", _PDF),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"\x1f\x8b", _PACKED),
    (b"PK\x05\x06", _PACKED),
    (b"ID3", _SOUND),
    (b"{\\rtf", _RTF),
)
_HEAD: Final = 4096
_PAGE: Final = re.compile(
    r"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|p|meta|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP: Final = re.compile(r"\s*<\?xml\b|\s*<[A-Za-z][\w:.-]*(?:\s[^<>]*)?>\s*<")
_OBJECT: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"])")


def foreign(data: bytes) -> str:
    """What a file is and the remedy, where it is a kind that can't be a bank; else empty."""
    if not data.strip():
        return "文件是空的。请换一份有题目的文件。"
    if data.startswith(b"PK"):
        return _package(data)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        is_picture = data[8:12] in (b"WEBP", b"heic", b"heix", b"mif1", b"avif")
        return _PICTURE if is_picture else _SOUND
    for magic, what in _MAGIC:
        if data.startswith(magic) and (magic != b"BM" or b"\x00" in data[:64]):
            return what
    return _text(packages.head(data)[:_HEAD])


def _package(data: bytes) -> str:
    names = packages.names(data)
    if "ppt/presentation.xml" in names:
        return _SLIDES
    if "content.xml" in names:
        return _TEXT if b"opendocument.text" in data[:200] else _SPREADSHEET
    return _PACKED


def _text(head: str) -> str:
    if _PAGE.match(head):
        return _HTML
    if _MARKUP.match(head):
        if "urn:schemas-microsoft-com:office:spreadsheet" in head:
            return _SHEET_2003
        return _WORD_XML if "/word/" in head or "wordml" in head.lower() else _XML
    return _JSON if _OBJECT.match(head) else ""
