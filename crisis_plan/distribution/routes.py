"""Giving a version to those it is made for, and the register that proves it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock, outbox
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory.retention import evidence_kept_until
from crisis_plan.distribution import export, queries, register, sending
from crisis_plan.distribution.forms import AgainForm
from crisis_plan.distribution.listing import Asked
from crisis_plan.distribution.proofs import State, handings
from crisis_plan.distribution.rules import Group
from crisis_plan.distribution.sentences import not_given, standing_of
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries as publications
from crisis_plan.publication.rules import PublicationKind
from crisis_plan.web.downloads import attachment, csv_file, private_pdf
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, page_or_block
from crisis_plan.web.pages import page_of_list

bp = Blueprint("distribution", __name__)

INDEX = "distribution/index.html"
SHOW = "distribution/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    """Who has received which version, and who has not; what must be there first."""
    versions = publications.publications(cpts, PublicationKind.PUBLISHED)
    if not versions:
        return render_template(INDEX, version=None)
    number, now = request.args.get("version", versions[0].number, type=int), clock.now()
    version = next((one for one in versions if one.number == number), None) or abort(404)
    whole, group, asked = queries.whole_register(cpts, version, now), asked_group(), asked_state()
    address: dict[str, Any] = {"version": version.number, "groupe": group, "etat": asked}
    return page_or_block(
        INDEX,
        "found",
        version=version,
        versions=versions,
        is_current=version is versions[0],
        whole=whole,
        lacking=not_given(standing_of(version, whole, now)),
        page=page_of_list(whole.kept(group, asked), request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number, **{key: one for key, one in address.items() if one}),
        group=group,
        asked=asked,
        groups=list(Group),
        states=list(Asked),
        to_remind=len(whole.to_remind(now)),
        to_mail=whole.to_mail,
        sheets=whole.sheets,
        **surroundings(cpts),
    )


@bp.get("/registre.pdf")
@requires(Permission.READ_WORKING_DATA)
def register_pdf(cpts: Cpts) -> Response:
    """The register of one version: what the CPAM is shown."""
    version = queries.version_or_404(cpts, request.args.get("version", type=int))
    content = register.register_pdf(cpts, version, clock.now())
    return private_pdf(content, file_name=register.file_name(version, "pdf"))


@bp.get("/registre.csv")
@requires(Permission.READ_WORKING_DATA)
def register_csv(cpts: Cpts) -> Response:
    version = queries.version_or_404(cpts, request.args.get("version", type=int))
    lines = queries.whole_register(cpts, version, clock.now()).lines
    return csv_file(export.HEADINGS, export.rows(lines, cpts), file_name=register.file_name(version, "csv"))


@bp.post("/relancer")
@requires(Permission.EDIT_PLAN)
def remind(cpts: Cpts) -> ResponseReturnValue:
    version = queries.version_or_404(cpts, request.form.get("version", type=int))
    written = sending.remind(cpts, version, by=current_user, at=clock.now())
    said = f"{counted(written, 'courriel')} de relance en attente d’envoi."
    return done(otherwise=url_for(".index", version=version.number), said=said)


@bp.get("/<uuid:delivery_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, delivery_id: UUID) -> ResponseReturnValue:
    """One recipient, and every proof."""
    delivery, now = queries.delivery_or_404(cpts, delivery_id), clock.now()
    line = queries.line_of(cpts, delivery, now)
    shown = {"delivery": delivery, "line": line, "handings": handings(delivery.events), "states": State}
    return render_template(SHOW, form=AgainForm(formdata=None), **shown, **surroundings(cpts))


@bp.post("/<uuid:delivery_id>/renvoyer")
@requires(Permission.EDIT_PLAN)
@creates_once
def send_again(cpts: Cpts, delivery_id: UUID) -> ResponseReturnValue:
    delivery = queries.delivery_or_404(cpts, delivery_id)
    sending.send_again(cpts, delivery, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", delivery_id=delivery.id), said="Le courriel est en attente d’envoi.")


@bp.post("/<uuid:delivery_id>/retirer")
@requires(Permission.EDIT_PLAN)
def revoke(cpts: Cpts, delivery_id: UUID) -> ResponseReturnValue:
    delivery = queries.delivery_or_404(cpts, delivery_id)
    sending.revoke(delivery, by=current_user, at=clock.now())
    said = "Le lien est retiré\u00a0: il ne répond plus. Ce qui est déjà prouvé reste au registre."
    return done(otherwise=url_for(".show", delivery_id=delivery.id), said=said)


@bp.get("/feuilles/<uuid:document_id>")
@requires(Permission.READ_WORKING_DATA)
def document(cpts: Cpts, document_id: UUID) -> Response:
    """An attendance sheet or a receipt, as it was given."""
    kept = queries.document_or_404(cpts, document_id)
    return attachment(kept.content, media_type=kept.media_type, file_name=kept.file_name)


def asked_group() -> Group | None:
    """The group that an address or a form names."""
    return next((one for one in Group if one.value == request.values.get("groupe")), None)


def asked_state() -> Asked | None:
    return next((one for one in Asked if one.value == request.args.get("etat")), None)


def surroundings(cpts: Cpts) -> dict[str, Any]:
    """Whether mail leaves from here, and until when this evidence is kept."""
    return {
        "can_mail": outbox.keeps_mail(),
        "has_server": outbox.sends_mail(),
        "kept_until": evidence_kept_until(cpts.contract_signed_on),
    }
