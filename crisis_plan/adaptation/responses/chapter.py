"""The action cards, as the plan prints them: which card answers which type of crisis, and a page for each card."""

from __future__ import annotations

from datetime import date

from crisis_plan.adaptation.responses import queries
from crisis_plan.adaptation.responses.card_blocks import card_blocks, concerned
from crisis_plan.adaptation.responses.coverage import TypeCoverage, coverage, lacks
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.reaching import Held, held_today
from crisis_plan.adaptation.responses.rules import NOT_YET_REREAD
from crisis_plan.document.blocks import Block, Cell, Chapter, Column, Notice, Paragraph, Part, Row, Table, Tone, plain
from crisis_plan.organisations.models import Cpts

COLUMNS = (Column("Type de crise", 1.4), Column("Fiches actions", 2))
LISTED = "\u00a0; "
NOT_ANSWERED = "À traiter\u00a0: ni fiche action, ni raison de ne pas en avoir"


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """Each of the five types with its cards, or why there is none; what still has no answer is seen."""
    cards = queries.cards(cpts)
    found = coverage(cards, queries.uncovered(cpts))
    rows = (Row((f"{one.crisis_type.number}. {one.crisis_type.label}", _answer(one))) for one in found)
    general = [named(number, card) for number, card in queries.numbered(cards) if not card.crisis_types]
    in_every_crisis = f"Dans toutes les crises\u00a0: {LISTED.join(general)}."
    return (
        Table("Réponse par type de crise", COLUMNS, tuple(rows)),
        *((Paragraph(plain(in_every_crisis)),) if general else ()),
        *(Notice(plain(sentence), Tone.WARNING) for sentence in lacks(found)),
    )


def named(number: int, card: ActionCard) -> str:
    """« Fiche 3, Canicule », and whether anybody has read it again yet."""
    return f"Fiche {number}, {card.title}" + ("" if card.reread_on else f" ({NOT_YET_REREAD})")


def _answer(one: TypeCoverage) -> Cell:
    if one.cards:
        return "\n".join(named(number, card) for number, card in one.cards)
    if one.reason:
        return f"Non couvert\u00a0: {one.reason}"
    return plain(NOT_ANSWERED, bold=True)


def pages(cpts: Cpts, today: date) -> tuple[Chapter, ...]:
    """A page for each card, in the order of the booklet; the same number of statements whatever the cards."""
    held = held_today(cpts, today)
    return tuple(page(card, held) for card in queries.whole_cards(cpts))


def page(card: ActionCard, held: Held) -> Chapter:
    """What this card says on the day when its functions are held so."""
    key = key_of(card)
    return Chapter(
        key,
        card.title,
        card_blocks(card, held, key=key),
        Part.CARD,
        concerns=concerned(card),
        functions=tuple(str(function.id) for function in card.functions),
    )


CARD = "fiche-"
"""What the keys of the cards' pages begin with."""


def key_of(card: ActionCard) -> str:
    """What identifies the card from one version to the next."""
    return f"{CARD}{card.id}"
