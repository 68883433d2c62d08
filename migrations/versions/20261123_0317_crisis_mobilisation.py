"""Members’ time and actions carried out in a crisis."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0317"
down_revision = "20261123_0316"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_actions",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("action_key", sa.String(length=200), nullable=False),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=160), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_crisis_actions_card_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_actions_crisis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_actions")),
    )
    with op.batch_alter_table("crisis_actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_actions_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_actions_crisis_id"), ["crisis_id"], unique=False)

    op.create_table(
        "crisis_times",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=160), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("person_key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=330), nullable=False),
        sa.Column("profession", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_crisis_times_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_times_crisis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_times")),
    )
    with op.batch_alter_table("crisis_times", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_times_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_times_crisis_id"), ["crisis_id"], unique=False)

    op.create_table(
        "crisis_action_people",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("person_key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=330), nullable=False),
        sa.Column("profession", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["crisis_actions.id"], name=op.f("fk_crisis_action_people_action_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_crisis_action_people_contact_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_action_people")),
    )
    with op.batch_alter_table("crisis_action_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_action_people_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_action_people_contact_id"), ["contact_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("crisis_action_people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_action_people_contact_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_action_people_action_id"))

    op.drop_table("crisis_action_people")
    with op.batch_alter_table("crisis_times", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_times_crisis_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_times_contact_id"))

    op.drop_table("crisis_times")
    with op.batch_alter_table("crisis_actions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_actions_crisis_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_actions_card_id"))

    op.drop_table("crisis_actions")
