"""Plans people can trust and what trainers see."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Step forward."""
    _seasons()
    _taken_updates()
    _department_totals()
    _groups()
    _leaves()
    _ledger()
    _trainer_departments()
    _round_totals()
    _polls()
    _version_statistics()
    _people()
    _person_totals()
    _rate_counts()


def downgrade() -> None:
    """Step back."""
    op.drop_table("rate_counts")
    _old_person_totals()

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("no_reminders_before")
        batch_op.drop_column("quiet_to")
        batch_op.drop_column("quiet_from")
        batch_op.drop_column("push_at")

    op.drop_table("version_statistics")
    op.drop_table("polls")
    op.drop_table("round_totals")
    op.drop_table("trainer_departments")
    op.drop_table("ledger")
    op.drop_table("leaves")
    op.drop_table("groups")
    op.drop_table("department_totals")
    op.drop_table("taken_updates")
    op.drop_table("seasons")


def _seasons() -> None:
    op.create_table(
        "seasons",
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_seasons")),
    )


def _taken_updates() -> None:
    op.create_table(
        "taken_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_taken_updates")),
    )
    with op.batch_alter_table("taken_updates", schema=None) as batch_op:
        batch_op.create_index(
            "ix_taken_updates_person_done_at", ["person", "done_at"], unique=False
        )
        batch_op.create_index("ix_taken_updates_until_at", ["until_at"], unique=False)


def _department_totals() -> None:
    op.create_table(
        "department_totals",
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("department_id", ROW_ID, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("took_part", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("rate_sum", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("offered", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "department_id", name=op.f("pk_department_totals")),
    )


def _groups() -> None:
    op.create_table(
        "groups",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("department_id", ROW_ID, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("bound_by", ROW_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["bound_by"], ["people.id"], name=op.f("fk_groups_bound_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_groups_department_id_departments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_groups_chat_id")),
    )


def _leaves() -> None:
    op.create_table(
        "leaves",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("created_by", ROW_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_leaves_created_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_leaves_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.create_index(
            "ix_leaves_person_id_last_day", ["person_id", "last_day"], unique=False
        )


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=256), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("qualifier", sa.String(length=8), nullable=False),
        sa.Column("department_id", ROW_ID, nullable=True),
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_ledger_department_id_departments")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_ledger_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_held_on", ["held_on"], unique=False)


def _trainer_departments() -> None:
    op.create_table(
        "trainer_departments",
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("department_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_trainer_departments_department_id_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_trainer_departments_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "department_id", name=op.f("pk_trainer_departments")),
    )


def _round_totals() -> None:
    op.create_table(
        "round_totals",
        sa.Column("round_id", ROW_ID, nullable=False),
        sa.Column("department_id", ROW_ID, nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("began", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_totals_round_id_rounds")
        ),
        sa.PrimaryKeyConstraint("round_id", "department_id", name=op.f("pk_round_totals")),
    )


def _polls() -> None:
    op.create_table(
        "polls",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("round_id", ROW_ID, nullable=False),
        sa.Column("group_id", ROW_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", ROW_ID, nullable=False),
        sa.Column("option_order", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(length=64), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("poll_id", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_polls_group_id_groups")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_polls_round_id_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["question_versions.id"],
            name=op.f("fk_polls_version_id_question_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_polls_poll_id")),
        sa.UniqueConstraint("round_id", "group_id", name=op.f("uq_polls_round_id_group_id")),
    )
    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.create_index("ix_polls_state_due_at", ["state", "due_at"], unique=False)


def _version_statistics() -> None:
    op.create_table(
        "version_statistics",
        sa.Column("version_id", ROW_ID, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Float(), nullable=True),
        sa.Column("deviation", sa.Float(), nullable=True),
        sa.Column("discrimination", sa.Float(), nullable=True),
        sa.Column("efficiency", sa.Float(), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["question_versions.id"],
            name=op.f("fk_version_statistics_version_id_question_versions"),
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_statistics")),
    )


def _people() -> None:
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("push_at", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("quiet_from", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("quiet_to", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("no_reminders_before", sa.Date(), nullable=True))


def _person_totals() -> None:
    # Made anew: `storage.upgrade` counts all totals again from answers.
    op.drop_table("person_totals")
    op.create_table(
        "person_totals",
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("department_id", ROW_ID, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("lot", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_totals_person_id_people")
        ),
        sa.PrimaryKeyConstraint("period", "person_id", name=op.f("pk_person_totals")),
    )
    with op.batch_alter_table("person_totals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_person_totals_period_standing_lot",
            ["period", "standing", "lot", "person_id"],
            unique=False,
        )


def _rate_counts() -> None:
    op.create_table(
        "rate_counts",
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("bucket", sa.Integer(), nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "bucket", "shard", name=op.f("pk_rate_counts")),
    )


def _old_person_totals() -> None:
    op.rename_table("person_totals", "kept_totals")
    with op.batch_alter_table("kept_totals", schema=None) as batch_op:
        batch_op.drop_index("ix_person_totals_period_standing_lot")
    with op.batch_alter_table("kept_totals", schema=None) as batch_op:
        batch_op.drop_constraint("pk_person_totals", type_="primary")
        batch_op.drop_constraint("fk_person_totals_person_id_people", type_="foreignkey")
    op.create_table(
        "person_totals",
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_totals_person_id_people")
        ),
        sa.PrimaryKeyConstraint("period", "person_id", name=op.f("pk_person_totals")),
    )
    with op.batch_alter_table("person_totals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_person_totals_period_rate",
            ["period", "rate", "answered", "person_id"],
            unique=False,
        )
    names = "period, person_id, points, offered, answered, right_count, rate"
    op.execute(
        f"INSERT INTO person_totals ({names}) SELECT {names} FROM kept_totals"  # noqa: S608
        " WHERE period NOT LIKE 'Q%' AND period NOT LIKE 'P%'"
    )
    op.drop_table("kept_totals")
