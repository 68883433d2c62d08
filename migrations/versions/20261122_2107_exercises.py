"""The programme of exercises and awareness actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2107"
down_revision = "20261122_2106"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exercise_paces",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_exercise_paces_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_paces")),
        sa.UniqueConstraint("cpts_id", "kind", name=op.f("uq_exercise_paces_cpts_id_kind")),
    )
    op.create_table(
        "exercises",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("crisis_type", sa.String(length=40), nullable=True),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("observed", sa.Text(), nullable=False),
        sa.Column("call_list_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_list_id"], ["call_lists.id"], name=op.f("fk_exercises_call_list_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_exercises_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercises")),
    )
    with op.batch_alter_table("exercises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercises_cpts_id"), ["cpts_id"], unique=False)

    op.create_table(
        "exercise_documents",
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_exercise_documents_added_by_id")),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_exercise_documents_exercise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_documents")),
    )
    with op.batch_alter_table("exercise_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_documents_exercise_id"), ["exercise_id"], unique=False)

    op.create_table(
        "exercise_lessons",
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_exercise_lessons_exercise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_lessons")),
    )
    with op.batch_alter_table("exercise_lessons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_lessons_exercise_id"), ["exercise_id"], unique=False)

    op.create_table(
        "exercise_participants",
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=330), nullable=False),
        sa.Column("profession", sa.String(length=120), nullable=False),
        sa.Column("was_present", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_exercise_participants_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_exercise_participants_exercise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_participants")),
        sa.UniqueConstraint("exercise_id", "contact_id", name=op.f("uq_exercise_participants_exercise_id_contact_id")),
    )
    with op.batch_alter_table("exercise_participants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_participants_contact_id"), ["contact_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("exercise_participants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_participants_contact_id"))

    op.drop_table("exercise_participants")
    with op.batch_alter_table("exercise_lessons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_lessons_exercise_id"))

    op.drop_table("exercise_lessons")
    with op.batch_alter_table("exercise_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_documents_exercise_id"))

    op.drop_table("exercise_documents")
    with op.batch_alter_table("exercises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercises_cpts_id"))

    op.drop_table("exercises")
    op.drop_table("exercise_paces")
