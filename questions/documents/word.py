"""Word documents (.docx): paragraphs with their numbers, headings, and rows of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from questions.documents import archive, stream
from questions.documents.numbering import Numbering
from questions.documents.reading import Reading, conceal, levels
from questions.documents.styles import Styles
from questions.errors import DocumentError

OLD_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_BODY: Final = re.compile(r"word/document\d*\.xml")
_LONGEST: Final = 12_000_000  # characters of a document
_SKIPPED: Final = frozenset(
    {"Fallback", "rt", "del", "moveFrom", "rPr", "sectPr", "pPrChange", "instrText"}
)
_SENTENCE: Final = re.compile("[。！？；]")
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_OTHERS: Final = (("xl/", "Excel 表格"), ("ppt/", "PPT 演示文稿"))


def is_word(data: bytes) -> bool:
    """Whether the bytes are a zip archive, as every .docx is."""
    return data.startswith(archive.MAGIC)


def is_old(data: bytes) -> bool:
    """Whether the bytes are an old Office file, or a new one under a password."""
    return data.startswith(OLD_MAGIC)


def refuse_old(data: bytes) -> Reading:
    """Raise DocumentError, saying what to do."""
    if _LOCKED in data:
        raise DocumentError("文件有密码保护，读不了。请在 Word 或 WPS 中取消密码后再试。")
    raise DocumentError(
        "这是旧版 Office 文件（.doc、.xls、.wps 等），读不了。请用 Word 或 WPS 另存为 .docx 再试。"
    )


def is_rich(data: bytes) -> bool:
    """Whether the bytes are rich text."""
    return data.startswith(b"{\\rtf")


def refuse_rich(data: bytes) -> Reading:
    """Raise DocumentError, saying what to do."""
    raise DocumentError("这是 RTF 文件，读不了。请用 Word 或 WPS 另存为 .docx 再试。")


def read(data: bytes) -> Reading:
    """The paragraphs of a .docx, one a line; DocumentError where it is none or unsafe."""
    package = archive.open_archive(data)
    names = package.namelist()
    main = next(filter(_BODY.fullmatch, names), None)
    body = archive.read_part(package, main) if main else None
    if body is None:
        raise DocumentError(_complaint(names))
    styles, numbering = Styles(), Numbering()
    for name, listener in (("word/styles.xml", styles), ("word/numbering.xml", numbering)):
        part = archive.read_part(package, name)
        if part is not None:
            stream.listen(part, listener)
    page = _Page(styles, numbering)
    stream.listen(body, page)
    text = "\n".join(page.lines)
    if not text.strip():
        raise DocumentError("这份 Word 文件里没有文字（可能只有图片）。请换一份有正文的文件。")
    visible, offsets = conceal(text, page.hidden)
    seen = {place: at for at, place in enumerate(offsets)} if page.headings else {}
    marked = [(seen[place], depth) for place, depth in page.headings if place in seen]
    return Reading(text, visible, offsets, levels(visible, marked))


def _complaint(names: list[str]) -> str:
    for folder, what in _OTHERS:
        if any(name.startswith(folder) for name in names):
            return f"这是 {what}，不是 Word 文件。请把正文复制到 Word 文档（.docx）中再试。"
    return (
        "这是压缩文件或别的 Office 文件，不是 Word 文档。请解压后上传 .docx、.pdf 或 .txt 文件。"
    )


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    style: str = ""
    numbers: str = ""
    depth: int | None = None
    level: int | None = None


@dataclass(slots=True)
class _Page:
    """Listens to word/document.xml and keeps its lines."""

    styles: Styles
    numbering: Numbering
    lines: list[str] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)  # rows without a sentence
    headings: list[tuple[int, int]] = field(default_factory=list)
    _size: int = 0
    _open: list[_Paragraph] = field(default_factory=list)
    _skipping: list[str] = field(default_factory=list)
    _rows: list[list[list[str]]] = field(default_factory=list)  # open rows: cells: paragraphs
    _is_text: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping.append(name)
        elif name == "p":
            self._open.append(_Paragraph())
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append([])
        elif self._open:
            self._describe(self._open[-1], name, attributes.get("val", ""))

    def _describe(self, paragraph: _Paragraph, name: str, value: str) -> None:
        if name == "t":
            self._is_text = True
        elif name in ("tab", "ptab"):
            paragraph.pieces.append(" ")
        elif name in ("br", "cr"):
            paragraph.pieces.append("\n")
        elif name == "noBreakHyphen":
            paragraph.pieces.append("-")
        elif name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.numbers = value
        elif name == "ilvl" and value in set("012345678"):
            paragraph.depth = int(value)
        elif name == "outlineLvl" and value in set("012345678"):
            paragraph.level = int(value)

    def data(self, text: str) -> None:
        if self._is_text and self._open and not self._skipping:
            self._open[-1].pieces.append(text)

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping.pop()
        elif name == "t":
            self._is_text = False
        elif name == "p" and self._open:
            self._close(self._open.pop())
        elif name == "tr" and self._rows:
            self._close_row(self._rows.pop())

    def _close(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.pieces).strip(" ")
        label = self._label(paragraph)  # an empty paragraph counts too
        if not text.strip() or self.styles.is_contents(paragraph.style):
            return
        text = label + text
        if self._rows:
            if self._rows[-1]:
                self._rows[-1][-1].append(text)
            return
        level = paragraph.level
        level = self.styles.level(paragraph.style) if level is None else level
        if level is not None and not _SENTENCE.search(text[:-1]):
            self.headings.append((self._size + len(text) - len(text.lstrip()), level))
        self._write(text)

    def _label(self, paragraph: _Paragraph) -> str:
        use, depth = self.styles.numbers(paragraph.style)
        use = paragraph.numbers or use
        depth = depth if paragraph.depth is None else paragraph.depth
        return self.numbering.label(use, depth) if use not in ("", "0") else ""

    def _close_row(self, cells: list[list[str]]) -> None:
        """A row with sentences is read as their paragraphs; one of mere cells stays unseen."""
        if self._rows:  # a table inside a cell
            if self._rows[-1]:
                self._rows[-1][-1].extend(text for cell in cells for text in cell)
            return
        if any(_SENTENCE.search(text) for cell in cells for text in cell):
            for cell in cells:
                for text in cell:
                    self._write(text)
            return
        row = "\t".join(" ".join(cell).replace("\n", " ") for cell in cells)
        if row.strip():
            self.hidden.append((self._size, self._size + len(row)))
            self._write(row)

    def _write(self, line: str) -> None:
        self.lines.append(line)
        self._size += len(line) + 1
        if self._size > _LONGEST:
            raise DocumentError("文件太长，请拆成几份再试。")
