"""处罚种类: what an act is threatened with, among what nobody threatens it with."""

from __future__ import annotations

import re

import pytest

from questions.models import Kind, Question
from tests.questions.statutes.samples import NAMES, ask, bank, law, real

OTHER = (
    "销售者销售伪劣商品的，责令停产停业，吊销营业执照，责令关闭，给予警告，"
    "处一万元以上五万元以下的罚款。"
)


def sanctions(text: str) -> list[Question]:
    return [q for q in ask(text) if q.tags[0] == "处罚种类"]


def test_an_act_is_asked_with_the_sanctions_of_its_own_branch() -> None:
    (asked,) = sanctions(
        law(
            "企业未按照规定公开信息的，由主管部门责令改正，没收违法所得，处二万元以上十万元以下的罚款。",
            OTHER.replace("给予警告，", ""),
        )
    )[:1]
    assert asked.kind is Kind.MULTIPLE
    assert asked.stem == (
        "企业未按照规定公开信息的，依照《滨海省测试条例》应当或者可以给予下列哪些处理？"
    )
    keys = {asked.options[at] for at in asked.key}
    assert keys == {"责令改正", "没收违法所得", "处以罚款"}
    assert "处二万元以上十万元以下的罚款" in asked.explanation


def test_a_graver_case_of_the_article_bars_its_sanction() -> None:
    text = law(
        "企业未公开信息的，责令改正，给予警告，处二万元以上十万元以下的罚款；"
        "情节严重的，责令停产停业，吊销许可证。",
        OTHER,
    )
    for question in sanctions(text):
        if "未公开信息" in question.stem:
            assert not [o for o in question.options if "停产" in o or "吊销" in o]


def test_another_article_on_the_act_bars_its_sanction() -> None:
    text = law(
        "企业擅自倾倒工业废物的，责令改正，处二万元以上十万元以下的罚款。",
        "企业擅自倾倒工业废物的，给予警告，通报批评。",
        OTHER,
    )
    for question in sanctions(text):
        if "倾倒" in question.stem:
            assert not {"给予警告", "通报批评"} & set(question.options)


def test_what_follows_any_act_is_no_wrong_option() -> None:
    text = law("企业未公开信息的，给予警告，处二万元以上十万元以下的罚款。", OTHER)
    for question in sanctions(text):
        wrong = {o for at, o in enumerate(question.options) if at not in question.key}
        assert not {"责令改正", "没收违法所得"} & wrong
        assert not [option for option in wrong if "拘留" in option]


def test_nobody_without_a_business_is_asked_whether_it_is_closed() -> None:
    text = law("行人跨越护栏的，给予警告，处五元以上五十元以下的罚款。", OTHER)
    assert not [q for q in sanctions(text) if "行人" in q.stem]


@pytest.mark.parametrize("name", NAMES[2:])
def test_real_sanctions_stand_in_the_cited_words(name: str) -> None:
    found = [q for q in bank(real(name)) if q.tags[0] == "处罚种类"]
    assert len(found) >= 4
    for question in found:
        quote = re.sub(r"\s", "", question.citation.quote)
        for at in question.key:
            bare = re.sub("^(?:给予|处以|责令)", "", question.options[at])
            assert bare in quote or "第二款" in question.citation.section[-1] or "罚款" in quote
        assert 2 <= len(question.key) < len(question.options)
