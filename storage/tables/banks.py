"""题库, 文件, 题 and their versions, and how they came."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import Instant, RowId, metadata

banks = Table(
    "banks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(128), nullable=False, unique=True),
    # Who hears of objections and lapsed laws; empty: every admin.
    Column("owner_id", RowId, ForeignKey("people.id"), nullable=True),
    Column("retired_at", Instant, nullable=True),
    Column("created_at", Instant, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", String(512), nullable=False),
    Column("issuer", String(256), nullable=True),
    Column("year", Integer, nullable=True),
    Column("sha256", String(64), nullable=False),
    Column("chars", Integer, nullable=False),
)

# The text citations point into, where a document itself was brought (not only its questions).
document_texts = Table(
    "document_texts",
    metadata,
    Column("document_id", String(64), ForeignKey("documents.id"), primary_key=True),
    Column("text", Text, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("bank_id", RowId, ForeignKey("banks.id"), nullable=False),
    Column("uid", String(64), nullable=False),  # the id the bank file gives it
    Column("status", String(16), nullable=False),
    Column("version", Integer, nullable=False),  # number of the current version
    # First and last day on which the basis is in force; empty where nothing is known.
    Column("in_force_from", Date, nullable=True),
    Column("in_force_to", Date, nullable=True),
    # What the current version says, laid out for lists and searches.
    Column("kind", String(16), nullable=False),
    Column("law", String(256), nullable=True),
    Column("words", Text, nullable=False),  # stem, options and answers, folded for searching
    Column("findings", JSON, nullable=False),  # codes of what the checks found
    # Why its owners should look at it; the detail is a sentence.
    Column("alert", String(32), nullable=True),
    Column("alert_detail", Text, nullable=True),
    UniqueConstraint("bank_id", "uid"),
    Index("ix_questions_bank_id_status", "bank_id", "status"),
    Index("ix_questions_law", "law"),
    Index("ix_questions_in_force_to", "in_force_to"),
)

question_tags = Table(
    "question_tags",
    metadata,
    Column("question_id", RowId, ForeignKey("questions.id"), nullable=False),
    Column("tag", String(128), nullable=False),
    PrimaryKeyConstraint("question_id", "tag"),
    Index("ix_question_tags_tag", "tag"),
)

question_versions = Table(
    "question_versions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("question_id", RowId, ForeignKey("questions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("payload", JSON, nullable=False),  # the question in the bank contract's form
    Column("document_id", String(64), ForeignKey("documents.id"), nullable=False),
    Column("author_id", RowId, ForeignKey("people.id"), nullable=True),
    Column("voided_at", Instant, nullable=True),  # everyone asked has full credit
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("question_id", "number"),
    Index("ix_question_versions_document_id", "document_id"),
)

# One bringing of questions: it can be undone as a whole.
imports = Table(
    "imports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("bank_id", RowId, ForeignKey("banks.id"), nullable=False),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=True),
    Column("source", String(16), nullable=False),  # bank file, document, command line
    Column("name", String(256), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("undone_at", Instant, nullable=True),
    Column("created_at", Instant, nullable=False),
    Index("ix_imports_bank_id", "bank_id"),
)

import_questions = Table(
    "import_questions",
    metadata,
    Column("import_id", RowId, ForeignKey("imports.id"), nullable=False),
    Column("question_id", RowId, ForeignKey("questions.id"), nullable=False),
    Column("version", Integer, nullable=False),  # the version it brought
    Column("version_before", Integer, nullable=False),  # 0: the question was new
    Column("status_before", String(16), nullable=True),
    PrimaryKeyConstraint("import_id", "question_id"),
    Index("ix_import_questions_question_id", "question_id"),
)

# A file between its dry run and its import; the bytes go with it.
uploads = Table(
    "uploads",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("bank_id", RowId, ForeignKey("banks.id"), nullable=True),
    Column("name", String(256), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("created_at", Instant, nullable=False, index=True),
)

# 题目有误: what staff say against a question.
objections = Table(
    "objections",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("version_id", RowId, ForeignKey("question_versions.id"), nullable=False),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("note", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant, nullable=True),
    Column("settled_by", RowId, ForeignKey("people.id"), nullable=True),
    Column("outcome", String(16), nullable=True),
    UniqueConstraint("version_id", "person_id"),
    Index("ix_objections_settled_at", "settled_at"),
)

# Rows an admin added to the law registry; the shipped ones are in questions/data.
law_rows = Table(
    "law_rows",
    metadata,
    Column("title", String(256), primary_key=True),
    Column("payload", JSON, nullable=False),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=True),
    Column("created_at", Instant, nullable=False),
)
