"""Looking ahead, and rounds on trial that leave no trace."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.errors import NotAllowed, StaleTap
from bot.plans import opening, service
from bot.plans.errors import Refused
from bot.plans.previewing import service as previewing
from bot.plans.previewing import views
from questions.models import Outcome
from storage.database import Database
from storage.tables import metadata
from storage.unit import Unit
from tests.bot.plans.town import build, built, seen
from tests.cast import (
    MONDAY,
    NINE,
    XIAOAN,
    XIAOBAI,
    a_blank,
    a_judge,
    a_multiple,
    a_question,
    furnish,
)

FIRST = 20261124


def trace(unit: Unit) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: unit._connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


async def test_the_preview_says_what_will_happen(database: Database) -> None:
    town = await built(database)
    shown = await database.read(
        lambda unit: previewing.look_ahead(unit, XIAOBAI, town.own, now=NINE)
    )
    days = [planned.day for planned in shown.rounds]
    assert days[:4] == [MONDAY + timedelta(days=n) for n in (1, 2, 3, 4)]
    assert len(days) == 10
    await database.run(
        lambda unit: service.move(unit, XIAOBAI, town.own, seen(unit, town.own), "start", now=NINE)
    )
    then = NINE + timedelta(days=1)
    opened = await database.run(lambda unit: opening.open_due(unit, town.own, now=then))
    assert isinstance(opened, opening.Opened)
    assert opened.day == days[0]
    asked = await database.read(
        lambda unit: unit.banks.list_versions(unit.plans.list_round_versions(opened.round_id))
    )
    assert {q.id for q in asked.values()} == {q.id for q in shown.questions}


async def test_makeup_days_and_unknown_calendars_are_told(database: Database) -> None:
    town = await built(database)

    def look(day: date) -> Any:
        def work(unit: Unit) -> Any:
            unit.plans.change(town.own, starts_on=day)
            return views.preview(previewing.look_ahead(unit, XIAOBAI, town.own, now=NINE)).text

        return work

    await database.run(
        lambda unit: unit._connection.exec_driver_sql(
            "INSERT INTO calendar_days (day, is_workday, note) VALUES ('2026-12-26', true, '调休')"
        )
    )
    said = await database.run(look(date(2026, 12, 21)))
    assert "12月26日（周六）08:45　<b>调休上班</b>" in said
    assert "2027 年的调休安排还没有公布" in await database.run(look(date(2027, 1, 25)))


async def test_a_trial_writes_nothing_and_reads_like_the_real_thing(database: Database) -> None:
    questions = (a_question("q1"), a_multiple("m1"), a_judge("j1"), a_blank("b1"))

    def make(unit: Unit) -> Any:
        return furnish(unit, *questions, question_count=4)

    cast = await database.run(make)
    before = await database.read(trace)

    def work(unit: Unit) -> list[str]:
        push = previewing.try_out(unit, XIAOBAI, cast.plan, now=NINE)
        said = [views.trial(push).text]
        day = int(f"{push.delivery.day:%Y%m%d}")
        for position in range(4):
            found = previewing.show_item(unit, XIAOBAI, cast.plan, day, position, 0)
            assert isinstance(found, previewing.TrialItem)
            said.append(views.item(found).text)
            question = found.item.question
            picked = sum(1 << index for index in question.key)
            version = found.item.version_id
            graded = previewing.answer(unit, XIAOBAI, cast.plan, day, position, version, picked)
            right = Outcome.WRONG if question.answers else Outcome.RIGHT
            assert graded.item.grade is not None
            assert graded.item.grade.outcome is right
            said.append(views.verdict(graded).text)
        over = previewing.show_item(unit, XIAOBAI, cast.plan, day, 4, 0)
        assert isinstance(over, previewing.TrialOver)
        said.append(views.item(over).text)
        return said

    said = await database.run(work)
    assert all("试推" in screen for screen in said)
    assert "4 题" in said[0]
    assert "第1/4题" in said[1]
    assert any("勾选" in screen for screen in said)
    assert all("2025年法治建设情况报告" in screen for screen in said[1:-1])
    assert await database.read(trace) == before


async def test_a_trial_is_for_trainers_and_forgery_finds_nothing(database: Database) -> None:
    town = await built(database)
    for work in (
        lambda unit: previewing.look_ahead(unit, XIAOAN, town.own, now=NINE),
        lambda unit: previewing.try_out(unit, XIAOAN, town.own, now=NINE),
        lambda unit: previewing.show_item(unit, XIAOAN, town.own, FIRST, 0, 0),
        lambda unit: previewing.answer(unit, XIAOAN, town.own, FIRST, 0, 1, 1),
    ):
        with pytest.raises(NotAllowed):
            await database.read(work)
    for work in (
        lambda unit: previewing.show_item(unit, XIAOBAI, town.own, 20261340, 0, 0),
        lambda unit: previewing.answer(unit, XIAOBAI, town.own, FIRST, 0, 4242, 1),
        lambda unit: previewing.answer(unit, XIAOBAI, town.own, FIRST, 0, 1, 1 << 20),
        lambda unit: previewing.try_out(unit, XIAOBAI, 4242, now=NINE),
    ):
        with pytest.raises(StaleTap):
            await database.read(work)


async def test_without_a_round_there_is_nothing_to_try(database: Database) -> None:
    town = await database.run(build)
    day = MONDAY - timedelta(days=1)
    await database.run(lambda unit: unit.plans.change(town.own, starts_on=day, ends_on=day))
    with pytest.raises(Refused):
        await database.read(lambda unit: previewing.try_out(unit, XIAOBAI, town.own, now=NINE))
    shown = await database.read(
        lambda unit: previewing.look_ahead(unit, XIAOBAI, town.own, now=NINE)
    )
    assert "没有下一期" in views.preview(shown).text
