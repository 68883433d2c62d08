"""Whoever opposed is not typed in again without a word."""

from __future__ import annotations

import sqlalchemy as sa

from crisis_plan.anticipation.directory import oppositions
from crisis_plan.anticipation.directory.models import Contact, ContactPlace
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import TODAY, ContactFactory

TYPED = {
    "kind": "professional",
    "nature": "person",
    "family_name": "BARTHELEMY",
    "given_name": "Zoé",
    "places-0-commune": "Uzès",
}


def opposed(cpts: Cpts) -> None:
    """Zoé Barthélemy, of Uzès, asked not to be there."""
    place = ContactPlace(position=0, commune="Uzès")
    made = ContactFactory(cpts_id=cpts.id, family_name="Barthélemy", given_name="Zoé", places=[place])
    oppositions.keep(made, on=TODAY)
    db.session.delete(made)
    db.session.commit()


def names() -> list[str]:
    return list(db.session.scalars(sa.select(Contact.given_name)))


def test_who_opposed_is_refused_with_the_way_to_lift_it(coordinator: Browser, cpts: Cpts) -> None:
    opposed(cpts)
    page = coordinator.submit(coordinator.get("cpts.directory.new"), "main form", TYPED)
    assert page.status == 422
    assert "a demandé à ne pas figurer dans l’annuaire" in page.texts("#family_name-error")[0]
    assert page.html.select_one("#family_name")["value"] == "BARTHELEMY"  # type: ignore[index]
    assert names() == []
    lifting = coordinator.open(page.links()["Lever l’opposition"])
    said = {"family_name": "Barthélemy", "given_name": "Zoé", "commune": "Uzès"}
    assert coordinator.submit(lifting, "main form[method=post]", said).status == 303
    assert coordinator.submit(page, "main form", TYPED).status == 303
    assert names() == ["Zoé"]


def test_a_namesake_elsewhere_is_added(coordinator: Browser, cpts: Cpts) -> None:
    opposed(cpts)
    page = coordinator.get("cpts.directory.new")
    assert coordinator.submit(page, "main form", TYPED | {"places-0-commune": "Nîmes"}).status == 303
    assert names() == ["Zoé"]
