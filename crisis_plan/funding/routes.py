"""The money room: what can be claimed, what was claimed outside, five years. The same blueprint as `situation_routes`."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import can, current_roles, requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import RuleBroken
from crisis_plan.funding import outside, queries, rates
from crisis_plan.funding.advance import GENERAL_RULE, anniversary_after, general_advance
from crisis_plan.funding.claims.forms import OpenForm
from crisis_plan.funding.claims.queries import readable
from crisis_plan.funding.doubts import COMMISSION, CONGRESS, answer_sentence, doubt_sentence
from crisis_plan.funding.lines import Doubt
from crisis_plan.funding.offers import offers
from crisis_plan.funding.outside_forms import AdvanceForm, OutsideForm, ReasonForm
from crisis_plan.funding.room import missing, room
from crisis_plan.funding.situation_routes import bp
from crisis_plan.funding.subjects import outside_subjects
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.pages import page_of_list

__all__ = ["bp"]

OUTSIDE = "funding/outside.html"
WITHDRAW = "funding/withdraw_outside.html"


@bp.get("/")
@requires(Permission.READ_CLAIM)
def index(cpts: Cpts) -> ResponseReturnValue:
    """The money room of who prepares the claims; a caisse reads those that were submitted."""
    if not can(Permission.PREPARE_CLAIM):
        page = page_of_list(readable(cpts, current_roles()), request.args.get("page", 1, type=int))
        return render_template(
            "funding/submitted.html", page=page, page_url=lambda number: url_for(".index", page=number)
        )
    found = room(cpts, clock.today(cpts))
    return render_template(
        "funding/index.html",
        room=found,
        missing=missing(found.situation),
        opening=lambda: OpenForm(formdata=None),
        sentence_of=doubt_sentence,
        source=COMMISSION,
    )


@bp.get("/baremes")
@requires(Permission.PREPARE_CLAIM)
def show_rates(cpts: Cpts) -> ResponseReturnValue:
    """The sets of amounts with their sources; the totals that the congress printed, beside ours."""
    known = queries.rate_sets()
    return render_template(
        "funding/rates.html",
        own_size=queries.situation_of(cpts, clock.today(cpts)).standing.size,
        sets=sorted(known, key=lambda one: one.in_force_from, reverse=True),
        current=rates.in_force(known, clock.today(cpts)),
        provision=rates.PROVISION_2021,
        printed={rates.AVENANT_2.key: rates.PRINTED_TOTALS},
        congress=CONGRESS,
        lines=rates.LINES,
        sizes=rates.SIZES,
    )


@bp.get("/avance")
@requires(Permission.PREPARE_CLAIM)
def advance(cpts: Cpts) -> ResponseReturnValue:
    """The general rule of the advance, to try: nothing is kept."""
    start = cpts.mission_started_on
    known = {"debut": start, "anniversaire": anniversary_after(cpts.contract_signed_on, start)}
    form = AdvanceForm(request.args) if request.args else AdvanceForm(formdata=None, **known)
    found = None
    if request.args and form.validate():
        found = general_advance(form.montant.data, starts_on=form.debut.day, anniversary_on=form.anniversaire.day)
    sentence, said = doubt_sentence(Doubt.ADVANCE), queries.answers_of(cpts).get(Doubt.ADVANCE)
    answer = answer_sentence(Doubt.ADVANCE, said) if said else ""
    return render_template(
        "funding/advance.html", form=form, found=found, rule=GENERAL_RULE, doubt=sentence, answer=answer
    )


@bp.get("/hors-outil/consigner")
@requires(Permission.PREPARE_CLAIM)
def add_outside(cpts: Cpts) -> ResponseReturnValue:
    form = outside_form(cpts, formdata=None, subject=request.args.get("ligne", ""))
    return render_template(OUTSIDE, form=form)


@bp.post("/hors-outil/consigner")
@requires(Permission.PREPARE_CLAIM)
@creates_once
def record_outside(cpts: Cpts) -> ResponseReturnValue:
    form = outside_form(cpts)
    if not form.validate():
        return invalid(OUTSIDE, form=form)
    try:
        outside.record(cpts, form.chosen, form.recorded(), today=clock.today(cpts), by=current_user, at=clock.now())
    except RuleBroken as refusal:
        form.refuse(refusal)
        return invalid(OUTSIDE, form=form)
    return done(otherwise=url_for(".index"), said="C’est consigné\u00a0: cette ligne n’est plus proposée.")


@bp.get("/hors-outil/<uuid:claim_id>/retirer")
@requires(Permission.PREPARE_CLAIM)
def confirm_withdrawal(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim = queries.outside_or_404(cpts, claim_id)
    return render_template(WITHDRAW, claim=claim, form=ReasonForm(formdata=None))


@bp.post("/hors-outil/<uuid:claim_id>/retirer")
@requires(Permission.PREPARE_CLAIM)
def withdraw_outside(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim, form = queries.outside_or_404(cpts, claim_id), ReasonForm()
    if not form.validate():
        return invalid(WITHDRAW, claim=claim, form=form)
    outside.withdraw(claim, reason=form.reason.data, today=clock.today(cpts), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"), said="C’est retiré\u00a0: la ligne peut de nouveau être demandée.")


def outside_form(cpts: Cpts, **given: object) -> OutsideForm:
    """The lines that nobody claimed yet, to choose from."""
    today = clock.today(cpts)
    return OutsideForm(outside_subjects(cpts, offers(cpts, today), today), **given)
