"""The plans that stand beside the fictional CPTS's own, and how it fits with ORSAN. None of them exists as told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.queries import Filters
from crisis_plan.demo.neighbouring_plans import PLANS, ToldPlan
from crisis_plan.demo.people import People
from crisis_plan.document.blocks import Chapter, Document, Edition, Facts, Paragraph, plain
from crisis_plan.document.leaflet import render
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import Provision
from crisis_plan.orsan.matrix import operations as matrix
from crisis_plan.orsan.matrix.stances import PROPOSED, Stance
from crisis_plan.orsan.neighbours import files, operations
from crisis_plan.orsan.neighbours.rules import proposed_check
from crisis_plan.web.attachments import PDF, Attachment

if TYPE_CHECKING:
    from crisis_plan.orsan.neighbours.models import NeighbouringPlan

PROVISIONS = {
    Provision.HUMAN_RESOURCES: "Une liste de volontaires par profession, tenue à jour\u00a0; pas d’engagement de nombre.",
    Provision.VACCINATION: "Le gymnase du Refuge en centre de vaccination, six boxes, ouvert en un jour.",
    Provision.SCREENING: "Deux files de dépistage en voiture au parking du stade.",
    Provision.REINFORCEMENTS: "Deux infirmiers en renfort d’EHPAD, sur demande.",
    Provision.CYBER_SECURITY: "Le mode dégradé sur papier, essayé une fois par an.",
}
WITH_DOCUMENT = "Dispositif ORSEC du Gard"


def tell_orsan(cpts: Cpts, people: People, *, today: date) -> None:
    """A dozen neighbouring plans, one of them kept, one to look at again, one never seen; and the links chosen."""
    at = datetime.combine(today - timedelta(days=5), time(9, 30), tzinfo=ZoneInfo("Europe/Paris"))
    for told in PLANS:
        plan = _add(cpts, people, told, today=today, at=at)
        if plan.name == WITH_DOCUMENT:
            document = Attachment("ORSEC Gard extrait.pdf", PDF, _extract(plan, today))
            files.keep(plan, document, by=people.coordinator, at=at)
    stance = Stance(PROPOSED.links, PROPOSED.reasons, PROVISIONS)
    matrix.choose(cpts, stance, seen_version=0, today=at.date(), by=people.coordinator, at=at)


def _add(cpts: Cpts, people: People, told: ToldPlan, *, today: date, at: datetime) -> NeighbouringPlan:
    """One plan, seen so many days ago and to be looked at again a year after."""
    described, words, since = told
    seen_on = today - timedelta(days=since) if since else None
    description = replace(
        described,
        contact_id=_whom_to_ask(cpts, words),
        edition_seen_on=seen_on,
        next_check_on=proposed_check(seen_on) if seen_on else None,
    )
    return operations.add(cpts, description, today=today, by=people.coordinator, at=at)


def _whom_to_ask(cpts: Cpts, words: str) -> UUID | None:
    """The first contact with a telephone that answers to the words."""
    found = directory.contacts(cpts, Filters(q=words)) if words else ()
    return next((contact.id for contact in found if contact.phones), None)


def _extract(plan: NeighbouringPlan, today: date) -> bytes:
    """A page as the préfecture might have sent it; it says that it is made up."""
    said = "Document fictif, fait pour la démonstration. Poste de soins\u00a0: gymnase du Refuge, chemin de l’Exemple."
    chapter = Chapter("extrait", "Extrait pour les professionnels de santé", (Paragraph(plain(said)),))
    document = Document(
        title=plan.name,
        organisation=plan.owner,
        legal_name=plan.owner,
        version=plan.edition,
        dated_on=today,
        status="Extrait fictif",
        author=plan.owner,
        cover=Facts(()),
        chapters=(chapter,),
        address="https://www.exemple.fr/orsec",
    )
    return render(document, Edition.PUBLIC)
