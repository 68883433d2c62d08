"""The list of opinions: what its filters keep, in the order in which it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_plan.opinions.rules import Standing

if TYPE_CHECKING:
    from crisis_plan.opinions.models import Opinion


WHOLE = "plan"
"""How an address names the plan as a whole, whose opinions have no section."""

UNKNOWN = "introuvable"
"""Said of what an address asks for and no opinion is about."""


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; none: everything."""

    standing: Standing | None = None
    version: str = ""
    """The identity of the version, as the address writes it."""
    section: str | None = None
    """Empty: the plan as a whole."""
    body: str = ""
    """Who gave the opinion."""

    @property
    def address(self) -> dict[str, str]:
        """The filters as an address writes them."""
        section = WHOLE if self.section == "" else self.section or ""
        known = {"etat": self.standing or "", "version": self.version, "rubrique": section, "auteur": self.body}
        return {name: str(value) for name, value in known.items() if value}

    def told(self, known: Choices) -> list[tuple[str, str]]:
        """The filters in words, as the page names them; an address may ask for what is not there."""
        asked = {
            "État": self.standing.label if self.standing else "",
            "Version": known.versions.get(self.version, UNKNOWN) if self.version else "",
            "Rubrique": known.sections.get(self.section, UNKNOWN) if self.section is not None else "",
            "Donné par": (self.body if self.body in known.bodies else UNKNOWN) if self.body else "",
        }
        return [(label, value) for label, value in asked.items() if value]

    def keeps(self, opinion: Opinion) -> bool:
        return (
            (self.standing is None or opinion.standing is self.standing)
            and (not self.version or str(opinion.publication_id) == self.version)
            and (self.section is None or opinion.section_key == self.section)
            and (not self.body or opinion.messages[0].body == self.body)
        )


def matching(known: Iterable[Opinion], filters: Filters) -> list[Opinion]:
    """What the filters keep: what waits for the CPTS first, then what was said last."""
    order, kept = list(Standing), [one for one in known if filters.keeps(one)]
    kept.sort(key=lambda one: one.messages[-1].written_at, reverse=True)
    return sorted(kept, key=lambda one: order.index(one.standing))


def counts(known: Iterable[Opinion]) -> Counter[Standing]:
    """How many stand where."""
    return Counter(one.standing for one in known)


@dataclass(frozen=True)
class Choices:
    """What the filters offer: only what some opinion is about."""

    versions: Mapping[str, str]
    sections: Mapping[str, str]
    bodies: Sequence[str]


def choices(known: Sequence[Opinion]) -> Choices:
    """The versions (the latest first), the sections by title and the bodies that these opinions name."""
    latest_first = sorted(known, key=lambda one: one.publication.published_at, reverse=True)
    sections = {one.section_key: one.section_title for one in reversed(known)}
    return Choices(
        versions={str(one.publication_id): one.publication.name for one in latest_first},
        sections=dict(sorted(sections.items(), key=lambda item: (bool(item[0]), item[1]))),
        bodies=sorted({one.messages[0].body for one in known}),
    )
