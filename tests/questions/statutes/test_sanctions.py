"""处罚种类: what an act is threatened with, among what the law threatens others with."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from questions.models import Kind, Question
from tests.questions.statutes.samples import NAMES, ask, bank, law, real

CLOSED = (
    "企业生产列入淘汰目录的商品的，责令停产整治，处一万元以上五万元以下的罚款；"
    "情节严重的，责令停业、关闭。"
)
GAINED = (
    "企业未按照规定公开信息的，由主管部门责令改正，没收违法所得，处二万元以上十万元以下的罚款。"
)
SOLD = "销售者销售伪劣商品的，没收违法所得，吊销营业执照，处一万元以上五万元以下的罚款。"


def sanctions(text: str) -> list[Question]:
    return [q for q in ask(text) if q.tags[0] == "处罚种类"]


def keys(question: Question) -> set[str]:
    return {question.options[at] for at in question.key}


def wrong(question: Question) -> set[str]:
    return set(question.options) - keys(question)


def test_what_goes_with_nearly_every_act_stands_in_the_stem() -> None:
    asked = next(q for q in sanctions(law(GAINED, CLOSED, SOLD)) if "公开信息" in q.stem)
    assert asked.kind is Kind.SINGLE
    assert asked.stem == (
        "企业未按照规定公开信息的，依照《滨海省测试条例》，除责令改正、处以罚款外，"
        "还应当给予下列哪项处理？"
    )
    assert keys(asked) == {"没收违法所得"}
    assert "没收违法所得，处二万元以上十万元以下的罚款" in asked.explanation


def test_an_act_is_asked_with_the_sanctions_of_its_graver_case() -> None:
    graver = CLOSED.replace("责令停产整治，", "")
    asked = next(q for q in sanctions(law(GAINED, graver, SOLD)) if "淘汰目录" in q.stem)
    assert asked.kind is Kind.MULTIPLE
    assert "情节严重的，还可能给予" in asked.stem
    assert keys(asked) == {"责令停业", "责令关闭"}
    assert "责令停业、关闭" in asked.explanation


def test_what_follows_outright_is_asked_apart_from_what_may_follow() -> None:
    asked = next(q for q in sanctions(law(GAINED, CLOSED, SOLD)) if "淘汰目录" in q.stem)
    assert "还应当给予" in asked.stem
    assert keys(asked) == {"责令停产整治"}
    assert not {"责令停业", "责令关闭"} & set(asked.options)


def test_wrong_options_are_sanctions_the_law_attaches_to_another_act() -> None:
    for question in sanctions(law(GAINED, CLOSED, SOLD)):
        assert not {"给予警告", "通报批评", "暂扣许可证件", "责令限期拆除"} & wrong(question)
        assert not {"责令改正", "处以罚款"} & set(question.options)


def test_without_an_act_that_is_threatened_otherwise_nothing_is_asked() -> None:
    assert not sanctions(law(GAINED, GAINED.replace("公开信息", "保存合同")))


def test_another_article_on_the_act_bars_its_sanction() -> None:
    text = law(GAINED, "企业未按照规定公开信息的，吊销许可证。", CLOSED, SOLD)
    for question in sanctions(text):
        if "公开信息" in question.stem:
            assert not [option for option in question.options if "吊销" in option]


def test_nobody_without_a_business_is_asked_whether_it_is_closed() -> None:
    text = law("行人跨越护栏的，没收违法所得，处五元以上五十元以下的罚款。", CLOSED, SOLD)
    assert not [q for q in sanctions(text) if "行人" in q.stem]


@pytest.mark.parametrize("name", NAMES)
def test_real_sanctions_stand_in_the_cited_words(name: str) -> None:
    for question in (q for q in bank(real(name)) if q.tags[0] == "处罚种类"):
        quote = re.sub(r"\s", "", question.citation.quote)
        for key in keys(question):
            assert re.sub("^(?:给予|责令)", "", key) in quote
        assert len(question.key) < len(question.options)


def test_no_kind_is_always_right_nor_all_outsiders_always_wrong() -> None:
    found = sanctions(law(GAINED, CLOSED, SOLD))
    right = Counter(option for question in found for option in keys(question))
    assert len(found) >= 2
    for question in found:
        assert wrong(question) & set(right)
