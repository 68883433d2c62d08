"""The frame of an open crisis on screen: level, next point, place, pen, first hour. The same blueprint as `routes`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access import queries as access
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Permission, may
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.crises.rules import next_point_after
from crisis_plan.pilotage.crisis_functions.queries import deciders
from crisis_plan.pilotage.room import conduct, levels, wording
from crisis_plan.pilotage.room.conduct import NothingNew, PointAfterStandDown, PointInThePast, SameLevel
from crisis_plan.pilotage.room.first_hour import ByHand
from crisis_plan.pilotage.room.forms import LevelForm, NextPointForm, PenForm, PlaceForm
from crisis_plan.pilotage.room.opening_routes import bp
from crisis_plan.pilotage.room.openings import ChosenLevel
from crisis_plan.web.formats import moment
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.moments import as_typed

__all__ = ["bp"]

LEVEL, POINT = "pilotage/room/level.html", "pilotage/room/next_point.html"
PLACE, PEN = "pilotage/room/place.html", "pilotage/room/pen.html"


@bp.get("/<uuid:crisis_id>/niveau")
@requires(Permission.WRITE_LOGBOOK)
def level(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, known = crisis_or_404(cpts, crisis_id), levels.choosable(cpts)
    here = levels.of_crisis(crisis, known)
    form = LevelForm(known, formdata=None, level=here.key if here else None, seen_version=crisis.version)
    return render_template(LEVEL, **beside_level(crisis, form, known))


@bp.post("/<uuid:crisis_id>/niveau")
@requires(Permission.WRITE_LOGBOOK)
def change_level(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, known = crisis_or_404(cpts, crisis_id), levels.choosable(cpts)
    form = LevelForm(known)
    chosen = levels.chosen(cpts, str(form.level.data)) if form.validate() else None
    if chosen is None:
        return invalid(LEVEL, **beside_level(crisis, form, known))
    try:
        conduct.change_level(
            cpts, crisis, chosen, reason=form.reason.data or "", decided_by=form.decided_by.data or "",
            seen_version=form.seen_version.data or 0, by=current_user, at=clock.now(),
        )  # fmt: skip
    except SameLevel as refusal:
        refuse(form, "level", refusal)
        return invalid(LEVEL, **beside_level(crisis, form, known))
    except Stale:
        form.reopen_at(crisis.version)
        stored = [("level", crisis.level_name, chosen.name)]
        return invalid(LEVEL, status=409, **beside_level(crisis, form, known, stored))
    return done(otherwise=url_for(".cards", crisis_id=crisis_id), said=f"Niveau\u00a0: {chosen.name}.")


def beside_level(
    crisis: Crisis, form: LevelForm, known: Sequence[ChosenLevel], stored: list[tuple[str, str, str]] | None = None
) -> dict[str, Any]:
    """What the page shows around the form; `stored`: what someone else chose meanwhile."""
    proposed = deciders(crisis, clock.now())
    return {"crisis": crisis, "form": form, "levels": known, "stored": stored, "deciders": proposed}


@bp.get("/<uuid:crisis_id>/prochain-point")
@requires(Permission.WRITE_LOGBOOK)
def next_point(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    planned = crisis.next_point_at or next_point_after(clock.now(), crisis.report_every_minutes or 60)
    form = NextPointForm(formdata=None, next_point_at=as_typed(planned, cpts), seen_version=crisis.version)
    return render_template(POINT, crisis=crisis, form=form, stored=None)


@bp.post("/<uuid:crisis_id>/prochain-point")
@requires(Permission.WRITE_LOGBOOK)
def set_next_point(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, form = crisis_or_404(cpts, crisis_id), NextPointForm()
    if not form.validate():
        return invalid(POINT, crisis=crisis, form=form, stored=None)
    seen, asked = form.seen_version.data or 0, form.next_point_at.at(cpts)
    try:
        conduct.set_next_point(crisis, asked, seen_version=seen, by=current_user, at=clock.now())
    except (NothingNew, PointAfterStandDown, PointInThePast) as refusal:
        refuse(form, "next_point_at", refusal)
        return invalid(POINT, crisis=crisis, form=form, stored=None)
    except Stale:
        form.reopen_at(crisis.version)
        stored = [("next_point_at", moment(crisis.next_point_at, cpts), moment(asked, cpts))]
        return invalid(POINT, status=409, crisis=crisis, form=form, stored=stored)
    when = moment(crisis.next_point_at, cpts)
    return back_to(crisis, said=f"Prochain point\u00a0: {when}." if when else "Aucun prochain point n’est fixé.")


@bp.get("/<uuid:crisis_id>/lieu")
@requires(Permission.WRITE_LOGBOOK)
def place(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    form = PlaceForm(formdata=None, place=crisis.place, seen_version=crisis.version)
    return render_template(PLACE, crisis=crisis, form=form, stored=None)


@bp.post("/<uuid:crisis_id>/lieu")
@requires(Permission.WRITE_LOGBOOK)
def move(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, form = crisis_or_404(cpts, crisis_id), PlaceForm()
    if not form.validate():
        return invalid(PLACE, crisis=crisis, form=form, stored=None)
    seen = form.seen_version.data or 0
    try:
        conduct.move(crisis, form.place.data or "", seen_version=seen, by=current_user, at=clock.now())
    except NothingNew as refusal:
        refuse(form, "place", refusal)
        return invalid(PLACE, crisis=crisis, form=form, stored=None)
    except Stale:
        form.reopen_at(crisis.version)
        return invalid(PLACE, status=409, crisis=crisis, form=form, stored=[("place", crisis.place)])
    return back_to(crisis, said=f"Lieu de la cellule\u00a0: {crisis.place or 'non dit'}.")


@bp.get("/<uuid:crisis_id>/plume")
@requires(Permission.WRITE_LOGBOOK)
def pen(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    return render_template(PEN, crisis=crisis, form=PenForm(writers(cpts), formdata=None))


@bp.post("/<uuid:crisis_id>/plume")
@requires(Permission.WRITE_LOGBOOK)
def hand_pen(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, form = crisis_or_404(cpts, crisis_id), PenForm(writers(cpts))
    if not form.validate():
        return invalid(PEN, crisis=crisis, form=form)
    to = form.accounts[str(form.account.data)]
    conduct.hand_pen(crisis, to, by=current_user, at=clock.now())
    return back_to(crisis, said=f"La plume est à {to.name}.")


@bp.post("/<uuid:crisis_id>/premiere-heure/<line>")
@requires(Permission.WRITE_LOGBOOK)
def tick(cpts: Cpts, crisis_id: UUID, line: str) -> ResponseReturnValue:
    """A line of the first hour is done: an entry says so, once."""
    crisis = crisis_or_404(cpts, crisis_id)
    if line not in list(ByHand):
        abort(404)
    conduct.tick(crisis, ByHand(line), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", crisis_id=crisis_id, _anchor="premiere-heure"))


@bp.get("/<uuid:crisis_id>/fiches")
@requires(Permission.READ_WORKING_DATA)
def cards(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The cards of this type and level, and which of their steps are not tasks yet."""
    crisis = crisis_or_404(cpts, crisis_id)
    return render_template("pilotage/room/cards.html", crisis=crisis, **conduct.proposed(cpts, crisis))


@bp.post("/<uuid:crisis_id>/fiches")
@requires(Permission.WRITE_LOGBOOK)
def add_tasks(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    made = conduct.launch(cpts, crisis, by=current_user, at=clock.now())
    return back_to(crisis, said=wording.tasks_added(made))


def writers(cpts: Cpts) -> list[Account]:
    """The accounts of the CPTS that may hold the pen."""
    return [one.account for one in access.members_of(cpts) if may([one.role], Permission.WRITE_LOGBOOK)]


def back_to(crisis: Crisis, **beside: Any) -> ResponseReturnValue:
    return done(otherwise=url_for(".show", crisis_id=crisis.id), **beside)
