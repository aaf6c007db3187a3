"""The bundled registry: its rows are sound, its laws go by many names, its days are kept."""

from __future__ import annotations

import itertools
import time
from datetime import date

import pytest

from questions import laws
from questions.data import read_laws
from questions.generation.likeness import bare
from questions.laws import Event, LawError, Rank, Registry, names, read_rows

TEN = [
    "环境保护法",
    "环境影响评价法",
    "海洋环境保护法",
    "大气污染防治法",
    "水污染防治法",
    "土壤污染防治法",
    "固体废物污染环境防治法",
    "噪声污染防治法",
    "放射性污染防治法",
    "清洁生产促进法",
]


def the(title: str) -> laws.Law:
    law = laws.registry().find(title)
    assert law is not None, title
    return law


def test_every_bundled_row_is_sound() -> None:
    rows, issues = read_rows(read_laws())
    assert issues == ()
    assert len(rows) >= 120
    assert {row.rank for row in rows} == set(Rank)
    for row in rows:
        days = [text.made_on for text in row.versions if text.made_on]
        assert days == sorted(set(days)), row.title
        assert row.source.strip(), row.title
        if row.in_force_from and row.in_force_to:
            assert row.in_force_from <= row.in_force_to
        if row.in_force_from and days:
            assert days[-1] <= row.in_force_from, row.title
        assert row.replaced_by is None or laws.registry().find(row.replaced_by), row.title


def test_no_name_means_two_laws() -> None:
    every = [names.key(name) for law in laws.registry().laws for name in (law.title, *law.aliases)]
    assert len(every) == len(set(every))


def test_the_registry_is_there_at_once() -> None:
    took = []
    for _ in range(3):
        start = time.process_time()
        Registry.of(read_rows(read_laws())[0])
        took.append(time.process_time() - start)
    assert min(took) < 0.03


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("固废法", "中华人民共和国固体废物污染环境防治法"),
        ("《新固废法》", "中华人民共和国固体废物污染环境防治法"),
        ("新《固废法》", "中华人民共和国固体废物污染环境防治法"),
        ("环保法", "中华人民共和国环境保护法"),
        ("《中华人民共和国行政处罚法》", "中华人民共和国行政处罚法"),
        ("行政处罚法（2021年修订）", "中华人民共和国行政处罚法"),
        ("水污染防治法(2017年第二次修正)", "中华人民共和国水污染防治法"),
        ("《中华人民共和国 宪法》", "中华人民共和国宪法"),
        ("《宪法（2018年修正）》", "中华人民共和国宪法"),
        ("碳排放权交易管理办法", "碳排放权交易管理办法（试行）"),
        ("排污许可管理办法", "排污许可管理办法"),
        ("排污许可管理办法(试行)", "排污许可管理办法（试行）"),
        ("《国家危险废物名录（2021年版）》", "国家危险废物名录（2021年版）"),
        ("国家危险废物名录", "国家危险废物名录（2025年版）"),
        ("新化学物质环境管理登记办法", "新化学物质环境管理登记办法"),
        ("环境噪声污染防治法", "中华人民共和国环境噪声污染防治法"),
    ],
)
def test_a_law_is_found_by_any_of_its_names(said: str, title: str) -> None:
    assert the(said).title == title


@pytest.mark.parametrize(
    "said", ["", "法", "本法", "固废法执法检查", "内蒙古自治区固废法", "（试行）"]
)
def test_what_is_no_name_of_a_law_finds_none(said: str) -> None:
    assert laws.registry().find(said) is None


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("排污许可管理条例", Rank.REGULATION),
        ("内蒙古自治区大气污染防治条例", Rank.LOCAL_REGULATION),
        ("信访工作条例", Rank.PARTY_RULE),
        ("信访条例", Rank.REGULATION),
        ("内蒙古自治区重大行政决策程序规定", Rank.LOCAL_RULE),
        ("党政主要负责人履行推进法治建设第一责任人职责规定", Rank.PARTY_RULE),
        ("生态环境行政处罚办法", Rank.DEPARTMENT_RULE),
        ("危险废物经营许可证管理办法", Rank.REGULATION),
        ("生态环境法典", Rank.STATUTE),
    ],
)
def test_the_last_word_of_a_title_does_not_decide_its_rank(title: str, rank: Rank) -> None:
    assert the(title).rank is rank


def test_the_code_ends_ten_statutes_and_not_their_regulations() -> None:
    code = the("生态环境法典")
    assert (code.in_force_from, code.articles) == (date(2026, 8, 15), 1242)
    ended = [law.short for law in laws.registry().laws if law.replaced_by == code.title]
    assert sorted(ended) == sorted(TEN)
    assert {the(title).in_force_to for title in TEN} == {date(2026, 8, 14)}
    assert the("排污许可管理条例").in_force_to is None


def test_a_basis_holds_on_the_days_its_text_is_in_force() -> None:
    basis = the("固废法").basis("第一百一十二条第二款")
    assert basis.law == "中华人民共和国固体废物污染环境防治法"
    assert basis.article == "第一百一十二条第二款"
    days = (date(2020, 8, 31), date(2020, 9, 1), date(2026, 8, 14), date(2026, 8, 15))
    assert [basis.is_in_force(day) for day in days] == [False, True, True, False]


def test_an_earlier_day_gets_the_earlier_text() -> None:
    law = the("行政处罚法")
    old, new = law.basis(day=date(2021, 7, 14)), law.basis(day=date(2021, 7, 15))
    assert old.in_force_to == date(2021, 7, 14)
    assert new.in_force_from == date(2021, 7, 15)
    assert law.version(date(2018, 1, 1)).label == "2017年修正"
    assert law.versions[-1].label == "2021年修订"
    assert law.version(date(1990, 1, 1)).event is Event.ADOPTED


def test_the_date_printed_under_an_amended_text_is_not_taken_for_its_own() -> None:
    """行政许可法 was amended in 2019 and still prints the day of 2004."""
    assert the("行政许可法").basis().in_force_from is None
    assert the("安全生产法").basis().in_force_from == date(2021, 9, 1)


def test_one_law_is_one_law_only_from_its_first_day() -> None:
    code = the("生态环境法典")
    assert not code.is_in_force(date(2026, 8, 14))
    assert code.is_in_force(date(2026, 8, 15))
    assert not the("信访条例").is_in_force(date(2022, 5, 1))


def test_added_rows_join_or_replace_and_leave_the_old_registry_alone() -> None:
    old = laws.registry()
    rows, issues = read_rows(
        "标题,效力位阶,简称,来源\n某市养犬管理条例,地方性法规,养犬条例,公开文本\n"
        "中华人民共和国水法,法律,,人工核对\n".encode()
    )
    assert issues == ()
    new = old.extended(rows)
    assert len(new.laws) == len(old.laws) + 1
    assert old.find("养犬条例") is None
    with laws.using(new):
        assert the("养犬条例").title == "某市养犬管理条例"
        assert the("水法").source == "人工核对"
    assert laws.registry() is old


def test_rows_that_contradict_the_registry_are_refused() -> None:
    rows, _ = read_rows("title,rank,aliases,source\n某法,法律,环保法,某处\n".encode())
    with pytest.raises(LawError, match="环保法"):
        laws.registry().extended(rows)
    rows, _ = read_rows("title,rank,replaced_by,source\n某法,法律,没有的法,某处\n".encode())
    with pytest.raises(LawError, match="没有的法"):
        laws.registry().extended(rows)


def test_two_names_of_one_law_are_one_title_to_the_makers_of_questions() -> None:
    assert bare("《固废法》") == bare("《中华人民共和国固体废物污染环境防治法（2020年修订）》")
    assert bare("《固废法》") != bare("《内蒙古自治区固体废物污染环境防治条例》")


def test_versions_follow_one_another() -> None:
    for law in laws.registry().laws:
        for earlier, later in itertools.pairwise(law.versions):
            if earlier.in_force_to and later.in_force_from:
                assert earlier.in_force_to < later.in_force_from
