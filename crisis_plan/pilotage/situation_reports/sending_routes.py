"""Sending a report by e-mail. The same blueprint as `list_routes`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock, outbox
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.messages.operations import NobodyToWriteTo, NoMailServer
from crisis_plan.pilotage.situation_reports import paper, queries, sending
from crisis_plan.pilotage.situation_reports.draft_routes import bp
from crisis_plan.pilotage.situation_reports.forms import SendForm
from crisis_plan.pilotage.situation_reports.models import SituationReport
from crisis_plan.pilotage.situation_reports.rules import Reader
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

SEND = "pilotage/situation_reports/send.html"


@bp.get("/<int(max=99999):number>/envoyer")
@requires(Permission.WRITE_LOGBOOK)
def recipients(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    """Choose to whom; once chosen, who will receive it and who has no e-mail."""
    crisis = crisis_or_404(cpts, crisis_id)
    report = queries.issued_or_404(crisis, number)
    return render_template(SEND, form=SendForm(formdata=None), **whom(cpts, crisis, report, asked()))


@bp.post("/<int(max=99999):number>/envoyer")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def send(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    crisis, form = crisis_or_404(cpts, crisis_id), SendForm()
    report = queries.issued_or_404(crisis, number)
    found = whom(cpts, crisis, report, asked())
    try:
        sending.send(
            cpts, crisis, report, found["chosen"], found["people"], key=form.key, by=current_user, at=clock.now()
        )
    except (NobodyToWriteTo, NoMailServer) as refusal:
        return invalid(SEND, form=form, **found | {"refusal": refusal})
    said = f"{report.name} est envoyé et noté au journal."
    return done(otherwise=url_for(".show", crisis_id=crisis_id, number=number), said=said)


def asked() -> list[Reader]:
    """The readers that the address or the form names, each once, in our order."""
    named = set(request.values.getlist("a"))
    return [reader for reader in Reader if reader.value in named]


def whom(cpts: Cpts, crisis: Crisis, report: SituationReport, chosen: list[Reader]) -> dict[str, Any]:
    """Who would receive it, and what: the page shows all of it before anything leaves."""
    people = sending.people(cpts, chosen, clock.today(cpts))
    return {
        "crisis": crisis,
        "report": report,
        "readers": list(Reader),
        "chosen": chosen,
        "people": people,
        "reached": [one for one in people if one.emails],
        "to_call": [one for one in people if not one.emails],
        "text": paper.mail_text(cpts, crisis, report),
        "keeps_mail": outbox.keeps_mail(),
        "refusal": None,
    }
