"""Writing 题: bringing, editing and removing; every edit is one more version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from questions.codec import question_to_json
from questions.models import Bank, Question, QuestionId
from storage.repositories.documents import Documents
from storage.repositories.questions import CURRENT, fold
from storage.states import BankId, PersonId, QuestionRowId, QuestionStatus
from storage.tables import (
    import_questions,
    objections,
    question_tags,
    question_versions,
    questions,
    round_questions,
)


@dataclass(frozen=True, slots=True)
class Put:
    """What bringing questions did to each: new ones, changed ones with what they were."""

    added: tuple[QuestionRowId, ...] = ()
    changed: tuple[tuple[QuestionRowId, int, QuestionStatus], ...] = ()
    unchanged: int = 0


class Editions:
    """Statements that write questions and their versions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self,
        bank_id: BankId,
        bank: Bank,
        status: QuestionStatus,
        now: datetime,
        *,
        author_id: PersonId | None = None,
        findings: Mapping[QuestionId, Sequence[str]] | None = None,
    ) -> Put:
        """Add what is new, give changed questions a new version, leave equal ones alone.

        New and changed questions get `status`: what differs from the version that was approved
        is not asked under its approval.
        """
        for document in bank.documents:
            Documents(self._connection).put(document)
        known = self._known(bank_id, [question.id for question in bank.questions])
        found = findings or {}
        fresh: list[Question] = []
        changed: list[tuple[QuestionRowId, int, QuestionStatus]] = []
        unchanged = 0
        for question in bank.questions:
            before = known.get(question.id)
            if before is None:
                fresh.append(question)
            elif before.payload == _payload(question):
                unchanged += 1
            else:
                codes = found.get(question.id, ())
                self._write(before.id, question, now, author_id, codes, status=status)
                changed.append((before.id, before.version, QuestionStatus(before.status)))
        added = self._add(bank_id, fresh, status, now, author_id, found)
        return Put(tuple(added), tuple(changed), unchanged)

    def _known(self, bank_id: BankId, uids: Sequence[str]) -> dict[str, Row[*tuple[Any, ...]]]:
        wanted = set(uids)
        rows = self._connection.execute(
            select(
                questions.c.id,
                questions.c.uid,
                questions.c.version,
                questions.c.status,
                question_versions.c.payload,
            )
            .join_from(questions, question_versions, CURRENT)
            .where(questions.c.bank_id == bank_id)
        )
        return {row.uid: row for row in rows if row.uid in wanted}

    def _add(
        self,
        bank_id: BankId,
        fresh: Sequence[Question],
        status: QuestionStatus,
        now: datetime,
        author_id: PersonId | None,
        findings: Mapping[QuestionId, Sequence[str]],
    ) -> list[QuestionRowId]:
        if not fresh:
            return []
        rows = [
            {
                "bank_id": bank_id,
                "uid": question.id,
                "status": status,
                "version": 1,
                **_laid_out(question, findings.get(question.id, ())),
            }
            for question in fresh
        ]
        ids = self._connection.execute(
            insert(questions).returning(questions.c.id, sort_by_parameter_order=True), rows
        ).scalars()
        added = [QuestionRowId(row_id) for row_id in ids]
        pairs = list(zip(added, fresh, strict=True))
        self._connection.execute(
            insert(question_versions),
            [_version(row_id, 1, question, now, author_id) for row_id, question in pairs],
        )
        tags = [_tag(row_id, tag) for row_id, question in pairs for tag in _tags(question)]
        if tags:
            self._connection.execute(insert(question_tags), tags)
        return added

    def edit(
        self,
        question_id: int,
        version: int,
        question: Question,
        now: datetime,
        *,
        author_id: PersonId | None,
        findings: Sequence[str],
        status: QuestionStatus,
    ) -> bool:
        """Write the next version, if `version` is still the current one."""
        held = self._connection.execute(
            update(questions)
            .where(questions.c.id == question_id, questions.c.version == version)
            .values(alert=None, alert_detail=None)
            .returning(questions.c.id)
        )
        if held.first() is None:
            return False
        row_id = QuestionRowId(question_id)
        self._write(row_id, question, now, author_id, findings, status=status)
        return True

    def _write(
        self,
        row_id: QuestionRowId,
        question: Question,
        now: datetime,
        author_id: PersonId | None,
        findings: Sequence[str],
        *,
        status: QuestionStatus,
    ) -> None:
        """One more version, which becomes the current one."""
        last = self._connection.execute(
            select(func.max(question_versions.c.number)).where(
                question_versions.c.question_id == row_id
            )
        ).scalar_one()
        self._connection.execute(
            insert(question_versions), _version(row_id, last + 1, question, now, author_id)
        )
        self._connection.execute(
            update(questions)
            .where(questions.c.id == row_id)
            .values(version=last + 1, status=status, **_laid_out(question, findings))
        )
        self._connection.execute(
            delete(question_tags).where(question_tags.c.question_id == row_id)
        )
        if tags := [_tag(row_id, tag) for tag in _tags(question)]:
            self._connection.execute(insert(question_tags), tags)

    def set_force(self, question_id: int, question: Question) -> None:
        """Correct the in-force days of the current version; what was asked stays as it was."""
        self._connection.execute(
            update(question_versions)
            .where(
                question_versions.c.question_id == question_id,
                question_versions.c.number
                == select(questions.c.version)
                .where(questions.c.id == question_id)
                .scalar_subquery(),
            )
            .values(payload=_payload(question))
        )
        self._connection.execute(
            update(questions).where(questions.c.id == question_id).values(**_force(question))
        )

    def remove(self, question_id: int) -> bool:
        """Delete a question that was never laid out in a round; False where it was."""
        versions = select(question_versions.c.id).where(
            question_versions.c.question_id == question_id
        )
        used = select(exists().where(round_questions.c.version_id.in_(versions)))
        if self._connection.execute(used).scalar_one():
            return False
        for table, column, among in (
            (objections, objections.c.version_id, versions),
            (import_questions, import_questions.c.question_id, None),
            (question_tags, question_tags.c.question_id, None),
            (question_versions, question_versions.c.question_id, None),
            (questions, questions.c.id, None),
        ):
            held = column.in_(among) if among is not None else column == question_id
            self._connection.execute(delete(table).where(held))
        return True


def _version(
    row_id: int, number: int, question: Question, now: datetime, author_id: PersonId | None
) -> dict[str, object]:
    return {
        "question_id": row_id,
        "number": number,
        "kind": question.kind,
        "payload": _payload(question),
        "document_id": question.citation.document,
        "author_id": author_id,
        "created_at": now,
    }


def _laid_out(question: Question, findings: Sequence[str]) -> dict[str, object]:
    """What lists and searches look at."""
    said = "\n".join((question.stem, *question.options, *question.answers))
    return {
        "kind": question.kind,
        "law": question.basis.law if question.basis else None,
        "words": fold(said),
        "findings": list(findings),
        **_force(question),
    }


def _force(question: Question) -> dict[str, date | None]:
    basis = question.basis
    return {
        "in_force_from": basis.in_force_from if basis else None,
        "in_force_to": basis.in_force_to if basis else None,
    }


def _tags(question: Question) -> list[str]:
    return list(dict.fromkeys(question.tags))


def _tag(row_id: int, tag: str) -> dict[str, object]:
    return {"question_id": row_id, "tag": tag}


def _payload(question: Question) -> dict[str, object]:
    """The stored form; through JSON, so that it compares equal with what comes back."""
    payload: dict[str, object] = json.loads(json.dumps(question_to_json(question)))
    return payload
