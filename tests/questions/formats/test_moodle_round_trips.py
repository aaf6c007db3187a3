"""What we write we read back, and Moodle takes it: GIFT, Aiken and Moodle XML alike."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions.formats import FORMATS, Format, aiken, recognise
from questions.formats.gift import writer as gift
from questions.formats.moodle import category
from questions.formats.moodle.carriage import Carriage
from questions.formats.moodle.weights import shares
from questions.formats.moodle_xml import writer as moodle_xml
from questions.models import Bank, Kind
from tests.questions.formats.moodle_banks import bank, banks, fitting, question, short
from tests.questions.formats.moodle_rules import gift as imported
from tests.questions.formats.moodle_rules import is_grade

PAIRS = {
    "gift": gift.CARRIAGE,
    "aiken": aiken.CARRIAGE,
    "moodle-xml": moodle_xml.CARRIAGE,
}
each = pytest.mark.parametrize(("form", "carriage"), [(FORMATS[n], c) for n, c in PAIRS.items()])
few = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@each
@few
@given(some=banks())
def test_what_is_written_comes_back_equal_in_all_the_format_carries(
    form: Format, carriage: Carriage, some: Bank
) -> None:
    sent = fitting(some, carriage)
    if not sent:
        return
    back = form.read(form.write(some), "bank")
    assert back.skips == ()
    assert fitting(back.bank, carriage) == sent


@each
@few
@given(some=banks())
def test_no_losses_means_that_nothing_is_lost(
    form: Format, carriage: Carriage, some: Bank
) -> None:
    if form.losses(some):
        return
    back = form.read(form.write(some), "bank").bank.questions
    assert [(q.id, q.kind, q.stem, q.options, q.key, q.answers, q.explanation, q.tags)
            for q in back] == [
        (q.id, q.kind, q.stem, q.options, q.key, q.answers, q.explanation, q.tags)
        for q in some.questions
    ]  # fmt: skip


@each
def test_equal_banks_give_equal_bytes_that_are_recognised(
    form: Format, carriage: Carriage
) -> None:
    some = bank(question(Kind.SINGLE, "几日前申请？", options=("20", "30", "60"), key=(2,)))
    assert form.write(some) == form.write(some)
    assert recognise(form.write(some)) is form


@few
@given(some=banks())
def test_moodle_reads_our_gift_as_we_mean_it(some: Bank) -> None:
    sent = fitting(some, gift.CARRIAGE)
    taken = imported(gift.write(some))
    assert len(taken) == len(sent)
    for ours, theirs in zip(sent, taken, strict=True):
        assert theirs.text.strip() == ours.stem
        assert theirs.feedback.strip() == ours.explanation
        assert category.split(theirs.category) == ours.citation.section
        assert all(is_grade(percent) for _, percent in theirs.answers)
        if ours.kind is Kind.BLANK:
            assert theirs.qtype == "shortanswer"
            assert [text.replace("\\*", "*") for text, _ in theirs.answers] == list(ours.answers)
        elif ours.kind is Kind.JUDGE:
            assert theirs.answers == [("FALSE" if ours.key[0] else "TRUE", 100)]
        else:
            assert theirs.is_single is (ours.kind is Kind.SINGLE)
            assert tuple(text.strip() for text, _ in theirs.answers) == ours.options
            right = tuple(i for i, (_, percent) in enumerate(theirs.answers) if percent > 0)
            assert right == ours.key
            assert abs(sum(p for _, p in theirs.answers if p > 0) - 100) < 0.5


@few
@given(some=banks())
def test_our_xml_is_well_formed_for_any_parser_and_its_weights_sum_to_a_hundred(
    some: Bank,
) -> None:
    root = ET.fromstring(moodle_xml.write(some))  # noqa: S314 - our own output
    asked = [item for item in root.iter("question") if item.get("type") != "category"]
    assert len(asked) == len(fitting(some, moodle_xml.CARRIAGE))
    for item in asked:
        percents = [float(answer.get("fraction", "0")) for answer in item.iter("answer")]
        assert all(map(is_grade, percents))
        assert (
            item.get("type") == "shortanswer" or abs(sum(p for p in percents if p > 0) - 100) < 0.5
        )
        assert item.findtext("name/text")


@pytest.mark.parametrize("count", range(1, 13))
def test_any_number_of_keys_gets_weights_that_moodle_allows_and_sums_to_100(count: int) -> None:
    weights = [float(share) for share in shares(count)]
    assert len(weights) == count
    assert all(map(is_grade, weights))
    assert round(sum(weights) / 100, 2) == 1


@few
@given(st.lists(short, max_size=4).map(tuple))
def test_a_section_survives_its_path_whatever_slashes_it_has(section: tuple[str, ...]) -> None:
    kept = category.carried(section)
    assert category.split(category.join(kept)) == kept


def test_questions_without_a_section_do_not_fall_into_the_one_before() -> None:
    some = bank(
        question(Kind.JUDGE, "甲", key=(0,), section=("环评", "审批"), uid="a"),
        question(Kind.JUDGE, "乙", key=(1,), uid="b"),
    )
    for form in (FORMATS["gift"], FORMATS["moodle-xml"]):
        first, second = form.read(form.write(some), "x").bank.questions
        assert first.citation.section == ("环评", "审批")
        assert second.citation.section[0].startswith("第 ")  # its line, for want of a section


def test_aiken_says_what_it_leaves_out_and_what_it_drops() -> None:
    some = bank(
        question(Kind.SINGLE, "甲？", options=("一", "二"), key=(0,), explanation="因为", uid="a"),
        question(Kind.MULTIPLE, "乙？", options=("一", "二"), key=(0, 1), uid="b"),
        question(Kind.BLANK, "丙____", answers=("三",), uid="c"),
        question(Kind.BLANK, "丁____", answers=("四",), uid="d"),
        question(Kind.SINGLE, "A) 戊？", options=("一", "二"), key=(0,), uid="e"),
    )
    assert FORMATS["aiken"].losses(some) == (
        "1 道题不会写入（第 2 题）：这种文件没有多选题。",
        "2 道题不会写入（第 3、4 题）：这种文件没有填空题。",
        "1 道题不会写入（第 5 题）：题干的样子像选项或答案行，Aiken 会读错。",
        "1 道题的解析不保留。",
        "1 道题的题目编号不保留。",
    )
    assert len(FORMATS["aiken"].read(FORMATS["aiken"].write(some), "x").bank.questions) == 1


def test_gift_leaves_out_an_answer_that_would_become_a_matching_question() -> None:
    some = bank(question(Kind.BLANK, "箭头____", answers=("甲->乙",)))
    assert "匹配题" in FORMATS["gift"].losses(some)[0]
    assert FORMATS["gift"].write(some) == b""
    assert FORMATS["moodle-xml"].losses(some) == ()
