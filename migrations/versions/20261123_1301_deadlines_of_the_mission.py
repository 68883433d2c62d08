"""What the deadlines are counted from, the contract"s documents, the reminders that were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_1301"
down_revision = "20261123_1005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cpts", sa.Column("deadlines_from", sa.String(length=40), nullable=True))
    op.create_table(
        "contract_documents",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_contract_documents_added_by_id")),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_contract_documents_cpts_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_documents")),
    )
    op.create_index(op.f("ix_contract_documents_cpts_id"), "contract_documents", ["cpts_id"], unique=False)
    op.create_table(
        "deadline_reminders",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("deadline", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cpts_id"], ["cpts.id"], name=op.f("fk_deadline_reminders_cpts_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_reminders")),
        sa.UniqueConstraint(
            "cpts_id", "deadline", "due_on", "stage", name=op.f("uq_deadline_reminders_cpts_id_deadline_due_on_stage")
        ),
    )


def downgrade() -> None:
    op.drop_table("deadline_reminders")
    op.drop_index("ix_contract_documents_cpts_id", table_name="contract_documents")
    op.drop_table("contract_documents")
    op.drop_column("cpts", "deadlines_from")
