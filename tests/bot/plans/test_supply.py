"""Word that a plan's questions run out, while there is time to bring more."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.banks.taps import ShowBanks
from bot.callbacks import pack
from bot.plans import opening, supply
from bot.plans.calendar import moment
from bot.plans.supply.words import low
from bot.plans.taps import ShowPlan
from questions.selection import Quota
from storage.database import Database
from storage.repositories.notices import Notice
from storage.states import Role
from storage.unit import Unit
from tests.cast import MONDAY, NINE, XIAOBAI, XIAOCHENG, Cast, a_judge, a_question, furnish

MORNING = moment(MONDAY, time(8), "Asia/Shanghai")


def running(unit: Unit, size: int, **plan: Any) -> Cast:
    """A plan of one question a round that has had its first."""
    questions = [a_judge(f"j{i}") for i in range(size)]
    cast = furnish(unit, *questions, now=MORNING, **{"question_count": 1, **plan})
    opening.open_round(unit, cast.plan, now=NINE)
    return cast


def told(unit: Unit, cast: Cast) -> list[tuple[int, str]]:
    """Who is told what of what is due."""
    due = unit.notices.list_due(NINE + timedelta(days=60))
    names = [notice.name for notice in due]
    assert names in ([], [f"dry:{cast.plan}:2026-11"])
    words = [word for name in names for word in low(unit, name.partition(":")[2], 0, 10)]
    return [(word.chat_id, str(word.screen.text)) for word in words]


@pytest.mark.parametrize(("size", "is_told"), [(16, False), (15, True), (3, True)])
async def test_admins_hear_three_weeks_before_questions_come_again(
    database: Database, size: int, is_told: bool
) -> None:
    def work(unit: Unit) -> Any:
        cast = running(unit, size)
        supply.warn(unit, now=NINE)
        return told(unit, cast)

    found = await database.run(work)
    assert [chat for chat, _ in found] == ([XIAOCHENG] if is_told else [])
    if is_told:
        assert f"只够约 {size - 1} 期" in found[0][1]


async def test_it_is_told_once_a_month_and_in_the_morning(database: Database) -> None:
    def work(unit: Unit) -> Any:
        running(unit, 3)
        night = moment(MONDAY, time(0, 1), "Asia/Shanghai") + timedelta(days=1)
        supply.warn(unit, now=night)
        before = unit.notices.list_due(night + timedelta(hours=8))
        supply.warn(unit, now=night + timedelta(days=1))
        after = unit.notices.list_due(night + timedelta(days=5))
        supply.warn(unit, now=night + timedelta(days=10))
        return before, after, unit.notices.list_due(night + timedelta(days=20))

    before, after, next_month = await database.run(work)
    assert before == []
    assert after == [Notice("dry:1:2026-11", 0)]
    assert len(next_month) == 2


async def test_the_plans_owner_hears_while_they_can_act(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = running(unit, 3)
        unit.plans.change(cast.plan, owner_id=cast.xiaobai)
        supply.warn(unit, now=NINE)
        owner = told(unit, cast)
        unit.people.set_role(cast.xiaobai, Role.STAFF)
        return owner, told(unit, cast)

    owner, admins = await database.run(work)
    assert [chat for chat, _ in owner] == [XIAOBAI]
    assert [chat for chat, _ in admins] == [XIAOCHENG]


async def test_a_quota_that_cannot_be_filled_is_told(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = running(unit, 40, question_count=2)
        unit.plans.change(cast.plan, quotas=(Quota("tag", "宪法", 1),))
        supply.warn(unit, now=NINE)
        return told(unit, cast)

    ((_, text),) = await database.run(work)
    assert "宪法" in text
    assert "只够约" not in text


async def test_a_plan_about_to_end_needs_but_its_last_rounds(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = running(unit, 6, ends_on=MONDAY + timedelta(days=4))
        supply.warn(unit, now=NINE)
        return told(unit, cast)

    assert await database.run(work) == []


async def test_who_has_seen_to_it_is_not_told(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = running(unit, 3)
        supply.warn(unit, now=NINE)
        unit.plans.change(cast.plan, is_active=False)
        return told(unit, cast)

    assert await database.run(work) == []


async def test_a_plan_without_a_round_warns_nobody(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = furnish(unit, a_question("q1"), now=MORNING)
        supply.warn(unit, now=NINE)
        return told(unit, cast)

    assert await database.run(work) == []


async def test_questions_asked_a_quarter_ago_count_again(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = running(unit, 16, days="1234567", starts_on=date(2026, 1, 1))
        for offset in range(1, 4):
            opening.open_round(unit, cast.plan, now=NINE - timedelta(days=91 + offset))
        supply.warn(unit, now=NINE)
        return told(unit, cast)

    assert await database.run(work) == []


async def test_the_word_leads_to_the_banks_and_the_plan(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = running(unit, 3)
        (word,) = low(unit, f"{cast.plan}:2026-11", 0, 10)
        return word.screen, cast

    screen, cast = await database.run(work)
    taps = [button.data for row in screen.keyboard for button in row]
    assert taps == [pack(ShowBanks()), pack(ShowPlan(cast.plan))]
