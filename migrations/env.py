"""How Alembic meets the application. A migration itself imports nothing from it."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

import crisis_plan.models  # noqa: F401  (fills the metadata)
from crisis_plan.db import Base, UtcDateTime, db


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our own types are written as plain SQLAlchemy: a migration must outlive them."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


def compare_type(_context: Any, _column: Any, _metadata_column: Any, inspected: Any, wanted: Any) -> bool | None:
    """An enumeration stored by value is a string of the same length."""
    if isinstance(wanted, sa.Enum):
        return not (isinstance(inspected, sa.String) and inspected.length == wanted.length)
    return None


def run() -> None:
    """Migrate, in one transaction where the engine can."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            compare_type=compare_type,
            render_as_batch=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
