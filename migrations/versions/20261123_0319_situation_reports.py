"""Situation reports: a draft, then issued once and for all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0319"
down_revision = "20261123_0318"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "situation_reports",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("next_point_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by_name", sa.String(length=160), nullable=False),
        sa.Column("last_entry_number", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_by_id", sa.Uuid(), nullable=True),
        sa.Column("issued_by_name", sa.String(length=160), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_situation_reports_crisis_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["logbook_entries.id"], name=op.f("fk_situation_reports_entry_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["accounts.id"], name=op.f("fk_situation_reports_issued_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation_reports")),
        sa.UniqueConstraint("crisis_id", "number", name=op.f("uq_situation_reports_crisis_id_number")),
    )


def downgrade() -> None:
    op.drop_table("situation_reports")
