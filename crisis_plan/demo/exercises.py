"""Two years of exercises: what the CPTS rehearsed, what it learnt, what it plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.exercises import attendance_sheet, documents, invitations, measures, operations
from crisis_plan.anticipation.exercises.descriptions import ExerciseDescription, Outcome
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.calendars import operations as calendars
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts
from crisis_plan.pilotage.calls import operations as calls
from crisis_plan.pilotage.calls import queries as call_lists
from crisis_plan.pilotage.calls.rules import Channel
from crisis_plan.pilotage.calls.rules import Outcome as Answer
from crisis_plan.web.attachments import PDF, Attachment

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.anticipation.exercises.models import Exercise

HALL = "Salle du conseil, mairie d’Uzès"


@dataclass(frozen=True)
class Told:
    """An exercise of the story; what was observed and learnt, where it took place."""

    description: ExerciseDescription
    observed: str = ""
    lessons: Sequence[str] = ()


def tell_first_exercises(cpts: Cpts, people: People, *, today: date) -> None:
    """What the second version prints: a first exercise on table, and one that was given up."""
    table_top = _held(cpts, people, _canicule(today - timedelta(days=70)))
    _attended(table_top, _adherents(cpts), people, but_one_in=4)
    _keep_sheet(cpts, table_top, people)
    given_up = _planned(cpts, people, _given_up(today - timedelta(days=190)), today)
    day = given_up.planned_on - timedelta(days=9)
    operations.cancel(given_up, on=day, by=people.coordinator, at=_morning(day))


def tell_exercises(cpts: Cpts, people: People, *, today: date) -> None:
    """What followed, and what is planned; the coordinator reads the dates in a calendar application."""
    adherents = _adherents(cpts)
    training = _held(cpts, people, _training(today - timedelta(days=170)))
    _attended(training, adherents[:15], people, but_one_in=5)
    _drill(cpts, people, adherents, today - timedelta(days=140))
    information = _planned(cpts, people, _information(today - timedelta(days=6)), today)
    _keep_sheet(cpts, information, people)
    live = _planned(cpts, people, _live(today + timedelta(days=75)), today)
    invitations.invite(live, adherents, by=people.coordinator, at=_morning(today - timedelta(days=30)))
    _planned(cpts, people, _next_test(today + timedelta(days=40)), today)
    calendars.create_feed(cpts, by=people.coordinator, at=_morning(today - timedelta(days=60)))


def _canicule(day: date) -> Told:
    return Told(
        ExerciseDescription(
            ExerciseKind.TABLE_TOP,
            "Canicule et coupure d’électricité",
            day,
            HALL,
            CrisisType.ILL,
            "Vérifier que la cellule se réunit en une heure, et que chacun sait qui appelle les patients fragiles.",
        ),
        observed="La cellule s’est réunie en 50 minutes. La liste des patients fragiles a été longue à rassembler. "
        "Le relais avec le SSIAD a bien fonctionné.",
        lessons=(
            "Tenir à jour, avec le SSIAD, la liste des patients fragiles à appeler en premier.",
            "Garder un double des clés du lieu de la cellule chez le référent suppléant.",
            "Imprimer les fiches téléphone\u00a0: le réseau mobile peut tomber avec l’électricité.",
        ),
    )


def _training(day: date) -> Told:
    return Told(
        ExerciseDescription(
            ExerciseKind.TRAINING,
            "Gestes face à un afflux de blessés",
            day,
            "Centre hospitalier, Bagnols-sur-Cèze",
            CrisisType.INJURED,
            "Poser un garrot, trier, orienter, avec l’équipe du SAMU.",
        ),
        observed="Deux ateliers de quinze personnes. Demande d’une seconde session en soirée.",
        lessons=("Prévoir une session en soirée pour les professionnels libéraux.",),
    )


def _information(day: date) -> Told:
    return Told(
        ExerciseDescription(
            ExerciseKind.INFORMATION,
            "Présentation du plan aux nouveaux adhérents",
            day,
            "Visioconférence",
            objectives="Savoir où lire le plan, et comment l’on est joint en cas de crise.",
        )
    )


def _live(day: date) -> Told:
    return Told(
        ExerciseDescription(
            ExerciseKind.LIVE,
            "Ouverture d’un centre de vaccination éphémère",
            day,
            "Gymnase, Remoulins",
            CrisisType.INFECTIOUS,
            "Ouvrir en trois heures, accueillir vingt personnes, tenir la traçabilité des doses.",
        )
    )


def _next_test(day: date) -> Told:
    return Told(ExerciseDescription(ExerciseKind.COMMUNICATIONS_TEST, "Test de communication d’hiver", day))


def _given_up(day: date) -> Told:
    return Told(
        ExerciseDescription(ExerciseKind.TABLE_TOP, "Inondation du Gardon", day, HALL, CrisisType.CARE_DISRUPTED)
    )


def _planned(cpts: Cpts, people: People, told: Told, today: date) -> Exercise:
    at = _morning(min(told.description.planned_on, today) - timedelta(days=60))
    return operations.plan_exercise(cpts, told.description, by=people.coordinator, at=at)


def _held(cpts: Cpts, people: People, told: Told) -> Exercise:
    """Planned two months before, told the day after."""
    day = told.description.planned_on
    exercise = _planned(cpts, people, told, day)
    outcome = Outcome(day, told.observed, told.lessons)
    next_day = _morning(day + timedelta(days=1))
    operations.tell_outcome(exercise, outcome, seen_version=exercise.version, by=people.coordinator, at=next_day)
    return exercise


def _attended(exercise: Exercise, contacts: Sequence[Contact], people: People, *, but_one_in: int) -> None:
    """Everyone was invited; some did not come."""
    at = _morning(exercise.planned_on)
    invitations.invite(exercise, contacts, by=people.coordinator, at=at - timedelta(days=30))
    came = [one.id for rank, one in enumerate(invitations.participants(exercise)) if rank % but_one_in]
    invitations.mark(exercise, came=came, did_not=(), by=people.coordinator, at=at)


def _keep_sheet(cpts: Cpts, exercise: Exercise, people: People) -> None:
    """The attendance sheet, as if it had been scanned."""
    content = attendance_sheet.render(cpts, exercise, address="https://plan.exemple.fr")
    sheet = Attachment(attendance_sheet.file_name(exercise), PDF, content)
    documents.add(exercise, sheet, by=people.coordinator, at=_morning(exercise.planned_on + timedelta(days=1)))


def _drill(cpts: Cpts, people: People, adherents: Sequence[Contact], day: date) -> None:
    """A communications test: opened, called through, closed, told."""
    description = ExerciseDescription(
        ExerciseKind.COMMUNICATIONS_TEST,
        "Test de communication d’été",
        day,
        objectives="Joindre les adhérents par téléphone, et mesurer en combien de temps.",
    )
    exercise = _planned(cpts, people, Told(description), day)
    plan = measures.TestPlan("Adhérents", adherents, Channel.TELEPHONE, "Ceci est un test du plan de crise.")
    began = _morning(day)
    list_id = measures.open_test(cpts, exercise, plan, by=people.coordinator, at=began)
    call_list = call_lists.list_or_404(cpts, list_id)
    for rank, line in enumerate(call_list.lines):
        answer = Answer.NO_ANSWER if rank % 7 == 3 else Answer.REACHED
        report = attempts.Report(answer, comes=rank % 3 != 0 if answer is Answer.REACHED else None)
        at = began + timedelta(minutes=2 + rank * 2)
        attempts.record_attempt(line, report, seen_attempts=0, by=people.referent, at=at)
    calls.close(call_list, by=people.coordinator, at=began + timedelta(hours=5))
    told = Outcome(day, "Peu de réponses avant 13 h.", ("Rappeler une seconde fois à la pause de midi.",))
    operations.tell_outcome(
        exercise, told, seen_version=exercise.version, by=people.coordinator, at=began + timedelta(hours=6)
    )


def _adherents(cpts: Cpts) -> list[Contact]:
    """Those who can be called."""
    found = directory.contacts(cpts, directory.Filters(kind=ContactKind.ADHERENT))
    return [contact for contact in found if contact.phones]


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=ZoneInfo("Europe/Paris"))
