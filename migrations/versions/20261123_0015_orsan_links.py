"""Which ORSAN plans each crisis type relates to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0015"
down_revision = "20261123_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orsan_links",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("crisis_type", sa.String(length=40), nullable=False),
        sa.Column("orsan_plan", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_orsan_links_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orsan_links")),
        sa.UniqueConstraint(
            "cpts_id", "crisis_type", "orsan_plan", name=op.f("uq_orsan_links_cpts_id_crisis_type_orsan_plan")
        ),
    )
    op.create_table(
        "orsan_stances",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("provisions", sa.JSON(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_orsan_stances_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cpts_id", name=op.f("pk_orsan_stances")),
    )


def downgrade() -> None:
    op.drop_table("orsan_stances")
    op.drop_table("orsan_links")
