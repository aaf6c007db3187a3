"""Figure questions: what is worth asking, what is shown, and how statements are falsified."""

from __future__ import annotations

import itertools
import random
from decimal import Decimal

import pytest

from questions import facts
from questions.facts import FigureFact
from questions.generation import figures, generate, selection
from questions.generation.book import Book, source
from questions.models import Kind, Question
from tests.questions.generation.samples import ask, report


def of(text: str, value: str, *, seed: int = 0) -> list[Question]:
    return [q for q in ask(text, seed=seed) if q.fact["value"] == value]


def shown(question: Question) -> str:
    return question.explanation.split("\n")[-1]


def test_a_passage_shows_scope_and_fact_without_what_lies_between() -> None:
    text = "1-11月，制作纪录片《甲》《乙》，播放多次，完成堤防加固94处，新建泵站58座。"
    (question, *_) = of(text, "58")
    assert shown(question) == "“1-11月……新建泵站58座”"


def test_a_passage_of_a_list_item_keeps_the_verb() -> None:
    (question, *_) = of("完成水库除险加固94座、病险山塘整治183座。", "183")
    assert shown(question) == "“完成……病险山塘整治183座”"
    assert "完成" in question.citation.quote


def test_a_long_row_of_titles_is_shown_by_its_first() -> None:
    text = "印发《取水监督细则》《河道巡查细则》《水库调度细则》等15项细则。"
    (question, *_) = of(text, "15")
    assert shown(question) == "“印发《取水监督细则》……等15项细则”"


def test_a_number_too_long_to_know_is_not_asked() -> None:
    assert not of("全省共减免水资源费2327.8876万元。", "2327.8876")
    assert {q.kind for q in of("全省共减免水资源费2327.64万元。", "2327.64")} == {Kind.SINGLE}


def test_long_numbers_differ_by_their_size() -> None:
    for seed in range(4):
        (question,) = of("全省共减免水资源费2327.64万元。", "2327.64", seed=seed)
        values = [Decimal(option.removesuffix("万元")) for option in question.options]
        assert all(b / a > Decimal("1.08") for a, b in itertools.pairwise(values))


@pytest.mark.parametrize(
    "text",
    ["全省共完成堤防加固300处。", "全省水质优良率为88.7%。", "全省共查处水事案件1029起。"],
)
def test_a_false_statement_differs_memorably(text: str) -> None:
    for seed in range(12):
        for question in generate([report(text)], seed=seed, kinds={Kind.JUDGE}).bank.questions:
            if question.key == (1,):
                truth = Decimal(str(question.fact["value"]))
                told = Decimal(
                    question.stem.rstrip("处起%。")
                    .split("加固")[-1]
                    .split("案件")[-1]
                    .split("为")[-1]
                )
                least = "0.07" if "率" in text else "0.29"
                assert abs(told / truth - 1) >= Decimal(least)


def fact(text: str, value: str) -> FigureFact:
    return next(
        one
        for one in facts.extract(report(text))
        if isinstance(one, FigureFact) and one.quantity.digits == value
    )


@pytest.mark.parametrize(
    ("text", "value", "may"),
    [
        # before it, less than nothing would have been counted
        ("全省共观测到火点2524个，较上年减少10026个。", "10026", False),
        ("全省共观测到火点2524个，较上年增加1026个。", "1026", True),
        ("现有公职律师6名，较上年减少8名。", "8", False),
        ("全省供水保证率99.2%，较上年提升1.3个百分点。", "1.3", False),
        ("全省供水保证率79.2%，较上年提升1.3个百分点。", "1.3", True),
        ("全省水费收入增长150%。", "150", False),
        ("将申请材料由6个减少到3个。", "3", False),
    ],
)
def test_a_change_is_turned_only_where_it_could_have_gone_so(
    text: str, value: str, may: bool
) -> None:
    assert figures.may_turn(fact(text, value)) is may


def test_a_part_is_never_said_to_exceed_its_whole() -> None:
    text = "受理取水许可申请46件，办结45件。"
    for seed in range(10):
        for question in of(text, "45", seed=seed):
            for option in question.options if question.kind is Kind.SINGLE else ():
                assert int(option.removesuffix("件")) <= 46
            if question.kind is Kind.JUDGE:
                assert int(question.stem.split("办结")[-1].rstrip("件。")) <= 46


def test_publicity_is_asked_once_and_last() -> None:
    text = "全省共刊发新闻稿件3500篇。全省共查处水事案件1029起。新建泵站58座。"
    assert len(of(text, "3500")) == 1
    chosen = selection.pick(ask(text), 2)
    assert all(question.fact["value"] != "3500" for question in chosen)


def test_a_fact_is_asked_twice_at_most() -> None:
    for question in (questions := ask("全省共查处水事案件1029起，新建泵站58座。")):
        assert sum(q.fact["value"] == question.fact["value"] for q in questions) <= 2


def test_joined_counts_are_never_chosen_from() -> None:
    text = "机关18个处室、14家直属单位主要负责人全部述职。"
    one = source(report(text), facts.extract(report(text)))
    book = Book(random.Random(0), frozenset(Kind))
    joint = [f for f in one.facts if isinstance(f, FigureFact) and f.is_joint]
    assert joint
    for each in joint:
        assert figures.single(each, one, book) is None
        assert figures.judge(each, one, book) is None


def test_a_blank_whose_number_stands_in_its_stem_is_not_made() -> None:
    blanks = [q for q in of("减少申报材料20余项。", "20") if q.kind is Kind.BLANK]
    assert not blanks  # 2023 holds it


def test_a_blank_accepts_the_bare_number() -> None:
    blanks = [
        q
        for q in generate([report("新建泵站58座。")], kinds={Kind.BLANK}).bank.questions
        if q.kind is Kind.BLANK
    ]
    assert blanks
    assert all(str(q.fact["value"]) in q.answers for q in blanks)


@pytest.mark.parametrize("printed", ["超过95%", "不足5%", "60%以上"])
def test_a_bound_is_not_chosen_from_nor_falsified(printed: str) -> None:
    for seed in range(6):
        questions = generate([report(f"全省供水保证率{printed}。")], seed=seed).bank.questions
        assert all(q.kind is not Kind.SINGLE for q in questions)
        assert not any(q.kind is Kind.JUDGE and q.key == (1,) for q in questions)


def test_a_bare_count_is_asked_once_and_a_weighty_figure_twice() -> None:
    assert len(of("全省共新建泵站58座。", "58")) == 1
    for text, value in (
        ("全省水质优良率为88.7%。", "88.7"),
        ("减免水土保持补偿费1.36亿元。", "1.36"),
        ("取水许可审批时限由20个工作日压缩至7个工作日。", "7"),
        ("全省共查处水事案件129起，较上年减少16起。", "16"),
    ):
        assert len(of(text, value)) == 2, text


def test_a_handful_of_meetings_ranks_low() -> None:
    (few,) = of("全省组织水库防汛演练3场。", "3")
    (many,) = of("全省组织水库防汛演练38场。", "38")
    assert "worth" in few.fact
    assert "worth" not in many.fact


def test_a_year_has_no_more_days_than_there_are() -> None:
    for seed in range(8):
        for question in of("全省空气优良天数为337天。", "337", seed=seed):
            for option in question.options if question.kind is Kind.SINGLE else ():
                assert int(option.removesuffix("天")) <= 366


def test_a_false_share_could_pass_for_a_share() -> None:
    text = "全省信访事项办结率为95.8%。"
    for seed in range(12):
        for question in generate([report(text)], seed=seed, kinds={Kind.JUDGE}).bank.questions:
            if question.key == (1,):
                told = Decimal(question.stem.split("为")[-1].rstrip("%。"))
                assert Decimal(80) < told < Decimal(92)


def test_a_passage_with_tags_in_it_is_cited_up_to_the_tag() -> None:
    text = "<p>全省<b>2023</b>年水利系统共查处非法取水案件1029起。</p>"
    document = report(text)
    (question, *_) = generate([document]).bank.questions
    cite = question.citation
    assert cite.quote == document.text[cite.start : cite.end]
    assert cite.quote.endswith("查处非法取水案件1029起")
    assert "<" not in question.explanation


def test_nothing_is_put_before_a_number_that_says_about() -> None:
    (question, *_) = of("磋商赔偿案件48起,涉案金额约8600万元。", "8600")
    assert "为约" not in question.stem
    assert any("涉案金额" in q.stem for q in of("磋商赔偿案件48起,涉案金额约8600万元。", "8600"))


def test_a_fine_that_counts_cases_is_no_sum() -> None:
    found = of("查处违规案件34件，其中警告26件、罚款8件。", "8")
    assert found
    assert not any("罚款为" in question.stem for question in found)


def test_a_whole_is_told_wrong_by_nearly_all_of_it() -> None:
    text = "全省信访事项按期办结率为100%。"
    told = {
        Decimal(question.stem.split("为")[-1].rstrip("%。"))
        for seed in range(12)
        for question in generate([report(text)], seed=seed, kinds={Kind.JUDGE}).bank.questions
        if question.key == (1,)
    }
    assert told
    assert min(told) >= 85


def test_what_stands_beside_named_titles_is_more_than_they_are() -> None:
    text = "报请省政府废止《取水监督细则》等3件文件。"
    asked = [question for seed in range(6) for question in of(text, "3", seed=seed)]
    assert asked
    assert not any("1件" in question.options for question in asked)


def test_how_often_something_was_done_is_no_blank_from_a_thousand() -> None:
    found = of("通过电话、现场帮扶等方式为用水企业服务2671家次。", "2671")
    assert found
    assert Kind.BLANK not in {question.kind for question in found}
