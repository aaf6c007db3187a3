"""A Word file as lines and tables, in their order; numbers that Word counts are written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from questions.documents import stream
from questions.documents.numbering import Numbering
from questions.documents.styles import Styles
from questions.errors import FormatError

MOST_CHARS: Final = 12_000_000
_SKIPPED: Final = frozenset(
    {"Fallback", "rt", "del", "moveFrom", "rPr", "sectPr", "pPrChange", "instrText"}
)
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class Cell:
    """A cell's lines; `span` columns wide; `is_below` where it goes on from the cell above."""

    lines: list[str] = field(default_factory=list)
    span: int = 1
    is_below: bool = False


@dataclass(slots=True)
class Table:
    """A table's rows; `line` is where it begins."""

    line: int
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    style: str = ""
    numbers: str = ""
    depth: int | None = None


@dataclass(slots=True)
class Pages:
    """Listens to word/document.xml; `items` are lines and tables."""

    styles: Styles
    numbering: Numbering
    items: list[str | Table] = field(default_factory=list)
    chars: int = 0
    lines: int = 0
    _open: list[_Paragraph] = field(default_factory=list)
    _skipping: list[str] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _is_text: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._skipping or name in _SKIPPED:
            self._skipping.append(name)
        elif name == "p":
            self._open.append(_Paragraph())
        elif name == "t":
            self._is_text = True
        elif name in ("tbl", "tr", "tc", "gridSpan", "vMerge"):
            self._table(name, attributes.get("val", ""))
        elif self._open:
            self._describe(self._open[-1], name, attributes.get("val", ""))

    def data(self, text: str) -> None:
        """A stretch of text."""
        if self._is_text and self._open and not self._skipping:
            self._open[-1].pieces.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping.pop()
        elif name == "t":
            self._is_text = False
        elif name == "p" and self._open:
            self._close(self._open.pop())
        elif name == "tbl" and self._tables:
            table = self._tables.pop()
            if not self._tables:
                self.items.append(table)

    def _table(self, name: str, value: str) -> None:
        if name == "tbl":
            self._tables.append(Table(self.lines + 1))
        elif self._tables and name == "tr":
            self._tables[-1].rows.append([])
        elif self._tables and self._tables[-1].rows:
            row = self._tables[-1].rows[-1]
            if name == "tc":
                row.append(Cell())
            elif row and name == "gridSpan" and value.isdigit():
                row[-1].span = min(max(int(value[:3]), 1), 64)
            elif row and name == "vMerge":
                row[-1].is_below = value != "restart"

    def _describe(self, paragraph: _Paragraph, name: str, value: str) -> None:
        if name in _SIGNS:
            paragraph.pieces.append(_SIGNS[name])
        elif name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.numbers = value
        elif name == "ilvl" and value in set("012345678"):
            paragraph.depth = int(value)

    def _close(self, paragraph: _Paragraph) -> None:
        label = self._label(paragraph)  # an empty paragraph counts too
        text = "".join(paragraph.pieces)
        for line in (label + text if text.strip() else text).split("\n"):
            self._write(line)

    def _label(self, paragraph: _Paragraph) -> str:
        use, depth = self.styles.numbers(paragraph.style)
        use = paragraph.numbers or use
        depth = depth if paragraph.depth is None else paragraph.depth
        return self.numbering.label(use, depth) if use not in ("", "0") else ""

    def _write(self, line: str) -> None:
        self.chars += len(line) + 1
        if self.chars > MOST_CHARS:
            raise FormatError("文件太长，请拆成几份再导入。")
        self.lines += 1
        outer = self._tables[0] if self._tables else None
        if outer is None:
            self.items.append(line)
        elif outer.rows and outer.rows[-1]:
            outer.rows[-1][-1].lines.append(line)


def read_pages(body: bytes, styles: bytes, numbering: bytes) -> Pages:
    """The lines and tables of a document's parts; raises DocumentError where XML is unsafe."""
    pages = Pages(Styles(), Numbering())
    if styles:
        stream.listen(styles, pages.styles)
    if numbering:
        stream.listen(numbering, pages.numbering)
    stream.listen(body, pages)
    return pages
