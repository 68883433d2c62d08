"""« Ce qui me concerne »: the published cards of one’s own profession and functions."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.responses.phone import phone_page
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries
from crisis_plan.publication.own_cards import concerning, others_named, published_cards
from crisis_plan.publication.readers import reader as reader_today

bp = Blueprint("own_cards", __name__)

LONGEST_NAME = 160


@bp.get("/")
@requires(Permission.READ_OWN_CARDS)
def index(cpts: Cpts) -> ResponseReturnValue:
    """Only what is published: who does not see working data sees no draft."""
    version, today = queries.current(cpts), clock.today(cpts)
    cards, reader = published_cards(queries.frozen(version)), reader_today(cpts, current_user, today)
    chosen = "" if reader.profession else request.args.get("profession", "")[:LONGEST_NAME].strip()
    return render_template(
        "publication/own_cards.html",
        version=version,
        on_duty=referents.on_duty(cpts, today),
        count=len(cards),
        cards=concerning(cards, (*reader.names, chosen), reader.function_ids),
        reader=reader,
        chosen=chosen,
        professions=sorted(PROPOSED, key=folded),
        others=others_named(cards),
    )


@bp.get("/<key>")
@requires(Permission.READ_OWN_CARDS)
def show(cpts: Cpts, key: str) -> ResponseReturnValue:
    """One card of the version in force, for one thumb."""
    version = queries.current(cpts)
    found = [card for card in published_cards(queries.frozen(version)) if card.chapter.key == key]
    if not found:
        abort(404)
    shown = phone_page(found[0].chapter)
    return render_template("publication/own_card.html", version=version, number=found[0].number, shown=shown)
