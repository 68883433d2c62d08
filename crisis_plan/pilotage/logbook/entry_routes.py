"""One entry on screen: all of it, its documents, its correction, its flag. The same blueprint as `routes`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import by_hand, queries
from crisis_plan.pilotage.logbook.contents import same_words
from crisis_plan.pilotage.logbook.export_routes import bp
from crisis_plan.pilotage.logbook.forms import CorrectionForm, FlagForm
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.logbook.searching import page_of_entry
from crisis_plan.web.downloads import attachment
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

NUMBER = "<int(max=2147483647):number>"
"""No database holds a larger one."""
ENTRY = "pilotage/logbook/entry.html"
CORRECT = "pilotage/logbook/correct.html"


@bp.get(f"/{NUMBER}")
@requires(Permission.READ_WORKING_DATA)
def entry(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    return page_of(cpts, crisis_id, number, Part.MAIN)


@bp.get(f"/annexe/{NUMBER}")
@requires(Permission.READ_WORKING_DATA)
def annex_entry(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    """What reached the server after the closing has numbers of its own."""
    return page_of(cpts, crisis_id, number, Part.ANNEX)


def page_of(cpts: Cpts, crisis_id: UUID, number: int, part: Part) -> ResponseReturnValue:
    """The page of an entry of this part."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    found = queries.entry_or_404(crisis, number, part)
    form = FlagForm(formdata=None, note=found.flag.note if found.flag else "")
    return render_template(ENTRY, flag_form=form, **beside(crisis, found))


def beside(crisis: Crisis, found: LogbookEntry) -> dict[str, Any]:
    """What the page of an entry shows around its form."""
    last = queries.last_number(crisis)
    return {
        "crisis": crisis,
        "entry": found,
        "last": last,
        "page_number": page_of_entry(last, found.number),
        "citation": f"{crisis.name}, journal de bord, entrée {found.name}, {found.kind.label.lower()}, notée par "
        f"{found.author_name} (sceau {found.seal[:16]})",
    }


@bp.get(f"/{NUMBER}/pieces/<int(max=99):position>")
@requires(Permission.READ_WORKING_DATA)
def document(cpts: Cpts, crisis_id: UUID, number: int, position: int) -> Response:
    return document_of(crises.crisis_or_404(cpts, crisis_id), number, Part.MAIN, position)


@bp.get(f"/annexe/{NUMBER}/pieces/<int(max=99):position>")
@requires(Permission.READ_WORKING_DATA)
def annex_document(cpts: Cpts, crisis_id: UUID, number: int, position: int) -> Response:
    return document_of(crises.crisis_or_404(cpts, crisis_id), number, Part.ANNEX, position)


def document_of(crisis: Crisis, number: int, part: Part, position: int) -> Response:
    """The exact bytes, to keep: private, and not sent again to who has them. Gone once erased."""
    found = queries.document_or_404(crisis, number, part, position)
    answer = attachment(found.content or abort(404), media_type=found.media_type, file_name=found.file_name)
    answer.set_etag(found.sha256)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.make_conditional(request)
    return answer


@bp.get(f"/{NUMBER}/corriger")
@requires(Permission.WRITE_LOGBOOK)
def correct(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    crisis = crises.crisis_or_404(cpts, crisis_id)
    found = queries.entry_or_404(crisis, number)
    return render_template(
        CORRECT, form=CorrectionForm(formdata=None, text=found.said.text), crisis=crisis, entry=found
    )


@bp.post(f"/{NUMBER}/corriger")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def save_correction(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    """A correction is an entry of its own; the one that it corrects stays as it is."""
    crisis, form = crises.crisis_or_404(cpts, crisis_id), CorrectionForm()
    found = queries.entry_or_404(crisis, number)
    if not form.validate():
        return invalid(CORRECT, form=form, crisis=crisis, entry=found)
    if same_words(form.text.data or "", found.said.text):
        refuse(form, "text", NOTHING_CORRECTED)
        return invalid(CORRECT, form=form, crisis=crisis, entry=found)
    made = by_hand.write_down(crisis, form.written(number), by=current_user, at=clock.now())
    return done(otherwise=url_for(".entry", crisis_id=crisis.id, number=made.number))


NOTHING_CORRECTED = "Ce texte est celui de l’entrée\u00a0: écrivez ce qu’il aurait fallu lire."


@bp.post(f"/{NUMBER}/a-revoir")
@requires(Permission.WRITE_LOGBOOK)
def flag(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    """Mark the entry for the debrief, change its note, or take the mark off: beside the log."""
    crisis, form = crises.crisis_or_404(cpts, crisis_id), FlagForm()
    found = queries.entry_or_404(crisis, number)
    if "retirer" in request.form:
        by_hand.unmark(found)
    elif form.validate():
        by_hand.mark(found, note=form.note.data or "", by=current_user, at=clock.now())
    else:
        return invalid(ENTRY, flag_form=form, **beside(crisis, found))
    return done(otherwise=url_for(".entry", crisis_id=crisis.id, number=number))
