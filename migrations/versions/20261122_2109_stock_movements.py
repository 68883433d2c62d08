"""Movements of the stock, append only: the quantity of a batch is their sum, no longer a column."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "20261122_2109"
down_revision = "20261122_2108"
branch_labels = None
depends_on = None

items = sa.table("stock_items", sa.column("id", sa.Uuid()), sa.column("updated_at", sa.DateTime(timezone=True)))
batches = sa.table(
    "stock_batches", sa.column("id", sa.Uuid()), sa.column("item_id", sa.Uuid()), sa.column("quantity", sa.Integer())
)
movements = sa.table(
    "stock_movements",
    sa.column("id", sa.Uuid()),
    sa.column("batch_id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("change", sa.Integer()),
    sa.column("happened_on", sa.Date()),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
    sa.column("note", sa.String()),
)


def refuse_changes(table: str) -> None:
    """What is written here never changes: the database itself refuses."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append only'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
        )


def allow_changes(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP FUNCTION {table}_is_append_only()")
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(f"DROP TRIGGER {table}_refuses_{event.lower()}")


def upgrade() -> None:
    op.create_table(
        "stock_movements",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("transfer_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["stock_batches.id"], name=op.f("fk_stock_movements_batch_id")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_stock_movements_by_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["stock_movements.id"], name=op.f("fk_stock_movements_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movements")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_stock_movements_reverses_id")),
    )
    with op.batch_alter_table("stock_movements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_movements_batch_id"), ["batch_id"], unique=False)
    open_with_what_is_there()
    # Plain ALTER TABLE: SQLite would rebuild the table for anything more, and drop its children by cascade.
    op.drop_column("stock_batches", "quantity")
    op.add_column("stock_batches", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("stock_items", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("stock_items", sa.Column("count_every_months", sa.Integer(), nullable=True))
    refuse_changes("stock_movements")


def open_with_what_is_there() -> None:
    """The quantity of each batch becomes its opening, on the day when its item last changed."""
    connection = op.get_bind()
    found = connection.execute(
        sa.select(batches.c.id, batches.c.quantity, items.c.updated_at).join(items, items.c.id == batches.c.item_id)
    )
    rows = [
        {
            "id": uuid.uuid4(),
            "batch_id": batch_id,
            "kind": "opening",
            "change": quantity,
            "happened_on": changed_at.date(),
            "recorded_at": changed_at,
            "note": "",
        }
        for batch_id, quantity, changed_at in found.all()
    ]
    if rows:
        connection.execute(sa.insert(movements), rows)


def downgrade() -> None:
    """The sums go back into the column; what was removed, and only kept for its movements, goes."""
    allow_changes("stock_movements")
    op.add_column("stock_batches", sa.Column("quantity", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE stock_batches SET quantity = (SELECT COALESCE(SUM(stock_movements.change), 0) "
        "FROM stock_movements WHERE stock_movements.batch_id = stock_batches.id)"
    )
    with op.batch_alter_table("stock_movements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stock_movements_batch_id"))

    op.drop_table("stock_movements")
    op.execute("DELETE FROM stock_batches WHERE removed_at IS NOT NULL")
    op.execute("DELETE FROM stock_items WHERE removed_at IS NOT NULL")
    op.drop_column("stock_items", "count_every_months")
    op.drop_column("stock_items", "removed_at")
    op.drop_column("stock_batches", "removed_at")
