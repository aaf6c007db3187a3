"""答题, answers, the totals that boards read, and what answers say about questions."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import Instant, RowId, metadata

sittings = Table(
    "sittings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("round_id", RowId, ForeignKey("rounds.id"), nullable=False),
    Column("mode", String(16), nullable=False),
    Column("size", Integer, nullable=False),
    Column("position", Integer, nullable=False),  # the question in front of the person
    Column("is_finished", Boolean, nullable=False),
    UniqueConstraint("round_id", "person_id"),
    Index("ix_sittings_person_id", "person_id"),
)

# One row per question of a sitting, laid out when it starts; answered_at empty: not answered.
answers = Table(
    "answers",
    metadata,
    Column("sitting_id", RowId, ForeignKey("sittings.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("version_id", RowId, ForeignKey("question_versions.id"), nullable=False),
    Column("option_order", JSON, nullable=False),  # shown order: indices as authored
    Column("picked", Integer, nullable=False),  # bit i: option i ticked, not yet submitted
    Column("chosen", JSON, nullable=True),
    Column("text", Text, nullable=True),
    Column("outcome", String(16), nullable=True),
    Column("points", Integer, nullable=True),
    Column("offered", Integer, nullable=True),
    Column("answered_at", Instant, nullable=True),
    Column("update_id", BigInteger, nullable=True),  # the message that gave a blank's answer
    PrimaryKeyConstraint("sitting_id", "position"),
)

# Department, activity and lot are those of the person, kept here so that no board needs a join;
# in a closed period they stay as they were.
person_totals = Table(
    "person_totals",
    metadata,
    Column("period", String(12), nullable=False),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("department_id", RowId, nullable=False),  # 0: none
    Column("is_active", Boolean, nullable=False),
    Column("lot", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("offered", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("right_count", Integer, nullable=False),
    Column("rate", Integer, nullable=False),  # points per million offered
    Column("standing", Integer, nullable=True),  # the rate of those who have a rank
    PrimaryKeyConstraint("period", "person_id"),
    Index("ix_person_totals_period_standing_lot", "period", "standing", "lot", "person_id"),
)

# Sums over a department's active people, moved with theirs: boards never add people up.
department_totals = Table(
    "department_totals",
    metadata,
    Column("period", String(12), nullable=False),
    Column("department_id", RowId, nullable=False),  # 0: people without one
    Column("people", Integer, nullable=False),  # something offered
    Column("took_part", Integer, nullable=False),  # of these, something answered
    Column("passed", Integer, nullable=False),  # of these, a passing rate
    Column("rate_sum", BigInteger, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("offered", BigInteger, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("right_count", Integer, nullable=False),
    PrimaryKeyConstraint("period", "department_id"),
)

# How many people have a rank with a rate in each half percent; a few shards, so that answers
# of different departments seldom wait for each other.
rate_counts = Table(
    "rate_counts",
    metadata,
    Column("period", String(12), nullable=False),
    Column("bucket", Integer, nullable=False),
    Column("shard", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    PrimaryKeyConstraint("period", "bucket", "shard"),
)

# One round in one department, over everyone on its roll who was not away; 0: no department.
round_totals = Table(
    "round_totals",
    metadata,
    Column("round_id", RowId, ForeignKey("rounds.id"), nullable=False),
    Column("department_id", RowId, nullable=False),
    Column("due", Integer, nullable=False),  # 应参加
    Column("began", Integer, nullable=False),  # 已参加: at least one answer
    Column("finished", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("right_count", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("offered", Integer, nullable=False),
    PrimaryKeyConstraint("round_id", "department_id"),
)

# 赛季: a period whose totals are final; what changes them afterwards is a logged correction.
seasons = Table(
    "seasons",
    metadata,
    Column("period", String(12), primary_key=True),
    Column("closed_at", Instant, nullable=False),
)

version_statistics = Table(
    "version_statistics",
    metadata,
    Column("version_id", RowId, ForeignKey("question_versions.id"), primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("facility", Float, nullable=True),
    Column("deviation", Float, nullable=True),
    Column("discrimination", Float, nullable=True),
    Column("efficiency", Float, nullable=True),
    Column("choices", JSON, nullable=False),  # how often each option was chosen, as authored
    Column("computed_at", Instant, nullable=False),
)
