"""What a published version is called and when it counts."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


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


def file_name(slug: str, kind: PublicationKind, number: int, dated_on: date, *, public: bool = False) -> str:
    """The dated name under which a PDF is downloaded: `plan-crise_<cpts>_v3_2026-11-22.pdf`."""
    version = {"published": "v", "provisional": "provisoire", "earlier": "anterieure"}[kind.value]
    edition = "_publique" if public else ""
    return f"plan-crise_{slug}_{version}{number}{edition}_{dated_on.isoformat()}.pdf"
