"""CSV files as programs here write them: any encoding, any separator."""

from __future__ import annotations

import pytest

from questions.errors import FormatError
from questions.formats import FORMATS, recognise
from questions.models import Bank
from tests.cast import DOCUMENT, a_question

CSV = FORMATS["csv"]
TEXT = "题型,题干,选项A,选项B,答案\r\n单选题,谁来审批？,省级,市级,B\r\n判断题,办了59件。,,,对\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"]
)
def test_any_encoding_is_read(encoding: str) -> None:
    data = TEXT.encode(encoding)
    assert len(CSV.read(data, "题库.csv").bank.questions) == 2
    assert recognise(data).name == "csv"


@pytest.mark.parametrize("separator", ["\t", ";", "，", "|"])
def test_any_separator_is_read(separator: str) -> None:
    questions = CSV.read(TEXT.replace(",", separator).encode(), "题库.csv").bank.questions
    assert questions[0].options == ("省级", "市级")


def test_quoted_cells_hold_separators_and_line_breaks() -> None:
    text = '题型,题干,答案\n判断题,"甲,乙\n""丙""。",对\n判断题,丁。,错误的吧\n'
    reading = CSV.read(text.encode(), "题库.csv")
    assert reading.bank.questions[0].stem == '甲,乙\n"丙"。'
    assert reading.skips[0].place.row == 4


def test_a_file_without_a_header_is_refused_with_the_remedy() -> None:
    with pytest.raises(FormatError, match="表头"):
        CSV.read("甲,乙,丙\n一,二,三\n".encode(), "x.csv")


def test_no_spreadsheet_computes_what_we_write() -> None:
    risky = ("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "＝1")
    bank = Bank((DOCUMENT,), (a_question(options=risky, key=(0,)),))
    for line in CSV.write(bank).decode("utf-8-sig").splitlines():
        assert not any(cell.strip('"')[:1] in "=+-@＝" for cell in line.split(",") if cell)
    assert CSV.read(CSV.write(bank), "x").bank.questions[0].options == risky


def test_a_text_that_names_no_columns_is_no_csv() -> None:
    assert not CSV.knows("1. 题干，在这里\nA. 甲\n答案：A\n".encode())
    assert not CSV.knows(b"\x89PNG\r\n")
