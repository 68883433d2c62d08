"""A publication in a process of its own, which stops before or after its commit and waits to be killed."""

from __future__ import annotations

import sys
import uuid

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import operations
from crisis_plan.publication.rules import PublicationKind
from tests.factories import NOON, TODAY
from wsgi import app

WRITTEN, KEPT = "written", "kept"
"""Everything is printed and written, nothing is committed; everything is."""


def main(cpts_id: str, account_id: str, moment: str) -> None:
    with app.test_request_context():
        cpts, account = (
            db.session.get_one(model, uuid.UUID(one)) for model, one in ((Cpts, cpts_id), (Account, account_id))
        )
        operations.publish(cpts, kind=PublicationKind.PUBLISHED, by=account, at=NOON, today=TODAY)
        if moment == KEPT:
            db.session.commit()
        print(moment, flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
