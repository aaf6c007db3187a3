"""Digests: due on the first workday, told once whatever happens, each over the own scope."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import NotAllowed
from bot.reports.digest import plan
from bot.reports.digest.service import order_file
from bot.reports.digest.words import digests
from storage.database import Database
from storage.repositories.calendar_days import DayRow
from storage.repositories.notices import Notice
from storage.repositories.windows import Days
from storage.unit import Unit
from tests.bot.conftest import Street
from tests.bot.reports.house import LAOLI, TODAY, ZONE, build
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG, furnish
from tests.phone import Phone

NEXT_MONDAY = datetime(2026, 11, 30, 0, 31, tzinfo=UTC)  # 08:31 in Shanghai
FIRST_OF_DECEMBER = datetime(2026, 12, 1, 0, 31, tzinfo=UTC)
FAR = datetime(2027, 12, 1, tzinfo=UTC)


def planned(unit: Unit, now: datetime) -> list[str]:
    for _ in range(2):  # harmless to repeat
        plan(unit, ZONE, now=now)
    return sorted(notice.name for notice in unit.notices.list_due(FAR))


@pytest.mark.parametrize(
    ("now", "names"),
    [
        (NINE + timedelta(days=2), []),  # the week is not over
        (datetime(2026, 11, 28, 2, tzinfo=UTC), []),  # Saturday
        (datetime(2026, 11, 29, 15, 59, tzinfo=UTC), []),  # Sunday 23:59 in Shanghai
        (datetime(2026, 11, 29, 16, 0, tzinfo=UTC), ["digest:W2026-48"]),
        (FIRST_OF_DECEMBER, ["digest:M2026-11", "digest:W2026-48"]),
        (datetime(2026, 12, 8, tzinfo=UTC), ["digest:M2026-11"]),  # no round in week 49
        (datetime(2027, 1, 5, tzinfo=UTC), []),
    ],
)
async def test_a_digest_is_due_once_its_week_or_month_is_over(
    database: Database, now: datetime, names: list[str]
) -> None:
    def work(unit: Unit) -> list[str]:
        build(unit)
        return planned(unit, now)

    assert await database.run(work) == names


async def test_it_is_told_at_half_past_eight(database: Database) -> None:
    def work(unit: Unit) -> tuple[list[Notice], list[Notice]]:
        build(unit)
        plan(unit, ZONE, now=datetime(2026, 11, 29, 16, 0, tzinfo=UTC))
        at = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
        return unit.notices.list_due(at - timedelta(seconds=1)), unit.notices.list_due(at)

    before, after = await database.run(work)
    assert before == []
    assert [notice.name for notice in after] == ["digest:W2026-48"]


async def test_a_holiday_monday_puts_it_off(database: Database) -> None:
    def work(unit: Unit) -> tuple[list[str], list[str]]:
        build(unit)
        unit.calendar.put([DayRow(date(2026, 11, 30), is_workday=False, year=2026, name="停工")])
        return planned(unit, NEXT_MONDAY), planned(unit, NEXT_MONDAY + timedelta(days=1))

    first, second = await database.run(work)
    assert first == []
    assert second == ["digest:M2026-11", "digest:W2026-48"]


async def test_no_rounds_no_digest(database: Database) -> None:
    def work(unit: Unit) -> list[str]:
        furnish(unit)
        return planned(unit, FIRST_OF_DECEMBER)

    assert await database.run(work) == []


async def test_each_trainer_is_told_of_the_own_departments(database: Database) -> None:
    def work(unit: Unit) -> tuple[dict[int, str], dict[int, str]]:
        build(unit)
        week = digests(unit, "W2026-48", 0, 99)
        month = digests(unit, "M2026-11", 0, 99)
        return (
            {word.chat_id: word.screen.text for word in week},
            {word.chat_id: word.screen.text for word in month},
        )

    week, month = await database.run(work)
    assert set(week) == {XIAOBAI, LAOLI}
    assert "2026年第48周 · 法规处" in week[XIAOBAI]
    assert "参与率 <b>50.0%</b>（3/6人次）" in week[XIAOBAI]
    assert "正确率 <b>85.7%</b>（6/7题）" in week[XIAOBAI]  # 小安 5 of 6, 小白 1 of 1
    assert "参与率 <b>33.3%</b>（2/6人次）" in week[LAOLI]
    assert set(month) == {XIAOCHENG}
    assert "（5/13人次）" in month[XIAOCHENG]


async def test_the_telling_goes_on_behind_the_last_one_told(database: Database) -> None:
    def work(unit: Unit) -> tuple[list[int], list[int]]:
        build(unit)
        first = digests(unit, "W2026-48", 0, 1)
        rest = digests(unit, "W2026-48", first[0].person_id, 99)
        return [word.chat_id for word in first], [word.chat_id for word in rest]

    assert await database.run(work) == ([XIAOBAI], [LAOLI])


async def test_its_file_is_of_its_own_week_whenever_it_is_asked_for(database: Database) -> None:
    def work(unit: Unit) -> None:
        made = build(unit)
        order = order_file(
            unit, XIAOBAI, "w2026_48", today=date(2027, 3, 1), timezone=ZONE, now=NINE
        )
        assert order.days == Days(date(2026, 11, 23), date(2026, 11, 29))
        assert order.departments == {made.law}
        with pytest.raises(NotAllowed):
            order_file(unit, XIAOAN, "w2026_48", today=TODAY, timezone=ZONE, now=NINE)

    await database.run(work)


async def digests_on(phone: Phone) -> int:
    return sum("2026年第48周" in shown.text for shown in await phone.messages())


async def test_a_digest_comes_once_through_a_restart(street: Street) -> None:
    await street.database.run(build)
    street.server.open_chats()
    street.clock.now = NEXT_MONDAY
    await street.start()
    await street.tick()
    phone = await street.phone(XIAOBAI)
    shown = await phone.wait_for("2026年第48周")
    assert "导出Excel" in shown.buttons
    await street.stop()
    await street.start()
    await street.tick()
    street.clock.forward(days=1)
    await street.tick()
    admin = await street.phone(XIAOCHENG)
    await admin.wait_for("2026年11月 · 全部处室")  # told behind, so nothing else is on its way
    await asyncio.sleep(0.2)
    assert await digests_on(phone) == 1

    await phone.tap("按处室", shown)
    await phone.wait_for("1. 法规处")
    await phone.tap("« 返回")
    await phone.wait_for("参与情况 · 2026年第48周")
