"""One’s own line of the directory, from one’s account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access import operations as access
from crisis_plan.access import queries as accounts
from crisis_plan.access.guard import requires
from crisis_plan.access.models import Membership
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.anticipation.campaigns import answers, own_words
from crisis_plan.anticipation.campaigns.own_form import OwnForm, SeenForm
from crisis_plan.anticipation.directory import own_lines
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.anticipation.directory.telephones import is_mobile, region_of
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

bp = Blueprint("own_account_contact", __name__)

SHOW = "anticipation/campaigns/account.html"
EDIT = "anticipation/campaigns/account_edit.html"


@bp.get("/")
@requires(Permission.CONFIRM_OWN_CONTACT)
def show(cpts: Cpts) -> ResponseReturnValue:
    membership = own_membership(cpts)
    if membership.contact_id is None:
        return render_template(SHOW, refusal=None, **unrecognised(cpts))
    return render_template(SHOW, changed=False, **line(own_contact(cpts)))


@bp.post("/me-reconnaitre")
@requires(Permission.CONFIRM_OWN_CONTACT)
def recognise(cpts: Cpts) -> ResponseReturnValue:
    """The account bears the address that the line is written to: it is the same person, who says so."""
    membership, candidate = own_membership(cpts), own_lines.line_bearing(cpts, current_user.email)
    if membership.contact_id is None and candidate is None:
        abort(404)
    if membership.contact_id is None and candidate is not None:
        try:
            access.tie_contact(membership, candidate.id, by=current_user, at=clock.now())
        except access.LineTaken as refusal:
            return invalid(SHOW, status=409, refusal=refusal, **unrecognised(cpts))
    return done(otherwise=url_for(".show"))


@bp.post("/ce-n-est-pas-moi")
@requires(Permission.CONFIRM_OWN_CONTACT)
def not_me(cpts: Cpts) -> ResponseReturnValue:
    """The account was tied to the line of somebody else."""
    access.untie_contact(own_membership(cpts), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show"), said="Votre compte n’est plus rattaché à cette fiche.")


@bp.post("/confirmer")
@requires(Permission.CONFIRM_OWN_CONTACT)
def confirm(cpts: Cpts) -> ResponseReturnValue:
    contact, seen = own_contact(cpts), SeenForm().seen_version.data or 0
    try:
        answers.confirm_own(
            contact,
            seen_version=seen,
            how=VerifiedHow.ACCOUNT,
            by=current_user,
            at=clock.now(),
            today=clock.today(cpts),
        )
    except Stale:
        return invalid(SHOW, status=409, changed=True, **line(contact))
    return done(otherwise=url_for(".show"), said="Merci : vos coordonnées sont confirmées.")


@bp.get("/corriger")
@requires(Permission.CONFIRM_OWN_CONTACT)
def edit(cpts: Cpts) -> ResponseReturnValue:
    contact = own_contact(cpts)
    form = OwnForm.of(own_words.words_of(contact), version=contact.version, region=region_of(cpts.departements))
    return render_template(EDIT, form=form, differences=(), **line(contact))


@bp.post("/corriger")
@requires(Permission.CONFIRM_OWN_CONTACT)
def correct(cpts: Cpts) -> ResponseReturnValue:
    contact, form = own_contact(cpts), OwnForm(region_of(cpts.departements))
    if not form.validate():
        return invalid(EDIT, form=form, differences=(), **line(contact))
    said, held = form.words(contact), mobile_kept(contact)
    try:
        addresses = [one.address for one in said.emails]
        own_lines.refuse_addresses_of_others(cpts, contact, addresses, own=current_user.email)
        answers.correct_own(
            contact,
            said,
            seen_version=form.seen_version.data or 0,
            how=VerifiedHow.ACCOUNT,
            by=current_user,
            at=clock.now(),
            today=clock.today(cpts),
        )
    except Stale:
        return invalid(EDIT, status=409, form=form, differences=form.beside(contact), **line(contact))
    except own_lines.AddressOfAnother as refusal:
        form.emails.errors = [str(refusal)]
        return invalid(EDIT, form=form, differences=(), **line(contact))
    gone = " Votre mobile privé est retiré, comme vous l’avez demandé." if held and not mobile_kept(contact) else ""
    return done(otherwise=url_for(".show"), said=f"Merci : vos coordonnées sont corrigées dans l’annuaire.{gone}")


def own_membership(cpts: Cpts) -> Membership:
    """The tie between the account and this CPTS, which the guard has checked."""
    found: Membership = next(one for one in current_user.memberships if one.cpts_id == cpts.id)
    return found


def own_contact(cpts: Cpts) -> Contact:
    """The line that is this account's own; 404 while there is none."""
    contact_id = own_membership(cpts).contact_id or abort(404)
    return directory.contact_or_404(cpts, contact_id)


def unrecognised(cpts: Cpts) -> dict[str, Any]:
    """Who the account may be, and whom to ask when nobody knows."""
    bearing = own_lines.lines_bearing(cpts, current_user.email)
    return {
        "contact": None,
        "candidate": bearing[0] if len(bearing) == 1 else None,
        "is_shared": len(bearing) > 1,
        "coordinators": [one for one in accounts.coordinators_of(cpts) if one.id != current_user.id],
    }


def mobile_kept(contact: Contact) -> bool:
    """Whether a private mobile is kept with this person's agreement."""
    private = (phone.number for phone in contact.phones if phone.is_private)
    return contact.mobile_consent_on is not None and any(map(is_mobile, private))


def line(contact: Contact) -> dict[str, Any]:
    """What every page of one's own line shows."""
    return {
        "contact": contact,
        "words": own_words.words_of(contact),
        "volunteers": crisis_types(contact.volunteer_for),
        "form_seen": SeenForm.of(contact.version),
    }
