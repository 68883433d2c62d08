"""Risks of the territory, and where each commune holds its register of vulnerable people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0010"
down_revision = "20261122_2111"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commune_registers",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("held_by", sa.String(length=300), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cpts_id"], ["cpts.id"], name=op.f("fk_commune_registers_cpts_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commune_registers")),
        sa.UniqueConstraint("cpts_id", "commune_code", name=op.f("uq_commune_registers_cpts_id_commune_code")),
    )
    op.create_table(
        "risks",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("folded_name", sa.String(length=160), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("commune_codes", sa.JSON(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("facilities", sa.Text(), nullable=False),
        sa.Column("crisis_types", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("set_aside", sa.String(length=1000), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_risks_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risks")),
        sa.UniqueConstraint("cpts_id", "folded_name", name=op.f("uq_risks_cpts_id_folded_name")),
    )


def downgrade() -> None:
    op.drop_table("risks")
    op.drop_table("commune_registers")
