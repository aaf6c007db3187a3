"""CSV: tables as text, in the encodings and with the separators that programs here write."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from questions.errors import FormatError
from questions.formats import packages
from questions.formats.carrying import Titles, losses, titles_of
from questions.formats.format import Format, Reading
from questions.formats.gathering import Gathering
from questions.formats.sheets import layout
from questions.formats.sheets.cells import clean, quote, unquote
from questions.formats.sheets.columns import Columns, read_header
from questions.formats.sheets.echo import echo
from questions.formats.sheets.grid import Grid, Row
from questions.formats.sheets.table import NO_HEADER, Tables
from questions.formats.sheets.workbook import MOST_COLUMNS, MOST_ROWS, TOO_MANY
from questions.models import Bank, Question

_SEPARATORS: Final = (",", "\t", ";", "，", "|")
_SEARCHED: Final = 40  # lines in which the header is looked for
_UNREADABLE: Final = (
    "表格格式有误：第 {line} 行附近的引号没有配对。请用 Excel 或 WPS 打开并另存后再导入。"
)


def read(data: bytes, name: str = "") -> Reading:
    """The questions under the header; raises FormatError where there is none."""
    text = packages.decode(data)
    separator = _separator(text)
    if separator is None:
        raise FormatError(NO_HEADER)
    if sum(1 for _ in _cells(text, separator)) > MOST_ROWS + _SEARCHED:
        raise FormatError(TOO_MANY)
    tables = Tables(Gathering.of(data, name))
    tables.add(Grid(None, _rows(text, separator)))
    return tables.reading()


def write(bank: Bank) -> bytes:
    """The bank under our own header in UTF-8 with a mark, as Excel expects it."""
    titles, options = titles_of(bank), layout.option_count(bank)
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(layout.header(options))
    for question in bank.questions:
        row = layout.row_of(question, titles[question.citation.document], options)
        writer.writerow([quote(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def knows(data: bytes) -> bool:
    """Whether one of the first lines is a header of questions."""
    return _separator(packages.head(data)) is not None


def _separator(text: str) -> str | None:
    """What parts the columns: with it one of the first rows names columns that we know."""
    sample = "\n".join(text[: 1 << 14].splitlines()[:_SEARCHED])
    found: list[tuple[int, str]] = []
    for separator in _SEPARATORS:
        try:
            for cells in csv.reader(io.StringIO(sample), delimiter=separator):
                header: Columns | None = read_header([cell.strip() for cell in cells])
                if header is not None and len(cells) > 1:
                    found.append((len(header.parts) + len(header.options), separator))
                    break
        except csv.Error:
            continue
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _rows(text: str, separator: str) -> Iterator[Row]:
    for line, cells in _cells(text, separator):
        yield Row(line, [unquote(clean(cell)) for cell in cells[:MOST_COLUMNS]])


def _cells(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the line where each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise FormatError(_UNREADABLE.format(line=line)) from error
        if cells is None:
            return
        if any(cells):
            yield line, cells


def _echo(question: Question, title: str, number: int) -> tuple[Question, Titles] | None:
    return echo(question, title, number, lambda cell: unquote(clean(quote(cell))))


CSV = Format(
    name="csv",
    label="CSV 表格",
    suffix=".csv",
    read=read,
    write=write,
    losses=lambda bank: losses(bank, _echo),
    knows=knows,
)
