"""The risks of the fictional CPTS, as its coordinator judged them with the mairies, and where registers are held."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.risks import operations, queries, registers
from crisis_plan.adaptation.risks.descriptions import RiskDescription
from crisis_plan.adaptation.risks.registers import Line
from crisis_plan.adaptation.risks.rules import Likelihood, RiskKind, Severity
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts

RIVERSIDE = ("Collias", "Dions", "Remoulins", "Sainte-Anastasie", "Vers-Pont-du-Gard", "Castillon-du-Gard")
RHONE = ("Aramon", "Montfrin", "Meynes", "Théziers")

FLOOD = RiskDescription(
    name="Crue du Gardon, épisode cévenol",
    kind=RiskKind.NATURAL,
    likelihood=Likelihood.LIKELY,
    severity=Severity.MAJOR,
    areas="Hameaux et campings au bord de l’eau\u00a0; routes submersibles coupées parfois des deux côtés.",
    facilities="Cabinets et pharmacies des bourgs riverains\u00a0; tournées infirmières coupées.",
    crisis_types=(CrisisType.CARE_DISRUPTED, CrisisType.INJURED),
    note="Surtout à l’automne.",
)
INDUSTRY = RiskDescription(
    name="Accident industriel ou transport de matières dangereuses",
    kind=RiskKind.INDUSTRIAL,
    likelihood=Likelihood.RARE,
    severity=Severity.GRAVE,
    areas="Grands axes routiers et ferroviaires de la vallée du Rhône.",
    crisis_types=(CrisisType.INJURED, CrisisType.NRC),
)
RISKS = (
    RiskDescription(
        name="Feu de forêt",
        kind=RiskKind.NATURAL,
        likelihood=Likelihood.VERY_LIKELY,
        severity=Severity.SERIOUS,
        areas="Garrigues, au nord et à l’ouest\u00a0: habitat dispersé, souvent une seule route.",
        crisis_types=(CrisisType.INJURED, CrisisType.ILL),
        note="L’été\u00a0: fumées, évacuations, personnes qui refusent de partir.",
    ),
    RiskDescription(
        name="Canicule",
        kind=RiskKind.CLIMATIC,
        likelihood=Likelihood.VERY_LIKELY,
        severity=Severity.GRAVE,
        facilities="EHPAD et domicile\u00a0: personnes âgées, nourrissons, travailleurs de plein air.",
        crisis_types=(CrisisType.ILL,),
    ),
    RiskDescription(
        name="Agent infectieux émergent, arboviroses",
        kind=RiskKind.INFECTIOUS,
        likelihood=Likelihood.POSSIBLE,
        severity=Severity.MAJOR,
        crisis_types=(CrisisType.INFECTIOUS,),
    ),
    RiskDescription(
        name="Accident nucléaire au voisinage de Marcoule",
        kind=RiskKind.INDUSTRIAL,
        likelihood=Likelihood.RARE,
        severity=Severity.MAJOR,
        crisis_types=(CrisisType.NRC,),
        note="Mise à l’abri, inquiétude, suivi long des personnes exposées.",
    ),
    RiskDescription(
        name="Attentat dans un lieu très fréquenté",
        kind=RiskKind.ATTACK,
        likelihood=Likelihood.RARE,
        severity=Severity.GRAVE,
        areas="Pont du Gard, marchés, festivals.",
        crisis_types=(CrisisType.INJURED,),
    ),
    RiskDescription(
        name="Acte terroriste touchant un service essentiel",
        kind=RiskKind.TERRORISM,
        likelihood=Likelihood.RARE,
        severity=Severity.GRAVE,
        crisis_types=(CrisisType.INJURED, CrisisType.CARE_DISRUPTED),
    ),
    RiskDescription(
        name="Cyberattaque d’un lieu de soins",
        kind=RiskKind.CYBER,
        likelihood=Likelihood.LIKELY,
        severity=Severity.SERIOUS,
        facilities="Hôpital de proximité, pharmacies, cabinets, téléphonie.",
        crisis_types=(CrisisType.CARE_DISRUPTED,),
        note="Dossiers et prescriptions indisponibles.",
    ),
    RiskDescription(
        name="Pénurie de médicaments",
        likelihood=Likelihood.LIKELY,
        severity=Severity.LIMITED,
        crisis_types=(CrisisType.CARE_DISRUPTED,),
    ),
    RiskDescription(
        name="Coupure longue d’électricité",
        likelihood=Likelihood.POSSIBLE,
        severity=Severity.SERIOUS,
        facilities="Oxygène et appareils au domicile\u00a0; réfrigérateurs des pharmacies.",
        crisis_types=(CrisisType.CARE_DISRUPTED,),
    ),
)
NOT_RETAINED = (
    "Aucun scénario propre au territoire\u00a0: la CPTS suivrait les consignes de l’ARS et du SAMU, comme pour un "
    "accident nucléaire, radiologique ou chimique."
)
TOWNS = {
    "Uzès": "CCAS, en mairie\u00a0; hors ouverture, élu d’astreinte.",
    "Remoulins": "CCAS, en mairie\u00a0; hors ouverture, police municipale.",
    "Saint-Quentin-la-Poterie": "Secrétariat de mairie\u00a0; hors ouverture, élu d’astreinte.",
    "Aramon": "CCAS\u00a0; copie au poste de commandement communal.",
}
ELSEWHERE = "En mairie\u00a0; hors ouverture, élu d’astreinte."
UNANSWERED = 9
"""Communes that have not answered yet."""


def tell_risks(cpts: Cpts, people: People, *, today: date) -> None:
    """Eleven risks judged and one set aside, of every kind that S004 names; registers for most communes."""
    at = datetime.combine(today, time(10, 15), tzinfo=ZoneInfo("Europe/Paris"))
    codes = {one.commune.name: one.commune.code for one in queries.registers(cpts)}
    for described, names in ((FLOOD, RIVERSIDE), (INDUSTRY, RHONE), *((risk, ()) for risk in RISKS)):
        exposed = tuple(codes[name] for name in names if name in codes)
        located = RiskDescription(**vars(described) | {"commune_codes": exposed})
        operations.add(cpts, located, today=today, by=people.coordinator, at=at)
    for risk in operations.take_named(cpts, by=people.coordinator, at=at):
        operations.set_aside(risk, NOT_RETAINED, seen_version=risk.version, today=today, by=people.coordinator, at=at)
    answered = list(codes)[: len(codes) - UNANSWERED]
    lines = {codes[name]: Line("", TOWNS.get(name, ELSEWHERE)) for name in {*answered, *TOWNS} if name in codes}
    registers.write(cpts, lines, by=people.coordinator, at=at)
