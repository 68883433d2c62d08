"""Taking shipped drafts: each becomes a card of the CPTS's own, which nobody has read again yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses import operations, queries
from crisis_plan.adaptation.responses.descriptions import CardDescription
from crisis_plan.adaptation.responses.draft_texts import DRAFTS
from crisis_plan.adaptation.responses.drafts import Draft
from crisis_plan.adaptation.responses.matches import Matches, matches_for
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardMessage, CardStep
from crisis_plan.db import db, hold
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
    matches = matches_for(cpts, wanted)
    return [_take(cpts, draft, matches, by=by, at=at) for draft in wanted]


def taken_keys(cards: Iterable[ActionCard]) -> set[str]:
    """The drafts that these cards come from, however they were reworded since."""
    return {card.draft for card in cards if card.draft}


def _take(cpts: Cpts, draft: Draft, matches: Matches, *, by: Account, at: datetime) -> ActionCard:
    card = operations.add(cpts, _description(draft, matches), reread_on=None, by=by, at=at, draft=draft.key)
    card.steps = _steps(draft, matches)
    card.materials = [
        CardMaterial(position=position, item=item)
        for position, item in enumerate(item for usual in draft.stock for item in matches.items_called(usual))
    ]
    card.contacts = [
        CardContact(position=position, label=contact.label, contact=matches.services.get(contact.named))
        for position, contact in enumerate(draft.contacts)
    ]
    card.messages = [
        CardMessage(position=position, audience=message.audience, text=message.text)
        for position, message in enumerate(draft.messages)
    ]
    db.session.flush()
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


def _steps(draft: Draft, matches: Matches) -> list[CardStep]:
    return [
        CardStep(
            phase=phase,
            phase_rank=phase.rank,
            position=position,
            text=step.text,
            function=matches.functions.get(step.function),
            who=step.who or matches.doer(step.function),
            delay_minutes=step.delay,
            care=step.care,
        )
        for phase, steps in draft.phases
        for position, step in enumerate(steps)
    ]
