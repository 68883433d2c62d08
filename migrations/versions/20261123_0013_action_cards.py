"""Action cards, their steps, and the crisis types that none covers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0013"
down_revision = "20261123_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action_cards",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("draft", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("crisis_types", sa.JSON(), nullable=False),
        sa.Column("orsan_plans", sa.JSON(), nullable=False),
        sa.Column("professions", sa.JSON(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("protection", sa.Text(), nullable=False),
        sa.Column("material_note", sa.Text(), nullable=False),
        sa.Column("places_note", sa.Text(), nullable=False),
        sa.Column("stop", sa.Text(), nullable=False),
        sa.Column("reread_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_action_cards_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_cards")),
    )
    with op.batch_alter_table("action_cards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_cards_cpts_id"), ["cpts_id"], unique=False)

    op.create_table(
        "uncovered_types",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("crisis_type", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_uncovered_types_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uncovered_types")),
        sa.UniqueConstraint("cpts_id", "crisis_type", name=op.f("uq_uncovered_types_cpts_id_crisis_type")),
    )
    op.create_table(
        "card_contacts",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("function_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_card_contacts_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_card_contacts_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["function_id"], ["cell_functions.id"], name=op.f("fk_card_contacts_function_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_contacts")),
    )
    with op.batch_alter_table("card_contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_contacts_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_card_contacts_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_card_contacts_function_id"), ["function_id"], unique=False)

    op.create_table(
        "card_functions",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("function_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_card_functions_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["function_id"], ["cell_functions.id"], name=op.f("fk_card_functions_function_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("card_id", "function_id", name=op.f("pk_card_functions")),
    )
    with op.batch_alter_table("card_functions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_functions_function_id"), ["function_id"], unique=False)

    op.create_table(
        "card_levels",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("level_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_card_levels_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["level_id"], ["levels.id"], name=op.f("fk_card_levels_level_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("card_id", "level_id", name=op.f("pk_card_levels")),
    )
    with op.batch_alter_table("card_levels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_levels_level_id"), ["level_id"], unique=False)

    op.create_table(
        "card_materials",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_card_materials_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["stock_items.id"], name=op.f("fk_card_materials_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_materials")),
    )
    with op.batch_alter_table("card_materials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_materials_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_card_materials_item_id"), ["item_id"], unique=False)

    op.create_table(
        "card_messages",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_card_messages_card_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_messages")),
    )
    with op.batch_alter_table("card_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_messages_card_id"), ["card_id"], unique=False)

    op.create_table(
        "card_steps",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("phase_rank", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("function_id", sa.Uuid(), nullable=True),
        sa.Column("who", sa.String(length=160), nullable=False),
        sa.Column("delay_minutes", sa.Integer(), nullable=True),
        sa.Column("care", sa.String(length=40), nullable=True),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_card_steps_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["function_id"], ["cell_functions.id"], name=op.f("fk_card_steps_function_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_steps")),
    )
    with op.batch_alter_table("card_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_steps_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_card_steps_function_id"), ["function_id"], unique=False)

    op.create_table(
        "card_places",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_card_places_card_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["mobilisable_places.id"], name=op.f("fk_card_places_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("card_id", "place_id", name=op.f("pk_card_places")),
    )
    with op.batch_alter_table("card_places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_places_place_id"), ["place_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("card_places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_places_place_id"))

    op.drop_table("card_places")
    with op.batch_alter_table("card_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_steps_function_id"))
        batch_op.drop_index(batch_op.f("ix_card_steps_card_id"))

    op.drop_table("card_steps")
    with op.batch_alter_table("card_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_messages_card_id"))

    op.drop_table("card_messages")
    with op.batch_alter_table("card_materials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_materials_item_id"))
        batch_op.drop_index(batch_op.f("ix_card_materials_card_id"))

    op.drop_table("card_materials")
    with op.batch_alter_table("card_levels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_levels_level_id"))

    op.drop_table("card_levels")
    with op.batch_alter_table("card_functions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_functions_function_id"))

    op.drop_table("card_functions")
    with op.batch_alter_table("card_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_contacts_function_id"))
        batch_op.drop_index(batch_op.f("ix_card_contacts_contact_id"))
        batch_op.drop_index(batch_op.f("ix_card_contacts_card_id"))

    op.drop_table("card_contacts")
    op.drop_table("uncovered_types")
    with op.batch_alter_table("action_cards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_cards_cpts_id"))

    op.drop_table("action_cards")
