"""The places that can be opened, as they stand."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask import abort

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.places.models import Place
from crisis_plan.adaptation.places.rules import CheckState, check_state, checks_due, first_check
from crisis_plan.anticipation.directory import loading
from crisis_plan.db import db
from crisis_plan.due import Said
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts

WITH_CONTACT = loading.with_phones(Place.contact)


@dataclass(frozen=True)
class Filters:
    """What a person looks for among the places."""

    crisis_type: CrisisType | None = None
    commune: str = ""
    state: CheckState | None = None

    @property
    def address(self) -> dict[str, str]:
        """The filters as an address carries them, without the empty ones."""
        asked = {
            "type": str(self.crisis_type.number) if self.crisis_type else "",
            "commune": self.commune,
            "etat": self.state.value if self.state else "",
        }
        return {name: value for name, value in asked.items() if value}


def places(cpts: Cpts) -> Sequence[Place]:
    """Every place, by name, with whom to ask and their telephones; one statement."""
    return (
        db.session.scalars(
            sa.select(Place).where(Place.cpts_id == cpts.id).options(WITH_CONTACT).order_by(Place.folded_name, Place.id)
        )
        .unique()
        .all()
    )


def matching(found: Iterable[Place], filters: Filters, today: date) -> list[Place]:
    """Those that the filters keep."""
    return [
        place
        for place in found
        if (filters.crisis_type is None or filters.crisis_type.value in place.crisis_types)
        and (not filters.commune or place.commune == filters.commune)
        and (filters.state is None or check_state(place.checked_on, today) is filters.state)
    ]


def serving(found: Iterable[Place], crisis_type: CrisisType) -> list[Place]:
    """Those that serve in this type of crisis."""
    return [place for place in found if crisis_type.value in place.crisis_types]


def communes(found: Iterable[Place]) -> list[str]:
    """The communes where there is a place, in alphabetical order."""
    return sorted({place.commune for place in found if place.commune}, key=folded)


def counts(found: Iterable[Place], today: date) -> dict[CheckState, int]:
    """How many places are in each state."""
    counted = Counter(check_state(place.checked_on, today) for place in found)
    return {state: counted[state] for state in CheckState}


def place_or_404(cpts: Cpts, place_id: uuid.UUID) -> Place:
    """A place, with whom to ask and their telephones."""
    query = sa.select(Place).where(Place.cpts_id == cpts.id, Place.id == place_id).options(WITH_CONTACT)
    return db.session.scalars(query).unique().one_or_none() or abort(404)


def place_named(cpts: Cpts, folded_name: str) -> Place | None:
    return db.session.scalars(
        sa.select(Place).where(Place.cpts_id == cpts.id, Place.folded_name == folded_name)
    ).one_or_none()


def to_check(cpts: Cpts, today: date) -> Said:
    """What there is to check, for « À faire »; an empty sentence when all is well."""
    known = db.session.execute(sa.select(Place.checked_on).where(Place.cpts_id == cpts.id)).all()
    return Said(checks_due(known, today), first_check(known, today))
