"""The three lists of the theme « adaptation » that are kept as lines, and what they lack. Source: domain, section 3 (S004)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.web.formats import counted


class ArrangementKind(StrEnum):
    """Which list; the value is the key of its requirement in the trame, and its address."""

    NEED = "besoins"
    CIRCUIT = "circuits"
    CONTINUITY = "continuite"

    @property
    def label(self) -> str:
        return {
            "besoins": "Besoins",
            "circuits": "Circuits",
            "continuite": "Continuité des soins",
        }[self.value]

    @property
    def purpose(self) -> str:
        """What the list is for."""
        return {
            "besoins": "Ce dont la population et les professionnels manqueront, et qui y répond.",
            "circuits": "Par où passent les patients quand le chemin ordinaire n’est plus possible.",
            "continuite": "Les soins qui ne peuvent pas s’arrêter, combien de temps ils attendent, et qui les assure.",
        }[self.value]

    @property
    def heading(self) -> str:
        """What a line of the list says first."""
        return {"besoins": "Besoin", "circuits": "Circuit", "continuite": "Soins"}[self.value]

    @property
    def example(self) -> str:
        return {
            "besoins": "visites aux personnes isolées",
            "circuits": "consultations déplacées d’un cabinet fermé",
            "continuite": "séances de dialyse",
        }[self.value]

    @property
    def asks_care(self) -> bool:
        """Whether its lines say which kind of care, and how long it can wait."""
        return self is ArrangementKind.CONTINUITY


class Line(Protocol):
    """A line, as its requirement reads it."""

    @property
    def answer(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def function_id(self) -> object: ...


class OfCare(Protocol):
    @property
    def care(self) -> CareKind | None: ...


def lacks(kind: ArrangementKind, lines: Iterable[Line]) -> tuple[str, ...]:
    """What the requirement of this list lacks: at least one line, each with its answer and who gives it."""
    known = list(lines)
    if not known:
        return (f"La liste «\u00a0{kind.label}\u00a0» est vide\u00a0: ajoutez une ligne, ou écrivez un texte.",)
    sentences = []
    if unanswered := sum(not line.answer for line in known):
        sentences.append(_said(kind, unanswered, "n’a pas de réponse", "n’ont pas de réponse"))
    if nobodys := sum(not (line.who or line.function_id) for line in known):
        sentences.append(_said(kind, nobodys, "ne dit pas qui s’en charge", "ne disent pas qui s’en charge"))
    return tuple(sentences)


def _said(kind: ArrangementKind, count: int, one: str, several: str) -> str:
    lines = counted(count, "ligne")
    return f"{lines} de la liste «\u00a0{kind.label}\u00a0» {one if count == 1 else several}."


def care_without_line(lines: Iterable[OfCare]) -> tuple[CareKind, ...]:
    """The kinds of care that no line of continuity speaks of."""
    spoken_of = {line.care for line in lines}
    return tuple(care for care in CareKind if care not in spoken_of)


def gap_in_words(missing: Iterable[CareKind]) -> str:
    """« Sans ligne : oxygène, grossesse. »; empty when every kind of care has its line."""
    names = ", ".join(care.label.lower() for care in missing)
    return f"Sans ligne pour l’instant\u00a0: {names}." if names else ""
