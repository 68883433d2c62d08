"""The referents on screen: who is on duty today, who comes next, who was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.choosing import Chooser, chooser
from crisis_plan.anticipation.referents import operations, presence, queries
from crisis_plan.anticipation.referents.duty_form import AppointForm, DutyForm, EndForm, refuse
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.refusals import DutyRefused, HasStarted, refuse_history
from crisis_plan.anticipation.referents.rules import Period, is_on_duty, is_past, is_to_come
from crisis_plan.anticipation.referents.wording import gaps_in_words, period_in_words
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import long_date
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("referents", __name__)

ADD = "anticipation/referents/add.html"
EDIT = "anticipation/referents/edit.html"
END = "anticipation/referents/end.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    today = clock.today(cpts)
    duties, absences = queries.duties(cpts), queries.absences(cpts, today)
    days = presence.days_ahead(duties, absences, today)
    return render_template(
        "anticipation/referents/index.html",
        today=days[0],
        days=[
            (f"{long_date(day.starts_on)}\u00a0: {day.said.lower()}", day.tone, day.mark, f"{day.starts_on:%d/%m}")
            for day in days
        ],
        covered=list(presence.periods(days)),
        nobody=presence.nobody_in_words(days),
        doubts=[doubt for duty in duties if is_on_duty(duty, today) and (doubt := presence.doubt(duty, today))],
        absences=absences,
        to_come=[duty for duty in reversed(duties) if is_to_come(duty, today)],
        past=[duty for duty in duties if is_past(duty, today)],
        gaps=gaps_in_words(duties, today),
        period_in_words=in_words(cpts),
    )


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts) -> ResponseReturnValue:
    asked_rank = request.args.get("rang")
    form = AppointForm.blank(chooser(cpts, people_only=True), asked_rank=asked_rank, today=clock.today(cpts))
    return render_template(ADD, form=form)


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AppointForm(chooser(cpts, people_only=True))
    if not form.validate():
        return invalid(ADD, form=form)
    contact = directory.contact_or_404(cpts, form.contact.required_id)
    try:
        operations.appoint(cpts, form.appointment(contact), by=current_user, at=clock.now())
    except DutyRefused as refusal:
        refuse(form, refusal)
        return invalid(ADD, form=form)
    return done(otherwise=url_for(".index"))


@bp.get("/<uuid:duty_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    refuse_history(duty, clock.today(cpts))
    form = DutyForm.of(duty, people(cpts, duty))
    return render_template(EDIT, form=form, duty=duty, stored=None, is_to_come=is_to_come(duty, clock.today(cpts)))


@bp.post("/<uuid:duty_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    form = DutyForm(people(cpts, duty))
    today = clock.today(cpts)
    shown: dict[str, Any] = {"form": form, "duty": duty, "stored": None, "is_to_come": is_to_come(duty, today)}
    if not form.validate():
        return invalid(EDIT, **shown)
    contact = directory.contact_or_404(cpts, form.contact.required_id)
    try:
        operations.change(
            cpts,
            duty,
            form.appointment(contact),
            seen_version=form.seen_version.data or 0,
            today=today,
            by=current_user,
            at=clock.now(),
        )
    except DutyRefused as refusal:
        refuse(form, refusal)
        return invalid(EDIT, **shown)
    except Stale:
        form.reopen_at(duty.version)
        return invalid(EDIT, status=409, **shown | {"stored": form.beside(duty)})
    return done(otherwise=url_for(".index"))


@bp.get("/<uuid:duty_id>/terminer")
@requires(Permission.EDIT_PLAN)
def end(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    refuse_history(duty, clock.today(cpts))
    form = EndForm(formdata=None, ends_on=clock.today(cpts), seen_version=duty.version)
    return render_template(END, form=form, duty=duty, stored=None, period_in_words=in_words(cpts))


@bp.post("/<uuid:duty_id>/terminer")
@requires(Permission.EDIT_PLAN)
def save_end(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    form = EndForm()
    shown: dict[str, Any] = {"form": form, "duty": duty, "stored": None, "period_in_words": in_words(cpts)}
    if not form.validate():
        return invalid(END, **shown)
    try:
        operations.end(
            cpts,
            duty,
            on=form.ends_on.day,
            seen_version=form.seen_version.data or 0,
            today=clock.today(cpts),
            by=current_user,
            at=clock.now(),
        )
    except DutyRefused as refusal:
        refuse(form, refusal)
        return invalid(END, **shown)
    except Stale:
        form.reopen_at(duty.version)
        return invalid(END, status=409, **shown | {"stored": form.beside(duty)})
    return done(otherwise=url_for(".index"))


@bp.get("/<uuid:duty_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    if not is_to_come(duty, clock.today(cpts)):
        raise HasStarted
    return render_template("anticipation/referents/remove.html", duty=duty, period_in_words=in_words(cpts))


@bp.post("/<uuid:duty_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    operations.remove(duty, today=clock.today(cpts), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"))


def people(cpts: Cpts, duty: ReferentDuty) -> Chooser:
    """Who may be a referent: a person; a service appointed before that rule may keep its place."""
    return chooser(cpts, people_only=True, keeping=duty.contact_id)


def in_words(cpts: Cpts) -> Callable[[Period], str]:
    """How this page says periods, today being what it is."""
    return partial(period_in_words, today=clock.today(cpts))
