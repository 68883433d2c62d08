"""The material, the contacts and the messages of a card, on screen. The same blueprint as the cards."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.responses import parts, queries
from crisis_plan.adaptation.responses.part_kinds import KINDS, PartKind, called, offered
from crisis_plan.adaptation.responses.part_queries import part_or_404
from crisis_plan.adaptation.responses.parts import Part, PartRefused
from crisis_plan.adaptation.responses.step_routes import bp
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.rules import Direction
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

ADD = "adaptation/responses/part_add.html"
EDIT = "adaptation/responses/part_edit.html"
LISTS = "any(materiel,contacts,messages)"


@bp.get(f"/<uuid:card_id>/<{LISTS}:key>/ajouter")
@requires(Permission.EDIT_PLAN)
def add_part(cpts: Cpts, card_id: UUID, key: str) -> ResponseReturnValue:
    kind, card = KINDS[key], queries.card_or_404(cpts, card_id)
    choice = offered(cpts, kind)
    return render_template(ADD, form=kind.add_form(choice, formdata=None), kind=kind, card=card, offered=choice)


@bp.post(f"/<uuid:card_id>/<{LISTS}:key>/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create_part(cpts: Cpts, card_id: UUID, key: str) -> ResponseReturnValue:
    kind, card = KINDS[key], queries.card_or_404(cpts, card_id)
    choice = offered(cpts, kind)
    form = kind.add_form(choice)
    if not form.validate():
        return invalid(ADD, form=form, kind=kind, card=card, offered=choice)
    try:
        part = parts.add_part(card, form.description(), by=current_user, at=clock.now())
    except PartRefused as refusal:
        form.refuse(refusal)
        return invalid(ADD, form=form, kind=kind, card=card, offered=choice)
    return done(otherwise=place_of(kind, part), said=f"Ajouté à la fiche\u00a0: {called(part)}.")


@bp.get(f"/<{LISTS}:key>/<uuid:part_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit_part(cpts: Cpts, key: str, part_id: UUID) -> ResponseReturnValue:
    kind = KINDS[key]
    part: Part = part_or_404(cpts, kind.model, part_id)
    form = kind.opened(part, offered(cpts, kind, part))
    return render_template(EDIT, form=form, kind=kind, part=part, called=called(part), stored=None)


@bp.post(f"/<{LISTS}:key>/<uuid:part_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save_part(cpts: Cpts, key: str, part_id: UUID) -> ResponseReturnValue:
    kind = KINDS[key]
    part: Part = part_or_404(cpts, kind.model, part_id)
    form = kind.edit_form(offered(cpts, kind, part))
    shown = {"form": form, "kind": kind, "part": part, "called": called(part), "stored": None}
    if not form.validate():
        return invalid(EDIT, **shown)
    seen = form.seen_version.data or 0
    try:
        parts.change_part(part, form.description(), seen_version=seen, by=current_user, at=clock.now())
    except PartRefused as refusal:
        form.refuse(refusal)
        return invalid(EDIT, **shown)
    except Stale:
        form.reopen_at(part.version)
        return invalid(EDIT, status=409, **shown | {"stored": form.beside(part)})
    return done(otherwise=place_of(kind, part))


@bp.post(f"/<{LISTS}:key>/<uuid:part_id>/<direction>")
@requires(Permission.EDIT_PLAN)
def move_part(cpts: Cpts, key: str, part_id: UUID, direction: str) -> ResponseReturnValue:
    if direction not in [way.value for way in Direction]:
        abort(404)
    part: Part = part_or_404(cpts, KINDS[key].model, part_id)
    parts.move_part(part, up=direction == Direction.UP, by=current_user, at=clock.now())
    return done(otherwise=place_of(KINDS[key], part))


@bp.get(f"/<{LISTS}:key>/<uuid:part_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_part_removal(cpts: Cpts, key: str, part_id: UUID) -> ResponseReturnValue:
    kind = KINDS[key]
    part: Part = part_or_404(cpts, kind.model, part_id)
    return render_template("adaptation/responses/part_remove.html", kind=kind, part=part, called=called(part))


@bp.post(f"/<{LISTS}:key>/<uuid:part_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove_part(cpts: Cpts, key: str, part_id: UUID) -> ResponseReturnValue:
    kind = KINDS[key]
    part: Part = part_or_404(cpts, kind.model, part_id)
    back, said = place_of(kind, part), f"Retiré de la fiche\u00a0: {called(part)}."
    parts.remove_part(part, by=current_user, at=clock.now())
    return done(otherwise=back, said=said)


def place_of(kind: PartKind, part: Part) -> str:
    """Where this list stands on the card."""
    return url_for(".show", card_id=part.card_id, _anchor=kind.key)
