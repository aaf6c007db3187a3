"""题库 and the questions in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Join, func, insert, or_, select, update

from questions.formats.xuefa_json import question_from_json
from questions.models import Bank, DocumentId, DocumentInfo, Question
from questions.selection import Candidate
from storage.states import BankId, PersonId, PlanId, QuestionStatus
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
    """A bank, how many published questions it holds and how many wait for approval."""

    id: BankId
    name: str
    owner_id: PersonId | None
    retired_at: datetime | None
    published: int
    drafts: int


class Banks:
    """Statements about banks, documents and questions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_all(self) -> list[BankRow]:
        """All banks in the order they were added."""
        rows = self._connection.execute(_BANKS.group_by(banks.c.id).order_by(banks.c.id))
        return [BankRow(**row._mapping) for row in rows]

    def find(self, bank_id: int) -> BankRow | None:
        """One bank."""
        row = self._connection.execute(
            _BANKS.where(banks.c.id == bank_id).group_by(banks.c.id)
        ).one_or_none()
        return BankRow(**row._mapping) if row is not None else None

    def find_by_name(self, name: str) -> BankId | None:
        """The bank of this name."""
        found = self._connection.execute(
            select(banks.c.id).where(banks.c.name == name)
        ).scalar_one_or_none()
        return BankId(found) if found is not None else None

    def retire(self, bank_id: BankId, now: datetime | None) -> None:
        """Take a bank out of use, or (None) bring it back; its questions keep their status."""
        self._connection.execute(update(banks).where(banks.c.id == bank_id).values(retired_at=now))

    def add(self, name: str, now: datetime, owner_id: PersonId | None = None) -> BankId:
        """The bank of this name, made where it is new."""
        found = self.find_by_name(name)
        if found is not None:
            return found
        statement = (
            insert(banks)
            .values(name=name, owner_id=owner_id, created_at=now)
            .returning(banks.c.id)
        )
        return BankId(self._connection.execute(statement).scalar_one())

    def read_bank(
        self,
        bank_id: BankId,
        statuses: Collection[QuestionStatus] = (QuestionStatus.PUBLISHED,),
    ) -> Bank:
        """A bank's questions of these statuses, with their documents, in the contract's order."""
        rows = self._connection.execute(
            select(question_versions.c.payload)
            .select_from(_current_versions())
            .where(questions.c.bank_id == bank_id, questions.c.status.in_(statuses))
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
                _current_banks()
                .join(
                    question_versions,
                    (question_versions.c.question_id == questions.c.id)
                    & (question_versions.c.number == questions.c.version),
                )
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
            select(func.count()).select_from(_current_banks()).where(*_may_ask(plan_id, day))
        ).scalar_one()


def _count(status: QuestionStatus) -> ColumnElement[int]:
    return func.count(questions.c.id).filter(questions.c.status == status)


_BANKS = select(
    banks.c.id,
    banks.c.name,
    banks.c.owner_id,
    banks.c.retired_at,
    _count(QuestionStatus.PUBLISHED).label("published"),
    _count(QuestionStatus.DRAFT).label("drafts"),
).select_from(banks.outerjoin(questions, questions.c.bank_id == banks.c.id))

_ASKED = round_questions.join(rounds, rounds.c.id == round_questions.c.round_id).join(
    question_versions, question_versions.c.id == round_questions.c.version_id
)


def _may_ask(plan_id: PlanId, day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        plan_banks.c.plan_id == plan_id,
        questions.c.status == QuestionStatus.PUBLISHED,
        banks.c.retired_at.is_(None),
        or_(questions.c.in_force_from.is_(None), questions.c.in_force_from <= day),
        or_(questions.c.in_force_to.is_(None), questions.c.in_force_to >= day),
    )


def _current_banks() -> Join:
    return questions.join(plan_banks, plan_banks.c.bank_id == questions.c.bank_id).join(
        banks, banks.c.id == questions.c.bank_id
    )


def _current_versions() -> Join:
    return questions.join(
        question_versions,
        (question_versions.c.question_id == questions.c.id)
        & (question_versions.c.number == questions.c.version),
    )
