"""The sheets of an .xlsx as texts: bounded, merged cells filled, numbers as people see them."""

from __future__ import annotations

import datetime
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from questions.errors import FormatError
from questions.formats import packages
from questions.formats.sheets.cells import Broken, clean, unescape
from questions.formats.sheets.grid import Grid, Row
from questions.formats.sheets.strict import transitional

MOST_ROWS: Final = 50_000  # rows with values, all sheets together
MOST_COLUMNS: Final = 64
_LAST_ROW: Final = 1_048_576
_DAMAGED: Final = "表格文件已损坏，读不了。请用 Excel 或 WPS 打开并另存为 .xlsx 再导入。"
TOO_MANY: Final = f"表格超过 {MOST_ROWS:,} 行，请拆成几个文件再导入。"
_ROW: Final = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])([^>]*)>")
_NUMBERED: Final = re.compile(rb"\br\s*=\s*[\"'](\d{1,18})[\"']")
_HIDDEN: Final = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_MERGE: Final = re.compile(
    rb"<(?:[\w.-]+:)?mergeCell\b[^>]*\bref\s*=\s*[\"']([A-Z0-9:]{2,20})[\"']"
)
_UNCOMPUTED: Final = re.compile(
    rb"</(?:[\w.-]+:)?f>(?:<(?:[\w.-]+:)?v\s*/>|<(?:[\w.-]+:)?v></(?:[\w.-]+:)?v>)?</(?:[\w.-]+:)?c>"
)
_FORMULA: Final = (
    "有 {count} 个公式没有存下计算结果，按空格读。请用 Excel 或 WPS 打开、保存后再导入。"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sheet's XML tells beside its cells."""

    rows: int
    last: int  # the last row with a value, counted from 1
    hidden: int
    formulas: int
    merges: Mapping[int, list[tuple[int, int]]]  # by first row: column from 0, last row


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets of a workbook, and what is worth telling of it."""

    grids: Iterator[Grid]
    notes: list[str]


def open_workbook(data: bytes) -> Workbook:
    """The sheets of an .xlsx; raises FormatError where it is unsafe, too large or damaged."""
    packages.check_size(data)
    packages.refuse_old(data)
    package = packages.open_package(data)
    facts, notes = _look(package)
    book = _load(transitional(data, package))
    sheets: list[Any] = list(book.worksheets)
    for sheet in sheets:
        if sheet.sheet_state != "visible":
            notes.append(f"工作表“{sheet.title}”是隐藏的，没有读。")
    shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    # openpyxl tells nowhere else which part a sheet stands in.
    parts = [facts.get(sheet._worksheet_path, Facts(0, 0, 0, 0, {})) for sheet in shown]
    for sheet, fact in zip(shown, parts, strict=True):
        if fact.hidden:
            notes.append(f"工作表“{sheet.title}”有 {fact.hidden} 行被隐藏或筛掉，也一并读了。")
        if fact.formulas:
            notes.append(f"工作表“{sheet.title}”" + _FORMULA.format(count=fact.formulas))
    grids = (
        Grid(sheet.title, _rows(sheet, fact)) for sheet, fact in zip(shown, parts, strict=True)
    )
    return Workbook(grids, notes)


def _look(package: zipfile.ZipFile) -> tuple[dict[str, Facts], list[str]]:
    """What the parts tell; raises FormatError where one is unsafe or too large."""
    listed = package.namelist()
    if "xl/workbook.bin" in listed:
        raise FormatError("这是 .xlsb 文件，读不了。请用 Excel 另存为 .xlsx 再导入。")
    if not any(name.startswith("xl/") for name in listed):
        raise FormatError("这不是 Excel 表格。请用 Excel 或 WPS 另存为 .xlsx 再导入。")
    for info in package.infolist():
        if info.filename.startswith("xl/worksheets/") and info.file_size > 48 << 20:
            raise FormatError(TOO_MANY)
    facts: dict[str, Facts] = {}
    for name, part in packages.xml_parts(package):
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            facts[name] = _facts(part)
            if sum(each.rows for each in facts.values()) > MOST_ROWS:
                raise FormatError(TOO_MANY)
    has_pictures = any(name.startswith("xl/media/") for name in listed)
    return facts, ["文件里有图片，图片不导入；题目要看图的请改写。"] if has_pictures else []


def _facts(part: bytes) -> Facts:
    rows = last = hidden = number = 0
    starts = _ROW.finditer(part)
    start = next(starts, None)
    while start is not None and rows <= MOST_ROWS:
        following = next(starts, None)
        end = following.start() if following else len(part)
        named = _NUMBERED.search(start[1])
        number = int(named[1]) if named else number + 1
        if part.find(b"v>", start.end(), end) >= 0 or part.find(b"is>", start.end(), end) >= 0:
            rows += 1
            last = max(last, number) if number <= _LAST_ROW else last
            hidden += bool(_HIDDEN.search(start[1]))
        start = following
    return Facts(rows, last, hidden, len(_UNCOMPUTED.findall(part)), _merges(part))


def _merges(part: bytes) -> dict[int, list[tuple[int, int]]]:
    """Cells merged downwards in one column; those merged across say nothing to rows below."""
    from openpyxl.utils.cell import range_boundaries

    found: dict[int, list[tuple[int, int]]] = {}
    for merge in _MERGE.finditer(part):
        try:
            left, top, right, bottom = range_boundaries(merge[1].decode())
        except (ValueError, TypeError):
            continue
        if left and top and bottom and left == right and bottom > top:
            found.setdefault(top, []).append((left - 1, bottom))
    return found


def _load(data: bytes) -> Any:
    import openpyxl  # takes a fifth of a second, which a starting bot can do without

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which say nothing here
            return openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
    except Exception as error:  # a damaged file makes it fail in any way
        raise FormatError(_DAMAGED) from error


def _rows(sheet: Any, facts: Facts) -> Iterator[Row]:
    from openpyxl.cell.read_only import EMPTY_CELL

    blank: object = None  # where rows are missing, openpyxl gives one and the same empty row
    if not facts.last:
        return
    sheet.reset_dimensions()  # what the file says of them may be wrong by millions
    rows = _parsed(sheet.iter_rows(max_row=facts.last, max_col=MOST_COLUMNS))
    merged: dict[int, tuple[int, str]] = {}  # by column: last row, text
    for number, cells in enumerate(rows, start=1):
        if cells is blank or all(cell is EMPTY_CELL for cell in cells):
            blank = cells
            continue
        texts = ["" if cell is EMPTY_CELL else _text(cell) for cell in cells]
        if merged:
            merged = {at: held for at, held in merged.items() if held[0] >= number}
        above = {at: text for at, (_, text) in merged.items()}
        for at, last in facts.merges.get(number, ()):
            if at < len(texts):
                merged[at] = (last, texts[at])
        if any(texts):
            yield Row(number, texts, above)


def _parsed(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows as openpyxl parses them, some hundred at a time; raises FormatError."""
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                chunk = list(itertools.islice(rows, 256))
        except Exception as error:  # as in `_load`: rows are parsed as they are asked for
            raise FormatError(_DAMAGED) from error
        if not chunk:
            return
        yield from chunk


def _text(cell: object) -> str:
    """What a cell shows, as far as its value tells."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, str):
        text = clean(unescape(value))
        return Broken(text) if getattr(cell, "data_type", "") == "e" else text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    style = str(getattr(cell, "number_format", "") or "")
    if isinstance(value, int | float):
        return _number(value, style)
    if isinstance(value, datetime.datetime):
        return _day(value, style)
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M" if not value.second else "%H:%M:%S")
    return str(value)


def _number(value: float, style: str) -> str:
    if style.rstrip().endswith("%") and "[" not in style:
        return _plain(round(value * 100, 10)) + "%"
    return _plain(value)


def _plain(value: float) -> str:
    """1.0 is 1, and no number is written with an exponent."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if not isinstance(value, float):
        return str(value)
    text = repr(value)
    return text if "e" not in text else f"{value:.15f}".rstrip("0").rstrip(".")


def _day(value: datetime.datetime, style: str) -> str:
    if value.hour or value.minute or value.second:
        return value.strftime("%Y-%m-%d %H:%M")
    if "y" not in style.lower():
        return f"{value.month}月{value.day}日"
    return (
        f"{value.year}年{value.month}月{value.day}日"
        if "年" in style
        else value.strftime("%Y-%m-%d")
    )
