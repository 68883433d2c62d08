"""ORSAN as data: its five plans, its cross-cutting provisions, and the plans that stand beside it.

Source: domain, section 4 (S004; ARS Bretagne on ORSAN; décret 2024-8). Spelling varies in the wild: a code is stored,
a label is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from crisis_plan.adaptation.crisis_types import CrisisType

SOURCE = "ORSAN : commission paritaire régionale de l’ACI CPTS, 19 janvier 2023 ; décret 2024-8 ; pages d’ARS."
TRIGGERED_BY = (
    "Un plan ORSAN est déclenché par le directeur général de l’ARS, de sa propre initiative ou à la demande du préfet "
    "de département ou du ministre. Ce déclenchement, à lui seul, n’engage pas la CPTS."
)
INFERENCE = (
    "Le rapprochement entre les cinq types de crise et les plans ORSAN est une lecture, non un texte, à relire "
    "avec l’ARS."
)


class OrsanPlan(StrEnum):
    """The five plans of the regional scheme."""

    AMAVI = "amavi"
    MEDICO_PSY = "medico_psy"
    REB = "reb"
    EPI_CLIM = "epi_clim"
    NRC = "nrc"

    @property
    def label(self) -> str:
        return {
            "amavi": "AMAVI",
            "medico_psy": "MEDICO-PSY",
            "reb": "REB",
            "epi_clim": "EPI-CLIM",
            "nrc": "NRC",
        }[self.value]

    @property
    def subject(self) -> str:
        """What it is for."""
        return {
            "amavi": "afflux massif de victimes",
            "medico_psy": "blessés psychiques",
            "reb": "risque épidémique ou biologique",
            "epi_clim": "épidémies saisonnières et phénomènes climatiques",
            "nrc": "risques nucléaires, radiologiques et chimiques",
        }[self.value]


PROPOSED_LINKS: Mapping[CrisisType, tuple[OrsanPlan, ...]] = {
    CrisisType.INJURED: (OrsanPlan.AMAVI, OrsanPlan.MEDICO_PSY),
    CrisisType.ILL: (OrsanPlan.EPI_CLIM,),
    CrisisType.INFECTIOUS: (OrsanPlan.REB,),
    CrisisType.NRC: (OrsanPlan.NRC,),
    CrisisType.CARE_DISRUPTED: (),
}
"""The ORSAN plan that fits each crisis type: an inference of the domain, always editable, never settled."""


class Provision(StrEnum):
    """Cross-cutting provisions of ORSAN, which serve several plans."""

    HUMAN_RESOURCES = "human_resources"
    VACCINATION = "vaccination"
    CRITICAL_CARE = "critical_care"
    EVACUATION = "evacuation"
    SCREENING = "screening"
    SECURING = "securing"
    REINFORCEMENTS = "reinforcements"
    CYBER_SECURITY = "cyber_security"

    @property
    def label(self) -> str:
        return {
            "human_resources": "Ressources humaines",
            "vaccination": "Vaccination exceptionnelle",
            "critical_care": "Soins critiques",
            "evacuation": "Évacuation",
            "screening": "Dépistage de masse",
            "securing": "Mise en sûreté des établissements",
            "reinforcements": "Renforts",
            "cyber_security": "Cybersécurité",
        }[self.value]


class NeighbourKind(StrEnum):
    """The plans of others that the CPTS's plan must fit with."""

    ORSEC = "orsec"
    DEPARTMENTAL = "departmental"
    PLAN_BLANC = "plan_blanc"
    PLAN_BLEU = "plan_bleu"
    PCS = "pcs"
    HEATWAVE = "heatwave"
    MSP = "msp"
    SAS = "sas"
    CPTS = "cpts"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "orsec": "ORSEC",
            "departmental": "Plan départemental de mobilisation, plan blanc élargi",
            "plan_blanc": "Plan blanc",
            "plan_bleu": "Plan bleu",
            "pcs": "PCS, PICS",
            "heatwave": "Canicule",
            "msp": "Plan de MSP",
            "sas": "SAS, permanence des soins",
            "cpts": "CPTS voisine",
            "other": "Autre plan",
        }[self.value]

    @property
    def short(self) -> str:
        """As the head of a column says it."""
        return {"departmental": "Départemental", "sas": "SAS, PDSA", "msp": "MSP"}.get(self.value, self.label)

    @property
    def none_known(self) -> str:
        """How a gap is said: no plan of this kind is listed."""
        return {
            "orsec": "Aucun plan ORSEC recensé",
            "departmental": "Aucun plan départemental de mobilisation recensé",
            "plan_blanc": "Aucun plan blanc recensé",
            "plan_bleu": "Aucun plan bleu recensé",
            "pcs": "Aucun PCS ni PICS recensé",
            "heatwave": "Aucun plan canicule recensé",
            "msp": "Aucun plan de MSP recensé",
            "sas": "Aucune organisation du SAS ni de la permanence des soins recensée",
            "cpts": "Aucun plan de CPTS voisine recensé",
            "other": "Aucun autre plan recensé",
        }[self.value]

    @property
    def keeper(self) -> str:
        """Who keeps such a plan, as far as the domain says it (section 4)."""
        return {
            "orsec": "préfet",
            "departmental": "à préciser",
            "plan_blanc": "chaque hôpital",
            "plan_bleu": "chaque EHPAD, établissement ou service médico-social",
            "pcs": "commune, ou groupe de communes",
            "heatwave": "préfet, communes",
            "msp": "maison de santé pluriprofessionnelle",
            "sas": "à préciser",
            "cpts": "CPTS d’un territoire voisin",
            "other": "à préciser",
        }[self.value]


EXPECTED_KINDS = tuple(kind for kind in NeighbourKind if kind is not NeighbourKind.OTHER)
"""Kinds of which a plan knows one at least, or shows that it does not (domain, section 4)."""


def orsan_plans(stored: Iterable[str]) -> list[OrsanPlan]:
    """The plans that a list in the database names, in the order of the catalogue."""
    named = set(stored)
    return [one for one in OrsanPlan if one.value in named]
