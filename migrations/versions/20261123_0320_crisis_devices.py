"""Devices that write in a crisis."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0320"
down_revision = "20261123_0319"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_devices",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.String(length=160), nullable=False),
        sa.Column("device_key", sa.Uuid(), nullable=False),
        sa.Column("device_name", sa.String(length=80), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_crisis_devices_account_id")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_devices_crisis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_devices")),
        sa.UniqueConstraint(
            "crisis_id", "account_id", "device_key", name=op.f("uq_crisis_devices_crisis_id_account_id_device_key")
        ),
    )
    with op.batch_alter_table("crisis_devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_devices_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("crisis_devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_devices_account_id"))

    op.drop_table("crisis_devices")
