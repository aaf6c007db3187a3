"""What admins may do to people, departments and invites, and nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.errors import Deactivated, NotAllowed, NotJoined, StaleTap
from bot.people.departments import service as departments
from bot.people.errors import AdminBySettings, DepartmentRefused, DepartmentTaken, LastAdmin
from bot.people.invites import service as invites
from bot.people.roster import service as roster
from storage.database import Database
from storage.states import Role
from storage.tables import invites as invites_table
from storage.unit import Unit
from tests.bot.people.house import (
    ADMIN,
    NOW,
    OTHER,
    STAFF,
    STRANGER,
    TRAINER,
    audited,
    furnish,
    make_invite,
    person,
)

Work = Callable[[Unit, int], object]
ADMIN_SERVICES: dict[str, Work] = {
    "list_people": lambda unit, chat: roster.list_people(unit, chat, 0, 0),
    "list_departments": lambda unit, chat: roster.list_departments(unit, chat),
    "show": lambda unit, chat: roster.show(unit, chat, 1),
    "set_role": lambda unit, chat: roster.set_role(unit, chat, 2, "admin", (), now=NOW),
    "choose_move": lambda unit, chat: roster.choose_move(unit, chat, 1, 0),
    "move": lambda unit, chat: roster.move(unit, chat, 2, 2, now=NOW),
    "set_active": lambda unit, chat: roster.set_active(unit, chat, 1, is_active=False, now=NOW),
    "departments": lambda unit, chat: departments.show(unit, chat, 0),
    "ask_new": lambda unit, chat: departments.ask_new(unit, chat, now=NOW),
    "ask_rename": lambda unit, chat: departments.ask_rename(unit, chat, 1, now=NOW),
    "add": lambda unit, chat: departments.add(unit, chat, "新处", update_id=1, now=NOW),
    "rename": lambda unit, chat: departments.rename(unit, chat, 1, "新处", update_id=1, now=NOW),
    "invite": lambda unit, chat: invites.list_departments(unit, chat),
    "choose_reach": lambda unit, chat: invites.choose_reach(unit, chat, 1),
    "make": lambda unit, chat: invites.make(unit, chat, 1, "many", "c", update_id=1, now=NOW),
    "end": lambda unit, chat: invites.end(unit, chat, 1, now=NOW),
}


@pytest.mark.parametrize("name", ADMIN_SERVICES)
async def test_a_forged_tap_of_anyone_else_does_nothing(database: Database, name: str) -> None:
    def prepare(unit: Unit) -> None:
        house = furnish(unit)
        unit.people.add(TRAINER, "小白", house.law, Role.TRAINER, NOW)
        former = unit.people.add(OTHER, "前任", house.law, Role.ADMIN, NOW)
        unit.people.set_active(former, is_active=False)

    await database.run(prepare)
    work = ADMIN_SERVICES[name]
    for chat_id, error in (
        (STAFF, NotAllowed),
        (TRAINER, NotAllowed),
        (OTHER, Deactivated),
        (STRANGER, NotJoined),
    ):
        with pytest.raises(error):
            await database.run(_by(work, chat_id))
    assert await database.read(audited) == []


def _by(work: Work, chat_id: int) -> Callable[[Unit], object]:
    return lambda unit: work(unit, chat_id)


FORGED: dict[str, Callable[[Unit], object]] = {
    "card": lambda unit: roster.show(unit, ADMIN, 999),
    "role of nobody": lambda unit: roster.set_role(unit, ADMIN, 999, "admin", (), now=NOW),
    "role unheard of": lambda unit: roster.set_role(unit, ADMIN, 2, "root", (), now=NOW),
    "move nobody": lambda unit: roster.move(unit, ADMIN, 999, 1, now=NOW),
    "move nowhere": lambda unit: roster.move(unit, ADMIN, 2, 999, now=NOW),
    "choose for nobody": lambda unit: roster.choose_move(unit, ADMIN, 999, 0),
    "nobody's leave": lambda unit: roster.set_active(unit, ADMIN, 999, is_active=False, now=NOW),
    "filter": lambda unit: roster.list_people(unit, ADMIN, 0, 999),
    "rename": lambda unit: departments.ask_rename(unit, ADMIN, 999, now=NOW),
    "renamed": lambda unit: departments.rename(unit, ADMIN, 999, "新", update_id=1, now=NOW),
    "reach": lambda unit: invites.choose_reach(unit, ADMIN, 999),
    "make": lambda unit: invites.make(unit, ADMIN, 999, "one", "c", update_id=1, now=NOW),
    "reach unheard of": lambda unit: invites.make(
        unit, ADMIN, 1, "all", "c", update_id=1, now=NOW
    ),
}


@pytest.mark.parametrize("name", FORGED)
async def test_forged_ids_are_stale(database: Database, name: str) -> None:
    await database.run(furnish)

    with pytest.raises(StaleTap):
        await database.run(FORGED[name])
    assert await database.read(audited) == []


async def test_ending_an_invite_that_never_was_leaves_no_trace(database: Database) -> None:
    await database.run(furnish)
    await database.run(lambda unit: invites.end(unit, ADMIN, 999, now=NOW))

    assert await database.read(audited) == []


async def test_people_come_by_pages_of_eight(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        for number in range(16):
            unit.people.add(5000 + number, f"人{number:02}", house.water, Role.STAFF, NOW)

        sizes = [len(roster.list_people(unit, ADMIN, page, 0).people) for page in range(3)]
        assert sizes == [8, 8, 2]
        last = roster.list_people(unit, ADMIN, 10**17, 0)
        assert (last.page, last.total) == (2, 18)
        water = roster.list_people(unit, ADMIN, 1, house.water)
        assert {row.department for row in water.people} == {"水<处>&"}
        assert roster.show(unit, ADMIN, last.people[0].id).page == 2

    await database.run(work)


async def test_an_empty_department_has_an_empty_page(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        page = roster.list_people(unit, ADMIN, 3, house.water)
        assert (page.people, page.total, page.page) == ((), 0, 0)

    await database.run(work)


async def test_a_role_is_set_once_and_left_on_record(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        unit.prompts.put(STAFF, "anything", {}, NOW)
        for is_changed in (True, False):
            change = roster.set_role(unit, ADMIN, house.staff, "trainer", (), now=NOW)
            assert change.is_changed is is_changed
            assert change.card.person.role is Role.TRAINER
        assert audited(unit) == [(house.admin, "role_set", f"person:{house.staff}")]
        assert unit.prompts.find(STAFF) is None

    await database.run(work)


async def test_the_last_admin_stays(database: Database) -> None:
    house = await database.run(furnish)
    for work in (
        lambda unit: roster.set_role(unit, ADMIN, house.admin, "staff", (), now=NOW),
        lambda unit: roster.set_active(unit, ADMIN, house.admin, is_active=False, now=NOW),
    ):
        with pytest.raises(LastAdmin):
            await database.run(work)


async def test_a_deactivated_admin_does_not_count_as_one_who_stays(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        roster.set_role(unit, ADMIN, house.staff, "admin", (), now=NOW)
        roster.set_active(unit, ADMIN, house.staff, is_active=False, now=NOW)
        roster.set_role(unit, ADMIN, house.admin, "staff", (), now=NOW)

    with pytest.raises(LastAdmin):
        await database.run(work)


async def test_an_admin_may_step_down_where_another_stays(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        roster.set_role(unit, ADMIN, house.staff, "admin", (), now=NOW)
        change = roster.set_role(unit, ADMIN, house.admin, "staff", (), now=NOW)
        assert change.card.person.role is Role.STAFF
        assert not change.card.may_change

    await database.run(work)


async def test_two_admins_can_not_demote_each_other_at_once(database: Database) -> None:
    def prepare(unit: Unit) -> tuple[int, int]:
        house = furnish(unit)
        other = unit.people.add(OTHER, "小王", house.law, Role.ADMIN, NOW)
        return house.admin, other

    admin, other = await database.run(prepare)
    ends = await asyncio.gather(
        database.run(lambda unit: roster.set_role(unit, ADMIN, other, "staff", (), now=NOW)),
        database.run(lambda unit: roster.set_active(unit, OTHER, admin, is_active=False, now=NOW)),
        return_exceptions=True,
    )

    assert sum(isinstance(end, roster.Change) for end in ends) == 1
    assert await database.read(lambda unit: unit.people.count_admins()) == 1


async def test_settings_make_admins_that_no_tap_unmakes(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        roster.set_role(unit, ADMIN, house.staff, "admin", (), now=NOW)
        roster.set_role(unit, ADMIN, house.staff, "staff", (STAFF,), now=NOW)

    with pytest.raises(AdminBySettings):
        await database.run(work)


async def test_a_move_and_a_leave_are_done_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        for is_changed in (True, False):
            change = roster.move(unit, ADMIN, house.staff, house.water, now=NOW)
            assert change.is_changed is is_changed
            assert change.card.person.department == "水<处>&"
        for is_active in (False, True):
            for is_changed in (True, False):
                change = roster.set_active(unit, ADMIN, house.staff, is_active=is_active, now=NOW)
                assert (change.is_changed, change.card.person.is_active) == (
                    is_changed,
                    is_active,
                )
        actions = [row[1] for row in audited(unit)]
        assert actions == ["person_moved", "person_deactivated", "person_activated"]

    await database.run(work)


async def test_roles_of_the_deactivated_wait_until_they_are_back(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        roster.set_active(unit, ADMIN, house.staff, is_active=False, now=NOW)
        roster.set_role(unit, ADMIN, house.staff, "admin", (), now=NOW)

    with pytest.raises(StaleTap):
        await database.run(work)


async def test_a_department_is_added_and_renamed_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        departments.ask_new(unit, ADMIN, now=NOW)
        for _ in range(2):
            listing = departments.add(unit, ADMIN, " 大气处 ", update_id=1, now=NOW)
        assert unit.prompts.find(ADMIN) is None
        departments.ask_rename(unit, ADMIN, house.law, now=NOW)
        for _ in range(2):
            listing = departments.rename(
                unit, ADMIN, house.law, "政策法规处", update_id=2, now=NOW
            )
        assert [(row.name, row.size) for row in listing.departments] == [
            ("政策法规处", 2),
            ("水<处>&", 0),
            ("大气处", 0),
        ]
        assert [row[1] for row in audited(unit)] == ["department_added", "department_renamed"]

    await database.run(work)


async def test_two_departments_never_share_a_name(database: Database) -> None:
    house = await database.run(furnish)
    for work, error in (
        (lambda u: departments.add(u, ADMIN, "法规处", update_id=1, now=NOW), DepartmentTaken),
        (
            lambda u: departments.rename(u, ADMIN, house.water, "法规处", update_id=1, now=NOW),
            DepartmentTaken,
        ),
        (lambda u: departments.add(u, ADMIN, "处", update_id=1, now=NOW), DepartmentRefused),
    ):
        with pytest.raises(error):
            await database.run(work)
    await database.run(
        lambda u: departments.rename(u, ADMIN, house.law, "法规处", update_id=1, now=NOW)
    )


async def test_coming_back_to_the_list_ends_the_typing(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        departments.ask_new(unit, ADMIN, now=NOW)
        departments.show(unit, ADMIN, 0)
        assert unit.prompts.find(ADMIN) is None
        unit.prompts.put(ADMIN, "plan_time", {}, NOW)
        departments.show(unit, ADMIN, 0)
        assert unit.prompts.find(ADMIN) is not None

    await database.run(work)


async def test_a_code_is_kept_as_a_hash_and_shown_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        house = furnish(unit)
        made = invites.make(unit, ADMIN, house.law, "one", "sEcret-1", update_id=9, now=NOW)
        assert made is not None
        assert made.code == "sEcret-1"
        again = invites.make(unit, ADMIN, house.law, "one", "sEcret-2", update_id=9, now=NOW)
        assert again is None
        rows = unit.invites._connection.execute(select(invites_table)).all()
        assert len(rows) == 1
        assert "sEcret" not in repr(rows)
        assert audited(unit) == [(house.admin, "invite_made", f"invite:{made.id}")]

    await database.run(work)


async def test_an_invite_can_be_ended(database: Database) -> None:
    def work(unit: Unit) -> None:
        made = make_invite(unit, "code", furnish(unit).law)
        invites.end(unit, ADMIN, made, now=NOW)
        assert not unit.invites.consume(made, NOW)
        assert person(unit, STRANGER) is None

    await database.run(work)
