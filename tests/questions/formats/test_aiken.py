"""Aiken as Moodle reads it, and what it would have torn apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.errors import FormatError
from questions.formats import FORMATS, Reading
from questions.models import Kind

AIKEN = FORMATS["aiken"]
SAMPLE = Path(__file__).with_name("samples") / "sample.aiken.txt"


def read(text: str) -> Reading:
    return AIKEN.read(text.encode(), "题库.txt")


def test_brackets_and_full_stops_may_follow_the_letters_with_a_space_or_without() -> None:
    reading = read("甲？\nA) 一\nB.二\nC. 三\nANSWER: C\n")
    (question,) = reading.bank.questions
    assert (question.kind, question.stem) == (Kind.SINGLE, "甲？")
    assert question.options == ("一", "二", "三")
    assert question.key == (2,)
    assert question.citation.section == ("第 1 行",)


def test_no_blank_line_is_needed_between_questions_nor_forbidden_within() -> None:
    reading = read("甲？\n\nA) 一\n\nB) 二\nANSWER: A\n乙？\nA) 一\nB) 二\nANSWER: B")
    assert [item.key for item in reading.bank.questions] == [(0,), (1,)]


def test_two_verdicts_to_choose_from_are_a_judge_question() -> None:
    (question,) = read("甲。\nA) 错\nB) 对\nANSWER: B").bank.questions
    assert (question.kind, question.key) == (Kind.JUDGE, (0,))


@pytest.mark.parametrize(
    ("text", "row", "why"),
    [
        ("甲？\nA) 一\nANSWER: A", 1, "不到两个"),
        ("A) 一", 1, "没有题干"),
        ("\nANSWER: A", 2, "没有题干"),
        ("甲？\nA) 一\nB) 二\n\n", 1, "没有写完"),
        ("一句话\n\n", 1, "没有选项和答案"),
        ("甲？\nA) 一\nB) 二\nANSWER: C", 1, "没有对应的选项"),
        ("甲？\nA) 一\nB) 二\nANSWER: AB", 1, "一个正确答案"),
        ("甲？\nA) 一\nB) 二\nANSWER: 一", 1, "一个正确答案"),
        ("甲？\nA) 一\nB) 二\nANSWER:", 1, "一个正确答案"),
        ("甲？\nA) 一\nC) 二\nANSWER: A", 1, "依次编号"),
        ("甲？\nA) 一\nB) 一\nANSWER: A", 1, "选项相同"),
        ("甲？\nA) 一\n接着写\nB) 二\nC) 三\nANSWER: B", 1, "第 3 行"),
    ],
)
def test_what_moodle_rejects_or_misreads_is_named(text: str, row: int, why: str) -> None:
    reading = read(text)
    assert reading.bank.questions == ()
    assert reading.skips[0].place.row == row
    assert why in reading.skips[0].reason


def test_an_unfinished_question_costs_no_other() -> None:
    reading = read("未完\nA) 一\nB) 二\n\n甲？\nA) 一\nB) 二\nANSWER: B")
    assert [item.stem for item in reading.bank.questions] == ["甲？"]
    assert reading.skips[0].cells == ("未完\nA) 一\nB) 二",)


def test_a_stem_on_two_lines_is_joined_and_told_of() -> None:
    reading = read("甲，\n乙？\nA) 一\nB) 二\nANSWER: B")
    assert reading.bank.questions[0].stem == "甲，\n乙？"
    assert "占了几行" in reading.notes[0]


def test_a_heading_apart_is_no_stem() -> None:
    reading = read("第一章\n\n甲？\nA) 一\nB) 二\nANSWER: B")
    assert reading.bank.questions[0].stem == "甲？"
    assert "不是一道完整的题" in reading.skips[0].reason


def test_chinese_answer_lines_and_full_width_letters_are_understood() -> None:
    reading = read("甲？\nＡ）一\nＢ．二\n答案：Ｂ\n乙？\nA) 一\nB) 二\nANSWER：A")
    assert [item.key for item in reading.bank.questions] == [(1,), (0,)]


def test_the_sample_gives_what_it_says() -> None:
    reading = AIKEN.read(SAMPLE.read_bytes(), SAMPLE.name)
    assert [item.kind for item in reading.bank.questions] == [
        Kind.SINGLE,
        Kind.JUDGE,
        Kind.SINGLE,
    ]
    assert [skip.place.row for skip in reading.skips] == [12, 16, 17, 19]


def test_bytes_that_are_no_text_are_an_error() -> None:
    with pytest.raises(FormatError):
        AIKEN.read(b"\x89PNG\r\n\x1a\n" + bytes(200), "a.txt")


def test_only_lettered_options_with_an_answer_line_are_taken_for_aiken() -> None:
    assert AIKEN.knows("甲？\r\nA) 一\r\nB) 二\r\nANSWER: B\r\n".encode())
    assert not AIKEN.knows("甲？\nA) 一\nB) 二\n答案：B".encode())
    assert not AIKEN.knows(b"The ANSWER: B is plain.")
