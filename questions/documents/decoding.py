"""Bytes become text: UTF-8 with or without a mark, UTF-16, GB18030."""

from __future__ import annotations

import codecs
from typing import Final

import charset_normalizer

from questions.errors import DocumentError

_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY: Final = (
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"RIFF", "图片或音像文件"),
    (b"Rar!", "压缩文件"),
    (b"7z\xbc\xaf", "压缩文件"),
    (b"\x1f\x8b\x08", "压缩文件"),
)
_CANDIDATES: Final = ["gb18030", "utf_16_le", "utf_16_be", "big5"]
_SAMPLE: Final = 20_000  # bytes; enough to tell an encoding
_CONTROLS: Final = frozenset(map(chr, (*range(9), *range(14, 27), *range(28, 32), 127)))


def is_text(data: bytes) -> bool:
    """Whether the bytes are no known binary kind."""
    return bool(data.strip()) and not any(data.startswith(magic) for magic, _ in _BINARY)


def complaint(data: bytes) -> str:
    """What to tell the person who sent bytes that nothing here reads."""
    if not data.strip():
        return "文件是空的，没有可以出题的内容。请换一份有正文的文件。"
    for magic, what in _BINARY:
        if data.startswith(magic):
            return f"这是{what}，读不了。请换用 Word 文档（.docx）、PDF 或文本文件（.txt）再试。"
    return "文件读不出文字。请用记事本打开，另存为 UTF-8 编码的文本文件再试。"


def decode(data: bytes) -> str:
    """The text of a file; line ends and everything else stay as they are.

    Raises DocumentError where no encoding gives readable text.
    """
    text = _decoded(data)
    if text is None or _is_garbage(text):
        raise DocumentError(complaint(b"?"))
    if not text.strip():
        raise DocumentError(complaint(b""))
    return text


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    text = _try(data, "utf-8-sig")
    if text is not None and "\x00" not in text[:_SAMPLE]:
        return text
    even = len(data) - len(data) % 2
    for encoding in _guesses(data[: min(even, _SAMPLE)]):
        text = _try(data, encoding)
        if text is not None and not _is_garbage(text):
            return text
    return None


def _guesses(sample: bytes) -> list[str]:
    found = charset_normalizer.from_bytes(sample, cp_isolation=_CANDIDATES)
    return [match.encoding for match in found] + ["gb18030"]


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _is_garbage(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(c in _CONTROLS or c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in sample)
    return odd * 50 > len(sample)
