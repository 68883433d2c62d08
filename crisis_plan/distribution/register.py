"""The register of circulation, printed: who received a version, and what proves it."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication


def register_pdf(cpts: Cpts, publication: Publication, now: datetime) -> bytes:
    """The register of one version, as evidence: what is missing first, then each recipient by group."""
    raise NotImplementedError
