"""Lists of known names, their bounds and whether they are whole."""

from __future__ import annotations

import pytest

from questions import documents, facts
from questions.facts import EnumFact, gazetteer


def lists(text: str) -> list[EnumFact]:
    head = "内蒙古自治区水利厅2023年度工作总结\n一、工作情况\n"
    document = documents.read((head + text).encode(), name="a.txt")
    return [fact for fact in facts.extract(document) if isinstance(fact, EnumFact)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("与黑龙江省、吉林省和陕西省签订水量调度协议。", ("黑龙江省", "吉林省", "陕西省")),
        ("建成赤峰市、通辽市及乌海市水文监测平台。", ("赤峰市", "通辽市", "乌海市")),
        ("联合公安厅、司法厅开展河道采砂联合执法。", ("公安厅", "司法厅")),
        ("与公安机关、人民检察院建立线索移送工作机制。", ("公安机关", "人民检察院")),
        ("开展水法宣传进机关、社区、学校活动。", ("机关", "社区", "学校")),
        ("对黄河、滦河和西辽河开展生态流量调度监测。", ("黄河", "滦河", "西辽河")),
    ],
)
def test_a_list_is_its_members(text: str, printed: tuple[str, ...]) -> None:
    (fact,) = lists(text)
    assert fact.printed == printed
    assert not fact.is_open


def test_words_fused_to_the_last_member_stay_outside() -> None:
    (fact,) = lists("建成了赤峰市、通辽市、乌海市取水口在线监控平台。")
    assert fact.printed[-1] == "乌海市"
    assert fact.right == "取水口在线监控平台"


def test_words_before_the_first_member_stay_outside() -> None:
    (fact,) = lists("建成了自治区本级及赤峰市、通辽市取水口在线监控平台。")
    assert fact.printed == ("赤峰市", "通辽市")
    assert fact.left.endswith("本级及")


@pytest.mark.parametrize(
    ("tail", "is_open"),
    [("等五部门联合表扬", True), ("等三部门联合表扬", False), ("等部门联合表扬", True)],
)
def test_a_list_is_whole_where_its_count_says_so(tail: str, is_open: bool) -> None:
    (fact,) = lists(f"节水主题实践活动受到水利部、教育部、全国妇联{tail}。")
    assert fact.is_open is is_open


@pytest.mark.parametrize(
    "text",
    [
        "办理查封、扣押案件86件。",
        "联合公安厅、司法厅以及有关高校开展河道采砂研究。",
        "印发《关于做好公安厅、司法厅联合执法工作的通知》。",
        "在机关、社区服务群众。",
    ],
)
def test_what_is_no_list_of_whole_names_is_left(text: str) -> None:
    assert not lists(text)


@pytest.mark.parametrize(("total", "is_open"), [("3市", False), ("三地", False), ("5市", True)])
def test_a_total_right_behind_a_list_is_no_part_of_its_predicate(
    total: str, is_open: bool
) -> None:
    (fact,) = lists(f"赤峰市、通辽市、乌海市{total}入选全国节水型城市名单。")
    assert fact.right == "入选全国节水型城市名单"
    assert fact.is_open is is_open


def test_bodies_of_a_county_are_known_by_their_own_names() -> None:
    (fact,) = lists("由县发展和改革局、县司法局、县工商联建立企业联系制度。")
    assert fact.printed == ("发展和改革局", "司法局", "工商联")


def test_a_list_whose_first_name_is_unknown_is_left() -> None:
    assert not lists("联合县河湖保护处、县司法局、县工商联建立企业联系制度。")


def test_former_and_present_names_are_one_body() -> None:
    family = next(e.family for h in gazetteer.scan("生态环境厅") for e in h.entries)
    canons = {e.canon for e in gazetteer.members(family) if e.text in ("生态环境厅", "环境保护厅")}
    assert len(canons) == 1


def test_ways_carry_the_clause_that_says_what_for() -> None:
    (fact,) = lists("通过电话、网络、邮件等方式，受理群众反映的用水问题。")
    assert fact.right.endswith(",受理群众反映的用水问题")
    assert fact.is_open
    assert not fact.faults


def test_ways_without_a_purpose_are_faulty() -> None:
    (fact,) = lists("开展节水宣传，通过视频、广播、报纸等方式。")
    assert "V9" in fact.faults
