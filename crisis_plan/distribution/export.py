"""The register of one version as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from crisis_plan.distribution.rules import EventKind
from crisis_plan.web.formats import moment, short_date

if TYPE_CHECKING:
    from crisis_plan.distribution.listing import Line
    from crisis_plan.organisations.models import Cpts

HEADINGS = (
    *(
        "Groupe",
        "Destinataire",
        "Structure",
        "Édition",
        "État",
        "Comment",
        "Courriel parti le",
        "Remis le",
        "Ouvert le",
    ),
    *("Accusé de réception le", "Par", "Relancé le", "Lien retiré le", "Inscrit par", "Feuilles ou reçus"),
)


def rows(lines: Iterable[Line], cpts: Cpts) -> Iterator[tuple[object, ...]]:
    """A line a recipient, under `HEADINGS`: names, as evidence needs them, and no private e-mail or telephone."""
    for line in lines:
        trace, delivery = line.trace, line.delivery
        yield (
            *(line.group.label, line.name, line.organisation, line.edition.label, line.state.label),
            " ; ".join(channels(line)),
            *(moment(trace.left_at, cpts), short_date(trace.handed_on), moment(trace.opened_at, cpts)),
            *(moment(trace.acknowledged_at, cpts), trace.acknowledged_by, moment(trace.reminded_at, cpts)),
            moment(delivery.revoked_at, cpts) if delivery else "",
            delivery.created_by_name if delivery else "",
            " ; ".join(sheets(line)),
        )


def channels(line: Line) -> list[str]:
    """The ways by which they were given it, each once."""
    kinds = (EventKind.SENT, EventKind.HANDED)
    events = line.delivery.events if line.delivery else []
    return list(dict.fromkeys(one.channel.label for one in events if one.kind in kinds and one.channel))


def sheets(line: Line) -> list[str]:
    """The documents that prove it, by name."""
    events = line.delivery.events if line.delivery else []
    return list(dict.fromkeys(one.document.file_name for one in events if one.document))
