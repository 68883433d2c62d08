"""Who is invited and who came, on screen. The same blueprint as `programme_routes`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.queries import Filters
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.exercises import attendance_sheet, invitations, queries
from crisis_plan.anticipation.exercises.attendance import WITHOUT_PROFESSION
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseParticipant
from crisis_plan.anticipation.exercises.outcome_routes import bp
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import private_pdf
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid, page_or_block
from crisis_plan.web.links import absolute

__all__ = ["bp"]

INVITE = "anticipation/exercises/invite.html"
WITHDRAW = "anticipation/exercises/withdraw.html"


@bp.get("/<uuid:exercise_id>/participants/")
@requires(Permission.READ_WORKING_DATA)
def participants(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise = queries.exercise_or_404(cpts, exercise_id)
    return render_template("anticipation/exercises/participants.html", **listed(exercise))


@bp.post("/<uuid:exercise_id>/participants/")
@requires(Permission.EDIT_PLAN)
def mark(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    """Only what was ticked or unticked on this page changes."""
    exercise = queries.exercise_or_404(cpts, exercise_id)
    before, ticked = ids_typed("avant"), ids_typed("present")
    invitations.mark(exercise, came=ticked - before, did_not=before - ticked, by=current_user, at=clock.now())
    return done(otherwise=url_for(".participants", exercise_id=exercise.id), said="Les présences sont enregistrées.")


@bp.get("/<uuid:exercise_id>/participants/inviter")
@requires(Permission.EDIT_PLAN)
def find_people(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise = queries.exercise_or_404(cpts, exercise_id)
    return page_or_block(INVITE, "found", **choosing(cpts, exercise, request.args))


@bp.post("/<uuid:exercise_id>/participants/inviter")
@requires(Permission.EDIT_PLAN)
def invite(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    """Those who are ticked, or everyone whom the search found."""
    exercise = queries.exercise_or_404(cpts, exercise_id)
    if "tous" in request.form:
        people = directory.contacts(cpts, filters_in(request.form))
    else:
        people = directory.contacts_with_ids(cpts, ids_typed("contact"))
    if not people:
        return invalid(INVITE, **choosing(cpts, exercise, request.form) | {"nobody": True})
    count = invitations.invite(exercise, people, by=current_user, at=clock.now())
    said = f"{counted(count, 'personne ajoutée', 'personnes ajoutées')} aux invités."
    return done(otherwise=url_for(".participants", exercise_id=exercise.id), said=said)


@bp.get("/<uuid:exercise_id>/participants/retirer")
@requires(Permission.EDIT_PLAN)
def choose_withdrawn(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    return render_template(WITHDRAW, **listed(queries.exercise_or_404(cpts, exercise_id)))


@bp.post("/<uuid:exercise_id>/participants/retirer")
@requires(Permission.EDIT_PLAN)
def withdraw(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise = queries.exercise_or_404(cpts, exercise_id)
    count = invitations.withdraw(exercise, ids_typed("participant"), by=current_user, at=clock.now())
    if not count:
        return invalid(WITHDRAW, **listed(exercise) | {"nobody": True})
    said = f"{counted(count, 'personne retirée', 'personnes retirées')} des invités."
    return done(otherwise=url_for(".participants", exercise_id=exercise.id), said=said)


@bp.get("/<uuid:exercise_id>/feuille-d-emargement.pdf")
@requires(Permission.READ_WORKING_DATA)
def sheet(cpts: Cpts, exercise_id: UUID) -> Response:
    """What people sign at the door."""
    exercise = queries.exercise_or_404(cpts, exercise_id)
    address = absolute(".participants", exercise_id=exercise.id)
    content = attendance_sheet.render(cpts, exercise, address=address)
    return private_pdf(content, file_name=attendance_sheet.file_name(exercise))


def listed(exercise: Exercise) -> dict[str, Any]:
    """A page of those who are invited, by profession, and the headcount of all."""
    page = invitations.sheet(exercise, request.args.get("page", 1, type=int))
    endpoint = request.endpoint
    return {
        "exercise": exercise,
        "page": page,
        "page_url": lambda number: url_for(str(endpoint), exercise_id=exercise.id, page=number),
        "groups": by_profession(page.items),
        "attendance": invitations.attendance(exercise),
        "GONE": invitations.GONE,
        "nobody": False,
    }


def by_profession(people: Iterable[ExerciseParticipant]) -> list[tuple[str, list[ExerciseParticipant]]]:
    """They come in the order of their professions."""
    return [(name, list(same)) for name, same in groupby(people, key=lambda one: one.profession or WITHOUT_PROFESSION)]


def choosing(cpts: Cpts, exercise: Exercise, args: Mapping[str, str]) -> dict[str, Any]:
    """The contacts that answer to the search, and who is invited already."""
    choices = directory.filter_choices(cpts)
    filters = filters_in(args)
    number = request.args.get("page", 1, type=int)
    asked: dict[str, Any] = {**filters.address, "exercise_id": exercise.id}
    return {
        "exercise": exercise,
        "page": directory.page(cpts, filters, number),
        "page_url": lambda page: url_for(".find_people", **{**asked, "page": page}),
        "filters": filters,
        "choices": choices,
        "kinds": list(ContactKind),
        "invited": invitations.invited_ids(exercise),
        "nobody": False,
    }


def filters_in(args: Mapping[str, str]) -> Filters:
    """What is looked for in the directory; an unknown kind is no filter."""
    kind = args.get("type", "")
    return Filters(
        q=args.get("q", "").replace("\x00", "").strip()[:200],
        kind=ContactKind(kind) if kind in list(ContactKind) else None,
        profession=args.get("profession", "").replace("\x00", "")[:120],
        commune=args.get("commune", "").replace("\x00", "")[:120],
    )


def ids_typed(name: str) -> set[UUID]:
    """The identities of this field; what is none is left out."""
    found = set()
    for typed in request.form.getlist(name):
        try:
            found.add(UUID(typed))
        except ValueError:
            continue
    return found
