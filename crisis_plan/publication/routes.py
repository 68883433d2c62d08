"""Versions of the plan: publish, read, download."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.db import slow
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import operations, queries, reviews
from crisis_plan.publication.forms import EarlierForm, ProvisionalForm, PublishForm
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import FileKind, PublicationKind
from crisis_plan.web import downloads, uploads
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("publication", __name__)

PREPARE = "publication/prepare.html"
PROVISIONAL = "publication/provisional.html"
EARLIER = "publication/earlier.html"
KIND_AT = {
    "": PublicationKind.PUBLISHED,
    "provisoires": PublicationKind.PROVISIONAL,
    "anterieures": PublicationKind.EARLIER,
}


@bp.get("/")
@requires(Permission.READ_PLAN)
def index(cpts: Cpts) -> ResponseReturnValue:
    """Every version that the reader may see, the one in force first."""
    seen = [kind for kind in PublicationKind if kind is not PublicationKind.PROVISIONAL or can("read_provisional")]
    return render_template("publication/index.html", versions={kind: queries.publications(cpts, kind) for kind in seen})


@bp.get("/publier")
@requires(Permission.PUBLISH_PROVISIONAL)
def prepare(cpts: Cpts) -> ResponseReturnValue:
    return render_template(PREPARE, form=PublishForm(formdata=None), **reviews.preparing(cpts, clock.today(cpts)))


@bp.get("/publier/relire")
@requires(Permission.PUBLISH_PROVISIONAL)
def review(cpts: Cpts) -> ResponseReturnValue:
    """What would be published now, and what changed since the version in force."""
    return render_template("publication/review.html", **reviews.review(cpts, by=current_user, today=clock.today(cpts)))


@bp.post("/publier")
@requires(Permission.PUBLISH_PLAN)
@creates_once
@slow
def publish(cpts: Cpts) -> ResponseReturnValue:
    form = PublishForm()
    if not form.validate():
        return invalid(PREPARE, form=form, **reviews.preparing(cpts, clock.today(cpts)))
    try:
        adoption = uploads.read_pdf(form.adoption.data) if form.adoption.data else b""
        version = operations.publish(
            cpts,
            kind=PublicationKind.PUBLISHED,
            adopted_by=form.adopted_by.data,
            adopted_on=form.adopted_on.data,
            adoption=adoption,
            note=form.note.data,
            by=current_user,
            at=clock.now(),
            today=clock.today(cpts),
        )
    except uploads.UploadRefused as refusal:
        refuse(form, "adoption", refusal)
        return invalid(PREPARE, form=form, **reviews.preparing(cpts, clock.today(cpts)))
    except operations.PlanIncomplete:
        return invalid(PREPARE, form=form, **reviews.preparing(cpts, clock.today(cpts)))
    return done(said=f"{version.name}\u00a0: c’est fait, les deux PDF sont prêts.", otherwise=address_of(version))


@bp.get("/provisoire")
@requires(Permission.PUBLISH_PROVISIONAL)
def prepare_provisional(cpts: Cpts) -> ResponseReturnValue:
    return render_template(PROVISIONAL, form=ProvisionalForm(formdata=None))


@bp.post("/provisoire")
@requires(Permission.PUBLISH_PROVISIONAL)
@creates_once
@slow
def publish_provisional(cpts: Cpts) -> ResponseReturnValue:
    form = ProvisionalForm()
    if not form.validate():
        return invalid(PROVISIONAL, form=form)
    version = operations.publish(
        cpts,
        kind=PublicationKind.PROVISIONAL,
        note=form.note.data,
        by=current_user,
        at=clock.now(),
        today=clock.today(cpts),
    )
    return done(said=f"{version.name}\u00a0: c’est fait, les deux PDF sont prêts.", otherwise=address_of(version))


@bp.get("/anterieure")
@requires(Permission.EDIT_PLAN)
def add_earlier(cpts: Cpts) -> ResponseReturnValue:
    return render_template(EARLIER, form=EarlierForm(formdata=None, today=clock.today(cpts)))


@bp.post("/anterieure")
@requires(Permission.EDIT_PLAN)
@creates_once
def record_earlier(cpts: Cpts) -> ResponseReturnValue:
    form = EarlierForm(today=clock.today(cpts))
    if not form.validate():
        return invalid(EARLIER, form=form)
    try:
        content = uploads.read_pdf(form.document.data)
    except uploads.UploadRefused as refusal:
        refuse(form, "document", refusal)
        return invalid(EARLIER, form=form)
    operations.record_earlier(
        cpts, content=content, dated_on=form.dated_on.day, note=form.note.data, by=current_user, at=clock.now()
    )
    return done(said="Le plan antérieur est enregistré.", otherwise=url_for(".index"))


@bp.get("/courante.pdf")
@requires(Permission.READ_PLAN)
def current_pdf(cpts: Cpts) -> ResponseReturnValue:
    """What the ARS downloads: the exact bytes of the version in force, restricted edition."""
    return download(queries.current_or_404(cpts), FileKind.RESTRICTED)


@bp.get("/courante-publique.pdf")
@requires(Permission.READ_PLAN)
def current_public_pdf(cpts: Cpts) -> ResponseReturnValue:
    return download(queries.current_or_404(cpts), FileKind.PUBLIC)


@bp.get("/<int(max=99999):number>.pdf", defaults={"place": ""})
@bp.get("/<any(provisoires, anterieures):place>/<int(max=99999):number>.pdf")
@requires(Permission.READ_PLAN)
def pdf(cpts: Cpts, place: str, number: int) -> ResponseReturnValue:
    version = readable_or_404(cpts, place, number)
    kind = FileKind.EARLIER if version.kind is PublicationKind.EARLIER else FileKind.RESTRICTED
    return download(version, kind)


@bp.get("/<int(max=99999):number>-publique.pdf", defaults={"place": ""})
@bp.get("/<any(provisoires):place>/<int(max=99999):number>-publique.pdf")
@requires(Permission.READ_PLAN)
def public_pdf(cpts: Cpts, place: str, number: int) -> ResponseReturnValue:
    return download(readable_or_404(cpts, place, number), FileKind.PUBLIC)


@bp.get("/<int(max=99999):number>-adoption.pdf")
@requires(Permission.READ_PLAN)
def adoption_pdf(cpts: Cpts, number: int) -> ResponseReturnValue:
    return download(readable_or_404(cpts, "", number), FileKind.ADOPTION)


def readable_or_404(cpts: Cpts, place: str, number: int) -> Publication:
    """This version, unless it is provisional and the reader may not see those."""
    kind = KIND_AT[place]
    if kind is PublicationKind.PROVISIONAL and not can("read_provisional"):
        abort(404)
    return queries.publication_or_404(cpts, kind, number)


def address_of(version: Publication) -> str:
    place = "provisoires" if version.kind is PublicationKind.PROVISIONAL else ""
    return url_for("cpts.publication.show", place=place, number=version.number)


def download(version: Publication, kind: FileKind) -> ResponseReturnValue:
    """The exact stored bytes, under their dated name."""
    stored = queries.file_or_404(version, kind)
    return downloads.pdf(stored.content, file_name=version.file_name(kind), etag=stored.sha256)
