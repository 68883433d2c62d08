"""Giving a version in two pages: who receives what, read before it leaves; and writing down what was handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.distribution import handing, mails, queries, sending
from crisis_plan.distribution.correcting_routes import bp
from crisis_plan.distribution.forms import HandForm, SendForm, ids_in
from crisis_plan.distribution.listing import Line
from crisis_plan.distribution.routes import asked_group, surroundings
from crisis_plan.distribution.rules import Group
from crisis_plan.distribution.sentences import without_email
from crisis_plan.document.blocks import Edition
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

__all__ = ["bp"]

PREPARE = "distribution/prepare.html"
HAND = "distribution/hand.html"


@bp.get("/envoyer")
@requires(Permission.EDIT_PLAN)
def prepare(cpts: Cpts) -> ResponseReturnValue:
    """Who would receive what, before anything leaves; several groups chosen at once are read row by row."""
    version, chosen = queries.version_or_404(cpts, None), ids_in(request.args.getlist("contact"))
    if request.args.get("faire") == "remettre":
        return redirect(
            url_for(".hand", version=request.args.get("version", type=int), contact=sorted(map(str, chosen)))
        )
    return render_template(PREPARE, **prepared(cpts, version, asked_group(), chosen))


@bp.post("/envoyer")
@requires(Permission.EDIT_PLAN)
@creates_once
def send(cpts: Cpts) -> ResponseReturnValue:
    """What was read is what leaves: where others would receive it now, that is shown first."""
    form = SendForm()
    version = queries.version_or_404(cpts, form.version.data)
    found = prepared(cpts, version, asked_group(), form.contact.ids, restricted=form.restricted.ids)
    if not form.validate() or not found["by_mail"]:
        return invalid(PREPARE, **found)
    if form.seen.data != found["seen"]:
        return invalid(PREPARE, status=409, changed=True, **found)
    to = sending.Recipients([one.contact.id for one in found["by_mail"]], form.restricted.ids)
    made = sending.send(cpts, version, to, by=current_user, at=clock.now())
    said = f"{counted(len(made), 'courriel')} en attente d’envoi. Chaque destinataire a son lien personnel."
    return done(otherwise=url_for(".index", version=version.number), said=said)


@bp.get("/remettre")
@requires(Permission.EDIT_PLAN)
def hand(cpts: Cpts) -> ResponseReturnValue:
    version = queries.version_or_404(cpts, request.args.get("version", type=int))
    today, chosen = clock.today(cpts), ids_in(request.args.getlist("contact"))
    form = HandForm(queries.documents(cpts), today=today, formdata=None, handed_on=today)
    found = handed(cpts, version, chosen, chosen)
    alone = [one.contact.id for one in found["lines"] if one.contact] if len(found["lines"]) == 1 else []
    return render_template(HAND, form=form, **{**found, "checked": chosen or alone})


@bp.post("/remettre")
@requires(Permission.EDIT_PLAN)
@creates_once
def record_handed(cpts: Cpts) -> ResponseReturnValue:
    version = queries.version_or_404(cpts, request.args.get("version", type=int))
    form = HandForm(queries.documents(cpts), today=clock.today(cpts))
    chosen = ids_in(request.args.getlist("contact"))
    found = handed(cpts, version, chosen, form.contact.ids)
    everyone = [one.contact.id for one in found["lines"] if one.contact]
    again = {"form": form, **found}
    if not form.validate():
        return invalid(HAND, **again)
    try:
        given = handing.hand_over(cpts, version, form.handing(everyone), by=current_user, at=clock.now())
    except UploadRefused:
        return invalid(HAND, **again)
    except (handing.NotThatDay, handing.NobodyHanded) as refusal:
        field = form.handed_on if isinstance(refusal, handing.NotThatDay) else form.contact
        field.errors = [str(refusal)]
        return invalid(HAND, **again)
    said = f"Remise notée pour {counted(len(given), 'destinataire')}."
    return done(otherwise=url_for(".index", version=version.number), said=said)


def prepared(
    cpts: Cpts,
    version: Publication,
    group: Group | None,
    chosen: Collection[UUID],
    *,
    restricted: Collection[UUID] = (),
) -> dict[str, Any]:
    """Who is still to be given the version, by mail and without; the message as one of them will read it."""
    lines = queries.whole_register(cpts, version, clock.now()).chosen(group, chosen)
    to_give = [one for one in lines if one.is_to_give]
    by_mail = [one for one in to_give if one.email]
    to_hand = [one for one in to_give if not one.email]
    written = mails.words(cpts, version, current_user)
    example = by_mail[0] if by_mail else None
    return {
        "version": version,
        "group": group if not chosen else None,
        "chosen": sorted(map(str, chosen)),
        "by_mail": by_mail,
        "to_hand": to_hand,
        "unreachable": without_email(to_hand),
        "given_already": len(lines) - len(to_give),
        "restricted": restricted,
        "public": [one for one in by_mail if one.edition_today is Edition.PUBLIC],
        "written": written,
        "example": example,
        "body": written.body(example.name, example.edition_today or example.edition, mails.LINK_TO_COME)
        if example
        else "",
        "seen": _seen(version, by_mail),
        "form": SendForm.of(version, group if not chosen else None, _seen(version, by_mail)),
        **surroundings(cpts),
    }


def handed(cpts: Cpts, version: Publication, chosen: Collection[UUID], checked: Collection[UUID]) -> Mapping[str, Any]:
    """Those who may have been handed the version: the ones chosen, else a whole group."""
    group, now = asked_group(), clock.now()
    if chosen:
        lines = queries.recipients(cpts, version, chosen, now)
    else:
        lines = queries.group_of_recipients(cpts, version, group, now) if group else []
    return {"version": version, "lines": lines, "group": group, "chosen": sorted(map(str, chosen)), "checked": checked}


def _seen(version: Publication, lines: Collection[Line]) -> str:
    """What tells one choice of recipients from another."""
    who = sorted(f"{one.contact.id} {one.email} {one.edition_today}" for one in lines if one.contact)
    return hashlib.sha256("\n".join([str(version.id), *who]).encode()).hexdigest()[:16]
