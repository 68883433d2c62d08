"""The attendance sheet of an exercise, to print and sign."""

from __future__ import annotations

from crisis_plan.anticipation.exercises.attendance import WITHOUT_PROFESSION
from crisis_plan.anticipation.exercises.invitations import participants
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseParticipant
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Chapter, Column, Document, Edition, Fact, Facts, Row, Table
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import long_date

COLUMNS = (Column("Nom", 1.6), Column("Profession ou fonction", 1.4), Column("Signature", 1.4))
BLANK_LINES = 8
"""For those who come without having been invited."""
ROOM_TO_SIGN = 8.0
"""Points above and below each line."""
TITLE = "Feuille d’émargement"


def render(cpts: Cpts, exercise: Exercise, *, address: str) -> bytes:
    """The names of those who are invited, each with room to sign."""
    return leaflet.render(document(cpts, exercise, address=address), Edition.RESTRICTED, padding=ROOM_TO_SIGN)


def document(cpts: Cpts, exercise: Exercise, *, address: str) -> Document:
    day = exercise.held_on or exercise.planned_on
    told = (
        Fact("Exercice", exercise.title),
        Fact("Nature", exercise.kind.label),
        Fact("Date", long_date(day)),
        Fact("Lieu", exercise.place or "\u00a0"),
        Fact("Animé par", "\u00a0"),
    )
    people = [_row(one) for one in participants(exercise) if one.contact]
    blank = [Row(("\u00a0", "", ""), key=f"ligne-{number}") for number in range(BLANK_LINES)]
    table = Table("Présents", COLUMNS, (*people, *blank))
    return Document(
        title=TITLE,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=exercise.title,
        dated_on=day,
        status=exercise.kind.label,
        author="",
        cover=Facts(()),
        chapters=(Chapter("emargement", TITLE, (Facts(told), table)),),
        address=address,
    )


def _row(one: ExerciseParticipant) -> Row:
    name = one.contact.name if one.contact else ""
    return Row((name, one.what or WITHOUT_PROFESSION, ""), key=str(one.id))


def file_name(exercise: Exercise) -> str:
    """« emargement_canicule_2026-11-22.pdf »."""
    words = "-".join(folded(exercise.title).split())[:60] or "exercice"
    return f"emargement_{words}_{exercise.held_on or exercise.planned_on}.pdf"
