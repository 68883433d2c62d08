"""Action cards, on screen: the booklet, a card, and writing it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.adaptation.responses import functions_named, operations, queries
from crisis_plan.adaptation.responses.around import around
from crisis_plan.adaptation.responses.coverage import coverage
from crisis_plan.adaptation.responses.forms import AddCardForm, CardForm
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.offered import offered, professions
from crisis_plan.adaptation.responses.reaching import held_for, numbers
from crisis_plan.adaptation.responses.rules import NOT_YET_REREAD, numbers_to_find_in_words, whom_for, whom_in_short
from crisis_plan.document import prose
from crisis_plan.errors import Stale
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.evaluation.improvements.answering import NothingChanged
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import PROPOSED_LINKS, orsan_plans
from crisis_plan.pilotage.crisis_cell.naming import names_functions
from crisis_plan.web.fields import CreateForm
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.pages import page_of_list

bp = Blueprint("responses", __name__)
names_functions(functions_named)

ADD = "adaptation/responses/add.html"
SHOW = "adaptation/responses/show.html"
EDIT = "adaptation/responses/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    known = queries.listed_cards(cpts)
    return render_template(
        "adaptation/responses/index.html",
        page=page_of_list(queries.numbered(known), request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number),
        coverage=coverage(known, queries.uncovered(cpts)),
        crisis_types=crisis_types,
        orsan_plans=orsan_plans,
        not_yet_reread=NOT_YET_REREAD,
        numbers_to_find=numbers_to_find_in_words(queries.numbers_to_find(cpts, clock.today(cpts))),
        whom_in_short=lambda card: whom_in_short(function_names(card), card.professions),
    )


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts) -> ResponseReturnValue:
    """The address may name the type that the card is to cover: it and its usual ORSAN plans are checked."""
    asked = [one for one in CrisisType if str(one.number) == request.args.get("type")]
    form = AddCardForm(
        offered(cpts),
        professions(cpts),
        formdata=None,
        crisis_types=[one.value for one in asked],
        orsan_plans=[plan.value for one in asked for plan in PROPOSED_LINKS[one]],
    )
    return render_template(ADD, form=form)


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AddCardForm(offered(cpts), professions(cpts))
    if not form.validate():
        return invalid(ADD, form=form)
    card = operations.add(cpts, form.description(), reread_on=clock.today(cpts), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", card_id=card.id), said="La fiche est ajoutée\u00a0: écrivez ses étapes.")


@bp.get("/<uuid:card_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    return render_template(SHOW, **on_the_page(cpts, queries.card_or_404(cpts, card_id)))


def on_the_page(cpts: Cpts, card: ActionCard) -> dict[str, Any]:
    """What the page of a card shows, as it is now."""
    today = clock.today(cpts)
    return {
        "card": card,
        "around": around(queries.titles(cpts), card.id),
        "crisis_types": crisis_types(card.crisis_types),
        "orsan_plans": orsan_plans(card.orsan_plans),
        "whom": whom_for(function_names(card), card.professions),
        "today": today,
        "as_blocks": prose.blocks,
        "numbers": partial(numbers, held=held_for(cpts, card, today)),
        "copying": CreateForm(formdata=None),
        "is_changed": False,
        "improvements": improvements.open_of_card(cpts, card.id),
    }


@bp.get("/<uuid:card_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    card = queries.outline_or_404(cpts, card_id)
    waiting = improvements.open_of_card(cpts, card.id)
    form = CardForm.of(card, offered(cpts), professions(cpts, card.professions), waiting)
    return render_template(EDIT, form=form, card=card, stored=None, today=clock.today(cpts))


@bp.post("/<uuid:card_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    card, today, at = queries.outline_or_404(cpts, card_id), clock.today(cpts), clock.now()
    waiting = improvements.open_of_card(cpts, card.id)
    form = CardForm(offered(cpts), professions(cpts, card.professions), improvements=waiting)
    shown: dict[str, Any] = {"form": form, "card": card, "stored": None, "today": today}
    if not form.validate():
        return invalid(EDIT, **shown)
    try:
        operations.change(
            cpts,
            card,
            form.description(),
            seen_version=form.seen_version.data or 0,
            reread_on=today,
            by=current_user,
            at=at,
            improvements=form.ticked,
        )
    except NothingChanged as refusal:
        form.refuse_answer(refusal)
        return invalid(EDIT, **shown)
    except Stale:
        form.reopen_at(card.version)
        return invalid(EDIT, status=409, **shown | {"stored": form.beside(card)})
    return done(otherwise=url_for(".show", card_id=card.id), said=f"La fiche est enregistrée.{form.outcome(at)}")


def function_names(card: ActionCard) -> list[str]:
    """The functions of the cell that a card is for."""
    return [function.name for function in card.functions]
