"""Words worth asking for, and what they are."""

from __future__ import annotations

import pytest

from questions import documents, facts
from questions.facts import EntityFact
from questions.facts.entities import Ask


def words(text: str) -> list[EntityFact]:
    head = "贵州省水利厅2023年度工作总结\n一、工作情况\n"
    document = documents.read((head + text).encode(), name="a.txt")
    return [fact for fact in facts.extract(document) if isinstance(fact, EntityFact)]


@pytest.mark.parametrize(
    ("text", "ask", "value"),
    [
        ("遵义市成功列入全国水系连通建设试点范围。", Ask.PLACE, "遵义市"),
        ("赤水河入围全国美丽河湖优秀案例名单。", Ask.PLACE, "赤水河"),
        ("负责人在四川省举办的流域管理论坛上作交流发言。", Ask.SITE, "四川省"),
        ("会同省公安厅开展打击非法采砂专项行动。", Ask.PARTNER, "公安厅"),
        ("我厅河长制工作经验被水利部评为全国典型。", Ask.HONOUR, "水利部"),
        ("组织遵义市赤水县申报全国水土保持示范县。", Ask.COUNTY, "赤水县"),
        ("推动取水许可事项“跨省通办”，方便群众。", Ask.TERM, "“跨省通办”"),
        ("举办“守护清水”主题宣传活动，营造氛围。", Ask.NAME, "守护清水"),
        ("将水土保持登记表项目由审批改为备案制。", Ask.SLOT, "备案制"),
        ("推动水库管理从重建设轻管护向长效管护转变。", Ask.TURN, "长效管护"),
    ],
)
def test_a_word_is_found_with_its_kind(text: str, ask: Ask, value: str) -> None:
    found = {(fact.ask, fact.value) for fact in words(text)}
    assert (ask, value) in found


@pytest.mark.parametrize(
    "text",
    [
        "会同省公安厅、司法厅开展打击非法采砂专项行动。",
        "会同省公安厅等8个部门开展打击非法采砂专项行动。",
        "各地公安厅工作情况通报。",
        "将水土保持登记表项目由审批改为备案制、承诺制。",
        "印发《遵义市列入全国试点工作方案》。",
    ],
)
def test_one_of_several_is_not_asked_for_alone(text: str) -> None:
    assert not words(text)


def test_one_word_is_asked_for_once() -> None:
    found = words("落实取水许可“一网通办”改革要求。深化水保审批“一网通办”改革任务。")
    assert [fact.value for fact in found].count("“一网通办”") == 1


@pytest.mark.parametrize(
    "text",
    [
        "立案12起，另有426起轻微违法行为不予处罚。",
        "目录在门户网站公布。",
        "3名职工获“岗位能手”称号。",
    ],
)
def test_what_says_too_little_or_leans_on_the_clause_before_is_faulty(text: str) -> None:
    assert all(fact.faults for fact in words(text))
