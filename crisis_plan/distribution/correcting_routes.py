"""Putting right what was given or noted by mistake, for one recipient; nothing of it is erased."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.distribution import editions, handing, queries
from crisis_plan.distribution.forms import EditionForm, WithdrawHandingForm
from crisis_plan.distribution.models import Delivery, DeliveryEvent
from crisis_plan.distribution.proofs import handings
from crisis_plan.distribution.refusals import SameEdition
from crisis_plan.distribution.routes import bp
from crisis_plan.document.blocks import Edition
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

EDITION = "distribution/edition.html"
WITHDRAW = "distribution/withdraw_handing.html"


@bp.get("/<uuid:delivery_id>/edition")
@requires(Permission.EDIT_PLAN)
def edition(cpts: Cpts, delivery_id: UUID) -> ResponseReturnValue:
    delivery = queries.delivery_or_404(cpts, delivery_id)
    line = queries.line_of(cpts, delivery, clock.now())
    return render_template(EDITION, form=EditionForm(formdata=None), delivery=delivery, line=line)


@bp.post("/<uuid:delivery_id>/edition")
@requires(Permission.EDIT_PLAN)
@creates_once
def change_edition(cpts: Cpts, delivery_id: UUID) -> ResponseReturnValue:
    delivery, form = queries.delivery_or_404(cpts, delivery_id), EditionForm()
    shown: dict[str, Any] = {"form": form, "delivery": delivery, "line": queries.line_of(cpts, delivery, clock.now())}
    if not form.validate():
        return invalid(EDITION, **shown)
    chosen = Edition(form.edition.data)
    try:
        editions.change(cpts, delivery, chosen, form.note.data or "", by=current_user, at=clock.now())
    except SameEdition as refusal:
        form.edition.errors = [str(refusal)]
        return invalid(EDITION, **shown)
    said = f"Son lien donne maintenant l’{chosen.label.lower()}."
    return done(otherwise=url_for(".show", delivery_id=delivery.id), said=said)


@bp.get("/<uuid:delivery_id>/remises/<uuid:event_id>/retirer")
@requires(Permission.EDIT_PLAN)
def withdraw_handing(cpts: Cpts, delivery_id: UUID, event_id: UUID) -> ResponseReturnValue:
    delivery = queries.delivery_or_404(cpts, delivery_id)
    handed = handing_or_404(delivery, event_id)
    return render_template(WITHDRAW, form=WithdrawHandingForm(formdata=None), delivery=delivery, handed=handed)


@bp.post("/<uuid:delivery_id>/remises/<uuid:event_id>/retirer")
@requires(Permission.EDIT_PLAN)
@creates_once
def record_handing_withdrawn(cpts: Cpts, delivery_id: UUID, event_id: UUID) -> ResponseReturnValue:
    delivery, form = queries.delivery_or_404(cpts, delivery_id), WithdrawHandingForm()
    handed = handing_or_404(delivery, event_id)
    if not form.validate():
        return invalid(WITHDRAW, form=form, delivery=delivery, handed=handed)
    handing.withdraw(delivery, handed, form.note.data or "", by=current_user, at=clock.now())
    said = "La remise est retirée\u00a0: elle ne compte plus. Le registre garde sa trace, et la raison."
    return done(otherwise=url_for(".show", delivery_id=delivery.id), said=said)


def handing_or_404(delivery: Delivery, event_id: UUID) -> DeliveryEvent:
    """A handing of this recipient that still counts."""
    return next((one for one in handings(delivery.events) if one.id == event_id), None) or abort(404)
