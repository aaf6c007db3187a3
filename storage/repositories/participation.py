"""Who took part: sums over rounds, distinct people, and lists of names for those who may see them.

人次 are read from `round_totals`, which know the department a person was in then; 人 are counted
once, under the department they are in now. `Window.among` bounds what may be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from questions.ranking import LOWEST_LISTED
from storage.repositories.leaves import ON_LEAVE
from storage.repositories.participation_rolls import (
    DELIVERED,
    IS_ROUND,
    IS_SKIPPED,
    Basis,
    Part,
    Window,
    began,
    counts,
    due,
    has_answered,
    listed,
    of_departments,
    of_window,
    was_for,
)
from storage.repositories.reports import Counts
from storage.repositories.roll import UNREACHABLE
from storage.repositories.upsert import insert_for
from storage.repositories.windows import Departments, department_of
from storage.states import DepartmentId, PersonId, PlanId, RoundId
from storage.tables import (
    deliveries,
    departments,
    leases,
    people,
    person_totals,
    plans,
    question_versions,
    questions,
    round_questions,
    round_totals,
    rounds,
    sittings,
)

BASIS = "basis"  # the row that says who is counted in 应参加 besides those on duty


@dataclass(frozen=True, slots=True)
class RoundSum:
    """One round in one department."""

    round_id: RoundId
    day: date
    plan_id: PlanId
    plan: str
    is_settled: bool
    department_id: DepartmentId
    counts: Counts


@dataclass(frozen=True, slots=True)
class Share:
    """So many people of a whole."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person's rounds: how many were due, in how many they took part."""

    id: PersonId
    name: str
    department: str | None
    is_active: bool
    due: int = 0
    began: int = 0


class Participation:
    """Statements about who took part."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read_basis(self) -> Basis:
        """Who is counted."""
        said: str | None = self._connection.execute(
            select(leases.c.holder).where(leases.c.name == BASIS)
        ).scalar_one_or_none()
        counted = (said or "").split("+")
        return Basis(ON_LEAVE in counted, UNREACHABLE in counted)

    def set_basis(self, basis: Basis, now: datetime) -> None:
        """Count so from now on; figures of the past follow, for none are stored."""
        values = {"holder": "+".join(basis.reasons), "until_at": now}
        self._connection.execute(
            insert_for(self._connection, leases)
            .values(name=BASIS, **values)
            .on_conflict_do_update(index_elements=[leases.c.name], set_=values)
        )

    def list_sums(self, window: Window, basis: Basis) -> list[RoundSum]:
        """Every round in every department that it was meant for, the earliest first."""
        more = self._count_added(window, basis)
        found = []
        for row in self._connection.execute(_sums(window)):
            which = (row.id, row.department_id)
            counts = Counts(row.due + more.pop(which, 0), *row[7:])
            found.append(_sum(row, row.department_id, counts))
        for row in self._connection.execute(_bare(window)) if more else ():
            # Departments whose people were all away have no row of totals.
            for (round_id, department_id), count in more.items():
                if round_id == row.id:
                    found.append(_sum(row, department_id, Counts(count)))
        return sorted(found, key=lambda each: (each.day, each.round_id, each.department_id))

    def _count_added(self, window: Window, basis: Basis) -> dict[tuple[int, int], int]:
        """People who were away and are counted, by round and department."""
        if not basis.reasons:
            return {}
        department_id = department_of(people.c.department_id)
        statement = (
            select(rounds.c.id, department_id, func.count())
            .select_from(DELIVERED.join(people, people.c.id == deliveries.c.person_id))
            .where(
                *of_window(window),
                *of_departments(window.among),
                IS_ROUND,
                IS_SKIPPED,
                deliveries.c.reason.in_(basis.reasons),
            )
            .group_by(rounds.c.id, department_id)
        )
        return {(i, which): count for i, which, count in self._connection.execute(statement)}

    def count_away(self, window: Window) -> dict[str, int]:
        """人次 on a roll but away, by reason."""
        statement = (
            select(deliveries.c.reason, func.count())
            .select_from(DELIVERED.join(people, people.c.id == deliveries.c.person_id))
            .where(*of_window(window), *of_departments(window.among), IS_ROUND, IS_SKIPPED)
            .group_by(deliveries.c.reason)
        )
        return {reason or "": count for reason, count in self._connection.execute(statement)}

    def _list_rounds(self, window: Window) -> list[int]:
        statement = select(rounds.c.id).where(*of_window(window)).order_by(rounds.c.id)
        return list(self._connection.execute(statement).scalars())

    def count_people(self, window: Window, basis: Basis) -> dict[DepartmentId, Share]:
        """Of the people due at least once, those who took part at least once; by department."""
        department_id = department_of(people.c.department_id)
        round_ids = self._list_rounds(window)
        took_part = func.sum(case((began(round_ids), 1), else_=0))
        statement = (
            select(department_id, took_part, func.count())
            .where(due(round_ids, basis), *of_departments(window.among))
            .group_by(department_id)
        )
        rows = self._connection.execute(statement)
        return {DepartmentId(which): Share(int(part), whole) for which, part, whole in rows}

    def count_listed(self, window: Window, basis: Basis, part: Part) -> int:
        """How many people a list holds."""
        where = listed(self._list_rounds(window), window.among, basis, part)
        statement = select(func.count()).select_from(people).where(*where)
        return self._connection.execute(statement).scalar_one()

    def list_people(
        self, window: Window, basis: Basis, part: Part, *, offset: int, limit: int
    ) -> list[Attendance]:
        """A part of a list, department by department, in the order people joined."""
        where = listed(self._list_rounds(window), window.among, basis, part)
        statement = _PERSON.where(*where)
        page = self._connection.execute(
            statement.order_by(*_ORDER).offset(offset).limit(limit)
        ).all()
        rolls = self._count_rolls(window, basis, [row.id for row in page])
        return [_attendance(row, *rolls.get(row.id, (0, 0))) for row in page]

    def _count_rolls(
        self, window: Window, basis: Basis, ids: list[int]
    ) -> dict[int, tuple[int, int]]:
        """For each person the rounds due, and those begun among them."""
        begun = func.sum(case((has_answered(), 1), else_=0))
        statement = (
            select(deliveries.c.person_id, func.count(), begun)
            .select_from(
                DELIVERED.outerjoin(
                    sittings,
                    and_(
                        sittings.c.round_id == deliveries.c.round_id,
                        sittings.c.person_id == deliveries.c.person_id,
                    ),
                )
            )
            .where(deliveries.c.person_id.in_(ids), *of_window(window), IS_ROUND, counts(basis))
            .group_by(deliveries.c.person_id)
        )
        rows = self._connection.execute(statement)
        return {i: (count, int(begun)) for i, count, begun in rows}

    def count_passed(self, period: str, among: Departments) -> dict[DepartmentId, Share]:
        """Of the people who answered in a period of totals, those with a passing rate."""
        department_id = department_of(people.c.department_id)
        passed = func.sum(case((_HAS_PASSED, 1), else_=0))
        statement = (
            select(department_id, passed, func.count())
            .select_from(person_totals.join(people, people.c.id == person_totals.c.person_id))
            .where(*_answered(period), *of_departments(among))
            .group_by(department_id)
        )
        rows = self._connection.execute(statement)
        return {DepartmentId(which): Share(int(part), whole) for which, part, whole in rows}

    def list_passed(
        self, period: str, among: Departments, *, offset: int, limit: int
    ) -> list[Attendance]:
        """A part of those with a passing rate; of the rates nothing is told."""
        joined = _JOINED.join(person_totals, person_totals.c.person_id == people.c.id)
        statement = select(*_COLUMNS).select_from(joined)
        rows = self._connection.execute(
            statement.where(
                *_answered(period), person_totals.c.rate >= LOWEST_LISTED, *of_departments(among)
            )
            .order_by(*_ORDER)
            .offset(offset)
            .limit(limit)
        )
        return [_attendance(row) for row in rows]

    def count_asked(self, window: Window) -> int:
        """How many different questions the rounds asked."""
        statement = select(func.count(questions.c.id.distinct())).select_from(_ASKED)
        return self._connection.execute(
            statement.where(*of_window(window), was_for(window.among))
        ).scalar_one()

    def list_laws(self, window: Window) -> list[tuple[str, int]]:
        """The laws behind the questions asked, with how often; the most asked first."""
        times = func.count()
        statement = (
            select(questions.c.law, times)
            .select_from(_ASKED)
            .where(*of_window(window), was_for(window.among), questions.c.law.is_not(None))
            .group_by(questions.c.law)
            .order_by(times.desc(), questions.c.law)
        )
        return [(law, count) for law, count in self._connection.execute(statement)]


_HAS_PASSED = person_totals.c.rate >= LOWEST_LISTED
_JOINED = people.outerjoin(departments, departments.c.id == people.c.department_id)
_COLUMNS = (people.c.id, people.c.name, departments.c.name.label("department"), people.c.is_active)
_PERSON: Select[Any] = select(*_COLUMNS).select_from(_JOINED)
_ORDER = (department_of(people.c.department_id), people.c.id)
_ASKED = (
    round_questions.join(rounds, rounds.c.id == round_questions.c.round_id)
    .join(question_versions, question_versions.c.id == round_questions.c.version_id)
    .join(questions, questions.c.id == question_versions.c.question_id)
)
_ROUND = (
    rounds.c.id,
    rounds.c.day,
    plans.c.id.label("plan_id"),
    plans.c.name.label("plan"),
    rounds.c.settled_at.is_not(None).label("is_settled"),
)
_COUNTED = ("due", "began", "finished", "answered", "right_count", "points", "offered")


def _attendance(row: Any, due: int = 0, began: int = 0) -> Attendance:
    return Attendance(row.id, row.name, row.department, row.is_active, due, began)


def _sums(window: Window) -> Select[Any]:
    bounds = () if window.among is None else (round_totals.c.department_id.in_(window.among),)
    return (
        select(*_ROUND, round_totals.c.department_id, *(round_totals.c[name] for name in _COUNTED))
        .select_from(
            rounds.join(plans, plans.c.id == rounds.c.plan_id).join(
                round_totals, round_totals.c.round_id == rounds.c.id
            )
        )
        .where(*of_window(window), *bounds)
    )


def _bare(window: Window) -> Select[Any]:
    joined = rounds.join(plans, plans.c.id == rounds.c.plan_id)
    return select(*_ROUND).select_from(joined).where(*of_window(window))


def _sum(row: Any, department_id: int, counts: Counts) -> RoundSum:
    return RoundSum(
        RoundId(row.id),
        row.day,
        PlanId(row.plan_id),
        row.plan,
        bool(row.is_settled),
        DepartmentId(department_id),
        counts,
    )


def _answered(period: str) -> tuple[ColumnElement[bool], ...]:
    return person_totals.c.period == period, person_totals.c.answered > 0
