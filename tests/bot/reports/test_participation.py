"""Who took part: figures counted by hand, lists within the scope, denominators as chosen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import NotAllowed, StaleTap
from bot.people.charge import service as charge
from bot.reports.participation import service
from bot.reports.participation.service import Figures, Groups, Names, Overview
from bot.reports.service import NothingToSee
from storage.database import Database
from storage.repositories.participation import Share
from storage.states import Role
from storage.unit import Unit
from tests.bot.reports.house import (
    LAOLI,
    MONTH,
    TODAY,
    WEEK,
    YEAR,
    Rounds,
    build,
    open_both,
)
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG


def overview(unit: Unit, chat: int, word: str = WEEK, *narrow: int) -> Overview:
    return service.read_overview(unit, chat, word, *narrow, today=TODAY)


def groups(unit: Unit, chat: int, by: str, word: str = MONTH) -> Groups:
    return service.read_groups(unit, chat, word, by, 0, today=TODAY)


def names(unit: Unit, chat: int, part: str, word: str = WEEK, *narrow: int) -> Names:
    return service.read_names(unit, chat, word, part, 0, *narrow, today=TODAY)


def listed(found: Names) -> list[str]:
    return [person.name for person in found.people]


def brief(figures: Figures) -> tuple[int, int, Share | None, Share | None]:
    return figures.counts.began, figures.counts.due, figures.cover, figures.passed


@pytest.mark.parametrize("word", [WEEK, MONTH, "q2026_4", YEAR, "d261123_261124"])
async def test_an_admin_s_figures_are_those_counted_by_hand(database: Database, word: str) -> None:
    def work(unit: Unit) -> Overview:
        build(unit)
        return overview(unit, XIAOCHENG, word)

    found = await database.run(work)
    assert found.rounds == 2
    # 小安 50 of 60 passes; 小白 10 of 60, 小甲 0 of 60 and 小乙 30 of 60 don't.
    assert brief(found.figures) == (5, 13, Share(4, 7), Share(1, 4))
    assert found.away == {"leave": 1}


async def test_missed_questions_count_once_a_round_is_settled(database: Database) -> None:
    def work(unit: Unit) -> Overview:
        open_both(unit)
        return overview(unit, XIAOCHENG)

    # Until then 小白 (10 of 10) and 小乙 (30 of 30) pass too.
    assert (await database.run(work)).figures.passed == Share(3, 4)


async def test_a_trainer_s_figures_are_of_the_own_department(database: Database) -> None:
    def work(unit: Unit) -> tuple[Overview, Overview]:
        build(unit)
        return overview(unit, XIAOBAI), overview(unit, LAOLI)

    law, air = await database.run(work)
    assert brief(law.figures) == (3, 6, Share(2, 3), Share(1, 2))
    assert brief(air.figures) == (2, 6, Share(2, 3), Share(0, 2))
    assert law.away == {}


async def test_lists_hold_the_people_behind_each_number(database: Database) -> None:
    def work(unit: Unit) -> tuple[dict[str, list[str]], Rounds, Names]:
        made = build(unit)
        found = {
            part: listed(names(unit, XIAOCHENG, part))
            for part in ("due", "began", "missed", "away", "finished", "passed")
        }
        return found, made, names(unit, XIAOCHENG, "due")

    found, _, due = await database.run(work)
    assert found == {
        "due": ["小丙", "小安", "小白", "小程", "老李", "小甲", "小乙"],
        "began": ["小安", "小白", "小甲", "小乙"],
        "missed": ["小丙", "小程", "老李"],
        "away": [],
        "finished": ["小安", "小甲", "小乙"],
        "passed": ["小安"],
    }
    assert [(one.began, one.due) for one in due.people[:3]] == [(0, 1), (2, 2), (1, 2)]


async def test_a_round_lists_who_has_not_begun(database: Database) -> None:
    def work(unit: Unit) -> tuple[Overview, list[str], list[str]]:
        made = open_both(unit)
        second = overview(unit, XIAOBAI, WEEK, 0, 0, made.second)
        unbegun = names(unit, XIAOBAI, "missed", WEEK, 0, 0, made.second)
        away = names(unit, XIAOCHENG, "away", WEEK, 0, 0, made.first)
        return second, listed(unbegun), listed(away)

    second, unbegun, away = await database.run(work)
    assert second.round is not None
    assert not second.round.is_settled
    assert (second.figures.counts.began, second.figures.counts.due) == (1, 3)
    assert unbegun == ["小白", "小程"]
    assert away == ["小丙"]


async def test_groups_add_up_to_the_whole(database: Database) -> None:
    def work(unit: Unit) -> dict[str, list[tuple[str, int, int]]]:
        build(unit)
        found = {}
        for by in ("department", "plan", "week", "month", "round"):
            shown = groups(unit, XIAOCHENG, by).groups
            found[by] = [
                (one.name, one.figures.counts.began, one.figures.counts.due) for one in shown
            ]
        return found

    found = await database.run(work)
    assert found == {
        "department": [("法规处", 3, 6), ("大气处", 2, 6), ("未分处室", 0, 1)],
        "plan": [("每日学法", 5, 13)],
        "week": [("2026年第48周", 5, 13)],
        "month": [("2026年11月", 5, 13)],
        "round": [("11月24日（周二）每日学法", 2, 7), ("11月23日（周一）每日学法", 3, 6)],
    }


async def test_the_groups_of_departments_have_their_own_people(database: Database) -> None:
    def work(unit: Unit) -> list[tuple[Share | None, Share | None]]:
        build(unit)
        return [
            (one.figures.cover, one.figures.passed)
            for one in groups(unit, XIAOCHENG, "department").groups
        ]

    assert await database.run(work) == [
        (Share(2, 3), Share(1, 2)),
        (Share(2, 3), Share(0, 2)),
        (Share(0, 1), Share(0, 0)),
    ]


async def test_an_admin_may_have_leave_counted(database: Database) -> None:
    def work(unit: Unit) -> tuple[Overview, list[str], list[tuple[str, dict[str, object]]]]:
        made = build(unit)
        for _ in range(2):  # a second tap changes nothing
            service.set_basis(unit, XIAOCHENG, WEEK, "leave", is_counted=True, now=NINE)
        first = names(unit, XIAOCHENG, "missed", WEEK, 0, 0, made.first)
        trail = [(row.action, row.detail) for row in unit.house.list_audit(limit=9)]
        return overview(unit, XIAOCHENG), listed(first), trail

    found, missed, trail = await database.run(work)
    assert brief(found.figures) == (5, 14, Share(4, 7), Share(1, 4))
    assert missed == ["小丙", "小程", "老李", "小乙"]
    assert [row for row in trail if row[0] == "report.basis"] == [
        ("report.basis", {"from": "", "to": "leave"})
    ]


async def test_only_an_admin_chooses_who_counts(database: Database) -> None:
    def work(unit: Unit) -> None:
        build(unit)
        for chat in (XIAOAN, XIAOBAI):
            with pytest.raises(NotAllowed):
                service.set_basis(unit, chat, WEEK, "leave", is_counted=True, now=NINE)
        with pytest.raises(StaleTap):
            service.set_basis(unit, XIAOCHENG, WEEK, "sleep", is_counted=True, now=NINE)

    await database.run(work)


async def test_another_department_s_list_is_refused(database: Database) -> None:
    def work(unit: Unit) -> None:
        made = build(unit)
        for ask in (
            lambda: names(unit, XIAOBAI, "missed", WEEK, made.air),
            lambda: overview(unit, XIAOBAI, WEEK, made.air),
            lambda: service.read_groups(unit, XIAOBAI, WEEK, "round", 0, made.air, today=TODAY),
            lambda: names(unit, XIAOAN, "due"),
            lambda: overview(unit, XIAOAN),
        ):
            with pytest.raises(NotAllowed):
                ask()

    await database.run(work)


@pytest.mark.parametrize("word", ["w2026_54", "m2026_13", "d261124_261123", "y9999", "x", "m0_1"])
async def test_forged_words_are_stale(database: Database, word: str) -> None:
    def work(unit: Unit) -> None:
        build(unit)
        with pytest.raises(StaleTap):
            overview(unit, XIAOCHENG, word)

    await database.run(work)


async def test_forged_ids_are_stale(database: Database) -> None:
    def work(unit: Unit) -> None:
        made = build(unit)
        for narrow in ((99, 0, 0), (0, 99, 0), (0, 0, 99)):
            with pytest.raises(StaleTap):
                overview(unit, XIAOCHENG, WEEK, *narrow)
        with pytest.raises(StaleTap):
            overview(unit, XIAOCHENG, "w2026_47", 0, 0, made.first)  # not in that week
        with pytest.raises(StaleTap):
            names(unit, XIAOCHENG, "wrong")
        with pytest.raises(StaleTap):
            groups(unit, XIAOCHENG, "person")

    await database.run(work)


async def test_a_trainer_answers_for_the_departments_given(database: Database) -> None:
    def work(unit: Unit) -> tuple[list[str], list[str], int]:
        made = build(unit)
        trainer = made.cast.xiaobai
        for _ in range(2):  # a second tap changes nothing
            charge.set_charge(unit, XIAOCHENG, trainer, made.air, 0, is_given=True, now=NINE)
        given = listed(names(unit, XIAOBAI, "missed"))
        with pytest.raises(NotAllowed):  # the own department is none of them now
            names(unit, XIAOBAI, "missed", WEEK, made.law)
        charge.set_charge(unit, XIAOCHENG, trainer, made.air, 0, is_given=False, now=NINE)
        trail = [row.action for row in unit.house.list_audit(limit=9)]
        return given, listed(names(unit, XIAOBAI, "missed")), trail.count("person_charged")

    assert await database.run(work) == (["老李"], ["小程"], 2)


async def test_only_admins_say_what_trainers_answer_for(database: Database) -> None:
    def work(unit: Unit) -> None:
        made = build(unit)
        with pytest.raises(NotAllowed):
            charge.set_charge(
                unit, XIAOBAI, made.cast.xiaobai, made.air, 0, is_given=True, now=NINE
            )
        for person, department in ((made.cast.xiaoan, made.air), (made.cast.xiaobai, 99)):
            with pytest.raises(StaleTap):
                charge.set_charge(unit, XIAOCHENG, person, department, 0, is_given=True, now=NINE)

    await database.run(work)


async def test_a_trainer_without_departments_sees_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        build(unit)
        unit.people.add(4001, "老王", None, Role.TRAINER, NINE)
        with pytest.raises(NothingToSee):
            overview(unit, 4001)

    await database.run(work)


async def test_people_who_left_stay_in_the_lists_of_their_rounds(database: Database) -> None:
    def work(unit: Unit) -> tuple[Overview, Names]:
        made = build(unit)
        unit.people.set_active(made.cast.xiaoan, is_active=False)
        later = TODAY + timedelta(days=1)
        found = service.read_overview(unit, XIAOCHENG, WEEK, today=later)
        return found, names(unit, XIAOCHENG, "began")

    found, began = await database.run(work)
    assert (found.figures.counts.began, found.figures.counts.due) == (5, 13)
    assert found.figures.cover == Share(4, 7)
    assert [one.is_active for one in began.people] == [False, True, True, True]
