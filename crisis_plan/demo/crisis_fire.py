"""The fire of the demonstration: four days in August, asked by the ARS, recognised by the préfet."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.demo.crisis_lines import CELL, COORDINATION, FIRE, REFERENT
from crisis_plan.demo.crisis_reach import answers, first_messages
from crisis_plan.demo.crisis_script import Script, codes, end, gestures, lines, need, opened, play
from crisis_plan.demo.fictional_acts import act, paper
from crisis_plan.demo.mobilisation import time_of_the_fire
from crisis_plan.demo.situation_reports import (
    FIRST_EVENING,
    SECOND_DAY,
    tell_report,
)
from crisis_plan.demo.situation_reports import Told as ToldReport
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import OrsanPlan
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.crisis_calls import operations as crisis_calls
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts.operations import Told
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook import by_hand
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import NeedKind, NeedState
from crisis_plan.pilotage.room import conduct, levels
from crisis_plan.pilotage.room.openings import Opening
from crisis_plan.pilotage.situation_reports.rules import Reader
from crisis_plan.pilotage.stock_out import operations as stock_out
from crisis_plan.pilotage.stock_out import queries as stock_out_queries

if TYPE_CHECKING:
    from crisis_plan.pilotage.needs.models import CommuneNeed

RECOGNISED = (
    "Document fictif de démonstration. Article 1er\u00a0: une crise sanitaire grave est reconnue à compter de ce jour."
)
SHEET = "Document fictif de démonstration. 74 personnes vues\u00a0: des nombres, aucun nom."


def fire(cpts: Cpts, who: dict[str, Account], *, at: datetime) -> Crisis:
    """Four days in August: asked by the ARS, recognised by the préfet on the second day."""
    referent = who[REFERENT]
    opening = Opening(
        Mode.REAL,
        "Feu de garrigue au nord d’Uzès",
        CrisisType.ILL,
        levels.named(cpts, "Activation partielle"),
        reason="L’ARS demande à la CPTS d’agir auprès des personnes évacuées.",
        decided_by="Direction (pilote)",
        alert=_alert_of_the_fire(cpts, referent, at),
    )
    crisis = opened(cpts, opening, by=referent, at=at)
    play(
        at,
        lines(crisis, FIRE, who),
        _reach_and_calm(cpts, crisis, referent),
        answers(crisis, referent, start=4, people=11),
        first_messages(cpts, crisis, who[CELL], minutes=(22, 95)),
        _facts_of_the_fire(cpts, crisis, who),
        _needs_of_the_fire(cpts, crisis, who[CELL]),
        gestures(crisis, who[CELL], 80, done=6, dropped=1),
        time_of_the_fire(cpts, crisis, who[CELL]),
        _reports_of_the_fire(cpts, crisis, who[COORDINATION]),
        [(21, lambda now: _masks(cpts, crisis, who[CELL], at=now))],
        [(2725, lambda now: _flag(crisis, who[COORDINATION], at=now))],
    )
    end(crisis, who, at=at + timedelta(minutes=5400), reason="Les tâches restantes ne concernaient pas cet événement.")
    _late_photo(cpts, crisis, who[CELL], at=at + timedelta(minutes=5600))
    return crisis


def _alert_of_the_fire(cpts: Cpts, referent: Account, at: datetime) -> dict[str, Any]:
    """What the ARS said on the telephone."""
    return {
        "received_at": at - timedelta(minutes=7),
        "sender": "Médecin de permanence",
        "body": "ARS Occitanie",
        "callback": "04\u00a000\u00a000\u00a000\u00a000",
        "is_callback_checked": True,
        "nature": "Feu de garrigue, 300\u00a0hectares, vent fort. Évacuation du village de Belvézet.",
        "place": "Entre Belvézet et Uzès",
        "communes": codes(cpts, "Belvézet", "Saint-Quentin-la-Poterie", "Uzès"),
        "hazards": "Fumées, coupures d’électricité annoncées.",
        "access": "RD 979 fermée au nord d’Uzès.",
        "people": "Environ 110 personnes évacuées, aucun blessé grave.",
        "services": "SDIS, gendarmerie, mairies.",
        "asked": "Voir les personnes évacuées, suivre les patients sous oxygène.",
        "asked_until": "jusqu’à la levée par la préfecture",
        "wanted_back": "Un point de situation à 18\u00a0h.",
        "taken_by": referent.name,
    }


def _late_photo(cpts: Cpts, crisis: Crisis, by: Account, *, at: datetime) -> None:
    """Kept on a telephone without network for an hour, it reached a log that was closed: the annex takes it."""
    sheet = paper(
        "Passages au gymnase d’Uzès", "Relevé (fictif)", "releve-du-gymnase-fictif.pdf", SHEET, signed_on=at.date()
    )
    said = Written(
        EntryKind.DOCUMENT, "Relevé des passages au gymnase, tenu sur papier.", device_at=at - timedelta(hours=1)
    )
    append_entry(crisis, said, by=by, at=at, attachments=(sheet,))


def _reach_and_calm(cpts: Cpts, crisis: Crisis, referent: Account) -> Script:
    """Two days later the level goes down, and nobody is called any more."""

    def calm(now: datetime) -> None:
        conduct.change_level(
            cpts, crisis, levels.named(cpts, "Veille"), reason="Le feu est fixé, les habitants rentrent.",
            decided_by="Direction (pilote)", seen_version=crisis.version, by=referent, at=now,
        )  # fmt: skip

    return [
        (2720, calm),
        (2730, lambda now: crisis_calls.close_all(crisis, by=referent, at=now)),
    ]


def _facts_of_the_fire(cpts: Cpts, crisis: Crisis, who: dict[str, Account]) -> Script:
    """Asked before the opening, a plan triggered in the evening, the crisis recognised on the second day."""

    def request(now: datetime) -> None:
        told = Told(
            now - timedelta(minutes=9), "ARS Occitanie", "Médecin de permanence", "Prise en charge des évacués."
        )
        facts.record(crisis, FactKind.REQUEST, told, by=who[REFERENT], at=now)

    def orsan(now: datetime) -> None:
        triggered = now - timedelta(minutes=5)
        told = Told(triggered, "ARS Occitanie", "Directeur général", "Qualité de l’air.", (OrsanPlan.EPI_CLIM,))
        facts.record(crisis, FactKind.ORSAN, told, by=who[COORDINATION], at=now)

    def recognition(now: datetime) -> None:
        signed = now - timedelta(minutes=9)
        told = Told(signed, "Préfet du Gard", "Le préfet", "Crise sanitaire grave reconnue sur les communes touchées.")
        signed_act = act(cpts, "arrete-prefectoral-fictif.pdf", RECOGNISED, signed_on=signed.date())
        facts.record(crisis, FactKind.RECOGNITION, told, by=who[REFERENT], at=now, attachments=(signed_act,))

    return [(2, request), (165, orsan), (1509, recognition)]


def _reports_of_the_fire(cpts: Cpts, crisis: Crisis, by: Account) -> Script:
    """One in the first evening, one on the second day, both sent to the ARS and the town halls."""

    def report(told: ToldReport, now: datetime) -> None:
        tell_report(cpts, crisis, told, readers=(Reader.ARS, Reader.INSTITUTIONS), by=by, at=now)

    return [(225, partial(report, FIRST_EVENING)), (1420, partial(report, SECOND_DAY))]


def _needs_of_the_fire(cpts: Cpts, crisis: Crisis, by: Account) -> Script:
    oxygen = need(cpts, "Saint-Quentin-la-Poterie", NeedKind.CARE, "Patients sous oxygène, coupure à 17\u00a0h", 6)
    shelter = need(cpts, "Uzès", NeedKind.SHELTER, "Lits de camp au gymnase", 46)
    return [
        *answered(crisis, oxygen, (32, 75), "Tous vus avant 16\u00a0h\u00a030, 2 accueillis à l’EHPAD", by),
        *answered(crisis, shelter, (180, 260), "Lits livrés par la Croix-Rouge", by),
    ]


def answered(
    crisis: Crisis, need: Need, minutes: tuple[int, int], answer: str, by: Account, *, state: NeedState = NeedState.MET
) -> Script:
    """A need that is noted, then met or handed over."""
    noted: list[CommuneNeed] = []
    return [
        (minutes[0], lambda now: noted.append(needs.note(crisis, need, by=by, at=now))),
        (minutes[1], lambda now: needs.answer(crisis, noted[0], state, answer, by=by, at=now)),
    ]


def _masks(cpts: Cpts, crisis: Crisis, by: Account, *, at: datetime) -> None:
    """What the two nurses take along."""
    masks = next(
        batch for batch in stock_out_queries.batches(cpts, crisis, at.date()) if batch.item.name == "Masques FFP2"
    )
    stock_out.hand_out(cpts, crisis, {masks.id: min(100, masks.quantity)}, given_to="Gymnase d’Uzès", by=by, at=at)


def _flag(crisis: Crisis, by: Account, *, at: datetime) -> None:
    """What the debrief will come back to."""
    entry = logbook.entry_or_404(crisis, logbook.last_number(crisis) // 2)
    by_hand.mark(entry, note="Le relais de nuit a été décidé tard.", by=by, at=at)
