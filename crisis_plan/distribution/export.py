"""The register of one version as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from crisis_plan.distribution.proofs import handings
from crisis_plan.distribution.rules import EventKind
from crisis_plan.web.formats import moment, short_date

if TYPE_CHECKING:
    from crisis_plan.distribution.listing import Line
    from crisis_plan.distribution.models import DeliveryEvent
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
    *(
        "Accusé de réception le",
        "Par",
        "Relancé le",
        "Lien retiré le",
        "Inscrit par",
        "Feuilles ou reçus",
        "Remises retirées",
    ),
)


def rows(lines: Iterable[Line], cpts: Cpts) -> Iterator[tuple[object, ...]]:
    """A line a recipient, under `HEADINGS`: names, as evidence needs them, and no private e-mail or telephone."""
    for line in lines:
        trace, delivery = line.trace, line.delivery
        yield (
            *(line.group.label, line.name, line.organisation, line.edition.label, line.state.label),
            " ; ".join(channels(line)),
            *(moment(trace.left_at, cpts), short_date(trace.handed_on), " ".join(opened(line, cpts))),
            *(moment(trace.acknowledged_at, cpts), trace.acknowledged_by, moment(trace.reminded_at, cpts)),
            moment(delivery.revoked_at, cpts) if delivery else "",
            delivery.created_by_name if delivery else "",
            " ; ".join(sheets(line)),
            " ; ".join(withdrawn(line)),
        )


def channels(line: Line) -> list[str]:
    """The ways by which they were given it, each once; the edition of copies that are not in the one of their link."""
    events = line.delivery.events if line.delivery else []
    counted = (*(one for one in events if one.kind is EventKind.SENT), *handings(events))
    return list(dict.fromkeys(_channel(line, one) for one in counted if one.channel))


def opened(line: Line, cpts: Cpts) -> list[str]:
    """When, and by the link of which other version."""
    by_link = f"par le lien de la {line.opened_by_link_of}" if line.opened_by_link_of else ""
    return [said for said in (moment(line.trace.opened_at, cpts), by_link) if said]


def withdrawn(line: Line) -> list[str]:
    """The handings that were noted by mistake, each with the reason."""
    events = line.delivery.events if line.delivery else []
    noted = {one.id: one.handed_on for one in events if one.kind is EventKind.HANDED}
    return [
        f"Remise du {short_date(noted[one.withdraws_id])} retirée\u00a0: {one.note}"
        for one in events
        if one.withdraws_id
    ]


def _channel(line: Line, event: DeliveryEvent) -> str:
    said = event.channel.label if event.channel else ""
    is_other = event.kind is EventKind.HANDED and event.edition and event.edition is not line.edition
    return f"{said} ({event.edition.label.lower()})" if is_other and event.edition else said


def sheets(line: Line) -> list[str]:
    """The documents that prove it, by name."""
    events = handings(line.delivery.events if line.delivery else [])
    return list(dict.fromkeys(one.document.file_name for one in events if one.document))
