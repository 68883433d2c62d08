"""When a requirement of the trame is met, and what is missing otherwise. Source: domain, section 3 (S004)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crisis_plan.plan.requirements import REQUIREMENTS, MetBy, Need, Requirement, Theme

LONGEST_TEXT = 60_000
LONGEST_WAIVER = 1_000
SHORT_TEXT = 200
"""Characters under which a text says too little to a reader: never a reason to refuse it."""


class Standing(StrEnum):
    """Where a requirement stands today."""

    MET = "met"
    WAIVED = "waived"
    MISSING = "missing"
    LATER = "later"

    @property
    def label(self) -> str:
        return {"met": "Complète", "waived": "Sans objet", "missing": "À compléter", "later": "Plus tard"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"met": "ok", "waived": "neutral", "missing": "warning", "later": "info"}[self.value]


@dataclass(frozen=True)
class Answer:
    """What was written for a requirement: a text, or the reason of « sans objet »."""

    text: str = ""
    waiver: str = ""


@dataclass(frozen=True)
class NotAskedYet:
    """What comes after a first crisis or exercise is not asked yet; in a sentence, where there is one to say."""

    sentence: str = ""


Lacking = Sequence[str] | NotAskedYet
"""What the tool's data lack, as French sentences: none where they lack nothing."""
NOT_ASKED_YET = NotAskedYet()


@dataclass(frozen=True)
class Assessment:
    """A requirement, where it stands, and what is missing, as French sentences."""

    requirement: Requirement
    standing: Standing
    missing: tuple[str, ...] = ()
    not_yet: str = ""
    """What is under way, of what comes later."""

    @property
    def label(self) -> str:
        """« Rédigée » for what people write: nobody but a reader can say that a text is complete."""
        is_written = self.standing is Standing.MET and self.requirement.met_by is MetBy.TEXT
        return "Rédigée" if is_written else self.standing.label


@dataclass(frozen=True)
class Completeness:
    """How far a theme, or the plan, is written. Requirements that come later do not count."""

    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.done == self.total


NO_TEXT = "Le texte de la rubrique reste à écrire."
NOTHING_WRITTEN = Answer()


def asks_data(requirement: Requirement, answer: Answer) -> bool:
    """Whether what the tool holds can still make the difference: not where a text, or « sans objet », is enough."""
    if answer.waiver and requirement.may_be_waived:
        return False
    return not (requirement.met_by is MetBy.DATA_OR_TEXT and answer.text)


def assess(requirement: Requirement, answer: Answer, missing_data: Lacking) -> Assessment:
    """Where one requirement stands. `missing_data` says what the tool's own data lack for it."""
    if isinstance(missing_data, NotAskedYet):
        return Assessment(requirement, Standing.LATER, not_yet=missing_data.sentence)
    if answer.waiver and requirement.may_be_waived:
        return Assessment(requirement, Standing.WAIVED)
    missing = tuple(missing_data) if requirement.met_by is not MetBy.TEXT and asks_data(requirement, answer) else ()
    if requirement.needs_text and not answer.text:
        missing = (*missing, NO_TEXT)
    return Assessment(requirement, Standing.MISSING if missing else Standing.MET, missing)


def assess_all(answers: Mapping[str, Answer], missing_data: Mapping[str, Lacking]) -> dict[Theme, list[Assessment]]:
    """Every requirement of the trame, by theme, in its order."""
    assessments: dict[Theme, list[Assessment]] = {theme: [] for theme in Theme}
    for requirement in REQUIREMENTS:
        answer = answers.get(requirement.key, NOTHING_WRITTEN)
        nothing_known: Lacking = NOT_ASKED_YET if requirement.need is Need.AFTER_A_FIRST_ONE else ()
        lacking = missing_data.get(requirement.key, nothing_known)
        assessments[requirement.theme].append(assess(requirement, answer, lacking))
    return assessments


def very_short(answers: Mapping[str, Answer]) -> list[Requirement]:
    """The requirements whose text is there, but in a few words."""
    return [
        one
        for one in REQUIREMENTS
        if one.needs_text and 0 < len(answers.get(one.key, NOTHING_WRITTEN).text) < SHORT_TEXT
    ]


def completeness(assessments: Iterable[Assessment]) -> Completeness:
    """How many requirements are met or waived, out of those that count."""
    counting = [assessment for assessment in assessments if assessment.standing is not Standing.LATER]
    return Completeness(sum(a.standing is not Standing.MISSING for a in counting), len(counting))


@dataclass(frozen=True)
class Overview:
    """The whole plan: each requirement by theme, how far it is written, what still stops a publication."""

    assessments: Mapping[Theme, Sequence[Assessment]]

    @property
    def whole(self) -> Completeness:
        return completeness(one for theme in self.assessments.values() for one in theme)

    def of(self, theme: Theme) -> Completeness:
        return completeness(self.assessments[theme])

    @property
    def missing(self) -> list[Assessment]:
        """What still stops a publication, in the order of the trame."""
        return [one for theme in self.assessments.values() for one in theme if one.standing is Standing.MISSING]
