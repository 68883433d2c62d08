"""The stock on screen: what there is, what is short, what expires."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.stock import export, movement_queries, movements, operations, queries
from crisis_plan.anticipation.stock.descriptions import Unnamed
from crisis_plan.anticipation.stock.forms import AddItemForm, ItemForm
from crisis_plan.anticipation.stock.kinds import Gesture
from crisis_plan.anticipation.stock.movement_forms import TakeOutForm
from crisis_plan.anticipation.stock.movement_queries import Told
from crisis_plan.anticipation.stock.operations import NameTaken
from crisis_plan.anticipation.stock.queries import Filters
from crisis_plan.anticipation.stock.rules import CountState, StockState, expiry_state, next_count
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import csv_file
from crisis_plan.web.htmx import done, invalid, page_or_block
from crisis_plan.web.pages import page_of_list

bp = Blueprint("stock", __name__)

INDEX = "anticipation/stock/index.html"
ADD = "anticipation/stock/add.html"
EDIT = "anticipation/stock/edit.html"
SHOW = "anticipation/stock/show.html"
STATES = (*StockState, *CountState)
"""What the list may be filtered by."""


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    held, filters = queries.held_items(cpts, clock.today(cpts)), asked_filters()
    return page_or_block(
        INDEX,
        "found",
        page=page_of_list(queries.matching(held, filters), asked_page()),
        page_url=lambda number: url_for(".index", **asked(filters), page=number),
        export_url=url_for(".export_csv", **asked(filters)),
        filters=filters,
        categories=queries.categories(held),
        states=STATES,
        counts=queries.counts(held) | queries.counts_to_do(held),
        total=len(held),
    )


@bp.get("/stock.csv")
@requires(Permission.READ_WORKING_DATA)
def export_csv(cpts: Cpts) -> Response:
    """The items that the filters keep, as a spreadsheet that the import reads back."""
    today = clock.today(cpts)
    found = queries.matching(queries.held_items(cpts, today), asked_filters())
    return csv_file(export.HEADINGS, export.rows(found, today), file_name=f"stock_{cpts.slug}_{today}.csv")


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts) -> ResponseReturnValue:
    return render_template(ADD, form=AddItemForm(formdata=None))


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AddItemForm()
    if not form.validate():
        return invalid(ADD, form=form)
    try:
        item = operations.add_item(cpts, form.description(), batch=form.first_batch(), by=current_user, at=clock.now())
    except (NameTaken, Unnamed) as refusal:
        form.name.errors = [str(refusal)]
        return invalid(ADD, form=form)
    return done(otherwise=url_for(".show", item_id=item.id))


@bp.get("/<uuid:item_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, item_id: UUID) -> ResponseReturnValue:
    item, today = queries.item_or_404(cpts, item_id), clock.today(cpts)
    held, page = queries.held_item(item, today), movement_queries.movements_of(item, asked_page())
    return render_template(
        SHOW,
        item=item,
        held=held,
        next_count=next_count(held.counted_on, item.count_every_months),
        batch_states={batch.id: expiry_state(batch, today) for batch in item.batches},
        out_forms={batch.id: TakeOutForm(formdata=None) for batch in item.batches if batch.quantity},
        gestures=list(Gesture),
        page=page,
        reversible=reversible(cpts, page.items),
        page_url=lambda number: url_for(".show", item_id=item.id, page=number),
    )


@bp.get("/<uuid:item_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, item_id: UUID) -> ResponseReturnValue:
    item = queries.item_or_404(cpts, item_id)
    return render_template(EDIT, form=ItemForm.of(item), item=item, stored=None)


@bp.post("/<uuid:item_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, item_id: UUID) -> ResponseReturnValue:
    item, form = queries.item_or_404(cpts, item_id), ItemForm()
    if not form.validate():
        return invalid(EDIT, form=form, item=item, stored=None)
    seen = form.seen_version.data or 0
    try:
        operations.edit_item(cpts, item, form.description(), seen_version=seen, by=current_user, at=clock.now())
    except (NameTaken, Unnamed) as refusal:
        form.name.errors = [str(refusal)]
        return invalid(EDIT, form=form, item=item, stored=None)
    except Stale:
        form.reopen_at(item.version)
        return invalid(EDIT, status=409, form=form, item=item, stored=form.beside(item))
    return done(otherwise=url_for(".show", item_id=item.id))


@bp.get("/<uuid:item_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, item_id: UUID) -> ResponseReturnValue:
    item = queries.item_or_404(cpts, item_id)
    return render_template("anticipation/stock/remove.html", item=item)


@bp.post("/<uuid:item_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, item_id: UUID) -> ResponseReturnValue:
    operations.remove_item(queries.item_or_404(cpts, item_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"))


def reversible(cpts: Cpts, told: Iterable[Told]) -> set[UUID]:
    """The movements that the person looking may undo: any for who keeps the stock, else their own of the day."""
    everyone, now = can(Permission.EDIT_PLAN), clock.now()
    return {
        one.movement.id
        for one in told
        if one.may_be_reversed
        and (everyone or movements.is_own_of_the_day(one.movement, by=current_user, cpts=cpts, at=now))
    }


def asked_page() -> int:
    return request.args.get("page", 1, type=int)


def asked_filters() -> Filters:
    """The filters of the address; an unknown state is no filter."""
    state = request.args.get("etat", "")
    return Filters(
        words=request.args.get("q", "").replace("\x00", "").strip()[:200],
        category=request.args.get("categorie", "")[:80],
        state=next((one for one in STATES if one.value == state), None),
    )


def asked(filters: Filters) -> dict[str, Any]:
    """The filters, as an address says them."""
    return {
        "q": filters.words or None,
        "categorie": filters.category or None,
        "etat": filters.state.value if filters.state else None,
    }
