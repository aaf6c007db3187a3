"""How rounds stand: every list of one, for those whose people they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bot.daily import service as daily
from bot.errors import NotAllowed, StaleTap
from bot.plans import reminding
from bot.plans.opening import Opened, open_round
from bot.plans.rounds import service, views
from storage.database import Database
from storage.repositories.standings import Part
from storage.states import DeliveryId, DepartmentId, PersonId, Role, RoundId, VersionId
from storage.tables import deliveries
from storage.unit import Unit
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG, furnish

SENT, WAITS, BLOCKED, UNKNOWN, REJECTED, AWAY, LOST, HALF, DONE = range(2001, 2010)
ELSEWHERE = 3001
NAMES = {
    SENT: "甲",
    WAITS: "乙",
    BLOCKED: "丙",
    UNKNOWN: "丁",
    REJECTED: "戊",
    AWAY: "己",
    LOST: "庚",
    HALF: "辛",
    DONE: "壬",
}


@dataclass(frozen=True)
class Town:
    """A round with somebody on every list, in 法规处, and one in 水处."""

    round_id: RoundId
    plan_id: int
    water: DepartmentId


def build(unit: Unit) -> Town:
    cast = furnish(unit, remind_at=time(16, 30))
    ids = {
        chat: unit.people.add(chat, name, cast.department, Role.STAFF, NINE)
        for chat, name in NAMES.items()
    }
    water = unit.people.add_department("水处", NINE)
    unit.people.add(ELSEWHERE, "外处人", water, Role.STAFF, NINE)
    unit.leaves.add(ids[AWAY], MONDAY, MONDAY, cast.xiaobai, NINE)
    unit.people.mark_unreachable(ids[LOST], NINE - timedelta(days=2))
    opened = open_round(unit, cast.plan, now=NINE)
    assert isinstance(opened, Opened)
    for chat in (XIAOAN, XIAOBAI, XIAOCHENG):
        person = unit.people.find_by_chat(chat)
        assert person is not None
        unit.deliveries.mark_sent(delivery_of(unit, opened.round_id, person.id), 1)
    for chat in (SENT, HALF, DONE):
        unit.deliveries.mark_sent(delivery_of(unit, opened.round_id, ids[chat]), 1)
    unit.deliveries.mark_unknown(delivery_of(unit, opened.round_id, ids[UNKNOWN]))
    unit.deliveries.mark_failed(delivery_of(unit, opened.round_id, ids[REJECTED]), "rejected")
    unit.deliveries.mark_failed(delivery_of(unit, opened.round_id, ids[BLOCKED]), "blocked")
    unit.people.mark_unreachable(ids[BLOCKED], NINE)
    for chat in (HALF, DONE):
        answer(unit, chat, opened.round_id, 3 if chat == DONE else 1)
    return Town(opened.round_id, cast.plan, water)


def delivery_of(unit: Unit, round_id: RoundId, person_id: PersonId) -> DeliveryId:
    found = unit._connection.execute(
        select(deliveries.c.id).where(
            deliveries.c.round_id == round_id, deliveries.c.person_id == person_id
        )
    ).scalar_one()
    return DeliveryId(found)


def answer(unit: Unit, chat: int, round_id: RoundId, count: int) -> None:
    """Vote for the first questions of the round, which is the shortest way to answer."""
    person = unit.people.find_by_chat(chat)
    assert person is not None
    for position, version in enumerate(unit.plans.list_round_versions(round_id)[:count]):
        assert daily.vote(unit, person.id, round_id, VersionId(version), position, (1,), now=NINE)


async def test_every_part_of_a_round_is_counted(database: Database) -> None:
    town = await database.run(build)
    card = await database.read(
        lambda unit: service.show_round(unit, XIAOCHENG, town.round_id, now=NINE)
    )
    assert card.counts == {
        Part.SENT: 6,
        Part.WAITING: 2,
        Part.FAILED: 1,
        Part.UNREACHABLE: 2,
        Part.UNKNOWN: 1,
        Part.LEAVE: 1,
        Part.FINISHED: 1,
        Part.BEGUN: 1,
        Part.UNBEGUN: 5,
    }
    shown = views.card(card)
    assert "名单上 13 人" in shown.text
    assert "联系不上 2 人" in shown.text
    assert "还没到提醒的时间" in shown.text
    labels = [button.label for row in shown.keyboard for button in row]
    assert {"已送达 6", "联系不上 2", "还没开始 5", "刷新"} <= set(labels)


async def test_a_trainer_counts_and_lists_the_own_departments_only(database: Database) -> None:
    town = await database.run(build)

    def look(unit: Unit) -> tuple[service.RoundCard, service.People, service.Rounds]:
        return (
            service.show_round(unit, XIAOBAI, town.round_id, now=NINE),
            service.list_people(unit, XIAOBAI, town.round_id, "waiting", 0),
            service.list_rounds(unit, XIAOBAI, now=NINE),
        )

    card, waiting, rounds = await database.read(look)
    assert card.counts[Part.WAITING] == 1
    assert [person.name for person in waiting.people] == ["乙"]
    assert "只统计您负责的处室" in views.card(card).text
    assert [(line.id, line.due, line.finished) for line in rounds.rounds] == [
        (town.round_id, 10, 1)
    ]


async def test_the_unreachable_are_listed_with_since_when_until_they_are_back(
    database: Database,
) -> None:
    town = await database.run(build)

    def look(unit: Unit) -> str:
        people = service.list_people(unit, XIAOCHENG, town.round_id, "unreachable", 9)
        return views.people(people).text

    said = await database.read(look)
    assert "丙（法规处）：11月23日（周一）09:00 起，停用或移出了机器人" in said
    assert "庚（法规处）：11月21日（周六）09:00 起，收不到消息" in said

    def return_(unit: Unit) -> None:
        person = unit.people.find_by_chat(BLOCKED)
        assert person is not None
        unit.people.mark_reachable(person.id)

    await database.run(return_)
    assert "丙（法规处）：已恢复联系" in await database.read(look)


async def test_pages_hold_twenty_and_the_last_is_shown_for_one_too_far(
    database: Database,
) -> None:
    def crowd(unit: Unit) -> RoundId:
        cast = furnish(unit)
        for number in range(40):
            name = f"职工{number:02}"
            unit.people.add(5000 + number, name, cast.department, Role.STAFF, NINE)
        opened = open_round(unit, cast.plan, now=NINE)
        assert isinstance(opened, Opened)
        return opened.round_id

    round_id = await database.run(crowd)

    def page(unit: Unit, number: int) -> service.People:
        return service.list_people(unit, XIAOBAI, round_id, "waiting", number)

    first = await database.read(lambda unit: page(unit, 0))
    last = await database.read(lambda unit: page(unit, 99))
    assert (len(first.people), first.total, first.pages) == (20, 43, 3)
    assert (last.page, len(last.people)) == (2, 3)


async def test_reminders_are_told_with_what_became_of_them(database: Database) -> None:
    town = await database.run(build)
    later = NINE + timedelta(hours=8)

    def remind(unit: Unit) -> service.RoundCard:
        assert reminding.remind(unit, town.round_id, now=later)
        return service.show_round(unit, XIAOCHENG, town.round_id, now=later)

    card = await database.run(remind)
    assert card.reminders == {"waiting": 6}
    assert "17:00 提醒了没答完的人：送出 0，待送 6，免送 0" in views.card(card).text


async def test_staff_and_those_whom_it_does_not_concern_see_nothing(database: Database) -> None:
    town = await database.run(build)

    def stranger(unit: Unit) -> None:
        fire = unit.people.add_department("火处", NINE)
        unit.people.add(4001, "火处培训员", fire, Role.TRAINER, NINE)

    await database.run(stranger)
    with pytest.raises(NotAllowed):
        await database.read(lambda unit: service.list_rounds(unit, XIAOAN, now=NINE))
    with pytest.raises(StaleTap):
        await database.read(lambda unit: service.show_round(unit, 4001, town.round_id, now=NINE))
    rounds = await database.read(lambda unit: service.list_rounds(unit, 4001, now=NINE))
    assert rounds.rounds == ()
    with pytest.raises(StaleTap):
        await database.read(
            lambda unit: service.list_people(unit, XIAOCHENG, town.round_id, "right", 0)
        )


async def test_the_last_ten_rounds_are_listed_newest_first(database: Database) -> None:
    def many(unit: Unit) -> service.Rounds:
        cast = furnish(unit, days="1234567")
        for number in range(12):
            open_round(unit, cast.plan, now=NINE + timedelta(days=number))
        return service.list_rounds(unit, XIAOCHENG, cast.plan, now=NINE + timedelta(days=11))

    rounds = await database.run(many)
    assert [line.day for line in rounds.rounds] == [
        date(2026, 12, 4) - timedelta(days=number) for number in range(10)
    ]
    said = views.listing(rounds).text
    assert "12月4日（周五） 每日学法\n　▶️ 进行中" in said
    assert "⏳ 补答中" in said
    assert "⏹ 已结束" in said


async def test_polls_are_told_with_their_state_and_why(database: Database) -> None:
    town = await database.run(build)

    def poll(unit: Unit) -> None:
        mine = unit.people.find_by_chat(XIAOBAI)
        assert mine is not None
        assert mine.department_id is not None
        versions = unit.plans.list_round_versions(town.round_id)
        places = ((-501, "法规处群", mine.department_id), (-502, "水处群", town.water))
        for chat, title, department in places:
            unit.groups.bind(chat, title, department, mine.id, NINE)
            group = unit.groups.find(chat)
            assert group is not None
            why = "too_long" if chat == -501 else None
            unit.polls.add(town.round_id, group.id, 0, versions[0], (0, 1, 2, 3), NINE, reason=why)

    await database.run(poll)

    def look(unit: Unit) -> list[str]:
        cards = (
            service.show_round(unit, who, town.round_id, now=NINE) for who in (XIAOCHENG, XIAOBAI)
        )
        return [views.card(card).text for card in cards]

    all_, own = await database.read(look)
    assert "💬 法规处群：投票题没有发出（没有短到能放进投票的题）" in all_
    assert "💬 水处群：投票题待发" in all_
    assert "法规处群" in own
    assert "水处群" not in own
