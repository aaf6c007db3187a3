"""题库, 文件, 题 and their versions."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables.base import Instant, RowId, metadata

banks = Table(
    "banks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(128), nullable=False, unique=True),
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
    UniqueConstraint("bank_id", "uid"),
    Index("ix_questions_bank_id_status", "bank_id", "status"),
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
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("question_id", "number"),
)
