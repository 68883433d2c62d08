"""The places that the fictional CPTS may open, as two years of meetings with the mairies found them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.places import operations
from crisis_plan.adaptation.places.descriptions import PlaceDescription
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.queries import Filters
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts

LONG_AGO = timedelta(days=420)
PLACES = (
    (
        PlaceDescription(
            name="Gymnase du Refuge",
            kind="Gymnase",
            address="Chemin de l’Exemple",
            postal_code="30700",
            commune="Uzès",
            capacity=250,
            capacity_note="6 boxes de vaccination, 120 places assises, 80 lits de camp",
            keys="Un trousseau à la police municipale, un autre chez le gardien. Alarme à couper en entrant.",
            access="De plain-pied, 60 places de stationnement, ambulance par la porte nord.",
            power="Prise pour groupe électrogène, côté vestiaires.",
            network="Fibre de la ville, wifi au premier étage.",
            crisis_types=(CrisisType.INJURED, CrisisType.INFECTIOUS, CrisisType.CARE_DISRUPTED),
        ),
        "mairie uzes",
        timedelta(days=40),
    ),
    (
        PlaceDescription(
            name="Maison de santé de Remoulins",
            kind="Maison de santé",
            address="12 avenue de l’Exemple",
            postal_code="30210",
            commune="Remoulins",
            capacity=40,
            capacity_note="4 cabinets, 1 salle de soins, 20 places assises",
            keys="Clé au secrétariat, code donné par le référent de crise hors ouverture.",
            access="De plain-pied, stationnement réservé aux ambulances devant la porte.",
            power="Onduleur pour le réfrigérateur des vaccins, 2 heures.",
            network="Fibre, messagerie sécurisée de santé.",
            crisis_types=(CrisisType.ILL, CrisisType.INFECTIOUS, CrisisType.CARE_DISRUPTED),
        ),
        "mairie remoulins",
        timedelta(days=95),
    ),
    (
        PlaceDescription(
            name="Foyer communal",
            kind="Foyer communal",
            address="3 rue de l’Exemple",
            postal_code="30700",
            commune="Saint-Quentin-la-Poterie",
            capacity=120,
            capacity_note="Cuisine, 80 places assises",
            keys="À la mairie, élu d’astreinte.",
            access="Deux marches, rampe à poser.",
            power="Chauffage et climatisation électriques, sans secours.",
            network="Mobile correct, pas d’internet.",
            crisis_types=(CrisisType.ILL, CrisisType.INJURED),
        ),
        "mairie saint quentin",
        timedelta(days=210),
    ),
    (
        PlaceDescription(
            name="Salle des fêtes",
            kind="Salle des fêtes",
            address="Place de l’Exemple",
            postal_code="30190",
            commune="Saint-Chaptes",
            capacity=180,
            capacity_note="150 places assises",
            keys="Boîte à clés à l’entrée, code à la mairie.",
            access="De plain-pied, grand parking.",
            network="Mobile seulement.",
            crisis_types=(CrisisType.ILL, CrisisType.CARE_DISRUPTED),
        ),
        "mairie saint chaptes",
        LONG_AGO,
    ),
    (
        PlaceDescription(
            name="Parking du stade",
            kind="Parking",
            address="Route de l’Exemple",
            postal_code="30210",
            commune="Vers-Pont-du-Gard",
            capacity_note="Poste de décontamination ou dépistage en voiture, deux files",
            access="Deux entrées, sens unique possible.",
            power="Coffret forain, 32 ampères.",
            crisis_types=(CrisisType.NRC, CrisisType.INFECTIOUS),
            note="À revoir avec les pompiers\u00a0: évacuation des eaux.",
        ),
        "",
        None,
    ),
)
"""Each with the words that find whom to ask, and how long ago somebody checked it."""


def tell_places(cpts: Cpts, people: People, *, today: date) -> None:
    """Five places: three checked this year, one long ago, one never."""
    at = datetime.combine(today - timedelta(days=30), time(9, 30), tzinfo=ZoneInfo("Europe/Paris"))
    for described, words, since in PLACES:
        values = vars(described) | {
            "contact_id": _whom_to_ask(cpts, words),
            "checked_on": today - since if since else None,
        }
        operations.add(cpts, PlaceDescription(**values), today=today, by=people.coordinator, at=at)


def _whom_to_ask(cpts: Cpts, words: str) -> UUID | None:
    """The first contact with a telephone that answers to the words."""
    found = directory.contacts(cpts, Filters(q=words)) if words else ()
    return next((contact.id for contact in found if contact.phones), None)
