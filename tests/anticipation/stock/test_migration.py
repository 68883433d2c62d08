"""The migration of the movements, on rows: no quantity is lost on the way up, nor on the way down."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DBAPIError

from crisis_plan.anticipation.stock import movements, operations, queries
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.anticipation.stock.factories import batch_of
from tests.demonstration import installation
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory

BEFORE, AFTER = "20261122_2108", "20261122_2109"


def test_quantities_become_openings_and_come_back() -> None:
    with installation() as app, app.app_context():
        cpts = CptsFactory()
        batch, gone = batch_of(cpts, "Gants", 10), batch_of(cpts, "Gel", 3)
        movements.take_out(batch, 4, on=TODAY, by=AccountFactory(), at=NOON)
        operations.remove_item(gone.item, by=AccountFactory(), at=NOON)
        db.session.commit()
        ids = (cpts.id, batch.id)
        db.session.remove()
        downgrade(revision=BEFORE)
        assert stored("SELECT label, quantity FROM stock_batches") == [("L1", 6)]
        assert stored("SELECT name FROM stock_items") == [("Gants",)]
        upgrade()
        (item,) = queries.items(db.session.get_one(Cpts, ids[0]))
        assert [(one.id, one.quantity, one.place) for one in item.batches] == [(ids[1], 6, "Pharmacie d’Uzès")]
        (opening,) = item.batches[0].movements
        assert (opening.kind.value, opening.change, opening.by_id) == ("opening", 6, None)
        assert opening.recorded_at == datetime(2026, 11, 22, 12, tzinfo=UTC)
        assert opening.happened_on == TODAY


@pytest.mark.parametrize("change", ["UPDATE stock_movements SET change = 0", "DELETE FROM stock_movements"])
def test_the_database_refuses_to_change_a_movement(cpts: Cpts, change: str) -> None:
    batch_of(cpts)
    with db.engine.connect() as connection, pytest.raises(DBAPIError, match="append only"):
        connection.execute(sa.text(change))


def stored(query: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]
