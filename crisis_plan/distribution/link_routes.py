"""A recipient’s personal link to one version: its GET writes nothing, for machines follow the links of mails.

The general `Referrer-Policy: same-origin` is kept: the link reaches no other site, and the check of forms over HTTPS
needs the referrer.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from crisis_plan import clock
from crisis_plan.access.guard import public
from crisis_plan.distribution import receiving, visits
from crisis_plan.distribution.forms import AcknowledgeForm
from crisis_plan.distribution.lines import proofs
from crisis_plan.distribution.models import Delivery
from crisis_plan.distribution.refusals import LinkOver
from crisis_plan.publication.models import Publication
from crisis_plan.web import downloads
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("plan_links", __name__)

SHOW = "distribution/link.html"
NO_SUCH_LINK = (
    "Ce lien est incomplet ou n’est plus valable\u00a0: recopiez-le en entier depuis le courriel que vous avez reçu."
)


@bp.before_request
def count_the_visit() -> None:
    """Before anything is read: a token that was never signed here is a guess, another is somebody’s link."""
    delivery_id = receiving.identity_of((request.view_args or {}).get("token", ""))
    if delivery_id:
        visits.count_of_link(delivery_id, at=clock.now())
    else:
        visits.count_unknown(request.remote_addr or "", at=clock.now())


@bp.after_request
def keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.errorhandler(visits.TooManyVisits)
def too_many(refusal: visits.TooManyVisits) -> ResponseReturnValue:
    page = render_template("errors/429.html", message=str(refusal))
    return page, refusal.status, {"Retry-After": str(refusal.seconds)}


@bp.errorhandler(404)
def no_such_link(_error: HTTPException) -> ResponseReturnValue:
    return render_template("errors/404.html", message=NO_SUCH_LINK), 404


@bp.errorhandler(LinkOver)
def link_over(refusal: LinkOver) -> ResponseReturnValue:
    return render_template("distribution/link_over.html", message=str(refusal)), refusal.status


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    delivery = found_or_404(token)
    return render_template(SHOW, form=AcknowledgeForm(formdata=None), **landing(delivery, token))


@bp.get("/<token>/plan.pdf")
@bp.get("/<token>/en-vigueur.pdf")
@bp.get("/<token>/accuser-reception")
@public
def come_back(token: str) -> ResponseReturnValue:
    """Whoever reloads a download, or opens its address, is shown the buttons: reading gives and proves nothing."""
    return redirect(url_for(".show", token=token))


@bp.post("/<token>/plan.pdf")
@public
def download(token: str) -> ResponseReturnValue:
    """The version that was sent."""
    delivery = found_or_404(token)
    return given(delivery, delivery.publication)


@bp.post("/<token>/en-vigueur.pdf")
@public
def download_newer(token: str) -> ResponseReturnValue:
    """The version in force, where it is another one."""
    delivery = found_or_404(token)
    return given(delivery, receiving.newer(delivery) or delivery.publication)


@bp.post("/<token>/accuser-reception")
@public
def acknowledge(token: str) -> ResponseReturnValue:
    delivery, form = found_or_404(token), AcknowledgeForm()
    if not form.validate():
        return invalid(SHOW, form=form, **landing(delivery, token))
    receiving.acknowledge(delivery, form.name.data or "", at=clock.now())
    return done(otherwise=url_for(".show", token=token))


def found_or_404(token: str) -> Delivery:
    """Whose link this is: 404 for an address that was never given. Raises `LinkOver`."""
    return receiving.found(token) or abort(404)


def given(delivery: Delivery, version: Publication) -> ResponseReturnValue:
    """The exact stored bytes, to keep."""
    stored = receiving.download(delivery, version, at=clock.now())
    response = downloads.pdf(stored.content, file_name=version.file_name(stored.kind), etag=stored.sha256)
    response.headers.set("Content-Disposition", "attachment", filename=version.file_name(stored.kind))
    return response


def landing(delivery: Delivery, token: str) -> dict[str, Any]:
    """What the page of a link shows."""
    newer = receiving.newer(delivery)
    return {
        "cpts": delivery.cpts,
        "delivery": delivery,
        "version": delivery.publication,
        "newer": newer,
        "waits": newer is not None and not receiving.has_opened(delivery, newer),
        "trace": proofs(delivery, clock.now()),
        "edition": receiving.edition_given(delivery),
        "token": token,
    }
