"""The action cards of the fictional CPTS: the six drafts, taken then made its own, and two that it wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.adaptation.levels import queries as levels
from crisis_plan.adaptation.places import queries as places
from crisis_plan.adaptation.responses import operations, queries
from crisis_plan.adaptation.responses.descriptions import WORDS, CardDescription
from crisis_plan.adaptation.responses.draft_texts import DRAFTS
from crisis_plan.adaptation.responses.drafts import Draft
from crisis_plan.adaptation.responses.matches import Matches, matches_for
from crisis_plan.adaptation.responses.parts import (
    ContactDescription,
    MaterialDescription,
    MessageDescription,
    add_part,
    change_part,
)
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.adaptation.responses.steps import StepDescription, add_step, change_step
from crisis_plan.adaptation.responses.taking import take_drafts
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.queries import Filters
from crisis_plan.demo.own_cards import OWN_CARDS
from crisis_plan.demo.people import People
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import orsan_plans

if TYPE_CHECKING:
    from crisis_plan.access.models import Account
    from crisis_plan.adaptation.responses.models import ActionCard

MOST_PLACES = 2
FROM_PRE_ALERT = ("pre alerte", "activation partielle", "activation totale")
ACTIVATION = ("activation partielle", "activation totale")
LEVELS = {"first-hour": FROM_PRE_ALERT, "ill": FROM_PRE_ALERT, "infectious": FROM_PRE_ALERT}
"""Levels of each card, by their folded name; the others are taken out at an activation."""
QUANTITIES = {
    "masques ffp2": 10,
    "gants nitrile m": 20,
    "garrots tourniquets": 12,
    "surblouses": 200,
    "gel hydroalcoolique 500 ml": 20,
}
BY_FUNCTION = {
    "Mairie touchée": "liaison",
    "CCAS et mairies": "liaison",
    "Laboratoires": "liaison",
    "Pharmacies": "logistics",
    "Centre de dialyse": "care",
}
"""Who keeps the numbers of several at once; what is in neither list is still to be found, as in a real plan."""
BY_CONTACT = {
    "Mairie du lieu": "mairie uzes",
    "Mairies coupées": "mairie remoulins",
    "EHPAD, SSIAD, HAD": "ehpad oliviers",
}
ADDED_STEPS = {
    "ill": (Phase.THEN, "Ouvrir avec la mairie la salle rafraîchie la plus proche.", "logistics"),
    "care-disrupted": (Phase.THEN, "Prévenir la CPTS voisine de ce que l’on ne peut plus faire.", "liaison"),
}
PROOFS = {"first-hour": "Entrée n°\u00a01 du journal", "infectious": "Heure de l’appel notée"}
"""What shows that the first step is done."""


def tell_first_cards(cpts: Cpts, people: People, *, today: date) -> None:
    """The six drafts of the first version, read and found right as they stood."""
    for card in take_drafts(cpts, [draft.key for draft in DRAFTS], by=people.coordinator, at=_evening(today)):
        operations.mark_reread(card, seen=card.stamp, on=today, by=people.referent, at=_evening(today))


def tell_cards(cpts: Cpts, people: People, *, today: date) -> None:
    """The cards of the second version, made one's own; levels, places, stock, directory and cell are told already."""
    reread_on = today - timedelta(days=12)
    for draft in OWN_CARDS:
        _write(cpts, draft, matches_for(cpts, [draft]), by=people.coordinator, at=_evening(today - timedelta(days=20)))
    for card in queries.whole_cards(cpts):
        _make_own(cpts, card, reread_on=reread_on, by=people.referent, at=_evening(reread_on))


def _write(cpts: Cpts, draft: Draft, matches: Matches, *, by: Account, at: datetime) -> None:
    """A card written by hand, part by part."""
    functions = {key: function.id for key, function in matches.functions.items()}
    described = CardDescription(
        title=draft.title,
        crisis_types=draft.crisis_types,
        orsan_plans=draft.orsan_plans,
        professions=draft.professions,
        functions=frozenset(functions[key] for key in draft.functions),
        trigger=draft.trigger,
        protection=draft.protection,
        material_note=draft.material,
        stop=draft.stop,
    )
    card = operations.add(cpts, described, reread_on=at.date(), by=by, at=at)
    for phase, steps in draft.phases:
        for step in steps:
            told = StepDescription(phase, step.text, functions.get(step.function), step.who, step.delay, step.care)
            add_step(card, told, by=by, at=at)
    for item in (item for usual in draft.stock for item in matches.items_called(usual)):
        add_part(card, MaterialDescription(item.id), by=by, at=at)
    for contact in draft.contacts:
        add_part(card, ContactDescription(contact.label, None, _contact(cpts, contact.named)), by=by, at=at)
    for message in draft.messages:
        add_part(card, MessageDescription(message.audience, message.text), by=by, at=at)


def _make_own(cpts: Cpts, card: ActionCard, *, reread_on: date, by: Account, at: datetime) -> None:
    """Where, at which levels, with how much and by which numbers; then the card is good, and answers what a crisis taught."""
    _tell_quantities(card, by=by, at=at)
    _tell_numbers(cpts, card, by=by, at=at)
    _tell_steps(cpts, card, by=by, at=at)
    described = CardDescription(
        **{name: getattr(card, name) for name in WORDS},
        crisis_types=tuple(crisis_types(card.crisis_types)),
        orsan_plans=tuple(orsan_plans(card.orsan_plans)),
        professions=tuple(card.professions),
        functions=frozenset(function.id for function in card.functions),
        levels=_levels(cpts, LEVELS.get(card.draft, ACTIVATION)),
        places=_places(cpts, card),
    )
    operations.change(
        cpts,
        card,
        described,
        seen_version=card.version,
        reread_on=reread_on,
        by=by,
        at=at,
        improvements=improvements.open_of_card(cpts, card.id),
    )


def _tell_quantities(card: ActionCard, *, by: Account, at: datetime) -> None:
    for material in card.materials:
        described = MaterialDescription(material.item_id, QUANTITIES.get(material.item.folded_name, 1))
        change_part(material, described, seen_version=material.version, by=by, at=at)


def _tell_numbers(cpts: Cpts, card: ActionCard, *, by: Account, at: datetime) -> None:
    keys = {key: function.id for key, function in matches_for(cpts, ()).functions.items()}
    for contact in card.contacts:
        function_id = keys.get(BY_FUNCTION.get(contact.label, ""))
        contact_id = contact.contact_id or _contact(cpts, BY_CONTACT.get(contact.label, ""))
        if function_id or contact_id:
            described = ContactDescription(contact.label, function_id, None if function_id else contact_id)
            change_part(contact, described, seen_version=contact.version, by=by, at=at)


def _tell_steps(cpts: Cpts, card: ActionCard, *, by: Account, at: datetime) -> None:
    if proof := PROOFS.get(card.draft):
        step = card.steps_of(Phase.FIRST_HOUR)[0]
        described = StepDescription(
            step.phase, step.text, step.function_id, step.who, step.delay_minutes, step.care, proof
        )
        change_step(step, described, seen_version=step.version, by=by, at=at)
    if card.draft in ADDED_STEPS:
        phase, text, key = ADDED_STEPS[card.draft]
        function = matches_for(cpts, ()).functions[key]
        add_step(card, StepDescription(phase, text, function.id), by=by, at=at)


def _levels(cpts: Cpts, names: Sequence[str]) -> frozenset[UUID]:
    return frozenset(level.id for level in levels.levels(cpts) if folded(level.name) in names)


def _places(cpts: Cpts, card: ActionCard) -> frozenset[UUID]:
    """The first places that serve in the type of the card."""
    found = places.places(cpts)
    serving = [place for one in crisis_types(card.crisis_types) for place in places.serving(found, one)]
    return frozenset(place.id for place in serving[:MOST_PLACES])


def _contact(cpts: Cpts, words: str) -> UUID | None:
    """The first service with a telephone that answers to the words."""
    found = directory.contacts(cpts, Filters(q=words)) if words else ()
    return next((contact.id for contact in found if contact.is_service and contact.phones), None)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(18, 30), tzinfo=ZoneInfo("Europe/Paris"))
