"""Pieces of evidence: what proves each need of a claim, and what is not proved yet."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crisis_plan.folding import folded
from crisis_plan.funding.lines import NEEDS, FundingLine, Need

LONGEST_STEM = 60
JOINED = "À vérifier\u00a0: un document est joint, ce qu’il prouve n’est pas vérifié par cet outil."


@dataclass(frozen=True)
class Piece:
    """One document that proves something. Its bytes are read, or printed, only when they are asked for."""

    key: str
    """How an address names it."""
    need: Need
    label: str
    extension: str
    mark: str
    """What differs as soon as its content does: a hash, a seal, a count."""
    read: Callable[[], bytes]
    attachment_id: uuid.UUID | None = None
    """Of a document that the CPTS added by hand."""
    also: tuple[Need, ...] = ()
    """What it proves besides."""

    @property
    def proves(self) -> str:
        """All that it proves, in words."""
        return "\u00a0; ".join(need.label for need in (self.need, *self.also))

    def file_name(self, number: int) -> str:
        """« 03_registre-de-diffusion.pdf »: safe on every machine."""
        stem = re.sub(r"[^a-z0-9]+", "-", folded(self.label))[:LONGEST_STEM].strip("-") or "piece"
        return f"{number:02}_{stem}.{self.extension}"


@dataclass(frozen=True)
class Gap:
    """Something that nothing proves yet, and the gesture that mends it."""

    need: Need
    sentence: str
    action: str = ""
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def to_check(self) -> str:
        """What is said of it once the CPTS joined a document of its own under the same need."""
        return f"{self.sentence} {JOINED}"


@dataclass(frozen=True)
class Found:
    """What one source of evidence gave: pieces, gaps, and remarks that explain a piece."""

    pieces: Sequence[Piece] = ()
    gaps: Sequence[Gap] = ()
    remarks: Sequence[str] = ()

    def __add__(self, other: Found) -> Found:
        return Found((*self.pieces, *other.pieces), (*self.gaps, *other.gaps), (*self.remarks, *other.remarks))


@dataclass(frozen=True)
class Evidence:
    """All that is known for a claim, in the order of its needs."""

    line: FundingLine
    found: Found

    def told(self, *remarks: str) -> Evidence:
        """The same, with these remarks first."""
        return replace(self, found=Found(remarks=remarks) + self.found)

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the line asks, then whatever else was added."""
        asked = NEEDS[self.line]
        return (*asked, *(one for one in Need if one not in asked and self.of(one)))

    @property
    def pieces(self) -> list[Piece]:
        """In the order in which they are numbered."""
        return [piece for need in self.needs for piece in self.of(need)]

    @property
    def missing(self) -> list[Gap]:
        """What nothing proves: neither found, nor joined by hand."""
        return [gap for gap in self.found.gaps if gap.need not in self._joined]

    @property
    def to_check(self) -> list[Gap]:
        """What the tool did not find, and that a document joined by hand may prove: this tool does not read it."""
        return [gap for gap in self.found.gaps if gap.need in self._joined]

    @property
    def remarks(self) -> Sequence[str]:
        """What the file says beside its pieces."""
        return self.found.remarks

    def of(self, need: Need) -> list[Piece]:
        return [piece for piece in self.found.pieces if piece.need is need]

    def gaps_of(self, need: Need) -> list[Gap]:
        """What is missing for this need."""
        return [gap for gap in self.missing if gap.need is need]

    def to_check_of(self, need: Need) -> list[Gap]:
        """What is to be checked for this need."""
        return [gap for gap in self.to_check if gap.need is need]

    def is_only_joined(self, need: Need) -> bool:
        """Whether all that is there for this need was joined by hand."""
        return all(piece.attachment_id for piece in self.of(need))

    def is_proved_elsewhere(self, need: Need) -> bool:
        """Whether a piece shown under another need proves this one too."""
        return any(need in piece.also for piece in self.found.pieces)

    def with_key(self, key: str) -> tuple[int, Piece] | None:
        """The piece that an address names, and its number."""
        return next(((n, one) for n, one in enumerate(self.pieces, start=1) if one.key == key), None)

    @property
    def _joined(self) -> set[Need]:
        return {piece.need for piece in self.found.pieces if piece.attachment_id}


def together(parts: Iterable[Found]) -> Found:
    """One after the other."""
    return sum(parts, Found())
