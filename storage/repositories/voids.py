"""作废: a version found faulty gives full credit to everybody who was asked it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, union, update

from questions.models import Outcome
from questions.periods import periods_of
from storage.repositories.totals_moves import Correction, Moves
from storage.repositories.totals_rounds import answered, missed_version, on_roll
from storage.states import PersonId, RoundId, VersionId
from storage.tables import (
    answers,
    deliveries,
    objections,
    people,
    question_versions,
    round_questions,
    rounds,
    sittings,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many answers a version has, how many were counted as missed, and open rounds."""

    answered: int = 0
    missed: int = 0
    open_rounds: int = 0


@dataclass(frozen=True, slots=True)
class Concerned:
    """A person whose score a voiding has changed, or who missed the question."""

    person_id: PersonId
    chat_id: int
    has_objected: bool


class Voids:
    """Statements about voided versions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, version_ids: Collection[int]) -> Asked:
        """What voiding these versions would concern."""
        total = Asked()
        for version_id in version_ids:
            for round_id, _, settled_at in self._rounds(version_id):
                given = answered(round_id, version_id).subquery()
                given_count = self._count(given)
                missed = missed_version(round_id, version_id).subquery()
                missed_count = self._count(missed) if settled_at else 0
                total = Asked(
                    total.answered + given_count,
                    total.missed + missed_count,
                    total.open_rounds + (settled_at is None),
                )
        return total

    def _count(self, found: Any) -> int:
        return int(self._connection.execute(select(func.count()).select_from(found)).scalar_one())

    def void(self, version_id: VersionId, now: datetime) -> bool:
        """Void a version: its answers and totals of every period move to full credit.

        False where it is voided already. Who has not come to it yet gets the credit then, or
        when the round is settled. What changes in closed seasons is logged.
        """
        held = self._connection.execute(
            update(question_versions)
            .where(question_versions.c.id == version_id, question_versions.c.voided_at.is_(None))
            .values(voided_at=now)
            .returning(question_versions.c.id)
        )
        if held.first() is None:
            return False
        asked = self._rounds(version_id, is_held=True)
        with Moves(self._connection, Correction(f"version:{version_id}", now)) as moves:
            moves.hold(on_roll([round_id for round_id, _, _ in asked]))
            for round_id, periods, settled_at in asked:
                short = answered(round_id, version_id).subquery()
                is_short = or_(short.c.points > 0, short.c.right_count > 0)
                credit: Any = select(short).where(is_short)
                if settled_at is not None:
                    credit = credit.union_all(missed_version(round_id, version_id))
                moves.many(credit, periods, round_id)
        self._credit(version_id)
        return True

    def _rounds(self, version_id: int, *, is_held: bool = False) -> list[tuple[RoundId, Any, Any]]:
        """Rounds that ask it: id, periods, settled_at; held, none is settled meanwhile."""
        statement = (
            select(rounds.c.id, rounds.c.day, rounds.c.plan_id, rounds.c.settled_at)
            .join_from(rounds, round_questions)
            .where(round_questions.c.version_id == version_id)
            .order_by(rounds.c.id)
        )
        if is_held:
            statement = statement.with_for_update(read=True, of=rounds)
        rows = self._connection.execute(statement)
        return [
            (RoundId(row.id), periods_of(row.day, row.plan_id), row.settled_at) for row in rows
        ]

    def _credit(self, version_id: int) -> None:
        self._connection.execute(
            update(answers)
            .where(
                answers.c.version_id == version_id,
                answers.c.answered_at.is_not(None),
                answers.c.sitting_id.in_(_sittings(version_id)),
            )
            .values(points=answers.c.offered, outcome=Outcome.RIGHT.value)
        )

    def list_concerned(self, version_id: int, after: int, limit: int) -> list[Concerned]:
        """Reachable people behind `after` who had answered or missed it when it was voided."""
        voided_at = (
            select(question_versions.c.voided_at)
            .where(question_versions.c.id == version_id)
            .scalar_subquery()
        )
        found: list[Select[Any]] = []
        for round_id, _, settled_at in self._rounds(version_id):
            given = answered(round_id, version_id).where(answers.c.answered_at <= voided_at)
            found.append(select(given.where(sittings.c.person_id > after).subquery().c.id))
            if settled_at is not None:
                missed = missed_version(round_id, version_id).where(
                    rounds.c.settled_at <= voided_at
                )
                found.append(select(missed.where(deliveries.c.person_id > after).subquery().c.id))
        if not found:
            return []
        ids = union(*found).subquery()
        rows = self._connection.execute(
            select(people.c.id, people.c.chat_id, objections.c.id.label("objection"))
            .select_from(
                people.join(ids, ids.c.id == people.c.id).outerjoin(
                    objections,
                    (objections.c.person_id == people.c.id)
                    & (objections.c.version_id == version_id),
                )
            )
            .where(people.c.is_active.is_(True), people.c.unreachable_at.is_(None))
            .order_by(people.c.id)
            .limit(limit)
        )
        return [Concerned(row.id, row.chat_id, row.objection is not None) for row in rows]


def _sittings(version_id: int) -> Select[tuple[int]]:
    """Sittings of the rounds that ask a version: answers have no index of their own on it."""
    return (
        select(sittings.c.id)
        .join_from(sittings, round_questions, round_questions.c.round_id == sittings.c.round_id)
        .where(round_questions.c.version_id == version_id)
    )
