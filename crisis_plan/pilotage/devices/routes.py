"""What the devices of a crisis say of themselves, and what they keep to be read without network."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.devices import operations, pocket, queries
from crisis_plan.pilotage.devices.forms import HeartbeatForm
from crisis_plan.pilotage.devices.kept import kept_pages

bp = Blueprint("devices", __name__)


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """What this device keeps; the service worker reads its list here."""
    crisis = crisis_or_404(cpts, crisis_id)
    return render_template(
        "pilotage/devices/index.html",
        crisis=crisis,
        kept=kept_pages(cpts, crisis),
        unsent=queries.unsent(crisis, clock.now()),
    )


@bp.post("/")
@requires(Permission.WRITE_LOGBOOK)
def hear(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """A device says how many entries it holds; after closing there is nobody left to be told."""
    crisis, form = crisis_or_404(cpts, crisis_id), HeartbeatForm()
    if not form.validate():
        return "", 422
    if crisis.is_open:
        operations.hear(
            crisis,
            device_key=form.key,
            name=form.device_name.data or "",
            waiting=form.waiting.data or 0,
            by=current_user,
            at=clock.now(),
        )
    return "", 204


@bp.get("/annuaire-de-poche", endpoint="pocket")
@requires(Permission.READ_WORKING_DATA)
def pocket_page(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Everyone on one page, light enough to be kept by a telephone."""
    crisis, today = crisis_or_404(cpts, crisis_id), clock.today(cpts)
    return render_template(
        "pilotage/devices/pocket.html", crisis=crisis, groups=pocket.groups(cpts, today), today=today
    )
