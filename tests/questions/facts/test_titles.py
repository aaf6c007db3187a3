"""Titles with what was done to them, and by whom."""

from __future__ import annotations

import pytest

from questions import documents, facts
from questions.facts import TitleFact
from questions.facts.titles import Relation, kind_of


def titles(text: str) -> list[TitleFact]:
    head = "吉林省司法厅2023年度工作总结\n一、立法\n"
    document = documents.read((head + text).encode(), name="a.txt")
    return [fact for fact in facts.extract(document) if isinstance(fact, TitleFact)]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("印发《甲方案》。", Relation.ISSUED),
        ("制定出台了《甲办法》。", Relation.ISSUED),
        ("研究制定《甲办法》和《乙方案》。", Relation.MADE),
        ("报请政府废止了《甲办法》。", Relation.REPEALED),
        ("将《甲条例》和《乙条例》列为2024年地方立法项目。", Relation.LISTED),
        ("完成《甲条例》《乙条例》初稿起草工作。", Relation.DRAFTED),
        ("深入贯彻落实《甲规定》。", Relation.CARRIED),
        ("按照省委办公厅《关于印发甲方案的通知》要求推进工作。", Relation.CARRIED),
        ("配合完成《甲法》执法检查。", Relation.OTHER),
    ],
)
def test_the_predicate_of_a_title_is_read(text: str, relation: Relation) -> None:
    assert titles(text)[0].relation is relation


def test_one_verb_governs_all_titles_of_its_list() -> None:
    (fact,) = titles("研究制定《甲办法》和《乙方案》、《丙规则》。")
    assert [title.text for title in fact.titles] == ["甲办法", "乙方案", "丙规则"]


@pytest.mark.parametrize("marks", ["〈〉", "<>", "《》"])
def test_a_title_within_a_title_stays_whole(marks: str) -> None:
    inner = f"{marks[0]}甲实施方案{marks[1]}"
    (fact,) = titles(f"印发《关于印发{inner}的通知》,推进工作。")
    assert fact.titles[0].text == f"关于印发{inner}的通知"
    assert fact.titles[0].inner == ("甲实施方案",)


def test_others_who_issue_are_not_the_issuer() -> None:
    (fact,) = titles("督促指导各市全部印发《甲意见》。")
    assert fact.actor is None


def test_an_open_list_is_known() -> None:
    (fact,) = titles("印发《甲方案》《乙办法》等制度。")
    assert fact.is_open


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("行政处罚裁量基准规定(试行)", "规定"),
        ("建设项目环境影响评价分类管理名录(2021年版)", "名录"),
        ("优化营商环境若干措施", "若干措施"),
        ("亮丽江山", ""),
    ],
)
def test_a_kind_is_the_last_word(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def test_films_are_faulty() -> None:
    (fact,) = titles("制作专题宣传片《亮丽江山》。")
    assert "V9" in fact.faults
