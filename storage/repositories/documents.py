"""文件: what questions cite, and the text itself where it was brought."""

from __future__ import annotations

from sqlalchemy import Connection, select

from questions.models import DocumentInfo
from storage.repositories.upsert import insert_for
from storage.tables import document_texts, documents


class Documents:
    """Statements about documents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, document: DocumentInfo, text: str | None = None) -> None:
        """Know a document, or what is now known of it; `text` is what citations point into."""
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
        if text is not None:
            self._connection.execute(
                insert_for(self._connection, document_texts)
                .values(document_id=document.id, text=text)
                .on_conflict_do_nothing()
            )

    def find(self, document_id: str) -> tuple[DocumentInfo, str | None] | None:
        """A document and its text, where the text itself was brought."""
        row = self._connection.execute(
            select(documents, document_texts.c.text)
            .select_from(documents.outerjoin(document_texts))
            .where(documents.c.id == document_id)
        ).one_or_none()
        if row is None:
            return None
        values = dict(row._mapping)
        text = values.pop("text")
        return DocumentInfo(**values), text

    def list_all(self) -> list[DocumentInfo]:
        """All documents, without their texts."""
        rows = self._connection.execute(select(documents).order_by(documents.c.id))
        return [DocumentInfo(**row._mapping) for row in rows]
