"""Words that lean on a document become names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import documents
from questions.facts import setting
from questions.facts.setting import Setting

INNER = Setting("内蒙古自治区生态环境厅", "内蒙古", "内蒙古自治区", "区", (), 2021)
DISTRICT = Setting("广州市海珠区市场监督管理局", "海珠", "海珠区", "区", (("市", "广州市"),), 2023)


@pytest.mark.parametrize(
    ("scene", "text", "resolved"),
    [
        (INNER, "我厅行政执法程序", "内蒙古自治区生态环境厅行政执法程序"),
        (INNER, "我区志愿服务工作", "内蒙古自治区志愿服务工作"),
        (INNER, "全区共办理案件", "内蒙古全区共办理案件"),
        (INNER, "今年春耕期间", "2021年春耕期间"),
        (INNER, "较去年减少", "较2020年减少"),
        (INNER, "自治区本级累计开展", "内蒙古自治区本级累计开展"),
        (INNER, "10个自治区级工业园区", "10个自治区级工业园区"),
        (INNER, "宁夏回族自治区生态环境厅", "宁夏回族自治区生态环境厅"),
        (INNER, "印发《我厅今年工作要点》", "印发《我厅今年工作要点》"),
        (INNER, "配合《固废法》执法检查", "配合《固体废物污染环境防治法》执法检查"),
        (INNER, "实现全覆盖，完全区分", "实现全覆盖，完全区分"),
        (DISTRICT, "我局与全市同步", "广州市海珠区市场监督管理局与广州全市同步"),
        (DISTRICT, "全区新登记", "海珠全区新登记"),
    ],
)
def test_words_of_the_speaker_are_resolved(scene: Setting, text: str, resolved: str) -> None:
    assert scene.resolve(text) == resolved


@pytest.mark.parametrize(
    "text", ["我厅办理", "今年办理", "该赔偿案", "一是办理", "上述案件", "其负责人", "本局负责人"]
)
def test_words_left_over_are_found(text: str) -> None:
    assert setting.find_dangling(text) is not None


@pytest.mark.parametrize("text", ["其中办理", "其他案件", "“我区最美”活动", "全国一等奖"])
def test_words_that_stand_alone_are_not(text: str) -> None:
    assert setting.find_dangling(text) is None


@pytest.mark.parametrize(
    ("heading", "subject"),
    [
        ("(二)努力营造法治化营商环境", "努力营造法治化营商环境"),
        ("三、校外培训治理有力", "校外培训治理"),
        ("(一)蓝天保卫战方面", "蓝天保卫战"),
        ("一、", ""),
    ],
)
def test_a_heading_names_its_topic(heading: str, subject: str) -> None:
    assert setting.topic((heading,)) == subject


@given(st.text(alphabet="我厅全区今年自治本级《》“”的市省", max_size=40))
def test_resolving_leaves_no_word_of_the_speaker_outside_names(text: str) -> None:
    INNER.resolve(text)


def test_a_short_name_the_document_gives_is_written_out() -> None:
    text = (
        "行政执法统计年报\n一、总体情况\n现将平湖市渔业局(以下简称“市局”)2025年执法情况公布如下。\n"
        "市局办理许可48件。\n平湖市渔业局\n"
    )
    scene = setting.of(documents.read(text.encode(), name="a.txt"))
    assert scene.issuer == "平湖市渔业局"
    assert scene.place == "平湖市"
    assert scene.resolve("市局办理许可") == "平湖市渔业局办理许可"


@pytest.mark.parametrize("heading", ["(二)守牢底线，强化监管", "(二)守牢底线；强化监管"])
def test_a_heading_of_two_halves_is_no_topic(heading: str) -> None:
    assert setting.topic((heading,)) == ""
