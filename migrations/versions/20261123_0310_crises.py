"""Crises and exercises, their alert, and what is frozen when they open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0310"
down_revision = "20261123_0302"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crises",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("crisis_type", sa.String(length=40), nullable=False),
        sa.Column("level_id", sa.Uuid(), nullable=True),
        sa.Column("level_name", sa.String(length=80), nullable=False),
        sa.Column("silence_minutes", sa.Integer(), nullable=True),
        sa.Column("report_every_minutes", sa.Integer(), nullable=True),
        sa.Column("late_after_minutes", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by_name", sa.String(length=160), nullable=False),
        sa.Column("next_point_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("pen_account_id", sa.Uuid(), nullable=True),
        sa.Column("pen_name", sa.String(length=160), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("first_hour", sa.Text(), nullable=False),
        sa.Column("silence_reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("point_reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stood_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hot_debrief_on", sa.Date(), nullable=True),
        sa.Column("cold_debrief_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by_id"], ["accounts.id"], name=op.f("fk_crises_closed_by_id")),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_crises_cpts_id")),
        sa.ForeignKeyConstraint(["level_id"], ["levels.id"], name=op.f("fk_crises_level_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["opened_by_id"], ["accounts.id"], name=op.f("fk_crises_opened_by_id")),
        sa.ForeignKeyConstraint(["pen_account_id"], ["accounts.id"], name=op.f("fk_crises_pen_account_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publications.id"], name=op.f("fk_crises_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crises")),
        sa.UniqueConstraint("cpts_id", "mode", "number", name=op.f("uq_crises_cpts_id_mode_number")),
    )
    with op.batch_alter_table("crises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crises_cpts_id"), ["cpts_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crises_level_id"), ["level_id"], unique=False)

    op.create_table(
        "crisis_alerts",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sender", sa.String(length=160), nullable=False),
        sa.Column("body", sa.String(length=160), nullable=False),
        sa.Column("callback", sa.String(length=80), nullable=False),
        sa.Column("is_callback_checked", sa.Boolean(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("communes", sa.JSON(), nullable=False),
        sa.Column("hazards", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_until", sa.String(length=160), nullable=False),
        sa.Column("wanted_back", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_alerts_crisis_id")),
        sa.PrimaryKeyConstraint("crisis_id", name=op.f("pk_crisis_alerts")),
    )
    op.create_table(
        "crisis_snapshots",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_snapshots_crisis_id")),
        sa.PrimaryKeyConstraint("crisis_id", name=op.f("pk_crisis_snapshots")),
    )


def downgrade() -> None:
    op.drop_table("crisis_snapshots")
    op.drop_table("crisis_alerts")
    with op.batch_alter_table("crises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crises_level_id"))
        batch_op.drop_index(batch_op.f("ix_crises_cpts_id"))

    op.drop_table("crises")
