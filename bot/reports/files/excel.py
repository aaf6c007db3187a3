"""An Excel workbook written row by row: what is written is out of memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.reports.files.order import Order
from bot.reports.files.tables import Row, Sort, Table
from bot.texts import label
from questions.formats.sheets.cells import fit, is_risky

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROWS: Final = 1_048_576  # of a sheet, the header among them: Excel's own bound
LONGEST_CELL: Final = 32_767
_LONGEST_CHART: Final = 40  # names that a chart has room for
_DAY_ZERO: Final = date(1899, 12, 30).toordinal()
_A4: Final = 9


class ExcelSink:
    """Tables as sheets; one too long for a sheet goes on in another."""

    def __init__(self, path: Path, order: Order, *, rows_per_sheet: int = ROWS) -> None:
        import xlsxwriter

        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "tmpdir": str(path.parent)}
        )
        title = label("reports.file_title", period=order.period)
        self._book.set_properties({"title": title, "created": order.made_at.replace(tzinfo=None)})
        self._title = f"{title}　{order.scope}".replace("&", "&&")
        self._most = rows_per_sheet - 1
        self._forms = {
            Sort.TEXT: self._form(num_format="@"),
            Sort.COUNT: self._form(num_format="#,##0"),
            Sort.SHARE: self._form(num_format="0.0%"),
            Sort.DATE: self._form(num_format="yyyy-mm-dd", align="left"),
        }
        self._quoted = self._form(num_format="@", quote_prefix=True)
        self._bold = self._book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._sheet: Any = None
        self._table: Table | None = None
        self._row = self._number = 0

    def _form(self, **properties: object) -> Any:
        return self._book.add_format({"valign": "top", **properties})

    def begin(self, table: Table) -> None:
        """Rows that follow are this table's."""
        self._finish()
        self._table, self._number = table, 0
        self._new_sheet(table)

    def add(self, rows: Iterable[Row]) -> None:
        """More rows; texts are never formulas, whatever they begin with."""
        table = self._table
        if table is None:
            raise ValueError("no table was begun")
        sorts = [column.sort for column in table.columns]
        for row in rows:
            if self._row == self._most:
                self._finish()
                self._new_sheet(table)
            self._row += 1
            self._put(self._sheet, self._row, row, sorts)

    def close(self) -> None:
        """The file is complete."""
        self._finish()
        self._book.close()

    def _put(self, sheet: Worksheet, at: int, row: Row, sorts: list[Sort]) -> None:
        for place, (cell, sort) in enumerate(zip(row, sorts, strict=True)):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                text = fit(cell)[:LONGEST_CELL]
                form = self._quoted if is_risky(text) else self._forms[Sort.TEXT]
                sheet.write_string(at, place, text, form)
            elif isinstance(cell, date):
                sheet.write_number(at, place, cell.toordinal() - _DAY_ZERO, self._forms[sort])
            else:
                sheet.write_number(at, place, cell, self._forms[sort])

    def _new_sheet(self, table: Table) -> None:
        self._number += 1
        self._row = 0
        name = table.name if self._number == 1 else f"{table.name}{self._number}"
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title, self._bold)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&L{self._title}&R{name}")
        sheet.set_footer(label("reports.file_footer"))
        self._sheet = sheet

    def _finish(self) -> None:
        table = self._table
        if table is None:
            return
        self._sheet.autofilter(0, 0, max(self._row, 1), len(table.columns) - 1)
        if table.charted and self._row:
            self._chart(table)

    def _chart(self, table: Table) -> None:
        """Bars of the charted columns, below the table, so that no column is covered."""
        chart = self._book.add_chart({"type": "column"})
        titles = [column.title for column in table.columns]
        last = min(self._row, _LONGEST_CHART)
        for number, title in enumerate(table.charted):
            at = titles.index(title)
            fill: dict[str, object] = {"fill": {"color": "#0B4F8A"}}
            if number:  # told apart in grey, too
                fill = {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#C36A00"}}
            chart.add_series(
                {
                    "name": title,
                    "categories": [self._sheet.name, 1, 0, last, 0],
                    "values": [self._sheet.name, 1, at, last, at],
                    **fill,
                }
            )
        chart.set_title({"name": label("reports.chart_departments"), "name_font": {"size": 14}})
        chart.set_y_axis({"min": 0, "max": 1, "num_format": "0%", "major_gridlines": _GRID})
        chart.set_legend({"position": "top"})
        chart.set_size({"width": max(640, 120 + 60 * last), "height": 380})
        self._sheet.insert_chart(self._row + 2, 0, chart)


_GRID: Final = {"visible": True, "line": {"color": "#D9DEE5"}}
