"""题目有误: what staff say against a question, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, select, update

from storage.repositories.upsert import insert_for
from storage.states import BankId, ObjectionId, PersonId, QuestionRowId, VersionId
from storage.tables import objections, question_versions, questions


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """One objection and the question it is against."""

    id: ObjectionId
    version_id: VersionId
    question_id: QuestionRowId
    bank_id: BankId
    person_id: PersonId
    note: str
    created_at: datetime
    settled_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A question that was objected to: how many objections it has, and how many wait."""

    question_id: QuestionRowId
    waiting: int
    total: int


class Objections:
    """Statements about objections."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, version_id: VersionId, person_id: PersonId, note: str, now: datetime
    ) -> ObjectionId | None:
        """Note an objection; None where this person has raised one against this version."""
        found = self._connection.execute(
            insert_for(self._connection, objections)
            .values(version_id=version_id, person_id=person_id, note=note, created_at=now)
            .on_conflict_do_nothing()
            .returning(objections.c.id)
        ).scalar_one_or_none()
        return ObjectionId(found) if found is not None else None

    def find_by_person(self, version_id: int, person_id: PersonId) -> ObjectionRow | None:
        """What this person said against this version."""
        row = self._connection.execute(
            _ROWS.where(objections.c.version_id == version_id, objections.c.person_id == person_id)
        ).one_or_none()
        return _row(row) if row is not None else None

    def set_note(self, objection_id: int, person_id: PersonId, note: str) -> None:
        """Say what is wrong, after the button was pressed."""
        self._connection.execute(
            update(objections)
            .where(objections.c.id == objection_id, objections.c.person_id == person_id)
            .values(note=note)
        )

    def list_open(self, *, limit: int, offset: int = 0) -> list[ObjectionRow]:
        """Objections nobody has settled, the oldest first."""
        return self._list(
            _ROWS.where(objections.c.settled_at.is_(None))
            .order_by(objections.c.id)
            .limit(limit)
            .offset(offset)
        )

    def list_of(self, question_id: int) -> list[ObjectionRow]:
        """Everything said against any version of a question."""
        return self._list(_ROWS.where(questions.c.id == question_id).order_by(objections.c.id))

    def find(self, objection_id: int) -> ObjectionRow | None:
        """One objection."""
        row = self._connection.execute(_ROWS.where(objections.c.id == objection_id)).one_or_none()
        return _row(row) if row is not None else None

    def list_cases(self, *, limit: int, offset: int = 0) -> list[CaseRow]:
        """Questions objected to: those that wait the longest first, then the newest settled."""
        waits = objections.c.settled_at.is_(None)
        waiting = func.count().filter(waits)
        first = func.min(case((waits, objections.c.id)))
        rows = self._connection.execute(
            select(
                question_versions.c.question_id,
                waiting.label("waiting"),
                func.count().label("total"),
            )
            .join_from(objections, question_versions)
            .group_by(question_versions.c.question_id)
            .order_by(first.asc().nulls_last(), func.max(objections.c.id).desc())
            .limit(limit)
            .offset(offset)
        )
        return [CaseRow(**row._mapping) for row in rows]

    def count_cases(self, *, is_open: bool = False) -> int:
        """How many questions were objected to, or wait."""
        statement = select(func.count(question_versions.c.question_id.distinct())).join_from(
            objections, question_versions
        )
        if is_open:
            statement = statement.where(objections.c.settled_at.is_(None))
        return self._connection.execute(statement).scalar_one()

    def count_open(self) -> int:
        """How many wait."""
        return self._connection.execute(
            select(func.count()).where(objections.c.settled_at.is_(None))
        ).scalar_one()

    def settle(
        self, question_id: int, person_id: PersonId, outcome: str, now: datetime
    ) -> list[PersonId]:
        """Close all open objections against a question; who raised them."""
        versions = select(question_versions.c.id).where(
            question_versions.c.question_id == question_id
        )
        rows = self._connection.execute(
            update(objections)
            .where(objections.c.version_id.in_(versions), objections.c.settled_at.is_(None))
            .values(settled_at=now, settled_by=person_id, outcome=outcome)
            .returning(objections.c.person_id)
        )
        return [PersonId(row.person_id) for row in rows]

    def _list(self, statement: Select[Any]) -> list[ObjectionRow]:
        return [_row(row) for row in self._connection.execute(statement)]


_ROWS = (
    select(
        objections.c.id,
        objections.c.version_id,
        questions.c.id.label("question_id"),
        questions.c.bank_id,
        objections.c.person_id,
        objections.c.note,
        objections.c.created_at,
        objections.c.settled_at,
        objections.c.outcome,
    )
    .join_from(objections, question_versions)
    .join(questions, questions.c.id == question_versions.c.question_id)
)


def _row(row: Row[*tuple[Any, ...]]) -> ObjectionRow:
    return ObjectionRow(**row._mapping)
