"""The debrief of a crisis or an exercise: meetings, findings, comments, addenda, files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_1001"
down_revision = "20261123_0323"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "debriefs",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("crisis_id", sa.Uuid(), nullable=True),
        sa.Column("exercise_id", sa.Uuid(), nullable=True),
        sa.Column("is_exercise", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("crisis_type", sa.String(length=40), nullable=True),
        sa.Column("over_on", sa.Date(), nullable=False),
        sa.Column("owner_account_id", sa.Uuid(), nullable=True),
        sa.Column("owner_name", sa.String(length=160), nullable=False),
        sa.Column("report_on", sa.Date(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Text(), nullable=False),
        sa.Column("is_shared_with_ars", sa.Boolean(), nullable=False),
        sa.Column("is_shared_with_cpam", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("validated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("validated_by_id", sa.Uuid(), nullable=True),
        sa.Column("validated_by_name", sa.String(length=160), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("reminded", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(crisis_id IS NULL) <> (exercise_id IS NULL)", name=op.f("ck_debriefs_of_one_thing")),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_debriefs_cpts_id")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_debriefs_crisis_id")),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercises.id"], name=op.f("fk_debriefs_exercise_id")),
        sa.ForeignKeyConstraint(["owner_account_id"], ["accounts.id"], name=op.f("fk_debriefs_owner_account_id")),
        sa.ForeignKeyConstraint(["validated_by_id"], ["accounts.id"], name=op.f("fk_debriefs_validated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debriefs")),
        sa.UniqueConstraint("crisis_id", name=op.f("uq_debriefs_crisis_id")),
        sa.UniqueConstraint("exercise_id", name=op.f("uq_debriefs_exercise_id")),
    )
    with op.batch_alter_table("debriefs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_debriefs_cpts_id"), ["cpts_id"], unique=False)

    op.create_table(
        "debrief_addenda",
        sa.Column("debrief_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_by_name", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["debrief_id"], ["debriefs.id"], name=op.f("fk_debrief_addenda_debrief_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["accounts.id"], name=op.f("fk_debrief_addenda_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_addenda")),
        sa.UniqueConstraint("debrief_id", "number", name=op.f("uq_debrief_addenda_debrief_id_number")),
    )
    op.create_table(
        "debrief_files",
        sa.Column("debrief_id", sa.Uuid(), nullable=False),
        sa.Column("addendum_number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["debrief_id"], ["debriefs.id"], name=op.f("fk_debrief_files_debrief_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_files")),
        sa.UniqueConstraint(
            "debrief_id", "addendum_number", "edition", name=op.f("uq_debrief_files_debrief_id_addendum_number_edition")
        ),
    )
    op.create_table(
        "debrief_findings",
        sa.Column("debrief_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("as_said", sa.Text(), nullable=False),
        sa.Column("as_validated", sa.Text(), nullable=False),
        sa.Column("section_key", sa.String(length=40), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.String(length=160), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_why", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_debrief_findings_author_id")),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_debrief_findings_card_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["debrief_id"], ["debriefs.id"], name=op.f("fk_debrief_findings_debrief_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_findings")),
        sa.UniqueConstraint("debrief_id", "number", name=op.f("uq_debrief_findings_debrief_id_number")),
    )
    with op.batch_alter_table("debrief_findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_debrief_findings_card_id"), ["card_id"], unique=False)

    op.create_table(
        "debrief_meetings",
        sa.Column("debrief_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("facilitator", sa.String(length=160), nullable=False),
        sa.Column("participants", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["debrief_id"], ["debriefs.id"], name=op.f("fk_debrief_meetings_debrief_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_meetings")),
        sa.UniqueConstraint("debrief_id", "meeting", name=op.f("uq_debrief_meetings_debrief_id_meeting")),
    )
    op.create_table(
        "figure_comments",
        sa.Column("debrief_id", sa.Uuid(), nullable=False),
        sa.Column("figure", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_name", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["debrief_id"], ["debriefs.id"], name=op.f("fk_figure_comments_debrief_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_comments")),
        sa.UniqueConstraint("debrief_id", "figure", name=op.f("uq_figure_comments_debrief_id_figure")),
    )
    op.create_table(
        "finding_entries",
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["logbook_entries.id"], name=op.f("fk_finding_entries_entry_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["debrief_findings.id"], name=op.f("fk_finding_entries_finding_id")),
        sa.PrimaryKeyConstraint("finding_id", "entry_id", name=op.f("pk_finding_entries")),
    )


def downgrade() -> None:
    op.drop_table("finding_entries")
    op.drop_table("figure_comments")
    op.drop_table("debrief_meetings")
    with op.batch_alter_table("debrief_findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_debrief_findings_card_id"))

    op.drop_table("debrief_findings")
    op.drop_table("debrief_files")
    op.drop_table("debrief_addenda")
    with op.batch_alter_table("debriefs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_debriefs_cpts_id"))

    op.drop_table("debriefs")
