"""What was brought: files between dry run and import, and imports that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from storage.repositories.editions import Put
from storage.states import (
    BankId,
    ImportId,
    ImportSource,
    PersonId,
    QuestionRowId,
    QuestionStatus,
    UploadId,
)
from storage.tables import import_questions, imports, question_versions, questions, uploads


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One bringing of questions."""

    id: ImportId
    bank_id: BankId
    person_id: PersonId | None
    source: ImportSource
    name: str
    sha256: str
    added: int
    changed: int
    undone_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """One question of an import: what it was before and whether it stands as it was brought."""

    question_id: QuestionRowId
    version: int
    version_before: int  # 0: the question was new
    status_before: QuestionStatus | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class UploadRow:
    """A file that waits for its import."""

    id: UploadId
    person_id: PersonId
    bank_id: BankId | None
    name: str
    sha256: str
    content: bytes
    detail: dict[str, Any]
    created_at: datetime


class Imports:
    """Statements about imports."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        bank_id: BankId,
        put: Put,
        *,
        source: ImportSource,
        name: str,
        sha256: str,
        now: datetime,
        person_id: PersonId | None = None,
    ) -> ImportId:
        """Note what was brought, question by question."""
        found = self._connection.execute(
            insert(imports)
            .values(
                bank_id=bank_id,
                person_id=person_id,
                source=source,
                name=name[:256],
                sha256=sha256,
                added=len(put.added),
                changed=len(put.changed),
                created_at=now,
            )
            .returning(imports.c.id)
        ).scalar_one()
        self._note_questions(found, put)
        return ImportId(found)

    def _note_questions(self, import_id: int, put: Put) -> None:
        before: dict[int, tuple[int, QuestionStatus | None]] = dict.fromkeys(put.added, (0, None))
        before |= {row_id: (version, status) for row_id, version, status in put.changed}
        current = self._versions(list(before))
        rows = [
            {
                "import_id": import_id,
                "question_id": row_id,
                "version": current[row_id],
                "version_before": version,
                "status_before": status,
            }
            for row_id, (version, status) in before.items()
        ]
        if rows:
            self._connection.execute(insert(import_questions), rows)

    def _versions(self, ids: list[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for start in range(0, len(ids), 500):
            rows = self._connection.execute(
                select(questions.c.id, questions.c.version).where(
                    questions.c.id.in_(ids[start : start + 500])
                )
            )
            found.update((row.id, row.version) for row in rows)
        return found

    def find(self, import_id: int) -> ImportRow | None:
        """One import."""
        row = self._connection.execute(
            select(imports).where(imports.c.id == import_id)
        ).one_or_none()
        return _import(row) if row is not None else None

    def list_recent(self, limit: int, bank_id: BankId | None = None) -> list[ImportRow]:
        """The newest imports first."""
        statement = select(imports).order_by(imports.c.id.desc()).limit(limit)
        if bank_id is not None:
            statement = statement.where(imports.c.bank_id == bank_id)
        return [_import(row) for row in self._connection.execute(statement)]

    def find_by_content(self, bank_id: BankId, sha256: str) -> ImportRow | None:
        """The newest standing import of this very file into this bank."""
        row = self._connection.execute(
            select(imports)
            .where(
                imports.c.bank_id == bank_id,
                imports.c.sha256 == sha256,
                imports.c.undone_at.is_(None),
            )
            .order_by(imports.c.id.desc())
            .limit(1)
        ).one_or_none()
        return _import(row) if row is not None else None

    def list_brought(self, import_id: int) -> list[BroughtRow]:
        """The questions of an import."""
        rows = self._connection.execute(
            select(
                import_questions.c.question_id,
                import_questions.c.version,
                import_questions.c.version_before,
                import_questions.c.status_before,
                (questions.c.version == import_questions.c.version).label("is_current"),
            )
            .join_from(import_questions, questions)
            .where(import_questions.c.import_id == import_id)
            .order_by(import_questions.c.question_id)
        )
        return [
            BroughtRow(
                QuestionRowId(row.question_id),
                row.version,
                row.version_before,
                QuestionStatus(row.status_before) if row.status_before else None,
                bool(row.is_current),
            )
            for row in rows
        ]

    def mark_undone(self, import_id: int, now: datetime) -> bool:
        """Undo it, as far as the note goes; False where somebody was first."""
        done = self._connection.execute(
            update(imports)
            .where(imports.c.id == import_id, imports.c.undone_at.is_(None))
            .values(undone_at=now)
            .returning(imports.c.id)
        )
        return done.first() is not None

    def count_versions(self, question_id: int) -> int:
        """How many versions a question has had."""
        return self._connection.execute(
            select(func.count()).where(question_versions.c.question_id == question_id)
        ).scalar_one()


class Uploads:
    """Statements about files that wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        person_id: PersonId,
        name: str,
        sha256: str,
        content: bytes,
        detail: Mapping[str, object],
        now: datetime,
    ) -> UploadId:
        """Keep a file."""
        found = self._connection.execute(
            insert(uploads)
            .values(
                person_id=person_id,
                name=name[:256],
                sha256=sha256,
                content=content,
                detail=dict(detail),
                created_at=now,
            )
            .returning(uploads.c.id)
        ).scalar_one()
        return UploadId(found)

    def find(self, upload_id: int, person_id: PersonId) -> UploadRow | None:
        """A person's own file."""
        row = self._connection.execute(
            select(uploads).where(uploads.c.id == upload_id, uploads.c.person_id == person_id)
        ).one_or_none()
        return UploadRow(**row._mapping) if row is not None else None

    def change(
        self,
        upload_id: UploadId,
        *,
        bank_id: BankId | None,
        detail: Mapping[str, object],
    ) -> None:
        """Note where the file is to go and what was found in it."""
        self._connection.execute(
            update(uploads)
            .where(uploads.c.id == upload_id)
            .values(bank_id=bank_id, detail=dict(detail))
        )

    def fetch(self, upload_id: int) -> UploadRow | None:
        """Anybody's file."""
        row = self._connection.execute(
            select(uploads).where(uploads.c.id == upload_id)
        ).one_or_none()
        return UploadRow(**row._mapping) if row is not None else None

    def list_in(self, states: Collection[str]) -> list[UploadId]:
        """Files whose detail names one of these states, the oldest first."""
        state = uploads.c.detail["state"].as_string()
        rows = self._connection.execute(
            select(uploads.c.id).where(state.in_(states)).order_by(uploads.c.id)
        )
        return [UploadId(row.id) for row in rows]

    def count(self, person_id: PersonId) -> int:
        """How many files of a person are kept."""
        return self._connection.execute(
            select(func.count()).where(uploads.c.person_id == person_id)
        ).scalar_one()

    def store(self, upload_id: UploadId, content: bytes, sha256: str) -> None:
        """Keep another content for a file: what was fetched, or what was found in it."""
        self._connection.execute(
            update(uploads).where(uploads.c.id == upload_id).values(content=content, sha256=sha256)
        )

    def drop(self, upload_id: int) -> bool:
        """Forget a file; False where it is gone already, so that it is imported once."""
        gone = self._connection.execute(
            delete(uploads).where(uploads.c.id == upload_id).returning(uploads.c.id)
        )
        return gone.first() is not None

    def forget(self, before: datetime) -> None:
        """Drop files nobody came back for."""
        self._connection.execute(delete(uploads).where(uploads.c.created_at < before))


def _import(row: Row[*tuple[Any, ...]]) -> ImportRow:
    values = dict(row._mapping)
    values["source"] = ImportSource(values["source"])
    return ImportRow(**values)
