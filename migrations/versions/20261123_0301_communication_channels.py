"""By what the CPTS speaks in a crisis."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0301"
down_revision = "20261123_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "communication_channels",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("serves", sa.String(length=300), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("held_by", sa.String(length=200), nullable=False),
        sa.Column("fallback", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_communication_channels_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["cpts_id"], ["cpts.id"], name=op.f("fk_communication_channels_cpts_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communication_channels")),
    )
    op.create_index(op.f("ix_communication_channels_contact_id"), "communication_channels", ["contact_id"])
    op.create_index(op.f("ix_communication_channels_cpts_id"), "communication_channels", ["cpts_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_communication_channels_cpts_id"), table_name="communication_channels")
    op.drop_index(op.f("ix_communication_channels_contact_id"), table_name="communication_channels")
    op.drop_table("communication_channels")
