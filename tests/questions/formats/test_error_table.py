"""Skipped rows come back as a table that is mended and sent again."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl

from questions.formats import FORMATS
from questions.formats.skipped import write_skips
from questions.models import Kind
from tests.questions.formats.files.workbooks import read, saved, workbook, xlsx

HEADER = ("序号", "题型", "题干", "A", "B", "答案", "备注说明")


def mended(data: bytes, change: Callable[[str], str]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book.worksheets[0].iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = change(cell.value)
    return saved(book)


def test_a_mended_table_imports_without_its_last_column() -> None:
    rows = [
        (1, "单选题", "谁？", "甲", "乙", "E", "=1+1"),
        (2, "判断题", "办了。", None, None, "对", ""),
    ]
    reading = read(xlsx(*rows, header=HEADER))
    table = write_skips(reading)
    sheet = openpyxl.load_workbook(io.BytesIO(table)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == [*HEADER, "问题"]
    assert cells[1][:3] == ["1", "单选题", "谁？"]
    assert str(cells[1][-1]).startswith("工作表“题库”第 2 行“答案”列：答案 E 没有对应的选项")
    again = read(mended(table, lambda text: "B" if text == "E" else text))
    assert [question.key for question in again.bank.questions] == [(1,)]
    assert again.skips == ()


def test_unmended_rows_are_told_again() -> None:
    reading = read(xlsx((1, "单选题", "谁？", "甲", "乙", "E", ""), header=HEADER))
    again = read(write_skips(reading))
    assert [skip.reason for skip in again.skips] == [skip.reason for skip in reading.skips]


def test_a_file_that_calls_its_stems_problems_survives_the_table() -> None:
    reading = read(xlsx(("谁？", "甲", "乙", "E"), header=("问题", "A", "B", "答案")))
    again = read(mended(write_skips(reading), lambda text: "A" if text == "E" else text))
    assert again.bank.questions[0].stem == "谁？"


def test_sheets_with_other_columns_share_one_table_and_keep_their_kind() -> None:
    book = workbook(
        {
            "单选题": [("题干", "选项A", "选项B", "答案"), ("谁？", "甲", "乙", "D")],
            "判断题": [("题目", "正确答案", "解析"), ("办了。", "也许", "略")],
        }
    )
    table = write_skips(read(saved(book)))
    change = {"D": "A", "也许": "错"}
    again = read(mended(table, lambda text: change.get(text, text)))
    assert [question.kind for question in again.bank.questions] == [Kind.SINGLE, Kind.JUDGE]


def test_questions_of_loose_text_are_mended_in_their_cell() -> None:
    options = "A. 甲\nB. 乙\n"
    text = (
        f"一、单选题\n1. 谁？\n{options}答案：E\n2. 哪个？\n{options}3. 何者？\n{options}答案：A\n"
    )
    reading = FORMATS["text"].read(text.encode(), "题库.txt")
    assert len(reading.skips) == 2
    table = write_skips(reading)
    again = read(mended(table, lambda cell: cell.replace("答案：E", "答案：B")))
    assert [(q.kind, q.key) for q in again.bank.questions] == [(Kind.SINGLE, (1,))]
    assert "没有答案" in again.skips[0].reason


def test_what_looks_like_a_formula_stays_text() -> None:
    reading = read(xlsx((1, "单选题", "+1等于？", "-甲", "@乙", "E", ""), header=HEADER))
    book = openpyxl.load_workbook(io.BytesIO(write_skips(reading)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert next(cell for cell in cells if cell.value == "+1等于？").quotePrefix
