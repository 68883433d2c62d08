"""Two published versions compared, from their frozen contents only: the page, and the file that proves an update."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Edition

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication


def comparison_pdf(old: Publication, new: Publication, edition: Edition) -> bytes:
    """« Document consolidé faisant apparaître les modifications »: the same two versions give the same bytes."""
    raise NotImplementedError


def comparison_file_name(old: Publication, new: Publication, edition: Edition) -> str:
    """`plan-crise_<cpts>_v3-comparee-v2.pdf`."""
    suffix = "_publique" if edition is Edition.PUBLIC else ""
    return f"plan-crise_{new.cpts.slug}_v{new.number}-comparee-v{old.number}{suffix}.pdf"
