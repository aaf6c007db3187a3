"""题库 and the questions in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Join, func, insert, or_, select, update

from questions.formats.xuefa_json import question_from_json, question_to_json
from questions.models import Bank, DocumentId, DocumentInfo, Question
from questions.selection import Candidate
from storage.repositories.upsert import insert_for
from storage.states import BankId, PlanId, QuestionStatus
from storage.tables import (
    banks,
    documents,
    plan_banks,
    question_versions,
    questions,
    round_questions,
    rounds,
)


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank and how many published questions it holds."""

    id: BankId
    name: str
    published: int


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a bank's questions did."""

    added: int
    changed: int
    unchanged: int


class Banks:
    """Statements about banks, documents and questions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_all(self) -> list[BankRow]:
        """All banks in the order they were added."""
        published = func.count(questions.c.id).filter(
            questions.c.status == QuestionStatus.PUBLISHED
        )
        rows = self._connection.execute(
            select(banks.c.id, banks.c.name, published.label("published"))
            .select_from(banks.outerjoin(questions, questions.c.bank_id == banks.c.id))
            .group_by(banks.c.id, banks.c.name)
            .order_by(banks.c.id)
        )
        return [BankRow(**row._mapping) for row in rows]

    def find_by_name(self, name: str) -> BankId | None:
        """The bank of this name."""
        found = self._connection.execute(
            select(banks.c.id).where(banks.c.name == name)
        ).scalar_one_or_none()
        return BankId(found) if found is not None else None

    def add(self, name: str, now: datetime) -> BankId:
        """The bank of this name, made where it is new."""
        found = self.find_by_name(name)
        if found is not None:
            return found
        statement = insert(banks).values(name=name, created_at=now).returning(banks.c.id)
        return BankId(self._connection.execute(statement).scalar_one())

    def put_questions(
        self, bank_id: BankId, bank: Bank, status: QuestionStatus, now: datetime
    ) -> Added:
        """Add what is new, give changed questions a new version, leave equal ones alone."""
        for document in bank.documents:
            self._put_document(document)
        added = changed = unchanged = 0
        for question in bank.questions:
            known = self._connection.execute(
                select(questions.c.id, questions.c.version).where(
                    questions.c.bank_id == bank_id, questions.c.uid == question.id
                )
            ).one_or_none()
            if known is None:
                self._add_question(bank_id, question, status, now)
                added += 1
            elif self._payload_of(known.id, known.version) == _payload(question):
                unchanged += 1
            else:
                self._add_version(known.id, known.version + 1, question, now)
                changed += 1
        return Added(added, changed, unchanged)

    def _put_document(self, document: DocumentInfo) -> None:
        values = {
            "title": document.title,
            "issuer": document.issuer,
            "year": document.year,
            "sha256": document.sha256,
            "chars": document.chars,
        }
        self._connection.execute(
            insert_for(self._connection, documents)
            .values(id=document.id, **values)
            .on_conflict_do_update(index_elements=[documents.c.id], set_=values)
        )

    def _payload_of(self, question_id: int, number: int) -> object:
        return self._connection.execute(
            select(question_versions.c.payload).where(
                question_versions.c.question_id == question_id,
                question_versions.c.number == number,
            )
        ).scalar_one()

    def _add_question(
        self, bank_id: BankId, question: Question, status: QuestionStatus, now: datetime
    ) -> None:
        statement = insert(questions).values(
            bank_id=bank_id, uid=question.id, status=status, version=0, **_force(question)
        )
        question_id = self._connection.execute(statement.returning(questions.c.id)).scalar_one()
        self._add_version(question_id, 1, question, now)

    def _add_version(
        self, question_id: int, number: int, question: Question, now: datetime
    ) -> None:
        self._connection.execute(
            insert(question_versions).values(
                question_id=question_id,
                number=number,
                kind=question.kind,
                payload=_payload(question),
                document_id=question.citation.document,
                created_at=now,
            )
        )
        self._connection.execute(
            update(questions)
            .where(questions.c.id == question_id)
            .values(version=number, **_force(question))
        )

    def read_bank(self, bank_id: BankId) -> Bank:
        """A bank's published questions, with their documents, in the contract's order."""
        rows = self._connection.execute(
            select(question_versions.c.payload)
            .select_from(_current_versions())
            .where(questions.c.bank_id == bank_id, questions.c.status == QuestionStatus.PUBLISHED)
            .order_by(questions.c.id)
        ).scalars()
        found = tuple(question_from_json(payload) for payload in rows)
        ids = list(dict.fromkeys(question.citation.document for question in found))
        return Bank(self._documents(ids), found)

    def _documents(self, ids: Sequence[DocumentId]) -> tuple[DocumentInfo, ...]:
        rows = self._connection.execute(select(documents).where(documents.c.id.in_(ids)))
        by_id = {row.id: DocumentInfo(**row._mapping) for row in rows}
        return tuple(by_id[key] for key in ids)

    def list_versions(self, version_ids: Sequence[int]) -> dict[int, Question]:
        """Questions as they stood in these versions."""
        rows = self._connection.execute(
            select(question_versions.c.id, question_versions.c.payload).where(
                question_versions.c.id.in_(version_ids)
            )
        )
        return {row.id: question_from_json(row.payload) for row in rows}

    def list_candidates(self, plan_id: PlanId, day: date, limit: int) -> list[Candidate]:
        """Published questions of a plan's banks in force on `day`, least recently asked first.

        "Asked" follows a question through its versions, within this plan; what another round
        of the day asks is left out. Among equals the day decides, so that a limit cuts no
        question off for ever.
        """
        asked = (
            select(
                question_versions.c.question_id,
                func.max(rounds.c.day).label("last_asked_on"),
            )
            .select_from(_ASKED)
            .where(rounds.c.plan_id == plan_id)
            .group_by(question_versions.c.question_id)
            .subquery()
        )
        elsewhere = (
            select(question_versions.c.question_id).select_from(_ASKED).where(rounds.c.day == day)
        )
        turn = (questions.c.id * 7919 + day.toordinal() * 104729) % 10007
        rows = self._connection.execute(
            select(question_versions.c.id, question_versions.c.payload, asked.c.last_asked_on)
            .select_from(
                _current_versions()
                .join(plan_banks, plan_banks.c.bank_id == questions.c.bank_id)
                .outerjoin(asked, asked.c.question_id == questions.c.id)
            )
            .where(*_may_ask(plan_id, day), questions.c.id.not_in(elsewhere))
            .order_by(asked.c.last_asked_on.asc().nulls_first(), turn, questions.c.id)
            .limit(limit)
        )
        return [
            Candidate(row.id, question_from_json(row.payload), row.last_asked_on) for row in rows
        ]

    def count_candidates(self, plan_id: PlanId, day: date) -> int:
        """How many questions the plan could ask on `day`."""
        return self._connection.execute(
            select(func.count())
            .select_from(questions.join(plan_banks, plan_banks.c.bank_id == questions.c.bank_id))
            .where(*_may_ask(plan_id, day))
        ).scalar_one()


_ASKED = round_questions.join(rounds, rounds.c.id == round_questions.c.round_id).join(
    question_versions, question_versions.c.id == round_questions.c.version_id
)


def _may_ask(plan_id: PlanId, day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        plan_banks.c.plan_id == plan_id,
        questions.c.status == QuestionStatus.PUBLISHED,
        or_(questions.c.in_force_from.is_(None), questions.c.in_force_from <= day),
        or_(questions.c.in_force_to.is_(None), questions.c.in_force_to >= day),
    )


def _current_versions() -> Join:
    return questions.join(
        question_versions,
        (question_versions.c.question_id == questions.c.id)
        & (question_versions.c.number == questions.c.version),
    )


def _payload(question: Question) -> dict[str, object]:
    """The stored form; through JSON, so that it compares equal with what comes back."""
    payload: dict[str, object] = json.loads(json.dumps(question_to_json(question)))
    return payload


def _force(question: Question) -> dict[str, date | None]:
    basis = question.basis
    return {
        "in_force_from": basis.in_force_from if basis else None,
        "in_force_to": basis.in_force_to if basis else None,
    }
