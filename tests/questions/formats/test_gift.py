"""GIFT as Moodle documents it, block by block."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.errors import FormatError
from questions.formats import FORMATS, Reading
from questions.models import Answer, Kind, Outcome, Question
from questions.scoring import grade

GIFT = FORMATS["gift"]
SAMPLE = Path(__file__).with_name("samples") / "sample.gift.txt"


def read(text: str) -> Reading:
    return GIFT.read(text.encode(), "题库.txt")


def one(text: str) -> Question:
    reading = read(text)
    assert reading.skips == ()
    (question,) = reading.bank.questions
    return question


def reason(text: str) -> str:
    (skip,) = read(text).skips
    return skip.reason


def test_an_equals_sign_marks_the_one_right_option() -> None:
    question = one("有效期届满几日前申请？{~20 ~30 =60}")
    assert question.kind is Kind.SINGLE
    assert question.stem == "有效期届满几日前申请？"
    assert question.options == ("20", "30", "60")
    assert question.key == (2,)


def test_without_an_equals_sign_every_option_worth_something_is_a_key() -> None:
    question = one("哪些？{~%50%甲 ~%-100%乙 ~%50%丙}")
    assert question.kind is Kind.MULTIPLE
    assert question.key == (0, 2)


def test_half_right_options_of_a_single_choice_are_wrong_and_noted() -> None:
    reading = read("难题。{~错 ~%50%半对 =对的}")
    assert reading.bank.questions[0].key == (2,)
    assert reading.notes == ("1 道题带部分得分，未保留，按本系统的规则计分（第 1 行）。",)


@pytest.mark.parametrize(
    ("answer", "key"),
    [("T", 0), ("TRUE", 0), ("F", 1), ("FALSE", 1), ("true", 0), (" f ", 1), ("对", 0), ("Ｔ", 0)],
)
def test_true_and_false_are_judged(answer: str, key: int) -> None:
    question = one(f"宪法宣誓公开进行。{{{answer}}}")
    assert question.kind is Kind.JUDGE
    assert question.key == (key,)


def test_options_that_are_verdicts_make_a_judge_question_in_either_order() -> None:
    assert one("是吗？{~对 =错}").key == (1,)
    assert one("是吗？{=False ~True}").key == (1,)
    assert one("是吗？{=错误 ~正确}").kind is Kind.JUDGE


def test_short_answers_are_accepted_forms_of_a_blank() -> None:
    question = one("发稿{=6926 =%100%6,926 =%50%6900 =%0%*}篇。")
    assert question.kind is Kind.BLANK
    assert question.stem == "发稿____篇。"
    assert question.answers == ("6926", "6,926")


def test_an_exact_number_is_a_blank_that_grades() -> None:
    question = one("几个月？{#=84:0 =%50%84:2 ~#再算}")
    assert question.answers == ("84",)
    assert grade(question, Answer(text="八十四")).outcome is Outcome.RIGHT
    assert one("几个月？{#84}").answers == ("84",)
    assert one("几个月？{#84..84}").answers == ("84",)
    assert one("多少？{#=1.5e3}").answers == ("1500",)


@pytest.mark.parametrize("answer", ["#3:2", "#1..5", "#3.1415:0.0005", "#=1822:2", "#=1:0 =2:1"])
def test_a_tolerance_is_refused_not_bent(answer: str) -> None:
    assert "误差" in reason(f"多少？{{{answer}}}")


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ("谈谈体会。{}", "简答"),
        ("谈谈体会。{####参考答案}", "简答"),
        ("配对{=甲 -> 一 =乙 -> 二}", "匹配"),
        ("只是说明。", "说明文字"),
        ("谁？{=张*}", "通配符"),
        ("谁？{=*}", "通配符"),
        ("多少？{#*}", "什么都算对"),
        ("多少？{#很多}", "不是数"),
        ("多少？{#}", "没有答案"),
        ("谁？{=甲 =乙 ~丙}", "几个选项都算全对"),
        ("谁？{~甲 ~乙}", "没有标出正确选项"),
        ("谁？{=甲 ~甲}", "两个选项相同"),
        ("谁？{=甲 ~}", "空的选项"),
        ("谁？{~%100%甲}", "2 至 12 个"),
        ("谁？{=}", "没有答案"),
        ("{=甲 ~乙}", "没有题干"),
        ("谁？{=甲 ~乙", "没有配对"),
        ("谁？=甲 ~乙}", "没有配对"),
        ("谁？} {=甲", "没有配对"),
        ("甲{=一}乙{=二}", "多余的花括号"),
        ("[html]看图<img src='a.png'>{T}", "图片"),
        ("看图 @@PLUGINFILE@@/a.png {T}", "图片"),
        (r"谁？{=[html]<img src\=a> ~乙}", "图片"),
    ],
)
def test_what_cannot_be_asked_is_named_with_its_reason(block: str, why: str) -> None:
    assert why in reason(block)


def test_a_broken_block_costs_no_other() -> None:
    reading = read("甲{T}\n\n坏{=一\n\n乙{F}")
    assert [item.stem for item in reading.bank.questions] == ["甲", "乙"]
    assert reading.skips[0].place.row == 3
    assert reading.skips[0].cells == ("坏{=一",)


def test_an_answer_in_mid_sentence_leaves_a_gap() -> None:
    assert one("格兰特{~葬 =安放}在墓中。").stem == "格兰特（ ）在墓中。"
    assert one("二加二等于{=4 =四}。").stem == "二加二等于____。"


def test_escapes_stand_for_their_character() -> None:
    question = one(r"::名\:字::1 \= \{2\} \~ \# \: \\ 首行\n次行 \x{= \= 2 ~ a\\n}")
    assert question.stem == "1 = {2} ~ # : \\ 首行\n次行 \\x"
    assert question.options == ("= 2", "a\\n")


def test_feedback_joins_the_explanation_general_first() -> None:
    reading = read("谁？{=甲#好！ ~乙#[html]<b>错</b> ~丙 ####第十四条\\n第二款}")
    assert reading.bank.questions[0].explanation == "第十四条\n第二款\n“甲”：好！\n“乙”：错"
    assert reading.notes == ("1 道题的逐项反馈并入了解析（第 1 行）。",)


def test_true_false_feedback_is_first_of_the_wrong_then_of_the_right_verdict() -> None:
    assert one("甲{F#不对#很好####原文}").explanation == "原文\n答对：很好\n答错：不对"


def test_categories_hold_until_the_next_and_double_slashes_are_slashes() -> None:
    reading = read(
        "$CATEGORY: $course$/top/排污//许可/期限\n\n甲{T}\n\n乙{T}\n\n$CATEGORY: 宪法\n\n丙{T}"
    )
    sections = [item.citation.section for item in reading.bank.questions]
    assert sections == [("排污/许可", "期限"), ("排污/许可", "期限"), ("宪法",)]


def test_a_category_without_a_blank_line_does_not_swallow_its_question() -> None:
    assert one("$CATEGORY: 宪法\n甲{T}").citation.section == ("宪法",)


def test_comments_may_carry_id_and_tags() -> None:
    question = one("// 第 3 题 [id:a\\]7] [tag:环评] [tag:许可]\n// [tags: 宪法，誓词]\n甲{T}")
    assert question.id == "a]7"
    assert question.tags == ("环评", "许可", "宪法", "誓词")


def test_comments_are_no_part_of_a_question_even_within_it() -> None:
    question = one("甲\n// 备注 {\n乙{\n// 备注 ~丁\n=丙\n~戊}")
    assert question.stem == "甲\n乙"
    assert question.options == ("丙", "戊")


def test_the_place_is_the_line_where_the_question_begins() -> None:
    reading = read("// 头\r\n\r\n// 备注\r\n甲{T}\r\n\r\n\r\n乙{}\r\n")
    assert reading.bank.questions[0].citation.section == ("第 4 行",)
    assert reading.skips[0].place.row == 7


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_line_end_and_encoding_will_do(end: str, encoding: str) -> None:
    text = end.join(
        ("::名::排污许可证届满几日前申请？{", "~二十日", "=六十日", "}", "", "宪法{T}")
    )
    reading = GIFT.read(text.encode(encoding), "a.txt")
    assert [item.kind for item in reading.bank.questions] == [Kind.SINGLE, Kind.JUDGE]


def test_full_width_braces_and_signs_are_understood_and_noted() -> None:
    reading = read("判断｛对｝\n\n选择｛＝甲　～乙｝")
    assert [item.kind for item in reading.bank.questions] == [Kind.JUDGE, Kind.SINGLE]
    assert reading.bank.questions[1].options == ("甲", "乙")
    assert "全角" in reading.notes[0]


def test_html_becomes_text_and_plain_stays_as_it_is() -> None:
    assert one("[html]<p>甲&amp;乙</p><script>x</script>{T}").stem == "甲&乙"
    assert one("[plain]<p>甲&amp;乙</p>{T}").stem == "<p>甲&amp;乙</p>"
    assert one("[moodle]第一行\n<b>第二</b>行{T}").stem == "第一行\n第二行"
    assert one("[markdown]**甲**和[乙](http\\://x){T}").stem == "甲和乙"
    assert one("[注]甲{T}").stem == "[注]甲"


def test_the_same_number_twice_gives_the_second_another_and_the_same_question_is_skipped() -> None:
    reading = read(
        "// [id:K-7]\n甲{T}\n\n// [id:K-7]\n乙{T}\n\n// [id:K-7]\n甲{T}\n\n丙{T}\n\n丙{T}"
    )
    assert [item.stem for item in reading.bank.questions] == ["甲", "乙", "丙"]
    assert len({item.id for item in reading.bank.questions}) == 3
    assert [skip.reason for skip in reading.skips] == [
        "与第 2 行的题重复，请删去其中一题。",
        "与第 10 行的题重复，请删去其中一题。",
    ]
    assert "编号重复" in reading.notes[0]


def test_answers_are_case_blind_as_in_moodle_so_nothing_is_told() -> None:
    assert read("缩写？{=EIA}").notes == ()


def test_a_number_that_only_counts_is_no_id() -> None:
    reading = read("// [id:1]\n甲{T}\n\n// [id:2]\n乙{T}")
    other = read("// [id:1]\n丙{T}")
    ids = {item.id for item in (*reading.bank.questions, *other.bank.questions)}
    assert len(ids) == 3
    assert not ids & {"1", "2"}
    assert "序号" in reading.notes[0]


def test_a_question_written_as_its_name_and_fences_of_markdown_are_read() -> None:
    assert one("::谁来审批？::{=市级 ~省级}").stem == "谁来审批？"
    assert one("```\n甲{T}\n```").stem == "甲"


def test_the_sample_gives_what_it_says() -> None:
    reading = GIFT.read(SAMPLE.read_bytes(), SAMPLE.name)
    first = reading.bank.questions[0]
    assert first.id == "PW-14"
    assert first.tags == ("排污许可", "期限]一")
    assert first.stem == "排污许可证有效期届满，需继续排污的，应于届满 （ ） 前提出申请。"
    assert first.explanation.startswith("见第十四条第二款。\n")
    assert [item.kind for item in reading.bank.questions] == [
        Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE, Kind.BLANK, Kind.BLANK, Kind.JUDGE, Kind.JUDGE,
        Kind.JUDGE,
    ]  # fmt: skip
    assert len(reading.skips) == 4
    assert reading.bank.documents[0].title == "sample.gift"


@pytest.mark.parametrize("data", [b"", b"\n \n", b"// x\n", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_nothing_to_read_is_an_error(data: bytes) -> None:
    with pytest.raises(FormatError):
        GIFT.read(data, "a.txt")


@pytest.mark.parametrize(
    ("text", "is_gift"),
    [
        ("谁？{=甲 ~乙}", True),
        ("谁？{\n\t=甲\n\t~乙\n}", True),
        ("::名::谁？{}", True),
        ("对吗{TRUE}", True),
        ("多少？{#3}", True),
        ("判断｛＝甲 ～乙｝", True),
        ('{"format": "x", "a": {"b": 1}}', False),
        ("def f(): return {'a': 1}", False),
        ("谁？\nA) 甲\nB) 乙\nANSWER: A\n", False),
        ("题干,选项A,选项B\n甲,乙,丙\n", False),
        (r"写作 \{=甲\} 即可", False),
    ],
)
def test_only_gift_is_taken_for_gift(text: str, is_gift: bool) -> None:
    assert GIFT.knows(text.encode()) is is_gift
