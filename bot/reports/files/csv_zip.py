"""CSV tables in a zip, one after another, for programs and for spreadsheets alike."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from bot.reports.files.tables import Cell, Row, Sort, Table
from questions.formats.sheets.cells import fit, quote


class CsvSink:
    """Tables as CSV files, UTF-8 with the mark that Excel wants."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        self._text: io.TextIOWrapper | None = None
        self._writer: Any = None
        self._sorts: list[Sort] = []

    def begin(self, table: Table) -> None:
        """Rows that follow are this table's."""
        self._end()
        entry = self._zip.open(f"{table.name}.csv", "w", force_zip64=True)
        self._text = io.TextIOWrapper(entry, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow([column.title for column in table.columns])
        self._sorts = [column.sort for column in table.columns]

    def add(self, rows: Iterable[Row]) -> None:
        """More rows; what looks a formula has an apostrophe before it."""
        sorts = self._sorts
        self._writer.writerows(
            [_written(cell, sort) for cell, sort in zip(row, sorts, strict=True)] for row in rows
        )

    def close(self) -> None:
        """The file is complete."""
        self._end()
        self._zip.close()

    def _end(self) -> None:
        if self._text is not None:
            self._text.close()
            self._text = None


def _written(cell: Cell, sort: Sort) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return quote(fit(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:.1%}" if sort is Sort.SHARE else str(cell)
