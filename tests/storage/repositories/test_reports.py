"""Reports add up what answers and rolls say, within the days and departments in sight."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from storage.database import Database
from storage.repositories.reports import Counts
from storage.repositories.reports_people import PersonLine
from storage.repositories.windows import NO_DEPARTMENT, Days
from storage.states import DepartmentId, QuestionStatus, VersionId
from storage.tables import question_versions, rounds
from storage.unit import Unit
from tests.cast import MONDAY, NINE, a_bank, a_question
from tests.storage.repositories.office import LATER, TUESDAY, Office, connection_of, make_office

WEEK = Days(MONDAY, MONDAY + timedelta(days=6))


def lines(unit: Unit, among: frozenset[DepartmentId] | None = None) -> dict[str, PersonLine]:
    found = unit.reports.list_people(WEEK, among, after=0, limit=100)
    return {line.name: line for line in found}


async def test_a_person_has_what_they_answered_and_what_they_were_due(database: Database) -> None:
    def work(unit: Unit) -> PersonLine:
        make_office(unit)
        return lines(unit)["小安"]

    ann = await database.run(work)

    assert (ann.due, ann.away, ann.asked, ann.began) == (2, 0, 4, 2)
    assert (ann.answered, ann.right, ann.points, ann.offered) == (4, 3, 35, 40)


async def test_leave_is_away_and_not_due(database: Database) -> None:
    def work(unit: Unit) -> PersonLine:
        make_office(unit)
        return lines(unit)["无处可去"]

    eve = await database.run(work)

    assert (eve.due, eve.away, eve.asked, eve.began) == (1, 1, 2, 0)
    assert eve.department_id == NO_DEPARTMENT


async def test_what_is_left_counts_once_the_round_is_settled(database: Database) -> None:
    def work(unit: Unit) -> tuple[PersonLine, PersonLine]:
        office = make_office(unit)
        before = lines(unit)["小白菜"]
        connection_of(unit).execute(
            update(rounds).where(rounds.c.id == office.second).values(settled_at=LATER)
        )
        return before, lines(unit)["小白菜"]

    before, after = await database.run(work)

    assert (before.answered, before.offered) == (1, 10)
    assert (after.answered, after.points, after.offered) == (1, 0, 30)


async def test_a_voided_question_left_unanswered_counts_in_full(database: Database) -> None:
    def work(unit: Unit) -> PersonLine:
        make_office(unit)
        connection_of(unit).execute(update(rounds).values(settled_at=LATER))
        connection_of(unit).execute(
            update(question_versions)
            .where(question_versions.c.id.in_([2, 3]))
            .values(voided_at=LATER)
        )
        return lines(unit)["小白菜"]

    bob = await database.run(work)

    assert (bob.points, bob.offered) == (20, 40)


async def test_a_trainer_sees_their_departments_only(database: Database) -> None:
    def work(unit: Unit) -> tuple[list[str], dict[DepartmentId, Counts], int, int]:
        office = make_office(unit)
        among = frozenset({office.air})
        given, _ = unit.reports.list_answers(office.first, among, after=0, limit=10)
        rounds_seen = unit.reports.list_rounds(WEEK, among)
        return (
            list(lines(unit, among)),
            unit.reports.count_by_department(WEEK, among),
            len(given),
            sum(line.counts.due for line in rounds_seen),
        )

    names, counts, answered, due = await database.run(work)

    assert names == ["小白菜"]
    assert list(counts.values()) == [Counts(2, 1, 0, 2, 0, 0, 0)]
    assert (answered, due) == (1, 2)


async def test_nobody_is_seen_through_an_empty_scope(database: Database) -> None:
    def work(unit: Unit) -> tuple[Any, ...]:
        office = make_office(unit)
        none: frozenset[DepartmentId] = frozenset()
        return (
            lines(unit, none),
            unit.reports.list_answers(office.first, none, after=0, limit=10),
            unit.reports.count_by_day(WEEK, none),
            unit.reports.list_departments(none),
        )

    assert await database.run(work) == ({}, ([], None), [], [])


async def test_days_outside_count_nothing(database: Database) -> None:
    def work(unit: Unit) -> tuple[PersonLine, list[date]]:
        make_office(unit)
        days = Days(TUESDAY, TUESDAY)
        found = unit.reports.list_people(days, None, after=0, limit=100)
        return found[0], [line.day for line in unit.reports.list_rounds(days, None)]

    ann, days = await database.run(work)

    assert (ann.name, ann.due, ann.answered) == ("小安", 1, 2)
    assert days == [TUESDAY]


@pytest.mark.parametrize("limit", [1, 2, 5])
async def test_slices_of_any_size_give_every_answer_once(database: Database, limit: int) -> None:
    def work(unit: Unit) -> tuple[list[tuple[int, int]], Office]:
        office = make_office(unit)
        found: list[tuple[int, int]] = []
        last: int | None = 0
        while last is not None:
            some, last = unit.reports.list_answers(office.first, None, after=last, limit=limit)
            found += [(line.person_id, line.version_id) for line in some]
        return found, office

    found, office = await database.run(work)

    assert sorted(found) == [(office.ann, 1), (office.ann, 2), (office.bob, 1)]


async def test_questions_come_with_their_basis_and_figures(database: Database) -> None:
    def work(unit: Unit) -> list[tuple[VersionId, str, str, bool, float | None]]:
        make_office(unit)
        found = unit.reports.list_questions(Days(MONDAY, MONDAY), after=0, limit=10)
        return [
            (line.version_id, line.uid, line.status, line.is_current, line.discrimination)
            for line in found
        ]

    assert await database.run(work) == [
        (1, "q0", QuestionStatus.PUBLISHED, True, None),
        (2, "q1", QuestionStatus.PUBLISHED, True, None),
    ]


async def test_an_edited_question_is_known_as_a_former_version(database: Database) -> None:
    def work(unit: Unit) -> list[bool]:
        make_office(unit)
        bank = unit.banks.list_all()[0].id
        changed = a_bank(a_question("q0", stem="2026年，某厅办理的案件有多少件？"))
        unit.editions.put(bank, changed, QuestionStatus.PUBLISHED, NINE)
        found = unit.reports.list_questions(Days(MONDAY, MONDAY), after=0, limit=10)
        return [line.is_current for line in found]

    assert await database.run(work) == [False, True]
