"""What an exercise of the programme tells, where no logbook was kept: who came, who answered; without a database."""

from __future__ import annotations

from crisis_plan.anticipation.exercises.attendance import Attendance
from crisis_plan.evaluation.figures.rules import Figure, FigureKey, Line
from crisis_plan.evaluation.figures.work import NOT_MEASURED
from crisis_plan.pilotage.calls.rules import Results, in_words
from crisis_plan.web.formats import number


def attendance(found: Attendance) -> Figure:
    """Who was invited and who came, by profession."""
    total = found.total
    lines = [
        Line(profession, f"{number(one.present)} sur {number(one.invited)}")
        for profession, one in found.by_profession.items()
    ]
    return Figure(
        FigureKey.ATTENDANCE,
        f"{number(total.present)} sur {number(total.invited)}" if total.invited else "aucun invité",
        "Les personnes notées présentes, sur toutes celles invitées à l’exercice, par profession.",
        lines,
    )


def answers(found: Results | None) -> Figure:
    """What the calls of a communications test measured."""
    if found is None:
        return Figure(FigureKey.ANSWERS, NOT_MEASURED, "Aucune liste d’appel n’a été ouverte pour cet exercice.")
    lines = (
        Line("Taux de réponse", f"{found.answer_rate}\u00a0%"),
        Line("La moitié des personnes", in_words(found.median)),
        Line("90\u00a0% des personnes", in_words(found.ninetieth)),
        Line("Mauvais numéros", number(found.wrong_numbers)),
        *(Line(one.profession, f"{number(one.reached)} sur {number(one.asked)}") for one in found.by_profession),
    )
    return Figure(
        FigureKey.ANSWERS,
        f"{number(found.reached)} sur {number(found.asked)}",
        "Les personnes jointes, sur toutes celles de la liste d’appel du test\u00a0; les délais partent de son ouverture.",
        lines,
    )
