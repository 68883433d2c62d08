"""The plans of others that the CPTS fits with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0014"
down_revision = "20261123_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "neighbouring_plans",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("own_kind", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("folded_name", sa.String(length=160), nullable=False),
        sa.Column("owner", sa.String(length=160), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("edition", sa.String(length=160), nullable=False),
        sa.Column("edition_seen_on", sa.Date(), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("whereabouts", sa.String(length=300), nullable=False),
        sa.Column("asks_of_cpts", sa.Text(), nullable=False),
        sa.Column("asked_by_cpts", sa.Text(), nullable=False),
        sa.Column("crisis_types", sa.JSON(), nullable=False),
        sa.Column("orsan_plans", sa.JSON(), nullable=False),
        sa.Column("next_check_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_neighbouring_plans_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["cpts_id"], ["cpts.id"], name=op.f("fk_neighbouring_plans_cpts_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbouring_plans")),
        sa.UniqueConstraint("cpts_id", "folded_name", name=op.f("uq_neighbouring_plans_cpts_id_folded_name")),
    )
    with op.batch_alter_table("neighbouring_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_neighbouring_plans_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "neighbouring_plan_files",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_neighbouring_plan_files_added_by_id")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["neighbouring_plans.id"], name=op.f("fk_neighbouring_plan_files_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbouring_plan_files")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_neighbouring_plan_files_plan_id")),
    )


def downgrade() -> None:
    op.drop_table("neighbouring_plan_files")
    with op.batch_alter_table("neighbouring_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_neighbouring_plans_contact_id"))

    op.drop_table("neighbouring_plans")
