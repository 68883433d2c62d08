"""What a person looks for in the directory, as an address carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory.rules import ContactKind, Freshness, Lacking

Member = TypeVar("Member", bound=StrEnum)
WITH, WITHOUT = "avec", "sans"


@dataclass(frozen=True)
class Choices:
    """The professions, communes and functions (or categories) that contacts of this CPTS have."""

    professions: Sequence[str]
    communes: Sequence[str]
    functions: Sequence[str] = ()


@dataclass(frozen=True)
class Filters:
    """What a person looks for in the directory. Whoever asks for a freshness says on which day."""

    q: str = ""
    kind: ContactKind | None = None
    profession: str = ""
    commune: str = ""
    function: str = ""
    """A function, or a service's category."""
    freshness: Freshness | None = None
    volunteer_for: CrisisType | None = None
    has_email: bool | None = None
    lacking: Lacking | None = None
    today: date | None = None

    def __post_init__(self) -> None:
        if self.freshness and self.today is None:
            raise ValueError("a freshness is judged on a day")

    @property
    def address(self) -> dict[str, str]:
        """The filters as an address carries them, without the empty ones."""
        email = {None: "", True: WITH, False: WITHOUT}[self.has_email]
        asked = {
            "q": self.q,
            "type": self.kind,
            "profession": self.profession,
            "commune": self.commune,
            "fonction": self.function,
            "verification": self.freshness,
            "volontaire": self.volunteer_for,
            "courriel": email,
            "manque": self.lacking,
        }
        return {name: str(value) for name, value in asked.items() if value}

    @property
    def in_words(self) -> tuple[str, ...]:
        """The filters beside the words typed, as the list says them: a closed panel hides none."""
        email = {None: "", True: "avec un courriel", False: "sans courriel"}[self.has_email]
        said = (
            self.kind.label if self.kind else "",
            self.profession,
            self.commune,
            self.function,
            self.freshness.label if self.freshness else "",
            f"volontaire pour «\u00a0{self.volunteer_for.label}\u00a0»" if self.volunteer_for else "",
            email,
            self.lacking.label if self.lacking else "",
        )
        return tuple(words for words in said if words)


def asked_filters(args: Mapping[str, str], today: date) -> Filters:
    """The filters of an address; what means nothing is no filter."""

    def words(name: str) -> str:
        return args.get(name, "").replace("\x00", "").strip()[:200]

    return Filters(
        q=words("q"),
        kind=_member(ContactKind, args.get("type")),
        profession=words("profession"),
        commune=words("commune"),
        function=words("fonction"),
        freshness=_member(Freshness, args.get("verification")),
        volunteer_for=_member(CrisisType, args.get("volontaire")),
        has_email={WITH: True, WITHOUT: False}.get(args.get("courriel", "")),
        lacking=_member(Lacking, args.get("manque")),
        today=today,
    )


def _member(kind: type[Member], asked: str | None) -> Member | None:
    return next((one for one in kind if one.value == asked), None)
