"""Two lines for one person: found, compared, made one. The same blueprint as `routes`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import differing, distinctions, merging, queries
from crisis_plan.anticipation.directory import duplicates as looking_alike
from crisis_plan.anticipation.directory.merge_form import MergeFields, merge_form
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.queries import Filters
from crisis_plan.anticipation.directory.rights_routes import bp
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

DUPLICATES = "anticipation/directory/duplicates.html"
CHOOSE = "anticipation/directory/choose_to_merge.html"
MERGE = "anticipation/directory/merge.html"


@bp.get("/doublons")
@requires(Permission.EDIT_PLAN)
def duplicates(cpts: Cpts) -> ResponseReturnValue:
    page = looking_alike.page(cpts, request.args.get("page", 1, type=int))
    return render_template(DUPLICATES, page=page, page_url=lambda number: url_for(".duplicates", page=number))


@bp.get("/<uuid:contact_id>/fusionner")
@requires(Permission.EDIT_PLAN)
def merge(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    """Whoever looks like this contact, or whom the person looks for instead."""
    contact = queries.contact_or_404(cpts, contact_id)
    q = request.args.get("q", "").replace("\x00", "").strip()[:200]
    return render_template(
        CHOOSE,
        contact=contact,
        q=q,
        alike=() if q else looking_alike.of(contact, cpts),
        found=queries.page(cpts, Filters(q=q), request.args.get("page", 1, type=int)) if q else None,
        page_url=lambda number: url_for(".merge", contact_id=contact.id, q=q, page=number),
    )


@bp.get("/<uuid:contact_id>/fusionner/<uuid:other_id>")
@requires(Permission.EDIT_PLAN)
def compare(cpts: Cpts, contact_id: UUID, other_id: UUID) -> ResponseReturnValue:
    kept, other = two_or_404(cpts, contact_id, other_id)
    form = merge_form(differing.differences(kept, other), formdata=None)
    form.open_at(kept, other)
    return render_template(MERGE, moved=None, **shown(form, kept, other))


@bp.post("/<uuid:contact_id>/fusionner/<uuid:other_id>")
@requires(Permission.EDIT_PLAN)
def make_one(cpts: Cpts, contact_id: UUID, other_id: UUID) -> ResponseReturnValue:
    kept, other = two_or_404(cpts, contact_id, other_id)
    form = merge_form(differing.differences(kept, other))
    if form.versions != (kept.version, other.version):
        return conflict(form, kept, other)
    if not form.validate():
        return invalid(MERGE, moved=None, **shown(form, kept, other))
    try:
        merging.merge(kept, other, form.chosen, seen=form.versions, by=current_user, at=clock.now())
    except Stale:
        kept, other = two_or_404(cpts, contact_id, other_id)
        return conflict(merge_form(differing.differences(kept, other)), kept, other)
    return done(otherwise=url_for(".show", contact_id=contact_id), said="Les deux fiches n’en font plus qu’une.")


@bp.post("/<uuid:contact_id>/distinguer/<uuid:other_id>")
@requires(Permission.EDIT_PLAN)
def tell_apart(cpts: Cpts, contact_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """They are two persons: the pair is not proposed again."""
    first, second = two_or_404(cpts, contact_id, other_id)
    distinctions.keep(first, second, by=current_user, at=clock.now())
    return done(otherwise=url_for(".duplicates"), said=f"{first.name} et {second.name} : deux personnes, c’est noté.")


def two_or_404(cpts: Cpts, contact_id: UUID, other_id: UUID) -> tuple[Contact, Contact]:
    """The line kept and the other one: two different lines of this directory."""
    if contact_id == other_id:
        abort(404)
    return queries.contact_or_404(cpts, contact_id), queries.contact_or_404(cpts, other_id)


def conflict(form: MergeFields, kept: Contact, other: Contact) -> ResponseReturnValue:
    """What changed since the page was opened; choices already made stay made."""
    moved = form.moved()
    form.open_at(kept, other)
    return invalid(MERGE, status=409, moved=moved, **shown(form, kept, other))


def shown(form: MergeFields, kept: Contact, other: Contact) -> dict[str, Any]:
    """The two lines side by side, and what the one kept will gain."""
    return {
        "form": form,
        "kept": kept,
        "other": other,
        "has_two_names": differing.have_two_names(kept, other),
        "made_private": [*merging.private_phones(kept, other), *merging.private_emails(kept, other)],
        "new_places": merging.new_places(kept, other),
        "new_phones": merging.new_phones(kept, other),
        "new_emails": merging.new_emails(kept, other),
    }
