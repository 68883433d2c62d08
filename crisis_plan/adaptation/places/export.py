"""The places as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.adaptation.places.models import Place
from crisis_plan.web.formats import short_date, telephone

HEADINGS = (
    *("Nom", "Nature", "Adresse", "Code postal", "Commune", "Capacité", "Aménagement possible", "Types de crise"),
    *("Accès", "Clés et codes (ne pas diffuser)", "Électricité", "Réseau"),
    *("Qui demander", "Téléphones", "Vérifié le", "Remarque"),
)


def rows(places: Iterable[Place]) -> Iterator[tuple[object, ...]]:
    """A line a place, under `HEADINGS`."""
    for place in places:
        phones = place.contact.phones_direct_first if place.contact else []
        yield (
            *(place.name, place.kind, place.address, place.postal_code, place.commune),
            *(place.capacity, place.capacity_note),
            " / ".join(one.label for one in crisis_types(place.crisis_types)),
            *(place.access, place.keys, place.power, place.network),
            place.contact.name if place.contact else "",
            " / ".join(telephone(phone.number) for phone in phones),
            short_date(place.checked_on),
            place.note,
        )
