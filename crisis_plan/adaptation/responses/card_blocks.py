"""What one action card says, as blocks: the same for paper, telephone and published version. Empty parts are left out."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.adaptation.responses import delays
from crisis_plan.adaptation.responses.models import ActionCard, CardMaterial, CardMessage, CardStep
from crisis_plan.adaptation.responses.reaching import Held, numbers
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.document import prose
from crisis_plan.document.blocks import (
    Block,
    BulletList,
    CheckItem,
    CheckList,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Span,
    Text,
    plain,
)
from crisis_plan.document.typography import french
from crisis_plan.orsan.catalogue import OrsanPlan
from crisis_plan.web.formats import counted, number

WHEN = "Quand la sortir"
FOR_EVERYONE = "Tout le monde"
IN_EVERY_CRISIS = "Toutes"
NEVER_REREAD = "Projet proposé avec l’outil, pas encore relu par la CPTS"
NO_LONGER_STORED = "n’est plus au stock"


class Anchor(StrEnum):
    """The parts that a thumb goes to directly."""

    FIRST_HOUR = "premiere-heure"
    THEN = "ensuite"
    CONTINUITY = "continuite"
    CALL = "appeler"


PHASE_ANCHORS = {
    Phase.FIRST_HOUR: Anchor.FIRST_HOUR,
    Phase.THEN: Anchor.THEN,
    Phase.CONTINUITY: Anchor.CONTINUITY,
}


def card_blocks(card: ActionCard, held: Held, *, key: str) -> tuple[Block, ...]:
    """The card from its strip to its stop; `key` begins the anchors, which are unique in a document."""
    parts: tuple[tuple[str, str, Iterable[Block]], ...] = (
        *((phase.label, f"{key}-{PHASE_ANCHORS[phase]}", _steps(card, phase)) for phase in Phase),
        ("Protection des professionnels", "", prose.blocks(card.protection)),
        ("Matériel", "", _materials(card)),
        ("Lieux", "", _places(card)),
        ("Appeler", f"{key}-{Anchor.CALL}", _contacts(card, held)),
        ("Messages", "", map(_message, card.messages)),
        ("Arrêt", "", prose.blocks(card.stop)),
    )
    said = ((Heading(title, anchor=anchor), *blocks) for title, anchor, blocks in parts)
    return (Facts(tuple(_strip(card))), *(block for part in said if len(part) > 1 for block in part))


def concerned(card: ActionCard) -> tuple[str, ...]:
    """Whom the card is for, by name; empty: everyone."""
    return (*card.professions, *(function.name for function in card.functions))


def _strip(card: ActionCard) -> Iterable[Fact]:
    """What tells whether this is the right card."""
    plans = (OrsanPlan(plan).label for plan in card.orsan_plans)
    types = "\u00a0; ".join(f"{one.number}, {one.label.lower()}" for one in crisis_types(card.crisis_types))
    facts = (
        (WHEN, french(card.trigger.strip())),
        ("Pour qui", ", ".join(concerned(card)) or FOR_EVERYONE),
        ("Types de crise", types or IN_EVERY_CRISIS),
        ("Plans ORSAN", ", ".join(plans)),
        ("Niveaux", ", ".join(level.name for level in card.levels)),
        ("Relecture", "" if card.reread_on else NEVER_REREAD),
    )
    return (Fact(label, value) for label, value in facts if value)


def _steps(card: ActionCard, phase: Phase) -> tuple[CheckList, ...]:
    items = tuple(_step(step) for step in card.steps if step.phase is phase)
    return (CheckList(items),) if items else ()


def _step(step: CardStep) -> CheckItem:
    """The kind of care leads: it is what is looked for in the list of continuity."""
    care = (Span(f"{step.care.label}\u00a0: ", bold=True),) if step.care else ()
    return CheckItem(
        text=(*care, Span(french(step.text))),
        when=delays.in_words(step.delay_minutes),
        who=step.function.name if step.function else step.who,
        proof=french(step.proof),
    )


def _materials(card: ActionCard) -> Iterable[Block]:
    if card.materials:
        yield _listed(map(_material, card.materials))
    yield from prose.blocks(card.material_note)


def _material(material: CardMaterial) -> Text:
    """« Masques FFP2 (boîte de 50) : 12 »."""
    item = material.item
    name = f"{item.name} ({item.unit})" if item.unit else item.name
    wanted = "" if material.quantity is None else f"\u00a0: {number(material.quantity)}"
    gone = (Span(f" – {NO_LONGER_STORED}", bold=True),) if item.removed_at else ()
    return (Span(f"{name}{wanted}"), *gone)


def _places(card: ActionCard) -> Iterable[Block]:
    """Where; the keys stay in the annex of places, for a card is pinned up where anyone may read it."""
    if card.places:
        where = (
            (
                Span(place.name, bold=True),
                *(Span(f", {part}") for part in (place.address, place.commune) if part),
                *((Span(f", {counted(place.capacity, 'personne')}"),) if place.capacity is not None else ()),
            )
            for place in card.places
        )
        yield _listed(where)
    yield from prose.blocks(card.places_note)


def _contacts(card: ActionCard, held: Held) -> tuple[Facts, ...]:
    facts = tuple(Fact(french(contact.label), numbers(contact, held)) for contact in card.contacts)
    return (Facts(facts),) if facts else ()


def _message(message: CardMessage) -> Notice:
    return Notice(plain(french(message.text.strip())), title=french(message.audience))


def _listed(lines: Iterable[Text]) -> BulletList:
    return BulletList(tuple((Paragraph(line),) for line in lines))
