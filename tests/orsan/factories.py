"""Rows of ORSAN, made through the operations."""

from __future__ import annotations

from typing import Any

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import NeighbourKind, OrsanPlan
from crisis_plan.orsan.matrix import operations as matrix
from crisis_plan.orsan.matrix.models import OrsanStance
from crisis_plan.orsan.matrix.stances import Stance
from crisis_plan.orsan.neighbours import operations
from crisis_plan.orsan.neighbours.descriptions import NeighbourDescription
from crisis_plan.orsan.neighbours.models import NeighbouringPlan
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory

A_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
A_PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20 + b"IEND\xaeB`\x82"


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def keeper(cpts: Cpts, name: str = "Dupuy") -> Contact:
    """A contact with a private number and a professional one."""
    phones = [
        ContactPhone(position=0, number="+33639980000", is_private=True),
        ContactPhone(position=1, number="+33465710009"),
    ]
    made: Contact = ContactFactory(cpts_id=cpts.id, family_name=name, phones=phones)
    db.session.commit()
    return made


def neighbour(
    cpts: Cpts, name: str = "Plan bleu", kind: NeighbourKind = NeighbourKind.PLAN_BLEU, **told: Any
) -> NeighbouringPlan:
    described = NeighbourDescription(name, kind, **told)
    made = operations.add(cpts, described, today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def card(
    cpts: Cpts, title: str, types: tuple[CrisisType, ...], plans: tuple[OrsanPlan, ...], *, is_reviewed: bool = True
) -> ActionCard:
    position = db.session.query(ActionCard).filter_by(cpts_id=cpts.id).count()
    made = ActionCard(
        cpts_id=cpts.id,
        position=position,
        title=title,
        crisis_types=[one.value for one in types],
        orsan_plans=[one.value for one in plans],
        reread_on=TODAY if is_reviewed else None,
        created_at=NOON,
        updated_at=NOON,
    )
    db.session.add(made)
    db.session.commit()
    return made


def chosen(cpts: Cpts, stance: Stance) -> OrsanStance:
    made = matrix.choose(cpts, stance, seen_version=0, today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made
