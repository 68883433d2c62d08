"""Someone written down twice in the fictional directory, and someone who asked not to be in it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crisis_plan.anticipation.directory import departures
from crisis_plan.anticipation.directory import operations as directory
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts

TWICE = (
    ContactDraft(
        kind=ContactKind.PARTNER,
        family_name="Vidal-Fournier",
        given_name="Maëlle",
        function="Infirmière coordinatrice de la plateforme de répit",
        places=(PlaceDraft(structure="Plateforme de répit", postal_code="30700", commune="Uzès"),),
        phones=(PhoneDraft("+33465710088"),),
    ),
    ContactDraft(
        kind=ContactKind.PARTNER,
        family_name="Vidal-Fournier",
        given_name="Maelle",
        function="Infirmière coordinatrice",
        places=(PlaceDraft(postal_code="30700", commune="UZES"),),
        phones=(PhoneDraft("+33639985588", is_private=True),),
        emails=(EmailDraft("maelle.vidal-fournier@exemple.fr"),),
        availability="En semaine, de 8 h à 18 h",
    ),
)
GONE = ContactDraft(
    kind=ContactKind.PARTNER,
    family_name="Delcasse",
    given_name="Régis",
    function="Ancien bénévole",
    places=(PlaceDraft(postal_code="30210", commune="Remoulins"),),
)


def tell_rights(cpts: Cpts, people: People, *, today: date) -> None:
    """A possible duplicate to merge, and one opposition."""
    at = datetime.combine(today - timedelta(days=6), time(9, 30), tzinfo=ZoneInfo("Europe/Paris"))
    for draft in TWICE:
        directory.add(cpts, draft, by=people.coordinator, at=at)
    gone = directory.add(cpts, GONE, by=people.coordinator, at=at)
    departures.oppose(gone, today=at.date(), by=people.coordinator, at=at + timedelta(days=2))
