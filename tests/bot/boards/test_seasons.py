"""Closed seasons stay as they were, but for corrections that are logged and shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.banks.objections import voiding
from bot.boards import record, record_views, service, views
from bot.boards.service import NoSeason, PersonBoard
from bot.daily import service as daily
from bot.daily.steps import Card
from bot.errors import StaleTap
from bot.plans.opening import Opened, open_round, settle_round
from questions.periods import periods_of
from storage.database import Database
from storage.errors import SeasonClosed
from storage.states import PersonId
from storage.unit import Unit
from tests.bot.boards.test_maintained import differences
from tests.cast import MONDAY, NINE, XIAOAN, XIAOCHENG, Cast, furnish

DECEMBER = NINE + timedelta(days=20)
TODAY = DECEMBER.date()


def lived(unit: Unit) -> Cast:
    """One settled round in November: 小安 answered all, the others nothing; November closed."""
    cast = furnish(unit)
    opened = open_round(unit, cast.plan, now=NINE)
    assert isinstance(opened, Opened)
    for due in unit.deliveries.claim("me", NINE, NINE + timedelta(minutes=1), 9):
        unit.deliveries.begin(due.id, "me")
        unit.deliveries.mark_sent(due.id, 1)
    step = daily.begin(unit, XIAOAN, opened.round_id, now=NINE)
    assert isinstance(step, Card)
    for position in range(step.item.sitting.size):
        daily.choose(unit, XIAOAN, step.item.sitting.id, position, 1, now=NINE)
    settle_round(unit, opened.round_id, now=DECEMBER)
    assert unit.seasons.close(DECEMBER) == ["M2026-11"]
    assert unit.seasons.close(DECEMBER) == []
    return cast


async def test_a_closed_season_moves_only_by_a_logged_correction(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = lived(unit)
        frozen = unit.totals.list_departments("M2026-11")
        unit.people.move(cast.xiaoan, unit.people.add_department("大气处", DECEMBER))
        unit.people.set_active(cast.xiaobai, is_active=False)
        assert unit.totals.list_departments("M2026-11") == frozen
        assert unit.totals.list_departments("Y2026") != frozen
        with pytest.raises(SeasonClosed):
            unit.totals.add(
                PersonId(cast.xiaoan), periods_of(MONDAY), points=1, offered=1, answered=1, right=1
            )
        voiding.void(unit, XIAOCHENG, 1, 1, now=DECEMBER)
        voiding.void(unit, XIAOCHENG, 2, 1, now=DECEMBER)
        voiding.void(unit, XIAOCHENG, 3, 1, now=DECEMBER)
        assert unit.seasons.list_corrections("M2026-11")
        assert unit.seasons.list_corrections("Y2026") == []
        assert differences(unit) == []

    await database.run(work)


async def test_the_closed_month_says_that_it_is_closed_and_corrected(database: Database) -> None:
    def work(unit: Unit) -> None:
        assert isinstance(_read(unit, "cquarter", furnished=False), NoSeason)
        board = _read(unit, "cmonth")
        assert isinstance(board, PersonBoard)
        assert "已封榜" in views.board(board, "Asia/Shanghai").text
        assert "更正" not in views.board(board, "Asia/Shanghai").text.split("此后")[1][10:]
        for question in range(1, 8):
            voiding.void(unit, XIAOCHENG, question, 1, now=DECEMBER)
        again = service.read_board(unit, XIAOAN, "people", "cmonth", today=TODAY)
        assert isinstance(again, PersonBoard)
        shown = views.board(again, "Asia/Shanghai").text
        assert "2026年11月" in shown
        assert "封榜后更正3次" in shown

    await database.run(work)


def _read(unit: Unit, span: str, *, furnished: bool = True) -> object:
    if not furnished:
        lived(unit)
    return service.read_board(unit, XIAOAN, "people", span, today=TODAY)


async def test_every_point_of_the_record_is_in_the_totals(database: Database) -> None:
    def work(unit: Unit) -> None:
        lived(unit)
        total = unit.totals.find(unit.people.find_by_chat(XIAOAN).id, "all")  # type: ignore[union-attr]
        shown = record.read_record(unit, XIAOAN, 0)
        assert total is not None
        assert (shown.points, shown.offered, shown.answered, shown.right) == (
            total.points,
            total.offered,
            total.answered,
            total.right_count,
        )
        (line,) = shown.lines
        detail = record.read_round(unit, XIAOAN, line.round_id, 0)
        assert sum(item.points for item in detail.items) == line.points == total.points
        assert sum(item.offered for item in detail.items) == line.offered
        looks = record_views.round_(detail).keyboard[0]
        assert [button.data for button in looks] == [
            f"n:{detail.sitting_id}:{n}" for n in range(3)
        ]
        missed = record.read_round(unit, XIAOCHENG, line.round_id, 0)
        assert (missed.line.missed, missed.line.offered, missed.sitting_id) == (3, 30, None)
        assert "缺答3题" in record_views.record(record.read_record(unit, XIAOCHENG, 0)).text
        with pytest.raises(StaleTap):
            record.read_round(unit, XIAOAN, 99, 0)

    await database.run(work)


async def test_a_plan_has_a_board_for_those_who_take_part(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = lived(unit)
        (choice,) = service.list_plans(unit, XIAOAN, "people").choices
        board = service.read_plan_board(unit, XIAOAN, "people", cast.plan, today=TODAY)
        assert isinstance(board, PersonBoard)
        assert (choice.id, board.own.answered) == (cast.plan, 3)
        assert "每日学法" in views.board(board, "Asia/Shanghai").text
        with pytest.raises(StaleTap):
            service.read_plan_board(unit, XIAOAN, "people", 99, today=TODAY)

    await database.run(work)


async def test_a_day_shows_the_own_result_and_departments_but_ranks_nobody(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        lived(unit)
        board = service.read_board(unit, XIAOAN, "people", "day", today=MONDAY)
        assert isinstance(board, PersonBoard)
        assert (board.own.answered, board.own.offered, board.own.rank) == (3, 30, None)
        assert "样本不足" in views.board(board, "Asia/Shanghai").text
        (score,) = unit.totals.list_departments_of_day(MONDAY)
        assert (score.people, score.took_part) == (3, 1)

    await database.run(work)
