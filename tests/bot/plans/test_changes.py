"""Changing plans: by whom, from when, and never over somebody else's change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, time

import pytest

from bot.errors import NotAllowed, NotJoined, StaleTap
from bot.plans import service
from bot.plans.cards import PlanCard
from bot.plans.editing import service as editing
from bot.plans.editing.fields import minute
from bot.plans.errors import NameTaken, NotYours, Refused
from bot.plans.making import service as making
from storage.database import Database
from storage.repositories.audience import Audience
from storage.states import Role
from storage.unit import Unit
from tests.bot.plans.town import (
    LAOLI,
    LAOWANG,
    ZONE,
    audited,
    built,
    plan,
    reach,
    seen,
    tap,
    type_,
)
from tests.cast import NINE, STRANGER, XIAOAN, XIAOBAI, XIAOCHENG

CHANGES: dict[str, Callable[[Unit, int, int], object]] = {
    "show_section": lambda unit, chat, p: editing.show_section(unit, chat, p, "when", now=NINE),
    "set_field": lambda unit, chat, p: editing.set_field(unit, chat, p, 0, "count", 5, now=NINE),
    "ask": lambda unit, chat, p: editing.ask(unit, chat, p, 0, "at", now=NINE),
    "reply": lambda unit, chat, p: type_(unit, chat, p, "at", "9:30"),
    "choose": lambda unit, chat, p: editing.choose(unit, chat, p, "bank", 0, now=NINE),
    "quota": lambda unit, chat, p: editing.set_quota(
        unit, chat, p, 0, "tag", editing.mark("执法"), 1, now=NINE
    ),
    "move": lambda unit, chat, p: service.move(unit, chat, p, 0, "pause", now=NINE),
    "ask_end": lambda unit, chat, p: service.ask_end(unit, chat, p, now=NINE),
}


@pytest.mark.parametrize("name", CHANGES)
async def test_nobody_changes_what_is_not_theirs(database: Database, name: str) -> None:
    town = await built(database)
    before = await database.read(lambda unit: plan(unit, town.everyones))
    for chat, error in (
        (XIAOAN, NotAllowed),
        (STRANGER, NotJoined),
        (XIAOBAI, NotYours),
        (LAOWANG, NotYours),
    ):
        with pytest.raises(error):
            await database.run(lambda unit, c=chat: CHANGES[name](unit, c, town.everyones))
    assert await database.read(lambda unit: plan(unit, town.everyones)) == before
    with pytest.raises(StaleTap):
        await database.run(lambda unit: CHANGES[name](unit, XIAOCHENG, 4242))


async def test_a_trainer_changes_plans_within_the_own_departments(database: Database) -> None:
    town = await built(database)

    def work(unit: Unit) -> None:
        reach(unit, town.own, town.water)
        assert tap(unit, LAOLI, town.own, "count", 5).plan.question_count == 5
        with pytest.raises(Refused):
            tap(unit, LAOLI, town.own, "everybody", 1)
        reach(unit, town.own, town.water, town.cast.department)
        with pytest.raises(NotYours):
            tap(unit, LAOLI, town.own, "count", 6)

    await database.run(work)


async def test_a_trainer_given_departments_has_those_and_not_the_own_one(
    database: Database,
) -> None:
    from sqlalchemy import insert

    from storage.tables import trainer_departments

    town = await built(database)

    def work(unit: Unit) -> None:
        values = {"person_id": town.laoli, "department_id": town.cast.department}
        unit._connection.execute(insert(trainer_departments).values(**values))
        reach(unit, town.own, town.water)
        with pytest.raises(NotYours):
            tap(unit, LAOLI, town.own, "count", 5)
        reach(unit, town.own, town.cast.department)
        tap(unit, LAOLI, town.own, "count", 5)

    await database.run(work)


async def test_the_owner_may_address_everybody(database: Database) -> None:
    town = await built(database)
    await database.run(lambda unit: tap(unit, XIAOBAI, town.own, "role_on", 1))
    shown = await database.run(lambda unit: tap(unit, XIAOBAI, town.own, "everybody", 1))
    assert shown.plan.audience == Audience()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("count", 0),
        ("count", 99),
        ("catch_up", 11),
        ("hours", 5),
        ("day_on", 8),
        ("day_off", 0),
        ("dates", 1),
        ("remind", 1441),
        ("zone", 9),
        ("joined", 1),
        ("role_on", 3),
        ("department_on", 999),
        ("bank_on", 999),
        ("owner", 1),
    ],
)
async def test_forged_buttons_change_nothing(database: Database, field: str, value: int) -> None:
    town = await built(database)
    with pytest.raises(StaleTap):
        await database.run(lambda unit: tap(unit, XIAOCHENG, town.everyones, field, value))
    assert await database.read(lambda unit: audited(unit, town.everyones)) == []


async def test_forged_parts_and_acts_are_stale(database: Database) -> None:
    town = await built(database)
    for work in (
        lambda unit: editing.show_section(unit, XIAOCHENG, town.own, "owner", now=NINE),
        lambda unit: editing.ask(unit, XIAOCHENG, town.own, 0, "owner_id", now=NINE),
        lambda unit: editing.choose(unit, XIAOCHENG, town.own, "person", 0, now=NINE),
        lambda unit: editing.quota_values(unit, XIAOCHENG, town.own, "stem", now=NINE),
        lambda unit: editing.shares(unit, XIAOCHENG, town.own, "tag", 1, now=NINE),
        lambda unit: service.move(unit, XIAOCHENG, town.own, 0, "delete", now=NINE),
        lambda unit: making.make_suggested(unit, XIAOCHENG, 99, 5, ZONE, now=NINE),
    ):
        with pytest.raises(StaleTap):
            await database.run(work)


async def test_a_replayed_tap_or_reply_changes_once(database: Database) -> None:
    town = await built(database)

    def work(unit: Unit) -> None:
        mark = seen(unit, town.own)
        for _ in range(3):
            editing.set_field(unit, XIAOBAI, town.own, mark, "count", 5, now=NINE)
            type_(unit, XIAOBAI, town.own, "at", "9:30", update=8, mark=mark)

    await database.run(work)
    found = await database.read(lambda unit: audited(unit, town.own))
    assert found == [
        ("plan.make", {"name": "处内学法"}),
        ("plan.change", {"question_count": {"from": 3, "to": 5}}),
        ("plan.change", {"at": {"from": "08:45:00", "to": "09:30:00"}}),
    ]


async def test_two_people_at_once_never_overwrite_each_other(database: Database) -> None:
    town = await built(database)
    mark = await database.run(lambda unit: seen(unit, town.everyones))
    await database.run(lambda unit: unit.people.set_role(town.cast.xiaobai, Role.ADMIN))

    def change(chat: int, count: int) -> Callable[[Unit], PlanCard]:
        return lambda unit: (
            editing.set_field(unit, chat, town.everyones, mark, "count", count, now=NINE).card
        )

    cards = await asyncio.gather(
        database.run(change(XIAOCHENG, 5)), database.run(change(XIAOBAI, 7))
    )
    refused = [shown for shown in cards if shown.meanwhile is not None]
    (kept,) = [shown for shown in cards if shown.meanwhile is None]
    assert len(refused) == 1
    assert refused[0].plan.question_count == kept.plan.question_count
    stored = await database.read(lambda unit: plan(unit, town.everyones))
    assert stored.question_count == kept.plan.question_count
    assert len(await database.read(lambda unit: audited(unit, town.everyones))) == 1


async def test_who_changed_it_meanwhile_is_named_and_ones_own_changes_do_not_count(
    database: Database,
) -> None:
    town = await built(database)

    def work(unit: Unit) -> None:
        mark = seen(unit, town.own)
        for count in (4, 5):
            shown = editing.set_field(unit, XIAOBAI, town.own, mark, "count", count, now=NINE)
            assert shown.card.meanwhile is None
        tap(unit, XIAOCHENG, town.own, "polls", 1)
        late = editing.set_field(unit, XIAOBAI, town.own, mark, "count", 6, now=NINE).card
        assert late.meanwhile is not None
        assert late.meanwhile.who == "小程"
        assert (late.plan.question_count, late.plan.has_polls) == (5, True)
        started = service.move(unit, XIAOBAI, town.own, mark, "start", now=NINE)
        assert started.meanwhile is not None
        assert not started.plan.is_active
        typed = type_(unit, XIAOBAI, town.own, "name", "新名", mark=mark)
        assert typed.card.plan.name == "处内学法"

    await database.run(work)


async def test_every_button_field_arrives(database: Database) -> None:
    town = await built(database)

    def work(unit: Unit) -> None:
        for field, value, column, wanted in (
            ("count", 7, "question_count", 7),
            ("catch_up", 0, "catch_up_days", 0),
            ("hours", 24, "open_hours", 24),
            ("hours", 0, "open_hours", None),
            ("workdays", 0, "days", "1234567"),
            ("day_off", 7, "days", "123456"),
            ("workdays", 1, "days", "workdays"),
            ("day_on", 3, "days", "3"),
            ("day_on", 1, "days", "13"),
            ("own", minute(time(12)), "own_time_until", time(12)),
            ("own", 0, "own_time_until", None),
            ("remind", minute(time(17, 5)), "remind_at", time(17, 5)),
            ("remind", 0, "remind_at", None),
            ("polls", 1, "has_polls", True),
            ("zone", 1, "timezone", "Asia/Urumqi"),
            ("department_on", town.water, "audience", Audience((town.water,))),
            ("department_off", town.water, "audience", Audience()),
            ("role_on", 0, "audience", Audience(roles=(Role.STAFF,))),
            ("role_off", 0, "audience", Audience()),
        ):
            shown = tap(unit, XIAOBAI, town.own, field, value)
            assert getattr(shown.plan, column) == wanted, field
            assert getattr(plan(unit, town.own), column) == wanted, field

    await database.run(work)


async def test_every_typed_field_arrives(database: Database) -> None:
    town = await built(database)

    def work(unit: Unit) -> None:
        for update, (field, said, columns) in enumerate(
            (
                ("name", "  处内 周学 ", {"name": "处内 周学"}),
                ("at", "9点半", {"at": time(9, 30)}),
                ("remind", "17:00", {"remind_at": time(17)}),
                ("own", "11:00", {"own_time_until": time(11)}),
                ("hours", "2天", {"open_hours": 48}),
                ("zone", "asia/urumqi", {"timezone": "Asia/Urumqi"}),
                ("zone", "北京时间", {"timezone": "Asia/Shanghai"}),
                ("joined", "9月1日", {"audience": Audience(joined_since=date(2026, 9, 1))}),
                (
                    "campaign",
                    "12月1日至7日",
                    {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 7)},
                ),
                ("once", "12-04", {"days": "1234567", "ends_on": date(2026, 12, 4)}),
            ),
            start=50,
        ):
            type_(unit, XIAOBAI, town.own, field, said, update=update)
            stored = plan(unit, town.own)
            assert {name: getattr(stored, name) for name in columns} == columns

    await database.run(work)


@pytest.mark.parametrize(
    ("field", "said", "key"),
    [
        ("name", "x", "plans_ask.bad_name"),
        ("at", "二十五点", "plans_ask.bad_time"),
        ("once", "下周", "plans_ask.bad_day"),
        ("once", "12-01至12-07", "plans_ask.one_day_only"),
        ("once", "2026-11-22", "plans_ask.past"),
        ("campaign", "12月", "plans_ask.bad_span"),
        ("campaign", "12月4日", "plans_ask.two_days_needed"),
        ("hours", "一年", "plans_ask.bad_hours"),
        ("zone", "Mars/Base", "plans_ask.bad_zone"),
        ("joined", "那天", "plans_ask.bad_day"),
        ("remind", "8:00", "plans.reminds_early"),
        ("own", "8:00", "plans.own_time_early"),
        ("own", "16:30", "plans.reminds_early"),
        ("at", "17:00", "plans.reminds_early"),
    ],
)
async def test_a_reply_that_cannot_be_is_refused_and_waited_for_again(
    database: Database, field: str, said: str, key: str
) -> None:
    town = await built(database)
    await database.run(lambda unit: editing.ask(unit, XIAOBAI, town.own, 0, field, now=NINE))
    with pytest.raises(Refused) as refused:
        await database.run(lambda unit: type_(unit, XIAOBAI, town.own, field, said))
    assert refused.value.text_key == key
    prompt = await database.read(lambda unit: unit.prompts.find(XIAOBAI))
    assert prompt is not None
    assert prompt.payload["field"] == field


async def test_a_name_in_use_is_refused(database: Database) -> None:
    town = await built(database)
    with pytest.raises(NameTaken):
        await database.run(lambda unit: type_(unit, XIAOBAI, town.own, "name", "每日学法"))
