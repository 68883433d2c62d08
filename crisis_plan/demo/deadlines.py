"""The contract and its amendment, signed and kept; the amendment brought the mission, so it is what counts."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from crisis_plan.demo.fictional_acts import paper
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.web.formats import long_date
from crisis_plan.yearly_update.deadlines import operations

SIGNED = {
    MissionSource.CONTRACT: (
        "Contrat de la communauté professionnelle territoriale de santé",
        "contrat-aci-signe.pdf",
        "La CPTS, la caisse et l’agence régionale de santé signent, le {day}, le contrat de cinq ans qui fixe les "
        "missions de la CPTS et leur financement.",
    ),
    MissionSource.AMENDMENT: (
        "Avenant au contrat\u00a0: réponse aux crises sanitaires graves",
        "avenant-crise-signe.pdf",
        "Les parties ajoutent au contrat, le {day}, la mission de réponse aux crises sanitaires graves.",
    ),
}


def tell_contract(cpts: Cpts, people: People, *, today: date) -> None:
    """Coordination says what counts and keeps both signed documents."""
    at = datetime.combine(today, time(11), ZoneInfo(cpts.time_zone))
    said: operations.Said = {
        "deadlines_from": MissionSource.AMENDMENT,
        "contract_signed_on": cpts.contract_signed_on,
        "amendment_signed_on": cpts.amendment_signed_on,
        "mission_started_on": cpts.mission_started_on,
    }
    operations.change_contract(cpts, said, seen_version=cpts.version, by=people.coordinator, at=at)
    for source, day in (
        (MissionSource.CONTRACT, cpts.contract_signed_on),
        (MissionSource.AMENDMENT, cpts.amendment_signed_on),
    ):
        if day:
            heading, name, words = SIGNED[source]
            kept = paper(heading, f"{source.label} (fictif)", name, words.format(day=long_date(day)), signed_on=day)
            operations.attach_document(cpts, source, kept, by=people.coordinator, at=at)
