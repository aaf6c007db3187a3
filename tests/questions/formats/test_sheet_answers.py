"""Answers are understood in every form people write, or refused with the remedy."""

from __future__ import annotations

import pytest

from questions.models import Kind
from tests.questions.formats.files.workbooks import one, read_rows, refusal

FOUR = ("甲", "乙", "丙", "丁")
RIGHT = "对 √ ✓ ✔️ T t true TRUE 正确 是 Y yes 1 A 答案：对 （√）"
WRONG = "错 × ✗ F false FALSE 错误 否 N no 0 B 不正确 x"
FOREIGN = "排序题 简答题 匹配题 论述题 计算题 名词解释 案例分析题 连线题"


@pytest.mark.parametrize(
    "answer",
    ["AC", "A,C", "A、C", "A;C", "a c", "ＡＣ", "A，C", "A；C", "CA", "答案：AC", "正确答案: A、C",
     "A|C", "（AC）", "甲、丙", "甲|丙", "丙；甲", "A和C", "A C。", "A\nC"],
)  # fmt: skip
def test_a_multiple_key_is_read(answer: str) -> None:
    assert one("多选题", "哪些？", *FOUR, answer).key == (0, 2)


@pytest.mark.parametrize(
    "answer", ["B", "b", "Ｂ", "B.", "B、乙", "B.乙", "乙", "答案：B", "【B】", "“乙”"]
)
def test_a_single_key_is_read(answer: str) -> None:
    assert one("单选题", "谁？", *FOUR, answer).key == (1,)


@pytest.mark.parametrize(
    ("answer", "key"),
    [(word, 0) for word in RIGHT.split()] + [(word, 1) for word in WRONG.split()],
)
def test_a_verdict_is_read(answer: str, key: int) -> None:
    assert one("判断题", "办了。", *[None] * 4, answer).key == (key,)


def test_a_verdicts_letter_means_the_option_it_names() -> None:
    assert one("判断题", "办了。", "错误", "正确", None, None, "A").key == (1,)
    assert one("判断题", "办了。", "√", "×", None, None, "A").key == (0,)


def test_true_and_false_cells_are_verdicts() -> None:
    assert one("判断题", "办了。", *[None] * 4, True).key == (0,)
    assert one("判断题", "办了。", *[None] * 4, 0).key == (1,)


@pytest.mark.parametrize(
    ("answer", "forms"),
    [
        ("59", ("59",)),
        ("59|五十九", ("59", "五十九")),
        ("59｜五十九件", ("59", "五十九件")),
        ("北京/北京市", ("北京", "北京市")),
        ("15/十五", ("15", "十五")),
        ("23微克/立方米", ("23微克/立方米",)),
        ("微克/立方米", ("微克/立方米",)),
        ("1/3", ("1/3",)),
        ("2021/1/1", ("2021/1/1",)),
        ("警告和/或罚款", ("警告和/或罚款",)),
        ("警告或罚款", ("警告或罚款",)),
        ("答案：59", ("59",)),
        ("公开、公平、公正", ("公开、公平、公正",)),
    ],
)
def test_the_forms_of_a_blanks_answer_are_told_apart(answer: str, forms: tuple[str, ...]) -> None:
    assert one("填空题", "办了____件", *[None] * 4, answer).answers == forms


def test_a_blanks_answer_may_stand_in_the_first_option() -> None:
    assert one("填空题", "办了____件", "59|五十九", *[None] * 3, None).answers == ("59", "五十九")


@pytest.mark.parametrize("stem", ["由____和____负责", "由（ ）和（ ）负责", "由【】向【 】报告"])
def test_a_stem_with_two_blanks_is_not_mangled(stem: str) -> None:
    said = refusal("填空题", stem, *[None] * 4, "甲；乙")
    assert "2 个空" in said
    assert "拆成" in said


def test_two_answers_in_option_cells_are_two_blanks() -> None:
    assert "2 个空" in refusal("填空题", "由谁和谁负责", "甲", "乙", None, None, None)


def test_the_answer_may_stand_in_the_stems_brackets() -> None:
    question = one("单选题", "主管机关是（ B ）。", *FOUR, None)
    assert (question.stem, question.key) == ("主管机关是（　）。", (1,))
    judge = one("判断题", "办了59件。（√）", *[None] * 4, None)
    assert (judge.stem, judge.key) == ("办了59件。", (0,))


def test_a_key_printed_in_the_stem_does_not_give_the_answer_away() -> None:
    assert one("多选题", "包括（AC）", *FOUR, "AC").stem == "包括（　）"
    assert one("单选题", "维生素（A）属于", *FOUR, "B").stem == "维生素（A）属于"


def test_an_indefinite_choice_may_have_one_right_option() -> None:
    question = one("不定项选择题", "哪些？", *FOUR, "B")
    assert (question.kind, question.key) == (Kind.MULTIPLE, (1,))


def test_a_gap_among_the_options_keeps_the_letters() -> None:
    question = one("单选题", "谁？", "甲", None, "丙", "丁", "D")
    assert (question.options, question.key) == (("甲", "丙", "丁"), (2,))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("单选题", "谁？", "甲", "乙", None, None, "E"),
         "工作表“题库”第 2 行“答案”列：答案 E 没有对应的选项，请补上选项 E 或改答案"),
        (("单选题", "谁？", *FOUR, "AB"),
         "工作表“题库”第 2 行“答案”列：题型是单选题，答案却有 2 个，请改答案，或改题型为多选题"),
        (("单选题", "谁？", *FOUR, None),
         "工作表“题库”第 2 行“答案”列：没有答案，请填写正确选项的字母"),
        (("单选题", "谁？", "甲", None, None, None, "A"),
         "工作表“题库”第 2 行“选项B”列：单选题至少要有两个选项，现有 1 个，请补上选项"),
        (("单选题", None, *FOUR, "A"),
         "工作表“题库”第 2 行“题干”列：没有题干，请补上题干或删去这一行"),
        (("多选题", "谁？", *FOUR, "AA"),
         "工作表“题库”第 2 行“答案”列：答案“AA”里有重复的字母，请改正"),
        (("单选题", "谁？", *FOUR, "B.甲"),
         "工作表“题库”第 2 行“答案”列：答案写的内容与选项 B 不一致，请只写选项的字母"),
        (("单选题", "谁？", "甲", "甲", None, None, "A"),
         "工作表“题库”第 2 行：有两个选项相同，请改正"),
        (("判断题", "办了。", *[None] * 4, "也许"),
         "工作表“题库”第 2 行“答案”列：看不懂判断题的答案“也许”，请写“对”或“错”"),
        (("判断题", "这样", "合法", "违法", None, None, "A"),
         "工作表“题库”第 2 行“题型”列：判断题的选项应为“对”和“错”；"
         "若是别的选项，请改题型为单选题"),
        (("填空题", "办了____件", *[None] * 4, None),
         "工作表“题库”第 2 行“答案”列：填空题没有答案，请填写；有几种写法的用“|”隔开"),
        (("排序题", "排一排", *FOUR, "BADC"),
         "工作表“题库”第 2 行“题型”列：不支持“排序题”这种题型，请改写成单选、多选、判断或填空题，"
         "或删去这一题"),
        ((None, "办了59件", *[None] * 4, "59"),
         "工作表“题库”第 2 行“题型”列：看不出是什么题型，请写明单选题、多选题、判断题或填空题"),
    ],
)  # fmt: skip
def test_a_fault_is_placed_and_says_the_remedy(row: tuple[object, ...], said: str) -> None:
    assert refusal(*row) == said


@pytest.mark.parametrize("kind", FOREIGN.split())
def test_kinds_that_we_do_not_have_are_named(kind: str) -> None:
    assert kind in refusal(kind, "谈谈", *[None] * 4, "略")


def test_the_same_question_twice_is_taken_once() -> None:
    row = ("单选题", "谁？", *FOUR, "A")
    reading = read_rows(row, row)
    assert len(reading.bank.questions) == 1
    assert reading.skips[0].reason.startswith("与工作表“题库”第 2 行的题重复")


def test_two_questions_may_not_share_a_number() -> None:
    header = ("题型", "题干", "答案", "题目编号")
    reading = read_rows(
        ("判断题", "甲。", "对", "q1"), ("判断题", "乙。", "对", "q1"), header=header
    )
    assert len(reading.bank.questions) == 1
    assert reading.skips[0].place.column == "题目编号"


def test_a_date_that_nobody_can_read_is_named() -> None:
    header = ("题型", "题干", "答案", "来源文件", "施行日期")
    said = refusal("判断题", "甲。", "对", "某法", "明年", header=header)
    assert "“施行日期”列" in said
    assert "2026-01-31" in said


def test_a_date_needs_the_law_it_belongs_to() -> None:
    header = ("题型", "题干", "答案", "施行日期")
    assert "哪部法" in refusal("判断题", "甲。", "对", "2020-01-01", header=header)


def test_an_odd_difficulty_is_noted_and_taken_as_medium() -> None:
    reading = read_rows(
        ("判断题", "甲。", "对", "看情况"), header=("题型", "题干", "答案", "难度")
    )
    assert reading.bank.questions[0].difficulty == 0.5
    assert any("难度" in note for note in reading.notes)
