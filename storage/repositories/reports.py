"""What reports are made of: read in slices, each short enough to hold nobody up.

A slice begins after the last key of the one before, so a report of a million answers needs the
memory of a few thousand, and no transaction outlives a slice. `departments` bounds what may be
seen; None: everything, people without a department included.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    select,
)

from questions.models import Kind, Outcome
from storage.repositories.reports_people import PersonLine, list_people
from storage.repositories.windows import Days, Departments, department_of, within
from storage.states import (
    DepartmentId,
    PersonId,
    PlanId,
    QuestionStatus,
    RoundId,
    VersionId,
)
from storage.tables import (
    answers,
    departments,
    people,
    plans,
    question_versions,
    questions,
    round_questions,
    round_totals,
    rounds,
    sittings,
    version_statistics,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums over rounds: people due, who began and finished; answers, right ones and points."""

    due: int = 0
    began: int = 0
    finished: int = 0
    answered: int = 0
    right: int = 0
    points: int = 0
    offered: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.due + other.due,
            self.began + other.began,
            self.finished + other.finished,
            self.answered + other.answered,
            self.right + other.right,
            self.points + other.points,
            self.offered + other.offered,
        )


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round as the departments in sight took part in it."""

    id: RoundId
    day: date
    plan_id: PlanId
    plan: str
    size: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer of a round; of its moment nothing is told."""

    person_id: PersonId
    version_id: VersionId
    outcome: Outcome
    points: int


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One asked version, with what its answers of all time say; `discrimination` in percent."""

    version_id: VersionId
    uid: str
    kind: Kind
    stem: str
    tags: tuple[str, ...]
    law: str
    article: str
    status: QuestionStatus
    is_current: bool
    is_voided: bool
    discrimination: float | None


class Reports:
    """Statements of reports; they read and never write."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_departments(self, among: Departments) -> list[tuple[DepartmentId, str, int]]:
        """Id, name and active people of each department, in the order they were made."""
        statement = (
            select(departments.c.id, departments.c.name, func.count(people.c.id))
            .select_from(
                departments.outerjoin(
                    people,
                    and_(people.c.department_id == departments.c.id, people.c.is_active.is_(True)),
                )
            )
            .group_by(departments.c.id, departments.c.name)
            .order_by(departments.c.id)
        )
        if among is not None:
            statement = statement.where(departments.c.id.in_(among))
        return [(DepartmentId(i), name, n) for i, name, n in self._connection.execute(statement)]

    def count_by_day(
        self, days: Days, among: Departments
    ) -> list[tuple[date, DepartmentId, Counts]]:
        """What each department did in the rounds of each day."""
        statement = _counted(days, among, rounds.c.day, round_totals.c.department_id)
        rows = self._connection.execute(statement.order_by(rounds.c.day))
        return [(day, DepartmentId(department), Counts(*sums)) for day, department, *sums in rows]

    def count_by_department(self, days: Days, among: Departments) -> dict[DepartmentId, Counts]:
        """What each department did."""
        rows = self._connection.execute(_counted(days, among, round_totals.c.department_id))
        return {DepartmentId(department): Counts(*sums) for department, *sums in rows}

    def list_rounds(self, days: Days, among: Departments) -> list[RoundLine]:
        """The rounds of some days, the earliest first."""
        joined = and_(round_totals.c.round_id == rounds.c.id, *_of(among))
        statement = (
            select(rounds.c.id, rounds.c.day, plans.c.id, plans.c.name, _SIZE, *_SUMS)
            .select_from(
                rounds.join(plans, plans.c.id == rounds.c.plan_id).outerjoin(round_totals, joined)
            )
            .where(*within(days))
            .group_by(rounds.c.id, rounds.c.day, plans.c.id, plans.c.name)
            .order_by(rounds.c.day, rounds.c.id)
        )
        return [
            RoundLine(RoundId(i), day, PlanId(plan), name, size, Counts(*sums))
            for i, day, plan, name, size, *sums in self._connection.execute(statement)
        ]

    def list_people(
        self, days: Days, among: Departments, *, after: int, limit: int
    ) -> list[PersonLine]:
        """People by id after `after`: active ones, and those who were due in these days."""
        return list_people(self._connection, days, among, after=after, limit=limit)

    def list_answers(
        self, round_id: RoundId, among: Departments, *, after: int, limit: int
    ) -> tuple[list[AnswerLine], int | None]:
        """What up to `limit` people with ids after `after` answered in a round, and the last of
        these people; None where there are no more.
        """
        sat = select(sittings.c.id, sittings.c.person_id).where(
            sittings.c.round_id == round_id, sittings.c.person_id > after
        )
        if among is not None:
            sat = sat.join(people, people.c.id == sittings.c.person_id).where(
                people.c.department_id.in_(among)
            )
        found = self._connection.execute(sat.order_by(sittings.c.person_id).limit(limit)).all()
        if not found:
            return [], None
        who = {row.id: row.person_id for row in found}
        rows = self._connection.execute(_ANSWERS, {"sitting_ids": list(who)})
        lines = [AnswerLine(who[sat], v, Outcome(o), points) for sat, v, o, points in rows]
        return lines, found[-1].person_id

    def list_names(self, person_ids: Collection[int]) -> dict[PersonId, tuple[str, DepartmentId]]:
        """Name and department of each."""
        statement = select(people.c.id, people.c.name, department_of(people.c.department_id))
        rows = self._connection.execute(statement.where(people.c.id.in_(person_ids)))
        return {PersonId(i): (name, DepartmentId(department)) for i, name, department in rows}

    def list_questions(self, days: Days, *, after: int, limit: int) -> list[QuestionLine]:
        """Versions that rounds of these days asked, by id after `after`."""
        asked = (
            select(round_questions.c.version_id)
            .join(rounds, rounds.c.id == round_questions.c.round_id)
            .where(*within(days), round_questions.c.version_id > after)
            .distinct()
        )
        statement = _QUESTION.where(question_versions.c.id.in_(asked))
        rows = self._connection.execute(statement.order_by(question_versions.c.id).limit(limit))
        return [_question(row) for row in rows]


def _of(among: Departments) -> tuple[ColumnElement[bool], ...]:
    return () if among is None else (round_totals.c.department_id.in_(among),)


_SUMS = tuple(
    func.coalesce(func.sum(round_totals.c[name]), 0).label(name)
    for name in ("due", "began", "finished", "answered", "right_count", "points", "offered")
)
_SIZE = (
    select(func.count())
    .select_from(round_questions)
    .where(round_questions.c.round_id == rounds.c.id)
    .correlate(rounds)
    .scalar_subquery()
)


def _counted(days: Days, among: Departments, *by: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*by, *_SUMS)
        .select_from(rounds.join(round_totals, round_totals.c.round_id == rounds.c.id))
        .where(*within(days), *_of(among))
        .group_by(*by)
    )


_ANSWERS = (
    select(answers.c.sitting_id, answers.c.version_id, answers.c.outcome, answers.c.points)
    .where(
        answers.c.sitting_id.in_(bindparam("sitting_ids", expanding=True)),
        answers.c.answered_at.is_not(None),
    )
    .order_by(answers.c.sitting_id, answers.c.position)
)
_QUESTION = select(
    question_versions.c.id,
    question_versions.c.number,
    question_versions.c.kind,
    question_versions.c.payload,
    question_versions.c.voided_at,
    questions.c.uid,
    questions.c.status,
    questions.c.version,
    version_statistics.c.discrimination,
).select_from(
    question_versions.join(questions, questions.c.id == question_versions.c.question_id).outerjoin(
        version_statistics, version_statistics.c.version_id == question_versions.c.id
    )
)


def _question(row: Row[*tuple[Any, ...]]) -> QuestionLine:
    said: dict[str, Any] = row.payload
    basis = said.get("basis") or {}
    return QuestionLine(
        version_id=VersionId(row.id),
        uid=row.uid,
        kind=Kind(row.kind),
        stem=said["stem"],
        tags=tuple(said.get("tags") or ()),
        law=basis.get("law") or "",
        article=basis.get("article") or "",
        status=QuestionStatus(row.status),
        is_current=row.number == row.version,
        is_voided=row.voided_at is not None,
        discrimination=row.discrimination,
    )
