"""Taking shipped drafts: each becomes a card of the CPTS's own, which nobody has read again yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses import operations, queries
from crisis_plan.adaptation.responses.descriptions import CardDescription
from crisis_plan.adaptation.responses.draft_texts import DRAFTS
from crisis_plan.adaptation.responses.drafts import Draft
from crisis_plan.adaptation.responses.matches import Matches, matches_for
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.offered import Offered, offered
from crisis_plan.adaptation.responses.parts import (
    MOST,
    ContactDescription,
    Description,
    MaterialDescription,
    MessageDescription,
    append_part,
)
from crisis_plan.adaptation.responses.steps import StepDescription, append_step
from crisis_plan.db import hold
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts


class DraftsRefused(RuleBroken):
    """A refusal that belongs beside the list of drafts."""

    status = 422


class NothingChosen(DraftsRefused):
    def __str__(self) -> str:
        return "Cochez au moins une fiche à prendre."


class TakenAlready(DraftsRefused):
    def __init__(self, titles: Iterable[str]) -> None:
        self.titles = tuple(titles)

    def __str__(self) -> str:
        named = ", ".join(f"«\u00a0{title}\u00a0»" for title in self.titles)
        return f"Déjà dans vos fiches\u00a0: {named}. Pour en reprendre une au départ, retirez d’abord la vôtre."


def take_drafts(cpts: Cpts, keys: Collection[str], *, by: Account, at: datetime) -> list[ActionCard]:
    """Add the drafts of these keys after the cards there are. Raises `NothingChosen` or `TakenAlready`."""
    hold(cpts)
    wanted = [draft for draft in DRAFTS if draft.key in keys]
    if not wanted:
        raise NothingChosen
    taken = taken_keys(queries.cards(cpts))
    if twice := [draft.title for draft in wanted if draft.key in taken]:
        raise TakenAlready(twice)
    matches, known, first = matches_for(cpts, wanted), offered(cpts), queries.last_position(cpts) + 1
    return [
        operations.store(cpts, _card(draft, matches, known), position, by=by, at=at)
        for position, draft in enumerate(wanted, start=first)
    ]


def taken_keys(cards: Iterable[ActionCard]) -> set[str]:
    """The drafts that these cards come from, however they were reworded since."""
    return {card.draft for card in cards if card.draft}


def _card(draft: Draft, matches: Matches, known: Offered) -> ActionCard:
    """The draft as a card that is not stored yet; its lists keep the limits of any other card."""
    card = operations.described(_description(draft, matches), known, reread_on=None, draft=draft.key)
    for step in _steps(draft, matches):
        append_step(card, step)
    for part in _parts(draft, matches):
        append_part(card, part)
    return card


def _description(draft: Draft, matches: Matches) -> CardDescription:
    return CardDescription(
        title=draft.title,
        crisis_types=draft.crisis_types,
        orsan_plans=draft.orsan_plans,
        professions=draft.professions,
        functions=frozenset(matches.functions[key].id for key in draft.functions if key in matches.functions),
        trigger=draft.trigger,
        protection=draft.protection,
        material_note=_material_in_words(draft, matches),
        stop=draft.stop,
    )


def _material_in_words(draft: Draft, matches: Matches) -> str:
    """What is not in the stock of this CPTS is still said."""
    lacking = [usual for usual in draft.stock if not matches.items_called(usual)]
    return "\n\n".join((draft.material, *([f"À se procurer\u00a0: {', '.join(lacking)}."] if lacking else [])))


def _steps(draft: Draft, matches: Matches) -> Iterator[StepDescription]:
    for phase, steps in draft.phases:
        for step in steps:
            function = matches.functions.get(step.function)
            who = "" if function else step.who or matches.doer(step.function)
            yield StepDescription(phase, step.text, function.id if function else None, who, step.delay, step.care)


def _parts(draft: Draft, matches: Matches) -> Iterator[Description]:
    """Of a stock that calls many items alike, the first ones: a card lists no more; each item once."""
    items = dict.fromkeys(item.id for usual in draft.stock for item in matches.items_called(usual))
    yield from (MaterialDescription(item_id) for item_id in list(items)[: MOST["materials"]])
    for contact in draft.contacts:
        service = matches.services.get(contact.named)
        yield ContactDescription(contact.label, contact_id=service.id if service else None)
    yield from (MessageDescription(message.audience, message.text) for message in draft.messages)
