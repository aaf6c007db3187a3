"""Numbers with units in a clause, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.facts import quantities
from questions.numerals import Qualifier


@pytest.mark.parametrize(
    ("clause", "printed", "value"),
    [
        ("共办理案件1982件", "1982件", "1982"),
        ("受理审批事项3,412件", "3,412件", "3412"),
        ("处罚金额1.91亿元", "1.91亿元", "191000000"),
        ("制作推广宣传产品453 件(套)", "453件(套)", "453"),
        ("刊播新闻报道3500余篇(条)", "3500余篇(条)", "3500"),
        ("实施遥感监测1402万台次", "1402万台次", "14020000"),
        ("参演人员1.2万余人次", "1.2万余人次", "12000"),
        ("发放资料20余万份", "20余万份", "200000"),
        ("受众超150万人", "超150万人", "1500000"),
        ("将占总量80%左右的项目改为备案制", "80%左右", "80"),
        ("比上年提高0.6个百分点", "0.6个百分点", "0.6"),
        ("会同发改委等14个部门开展行动", "14个", "14"),
        ("平均浓度23微克/立方米", "23微克/立方米", "23"),
        ("清运垃圾30余车次", "30余车次", "30"),
    ],
)
def test_a_quantity_is_found_as_printed(clause: str, printed: str, value: str) -> None:
    (found,) = quantities.scan(clause)
    assert found.printed() == printed
    assert found.value == Decimal(value)


@pytest.mark.parametrize(
    "clause",
    [
        "发布时间2022-01-13 11:39",
        "2021年12月4日",
        "1-11月",
        "第12条",
        "组织开展了12.4《宪法》系列宣传活动",
        "制作COP15专题片",
        "印发《2021年任务清单(35项)》",
        "开展“5·09”“3个100”行动",
        "落实“三重一大”“双随机一公开”",
        "时限压缩45和30个工作日",
        "检查3—5家企业",
        "24小时值守",
        "分别提升3.1个和1.4个百分点",
        "每吨5元/吨",
        "浙水法〔2024〕2号",
        "在第01号公告中",
    ],
)
def test_dates_names_ranges_and_shared_units_are_passed_over(clause: str) -> None:
    assert list(quantities.scan(clause)) == []


def test_qualifiers_are_kept() -> None:
    (over,) = quantities.scan("开展活动800余次")
    (about,) = quantities.scan("占80%左右")
    assert over.qualifier is Qualifier.OVER
    assert about.qualifier is Qualifier.ABOUT


@given(st.text(alphabet="案件共办理0123456789.,%余万亿元个件《》“”和至-年", max_size=80))
def test_scanning_never_raises_and_slices_verbatim(clause: str) -> None:
    for found in quantities.scan(clause):
        assert clause[found.start : found.end].replace(" ", "") == found.printed()
