"""Columns are found by their names, whatever the template and its order."""

from __future__ import annotations

import pytest

from questions.errors import FormatError
from questions.formats import FORMATS
from questions.models import Kind
from tests.questions.formats.files.workbooks import one, read, read_rows, saved, workbook, xlsx

KAOSHIBAO = (
    "题干（必填）", "题型 （必填）", "选项 A", "选项 B", "选项 C", "选项 D", "选项E\n(勿删)",
    "选项F(勿删)", "选项G(勿删)", "选项H(勿删)", "正确答案\n（必填）", "解析\n（勿删）",
    "章节\n（勿删）", "难度",
)  # fmt: skip


def test_the_columns_may_stand_in_any_order() -> None:
    header = ("答案*", "选项B", "选项A", "题干*", "题型*")
    question = one("A", "市级", "省级", "谁来审批？", "单选题", header=header)
    assert question.options == ("省级", "市级")
    assert question.key == (0,)


@pytest.mark.parametrize(
    "title", ["题目", "试题内容", "题干（必填）", " 题 干 ", "＊题目", "问题"]
)
def test_a_column_is_known_by_other_names_too(title: str) -> None:
    header = ("题目类型", title, "A", "B", "正确答案")
    assert one("单选", "谁？", "甲", "乙", "B", header=header).key == (1,)


@pytest.mark.parametrize(
    "names",
    [("A", "B"), ("选项1", "选项2"), ("选项一", "选项二"), ("A选项", "B选项"), ("答案A", "答案B")],
)
def test_option_columns_are_known_by_letter_or_number(names: tuple[str, str]) -> None:
    question = one("单选题", "谁？", "甲", "乙", "B", header=("题型", "题干", *names, "正确答案"))
    assert question.options == ("甲", "乙")


def test_the_header_may_stand_below_a_notice() -> None:
    rows = [("填写须知：请勿删除列",), KAOSHIBAO]
    data = saved(workbook({"题库": [*rows, ("谁？", "单选题", "甲", "乙", *[None] * 6, "B")]}))
    (question,) = read(data).bank.questions
    assert question.key == (1,)


def test_a_kaoshibao_template_is_read_with_chapters_and_levels() -> None:
    empty = [None] * 4
    reading = read_rows(
        ("谁？", "单选题", "甲", "乙", "丙", "丁", *empty, "C", "见第三条", "总则/原则", "偏难"),
        ("哪些？", "不定项选择题", "甲", "乙", "丙", "丁", *empty, "ABD", "", "总则", "易"),
        ("对吗？", "判断题", "√", "×", None, None, *empty, "B", "", "", "适中"),
        (
            "法于____年施行",
            "填空题",
            "1982|一九八二",
            None,
            None,
            None,
            *empty,
            None,
            "",
            "",
            "难",
        ),
        ("谈谈看法", "简答题", None, None, None, None, *empty, "略", "", "", "难"),
        header=KAOSHIBAO,
    )
    kinds = [question.kind for question in reading.bank.questions]
    assert kinds == [Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE, Kind.BLANK]
    single, multiple, judge, blank = reading.bank.questions
    assert single.citation.section == ("总则", "原则")
    assert [q.difficulty for q in reading.bank.questions] == [0.65, 0.2, 0.5, 0.8]
    assert multiple.key == (0, 1, 3)
    assert judge.key == (1,)
    assert blank.answers == ("1982", "一九八二")
    assert "简答题" in reading.skips[0].reason


def test_a_juanwang_workbook_has_a_sheet_for_each_kind() -> None:
    header = ("序号", "题干", *(f"选项{c}" for c in "ABCDEFGH"), "解析", "分数", "答案", "标签")
    options = ("甲", "乙", "丙", *[None] * 5)
    book = workbook(
        {
            "单选题": [header, (1, "谁？", *options, "略", 2, "A", "宪法,执法")],
            "多选题": [header, (1, "哪些？", *options, "略", 2, "AC", None)],
            "判断题": [header, (1, "对吗？", *[None] * 8, "略", 1, "对", None)],
            "用户": [("用户名", "登录名", "登录密码"), ("甲", "jia", "x")],
        }
    )
    reading = read(saved(book))
    kinds = [question.kind for question in reading.bank.questions]
    assert kinds == [Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE]
    assert reading.bank.questions[0].tags == ("宪法", "执法")
    assert reading.skips == ()
    assert any("用户" in note for note in reading.notes)
    assert any("分数" in note for note in reading.notes)


def test_an_exam_master_file_is_read() -> None:
    text = "题号,题干,A,B,C,D,E,答案,难度,题型\r\n1,谁？,甲,乙,丙,丁,,BD,难,多选题\r\n"
    reading = FORMATS["csv"].read(text.encode("utf-8-sig"), "题库.csv")
    (question,) = reading.bank.questions
    assert (question.kind, question.key, question.difficulty) == (Kind.MULTIPLE, (1, 3), 0.8)


def test_our_own_columns_all_arrive() -> None:
    header = (
        "题型", "题干", "选项A", "选项B", "答案", "解析", "难度", "知识点", "来源文件",
        "条款/原文", "施行日期", "失效日期", "责任处室", "标签", "题目编号",
    )  # fmt: skip
    question = one(
        "单选题", "罚多少？", "十万", "二十万", "B", "见法条", 0.7, "执法/处罚", "某某法",
        "第九条", "2020-01-01", "2026年8月14日", "法规处", "处罚；大气", "q-7", header=header,
    )  # fmt: skip
    assert question.id == "q-7"
    assert question.basis is not None
    assert (question.basis.law, question.basis.article) == ("某某法", "第九条")
    assert str(question.basis.in_force_from) == "2020-01-01"
    assert str(question.basis.in_force_to) == "2026-08-14"
    assert question.tags == ("处罚", "大气", "责任处室：法规处")
    assert question.citation.section == ("执法", "处罚")


def test_a_quotation_stands_in_the_same_column_as_an_article() -> None:
    header = ("题型", "题干", "答案", "来源文件", "条款/原文")
    question = one("判断题", "办了59件。", "对", "年度报告", "全年办理59件", header=header)
    assert question.citation.quote == "全年办理59件"
    assert question.basis is None


def test_the_source_named_in_a_row_is_the_cited_document() -> None:
    header = ("题型", "题干", "答案", "来源")
    reading = read_rows(
        ("判断题", "甲。", "对", "年度报告"), ("判断题", "乙。", "错", ""), header=header
    )
    titles = {document.id: document.title for document in reading.bank.documents}
    cited = [titles[question.citation.document] for question in reading.bank.questions]
    assert cited == ["年度报告", "题库"]


def test_options_may_all_stand_in_one_cell() -> None:
    header = ("题型", "题干", "选项", "答案")
    for cell in (
        "A.甲\nB.乙\nC.丙",
        "A、甲 B、乙 C、丙",
        "甲|乙|丙",
        "A．甲；B．乙；C．丙",
        "甲\n乙\n丙",
    ):
        question = one("单选题", "谁？", cell, "C", header=header)
        assert (question.options, question.key) == (("甲", "乙", "丙"), (2,))


def test_option_cells_may_repeat_their_letter() -> None:
    assert one("单选题", "谁？", "A.甲", "B.乙", None, None, "B").options == ("甲", "乙")
    kept = one("单选题", "谁？", "A.甲", "乙", None, None, "B").options
    assert kept == ("A.甲", "乙")


def test_a_header_of_two_rows_names_its_options_below() -> None:
    rows = [
        ("题型", "题干", "选项", None, None, "答案"),
        (None, None, "A", "B", "C", None),
        ("单选题", "谁？", "甲", "乙", "丙", "C"),
    ]
    (question,) = read(saved(workbook({"x": rows}))).bank.questions
    assert (question.options, question.key) == (("甲", "乙", "丙"), (2,))


def test_a_heading_within_the_sheet_gives_the_kind() -> None:
    rows = [
        ("题干", "A", "B", "答案"),
        ("一、单选题（每题2分）",),
        ("谁？", "甲", "乙", "B"),
        ("二、多选题",),
        ("哪些？", "甲", "乙", "AB"),
    ]
    reading = read(saved(workbook({"x": rows})))
    assert [q.kind for q in reading.bank.questions] == [Kind.SINGLE, Kind.MULTIPLE]


def test_without_a_kind_it_is_told_from_options_and_answer() -> None:
    header = ("题干", "A", "B", "答案")
    assert one("谁？", "甲", "乙", "B", header=header).kind is Kind.SINGLE
    assert one("哪些？", "甲", "乙", "AB", header=header).kind is Kind.MULTIPLE
    assert one("办了。", "对", "错", "B", header=header).kind is Kind.JUDGE
    assert one("办了。", None, None, "√", header=header).kind is Kind.JUDGE
    assert one("办了____件", None, None, "59", header=header).kind is Kind.BLANK


def test_unknown_columns_are_noted_and_numbers_passed_over() -> None:
    reading = read_rows(
        (1, "办了。", "对", "张", 2), header=("序号", "题干", "答案", "出题人", "分值")
    )
    assert reading.notes == ("没有用到的列：出题人、分值。",)
    assert reading.bank.questions[0].id not in ("1", "2")


def test_of_two_claims_the_surer_name_has_the_column() -> None:
    header = ("题目", "题干", "题型", "答案")
    assert one("第一题", "办了。", "判断题", "对", header=header).stem == "办了。"


def test_a_workbook_without_a_header_is_refused_with_the_remedy() -> None:
    with pytest.raises(FormatError, match="表头"):
        read(xlsx(("甲", "乙"), header=("姓名", "部门")))


def test_prefilled_rows_are_no_questions() -> None:
    header = ("序号", "题型", "题干", "答案")
    reading = read_rows((1, "判断题", "办了。", "对"), (2, "判断题", None, None), header=header)
    assert len(reading.bank.questions) == 1
    assert reading.skips == ()
