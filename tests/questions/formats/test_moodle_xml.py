"""Moodle XML as Moodle exports it: by type, by line, and without trusting it."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.errors import FormatError
from questions.formats import FORMATS, Reading, recognise
from questions.models import Answer, Kind, Outcome, Question
from questions.scoring import grade

XML = FORMATS["moodle-xml"]
SAMPLE = Path(__file__).with_name("samples") / "sample.moodle-xml.txt"
YES_NO = (
    '<answer fraction="100"><text>是的</text></answer>'
    '<answer fraction="0"><text>不是</text></answer>'
)


def read(*questions: str) -> Reading:
    body = "\n".join(questions)
    return XML.read(f'<?xml version="1.0"?>\n<quiz>\n{body}\n</quiz>'.encode(), "题库.xml")


def ask(inner: str, kind: str = "multichoice", stem: str = "题干") -> str:
    return (
        f'<question type="{kind}"><name><text>名</text></name>'
        f'<questiontext format="html"><text>{stem}</text></questiontext>{inner}</question>'
    )


def one(inner: str, kind: str = "multichoice", stem: str = "题干") -> Question:
    reading = read(ask(inner, kind, stem))
    assert reading.skips == ()
    (question,) = reading.bank.questions
    return question


def reason(inner: str, kind: str = "multichoice", stem: str = "题干") -> str:
    (skip,) = read(ask(inner, kind, stem)).skips
    return skip.reason


def answers(*weighted: tuple[str, str], extra: str = "") -> str:
    return "".join(
        f'<answer fraction="{fraction}"><text>{text}</text>{extra}</answer>'
        for fraction, text in weighted
    )


def test_a_single_choice_has_the_option_with_full_marks_as_key() -> None:
    question = one(answers(("0", "甲"), ("100", "乙"), ("50", "丙")))
    assert (question.kind, question.options, question.key) == (
        Kind.SINGLE,
        ("甲", "乙", "丙"),
        (1,),
    )


@pytest.mark.parametrize("value", ["false", "0", "FALSE", ""])
def test_single_false_makes_a_multiple_choice(value: str) -> None:
    third = "33.33333"
    many = answers((third, "甲"), (third, "乙"), ("-100", "丙"), (third, "丁"))
    question = one(f"<single>{value}</single>{many}")
    assert (question.kind, question.key) == (Kind.MULTIPLE, (0, 1, 3))


def test_options_that_are_verdicts_make_a_judge_question() -> None:
    assert one(answers(("0", "False"), ("100", "True"))).key == (0,)
    assert one(answers(("0", "对"), ("100", "错"))).key == (1,)
    assert one(answers(("0", "对"), ("100", "错"))).kind is Kind.JUDGE
    assert one(answers(("0", "有"), ("100", "没有"))).kind is Kind.SINGLE


def test_true_false_goes_by_the_words_and_else_by_the_order() -> None:
    assert one(answers(("100", "false"), ("0", "true")), "truefalse").key == (1,)
    old = read(ask(answers(("0", "Vrai"), ("100", "Faux")), "truefalse"))
    assert old.bank.questions[0].key == (1,)
    assert "先对后错" in old.notes[0]


def test_short_answers_with_full_marks_are_accepted_forms() -> None:
    reading = read(
        ask(answers(("100", "甲"), ("100", r"5\*3"), ("50", "乙"), ("0", "*")), "shortanswer")
    )
    assert reading.bank.questions[0].answers == ("甲", "5*3")
    assert "部分得分" in reading.notes[0]


def test_an_exact_number_keeps_its_unit_for_grading() -> None:
    unit = "<units><unit><multiplier>1</multiplier><unit_name>次</unit_name></unit></units>"
    question = one(answers(("100", "203"), extra="<tolerance>0</tolerance>") + unit, "numerical")
    assert question.answers == ("203",)
    assert grade(question, Answer(text="203次")).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("inner", "kind", "why"),
    [
        ("", "essay", "简答题"),
        ("", "matching", "匹配题"),
        ("", "cloze", "完形"),
        ("", "gapselect", "选词填空"),
        ("", "ddwtos", "拖词"),
        ("", "ddimageortext", "拖图"),
        ("", "calculatedmulti", "计算"),
        ("", "ordering", "排序"),
        ("", "description", "说明文字"),
        ("", "没见过", "不认识"),
        ("", "multichoice", "没有标出正确选项"),
        (answers(("100", "甲"), ("100", "乙")), "multichoice", "几个选项都算全对"),
        (answers(("50", "甲"), ("50", "乙")), "multichoice", "没有一个选项得满分"),
        (answers(("很多", "甲"), ("0", "乙")), "multichoice", "得分比例"),
        (answers(("1e9", "甲"), ("nan", "乙")), "multichoice", "得分比例"),
        (answers(("100", "甲")), "truefalse", "两个答案"),
        (answers(("100", "甲*")), "shortanswer", "通配符"),
        (answers(("100", "3"), extra="<tolerance>0.1</tolerance>"), "numerical", "误差"),
        (answers(("100", "三")), "numerical", "不是数"),
        (answers(("100", "*")), "numerical", "什么都算对"),
        (answers(("100", "&lt;img src='a'&gt;"), ("0", "乙")), "multichoice", "图片"),
        (answers(("100", ""), ("0", "乙")), "multichoice", "空的选项"),
    ],
)
def test_what_cannot_be_asked_is_named_with_its_reason(inner: str, kind: str, why: str) -> None:
    assert why in reason(inner, kind)


def test_a_question_that_shows_a_picture_is_passed_over() -> None:
    assert "图片" in reason(YES_NO, stem="<![CDATA[看<img src='@@PLUGINFILE@@/a.png'>]]>")
    assert "图片" in reason(f"<image_base64>AA==</image_base64>{YES_NO}")


def test_a_picture_in_the_feedback_only_is_noted() -> None:
    told = "<generalfeedback><text>见&lt;img src='a'&gt;图</text></generalfeedback>"
    reading = read(ask(told + YES_NO))
    assert reading.bank.questions[0].explanation == "见图"
    assert "图片" in reading.notes[0]


def test_the_sample_gives_what_it_says() -> None:
    reading = XML.read(SAMPLE.read_bytes(), SAMPLE.name)
    first = reading.bank.questions[0]
    assert first.stem == ("CO₂ 按 m³ 计 — 应于\n届满几日前申请？\n· 甲\n· 乙\n年 | 次\n2021 | 203")
    assert first.options == ("20 日", "60 日")
    assert first.explanation == "见第十四条。\n“20 日”：那是审查时限"
    assert first.citation.section == ("排污/许可", "期限")
    assert (first.id, first.tags) == ("PW-14", ("排污许可", "期限"))
    assert [item.kind for item in reading.bank.questions] == [
        Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE, Kind.JUDGE, Kind.BLANK, Kind.BLANK,
    ]  # fmt: skip
    assert [skip.place.row for skip in reading.skips] == [71, 76, 78]
    assert reading.skips[1].cells[0].startswith('<question type="matching">')
    assert [note.partition("（")[0] for note in reading.notes] == [
        "3 道题的逐项反馈并入了解析",
        "1 道题带部分得分，未保留，按本系统的规则计分",
        "1 道题的提示、统一反馈未保留",
        "1 道题原来不是 1 分，分值未保留",
    ]


def test_plain_text_keeps_what_looks_like_markup() -> None:
    plain = (
        '<question type="truefalse"><questiontext format="plain_text">'
        "<text>a &lt;b&gt; &amp;amp; c</text></questiontext>"
        f"{answers(('100', 'true'), ('0', 'false'))}</question>"
    )
    assert read(plain).bank.questions[0].stem == "a <b> &amp; c"


def test_markup_that_should_have_been_escaped_is_read_all_the_same() -> None:
    question = one(YES_NO, stem="<p>第一段</p><p>第<b>二</b>段</p>")
    assert question.stem == "第一段\n第二段"


def test_the_encoding_a_file_declares_does_not_matter() -> None:
    asked = ask(YES_NO, stem="排污许可证的期限")
    text = f'<?xml version="1.0" encoding="GBK"?>\n<quiz>{asked}</quiz>'
    for encoding in ("utf-8", "utf-8-sig", "gbk", "utf-16"):
        reading = XML.read(text.encode(encoding), "a.xml")
        assert reading.bank.questions[0].stem == "排污许可证的期限"


def test_where_the_xml_breaks_off_the_rest_is_named_and_what_stood_before_is_kept() -> None:
    text = f"<quiz>\n{ask(YES_NO, stem='甲')}\n{ask(YES_NO, stem='乙')}\n<question type='x'>&nbsp;"
    reading = XML.read(text.encode(), "a.xml")
    assert [item.stem for item in reading.bank.questions] == ["甲", "乙"]
    assert "第 4 行" in reading.skips[0].reason


def test_control_characters_do_not_spoil_a_file() -> None:
    assert one(YES_NO, stem="甲\x0b乙").stem == "甲乙"


BOMB = """<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<quiz><question type="truefalse"><questiontext><text>&b;</text></questiontext></question></quiz>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz></quiz>"""


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        OUTSIDE,
        "<html><quiz></quiz></html>",
        "<quiz>&nbsp;</quiz>",
        "<quiz>",
        "<quiz>" + "<a>" * 300,
    ],
)
def test_an_unsafe_or_foreign_file_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        XML.read(text.encode(), "a.xml")


def test_only_a_quiz_is_taken_for_one() -> None:
    assert recognise(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n<quiz></quiz>") is XML
    assert not XML.knows(b"<?xml version='1.0'?><quizzes/>")
    assert not XML.knows("把 <quiz> 写在文字里".encode())
