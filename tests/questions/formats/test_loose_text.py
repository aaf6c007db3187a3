"""Questions in every shape people type them."""

from __future__ import annotations

import pytest

from questions.errors import FormatError
from questions.formats import FORMATS, Reading, recognise
from questions.models import Kind, Question

OPTIONS = "A. 甲\nB. 乙\nC. 丙\nD. 丁\n"


def read(text: str) -> Reading:
    return FORMATS["text"].read(text.encode(), "题库.txt")


def all_of(text: str) -> tuple[Question, ...]:
    reading = read(text)
    assert [str(skip.place) + skip.reason for skip in reading.skips] == []
    return reading.bank.questions


def one(text: str) -> Question:
    (question,) = all_of(text)
    return question


@pytest.mark.parametrize(
    "head",
    ["1、", "1.", "1. ", "1．", "（1）", "(1)", "第1题", "第1题：", "【单选题】", "1. 【单选题】",
     "1、（单选题）", "【单选题】1、", "1 ", "1）", "[单选]", "题目：", "题目1：", "一、"],
)  # fmt: skip
def test_a_question_begins_in_any_of_these_ways(head: str) -> None:
    question = one(f"{head}本市的主管机关是下列哪一个？\n{OPTIONS}答案：B\n")
    assert question.stem == "本市的主管机关是下列哪一个？"
    assert (question.options, question.key) == (("甲", "乙", "丙", "丁"), (1,))
    assert question.kind is Kind.SINGLE


@pytest.mark.parametrize(
    "options",
    [
        "A.甲 B.乙 C.丙 D.丁",
        "A、甲　B、乙　C、丙　D、丁",
        "A．甲\tB．乙\tC．丙\tD．丁",
        "A.甲  B.乙\nC.丙  D.丁",
        "A：甲\nB：乙\nC：丙\nD：丁",
        "（A）甲（B）乙（C）丙（D）丁",
        "A) 甲\nB) 乙\nC) 丙\nD) 丁",
        "a. 甲\nb. 乙\nc. 丙\nd. 丁",
        "A 甲\nB 乙\nC 丙\nD 丁",
        "Ａ．甲；Ｂ．乙；Ｃ．丙；Ｄ．丁",
        "选项：A.甲 B.乙 C.丙 D.丁",
        "　　A.甲\n　　B.乙\n　　C.丙\n　　D.丁",
    ],
)
def test_options_stand_in_a_row_or_one_below_another(options: str) -> None:
    assert one(f"1. 谁？\n{options}\n答案：B\n").options == ("甲", "乙", "丙", "丁")


def test_options_may_stand_in_the_stems_own_line() -> None:
    question = one("1. 谁来审批？ A.甲 B.乙 C.丙 答案：C\n")
    assert (question.stem, question.options, question.key) == (
        "谁来审批？",
        ("甲", "乙", "丙"),
        (2,),
    )


@pytest.mark.parametrize(
    "answer",
    ["答案：B", "答案:B", "【答案】B", "正确答案：B", "参考答案：B。", "答案 B",
     "答案：B 解析：略", "答案：\nB", "[答案]B", "答案为：B"],
)  # fmt: skip
def test_an_answer_is_announced_in_any_of_these_ways(answer: str) -> None:
    assert one(f"1. 谁？\n{OPTIONS}{answer}\n").key == (1,)


def test_the_answer_stands_in_the_stems_brackets() -> None:
    first, second = all_of(f"1. 主管机关是（ B ）。\n{OPTIONS}\n2. 办了59件。（√）\n")
    assert (first.stem, first.key) == ("主管机关是（　）。", (1,))
    assert (second.stem, second.kind, second.key) == ("办了59件。", Kind.JUDGE, (0,))


def test_headings_give_the_kind() -> None:
    questions = all_of(
        "2025年普法题库\n\n"
        f"一、单选题（每题2分，共2题）\n1. 谁？\n{OPTIONS}答案：B\n2. 哪个？\n{OPTIONS}答案：A\n"
        f"二、多项选择题\n1. 哪些？\n{OPTIONS}答案：ABD\n"
        "三、判断题：\n1. 办了59件。\n答案：×\n2. 办了60件。（对）\n"
        "四、填空题\n1. 办了____件。\n答案：59|五十九\n2. 由（　）负责。\n答案：省厅\n"
    )
    assert "".join(question.kind[0] for question in questions) == "ssmjjbb"
    assert questions[5].answers == ("59", "五十九")
    assert read("2025年普法题库\n1. 办了。（√）\n").notes == ("开头 1 行不是题目，没有读。",)


def test_all_that_may_follow_a_question_is_read() -> None:
    question = one(
        f"1. 谁？\n{OPTIONS}【答案】B【解析】见法条。\n【难度】偏难\n法律依据：《某某法》第九条\n"
        "来源：某法\n原文：省厅负责。\n知识点：执法/处罚\n标签：执法；大气\n施行日期：2020年1月1日\n题目编号：q-9\n"
    )
    assert question.explanation == "见法条。"
    assert question.difficulty == 0.65
    assert question.basis is not None
    assert (question.basis.law, question.basis.article) == ("某某法", "第九条")
    assert question.citation.quote == "省厅负责。"
    assert question.citation.section == ("执法", "处罚")
    assert (question.tags, question.id) == (("执法", "大气"), "q-9")


def test_words_of_the_law_after_basis_are_a_quotation() -> None:
    question = one("1. 办了。\n答案：对\n依据：根据有关规定，省厅应当每年报告，市局配合。\n")
    assert question.citation.quote == "根据有关规定，省厅应当每年报告，市局配合。"
    assert question.basis is None


def test_lines_run_on() -> None:
    question = one(
        "1. 主管机关\n是下列哪一个？\nA. 甲\n及其下属\nB. 乙\n答案：B\n解析：第一行\n第二行\n"
    )
    assert question.stem == "主管机关\n是下列哪一个？"
    assert question.options[0] == "甲\n及其下属"
    assert question.explanation == "第一行\n第二行"


def test_numbered_points_within_a_stem_begin_no_question() -> None:
    question = one(f"1. 下列说法正确的是：\n（1）甲说\n（2）乙说\n{OPTIONS}答案：A\n")
    assert question.stem == "下列说法正确的是：\n（1）甲说\n（2）乙说"


def test_a_year_in_a_stem_begins_no_question() -> None:
    first, second = all_of("1.2025年，某厅办了59件。（√）\n2.本厅\n2024、2025年都报告了。（×）\n")
    assert first.stem == "2025年，某厅办了59件。"
    assert second.stem == "本厅\n2024、2025年都报告了。"


def test_questions_without_numbers_are_told_apart_by_empty_lines() -> None:
    questions = all_of(f"谁？（B）\n{OPTIONS}\n哪个？（C）\n{OPTIONS}")
    assert [question.key for question in questions] == [(1,), (2,)]


@pytest.mark.parametrize(
    "answers",
    [
        "参考答案：1.A 2.BC 3.√",
        "参考答案\n1.A 2.BC 3.√",
        "答案：\n1. A\n2. BC\n3. √",
        "【参考答案】\n1-3 A BC √",
        "附：参考答案\n1、A；2、BC；3、对",
        "标准答案\n1.A 解析：第一条。\n2.BC 解析：第二条。\n3.√ 解析：第三条。",
        "答案及解析\n（1）A （2）BC （3）√",
    ],
)
def test_answers_may_be_collected_at_the_end(answers: str) -> None:
    questions = all_of(
        f"1. 谁？\n{OPTIONS}2. 哪些？\n{OPTIONS}3. 办了59件（ ）\nA. 对\nB. 错\n\n{answers}\n"
    )
    assert [question.key for question in questions] == [(0,), (1, 2), (0,)]


def test_a_range_of_answers_is_spread_over_its_questions() -> None:
    asked = "".join(f"{n}. 第{n}个是谁？\n{OPTIONS}" for n in range(1, 11))
    questions = all_of(asked + "答案：1-5 ABCDA 6～10：DCBAA\n")
    assert [question.key[0] for question in questions] == [0, 1, 2, 3, 0, 3, 2, 1, 0, 0]


def test_answers_at_the_end_keep_to_their_headings() -> None:
    questions = all_of(
        f"一、单选题\n1. 谁？\n{OPTIONS}2. 哪个？\n{OPTIONS}二、判断题\n1. 办了。\n2. 没办。\n"
        "三、填空题\n1. 办了____件。\n"
        "参考答案\n一、单选题\n1-2 BC\n二、判断题\n1.√ 2.×\n三、填空题\n1. 五十九件\n"
    )
    assert [question.key for question in questions] == [(1,), (2,), (0,), (1,), ()]
    assert questions[4].answers == ("五十九件",)


def test_answers_after_each_section_keep_to_it() -> None:
    questions = all_of(
        f"一、单选题\n1. 谁？\n{OPTIONS}2. 哪个？\n{OPTIONS}答案：1.A 2.B\n"
        f"二、多选题\n1. 哪些？\n{OPTIONS}2. 何者？\n{OPTIONS}答案：1.AB 2.CD\n"
    )
    assert [question.key for question in questions] == [(0,), (1,), (0, 1), (2, 3)]


def test_an_answer_without_a_question_is_told_with_its_line() -> None:
    (skip,) = read("1. 办了。\n2. 没办。\n\n参考答案：1.√ 2.× 3.√\n").skips
    assert skip.place.row == 4
    assert "没有对应的题目" in skip.reason


def test_what_is_not_understood_is_told_with_its_line() -> None:
    reading = read(
        "1. 办了。\n答案：对\n\n这是一句闲话。\n\n2. 没办。\n答案：错\n"
        "3. 谁？\nA. 甲\nB. 乙\n答案：E\n"
    )
    assert len(reading.bank.questions) == 2
    stray, fault = reading.skips
    assert (stray.place.row, stray.cells) == (4, ("这是一句闲话。",))
    assert fault.place.row == 8
    assert fault.reason == "答案 E 没有对应的选项，请补上选项 E 或改答案"


def test_kinds_that_we_do_not_have_are_told_one_by_one() -> None:
    reading = read("一、判断题\n1. 办了。（√）\n二、简答题\n1. 谈谈认识。\n答：略\n2. 再谈谈。\n")
    assert len(reading.bank.questions) == 1
    assert [skip.place.row for skip in reading.skips] == [4, 6]
    assert all("简答题" in skip.reason for skip in reading.skips)


def test_two_blanks_are_told_not_mangled() -> None:
    (skip,) = read("1. 由____和____负责。\n答案：甲；乙\n").skips
    assert "2 个空" in skip.reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_any_encoding_is_read(encoding: str) -> None:
    data = f"1. 谁来审批？\r\n{OPTIONS}答案：B\r\n".encode(encoding)
    assert recognise(data).name == "text"
    assert FORMATS["text"].read(data, "x").bank.questions[0].key == (1,)


def test_a_text_without_questions_is_refused_with_an_example() -> None:
    with pytest.raises(FormatError, match="题号"):
        read("关于做好普法工作的通知\n各处室：\n请认真学习。\n")


def test_pictures_and_pages_are_no_text() -> None:
    for data in (b"\x89PNG\r\n\x1a\n" + bytes(99), b"%PDF-1.7\n", b"{\\rtf1}"):
        with pytest.raises(FormatError):
            recognise(data)
        with pytest.raises(FormatError, match="另存为"):
            FORMATS["text"].read(data, "x")
