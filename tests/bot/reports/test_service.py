"""Who may take what along, and how the days are divided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.errors import NotAllowed, StaleTap
from bot.reports import service
from bot.reports.periods import Grain, Period, days_of, grain_for, name_of, point_label, starts
from bot.reports.pictures.charts import MOST_ROWS, HeatMap, Point
from bot.reports.service import NothingToSee
from storage.database import Database
from storage.repositories.reports import Counts
from storage.repositories.windows import Days
from storage.states import DepartmentId
from storage.unit import Unit
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG
from tests.storage.repositories.office import TUESDAY, make_office, tally

TODAY = TUESDAY
ZONE = "Asia/Shanghai"


async def test_staff_take_nothing_along(database: Database) -> None:
    def work(unit: Unit) -> None:
        make_office(unit)
        for ask in (
            lambda: service.read_card(unit, XIAOAN, "month", today=TODAY),
            lambda: service.read_trend(unit, XIAOAN, "month", today=TODAY),
            lambda: service.read_heat(unit, XIAOAN, "month", 0, today=TODAY),
            lambda: service.order_file(unit, XIAOAN, "month", "xlsx", timezone=ZONE, now=NINE),
        ):
            with pytest.raises(NotAllowed):
                ask()

    await database.run(work)


async def test_a_trainer_sees_the_own_department_and_an_admin_all(database: Database) -> None:
    def work(unit: Unit) -> tuple[service.Card, service.Card]:
        make_office(unit)
        return (
            service.read_card(unit, XIAOBAI, "month", today=TODAY),
            service.read_card(unit, XIAOCHENG, "month", today=TODAY),
        )

    trainer, admin = await database.run(work)

    assert (trainer.scope, admin.scope) == ("法规处", "全部处室")
    assert trainer.counts == Counts(2, 2, 0, 4, 4, 0, 0)
    assert admin.counts == Counts(4, 3, 0, 6, 4, 0, 0)


async def test_a_trainer_without_a_department_has_nothing_to_see(database: Database) -> None:
    def work(unit: Unit) -> None:
        make_office(unit)
        trainer = unit.people.find_by_chat(XIAOBAI)
        assert trainer is not None
        unit.people._set(trainer.id, department_id=None)
        with pytest.raises(NothingToSee):
            service.read_card(unit, XIAOBAI, "month", today=TODAY)

    await database.run(work)


async def test_taking_a_file_is_recorded_with_its_bounds(database: Database) -> None:
    def work(unit: Unit) -> tuple[service.Order, DepartmentId, dict[str, object], str]:
        office = make_office(unit)
        order = service.order_file(unit, XIAOBAI, "week", "csv", timezone=ZONE, now=NINE)
        row = unit.house.list_audit(limit=1)[0]
        return order, office.law, row.detail, f"{row.actor} {row.action} {row.subject}"

    order, law, detail, said = await database.run(work)

    assert order.departments == {law}
    assert order.days == Days(MONDAY, MONDAY)
    assert order.made_at.isoformat() == "2026-11-23T09:00:00+08:00"
    assert said == "小白 report.export report:week"
    assert detail == {
        "format": "csv", "first": "2026-11-23", "last": "2026-11-23", "departments": [law],
    }  # fmt: skip


@pytest.mark.parametrize(("period", "form"), [("decade", "xlsx"), ("month", "exe")])
async def test_forged_choices_are_stale(database: Database, period: str, form: str) -> None:
    def work(unit: Unit) -> None:
        make_office(unit)
        with pytest.raises(StaleTap):
            service.order_file(unit, XIAOCHENG, period, form, timezone=ZONE, now=NINE)

    await database.run(work)


async def test_a_trend_has_a_point_for_each_day_with_a_round(database: Database) -> None:
    def work(unit: Unit) -> tuple[Point, ...]:
        make_office(unit)
        return service.read_trend(unit, XIAOCHENG, "month", today=TODAY).points

    assert await database.run(work) == (
        Point("11.23", 1_000_000, 666_666),
        Point("11.24", 500_000, 666_666),
    )


async def test_a_heat_map_begins_with_the_own_department(database: Database) -> None:
    def work(unit: Unit) -> HeatMap:
        office = make_office(unit)
        admin = unit.people.find_by_chat(XIAOCHENG)
        assert admin is not None
        unit.people.move(admin.id, office.air)
        tally(unit, office.first, DepartmentId(0), due=0, began=0, answered=0, right=0)
        return service.read_heat(unit, XIAOCHENG, "month", 0, today=TODAY).shown

    shown = await database.run(work)

    assert [row.label for row in shown.rows] == ["大气处", "法规处", "未分处室"]
    assert shown.rows[0].values == (1_000_000, 0)
    assert shown.rows[0].total == 500_000
    assert shown.rows[2].values == (None, None)


async def test_many_departments_come_in_pages(database: Database) -> None:
    def work(unit: Unit) -> tuple[list[int], int]:
        office = make_office(unit)
        for number in range(MOST_ROWS):
            added = unit.people.add_department(f"新{number}处", NINE)
            tally(unit, office.first, added, due=3, began=1, answered=1, right=1)
        pages = [service.read_heat(unit, XIAOCHENG, "month", page, today=TODAY) for page in (0, 1)]
        with pytest.raises(StaleTap):
            service.read_heat(unit, XIAOCHENG, "month", 2, today=TODAY)
        return [len(page.shown.rows) for page in pages], pages[0].pages

    assert await database.run(work) == ([MOST_ROWS, 2], 2)


async def test_a_period_without_rounds_is_drawn_empty(database: Database) -> None:
    def work(unit: Unit) -> tuple[int, int]:
        make_office(unit)
        trend = service.read_trend(unit, XIAOCHENG, "last_year", today=TODAY)
        heat = service.read_heat(unit, XIAOCHENG, "last_year", 0, today=TODAY)
        return len(trend.points), len(heat.shown.rows)

    assert await database.run(work) == (0, 0)


@pytest.mark.parametrize(
    ("period", "first", "last", "name"),
    [
        (Period.WEEK, date(2026, 12, 28), date(2027, 1, 1), "2026年第53周"),
        (Period.MONTH, date(2027, 1, 1), date(2027, 1, 1), "2027年1月"),
        (Period.LAST_MONTH, date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
        (Period.QUARTER, date(2027, 1, 1), date(2027, 1, 1), "2027年第1季度"),
        (Period.YEAR, date(2027, 1, 1), date(2027, 1, 1), "2027年"),
        (Period.LAST_YEAR, date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_periods_on_new_year_s_day(period: Period, first: date, last: date, name: str) -> None:
    assert days_of(period, date(2027, 1, 1)) == Days(first, last)
    assert name_of(period, date(2027, 1, 1)) == name


def test_the_grain_is_as_fine_as_can_be_read() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(0, 140)]
    assert grain_for(days[:20], 20) is Grain.DAY
    assert grain_for(days, 20) is Grain.WEEK
    assert grain_for(days, 19) is Grain.MONTH
    assert grain_for([], 19) is Grain.DAY


def test_weeks_and_months_without_a_round_keep_their_place() -> None:
    days = [date(2026, 12, 7), date(2027, 1, 5)]
    assert [point_label(start, Grain.WEEK) for start in starts(days, Grain.WEEK)] == [
        "50周", "51周", "52周", "53周", "1周",
    ]  # fmt: skip
    assert [point_label(start, Grain.MONTH) for start in starts(days, Grain.MONTH)] == [
        "12月", "1月",
    ]  # fmt: skip
    assert starts(days, Grain.DAY) == days
