"""« Ce qui me concerne »: the published cards of one’s own profession and functions."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.responses.phone import phone_page
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.publication import queries
from crisis_plan.publication.own_cards import concerning, others_named, published_cards

bp = Blueprint("own_cards", __name__)

LONGEST_NAME = 160


@dataclass(frozen=True)
class Person:
    """Who is reading: what their line of the directory says, when their account is tied to one."""

    is_tied: bool
    profession: str
    functions: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """By what a card may name this person."""
        return (self.profession, *self.functions) if self.profession else self.functions


@bp.get("/")
@requires(Permission.READ_OWN_CARDS)
def index(cpts: Cpts) -> ResponseReturnValue:
    """Only what is published: who does not see working data sees no draft."""
    version = queries.current_with_content(cpts)
    cards = published_cards(queries.frozen(version))
    reader = person(cpts)
    chosen = "" if reader.profession else request.args.get("profession", "")[:LONGEST_NAME].strip()
    return render_template(
        "publication/own_cards.html",
        version=version,
        count=len(cards),
        cards=concerning(cards, (*reader.names, chosen)),
        reader=reader,
        chosen=chosen,
        professions=PROPOSED,
        others=others_named(cards),
    )


@bp.get("/<key>")
@requires(Permission.READ_OWN_CARDS)
def show(cpts: Cpts, key: str) -> ResponseReturnValue:
    """One card of the version in force, for one thumb."""
    version = queries.current_with_content(cpts)
    found = [card for card in published_cards(queries.frozen(version)) if card.chapter.key == key]
    if not found:
        abort(404)
    shown = phone_page(found[0].chapter)
    return render_template("publication/own_card.html", version=version, number=found[0].number, shown=shown)


def person(cpts: Cpts) -> Person:
    """What the directory and the cell say today of whoever is signed in."""
    contact_id = next((one.contact_id for one in current_user.memberships if one.cpts_id == cpts.id), None)
    if contact_id is None:
        return Person(is_tied=False, profession="", functions=())
    functions = (
        held.function.name
        for held in crisis_cell.functions(cpts, clock.today(cpts))
        if contact_id in {duty.contact_id for _, duty in held.held_by if duty}
    )
    profession = directory.contact_or_404(cpts, contact_id).profession
    return Person(is_tied=True, profession=profession, functions=tuple(functions))
