"""题库 and the questions in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Join, func, insert, select, update

from questions.codec import question_from_json
from questions.models import Bank, DocumentId, DocumentInfo, Question
from questions.selection import Candidate, Quota
from storage.repositories import candidates
from storage.states import BankId, PersonId, PlanId, QuestionStatus
from storage.tables import (
    banks,
    documents,
    question_tags,
    question_versions,
    questions,
    round_questions,
)

# How many questions are looked at for a quota at first, and at once at the most.
FIRST_LOOK, LONGEST_LOOK = 500, 10_000


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

    def list_candidates(
        self,
        plan_id: PlanId,
        day: date,
        limit: int,
        quotas: Sequence[Quota] = (),
        for_each: int = 0,
    ) -> list[Candidate]:
        """Questions the plan may ask on `day`: the `limit` least recently asked, and `for_each`
        place of a quota as many that it covers.

        "Asked" follows a question through its versions, within this plan.
        """
        found = self._connection.execute(candidates.open_to(plan_id, day)).scalars().all()
        rows = self._connection.execute(candidates.last_asked(plan_id))
        asked = {row.question_id: row.last_asked_on for row in rows}
        turns = sorted(
            found, key=lambda one: (asked.get(one, date.min), candidates.turn(one, day), one)
        )
        chosen = set(turns[:limit])
        for quota in quotas:
            chosen.update(self._first_covered(turns, quota, for_each * quota.count))
        rows = self._connection.execute(candidates.details().where(questions.c.id.in_(chosen)))
        return [
            Candidate(
                row.version_id,
                question_from_json(row.payload),
                asked.get(row.id),
                row.bank_id,
                row.facility,
            )
            for row in rows
        ]

    def _first_covered(self, turns: Sequence[int], quota: Quota, count: int) -> list[int]:
        """The first questions in turn that a quota covers, looked for step by step."""
        found: list[int] = []
        start, step = 0, max(FIRST_LOOK, count)
        while start < len(turns) and len(found) < count:
            part = turns[start : start + step]
            covered = set(self._connection.execute(candidates.covered(part, quota)).scalars())
            found += [question for question in part if question in covered]
            start, step = start + step, min(step * 4, LONGEST_LOOK)
        return found[:count]

    def count_candidates(
        self,
        plan_id: PlanId,
        day: date,
        *,
        quota: Quota | None = None,
        rested_since: date | None = None,
    ) -> int:
        """How many questions the plan could ask on `day`: of a quota, or of those that it has
        not asked since a day.
        """
        statement = select(func.count()).where(*candidates.may_ask(plan_id, day, quota))
        statement = statement.select_from(candidates.available())
        if rested_since is not None:
            asked = candidates.last_asked(plan_id, rested_since).subquery()
            statement = statement.where(questions.c.id.not_in(select(asked.c.question_id)))
        return self._connection.execute(statement).scalar_one()

    def count_by_feature(self, plan_id: PlanId, day: date, feature: str) -> dict[str, int]:
        """How many questions the plan could ask on `day` for each value that quotas on a
        feature ("tag", "fact" or "bank") can have.
        """
        value, source = candidates.feature(feature)
        rows = self._connection.execute(
            select(value, func.count())
            .select_from(source)
            .where(*candidates.may_ask(plan_id, day), value.is_not(None))
            .group_by(value)
            .order_by(value)
        )
        return {str(found): count for found, count in rows}

    def list_recent(self, plan_id: PlanId, day: date, count: int) -> list[Question]:
        """What the plan's last `count` rounds before a day asked."""
        last = candidates.last_rounds(plan_id, day, count)
        rows = self._connection.execute(
            select(question_versions.c.payload)
            .select_from(
                last.join(round_questions, round_questions.c.round_id == last.c.id).join(
                    question_versions, question_versions.c.id == round_questions.c.version_id
                )
            )
            .order_by(last.c.day, round_questions.c.position)
        ).scalars()
        return [question_from_json(payload) for payload in rows]

    def list_topics(self, plan_id: PlanId, day: date, count: int) -> dict[str, date]:
        """When the plan's last `count` rounds last asked each tag; "" for none."""
        last = candidates.last_rounds(plan_id, day, count)
        rows = self._connection.execute(
            select(question_tags.c.tag, func.max(last.c.day).label("day"))
            .select_from(
                last.join(round_questions, round_questions.c.round_id == last.c.id)
                .join(question_versions, question_versions.c.id == round_questions.c.version_id)
                .outerjoin(
                    question_tags, question_tags.c.question_id == question_versions.c.question_id
                )
            )
            .group_by(question_tags.c.tag)
        )
        return {row.tag or "": row.day for row in rows}


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


def _current_versions() -> Join:
    return questions.join(
        question_versions,
        (question_versions.c.question_id == questions.c.id)
        & (question_versions.c.number == questions.c.version),
    )
