"""Titles in passages specific enough to ask them by."""

from __future__ import annotations

import pytest

from questions import documents, facts
from questions.facts import MentionFact


def mentions(text: str) -> list[MentionFact]:
    head = "吉林省司法厅2023年度工作总结\n一、立法\n"
    document = documents.read((head + text).encode(), name="a.txt")
    return [fact for fact in facts.extract(document) if isinstance(fact, MentionFact)]


def test_a_clause_with_words_of_its_own_is_specific() -> None:
    (fact,) = mentions("将行政执法监督内容纳入《吉林省司法厅工作规则》。")
    assert fact.left == "2023年,吉林省司法厅将行政执法监督内容纳入"
    assert not fact.tail


def test_a_purpose_behind_makes_a_verb_specific() -> None:
    (fact,) = mentions("印发《案卷评查办法》，规范评查程序和标准。")
    assert fact.tail == "规范评查程序和标准"
    assert fact.end > fact.titles[0].end


@pytest.mark.parametrize(
    "text",
    [
        "印发《案卷评查办法》。",
        "印发《案卷评查办法》，组织案卷评查12次。",
        "按照《案卷评查办法》要求。",
        "报请省政府废止《司法鉴定收费管理办法》。",
        "深入学习《民法典》有关内容，营造良好氛围。",
    ],
)
def test_a_verb_alone_is_not(text: str) -> None:
    assert not mentions(text)


def test_a_clause_that_leans_takes_the_one_it_leans_on() -> None:
    (fact,) = mentions("按照《案卷评查办法》要求，抽查各地案卷。")
    assert fact.tail == "抽查各地案卷"
