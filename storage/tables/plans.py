"""训练计划, 期, 推送 to people and groups, and the admin's additions to the workday calendar."""

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
    UniqueConstraint,
    false,
)

from storage.tables.base import Instant, RowId, metadata

plans = Table(
    "plans",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("days", String(16), nullable=False),  # "workdays", or ISO weekdays such as "135"
    Column("at", Time, nullable=False),  # local
    Column("timezone", String(64), nullable=False),
    Column("question_count", Integer, nullable=False),
    Column("catch_up_days", Integer, nullable=False),  # workdays after the day, full points
    Column("is_active", Boolean, nullable=False),
    Column("starts_on", Date, nullable=False),  # no round before this local day
    Column("ends_on", Date, nullable=True),  # nor after this one; the first for a single round
    Column("open_hours", Integer, nullable=True),  # empty: until the next round takes over
    Column("remind_at", Time, nullable=True),  # local; empty: no reminder
    Column("own_time_until", Time, nullable=True),  # people may choose a time from `at` to this
    Column("quotas", JSON, nullable=True),  # shares of a round by tag or fact
    Column("audience", JSON, nullable=True),  # empty: everybody
    Column("has_polls", Boolean, nullable=False, server_default=false()),  # to group chats too
    Column("owner_id", RowId, ForeignKey("people.id"), nullable=True),
    Column("ended_at", Instant, nullable=True),
    Column("created_at", Instant, nullable=False),
)

plan_banks = Table(
    "plan_banks",
    metadata,
    Column("plan_id", RowId, ForeignKey("plans.id"), primary_key=True),
    Column("bank_id", RowId, ForeignKey("banks.id"), primary_key=True),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_workday", Boolean, nullable=False),
    Column("note", String(128), nullable=False),
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("plan_id", RowId, ForeignKey("plans.id"), nullable=False),
    Column("day", Date, nullable=False),  # local
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),  # the next round takes over
    Column("settles_at", Instant, nullable=False),  # catch-up ends, missed questions count
    Column("settled_at", Instant, nullable=True),
    Column("reminded_at", Instant, nullable=True),  # its reminders are written
    UniqueConstraint("plan_id", "day"),
    Index("ix_rounds_settled_at_settles_at", "settled_at", "settles_at"),
)

round_questions = Table(
    "round_questions",
    metadata,
    Column("round_id", RowId, ForeignKey("rounds.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("version_id", RowId, ForeignKey("question_versions.id"), nullable=False),
    Index("ix_round_questions_version_id", "version_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("round_id", RowId, ForeignKey("rounds.id"), nullable=False),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("leased_by", String(64), nullable=True),
    Column("leased_until", Instant, nullable=True),
    Column("message_id", BigInteger, nullable=True),
    Column("reason", String(64), nullable=True),
    UniqueConstraint("round_id", "person_id", "kind"),
    Index("ix_deliveries_state_due_at", "state", "due_at"),
    Index("ix_deliveries_person_id", "person_id"),
)

# The day's question as a native quiz in a department's group chat.
polls = Table(
    "polls",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("round_id", RowId, ForeignKey("rounds.id"), nullable=False),
    Column("group_id", RowId, ForeignKey("groups.id"), nullable=False),
    Column("position", Integer, nullable=False),  # in the round
    Column("version_id", RowId, ForeignKey("question_versions.id"), nullable=False),
    Column("option_order", JSON, nullable=False),  # shown order: indices as authored
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("leased_by", String(64), nullable=True),
    Column("leased_until", Instant, nullable=True),
    Column("message_id", BigInteger, nullable=True),
    Column("poll_id", String(64), nullable=True, unique=True),
    Column("reason", String(64), nullable=True),
    UniqueConstraint("round_id", "group_id"),
    Index("ix_polls_state_due_at", "state", "due_at"),
)
