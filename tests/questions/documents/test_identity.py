"""Who speaks, of which year and place."""

from __future__ import annotations

import pytest

from questions import documents
from questions.data import about_report, read_report
from questions.documents import identity

BODY = "\n一、主要做法\n全省共办理案件120件，罚款30万元。\n"


@pytest.mark.parametrize(
    ("head", "title", "issuer", "year"),
    [
        (
            "甘肃省教育厅关于2022年法治政府建设情况的报告",
            "甘肃省教育厅关于2022年法治政府建设情况的报告",
            "甘肃省教育厅",
            2022,
        ),
        (
            "首页 > 公开\n浙江省水利厅\n2023年度法治政府建设情况报告",
            "浙江省水利厅2023年度法治政府建设情况报告",
            "浙江省水利厅",
            2023,
        ),
        (
            "某县人民政府二〇二一年法治政府建设工作总结",
            "某县人民政府二〇二一年法治政府建设工作总结",
            "某县人民政府",
            2021,
        ),
        ("来源：重庆市司法局", "年报", "重庆市司法局", None),
        (
            "某市交通运输综合行政执法支队2021年行政执法统计表",
            "某市交通运输综合行政执法支队2021年行政执法统计表",
            "某市交通运输综合行政执法支队",
            2021,
        ),
        (
            "关于某市水利局2023年度法治政府建设情况的报告",
            "关于某市水利局2023年度法治政府建设情况的报告",
            "某市水利局",
            2023,
        ),
        (
            "中共青石镇委员会 青石镇人民政府关于2024年度法治政府建设情况的报告",
            "中共青石镇委员会青石镇人民政府关于2024年度法治政府建设情况的报告",
            "青石镇人民政府",
            2024,
        ),
    ],
)
def test_title_issuer_and_year_are_read(
    head: str, title: str, issuer: str, year: int | None
) -> None:
    document = documents.read((head + BODY).encode(), name="年报.txt")
    assert (document.title, document.issuer, document.year) == (title, issuer, year)


def test_a_given_title_overrules_the_page() -> None:
    document = documents.read(BODY.encode(), name="a.txt", title="丙省公安厅2020年工作报告")
    assert (document.issuer, document.year) == ("丙省公安厅", 2020)


def test_the_bundled_report_knows_itself() -> None:
    document = documents.read(read_report(), name="report.txt")
    assert document.title == about_report()["title"]
    assert document.issuer == about_report()["issuer"]
    assert document.year == 2021


@pytest.mark.parametrize(
    ("issuer", "name", "short", "level"),
    [
        ("内蒙古自治区生态环境厅", "内蒙古自治区", "内蒙古", "区"),
        ("浙江省水利厅", "浙江省", "浙江", "省"),
        ("广州市海珠区市场监督管理局", "海珠区", "海珠", "区"),
        ("成都市应急管理局", "成都市", "成都", "市"),
        ("鹤桥区城市管理局", "鹤桥区", "鹤桥", "区"),
        ("国家税务总局丹桥市税务局", "丹桥市", "丹桥", "市"),
        ("云溪区人民政府柳林街道办事处", "柳林街道", "柳林", "街道"),
    ],
)
def test_a_place_is_read_from_the_issuer(issuer: str, name: str, short: str, level: str) -> None:
    place = identity.place(issuer)
    assert place is not None
    assert (place.name, place.short, place.level) == (name, short, level)


def test_bodies_of_the_whole_country_have_no_place() -> None:
    assert identity.place("生态环境部") is None


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("柳荫街道2025年度法治政府建设情况报告", "柳荫街道"),
        ("# 云桥区柳荫街道2024年推进法治政府建设工作情况报告", "柳荫街道"),
        ("2024年度青石镇法治政府建设年度报告", "青石镇"),
        ("澜江市2023年法治政府建设情况报告", "澜江市"),
    ],
)
def test_a_title_that_names_but_a_place_tells_whose_report_it_is(title: str, place: str) -> None:
    document = documents.read(f"{title}\n{BODY}".encode(), name="a.md")
    assert document.issuer is None
    assert document.place is not None
    assert document.place.name == place
