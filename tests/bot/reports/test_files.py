"""Files hold real dates, numbers and shares; nothing in them is ever a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.reports.files.child import sink_of
from bot.reports.files.csv_zip import CsvSink
from bot.reports.files.excel import ExcelSink
from bot.reports.files.order import FileFormat, Order
from bot.reports.files.tables import Row, Table, table
from storage.repositories.windows import Days
from storage.states import DepartmentId

RISKY = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1", "=cmd|'/c calc'!A0"]
ROUND: Row = (date(2026, 11, 23), "每日学法", 3, 8, 6, 0.75, 5, 18, 15, 15 / 18)


def an_order(form: FileFormat = FileFormat.XLSX) -> Order:
    return Order(
        form,
        Days(date(2026, 11, 1), date(2026, 11, 23)),
        frozenset({DepartmentId(2), DepartmentId(1)}),
        "2026年11月",
        "法规处 & 大气处",
        datetime.fromisoformat("2026-11-23T09:00:00+08:00"),
    )


def department(name: str) -> Row:
    return (name, 8, 40, 30, 0.75, 20, 90, 80, 80 / 90, 800, 1000, 0.8, 8, 7, 7 / 8)


def workbook(path: Path, *tables: tuple[Table, list[Row]], rows_per_sheet: int = 100) -> Any:
    sink = ExcelSink(path, an_order(), rows_per_sheet=rows_per_sheet)
    for one, rows in tables:
        sink.begin(one)
        sink.add(rows)
    sink.close()
    return openpyxl.load_workbook(path)


def csv_tables(path: Path, *tables: tuple[Table, list[Row]]) -> Iterator[list[list[str]]]:
    sink = CsvSink(path)
    for one, rows in tables:
        sink.begin(one)
        sink.add(rows)
    sink.close()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            assert data.startswith(b"\xef\xbb\xbf")
            yield list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_an_order_survives_the_way_to_the_other_process() -> None:
    assert Order.unpack(an_order().pack()) == an_order()


def test_dates_numbers_and_shares_are_what_they_are(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", (table("rounds"), [ROUND]))
    sheet = book["各期"]
    cells = next(iter(sheet.iter_rows(min_row=2)))

    assert cells[0].value == datetime(2026, 11, 23)  # noqa: DTZ001  (what Excel has)
    assert cells[0].is_date
    assert cells[2].value == 3
    assert (cells[5].value, cells[5].number_format) == (0.75, "0.0%")


def test_a_sheet_is_ready_to_read_and_to_print(tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "a.xlsx", (table("rounds"), [ROUND]))["各期"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:J2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["B"].width == pytest.approx(20, abs=1)
    assert "&&" in sheet.oddHeader.left.text or "& 大气处" in sheet.oddHeader.left.text


@pytest.mark.parametrize("name", RISKY)
def test_a_name_that_looks_a_formula_stays_a_text(tmp_path: Path, name: str) -> None:
    book = workbook(tmp_path / "a.xlsx", (table("departments"), [department(name)]))
    cell = book["处室"]["A2"]

    assert cell.data_type in ("s", "inlineStr")
    assert cell.value == name.replace("\r", "\n")
    assert cell.quotePrefix
    found = next(csv_tables(tmp_path / "a.zip", (table("departments"), [department(name)])))
    assert found[1][0] == "'" + name.replace("\r", "\n")


def test_departments_have_a_chart(tmp_path: Path) -> None:
    rows = [department(f"第{n}处") for n in range(60)]
    with_rows = workbook(tmp_path / "a.xlsx", (table("departments"), rows))
    without = workbook(tmp_path / "b.xlsx", (table("departments"), []))

    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert chart.count("<c:ser>") == 2
    assert "$A$2:$A$41" in chart
    assert len(with_rows["处室"]._charts) == 1
    assert without["处室"]._charts == []


def test_a_table_too_long_for_a_sheet_goes_on_in_another(tmp_path: Path) -> None:
    rows: list[Row] = [(f"问题{n}", "说明") for n in range(25)]
    book = workbook(tmp_path / "a.xlsx", (table("about"), rows), rows_per_sheet=11)

    assert book.sheetnames == ["说明", "说明2", "说明3"]
    assert [sheet.max_row for sheet in book] == [11, 11, 6]
    assert book["说明3"]["A1"].value == "项目"
    assert book["说明3"]["A6"].value == "问题24"
    assert all(sheet.auto_filter.ref for sheet in book)


def test_csv_tables_read_as_they_were(tmp_path: Path) -> None:
    (found,) = csv_tables(tmp_path / "a.zip", (table("rounds"), [ROUND]))

    assert found[0][:3] == ["日期", "计划", "题数"]
    assert found[1] == [
        "2026-11-23", "每日学法", "3", "8", "6", "75.0%", "5", "18", "15", "83.3%",
    ]  # fmt: skip


def test_what_a_file_cannot_carry_is_left_out(tmp_path: Path) -> None:
    name = "处\x00室\ud800" + "长" * 40_000
    cell = workbook(tmp_path / "a.xlsx", (table("departments"), [department(name)]))["处室"]["A2"]

    assert cell.value.startswith("处室长")
    assert len(cell.value) == 32_767


def test_rows_before_any_table_are_a_mistake(tmp_path: Path) -> None:
    sink = sink_of(tmp_path / "a.xlsx", an_order())
    with pytest.raises(ValueError, match="no table"):
        sink.add([ROUND])
    sink.close()


@pytest.mark.parametrize(
    "name", ["about", "people", "departments", "rounds", "answers", "questions"]
)
def test_every_table_has_names_for_its_columns(name: str) -> None:
    titles = [column.title for column in table(name).columns]
    assert len(set(titles)) == len(titles)
    assert all(titles)
