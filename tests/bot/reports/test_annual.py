"""The annual paragraph: its figures, where they come from, and the same in a Word file."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotAllowed, StaleTap
from bot.reports.annual import document, service, views, wording
from bot.reports.annual.reading import read_stretch
from bot.reports.annual.service import Annual
from bot.reports.ledger import service as ledger
from bot.reports.ledger.service import Draft
from bot.reports.stretches import Stretch, read_word, stretch_of
from questions.periods import Span
from storage.database import Database
from storage.unit import Unit
from tests.bot.reports.house import TODAY, YEAR, build
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG, furnish

ENTRIES = (
    "3月1日 民法典讲座 1300余人",
    "4月1日 生物安全法讲座 50人",
    "5月1日 某讲座 约20人",
    "6月5日 发放宣传册 2000份",
    "7月1日 庭审观摩",
)
TOLD = (
    "2026年（截至11月24日），我单位认真落实“谁执法谁普法”普法责任制，组织开展学法答题2期，"
    "应参加13人次，实际参加5人次，参与率38.5%；应参加7人中，至少参加一次的4人，覆盖率57.1%；"
    "有作答的4人中，得分率达到60%的1人，合格率25.0%。"
    "共使用题目6题，涉及法律法规3部，重点学习了《排污许可管理条例》《民法典》《生物安全法》。"
    "截至2026年11月24日，题库共有在用题目6题。"
    "同期，举办法治讲座3次（合计1350余人、另约20人），组织庭审观摩1次，发放宣传资料1次（2000份）。"
)


def with_ledger(unit: Unit, chat: int = XIAOCHENG) -> None:
    build(unit)
    for number, said in enumerate(ENTRIES):
        ledger.ask(unit, chat, now=NINE)
        draft = ledger.take(unit, chat, said, number, today=TODAY, now=NINE)
        assert isinstance(draft, Draft)
        ledger.save(unit, chat, draft.token, today=TODAY, now=NINE)


def read(unit: Unit, chat: int, word: str = YEAR, today: date = TODAY) -> Annual:
    return service.read_annual(unit, chat, word, today=today)


async def told(database: Database) -> Annual:
    def work(unit: Unit) -> Annual:
        with_ledger(unit)
        return read(unit, XIAOCHENG)

    return await database.run(work)


def sorted_laws(said: str) -> str:
    """Laws asked equally often come in the order the database sorts them."""
    names = "".join(sorted(re.findall(r"《[^》]*》", said)))
    return re.sub(r"(《[^》]*》)+", names, said, count=1)


async def test_the_paragraph_tells_what_was_counted_by_hand(database: Database) -> None:
    said = wording.paragraph(await told(database))
    assert sorted_laws(said) == sorted_laws(TOLD)


async def test_every_number_of_the_paragraph_has_a_source(database: Database) -> None:
    result = await told(database)
    said = wording.paragraph(result).replace("60%", "").replace("2026年（截至11月24日）", "")
    said = re.sub(r"截至2026年11月24日", "", said)
    values = "、".join(line.value for line in wording.lines(result))
    for number in re.findall(r"\d+(?:\.\d)?", said):
        assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", values), number
    screen = views.sources(result)
    buttons = [one.label for row in screen.keyboard for one in row]
    assert buttons[:-1] == [str(at) for at in range(1, len(wording.lines(result)) + 1)]


async def test_a_trainer_s_paragraph_is_of_the_own_department(database: Database) -> None:
    def work(unit: Unit) -> str:
        with_ledger(unit)
        return wording.paragraph(read(unit, XIAOBAI))

    said = await database.run(work)
    assert "法规处认真落实" in said
    assert "应参加6人次，实际参加3人次，参与率50.0%" in said
    assert "讲座" not in said  # those are the whole house's


async def test_a_year_that_is_over_has_no_so_far(database: Database) -> None:
    def work(unit: Unit) -> tuple[str, str]:
        build(unit)
        later = read(unit, XIAOCHENG, today=date(2027, 2, 1))
        return wording.paragraph(later), wording.paragraph(read(unit, XIAOCHENG, "y2025"))

    over, before = await database.run(work)
    assert over.startswith("2026年，我单位认真落实")
    assert before.startswith("2025年，我单位没有通过机器人开展学法答题。")


async def test_the_word_file_says_the_same(database: Database) -> None:
    result = await told(database)
    opened: Any = docx.Document(io.BytesIO(document.build(result)))
    assert wording.paragraph(result) in [one.text for one in opened.paragraphs]
    figures, annex = opened.tables
    rows = [[cell.text for cell in row.cells] for row in figures.rows]
    assert rows[0] == ["序号", "项目", "数据", "口径和来源"]
    assert [row[1:] for row in rows[1:]] == [
        [line.name, line.value, line.source] for line in wording.lines(result)
    ]
    values = {row[1]: row[2] for row in rows[1:]}
    assert values["实际参加人次"] == "5人次"
    assert values["参与率"] == "38.5%"
    assert values["合格率"] == "25.0%"
    assert values["讲座数量"] == "1350余人、另约20人"
    entries = [[cell.text for cell in row.cells] for row in annex.rows]
    assert entries[1] == ["2026年3月1日", "讲座", "民法典讲座", "1300余人", "全单位"]
    assert entries[5] == ["2026年7月1日", "庭审观摩", "庭审观摩", "", "全单位"]
    assert views.file_name(result) == "年度学法总结-2026年.docx"


async def test_taking_the_file_is_on_record(database: Database) -> None:
    def work(unit: Unit) -> list[str]:
        build(unit)
        service.take_along(unit, XIAOBAI, YEAR, today=TODAY, now=NINE)
        return [
            f"{row.actor} {row.action} {row.subject}" for row in unit.house.list_audit(limit=1)
        ]

    assert await database.run(work) == ["小白 report.annual report:y2026"]


async def test_a_house_without_rounds_says_so_everywhere(database: Database) -> None:
    def work(unit: Unit) -> Annual:
        furnish(unit)
        return read(unit, XIAOCHENG)

    result = await database.run(work)
    assert "没有通过机器人开展学法答题" in wording.paragraph(result)
    opened: Any = docx.Document(io.BytesIO(document.build(result)))
    assert len(opened.tables) == 1
    assert "没有台账记录" in opened.paragraphs[-1].text


async def test_staff_and_forgers_get_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        build(unit)
        for ask in (
            lambda: read(unit, XIAOAN),
            lambda: service.take_along(unit, XIAOAN, YEAR, today=TODAY, now=NINE),
            lambda: service.read_laws(unit, XIAOAN, YEAR, 0, today=TODAY),
            lambda: service.ask_days(unit, XIAOAN, now=NINE),
        ):
            with pytest.raises(NotAllowed):
                ask()
        with pytest.raises(StaleTap):
            read(unit, XIAOCHENG, "year")

    await database.run(work)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("今年", "y2026"),
        ("2025年度", "y2025"),
        ("上半年", "d260101_260630"),
        ("下半年", "d260701_261231"),
        ("2025年下半年", "d250701_251231"),
        ("第三季度", "q2026_3"),
        ("12月", "m2025_12"),
        ("2026年3月", "m2026_3"),
        ("1月1日至6月30日", "d260101_260630"),
        ("12月1日到1月15日", "d251201_260115"),
        ("2026-01-01 - 2026/3/15", "d260101_260315"),
        ("2020-01-01至2026-01-01", None),
        ("3月32日至4月1日", None),
        ("随便", None),
    ],
)
def test_days_are_read_in_the_ways_people_write_them(said: str, word: str | None) -> None:
    found = read_stretch(said, TODAY)
    wanted = word.replace("m2026_3", "m2026_03") if word else None
    assert (found.word if found is not None else None) == wanted


@given(
    day=st.dates(date(2000, 1, 10), date(2099, 12, 20)),
    span=st.sampled_from([Span.WEEK, Span.MONTH, Span.QUARTER, Span.YEAR]),
)
def test_a_stretch_is_found_again_by_its_word(day: date, span: Span) -> None:
    stretch = stretch_of(span, day)
    assert stretch.first <= day <= stretch.last
    assert len(stretch.word) <= 16
    assert read_word(stretch.word) == stretch
    assert stretch.before.last + timedelta(days=1) == stretch.first
    assert stretch.after.first - timedelta(days=1) == stretch.last


def test_typed_stretches_have_words_too() -> None:
    stretch = Stretch(None, MONDAY, TODAY)
    assert read_word(stretch.word) == stretch
    assert stretch.name == "2026年11月23日至11月24日"
    assert read_word("d261301_261302") is None
