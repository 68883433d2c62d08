"""From alert to recognition: three separate dated facts. Source: domain, section 5."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar


class FactKind(StrEnum):
    """What an authority did: none is inferred from another, and money hangs on the third only."""

    ORSAN = "orsan"
    REQUEST = "request"
    RECOGNITION = "recognition"

    @property
    def label(self) -> str:
        return {
            "orsan": "Plan ORSAN déclenché",
            "request": "CPTS sollicitée",
            "recognition": "Crise sanitaire grave reconnue",
        }[self.value]

    @property
    def address(self) -> str:
        """Its word in an address."""
        return {"orsan": "orsan", "request": "demande", "recognition": "reconnaissance"}[self.value]

    @property
    def missing(self) -> str:
        """What the strip says while nothing was recorded."""
        return {
            "orsan": "Aucun déclenchement consigné",
            "request": "Aucune demande consignée",
            "recognition": "Aucune reconnaissance consignée",
        }[self.value]

    @property
    def hangs_on_it(self) -> str:
        """What is said on its form, so that nobody takes one fact for another. Source: domain, sections 5 and 10."""
        return {
            "orsan": (
                "Un plan ORSAN déclenché n’engage pas, à lui seul, la CPTS. Consignez quel plan, par qui, à quelle "
                "heure."
            ),
            "request": (
                "C’est la demande d’agir faite à la CPTS\u00a0: par qui, quoi, jusqu’à quand. Elle ne vaut pas "
                "reconnaissance d’une crise sanitaire grave."
            ),
            "recognition": (
                "Seule une autorité (ARS, préfet…) reconnaît une crise sanitaire grave\u00a0: la CPTS ne le fait pas "
                "elle-même, et rien ne se déduit des deux autres faits. Le financement de crise en dépend\u00a0: "
                "joignez l’acte."
            ),
        }[self.value]


class Said(Protocol):
    """A saying about one of the facts, as it was recorded."""

    id: Any
    kind: Any
    happened_at: Any
    corrects_id: Any
    is_withdrawal: Any

    @property
    def has_documents(self) -> bool: ...


AnySaid = TypeVar("AnySaid", bound=Said)


def standing(said: Iterable[AnySaid]) -> list[AnySaid]:
    """What still stands, the latest fact first: neither corrected since, nor the word that withdraws another."""
    known = list(said)
    replaced = {one.corrects_id for one in known}
    stands = [one for one in known if one.id not in replaced and not one.is_withdrawal]
    return sorted(stands, key=lambda one: one.happened_at, reverse=True)


def acts_of(said: Iterable[AnySaid]) -> dict[Any, AnySaid]:
    """For each saying, by its identity, the one that holds its act: itself, else the nearest that it corrects.

    Correcting a word does not take the act away. Nothing for a saying whose act was never joined.
    """
    known = {one.id: one for one in said}
    found = {}
    for one in known.values():
        holder: AnySaid | None = one
        while holder is not None and not holder.has_documents:
            holder = known.get(holder.corrects_id)
        if holder is not None:
            found[one.id] = holder
    return found


@dataclass(frozen=True)
class OneFact(Generic[AnySaid]):
    """One of the three facts, and what stands of it: nothing, once, or several times."""

    kind: FactKind
    stands: tuple[AnySaid, ...]
    acts: Mapping[Any, AnySaid] = field(default_factory=dict)
    """Of each that stands, by its identity: the saying whose entry holds its documents."""

    @property
    def latest(self) -> AnySaid | None:
        return self.stands[0] if self.stands else None


Strip = tuple[OneFact[AnySaid], ...]
"""The three facts in their order, whether recorded or not: none follows from another."""


def strip_of(said: Iterable[AnySaid]) -> Strip[AnySaid]:
    """What stands of each of the three, with its acts."""
    known = list(said)
    stands, acts = standing(known), acts_of(known)
    return tuple(OneFact(kind, tuple(one for one in stands if one.kind is kind), acts) for kind in FactKind)
