"""Questions of a bank as an import compares with them: as they stand, as they were brought."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, func, select

from questions.codec import question_from_json
from questions.models import Question
from storage.repositories.questions import CURRENT
from storage.states import BankId, QuestionRowId, QuestionStatus
from storage.tables import (
    import_questions,
    imports,
    objections,
    question_tags,
    question_versions,
    questions,
    round_questions,
)

CHUNK = 500


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A question with its text as it stands and as a file last brought it."""

    id: QuestionRowId
    uid: str
    status: QuestionStatus
    version: int
    question: Question
    brought: Question

    @property
    def is_edited(self) -> bool:
        """Whether somebody changed it after it was brought."""
        return self.question != self.brought


class Known:
    """Statements for comparing what is brought with what is there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_all(
        self, bank_id: BankId, document_ids: Collection[str] | None = None
    ) -> list[KnownRow]:
        """The bank's questions of every status, or those that cite one of these documents."""
        conditions: list[ColumnElement[bool]] = [questions.c.bank_id == bank_id]
        if document_ids is not None:
            conditions.append(question_versions.c.document_id.in_(document_ids))
        brought, first = _brought().subquery(), question_versions.alias()
        number = func.coalesce(brought.c.number, 1)
        rows = self._connection.execute(
            select(
                questions.c.id,
                questions.c.uid,
                questions.c.status,
                questions.c.version,
                question_versions.c.payload,
                first.c.payload.label("earlier"),
            )
            .select_from(
                questions.join(question_versions, CURRENT)
                .outerjoin(brought, brought.c.question_id == questions.c.id)
                .outerjoin(
                    first,
                    (first.c.question_id == questions.c.id)
                    & (first.c.number == number)
                    & (first.c.number != questions.c.version),
                )
            )
            .where(*conditions)
            .order_by(questions.c.id)
        )
        found = []
        for row in rows:
            now = question_from_json(row.payload)
            was = question_from_json(row.earlier) if row.earlier is not None else now
            found.append(
                KnownRow(row.id, row.uid, QuestionStatus(row.status), row.version, now, was)
            )
        return found

    def count_by_bank(self, document_ids: Collection[str]) -> dict[BankId, int]:
        """How many questions that cite these documents each bank holds, the most first."""
        rows = self._connection.execute(
            select(questions.c.bank_id, func.count())
            .join_from(questions, question_versions, CURRENT)
            .where(question_versions.c.document_id.in_(document_ids))
            .group_by(questions.c.bank_id)
            .order_by(func.count().desc(), questions.c.bank_id)
        )
        return {BankId(row[0]): int(row[1]) for row in rows}

    def remove_unasked(self, question_ids: Collection[int]) -> set[int]:
        """Delete those that were never laid out in a round; which ones that were."""
        gone: set[int] = set()
        wanted = sorted(question_ids)
        for start in range(0, len(wanted), CHUNK):
            gone |= self._remove(wanted[start : start + CHUNK])
        return gone

    def _remove(self, ids: list[int]) -> set[int]:
        asked = exists().where(
            question_versions.c.question_id == questions.c.id,
            round_questions.c.version_id == question_versions.c.id,
        )
        free = [
            int(row.id)
            for row in self._connection.execute(
                select(questions.c.id).where(questions.c.id.in_(ids), ~asked)
            )
        ]
        versions = select(question_versions.c.id).where(question_versions.c.question_id.in_(free))
        self._connection.execute(delete(objections).where(objections.c.version_id.in_(versions)))
        for table in (import_questions, question_tags, question_versions):
            self._connection.execute(delete(table).where(table.c.question_id.in_(free)))
        self._connection.execute(delete(questions).where(questions.c.id.in_(free)))
        return set(free)


def _brought() -> Select[tuple[int, int]]:
    """The newest version of each question that a standing import brought."""
    statement: Select[tuple[int, int]] = (
        select(
            import_questions.c.question_id,
            func.max(import_questions.c.version).label("number"),
        )
        .join_from(import_questions, imports)
        .where(imports.c.undone_at.is_(None))
        .group_by(import_questions.c.question_id)
    )
    return statement
