"""What a debrief says by itself of what happened: drawn from the crisis, readable, and naming nobody."""

from __future__ import annotations

from datetime import timedelta

from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.exercises import measures
from crisis_plan.anticipation.exercises.models import ExerciseParticipant
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.db import db
from crisis_plan.document import prose
from crisis_plan.document.blocks import Block, BulletList, Heading, Paragraph, words
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.figures import telling
from crisis_plan.evaluation.figures.description import description
from crisis_plan.evaluation.figures.queries import figures
from crisis_plan.evaluation.figures.rules import FigureKey
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts
from crisis_plan.pilotage.calls import queries as call_lists
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.rules import Channel, Outcome
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts.operations import Told
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook import erasing
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.queries import entry_or_404
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from tests.anticipation.exercises.factories import exercise
from tests.evaluation.debriefs.factories import a_debrief, a_programme_debrief
from tests.evaluation.figures.lived import HOUR, LATER, MINUTE, Live, mobilise
from tests.evaluation.figures.rows import lines
from tests.factories import NOON, TODAY
from tests.pilotage.calls.factories import line_of, person


def told(debrief: Debrief) -> str:
    return description(debrief, figures(debrief, LATER), LATER)


def said(blocks: tuple[Block, ...]) -> list[str]:
    """The words of these blocks, one after the other."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found.append(words(block.text))
            case BulletList():
                found += [one for item in block.items for one in said(item)]
    return found


def fire(cpts: Cpts, by: Account) -> Live:
    """An alert by the ARS, a request, people at work."""

    def tell(crisis: Crisis) -> None:
        db.session.add(
            CrisisAlert(
                crisis_id=crisis.id,
                received_at=NOON - 20 * MINUTE,
                sender="Dr Roux",
                body="ARS Occitanie",
                nature="Feu de *forêt*",
                communes=["30334"],
                asked="Ouvrir un point de soins",
                taken_by="Nadia Benali",
                updated_at=NOON,
            )
        )
        opened = Written(EntryKind.ACTIVATION, "Plan activé.", reason="Des cabinets ferment", decided_by="Luc Sol")
        append_entry(crisis, opened, by=by, at=NOON)
        asked = Told(NOON, "ARS Occitanie", person="Dr Roux", text="Deux infirmiers au gymnase")
        facts.record(crisis, FactKind.REQUEST, asked, by=by, at=NOON)
        mobilise(cpts, by)(crisis)

    return tell


def test_a_crisis_is_told_from_the_alert_to_the_closing(cpts: Cpts, by: Account) -> None:
    read = said(prose.blocks(told(a_debrief(cpts, by, tell=fire(cpts, by)))))
    assert [
        one for one in read if one.startswith(("L’alerte", "Les ", "L’ouverture", "Ce qui", "La levée"))
    ] == [
        "L’alerte",
        "Les trois faits datés",
        "L’ouverture et les niveaux",
        "Ce qui était demandé",
        "Les moyens",
        "La levée et la clôture",
        "La levée a été prononcée le 22 novembre 2026 à 18:00, 5\u00a0h après l’ouverture. Raison\u00a0: Plus aucun "
        "besoin. Le journal a été clos le 22 novembre 2026 à 19:00. Entrées\u00a0: 9.",
    ]  # fmt: skip
    for sentence in (
        "La crise «\u00a0Feu de forêt\u00a0» est de type «\u00a0Malades, notamment personnes âgées ou enfants\u00a0». "
        "L’alerte a été reçue le 22 novembre 2026 à 12:40 (ARS Occitanie).",
        "Événement annoncé\u00a0: Feu de *forêt*",
        "Communes touchées\u00a0: Uzès",
        "CPTS sollicitée\u00a0: ARS Occitanie, le 22/11/2026 à 13:00",
        "La crise a été ouverte le 22 novembre 2026 à 13:00. Niveau à l’ouverture\u00a0: Activation partielle. "
        "Raison\u00a0: Des cabinets ferment.",
        "Ouvrir un point de soins. Deux infirmiers au gymnase.",
        "Professionnels mobilisés\u00a0: 2\u00a0professionnels, 4\u00a0h.",
        "Tournée des isolés\u00a0: 2\u00a0fois, par 1\u00a0personne\u00a0: Infirmier 1",
    ):
        assert sentence in read


def test_nobody_is_named(cpts: Cpts, by: Account) -> None:
    text = told(a_debrief(cpts, by, tell=fire(cpts, by))).casefold()
    for name in ("roux", "benali", "luc sol", "anne", "petit", by.name.casefold()):
        assert name not in text


def test_the_hours_are_those_of_the_clock_of_the_cpts(cpts: Cpts, by: Account) -> None:
    cpts.time_zone = "Indian/Reunion"
    assert "La crise a été ouverte le 22 novembre 2026 à 16:00." in told(a_debrief(cpts, by))


def test_what_is_not_known_is_said_or_left_out(cpts: Cpts, by: Account) -> None:
    text = told(a_debrief(cpts, by))
    assert "Le journal ne dit pas ce qui était demandé à la CPTS." in text
    assert "alerte a été reçue" not in text
    assert "première liste d’appel" not in text
    assert "Matériel sorti" not in text


def test_an_exercise_says_that_it_was_one(cpts: Cpts, by: Account) -> None:
    text = told(a_debrief(cpts, by, mode=Mode.EXERCISE))
    assert "L’exercice a été ouvert le" in text
    assert "ne servent à aucune demande de paiement" in text


def test_an_erased_entry_breaks_nothing(cpts: Cpts, by: Account) -> None:
    debrief = a_debrief(cpts, by, tell=fire(cpts, by))
    assert debrief.crisis
    entry = entry_or_404(debrief.crisis, 1)
    erasing.erase_content(entry, ordered_by="Tribunal de Nîmes", by=by, at=LATER)
    db.session.commit()
    assert "Des cabinets ferment" not in told(debrief)
    counted = {one.key: one.value for one in figures(debrief, LATER)}
    assert counted[FigureKey.ENTRIES] == "10, dont 1 arrivée après la clôture"
    assert counted[FigureKey.LEVELS] == "aucun changement"


def test_a_long_list_is_cut_and_counted() -> None:
    lengthy = telling.chapters([("Titre", [telling.listed(f"ligne {rank}" for rank in range(15))])])
    assert lengthy.endswith("- ligne 11\n- et 3\u00a0autres")


def test_an_exercise_of_the_programme_tells_who_came_and_what_was_observed(cpts: Cpts, by: Account) -> None:
    held = exercise(cpts, held_on=TODAY)
    held.crisis_type, held.objectives, held.observed = (
        CrisisType.ILL,
        "Prévenir tout le monde",
        "Trop lent\n- [voir] ici",
    )
    held.participants = [
        ExerciseParticipant(profession="Infirmier", was_present=came) for came in (True, True, False)
    ]  # fmt: skip
    debrief = a_programme_debrief(cpts, by, held)
    attendance, answers = figures(debrief, LATER)
    assert (attendance.value, lines(attendance)) == ("2 sur 3", {"Infirmier": "2 sur 3"})
    assert answers.value == "non mesuré"
    read = said(prose.blocks(told(debrief)))
    assert read[1].startswith("«\u00a0Exercice sur table\u00a0: Canicule\u00a0» a eu lieu le 22 novembre 2026 (Salle")
    assert read[2] == "Participants\u00a0: 2 sur 3. Réponses mesurées\u00a0: non mesuré."
    assert read[3:] == ["Objectifs", "Prévenir tout le monde.", "Ce qui a été observé", "Trop lent.", "[voir] ici."]


def test_the_answers_of_a_communications_test_are_measured(cpts: Cpts, by: Account) -> None:
    held = exercise(cpts, "Test", held_on=TODAY, kind=ExerciseKind.COMMUNICATIONS_TEST)
    plan = measures.TestPlan("Adhérents", [person(cpts, "Petit"), person(cpts, "Roux")], Channel.TELEPHONE, "Essai")
    made = call_lists.list_or_404(cpts, measures.open_test(cpts, held, plan, by=by, at=NOON))
    reached = Report(Outcome.REACHED, comes=True)
    attempts.record_attempt(line_of(made, "Petit"), reached, seen_attempts=0, by=by, at=NOON + timedelta(minutes=9))
    (answers,) = figures(a_programme_debrief(cpts, by, held), LATER + HOUR, only=FigureKey.ANSWERS)
    assert answers.value == "1 sur 2"
    assert lines(answers) == {
        "Taux de réponse": "50\u00a0%",
        "La moitié des personnes": "9\u00a0min",
        "90\u00a0% des personnes": "non atteint",
        "Mauvais numéros": "0",
        "Infirmier": "1 sur 2",
    }
