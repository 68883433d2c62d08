"""The retained risks in their order: the numbers of the list, and of the matrix that draws it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from crisis_plan.adaptation.risks.rules import Judged, Likelihood, Priority, Severity, priority

One = TypeVar("One", bound=Judged)
Known = TypeVar("Known", covariant=True)


@dataclass(frozen=True)
class Numbered(Generic[Known]):
    """A retained risk with its number in the list, which is its number in the matrix."""

    number: int
    risk: Known
    likelihood: Likelihood
    severity: Severity

    @property
    def priority(self) -> Priority:
        return priority(self.likelihood, self.severity)


def numbered(risks: Iterable[One]) -> list[Numbered[One]]:
    """The retained risks, the most serious first, then the most likely: as the matrix is read."""
    judged = [
        (Severity(risk.severity), Likelihood(risk.likelihood), risk)
        for risk in risks
        if not risk.set_aside and risk.severity is not None and risk.likelihood is not None
    ]
    judged.sort(key=lambda one: (-one[0], -one[1], one[2].folded_name))
    return [Numbered(rank, risk, likely, serious) for rank, (serious, likely, risk) in enumerate(judged, start=1)]


def matrix(listed: Sequence[Numbered[One]]) -> list[tuple[Severity, list[list[Numbered[One]]]]]:
    """Line by line from the most serious; in a line, a cell a likelihood, from the rarest."""
    return [
        (
            serious,
            [[one for one in listed if (one.severity, one.likelihood) == (serious, likely)] for likely in Likelihood],
        )
        for serious in reversed(Severity)
    ]
