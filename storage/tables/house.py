"""What keeps the house in order: updates seen and parked, leases, the audit trail, the ledger."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from storage.tables.base import Instant, RowId, metadata

# Updates whose effect can't be told from the rows they changed; a repeat finds itself here.
handled_updates = Table(
    "handled_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("handled_at", Instant, nullable=False, index=True),
)

# Updates in the hands of replicas: one of them each, a person's in order.
taken_updates = Table(
    "taken_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, nullable=True),  # whose order is kept; a chat's or user's id
    Column("holder", String(64), nullable=False),
    Column("until_at", Instant, nullable=False),
    Column("begun_at", Instant, nullable=True),  # being handled: nothing of its person's begins
    Column("done_at", Instant, nullable=True),
    Index("ix_taken_updates_person_done_at", "person", "done_at"),
    Index("ix_taken_updates_until_at", "until_at"),
)

parked_updates = Table(
    "parked_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("error", String(128), nullable=False),
    Column("parked_at", Instant, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until_at", Instant, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor_id", RowId, ForeignKey("people.id"), nullable=True),
    Column("action", String(48), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_subject", "subject"),
)

# 台账: training that happened outside the bot, for the annual paragraph.
ledger = Table(
    "ledger",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("held_on", Date, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("title", String(256), nullable=False),
    Column("amount", Integer, nullable=True),
    Column("unit", String(16), nullable=False),
    Column("qualifier", String(8), nullable=False),  # 余, 约, or nothing: exactly so many
    Column("department_id", RowId, ForeignKey("departments.id"), nullable=True),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("removed_at", Instant, nullable=True),
    Index("ix_ledger_held_on", "held_on"),
)
