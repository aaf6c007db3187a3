"""Word files: questions as people type them, and tables of questions among them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from questions.errors import DocumentError, FormatError
from questions.formats import packages
from questions.formats.carrying import losses
from questions.formats.format import Format, Reading, Skip
from questions.formats.gathering import Gathering
from questions.formats.loose import blocks
from questions.formats.loose.echo import echo
from questions.formats.loose.pages import Pages, Table, read_pages
from questions.formats.sheets.cells import clean, fit
from questions.formats.sheets.columns import read_header
from questions.formats.sheets.grid import Grid, Row
from questions.formats.sheets.table import Tables
from questions.formats.text import NO_QUESTION, lines
from questions.models import Bank

_BODY: Final = re.compile(r"word/document\d*\.xml")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # equal banks, equal bytes
_WHOLE: Final = "题目原文"


def read(data: bytes, name: str = "") -> Reading:
    """The questions of a .docx, typed or in tables; raises FormatError where there is none."""
    pages = _pages(data)
    gathering = Gathering.of(data, name)
    reader = blocks.Reader()
    tables = Tables(gathering)
    number = 0
    for item in pages.items:
        if isinstance(item, str):
            number += 1
            reader.feed(number, fit(item))
        elif _is_bank(item):
            number += _height(item)
            tables.add(Grid(f"表格（第 {item.line} 行起）", _rows(item)))
        else:
            for row in item.rows:
                for line in (line for cell in row for line in cell.lines):
                    number += 1
                    reader.feed(number, fit(line))
    reader.finish()
    skips, notes = blocks.take(gathering, reader)
    if not gathering.questions and not skips and not tables.has_header:
        raise FormatError(NO_QUESTION)
    header, rows = tables.skips()
    bank = gathering.bank(pages.chars)
    notes = [*tables.notes, *notes, *gathering.notes()]
    if not rows:
        return Reading(bank, tuple(skips), (), tuple(notes))
    loose = (Skip(each.place, each.reason, (*each.cells, *[""] * len(header))) for each in skips)
    typed = (Skip(each.place, each.reason, ("", *each.cells)) for each in rows)
    return Reading(bank, (*loose, *typed), (_WHOLE, *header), tuple(notes))


def write(bank: Bank) -> bytes:
    """The bank as a Word file, a line a paragraph; equal banks give equal bytes."""
    import docx  # only when needed: it takes a while to come in
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.comments, properties.author = "题库", "", ""
    body = document.element.body
    end = body.sectPr
    for line in lines(bank):
        paragraph = OxmlElement("w:p")
        if line:
            run, text = OxmlElement("w:r"), OxmlElement("w:t")
            text.text = line
            text.set(qn("xml:space"), "preserve")
            run.append(text)
            paragraph.append(run)
        end.addprevious(paragraph)
    target = io.BytesIO()
    document.save(target)
    return _dated(target)


def knows(data: bytes) -> bool:
    """Whether this is a Word file."""
    return any(map(_BODY.fullmatch, packages.names(data)))


def _pages(data: bytes) -> Pages:
    packages.check_size(data)
    packages.refuse_old(data)
    package = packages.open_package(data)
    main = next(filter(_BODY.fullmatch, package.namelist()), None)
    if main is None:
        raise FormatError("这不是 Word 文档。请用 Word 或 WPS 另存为 .docx 再导入。")
    parts = (packages.read_part(package, f"word/{part}.xml") for part in ("styles", "numbering"))
    try:
        return read_pages(packages.read_part(package, main), *parts)
    except DocumentError as error:
        raise FormatError(str(error)) from error


def _is_bank(table: Table) -> bool:
    return any(read_header(row.cells) is not None for row in _rows(table, most=4))


def _height(table: Table) -> int:
    return sum(len(cell.lines) for row in table.rows for cell in row)


def _rows(table: Table, most: int | None = None) -> Iterator[Row]:
    """The rows as a sheet has them, cells merged across or down filled as there."""
    held: dict[int, str] = {}
    for number, row in enumerate(table.rows[:most], start=1):
        texts: list[str] = []
        above: dict[int, str] = {}
        for cell in row:
            text = clean("\n".join(cell.lines))
            if cell.is_below:
                above[len(texts)] = held.get(len(texts), "")
            else:
                held[len(texts)] = text
            texts += [text, *[""] * (cell.span - 1)]
        yield Row(number, texts, above)


def _dated(source: io.BytesIO) -> bytes:
    """The same archive with all its parts of one date."""
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return target.getvalue()


DOCX = Format(
    name="docx",
    label="Word 文档",
    suffix=".docx",
    read=read,
    write=write,
    losses=lambda bank: losses(bank, echo),
    knows=knows,
)
