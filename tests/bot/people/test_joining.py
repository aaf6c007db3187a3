"""The ways in, on either database."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from bot.errors import BotError, Deactivated, NotJoined, StaleTap
from bot.people.errors import (
    DepartmentRefused,
    InviteExpired,
    InviteUnknown,
    InviteUsedUp,
    JoinLapsed,
    NameRefused,
)
from bot.people.invites import service as invites
from bot.people.joining import service
from bot.people.joining.service import (
    AskDepartmentName,
    AskName,
    ChooseDepartment,
    ConfirmName,
    HowToJoin,
    Welcome,
)
from bot.people.joining.state import Door
from storage.database import Database
from storage.states import Role
from storage.unit import Unit
from tests.bot.people.house import (
    ADMIN,
    LISTED,
    NOW,
    OPEN,
    OTHER,
    SHUT,
    STAFF,
    STRANGER,
    audited,
    come_in,
    furnish,
    make_invite,
    person,
    say_name,
)


async def test_a_stranger_without_an_invite_is_told_how_to_join(database: Database) -> None:
    await database.run(furnish)

    step = await database.run(lambda unit: service.begin(unit, STRANGER, None, SHUT, now=NOW))

    assert step == HowToJoin()
    assert await database.read(lambda unit: person(unit, STRANGER)) is None


async def test_an_invite_leads_in_by_name_and_yes(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        make_invite(unit, "code", house.law)

        step = service.begin(unit, STRANGER, "code", SHUT, now=NOW)
        assert step == AskName("法规处")
        step = service.give_name(unit, STRANGER, " 张三 ", update_id=7, now=NOW)
        assert step == ConfirmName("张三", "法规处", 7)
        assert person(unit, STRANGER) is None

        welcome = service.confirm(unit, STRANGER, 7, SHUT, now=NOW)
        assert welcome.is_new
        joined = welcome.person
        assert (joined.name, joined.department, joined.role) == ("张三", "法规处", Role.STAFF)
        assert unit.prompts.find(STRANGER) is None
        assert (joined.id, "joined", f"person:{joined.id}") in audited(unit)

    await database.run(work)


async def test_a_name_is_no_use_of_the_invite_until_the_yes(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        make_invite(unit, "code", house.law)
        service.begin(unit, STRANGER, "code", SHUT, now=NOW)
        say_name(unit, STRANGER, "张三")

        assert come_in(unit, OTHER, "code", "李四").is_new

    await database.run(work)


async def test_a_yes_means_the_name_it_stands_under(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        make_invite(unit, "code", house.law)
        service.begin(unit, STRANGER, "code", SHUT, now=NOW)
        first = say_name(unit, STRANGER, "张三")
        again = service.change_name(unit, STRANGER, first, now=NOW)
        assert again == AskName("法规处", is_again=True)
        second = say_name(unit, STRANGER, "李四")

        with pytest.raises(JoinLapsed):
            service.change_name(unit, STRANGER, first, now=NOW)
        with pytest.raises(JoinLapsed):
            service.confirm(unit, STRANGER, first, SHUT, now=NOW)
        assert service.confirm(unit, STRANGER, second, SHUT, now=NOW).person.name == "李四"

    await database.run(work)


async def test_replays_on_the_way_in_change_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        make_invite(unit, "code", house.law, "many")
        service.begin(unit, STRANGER, "code", SHUT, now=NOW)
        first = service.give_name(unit, STRANGER, "张三", update_id=7, now=NOW)
        assert service.give_name(unit, STRANGER, "张三", update_id=7, now=NOW) == first
        joined = service.confirm(unit, STRANGER, 7, SHUT, now=NOW)

        again = service.confirm(unit, STRANGER, 7, SHUT, now=NOW)
        assert (again.person, again.is_new) == (joined.person, False)
        step = service.give_name(unit, STRANGER, "张三", update_id=7, now=NOW)
        assert step == Welcome(joined.person, is_new=False)
        assert unit.people.count() == 3

    await database.run(work)


@pytest.mark.parametrize("code", ["wrong", "", "c" * 4096, "\ud800", "' OR 1=1 --"])
async def test_a_wrong_code_is_unknown(database: Database, code: str) -> None:
    def work(unit: Unit) -> None:
        make_invite(unit, "code", furnish(unit).law)
        service.begin(unit, STRANGER, code, SHUT, now=NOW)

    with pytest.raises(InviteUnknown):
        await database.run(work)


@pytest.mark.parametrize(("reach", "days"), [("one", 7), ("many", 3)])
async def test_an_invite_ends_with_its_time(database: Database, reach: str, days: int) -> None:
    last = NOW + timedelta(days=days)

    def prepare(unit: Unit) -> int:
        make_invite(unit, "code", furnish(unit).law, reach)
        service.begin(unit, STRANGER, "code", SHUT, now=last - timedelta(seconds=1))
        return say_name(unit, STRANGER, "张三")

    asked = await database.run(prepare)
    with pytest.raises(InviteExpired):
        await database.run(lambda unit: service.begin(unit, OTHER, "code", SHUT, now=last))
    with pytest.raises(InviteExpired):
        await database.run(lambda unit: service.confirm(unit, STRANGER, asked, SHUT, now=last))
    assert await database.read(lambda unit: person(unit, STRANGER)) is None


async def test_an_invite_for_one_lets_in_one_and_for_many_many(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        make_invite(unit, "one", house.law, "one")
        make_invite(unit, "many", house.water, "many")
        come_in(unit, 1, "one", "张三")
        with pytest.raises(InviteUsedUp):
            service.begin(unit, 2, "one", SHUT, now=NOW)
        for chat_id in (2, 3, 4):
            assert come_in(unit, chat_id, "many", "李四").person.department == "水<处>&"

    await database.run(work)


async def test_an_ended_invite_lets_nobody_in(database: Database) -> None:
    def work(unit: Unit) -> None:
        made = make_invite(unit, "many", furnish(unit).law, "many")
        service.begin(unit, STRANGER, "many", SHUT, now=NOW)
        asked = say_name(unit, STRANGER, "张三")
        invites.end(unit, ADMIN, made, now=NOW)
        invites.end(unit, ADMIN, made, now=NOW)
        assert [row[1] for row in audited(unit)].count("invite_ended") == 1
        service.confirm(unit, STRANGER, asked, SHUT, now=NOW)

    with pytest.raises(InviteExpired):
        await database.run(work)


async def test_of_two_racing_for_one_invite_exactly_one_joins(database: Database) -> None:
    chats = range(1, 9)

    def prepare(unit: Unit) -> dict[int, int]:
        make_invite(unit, "code", furnish(unit).law)
        for chat_id in chats:
            service.begin(unit, chat_id, "code", SHUT, now=NOW)
        return {chat_id: say_name(unit, chat_id, f"赛手{chat_id}") for chat_id in chats}

    asked = await database.run(prepare)
    ends = await asyncio.gather(
        *(
            database.run(partial(service.confirm, chat_id=c, asked=asked[c], door=SHUT, now=NOW))
            for c in chats
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(end, Welcome) for end in ends) == 1
    assert sum(isinstance(end, InviteUsedUp) for end in ends) == len(chats) - 1
    assert await database.read(lambda unit: unit.people.count()) == 3


async def test_a_double_yes_joins_once_and_uses_the_invite_once(database: Database) -> None:
    def prepare(unit: Unit) -> int:
        make_invite(unit, "code", furnish(unit).law)
        service.begin(unit, STRANGER, "code", SHUT, now=NOW)
        return say_name(unit, STRANGER, "张三")

    asked = await database.run(prepare)
    welcomes = await asyncio.gather(
        *(
            database.run(lambda unit: service.confirm(unit, STRANGER, asked, SHUT, now=NOW))
            for _ in range(6)
        )
    )

    assert [welcome.is_new for welcome in welcomes].count(True) == 1
    assert len({welcome.person.id for welcome in welcomes}) == 1


async def test_whoever_has_joined_keeps_place_and_invite(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        make_invite(unit, "code", house.water)
        step = service.begin(unit, STAFF, "code", SHUT, now=NOW)
        assert isinstance(step, Welcome)
        assert step.is_code_spare
        assert step.person.department == "法规处"
        assert come_in(unit, STRANGER, "code", "张三").is_new

    await database.run(work)


async def test_start_makes_a_person_reachable_again(database: Database) -> None:
    def work(unit: Unit) -> None:
        unit.people.mark_unreachable(furnish(unit).staff, NOW)
        step = service.begin(unit, STAFF, None, SHUT, now=NOW)
        assert isinstance(step, Welcome)
        assert step.person.unreachable_at is None

    await database.run(work)


async def test_an_open_door_lets_in_by_department(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        step = service.begin(unit, STRANGER, None, OPEN, now=NOW)
        assert isinstance(step, ChooseDepartment)
        assert [row.name for row in step.departments] == ["法规处", "水<处>&"]
        turned = service.turn_departments(unit, STRANGER, 1, OPEN)
        assert isinstance(turned, ChooseDepartment)
        service.choose_department(unit, STRANGER, house.water, OPEN, now=NOW)
        asked = say_name(unit, STRANGER, "张三")
        joined = service.confirm(unit, STRANGER, asked, OPEN, now=NOW).person
        assert (joined.department, joined.role) == ("水<处>&", Role.STAFF)

    await database.run(work)


async def test_a_shut_door_can_not_be_forged_open(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        with pytest.raises(NotJoined):
            service.choose_department(unit, STRANGER, house.law, SHUT, now=NOW)
        with pytest.raises(NotJoined):
            service.turn_departments(unit, STRANGER, 0, SHUT)
        with pytest.raises(NotJoined):
            service.name_department(unit, STRANGER, "新处", SHUT, update_id=1, now=NOW)
        with pytest.raises(StaleTap):
            service.choose_department(unit, STRANGER, 999, OPEN, now=NOW)
        with pytest.raises(JoinLapsed):
            service.confirm(unit, STRANGER, 0, SHUT, now=NOW)
        service.choose_department(unit, STRANGER, house.law, OPEN, now=NOW)
        asked = say_name(unit, STRANGER, "张三")
        with pytest.raises(NotJoined):
            service.confirm(unit, STRANGER, asked, SHUT, now=NOW)

    await database.run(work)


async def test_another_prompt_is_no_way_in(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        unit.prompts.put(STRANGER, "department_add", {"department_id": 1}, NOW)
        service.confirm(unit, STRANGER, 0, SHUT, now=NOW)

    with pytest.raises(JoinLapsed):
        await database.run(work)


async def test_the_first_admin_makes_the_first_department(database: Database) -> None:
    def work(unit: Unit) -> None:
        assert service.begin(unit, STRANGER, None, LISTED, now=NOW) == AskDepartmentName()
        with pytest.raises(DepartmentRefused):
            service.name_department(unit, STRANGER, "x", LISTED, update_id=1, now=NOW)
        for _ in range(2):
            step = service.name_department(unit, STRANGER, "法规处", LISTED, update_id=2, now=NOW)
            assert step == AskName("法规处")
        asked = say_name(unit, STRANGER, "老王")
        joined = service.confirm(unit, STRANGER, asked, LISTED, now=NOW).person
        assert (joined.role, joined.department) == (Role.ADMIN, "法规处")
        assert [row[1] for row in audited(unit)] == ["department_added", "joined"]

    await database.run(work)


async def test_a_listed_admin_needs_no_invite_later_either(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        step = service.begin(unit, STRANGER, "whatever", LISTED, now=NOW)
        assert isinstance(step, ChooseDepartment)
        service.choose_department(unit, STRANGER, house.law, LISTED, now=NOW)
        asked = say_name(unit, STRANGER, "老王")
        assert service.confirm(unit, STRANGER, asked, LISTED, now=NOW).person.role is Role.ADMIN
        promoted = service.begin(unit, STAFF, None, Door(admins=(STAFF,)), now=NOW)
        assert isinstance(promoted, Welcome)
        assert promoted.person.role is Role.ADMIN

    await database.run(work)


async def test_a_deactivated_person_stays_out_by_every_way(database: Database) -> None:
    def prepare(unit: Unit) -> None:
        house = furnish(unit)
        make_invite(unit, "code", house.law)
        unit.people.set_active(house.staff, is_active=False)

    await database.run(prepare)
    door = Door(admins=(STAFF,), is_open=True)
    for work in (
        lambda unit: service.begin(unit, STAFF, None, door, now=NOW),
        lambda unit: service.begin(unit, STAFF, "code", door, now=NOW),
        lambda unit: service.choose_department(unit, STAFF, 1, door, now=NOW),
        lambda unit: service.turn_departments(unit, STAFF, 0, door),
        lambda unit: service.name_department(unit, STAFF, "新处", door, update_id=1, now=NOW),
        lambda unit: service.give_name(unit, STAFF, "张三", update_id=1, now=NOW),
        lambda unit: service.change_name(unit, STAFF, 0, now=NOW),
        lambda unit: service.confirm(unit, STAFF, 0, door, now=NOW),
    ):
        with pytest.raises(Deactivated):
            await database.run(work)


async def test_a_refused_name_may_be_typed_again(database: Database) -> None:
    def prepare(unit: Unit) -> None:
        make_invite(unit, "code", furnish(unit).law)
        service.begin(unit, STRANGER, "code", SHUT, now=NOW)

    await database.run(prepare)
    with pytest.raises(NameRefused) as refused:
        await database.run(
            lambda unit: service.give_name(unit, STRANGER, "张\u202e三", update_id=5, now=NOW)
        )
    assert isinstance(refused.value, BotError)
    step = await database.run(
        lambda unit: service.give_name(unit, STRANGER, "张三", update_id=6, now=NOW)
    )
    assert step == ConfirmName("张三", "法规处", 6)
