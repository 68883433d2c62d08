"""What is to be improved, each change of it, and what proves it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_1002"
down_revision = "20261123_1001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "improvements",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("origin_words", sa.String(length=300), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=True),
        sa.Column("exercise_id", sa.Uuid(), nullable=True),
        sa.Column("lesson_id", sa.Uuid(), nullable=True),
        sa.Column("opinion_id", sa.Uuid(), nullable=True),
        sa.Column("owner_account_id", sa.Uuid(), nullable=True),
        sa.Column("owner_name", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("section_key", sa.String(length=40), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_name", sa.String(length=160), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_improvements_card_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_improvements_cpts_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["accounts.id"], name=op.f("fk_improvements_created_by_id")),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_improvements_exercise_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["debrief_findings.id"], name=op.f("fk_improvements_finding_id")),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["exercise_lessons.id"], name=op.f("fk_improvements_lesson_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinions.id"], name=op.f("fk_improvements_opinion_id")),
        sa.ForeignKeyConstraint(["owner_account_id"], ["accounts.id"], name=op.f("fk_improvements_owner_account_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publications.id"], name=op.f("fk_improvements_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvements")),
        sa.UniqueConstraint("cpts_id", "number", name=op.f("uq_improvements_cpts_id_number")),
    )
    with op.batch_alter_table("improvements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvements_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvements_cpts_id"), ["cpts_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvements_exercise_id"), ["exercise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvements_finding_id"), ["finding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvements_lesson_id"), ["lesson_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvements_opinion_id"), ["opinion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvements_owner_account_id"), ["owner_account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvements_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "improvement_documents",
        sa.Column("improvement_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_improvement_documents_added_by_id")),
        sa.ForeignKeyConstraint(
            ["improvement_id"], ["improvements.id"], name=op.f("fk_improvement_documents_improvement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_documents")),
    )
    with op.batch_alter_table("improvement_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_documents_improvement_id"), ["improvement_id"], unique=False)

    op.create_table(
        "improvement_steps",
        sa.Column("improvement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(length=160), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_improvement_steps_by_id")),
        sa.ForeignKeyConstraint(
            ["improvement_id"], ["improvements.id"], name=op.f("fk_improvement_steps_improvement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_steps")),
        sa.UniqueConstraint("improvement_id", "number", name=op.f("uq_improvement_steps_improvement_id_number")),
    )


def downgrade() -> None:
    op.drop_table("improvement_steps")
    with op.batch_alter_table("improvement_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_documents_improvement_id"))

    op.drop_table("improvement_documents")
    with op.batch_alter_table("improvements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvements_publication_id"))
        batch_op.drop_index(batch_op.f("ix_improvements_owner_account_id"))
        batch_op.drop_index(batch_op.f("ix_improvements_opinion_id"))
        batch_op.drop_index(batch_op.f("ix_improvements_lesson_id"))
        batch_op.drop_index(batch_op.f("ix_improvements_finding_id"))
        batch_op.drop_index(batch_op.f("ix_improvements_exercise_id"))
        batch_op.drop_index(batch_op.f("ix_improvements_cpts_id"))
        batch_op.drop_index(batch_op.f("ix_improvements_card_id"))

    op.drop_table("improvements")
