"""The yearly update: what changed since the version in force, what is signed, what is still to read again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.db import slow
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid, page_or_block
from crisis_plan.web.pages import page_of_list
from crisis_plan.yearly_update.room import listing, queries, signing
from crisis_plan.yearly_update.room.forms import SignForm
from crisis_plan.yearly_update.room.queries import Update
from crisis_plan.yearly_update.room.signing import NewVersion, NothingChosen
from crisis_plan.yearly_update.signatures import operations
from crisis_plan.yearly_update.signatures import queries as signatures
from crisis_plan.yearly_update.signatures.operations import ChangedMeanwhile

bp = Blueprint("yearly_update", __name__)

SHOW = "yearly_update/room/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts) -> ResponseReturnValue:
    """Every thing of the plan, and where it stands since the version in force."""
    update = queries.update_of(cpts, clock.today(cpts))
    if update is None:
        return render_template(SHOW, update=None)
    return page_or_block(SHOW, "update", **shown(cpts, update, SignForm(formdata=None)))


@bp.post("/signer")
@requires(Permission.PUBLISH_PROVISIONAL)
@slow
def sign(cpts: Cpts) -> ResponseReturnValue:
    """What is ticked, or the one whose button was pressed; signing again what is signed says by whom it was."""
    form, today = SignForm(), clock.today(cpts)
    update = queries.update_or_404(cpts, today)
    if not form.is_accepted():
        return invalid(SHOW, "update", **shown(cpts, update, form))
    seen: dict[str, Any] = {"seen": form.base.data or 0, "note": form.said}
    try:
        signed = signing.sign(cpts, update, form.chosen, **seen, by=current_user, at=clock.now(), on=today)
    except (NothingChosen, NewVersion, ChangedMeanwhile) as refusal:
        form.form_errors.append(str(refusal))
        return invalid(SHOW, "update", status=refusal.status, **shown(cpts, update, form))
    said, update = signing.told(signed), queries.signed_again(update)
    fresh = shown(cpts, update, form.next(), told=said)
    return done(SHOW, "update", said=said, otherwise=url_for(".show", **listing.address(request.args)), **fresh)


@bp.post("/signatures/<uuid:signature_id>/retirer")
@requires(Permission.PUBLISH_PROVISIONAL)
def withdraw(cpts: Cpts, signature_id: UUID) -> ResponseReturnValue:
    signature = signatures.signature_or_404(cpts, signature_id)
    operations.withdraw(cpts, signature, by=current_user, at=clock.now())
    back = listing.address(request.args)
    return done(said=f"Votre signature est retirée\u00a0: {signature.label}.", otherwise=url_for(".show", **back))


def shown(cpts: Cpts, update: Update, form: SignForm, told: str = "") -> dict[str, Any]:
    """What the page is made of: filters and page are those of the address, or of the form that was sent from it."""
    filters = listing.shown(update.lines, request.values.get("etat", ""), request.values.get("groupe", ""))
    page = page_of_list(listing.kept(update.lines, filters), request.values.get("page", 1, type=int))
    form.base.data = update.base.number
    return {
        "update": update,
        "today": clock.today(cpts),
        "form": form,
        "filters": filters,
        "page": page,
        "page_url": lambda number: url_for(".show", page=number, **dict[str, Any](filters.address)),
        "groups": listing.grouped(page.items),
        "headings": listing.groups(update.lines),
        "ways": listing.ways(update.lines),
        "told": told,
    }
