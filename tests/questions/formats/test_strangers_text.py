"""Loose banks as training offices, web pages and converters leave them."""

from __future__ import annotations

import pytest

from questions.formats import FORMATS, Reading
from questions.models import Kind, Question

OPTIONS = "A.省级\nB.市级\nC.县级"


def read(text: str) -> Reading:
    return FORMATS["text"].read(text.encode(), "题库.txt")


def taken(text: str) -> tuple[Question, ...]:
    reading = read(text)
    assert [skip.reason for skip in reading.skips] == []
    return reading.bank.questions


def one(text: str) -> Question:
    (question,) = taken(text)
    return question


@pytest.mark.parametrize("behind", [" b", "      B", "b", " B "])
def test_the_key_may_stand_behind_the_stem(behind: str) -> None:
    question = one(f"一、单选题\n1.由（）审批。{behind}\n{OPTIONS}")
    assert (question.stem, question.key) == ("由（）审批。", (1,))


def test_a_letter_behind_a_stem_without_a_gap_is_no_key() -> None:
    assert "没有答案" in read(f"一、单选题\n1.下列哪个是维生素。B\n{OPTIONS}").skips[0].reason


@pytest.mark.parametrize("label", ["答：B", "答:B", "答 案 ：B", "参考答案:B", "【答案】:B"])
def test_an_answer_is_labelled_in_many_ways(label: str) -> None:
    assert one(f"1.谁审批？\n{OPTIONS}\n{label}").key == (1,)


def test_options_that_touch_are_told_apart_after_figures_too() -> None:
    question = one("1.（）年制定\nA.1949B.1950C.1952D.1954\n答案：D")
    assert question.options == ("1949", "1950", "1952", "1954")


def test_lines_that_all_stand_apart_still_make_one_question() -> None:
    lines = [
        "一、单选题", "1.下列说法正确的是", "（  ）。", "A.《某法》是单行", "法律", "B.其他",
        "参考答案:A", "2.谁审批？", "A.", "省级", "B.", "市级", "答案：B",
    ]  # fmt: skip
    first, second = taken("\n\n".join(lines))
    assert first.stem == "下列说法正确的是\n（  ）。"
    assert first.options == ("《某法》是单行\n法律", "其他")
    assert second.options == ("省级", "市级")


def test_marks_of_markdown_are_no_part_of_a_question() -> None:
    text = (
        "## 第1题\n\n谁审批？\n- A. 省级\n- B. 市级\n> 答案：B\n\n### 解析\n见第九条。\n\n---\n\n"
        "**第2题**（kp_1, mc_2）[判断题, 5分]\n\n由省级审批。\n> 答案：√\n\n"
        "\\3. [多选题]\n哪些？\nA.甲\nB.乙\n答案：AB\n"
    )
    first, second, third = taken(text)
    assert (first.stem, first.options) == ("谁审批？", ("省级", "市级"))
    assert first.explanation == "见第九条。"
    assert (second.kind, second.stem) == (Kind.JUDGE, "由省级审批。")
    assert third.kind is Kind.MULTIPLE


def test_an_explanation_may_begin_on_the_next_line() -> None:
    text = f"1.谁审批？\n{OPTIONS}\n【答案】B\n\n【解析】\n\n见第九条。\n\n2.办了。\n答案：对"
    first, _ = taken(text)
    assert first.explanation == "见第九条。"


def test_somebodys_own_answer_and_points_are_left_out() -> None:
    text = (
        "1. [单选题] 谁审批？ (2分)\nA.省级\nB.市级\n我的答案: A\n正确答案：B 我的答案：A\n"
        "2. 判断题 由市级审批。\n正确答案：对 我的答案：错\n"
    )
    first, second = taken(text)
    assert (first.stem, first.options, first.key) == ("谁审批？", ("省级", "市级"), (1,))
    assert (second.kind, second.key) == (Kind.JUDGE, (0,))


def test_answers_at_the_end_may_be_boxed_and_explained() -> None:
    text = (
        "一、单选题\n1.甲？\nA.一 B.二\n2.乙？\nA.一 B.二\n参考答案\n"
        "1.【答案】B\n【解析】因为。\n2.【答案】A"
    )
    first, second = taken(text)
    assert (first.key, first.explanation) == ((1,), "因为。")
    assert second.key == (0,)


@pytest.mark.parametrize(
    "heading",
    ["五、习近平法治思想之判断题", "# 三、判断题。（每题 2 分，共 10 分）", "第二部分 判断题"],
)
def test_a_heading_may_name_its_topic_and_end_in_a_stop(heading: str) -> None:
    first, second = taken(f"一、单选题\n1.谁？\n{OPTIONS}\n答案：A\n{heading}\n1.办了（ X ）\n")
    assert first.kind is Kind.SINGLE
    assert (second.kind, second.key) == (Kind.JUDGE, (1,))


def test_a_question_that_begins_like_an_instruction_is_no_heading() -> None:
    for stem in ("以下由省级审批的是（ ）", "请选出省级部门", "本题考查什么？"):
        assert one(f"3. 【单选题】{stem}\n{OPTIONS}\n答案：A").stem == stem


def test_a_wide_dot_parts_the_number_from_a_stem_of_figures() -> None:
    assert one("二、填空题\n11．3+1=____。\n答案：4").stem == "3+1=____。"


def test_a_tick_behind_an_option_marks_it_right() -> None:
    question = one("1.谁审批？\nA.省级 √\nB.市级\nC.县级")
    assert (question.options, question.key) == (("省级", "市级", "县级"), (0,))


def test_a_title_before_the_first_labelled_question_is_no_part_of_it() -> None:
    assert (
        one(f"题库：第一季度\n题目：谁审批？\n选项：\n{OPTIONS}\n正确答案：B").stem == "谁审批？"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.甲（）。A、一B、二C、三答案:C解析:略。2.乙（）。A、一B、二C、三答案:B", "另起一行"),
        ("1.甲（）。（AB）\nA、一B、二C、三2、《某法》规定扣缴义务人依法代扣税款。", "夹着下一题"),
        ("(√)4、甲包括(AB)A、一B、二C、三", "另起一行"),
    ],
)
def test_questions_run_together_are_refused_and_never_swallowed(text: str, said: str) -> None:
    reading = read(text)
    assert reading.bank.questions == ()
    assert said in reading.skips[0].reason
