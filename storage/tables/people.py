"""人员, 处室, 邀请, 请假, group chats, and what the bot is waiting to hear from someone."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Time,
)

from storage.tables.base import Instant, RowId, metadata

departments = Table(
    "departments",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("department_id", RowId, ForeignKey("departments.id"), nullable=True),
    Column("role", String(16), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("shows_name", Boolean, nullable=False),  # consent to stand on boards by name
    Column("lot", Integer, nullable=False),  # order among equals: never time, never name
    Column("unreachable_at", Instant, nullable=True),
    Column("joined_at", Instant, nullable=False),
    Column("push_at", Time, nullable=True),  # local to the plan, where a plan allows a choice
    Column("quiet_from", Time, nullable=True),
    Column("quiet_to", Time, nullable=True),
    Column("no_reminders_before", Date, nullable=True),  # 本周不再提醒
    Index("ix_people_department_id", "department_id"),
)

# Whose people a trainer sees and reminds, where that is not the trainer's own department.
trainer_departments = Table(
    "trainer_departments",
    metadata,
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("department_id", RowId, ForeignKey("departments.id"), primary_key=True),
)

leaves = Table(
    "leaves",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("first_day", Date, nullable=False),  # local, both included
    Column("last_day", Date, nullable=False),
    Column("created_by", RowId, ForeignKey("people.id"), nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("cancelled_at", Instant, nullable=True),
    Index("ix_leaves_person_id_last_day", "person_id", "last_day"),
)

groups = Table(
    "groups",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("title", String(128), nullable=False),
    Column("department_id", RowId, ForeignKey("departments.id"), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("bound_by", RowId, ForeignKey("people.id"), nullable=True),
    Column("created_at", Instant, nullable=False),
)

invites = Table(
    "invites",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("department_id", RowId, ForeignKey("departments.id"), nullable=False),
    Column("max_uses", Integer, nullable=True),  # empty: as many as come before it expires
    Column("uses", Integer, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("created_by", RowId, ForeignKey("people.id"), nullable=True),
    Column("created_at", Instant, nullable=False),
)

# The one thing a chat's next plain message would answer; state must survive a restart.
prompts = Table(
    "prompts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("asked_at", Instant, nullable=False),
)
