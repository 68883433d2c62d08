"""What a published version is called and when it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis_plan.web.formats import long_date


class PublicationKind(StrEnum):
    """Published versions count; provisional ones never do; an earlier one is history that counts as a written plan."""

    PUBLISHED = "published"
    PROVISIONAL = "provisional"
    EARLIER = "earlier"

    @property
    def label(self) -> str:
        return {
            "published": "Version publiée",
            "provisional": "Version provisoire",
            "earlier": "Version antérieure",
        }[self.value]


class FileKind(StrEnum):
    RESTRICTED = "restricted"
    PUBLIC = "public"
    EARLIER = "earlier"
    ADOPTION = "adoption"

    @property
    def label(self) -> str:
        return {
            "restricted": "Édition restreinte",
            "public": "Édition publique",
            "earlier": "Plan antérieur",
            "adoption": "Acte d’adoption",
        }[self.value]


def version_name(kind: PublicationKind, number: int) -> str:
    """« Version 3 », « Version provisoire 2 », « Version antérieure 1 »."""
    return f"{'Version' if kind is PublicationKind.PUBLISHED else kind.label} {number}"


@dataclass(frozen=True)
class Issue:
    """One act of publishing: which version, when, by whom, adopted by whom."""

    kind: PublicationKind
    number: int
    dated_on: date
    author_name: str
    adopted_by: str = ""
    adopted_on: date | None = None

    @property
    def name(self) -> str:
        return version_name(self.kind, self.number)

    @property
    def status(self) -> str:
        if self.kind is PublicationKind.PROVISIONAL:
            return "Version provisoire, pour avis : elle ne compte pour aucune échéance"
        return "Version publiée"

    @property
    def watermark(self) -> str:
        return "VERSION PROVISOIRE" if self.kind is PublicationKind.PROVISIONAL else ""

    @property
    def adoption(self) -> str:
        """« le 3 mars 2026 par le bureau »; empty when nobody adopted it."""
        if not self.adopted_by:
            return ""
        return f"le {long_date(self.adopted_on)} par {self.adopted_by}" if self.adopted_on else f"par {self.adopted_by}"


def file_name(slug: str, kind: PublicationKind, number: int, dated_on: date, *, file: FileKind) -> str:
    """The dated name under which a PDF is downloaded: `plan-crise_<cpts>_v3_2026-11-22.pdf`."""
    version = {"published": "v", "provisional": "provisoire", "earlier": "anterieure"}[kind.value]
    suffix = {"public": "_publique", "adoption": "_adoption"}.get(file.value, "")
    return f"plan-crise_{slug}_{version}{number}{suffix}_{dated_on.isoformat()}.pdf"


def is_whole_pdf(content: bytes) -> bool:
    """Whether these bytes are a PDF from its beginning to its end."""
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
