"""What was said of one version, as its page shows it beside each section."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_plan.opinions import listing, queries, speakers
from crisis_plan.opinions.listing import Filters
from crisis_plan.opinions.rules import Standing
from crisis_plan.opinions.sections import sections

if TYPE_CHECKING:
    from crisis_plan.access.models import Account
    from crisis_plan.document.blocks import Document
    from crisis_plan.opinions.models import Opinion
    from crisis_plan.organisations.models import Cpts


@dataclass(frozen=True)
class Board:
    """The opinions on a version, the latest first."""

    opinions: Sequence[Opinion]
    own: Sequence[Opinion]
    """Those of the institutions that the reader speaks for, what waits first."""
    titles: Mapping[str, str]
    """How the version calls its sections, by their key."""

    def of_section(self, key: str) -> list[Opinion]:
        return [one for one in self.opinions if one.section_key == key]

    def waiting(self) -> int:
        """How many wait for the CPTS."""
        return sum(one.standing is Standing.OPEN for one in self.opinions)


def board_of(cpts: Cpts, publication_id: uuid.UUID, document: Document, *, reader: Account) -> Board:
    """What this reader sees of the opinions on this version."""
    known = queries.of_version(cpts, publication_id)
    mine = {institution.id for institution in speakers.institutions_of(reader, cpts)}
    own = [one for one in known if one.messages[0].institution_id in mine]
    titles = {one.key: one.title for one in sections(document)}
    return Board(known, listing.matching(own, Filters()), titles)
