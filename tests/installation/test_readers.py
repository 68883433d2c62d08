"""Who reads for an institution, in the order of a dictionary."""

from __future__ import annotations

from crisis_plan.access.models import Readership
from crisis_plan.db import db
from crisis_plan.installation.institutions.queries import readers
from tests.factories import NOON, AccountFactory, InstitutionFactory


def test_readers_are_listed_by_name_whatever_their_accents_and_capitals(app):
    institution = InstitutionFactory()
    for name in ("Zoé", "Émile", "alice", "Fanny"):
        db.session.add(Readership(account=AccountFactory(name=name), institution=institution, added_at=NOON))
    db.session.commit()
    assert [one.account.name for one in readers(institution)] == ["alice", "Émile", "Fanny", "Zoé"]
