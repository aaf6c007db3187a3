"""Banks in Word files: typed, numbered by Word itself, or in tables."""

from __future__ import annotations

import docx
import pytest
from docx.document import Document as WordDocument

from questions.errors import FormatError
from questions.formats import FORMATS, Reading, recognise
from questions.models import Kind
from tests.questions.documents.files import numbered_word, saved, with_body, word

DOCX = FORMATS["docx"]


def read(data: bytes) -> Reading:
    return DOCX.read(data, "题库.docx")


def with_table(*rows: tuple[str, ...]) -> WordDocument:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return document


def test_typed_questions_are_read() -> None:
    data = word(
        [
            "一、单选题",
            "1. 谁来审批？",
            "A. 甲　B. 乙",
            "答案：B",
            "2. 哪个？",
            "A. 甲",
            "B. 乙",
            "答案：A",
        ]
    )
    assert recognise(data).name == "docx"
    questions = read(data).bank.questions
    assert [question.key for question in questions] == [(1,), (0,)]


def test_the_numbers_that_word_counts_are_seen() -> None:
    data = numbered_word(
        [(0, "单选题"), (None, "1. 谁来审批？"), (None, "A. 甲"), (None, "B. 乙"),
         (None, "答案：B"), (0, "判断题"), (None, "1. 办了59件。"), (None, "答案：√")]
    )  # fmt: skip
    assert [question.kind for question in read(data).bank.questions] == [Kind.SINGLE, Kind.JUDGE]


def test_a_table_with_a_header_is_a_sheet() -> None:
    document = with_table(
        ("题型", "题干", "选项A", "选项B", "答案"),
        ("单选题", "谁来审批？", "甲", "乙", "B"),
        ("单选题", "哪个？", "甲", "乙", "E"),
    )
    document.add_paragraph("1. 办了59件。（√）")
    reading = read(saved(document))
    assert [question.kind for question in reading.bank.questions] == [Kind.SINGLE, Kind.JUDGE]
    assert str(reading.skips[0].place) == "工作表“表格（第 1 行起）”第 3 行“答案”列"
    assert reading.header[1:] == ("题型", "题干", "选项A", "选项B", "答案")


def test_cells_merged_downwards_in_a_table_hold_for_every_row() -> None:
    document = with_table(
        ("题型", "题干", "答案"), ("判断题", "甲。", "对"), ("", "乙。", "错"), ("", "丙。", "对")
    )
    table = document.tables[0]
    table.cell(1, 0).merge(table.cell(3, 0))
    assert len(read(saved(document)).bank.questions) == 3


def test_a_table_that_only_lays_out_is_read_as_lines() -> None:
    document = with_table(("1. 谁来审批？",), ("A. 甲  B. 乙",), ("答案：B",))
    assert read(saved(document)).bank.questions[0].key == (1,)


def test_a_document_without_questions_is_refused() -> None:
    with pytest.raises(FormatError, match="题号"):
        read(word(["关于普法工作的通知", "请认真学习。"]))


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        "<w:document><w:body><w:p><w:t>&b;</w:t></w:p></w:body></w:document>"
    )
    with pytest.raises(FormatError, match="不安全"):
        read(with_body(bomb))


def test_what_was_deleted_with_tracked_changes_is_not_read() -> None:
    body = (
        '<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>1. 办了59件。（</w:t></w:r>'
        "<w:del><w:r><w:delText>×</w:delText><w:t>×</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>√</w:t></w:r></w:ins><w:r><w:t>）</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read(with_body(body)).bank.questions[0].key == (0,)
