"""题 and their versions: brought, searched, edited, and moved from draft to retirement."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    func,
    or_,
    select,
    update,
)

from questions.codec import question_from_json
from questions.models import Kind, Question
from storage.states import (
    Alert,
    BankId,
    PersonId,
    QuestionRowId,
    QuestionStatus,
    VersionId,
)
from storage.tables import (
    banks,
    question_tags,
    question_versions,
    questions,
)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with its current version; `version` is its number, the optimistic mark."""

    id: QuestionRowId
    bank_id: BankId
    bank: str
    status: QuestionStatus
    version: int
    version_id: VersionId
    author_id: PersonId | None
    written_at: datetime
    findings: tuple[str, ...]
    alert: Alert | None
    alert_detail: str | None
    in_force_to: date | None
    question: Question


@dataclass(frozen=True, slots=True)
class Filter:
    """Which questions a list shows; every part that is given must hold."""

    bank_id: BankId | None = None
    statuses: Collection[QuestionStatus] = ()
    kind: Kind | None = None
    tag: str | None = None
    law: str | None = None
    words: str = ""
    lapsed_on: date | None = None  # no longer in force on this day
    has_alert: bool | None = None
    alert: Alert | None = None
    has_findings: bool | None = None
    document_id: str | None = None
    ids: Sequence[int] | None = None
    not_by: PersonId | None = None  # its current version is by somebody else


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in a question's history."""

    id: VersionId
    number: int
    author_id: PersonId | None
    written_at: datetime
    voided_at: datetime | None
    question: Question


class Questions:
    """Statements about questions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, question_id: int) -> QuestionRow | None:
        """One question as it now stands."""
        row = self._connection.execute(ROWS.where(questions.c.id == question_id)).one_or_none()
        return as_row(row) if row is not None else None

    def search(
        self, wanted: Filter, *, limit: int, offset: int = 0, after: int = 0
    ) -> list[QuestionRow]:
        """A page of questions in the order they came; `after` goes on behind a question."""
        statement = _filtered(ROWS, wanted).where(questions.c.id > after)
        rows = self._connection.execute(
            statement.order_by(questions.c.id).limit(limit).offset(offset)
        )
        return [as_row(row) for row in rows]

    def list_ids(self, wanted: Filter) -> list[QuestionRowId]:
        """Every question a filter finds, in the order they came."""
        statement = _filtered(select(questions.c.id).select_from(_JOINED), wanted)
        rows = self._connection.execute(statement.order_by(questions.c.id)).scalars()
        return [QuestionRowId(row_id) for row_id in rows]

    def publish(self, wanted: Filter, upto: int) -> list[tuple[QuestionRowId, int]]:
        """Publish what a filter finds up to a question, in one step; ids with their versions."""
        found = _filtered(select(questions.c.id).select_from(_JOINED), wanted)
        moved = self._connection.execute(
            update(questions)
            .where(questions.c.id.in_(found.where(questions.c.id <= upto)))
            .values(status=QuestionStatus.PUBLISHED)
            .returning(questions.c.id, questions.c.version)
        )
        return sorted((QuestionRowId(row.id), int(row.version)) for row in moved)

    def count(self, wanted: Filter) -> int:
        """How many questions a filter finds."""
        statement = _filtered(select(func.count()).select_from(_JOINED), wanted)
        return int(self._connection.execute(statement).scalar_one())

    def count_by(self, column: str, wanted: Filter) -> dict[str, int]:
        """How many by `kind`, `status`, `law` or `tag`, the most first; no law is left out."""
        if column == "tag":
            key: ColumnElement[Any] = question_tags.c.tag
            base = _JOINED.join(question_tags, question_tags.c.question_id == questions.c.id)
        else:
            key, base = questions.c[column], _JOINED
        statement = _filtered(select(key, func.count()).select_from(base), wanted)
        rows = self._connection.execute(
            statement.where(key.is_not(None)).group_by(key).order_by(func.count().desc(), key)
        )
        return {str(row[0]): int(row[1]) for row in rows}

    def list_stems(self, bank_ids: Collection[BankId]) -> list[tuple[QuestionRowId, Kind, str]]:
        """Stems of questions in use or waiting, for telling what is much the same."""
        rows = self._connection.execute(
            select(questions.c.id, questions.c.kind, question_versions.c.payload["stem"])
            .join_from(questions, question_versions, CURRENT)
            .where(questions.c.bank_id.in_(bank_ids), questions.c.status != QuestionStatus.RETIRED)
            .order_by(questions.c.id)
        )
        return [(QuestionRowId(row[0]), Kind(row[1]), str(row[2])) for row in rows]

    def move(
        self,
        question_id: int,
        version: int,
        from_: Collection[QuestionStatus],
        to: QuestionStatus,
    ) -> bool:
        """Change the status, if the question still stands in one of `from_` at this version."""
        moved = self._connection.execute(
            update(questions)
            .where(
                questions.c.id == question_id,
                questions.c.version == version,
                questions.c.status.in_(from_),
            )
            .values(status=to)
            .returning(questions.c.id)
        )
        return moved.first() is not None

    def list_versions(self, question_id: int) -> list[VersionRow]:
        """A question's history, the first version first."""
        rows = self._connection.execute(
            select(question_versions)
            .where(question_versions.c.question_id == question_id)
            .order_by(question_versions.c.number)
        )
        return [
            VersionRow(
                VersionId(row.id),
                row.number,
                row.author_id,
                row.created_at,
                row.voided_at,
                question_from_json(row.payload),
            )
            for row in rows
        ]

    def find_by_version(self, version_id: int) -> tuple[QuestionRow, VersionRow] | None:
        """The question a version belongs to, and that version."""
        owner = self._connection.execute(
            select(question_versions.c.question_id).where(question_versions.c.id == version_id)
        ).scalar_one_or_none()
        row = self.find(owner) if owner is not None else None
        if row is None:
            return None
        return row, next(v for v in self.list_versions(row.id) if v.id == version_id)

    def set_alert(self, question_id: int, alert: Alert | None, detail: str | None = None) -> None:
        """Have owners look at a question, or (None) note that they have."""
        self._connection.execute(
            update(questions)
            .where(questions.c.id == question_id)
            .values(alert=alert, alert_detail=detail)
        )


def fold(text: str) -> str:
    """Text as searches compare it: one width, one case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


CURRENT = (question_versions.c.question_id == questions.c.id) & (
    question_versions.c.number == questions.c.version
)
_JOINED = questions.join(question_versions, CURRENT).join(banks, banks.c.id == questions.c.bank_id)
ROWS = select(
    questions.c.id,
    questions.c.bank_id,
    banks.c.name.label("bank"),
    questions.c.status,
    questions.c.version,
    question_versions.c.id.label("version_id"),
    question_versions.c.author_id,
    question_versions.c.created_at.label("written_at"),
    questions.c.findings,
    questions.c.alert,
    questions.c.alert_detail,
    questions.c.in_force_to,
    question_versions.c.payload,
).select_from(_JOINED)


def _filtered(statement: Select[Any], wanted: Filter) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.bank_id is not None:
        conditions.append(questions.c.bank_id == wanted.bank_id)
    if wanted.statuses:
        conditions.append(questions.c.status.in_(wanted.statuses))
    if wanted.kind is not None:
        conditions.append(questions.c.kind == wanted.kind)
    if wanted.law is not None:
        conditions.append(questions.c.law == wanted.law)
    if wanted.document_id is not None:
        conditions.append(question_versions.c.document_id == wanted.document_id)
    if wanted.tag is not None:
        tagged = select(question_tags.c.question_id).where(question_tags.c.tag == wanted.tag)
        conditions.append(questions.c.id.in_(tagged))
    if wanted.lapsed_on is not None:
        conditions.append(questions.c.in_force_to < wanted.lapsed_on)
    if wanted.ids is not None:
        conditions.append(questions.c.id.in_(wanted.ids))
    if wanted.not_by is not None:
        author = question_versions.c.author_id
        conditions.append(or_(author.is_(None), author != wanted.not_by))
    return statement.where(*conditions, *_looked_at(wanted))


def _looked_at(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        questions.c.words.contains(word, autoescape=True)
        for word in map(fold, wanted.words.split())
    ]
    if wanted.has_alert is not None:
        conditions.append(questions.c.alert.is_not(None) == wanted.has_alert)
    if wanted.alert is not None:
        conditions.append(questions.c.alert == wanted.alert)
    if wanted.has_findings is not None:
        count = func.json_array_length(questions.c.findings)
        conditions.append((count > 0) == wanted.has_findings)
    return conditions


def as_row(row: Row[*tuple[Any, ...]]) -> QuestionRow:
    """A row of ROWS as the question it is."""
    values = dict(row._mapping)
    payload = values.pop("payload")
    values["findings"] = tuple(values["findings"])
    values["status"] = QuestionStatus(values["status"])
    values["alert"] = Alert(values["alert"]) if values["alert"] is not None else None
    return QuestionRow(**values, question=question_from_json(payload))
