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
        ("会同省公安厅开展打击非法采砂专项行动。", Ask.PARTNER, "公安厅"),
        ("我厅河长制工作经验被水利部评为全国典型。", Ask.HONOUR, "水利部"),
        ("组织遵义市赤水县申报全国水土保持示范县。", Ask.COUNTY, "赤水县"),
        ("推动取水许可事项“跨省通办”，方便群众。", Ask.TERM, "“跨省通办”"),
        ("举办“守护清水”主题宣传活动，营造氛围。", Ask.NAME, "守护清水"),
        ("将水土保持登记表项目由审批改为备案制。", Ask.SLOT, "备案制"),
        ("废矿物油集中收集和跨区域转运工作纳入国家试点。", Ask.SLOT, "废矿物油"),
        ("将重大决策目录发布到厅门户网站。", Ask.SLOT, "厅门户网站"),
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


@pytest.mark.parametrize(
    "text",
    [
        "举办“守护清水”主题宣传活动，营造氛围。",
        "开展“利刃”专项行动。",
        "督促各地印发《水资源“三条红线”实施意见》、发布水资源准入清单。",
    ],
)
def test_publicity_names_of_nothing_said_and_one_act_of_two_are_faulty(text: str) -> None:
    assert all(fact.faults for fact in words(text))


def test_what_the_head_of_an_agency_did_is_not_asked_of_the_agency() -> None:
    head = "贵州省水利厅2023年度工作总结\n一、主要负责人履行第一责任人职责情况\n"
    text = "会同省公安厅开展打击非法采砂专项行动。"
    document = documents.read((head + text).encode(), name="a.txt")
    found = [fact for fact in facts.extract(document) if isinstance(fact, EntityFact)]
    assert found
    assert all("V3" in fact.faults for fact in found)


def test_the_place_is_given_in_full_but_once() -> None:
    (fact,) = words("会同省公安厅开展打击非法采砂专项行动。")
    assert (fact.left + fact.right).count("贵州省") == 1
    assert fact.left.endswith("会同省")


def test_the_words_of_a_slot_go_from_its_neighbours_on() -> None:
    (fact,) = words("对15种轻微违法行为不予行政处罚。")
    assert fact.peers[0] == "减轻行政处罚"
    assert fact.peers[-1] == "从重行政处罚"
