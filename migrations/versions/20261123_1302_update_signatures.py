"""« Revu sans changement », signed by name and date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_1302"
down_revision = "20261123_1301"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "update_signatures",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signed_by_id", sa.Uuid(), nullable=False),
        sa.Column("signed_by_name", sa.String(length=160), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_name", sa.String(length=160), nullable=False),
        sa.Column("printed_in_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_update_signatures_cpts_id")),
        sa.ForeignKeyConstraint(
            ["printed_in_id"], ["publications.id"], name=op.f("fk_update_signatures_printed_in_id")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name=op.f("fk_update_signatures_publication_id")
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["accounts.id"], name=op.f("fk_update_signatures_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_signatures")),
    )
    op.create_index(op.f("ix_update_signatures_cpts_id"), "update_signatures", ["cpts_id"], unique=False)
    op.create_index(
        "uq_update_signatures_stands",
        "update_signatures",
        ["publication_id", "kind", "key"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_update_signatures_stands", table_name="update_signatures")
    op.drop_index("ix_update_signatures_cpts_id", table_name="update_signatures")
    op.drop_table("update_signatures")
