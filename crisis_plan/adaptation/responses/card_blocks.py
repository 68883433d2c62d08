"""What one action card says, as blocks: the same for paper, telephone and published version. Empty parts are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.adaptation.responses import delays
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardMaterial, CardMessage, CardStep
from crisis_plan.adaptation.responses.reaching import Held, printed
from crisis_plan.adaptation.responses.rules import Phase, named_by, whom_in_short
from crisis_plan.document import prose
from crisis_plan.document.blocks import (
    Block,
    CheckItem,
    CheckList,
    Fact,
    Facts,
    Heading,
    Notice,
    Span,
    Text,
    plain,
    words,
)
from crisis_plan.document.sections import lines
from crisis_plan.document.typography import french
from crisis_plan.orsan.catalogue import OrsanPlan
from crisis_plan.web.formats import counted, number

if TYPE_CHECKING:
    from crisis_plan.adaptation.places.models import Place

WHEN = "Quand la sortir"
IN_EVERY_CRISIS = "toutes les crises"
LISTED = "\u00a0; "
MEANS = "Avec quoi, où, jusqu’à quand"
ORSAN = "ORSAN (lecture de la CPTS)"
"""Which plan a type of crisis belongs to is written nowhere: it is a reading (`orsan.catalogue.INFERENCE`)."""
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
    parts: tuple[tuple[str, str, Sequence[Block]], ...] = (
        *(_phase(card, phase, key) for phase in Phase),
        (MEANS, "", _facts(_means(card))),
        ("Appeler", f"{key}-{Anchor.CALL}", _facts(_contacts(card, held))),
        ("Messages", "", [_message(message) for message in card.messages]),
    )
    said = ((Heading(title, anchor=anchor), *blocks) for title, anchor, blocks in parts if blocks)
    return (*_facts(_strip(card)), *(block for part in said for block in part))


def concerned(card: ActionCard) -> tuple[str, ...]:
    """Whom the card is for, by name; empty: everyone."""
    return named_by((function.name for function in card.functions), card.professions)


def _strip(card: ActionCard) -> Iterable[tuple[str, Text]]:
    """What tells whether this is the right card."""
    yield WHEN, plain(french(card.trigger.strip()))
    yield "Pour qui", plain(", ".join(whom_in_short([one.name for one in card.functions], card.professions)))
    yield "Pour quelle crise", plain(" – ".join(_crisis(card)))
    yield "Relecture", plain("" if card.reread_on else NEVER_REREAD)


def _crisis(card: ActionCard) -> Iterable[str]:
    """Types, ORSAN plans and levels on one line: they tell where the card belongs, they are not what one does."""
    types = LISTED.join(f"type\u00a0{one.number}, {one.label.lower()}" for one in crisis_types(card.crisis_types))
    yield types or IN_EVERY_CRISIS
    if card.orsan_plans:
        yield f"{ORSAN}\u00a0: {', '.join(OrsanPlan(plan).label for plan in card.orsan_plans)}"
    if card.levels:
        yield f"niveau {', '.join(level.name.lower() for level in card.levels)}"


def _phase(card: ActionCard, phase: Phase, key: str) -> tuple[str, str, Sequence[Block]]:
    """A list of steps; continuity that one function keeps alone says so once, in its heading."""
    items = tuple(_step(step) for step in card.steps if step.phase is phase)
    keepers = {item.who for item in items}
    title = phase.label
    if phase is Phase.CONTINUITY and len(items) > 1 and len(keepers) == 1 and "" not in keepers:
        title = f"{title}, par\u00a0: {items[0].who}"
        items = tuple(replace(item, who="") for item in items)
    return title, f"{key}-{PHASE_ANCHORS[phase]}", (CheckList(items),) if items else ()


def _step(step: CardStep) -> CheckItem:
    """The kind of care leads: it is what is looked for in the list of continuity."""
    care = (Span(f"{step.care.label}\u00a0: ", bold=True),) if step.care else ()
    return CheckItem(
        text=(*care, Span(french(step.text))),
        when=delays.in_words(step.delay_minutes),
        who=step.function.name if step.function else step.who,
        proof=french(step.proof),
    )


def _means(card: ActionCard) -> Iterable[tuple[str, Text]]:
    """Short lines rather than headings: a card is one page, and these are looked up."""
    yield "Protection", _written(card.protection)
    yield "Matériel", _joined((*map(_material, card.materials), _written(card.material_note)))
    yield "Lieux", _joined((*map(_place, card.places), _written(card.places_note)))
    yield "Arrêt", _written(card.stop)


def _material(material: CardMaterial) -> Text:
    """« Masques FFP2 (boîte de 50) : 12 »."""
    item = material.item
    name = f"{item.name} ({item.unit})" if item.unit else item.name
    wanted = "" if material.quantity is None else f"\u00a0: {number(material.quantity)}"
    gone = (Span(f" – {NO_LONGER_STORED}", bold=True),) if item.removed_at else ()
    return (Span(f"{name}{wanted}"), *gone)


def _place(place: Place) -> Text:
    """Where; the keys stay in the annex of places, for a card is pinned up where anyone may read it."""
    capacity = "" if place.capacity is None else counted(place.capacity, "personne")
    where = (f", {part}" for part in (place.address, place.commune, capacity) if part)
    return (Span(place.name, bold=True), Span("".join(where)))


def _contacts(card: ActionCard, held: Held) -> Iterable[tuple[str, Text]]:
    return ((french(contact.label), printed(contact, held)) for contact in card.contacts)


def _message(message: CardMessage) -> Notice:
    return Notice(plain(french(message.text.strip())), title=french(message.audience))


def _written(text: str) -> Text:
    """What was typed in a text area, a line for each paragraph and item."""
    return plain("\n".join(lines(prose.blocks(text))))


def _joined(texts: Iterable[Text]) -> Text:
    """One after the other, without the empty ones: a line is dear on a page."""
    said = [text for text in texts if words(text)]
    return tuple(span for text in said for span in (text if text is said[0] else (Span(LISTED), *text)))


def _facts(said: Iterable[tuple[str, Text]]) -> tuple[Facts, ...]:
    """Those that say something; nothing where none does."""
    facts = tuple(Fact(label, text) for label, text in said if words(text))
    return (Facts(facts),) if facts else ()
