"""The heatwave of the demonstration: nine days, told by some hundred and fifty entries of the logbook."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.demo.crisis_lines import CELL, COORDINATION, REFERENT
from crisis_plan.demo.crisis_script import PARIS, Script, codes, entry_saying, lines, opened, play, working_day
from crisis_plan.demo.fictional_acts import act
from crisis_plan.demo.heatwave_ebb import EBB
from crisis_plan.demo.heatwave_lines import OPENS_AT, PILOT, RISE, on
from crisis_plan.demo.heatwave_peak import PEAK
from crisis_plan.demo.heatwave_reach import reach
from crisis_plan.demo.heatwave_work import needs_of_the_heatwave, tasks_of_the_heatwave, work_of_the_heatwave
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import OrsanPlan
from crisis_plan.pilotage.closing import operations as closing
from crisis_plan.pilotage.closing.operations import StandDown
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.crisis_calls import operations as crisis_calls
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts.operations import Told
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook import by_hand
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.room import conduct, levels
from crisis_plan.pilotage.room.openings import Opening
from crisis_plan.pilotage.tasks import dropping

FIRST_DAY = timedelta(days=505)
"""Before today: between the first version of the plan and the second."""
RECOGNISED = (
    "Document fictif de démonstration. Article 1er\u00a0: une crise sanitaire grave liée à la canicule est reconnue, à "
    "compter de ce jour, sur les communes placées en vigilance rouge."
)
LEVELS = (
    (on(1, 16, 40), "Activation partielle", "L’ARS demande d’agir\u00a0; quatre cabinets sur dix seulement ont de la marge."),
    (on(3, 12, 5), "Activation totale", "Vigilance rouge, urgences débordées, une équipe ne tiendra pas sans relève."),
    (on(6, 17, 30), "Activation partielle", "La vigilance est repassée orange\u00a0; les visites tiennent dans les tournées."),
)  # fmt: skip
CORRECTED = (
    (on(4, 12, 50), CELL, "ses 62 inscrits", "Le CCAS d’Uzès compte 62 foyers et 108 personnes, et non 62 personnes\u00a0: un registre, deux façons de compter."),
    (on(4, 18, 50), COORDINATION, "depuis 13\u00a0h\u00a010", "La coupure d’Aramon a commencé à 12\u00a0h\u00a050, et non à 13\u00a0h\u00a010 (gestionnaire du réseau)."),
)  # fmt: skip
TO_REVIEW = (
    (on(4, 19, 0), "n’a pas pu partir", "Qui amène le groupe, avec quoi\u00a0? Rien n’est écrit."),
    (on(5, 18, 0), "Personne n’a planifié leur repos", "À reprendre au retour à chaud."),
    (on(6, 9, 0), "n’est pas rafraîchie", "Une salle annoncée n’était pas fraîche."),
)


def tell_heatwave(cpts: Cpts, who: dict[str, Account], *, today: date) -> Crisis:
    """Asked by the ARS on the second day, red on the fourth, recognised on the fifth, over on the ninth."""
    at = datetime.combine(today - FIRST_DAY, datetime.min.time(), PARIS) + timedelta(minutes=OPENS_AT)
    opening = Opening(
        Mode.REAL,
        "Canicule",
        CrisisType.ILL,
        levels.named(cpts, "Pré-alerte"),
        reason="La préfecture annonce une vigilance orange\u00a0; l’ARS demande de se tenir prêts.",
        decided_by=PILOT,
        alert=_alert(cpts, who[REFERENT], at),
    )
    crisis = opened(cpts, opening, by=who[REFERENT], at=at)
    play(
        at,
        *(lines(crisis, told, who) for told in (RISE, PEAK, EBB)),
        reach(cpts, crisis, who),
        _levels(cpts, crisis, who[REFERENT]),
        _facts(cpts, crisis, who),
        needs_of_the_heatwave(cpts, crisis, who[CELL]),
        tasks_of_the_heatwave(crisis, who),
        work_of_the_heatwave(cpts, crisis, who),
        _second_thoughts(crisis, who),
        _end(crisis, who[REFERENT]),
    )
    return crisis


def _alert(cpts: Cpts, referent: Account, at: datetime) -> dict[str, Any]:
    """What the ARS said on the telephone."""
    return {
        "received_at": at - timedelta(minutes=12),
        "sender": "Cellule régionale de veille",
        "body": "ARS Occitanie",
        "callback": "04\u00a000\u00a000\u00a000\u00a000",
        "is_callback_checked": True,
        "nature": "Vigilance orange canicule annoncée pour demain midi, sans doute plusieurs jours.",
        "place": "Département du Gard",
        "communes": codes(cpts, "Uzès", "Remoulins", "Aramon", "Montfrin", "Saint-Geniès-de-Malgoirès", "Poulx"),
        "hazards": "Nuits très chaudes, réseau électrique tendu l’après-midi.",
        "people": "Personnes âgées, isolées, malades chroniques, jeunes enfants.",
        "services": "Préfecture, mairies, SAMU et SAS.",
        "asked": "Se tenir prêts\u00a0; dire ce soir combien de personnes sont suivies.",
        "wanted_back": "Un nombre par commune, ce soir.",
        "taken_by": referent.name,
    }


def _levels(cpts: Cpts, crisis: Crisis, referent: Account) -> Script:
    def change(name: str, reason: str, now: datetime) -> None:
        conduct.change_level(
            cpts, crisis, levels.named(cpts, name), reason=reason, decided_by=PILOT, seen_version=crisis.version,
            by=referent, at=now,
        )  # fmt: skip

    return [(minutes, partial(change, name, reason)) for minutes, name, reason in LEVELS]


def _facts(cpts: Cpts, crisis: Crisis, who: dict[str, Account]) -> Script:
    """Asked on the second day, a plan triggered on the fourth, the crisis recognised on the fifth: three facts."""

    def request(now: datetime) -> None:
        said = "Visites et soins non programmés auprès des personnes exposées, jusqu’à la fin de la vigilance."
        told = Told(now - timedelta(minutes=6), "ARS Occitanie", "Cellule régionale de veille", said)
        facts.record(crisis, FactKind.REQUEST, told, by=who[REFERENT], at=now)

    def orsan(now: datetime) -> None:
        told = Told(
            now - timedelta(minutes=8), "ARS Occitanie", "Directeur général", "Sur tout le département.",
            (OrsanPlan.EPI_CLIM,),
        )  # fmt: skip
        facts.record(crisis, FactKind.ORSAN, told, by=who[COORDINATION], at=now)

    def recognition(now: datetime) -> None:
        signed = now - timedelta(minutes=95)
        told = Told(
            signed, "Préfet du Gard", "Le préfet", "Crise sanitaire grave reconnue sur les communes en vigilance rouge.",
            late_reason="L’arrêté a été reçu par courriel après sa signature.",
        )  # fmt: skip
        signed_act = act(cpts, "arrete-canicule-fictif.pdf", RECOGNISED, signed_on=signed.date())
        facts.record(crisis, FactKind.RECOGNITION, told, by=who[REFERENT], at=now, attachments=(signed_act,))

    return [(on(1, 15, 27), request), (on(3, 11, 28), orsan), (on(4, 17, 35), recognition)]


def _second_thoughts(crisis: Crisis, who: dict[str, Account]) -> Script:
    """What was wrong is corrected by another entry; what the debrief will come back to is marked."""

    def correct(by: str, words: str, text: str, now: datetime) -> None:
        number = entry_saying(crisis, words).number
        append_entry(crisis, Written(EntryKind.CORRECTION, text, corrects=number), by=who[by], at=now)

    def mark(words: str, note: str, now: datetime) -> None:
        by_hand.mark(entry_saying(crisis, words), note=note, by=who[COORDINATION], at=now)

    corrections: Script = [(minutes, partial(correct, by, words, text)) for minutes, by, words, text in CORRECTED]
    marks: Script = [(minutes, partial(mark, words, note)) for minutes, words, note in TO_REVIEW]
    return [*corrections, *marks]


def _end(crisis: Crisis, referent: Account) -> Script:
    """Calls closed, what remains dropped with a word, the stand-down, then the closing."""

    def stand_down(now: datetime) -> None:
        day = now.date()
        said = StandDown(
            decided_by=PILOT,
            reason="Un seul besoin en deux jours, le suivi de onze personnes, confié à leurs soignants\u00a0; vigilance verte, plan EPI-CLIM terminé.",
            handed_over="Onze personnes encore affaiblies\u00a0: chacune suivie par son médecin et son infirmière.",
            stock="Reprendre 4 boîtes de gants nitrile et 12 flacons de gel hydroalcoolique (pharmacie centrale d’Uzès).",
            hot_debrief_on=working_day(day + timedelta(days=1)),
            cold_debrief_on=working_day(day + timedelta(days=11)),
        )
        closing.stand_down(crisis, said, by=referent, at=now)

    word = "Faites sans avoir été cochées, ou sans objet\u00a0: relues une à une à la levée."
    return [
        (on(8, 15, 50), lambda now: dropping.drop_the_rest(crisis, word, by=referent, at=now)),
        (on(8, 16, 30), stand_down),
        (on(8, 17, 20), lambda now: crisis_calls.close_all(crisis, by=referent, at=now)),
        (on(8, 17, 42), lambda now: closing.close(crisis, reason="", by=referent, at=now)),
    ]
