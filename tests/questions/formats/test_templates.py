"""The templates of 考试宝, 卷王 and 磨题帮 as handed out, and what offices make of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from questions.formats import FORMATS, Reading, recognise
from questions.models import Kind, Question
from tests.questions.formats.files.workbooks import changed, read, saved, workbook, xlsx

KAOSHIBAO = (
    "题干（必填）", "题型 （必填）", "选项 A", "选项 B", "选项 C", "选项 D", "选项E\n(勿删)",
    "选项F\n(勿删)", "选项G\n(勿删)", "选项H\n(勿删)", "正确答案\n（必填）", "解析\n（勿删）",
    "章节\n（勿删）", "难度",
)  # fmt: skip
NOTICE = "填写须知：\n1. 请勿增加、删除列；\n2. 题型请从下拉框选择；\n3. 多个答案不加分隔符。"
HEAD = ("题型", "题干", "选项A", "选项B", "选项C", "答案")
ONE = ("单选题", "谁审批？", "省级", "市级", "县级", "B")
TWO = ("多选题", "哪些？", "甲", "乙", "丙", "AC")
THREE = ("判断题", "办了。", None, None, None, "对")
SHEET = "xl/worksheets/sheet1.xml"


def taken(data: bytes) -> tuple[Question, ...]:
    reading = read(data)
    assert [f"{skip.place}{skip.reason}" for skip in reading.skips] == []
    return reading.bank.questions


def sheet(*rows: Sequence[Any]) -> bytes:
    return saved(workbook({"题库": rows}))


def kaoshibao() -> openpyxl.Workbook:
    """The template: a merged notice, a header with marks and breaks, drop-downs, examples."""
    empty = [None] * 4
    book = workbook(
        {
            "试题内容": [
                (NOTICE,),
                KAOSHIBAO,
                ("谁审批？", "单选题", "省级", "市级", "县级", None, *empty, "B", "见第九条",
                 "总则/原则", "偏难"),
                ("哪些？", "不定项选择题", "甲", "乙", "丙", None, *empty, "AC", None, "总则",
                 "易"),
                ("办了。", "判断题", "对", "错", None, None, *empty, "A", None, None, "适中"),
                ("于____年施行", "填空题", "1982|一九八二", None, None, None, *empty, None, None,
                 None, "难"),
                ("谈谈看法", "简答题", None, None, None, None, *empty, "略", None, None, "难"),
                ("排一排", "排序题", "甲", "乙", None, None, *empty, "BA", None, None, "难"),
                (None, "单选题", "甲", "乙", None, None, *empty, "A", None, None, "难"),
                ("错的", "单选题", "甲", "乙", None, None, *empty, "E", None, None, "难"),
            ]
        }
    )  # fmt: skip
    page = book["试题内容"]
    page.merge_cells("A1:N1")
    page["A2"].font = Font(bold=True, color="FFFF0000")
    return book


def test_the_template_of_kaoshibao_is_read_row_by_row() -> None:
    reading = read(saved(kaoshibao()))
    kinds = [question.kind for question in reading.bank.questions]
    assert kinds == [Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE, Kind.BLANK]
    assert reading.bank.questions[0].citation.section == ("总则", "原则")
    assert reading.bank.questions[3].answers == ("1982", "一九八二")
    places = [str(skip.place) for skip in reading.skips]
    assert places == [
        "工作表“试题内容”第 7 行“题型 （必填）”列",
        "工作表“试题内容”第 8 行“题型 （必填）”列",
        "工作表“试题内容”第 9 行“题干（必填）”列",
        "工作表“试题内容”第 10 行“正确答案\n（必填）”列",
    ]
    assert "补上题干" in reading.skips[2].reason
    assert "答案 E 没有对应的选项" in reading.skips[3].reason


def test_the_template_of_juanwang_has_a_sheet_a_kind_and_one_of_people() -> None:
    header = ("序号", "题干", *(f"选项{c}" for c in "ABCDEFGH"), "解析", "分数", "答案", "标签")
    options = ("甲", "乙", "丙", *[None] * 5)
    book = workbook(
        {
            "单选题": [header, (1, "谁？", *options, "略", 2, "A", "宪法,执法")],
            "多选题": [header, (1, "哪些？", *options, "略", 2, "A,C", None)],
            "判断题": [header, (1, "对吗？", "正确", "错误", *[None] * 6, "略", 1, "B", None)],
            "填空题": [header, (1, "于____年施行", *[None] * 8, "略", 1, "1982", None)],
            "简答题": [header, (1, "谈谈", *[None] * 8, "略", 10, "略", None)],
            "用户": [
                ("用户名", "登录名", "登录密码", "手机", "邮箱", "组织机构", "角色"),
                ("某甲", "jia", "x", None, None, "法规处", "考生"),
            ],
        }
    )
    reading = read(saved(book))
    kinds = [question.kind for question in reading.bank.questions]
    assert kinds == [Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE, Kind.BLANK]
    assert [str(skip.place) for skip in reading.skips] == ["工作表“简答题”第 2 行"]
    assert any("用户" in note for note in reading.notes)


def test_the_template_of_motibang_begins_with_four_lines_about_the_paper() -> None:
    rows = [
        ("标题", "第一季度"), ("描述", "法规"), ("用时", 60),
        ("题干", "题型", "选择项1", "选择项2", "选择项3", "解析", "答案", "得分"),
        ("谁审批？", "单选题", "省级", "市级", "县级", "略", "B", 1),
        ("办了。", "判断题", None, None, None, None, "正确", 1),
    ]  # fmt: skip
    first, second = taken(sheet(*rows))
    assert (first.options, first.key) == (("省级", "市级", "县级"), (1,))
    assert second.kind is Kind.JUDGE


def test_a_title_blank_columns_and_notes_at_the_foot() -> None:
    rows = [
        ("某厅2026年学法题库",), (None,), (None, *HEAD), (None, *ONE), (None, *TWO),
        (None,), ("备注：以上题目仅供学习。",), ("制表：法规处",),
    ]  # fmt: skip
    assert len(taken(sheet(*rows))) == 2


def test_several_banks_in_one_sheet_and_a_header_repeated_on_every_page() -> None:
    other = ("题目", "A", "B", "正确答案")
    rows = [HEAD, ONE, HEAD, TWO, ("二、第二部分",), other, ("几件？", "1", "2", "B"), other]
    questions = taken(sheet(*rows))
    assert [question.stem for question in questions] == ["谁审批？", "哪些？", "几件？"]
    assert questions[2].key == (1,)


@pytest.mark.parametrize(("answer", "key"), [(2, (1,)), (2.0, (1,)), ("2", (1,)), ("①", (0,))])
def test_a_key_may_be_the_number_of_the_option(answer: object, key: tuple[int, ...]) -> None:
    (question,) = taken(sheet(HEAD, (*ONE[:5], answer)))
    assert question.key == key


def test_a_number_that_is_an_option_itself_is_that_option() -> None:
    (question,) = taken(sheet(HEAD, ("单选题", "几件？", 2, 3, 1, 3)))
    assert question.key == (1,)


@pytest.mark.parametrize("answer", ["A", "T", "TRUE", True, "√", "对", "Y", 1])
def test_a_verdict_comes_as_a_letter_a_mark_or_a_boolean(answer: object) -> None:
    (question,) = taken(sheet(HEAD, (*THREE[:5], answer)))
    assert question.key == (0,)


def test_numbers_for_kinds_mean_what_the_header_says() -> None:
    header = ("问题", "题型（0单选，1判断，2多选）", "选项A", "选项B", "答案（如：A,B）")
    rows = [header, ("谁？", 0, "甲", "乙", "B"), ("对吗？", 1, "对", "错", "A"),
            ("哪些？", "2", "甲", "乙", "A,B")]  # fmt: skip
    kinds = [question.kind for question in taken(sheet(*rows))]
    assert kinds == [Kind.SINGLE, Kind.JUDGE, Kind.MULTIPLE]


def test_a_question_with_a_picture_of_its_own_is_refused() -> None:
    header = (*HEAD, "图片URL")
    reading = read(sheet(header, (*ONE, "https://x.invalid/a.png"), (*TWO, None)))
    assert len(reading.bank.questions) == 1
    assert str(reading.skips[0].place).endswith("“图片URL”列")


def test_hidden_columns_are_read_like_any_other() -> None:
    book = workbook({"题库": [HEAD, ONE]})
    book["题库"].column_dimensions["F"].hidden = True
    assert taken(saved(book))[0].key == (1,)


def test_english_headers_of_other_systems_are_known() -> None:
    header = ("content", "type", "option1", "option2", "correctAnswer", "explanation")
    (question,) = taken(sheet(header, ("Who?", "single", "x", "y", "B", "why")))
    assert (question.key, question.explanation) == ((1,), "why")
    titles = ("Question", "Options", "Correct Answers")
    (question,) = taken(sheet(titles, ("Which?", "x|y|z", "x|z")))
    assert (question.options, question.key) == (("x", "y", "z"), (0, 2))


def test_numbers_that_only_count_never_claim_another_files_question() -> None:
    header = (*HEAD, "题目编号")
    first = read(sheet(header, (*ONE, 1), (*TWO, "002")))
    second = read(sheet(header, (*THREE, 1)))
    assert not {q.id for q in first.bank.questions} & {q.id for q in second.bank.questions}
    assert any("2 题的题目编号只是序号" in note for note in first.notes)
    kept = read(sheet(header, (*ONE, "FG-2026-1")))
    assert kept.bank.questions[0].id == "FG-2026-1"


def strict(data: bytes) -> bytes:
    """The workbook as Excel's “Strict Open XML” writes it."""
    pairs = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
         b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip

    def swap(part: bytes) -> bytes:
        for old, new in pairs:
            part = part.replace(old, new)
        return part

    return changed(data, dict.fromkeys(zipfile.ZipFile(io.BytesIO(data)).namelist(), swap))


def inline(data: bytes) -> bytes:
    """The sheet with its texts in the cells, as online editors export it."""
    body = "".join(
        f'<row r="{at}">' + "".join(
            f'<c r="{chr(64 + column)}{at}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for column, cell in enumerate(row, 1) if cell is not None
        ) + "</row>"
        for at, row in enumerate((HEAD, ONE), 1)
    )  # fmt: skip
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = (
        f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
    )
    return changed(data, {SHEET: part.encode()})


def shared(data: bytes) -> bytes:
    """The workbook as Excel itself writes it: its texts in a table of their own."""
    target = io.BytesIO()
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    with xlsxwriter.Workbook(target) as book:
        copy = book.add_worksheet(page.title)
        for at, row in enumerate(page.iter_rows(values_only=True)):
            copy.write_row(at, 0, row)
    return target.getvalue()


def phonetic(data: bytes) -> bytes:
    """Shared strings with readings (rPh), which are no part of the text."""

    def mark(part: bytes) -> bytes:
        stem = "谁审批？".encode()
        return part.replace(
            b"<t>" + stem + b"</t>",
            b"<t>" + stem + b'</t><rPh sb="0" eb="1"><t>shui</t></rPh><phoneticPr fontId="1"/>',
        )

    return changed(shared(data), {"xl/sharedStrings.xml": mark})


@pytest.mark.parametrize("change", [inline, shared, phonetic, strict])
def test_a_workbook_reads_the_same_whatever_program_saved_it(change: Any) -> None:
    (question,) = taken(change(sheet(HEAD, ONE)))
    assert (question.stem, question.options, question.key) == (
        "谁审批？", ("省级", "市级", "县级"), (1,),
    )  # fmt: skip


def test_dates_of_1904_are_the_days_they_show() -> None:
    book = workbook({"题库": [("题型", "题干", "答案", "来源文件", "施行日期")]})
    book.epoch = CALENDAR_MAC_1904
    book["题库"].append(("判断题", "甲。", "对", "某法", date(2025, 11, 1)))
    (question,) = taken(saved(book))
    assert question.basis is not None
    assert question.basis.in_force_from == date(2025, 11, 1)


def test_a_workbook_of_xlsxwriter_with_a_table_and_frozen_panes_is_read() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("题库")
        page.freeze_panes(1, 0)
        rows: list[list[Any]] = [list(ONE), list(TWO)]
        columns = [{"header": title} for title in HEAD]
        page.add_table(0, 0, 2, 5, {"data": rows, "columns": columns})
    assert len(taken(target.getvalue())) == 2


def test_every_reason_says_what_to_do() -> None:
    remedy = re.compile("请")
    for skip in read(saved(kaoshibao())).skips:
        assert remedy.search(skip.reason), skip.reason


def test_rows_of_a_csv_in_markdown_are_told_from_their_rule() -> None:
    text = (
        "| 题型 | 题干 | 选项A | 选项B | 答案 |\n|---|:--|---|---|---|\n"
        "| 单选题 | 谁？ | 甲 | 乙 | B |\n"
    )
    reading: Reading = FORMATS["csv"].read(text.encode(), "题库.md")
    assert [question.key for question in reading.bank.questions] == [(1,)]
    assert reading.skips == ()


def test_a_workbook_is_known_whatever_its_name() -> None:
    assert recognise(xlsx(("判断题", "甲。", *[None] * 4, "对"))).name == "xlsx"
