"""Messages prepared in peace time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0302"
down_revision = "20261123_0301"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_models",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("crisis_types", sa.JSON(), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=True),
        sa.Column("audience_which", sa.String(length=120), nullable=False),
        sa.Column("audience_words", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("email_text", sa.Text(), nullable=False),
        sa.Column("short_text", sa.Text(), nullable=False),
        sa.Column("reread_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_message_models_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_models")),
    )
    op.create_index(op.f("ix_message_models_cpts_id"), "message_models", ["cpts_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_message_models_cpts_id"), table_name="message_models")
    op.drop_table("message_models")
