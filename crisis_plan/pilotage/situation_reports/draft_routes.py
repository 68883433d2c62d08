"""Writing the draft, taking again what is calculated, issuing it. The same blueprint as `list_routes`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.db import slow
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.situation_reports import operations, paper, prefill, queries
from crisis_plan.pilotage.situation_reports.forms import DraftForm, IssueForm, TakeAgainForm
from crisis_plan.pilotage.situation_reports.list_routes import bp
from crisis_plan.pilotage.situation_reports.models import SituationReport
from crisis_plan.pilotage.situation_reports.operations import IssuedAlready
from crisis_plan.pilotage.situation_reports.rules import Heading, Joining, joined
from crisis_plan.web.formats import moment
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

DRAFT = "pilotage/situation_reports/draft.html"
TAKE = "pilotage/situation_reports/take.html"
REVIEW = "pilotage/situation_reports/review.html"
REREAD = "relire"
HEADINGS = {heading.value: heading for heading in Heading}


@bp.get("/brouillon/<uuid:report_id>")
@requires(Permission.WRITE_LOGBOOK)
def draft(cpts: Cpts, crisis_id: UUID, report_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    report = queries.report_or_404(crisis, report_id)
    if report.issued_at is not None:
        return redirect(url_for(".show", crisis_id=crisis_id, number=report.number))
    return render_template(DRAFT, form=fitting(crisis, DraftForm.of(report, cpts)), **beside(crisis, report))


@bp.post("/brouillon/<uuid:report_id>")
@requires(Permission.WRITE_LOGBOOK)
def save(cpts: Cpts, crisis_id: UUID, report_id: UUID) -> ResponseReturnValue:
    """Keep what is written, then go where the button said: the draft again, one heading, or the last reading."""
    crisis = crisis_or_404(cpts, crisis_id)
    form = fitting(crisis, DraftForm())
    report = queries.report_or_404(crisis, report_id)
    if not form.validate():
        return invalid(DRAFT, form=form, **beside(crisis, report))
    seen, next_point_at = form.seen_version.data or 0, form.next_point(cpts)
    try:
        operations.save(crisis, report, form.said(), next_point_at=next_point_at, seen_version=seen)
    except Stale:
        form.reopen_at(report.version)
        return invalid(DRAFT, status=409, form=form, **beside(crisis, report, stored=differing(cpts, report, form)))
    except IssuedAlready as refusal:
        kept = differing(cpts, report, form)
        return invalid(DRAFT, status=409, form=form, **beside(crisis, report, stored=kept, refusal=refusal))
    return done(otherwise=where_to(crisis, report), said="Le brouillon est enregistré.")


@bp.get(f"/brouillon/<uuid:report_id>/reprendre/<any({', '.join(HEADINGS)}):heading>")
@requires(Permission.WRITE_LOGBOOK)
def calculated(cpts: Cpts, crisis_id: UUID, report_id: UUID, heading: str) -> ResponseReturnValue:
    """What is written under one heading, and what is calculated for it now: nothing is taken yet."""
    crisis = crisis_or_404(cpts, crisis_id)
    report, about = queries.report_or_404(crisis, report_id), HEADINGS[heading]
    text = prefill.calculated(prefill.seen(cpts, crisis, clock.now()), about)
    form = TakeAgainForm(formdata=None, text=text, seen_version=report.version)
    return render_template(TAKE, form=form, **one_heading(crisis, report, about))


@bp.post(f"/brouillon/<uuid:report_id>/reprendre/<any({', '.join(HEADINGS)}):heading>")
@requires(Permission.WRITE_LOGBOOK)
def take(cpts: Cpts, crisis_id: UUID, report_id: UUID, heading: str) -> ResponseReturnValue:
    crisis, form = crisis_or_404(cpts, crisis_id), TakeAgainForm()
    report, about = queries.report_or_404(crisis, report_id), HEADINGS[heading]
    if not form.validate():
        return invalid(TAKE, form=form, **one_heading(crisis, report, about))
    text = joined(report.said.get(heading, ""), form.text.data or "", Joining(form.how.data))
    seen = form.seen_version.data or 0
    try:
        operations.save(crisis, report, {about: text}, next_point_at=report.next_point_at, seen_version=seen)
    except (Stale, IssuedAlready) as refusal:
        form.reopen_at(report.version)
        return invalid(TAKE, status=409, form=form, **one_heading(crisis, report, about, refusal))
    back = url_for(".draft", crisis_id=crisis_id, report_id=report_id, _anchor=heading)
    return done(otherwise=back, said=f"«\u00a0{about.label}\u00a0» est repris dans le brouillon.")


@bp.get("/brouillon/<uuid:report_id>/relire")
@requires(Permission.WRITE_LOGBOOK)
def review(cpts: Cpts, crisis_id: UUID, report_id: UUID) -> ResponseReturnValue:
    """The report as it would be issued."""
    crisis = crisis_or_404(cpts, crisis_id)
    report = queries.report_or_404(crisis, report_id)
    if report.issued_at is not None:
        return redirect(url_for(".show", crisis_id=crisis_id, number=report.number))
    return render_template(REVIEW, **as_issued(cpts, crisis, report))


@bp.post("/brouillon/<uuid:report_id>/emettre")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
@slow
def issue(cpts: Cpts, crisis_id: UUID, report_id: UUID) -> ResponseReturnValue:
    """Number it and freeze it; refused, it is shown as it is now, to be read again."""
    crisis, form = crisis_or_404(cpts, crisis_id), IssueForm()
    report, seen = queries.report_or_404(crisis, report_id), form.seen_version.data or 0
    known = form.known_entry.data or 0
    try:
        operations.issue(
            cpts, crisis, report, seen_version=seen, known_entry=known, by=current_user, at=clock.now()
        )  # fmt: skip
    except (Stale, *operations.TO_BE_READ_AGAIN) as refusal:
        shown = as_issued(cpts, crisis, queries.report_or_404(crisis, report_id), refusal)
        return invalid(REVIEW, status=refusal.status, **shown)
    issued = url_for(".show", crisis_id=crisis_id, number=report.number)
    return done(otherwise=issued, said=f"{report.name} est émis et noté au journal.")


def fitting(crisis: Crisis, form: DraftForm) -> DraftForm:
    return form.announce_nothing() if crisis.stood_down_at else form


def beside(
    crisis: Crisis,
    report: SituationReport,
    *,
    stored: list[tuple[str, str, str]] | None = None,
    refusal: RuleBroken | None = None,
) -> dict[str, Any]:
    """What the page shows around the form; `stored`: what someone else wrote meanwhile, beside what is typed."""
    return {
        "crisis": crisis,
        "report": report,
        "stored": stored,
        "refusal": refusal,
        "headings": list(Heading),
        "entries_since": logbook.last_number(crisis) - report.last_entry_number,
        "reread": REREAD,
    }


def differing(cpts: Cpts, report: SituationReport, form: DraftForm) -> list[tuple[str, str, str]]:
    """Field, what is stored, what is typed: only where they differ."""
    texts = [(heading.value, report.said.get(heading.value, ""), text) for heading, text in form.said().items()]
    if "next_point_at" in form:
        texts.append(("next_point_at", moment(report.next_point_at, cpts), moment(form.next_point(cpts), cpts)))
    return [one for one in texts if one[1] != one[2]]


def one_heading(
    crisis: Crisis, report: SituationReport, about: Heading, refusal: RuleBroken | None = None
) -> dict[str, Any]:
    """What the page of one heading shows: what is written now."""
    written = report.said.get(about.value, "")
    return {"crisis": crisis, "report": report, "heading": about, "written": written, "refusal": refusal}


def as_issued(cpts: Cpts, crisis: Crisis, report: SituationReport, refusal: RuleBroken | None = None) -> dict[str, Any]:
    """The report as it would be issued now, and the form that issues exactly that."""
    number, known = queries.next_number(crisis), logbook.last(crisis)
    author, now = current_user.name, clock.now()
    form = IssueForm(formdata=None, seen_version=report.version, known_entry=known.number if known else 0)
    return {
        "document": paper.report_paper(cpts, crisis, report, number=number, known=known, author=author, at=now),
        "form": form,
        **beside(crisis, report, refusal=refusal),
    }


def where_to(crisis: Crisis, report: SituationReport) -> str:
    """Which button was pressed: take one heading again, read everything again, or stay."""
    pressed = request.form.get("ensuite", "")
    here: dict[str, Any] = {"crisis_id": crisis.id, "report_id": report.id}
    if pressed in HEADINGS:
        return url_for(".calculated", heading=pressed, **here)
    return url_for(".review" if pressed == REREAD else ".draft", **here)
