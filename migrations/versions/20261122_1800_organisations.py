"""CPTS, their communes, the institutions that follow them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1800"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cpts",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("legal_name", sa.String(length=200), nullable=False),
        sa.Column("siret", sa.String(length=14), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("president", sa.String(length=160), nullable=False),
        sa.Column("cpam_name", sa.String(length=160), nullable=False),
        sa.Column("region", sa.String(length=3), nullable=False),
        sa.Column("departements", sa.JSON(), nullable=False),
        sa.Column("stated_inhabitants", sa.Integer(), nullable=True),
        sa.Column("stated_size", sa.String(length=40), nullable=True),
        sa.Column("contract_signed_on", sa.Date(), nullable=True),
        sa.Column("amendment_signed_on", sa.Date(), nullable=True),
        sa.Column("mission_started_on", sa.Date(), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cpts")),
        sa.UniqueConstraint("slug", name=op.f("uq_cpts_slug")),
    )
    op.create_table(
        "institutions",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("region", sa.String(length=3), nullable=False),
        sa.Column("departements", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institutions")),
    )
    op.create_table(
        "cpts_communes",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_cpts_communes_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cpts_id", "code", name=op.f("pk_cpts_communes")),
    )


def downgrade() -> None:
    op.drop_table("cpts_communes")
    op.drop_table("institutions")
    op.drop_table("cpts")
