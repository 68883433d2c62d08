"""What the risks are, and how they are judged. Source: domain, section 3 (S004)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum, StrEnum
from typing import Protocol

from crisis_plan.months import add_months
from crisis_plan.web.formats import counted

REVIEW_AFTER_MONTHS = 12
"""Risks are looked at again with the yearly update (domain, section 8)."""
SINCE = f"depuis {REVIEW_AFTER_MONTHS} mois"
MOST = 50
"""Beyond, neither the drawing nor its table is read."""


NAMED_LIST = "liste de la commission paritaire régionale du 19 janvier 2023"
"""S004 is the joint commission of one region: its list is never said to be a national one."""
NO_IMPOSED_SCALE = "nous n’avons trouvé aucune échelle imposée"


class RiskKind(StrEnum):
    """The risks and threats named in S004, and a CPTS's own."""

    NATURAL = "natural"
    INDUSTRIAL = "industrial"
    INFECTIOUS = "infectious"
    CLIMATIC = "climatic"
    ATTACK = "attack"
    TERRORISM = "terrorism"
    NRBC_WEAPON = "nrbc_weapon"
    CYBER = "cyber"
    OWN = "own"

    @property
    def label(self) -> str:
        return {
            "natural": "Risques naturels",
            "industrial": "Risques industriels et technologiques",
            "infectious": "Risques infectieux (émergents)",
            "climatic": "Risques climatiques",
            "attack": "Attentats, y compris NRBC",
            "terrorism": "Actes terroristes",
            "nrbc_weapon": "Armes NRBC",
            "cyber": "Cyberattaques",
            "own": "Autre risque du territoire",
        }[self.value]


NAMED_BY_S004 = tuple(kind for kind in RiskKind if kind is not RiskKind.OWN)


class Likelihood(IntEnum):
    """How likely, as people of the territory judge it: a scale of the tool, we found none in a text."""

    RARE = 1
    POSSIBLE = 2
    LIKELY = 3
    VERY_LIKELY = 4

    @property
    def label(self) -> str:
        return {1: "Rare", 2: "Possible", 3: "Probable", 4: "Très probable"}[self.value]

    @property
    def meaning(self) -> str:
        """So that two people judge alike: ours too."""
        return {
            1: "presque jamais vu dans un territoire comme le nôtre",
            2: "cela est arrivé ici, ou tout près",
            3: "plusieurs fois en dix ans",
            4: "presque chaque année",
        }[self.value]


class Severity(IntEnum):
    """How serious for the population's health and for care: a scale of the tool, we found none in a text."""

    LIMITED = 1
    SERIOUS = 2
    GRAVE = 3
    MAJOR = 4

    @property
    def label(self) -> str:
        return {1: "Limitée", 2: "Sérieuse", 3: "Grave", 4: "Majeure"}[self.value]

    @property
    def meaning(self) -> str:
        """So that two people judge alike: ours too."""
        return {
            1: "quelques personnes touchées, les soins continuent",
            2: "des soins perturbés un jour ou deux, ou des dizaines de personnes touchées",
            3: "des soins interrompus plusieurs jours, ou des centaines de personnes touchées",
            4: "le territoire ne peut pas faire face seul",
        }[self.value]


class Priority(StrEnum):
    """What to prepare first: a reading of the two scales together, the tool's own."""

    FIRST = "first"
    NEXT = "next"
    FOLLOWED = "followed"

    @property
    def label(self) -> str:
        return {"first": "À préparer d’abord", "next": "À préparer", "followed": "À suivre"}[self.value]


FIRST_FROM, NEXT_FROM = 6, 4
"""Both degrees added, of the eight that they may reach: the tool's own judgement, no text gives one."""


def priority(likelihood: Likelihood, severity: Severity) -> Priority:
    """Where a cell of the matrix stands."""
    rank = likelihood + severity
    if rank >= FIRST_FROM:
        return Priority.FIRST
    return Priority.NEXT if rank >= NEXT_FROM else Priority.FOLLOWED


class Standing(StrEnum):
    """What has been decided of a risk."""

    RETAINED = "retained"
    TO_JUDGE = "to_judge"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        return {"retained": "Retenu", "to_judge": "À juger", "set_aside": "Écarté"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"retained": "ok", "to_judge": "warning", "set_aside": "neutral"}[self.value]


class Judged(Protocol):
    """A risk, as far as the rules look at it."""

    @property
    def kind(self) -> RiskKind: ...
    @property
    def folded_name(self) -> str: ...
    @property
    def likelihood(self) -> int | None: ...
    @property
    def severity(self) -> int | None: ...
    @property
    def set_aside(self) -> str: ...
    @property
    def reviewed_on(self) -> date | None: ...


def standing(risk: Judged) -> Standing:
    """Set aside, still to be judged, or retained."""
    if risk.set_aside:
        return Standing.SET_ASIDE
    return Standing.TO_JUDGE if risk.likelihood is None or risk.severity is None else Standing.RETAINED


def missing(risks: Sequence[Judged]) -> list[str]:
    """What the requirement `risques` still asks, as sentences (domain, section 3; the list is S004's)."""
    answered = {risk.kind for risk in risks if standing(risk) is not Standing.TO_JUDGE}
    unanswered = [kind.label for kind in NAMED_BY_S004 if kind not in answered]
    said = []
    if len(unanswered) == len(NAMED_BY_S004):
        said.append(f"Aucun risque de la {NAMED_LIST} n’est encore jugé ni écarté.")
    elif unanswered:
        listed = "\u00a0; ".join(unanswered)
        said.append(f"À juger ou à écarter, avec la raison\u00a0: {listed}.")
    if not unanswered and all(standing(risk) is not Standing.RETAINED for risk in risks):
        said.append("Tous les risques sont écartés\u00a0: le plan en retient au moins un.")
    return said


def reviews_due(risks: Iterable[Judged], today: date) -> str:
    """What is to be judged or looked at again, as sentences; empty when all is well."""
    known = list(risks)
    unjudged = sum(standing(risk) is Standing.TO_JUDGE for risk in known)
    stale = sum(standing(risk) is not Standing.TO_JUDGE and review_is_due(risk.reviewed_on, today) for risk in known)
    said = []
    if unjudged:
        said.append(f"{counted(unjudged, 'risque reste à juger', 'risques restent à juger')}.")
    if stale:
        said.append(f"{counted(stale, 'risque n’a pas été revu', 'risques n’ont pas été revus')} {SINCE}.")
    return " ".join(said)


def first_review(risks: Iterable[Judged], today: date) -> date | None:
    """The day on which the first review that is late was due; none when risks remain only to be judged."""
    judged = (risk.reviewed_on for risk in risks if standing(risk) is not Standing.TO_JUDGE)
    late = (day for day in judged if day and review_is_due(day, today))
    return min((add_months(day, REVIEW_AFTER_MONTHS) for day in late), default=None)


def review_is_due(reviewed_on: date | None, today: date) -> bool:
    """Whether nobody has looked at it for a year."""
    return reviewed_on is None or reviewed_on < add_months(today, -REVIEW_AFTER_MONTHS)
