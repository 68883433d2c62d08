"""What a shipped first draft of an action card is made of: plain data, before any CPTS takes it.

Sentences are ours; facts are those of the domain, sections 4 to 8. A CPTS rewrites whatever it wants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.delays import in_words
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.orsan.catalogue import OrsanPlan


@dataclass(frozen=True)
class DraftStep:
    """What to do, by which function of the cell (its key) or by whom in words, how many minutes after activation."""

    text: str
    function: str = ""
    delay: int | None = None
    who: str = ""
    care: CareKind | None = None

    @property
    def when(self) -> str:
        """« T+15 min », or nothing."""
        return in_words(self.delay)


@dataclass(frozen=True)
class DraftContact:
    """Whom to call, as a function; `named` are the words by which a directory tells the one service that it can be."""

    label: str
    named: str = ""


@dataclass(frozen=True)
class DraftMessage:
    """What to write, to whom; square brackets are to be filled in."""

    audience: str
    text: str


@dataclass(frozen=True)
class Draft:
    """A first draft of one action card."""

    key: str
    title: str
    trigger: str
    first_hour: tuple[DraftStep, ...]
    then: tuple[DraftStep, ...]
    continuity: tuple[DraftStep, ...]
    protection: str
    material: str
    stop: str
    contacts: tuple[DraftContact, ...]
    messages: tuple[DraftMessage, ...]
    crisis_types: tuple[CrisisType, ...] = ()
    orsan_plans: tuple[OrsanPlan, ...] = ()
    functions: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    stock: tuple[str, ...] = ()
    """Material that a stock may hold, by its usual name."""

    @property
    def phases(self) -> Iterator[tuple[Phase, tuple[DraftStep, ...]]]:
        """The three lists of steps, in the order in which they are read."""
        yield from ((Phase.FIRST_HOUR, self.first_hour), (Phase.THEN, self.then), (Phase.CONTINUITY, self.continuity))
