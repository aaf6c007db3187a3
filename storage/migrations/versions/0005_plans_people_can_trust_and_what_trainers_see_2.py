"""Plans people can trust and what trainers see 2."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Step forward."""
    _plans()
    _rounds()


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_column("reminded_at")

    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_plans_owner_id_people"), type_="foreignkey")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("owner_id")
        batch_op.drop_column("has_polls")
        batch_op.drop_column("audience")
        batch_op.drop_column("quotas")
        batch_op.drop_column("own_time_until")
        batch_op.drop_column("remind_at")
        batch_op.drop_column("open_hours")
        batch_op.drop_column("ends_on")


def _plans() -> None:
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("open_hours", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("remind_at", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("own_time_until", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("quotas", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("audience", sa.JSON(), nullable=True))
        batch_op.add_column(
            sa.Column("has_polls", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("owner_id", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_plans_owner_id_people"), "people", ["owner_id"], ["id"]
        )


def _rounds() -> None:
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
