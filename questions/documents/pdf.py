"""PDF files with text in them: pages read line by line, joined into paragraphs."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any, Final

from questions.documents import lines
from questions.documents.reading import Reading
from questions.errors import DocumentError

if TYPE_CHECKING:
    from pypdf import Configuration, PageObject, PdfReader

MOST_PAGES: Final = 3_000
MOST_STEPS: Final = 1_500_000  # drawing steps of a whole file; a page of text takes about 500
LARGEST_STREAM: Final = 16 << 20  # bytes of one unpacked stream
MOST_FORMS: Final = 500  # drawings used within a page
_LONGEST: Final = 12_000_000  # characters of a document
_SHOWS: Final = re.compile(rb"T[jJ]|['\"]|Do")  # operators that may show text
_HAN: Final = re.compile(r"[㐀-鿿]")
_LETTER: Final = re.compile(r"\w")

_DAMAGED: Final = "PDF 文件已损坏，读不出内容。请重新导出或另存后再试。"
_LOCKED: Final = "PDF 文件有密码保护，读不了。请取消密码后再试。"
_SCANNED: Final = (
    "PDF 里没有文字，可能是扫描件、图片或图纸。请先做文字识别（OCR），或换用 Word 文件再试。"
)
_GARBLED: Final = (
    "PDF 里的文字没有可用的编码，读出来是乱码。请换用 Word 文件，或重新导出 PDF 再试。"
)
_HUGE: Final = "PDF 太大或太复杂，请拆成几份再试。"


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    head = data[:1024]
    return head.lstrip(b"\xef\xbb\xbf \r\n\t\x00").startswith(b"%PDF-") or (
        b"%PDF-" in head and b"endobj" in data
    )


def read(data: bytes) -> Reading:
    """The paragraphs of a PDF, one a line; DocumentError for scans, locked and broken files."""
    text = "\n".join(lines.paragraphs(_pages(data)))
    letters = len(_LETTER.findall(text))
    if letters == 0:
        raise DocumentError(_SCANNED)
    odd = sum(
        "\ue000" <= c <= "\uf8ff" or c == "\ufffd" or c < " " != c not in "\n\t" for c in text
    )
    if odd * 10 > len(text) or "(cid:" in text:
        raise DocumentError(_GARBLED)
    return Reading(text, text, range(len(text)))


def _pages(data: bytes) -> list[list[str]]:
    """The lines of every page. The library raises whatever it stumbles over."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity
    try:
        with pypdf.apply_configuration(_limits()):
            reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise DocumentError(_LOCKED)
            if len(reader.pages) > MOST_PAGES:
                raise DocumentError(_HUGE)
            return _lines(reader)
    except DocumentError:
        raise
    except pypdf.errors.DependencyError as error:
        raise DocumentError(_LOCKED) from error
    except pypdf.errors.LimitReachedError as error:
        raise DocumentError(_HUGE) from error
    except Exception as error:
        raise DocumentError(_DAMAGED) from error


def _limits() -> Configuration:
    from pypdf import Configuration

    return Configuration(
        zlib_maximum_output_length=LARGEST_STREAM,
        lzw_maximum_output_length=LARGEST_STREAM,
        run_length_maximum_output_length=LARGEST_STREAM,
        array_based_stream_maximum_output_length=LARGEST_STREAM,
        xform_maximum_invocations_per_extraction=MOST_FORMS,
    )


def _lines(reader: PdfReader) -> list[list[str]]:
    steps, size = _Steps(), 0
    pages: list[list[str]] = []
    for page in reader.pages:
        if not _may_show_text(page):
            continue
        text = page.extract_text(visitor_operand_before=steps.count)
        size += len(text)
        if size > _LONGEST:
            raise DocumentError(_HUGE)
        pages.append(text.splitlines())
    return pages


def _may_show_text(page: PageObject) -> bool:
    """Whether a page is more than a map or a picture; maps can unpack into floods."""
    from pypdf.errors import LimitReachedError

    try:
        content = page.get_contents()
        return content is not None and _SHOWS.search(content.get_data()) is not None
    except LimitReachedError:
        return False


class _Steps:
    """Counts what a file draws, so that one made to draw for ever comes to an end."""

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def count(self, *_: Any) -> None:
        self._left -= 1
        if self._left < 0:
            raise DocumentError(_HUGE)
