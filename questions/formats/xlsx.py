"""Excel workbooks: our own layout, and the templates of the systems people come from."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from questions.errors import FormatError
from questions.formats import packages
from questions.formats.carrying import Titles, losses, titles_of
from questions.formats.draft import Part
from questions.formats.format import Format, Reading
from questions.formats.gathering import Gathering
from questions.formats.kinds import KIND_NAMES
from questions.formats.sheets import layout
from questions.formats.sheets.cells import clean, is_risky, unescape
from questions.formats.sheets.echo import echo
from questions.formats.sheets.table import Tables
from questions.formats.sheets.workbook import MOST_ROWS, open_workbook
from questions.models import Bank, Question

if TYPE_CHECKING:
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.worksheet import Worksheet

SHEET: Final = "题库"
LONGEST_CELL: Final = 32_767  # characters, Excel's own bound
_WIDTHS: Final = {Part.STEM: 48, Part.EXPLANATION: 40, Part.QUOTE: 40, Part.SOURCE: 24}
_OPTION_WIDTH, _WIDTH = 20, 12
_CREATED: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # equal banks, equal bytes
_GUIDE: Final = (
    ("列", "怎么填"),
    ("题型*", "单选题、多选题、判断题、填空题。"),
    ("题干*", "填空题用 ____ 表示空，一题一个空。"),
    ("选项A…", "单选题和多选题填写，2 至 12 个；判断题和填空题留空。"),
    ("答案*", "单选填 B，多选填 ABD，判断填 对 或 错，填空填文字，几种写法用 | 隔开。"),
    ("解析", "答题后给人看的说明。"),
    ("难度", "易、偏易、适中、偏难、难，或 0 到 1 之间的小数。"),
    ("知识点", "多级用 / 隔开，如 执法/行政处罚。"),
    ("来源文件", "题目出自哪份文件或哪部法。"),
    ("法律依据", "如 《中华人民共和国大气污染防治法》第九十九条。"),
    ("条款/原文", "文件中的原话。"),
    ("施行日期、失效日期", "如 2026-01-31；不在施行期间的题不会推送。"),
    ("责任处室", "对这道题负责的处室。"),
    ("标签", "几个标签用 ； 隔开。"),
    ("题目编号", "再次导入时按编号更新；新题留空。"),
)


def read(data: bytes, name: str = "") -> Reading:
    """The questions of all visible sheets; raises FormatError where none has a header."""
    book = open_workbook(data)
    tables = Tables(Gathering.of(data, name), notes=book.notes)
    for grid in book.grids:
        tables.add(grid)
    return tables.reading()


def write(bank: Bank) -> bytes:
    """The bank under our own header; equal banks give equal bytes. Raises FormatError."""
    titles, options = titles_of(bank), layout.option_count(bank)
    if len(bank.questions) > MOST_ROWS:
        raise FormatError(f"题目超过 {MOST_ROWS:,} 道，请分成几个题库导出。")
    rows = (
        layout.row_of(question, titles[question.citation.document], options)
        for question in bank.questions
    )
    header = layout.header(options)
    return write_rows(header, rows, kinds_at=header.index(Part.KIND + "*"))


def write_rows(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, kinds_at: int | None = None
) -> bytes:
    """A workbook of text cells under a frozen header, with a guide on a second sheet."""
    import xlsxwriter  # as openpyxl, only when needed

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        quoted = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True}
        )
        bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "num_format": "@"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 2)
        for at, title in enumerate(header):
            sheet.set_column(at, at, _width(title), text)
        _put(sheet, 0, header, bold, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            _put(sheet, last, row, text, quoted)
        if kinds_at is not None:
            choice = {"validate": "list", "source": list(KIND_NAMES.values())}
            sheet.data_validation(1, kinds_at, max(last, 1) + 500, kinds_at, choice)
        _guide(book.add_worksheet("说明"), text, bold)
    return target.getvalue()


def knows(data: bytes) -> bool:
    """Whether this is a workbook, or an old Office file that `read` refuses with a remedy."""
    return packages.is_office(data) or any(name.startswith("xl/") for name in packages.names(data))


def _put(
    sheet: Worksheet, row: int, cells: Sequence[str], text: CellFormat, quoted: CellFormat
) -> None:
    for at, cell in enumerate(cells):
        if len(cell) > LONGEST_CELL:
            raise FormatError(
                f"第 {row} 题有 {len(cell):,} 字，超过 Excel 一格的上限，请改用其他格式。"
            )
        if cell:
            sheet.write_string(row, at, cell, quoted if is_risky(cell) else text)


def _width(title: str) -> int:
    part = next((part for part in Part if part == title.rstrip("*")), None)
    return _OPTION_WIDTH if title.startswith("选项") else _WIDTHS.get(part or Part.KIND, _WIDTH)


def _guide(sheet: Worksheet, text: CellFormat, bold: CellFormat) -> None:
    sheet.set_column(0, 0, 22, text)
    sheet.set_column(1, 1, 80, text)
    for at, row in enumerate(_GUIDE):
        _put(sheet, at, row, bold if at == 0 else text, text)


def _echo(question: Question, title: str, number: int) -> tuple[Question, Titles] | None:
    return echo(question, title, number, lambda cell: clean(unescape(cell)))


XLSX = Format(
    name="xlsx",
    label="Excel 表格",
    suffix=".xlsx",
    read=read,
    write=write,
    losses=lambda bank: losses(bank, _echo),
    knows=knows,
)
