"""The board of needs by commune."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0315"
down_revision = "20261123_0314"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commune_needs",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("commune", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("care", sa.String(length=40), nullable=True),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("people_count", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("reported_by", sa.String(length=160), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by_name", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_commune_needs_crisis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commune_needs")),
    )
    with op.batch_alter_table("commune_needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commune_needs_crisis_id"), ["crisis_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("commune_needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commune_needs_crisis_id"))

    op.drop_table("commune_needs")
