"""How the fictional CPTS speaks in a crisis: its channels, and the proposed messages, nearly all read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.queries import Filters
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.communication import channel_operations, operations
from crisis_plan.pilotage.communication.descriptions import ChannelDescription, ModelDescription
from crisis_plan.pilotage.communication.rules import ChannelKind, Moment

MEETING = "Rencontre à 8 h et à 18 h à la maison de santé de Remoulins."
CHANNELS = (
    (
        ChannelDescription(
            ChannelKind.EMAIL,
            "Liste de tous les adhérents",
            "Adhérents",
            held_by="Secrétariat de la CPTS",
            fallback="Cascade d’appels, puis affichage à la maison de santé.",
        ),
        "",
    ),
    (
        ChannelDescription(
            ChannelKind.SMS,
            "SMS groupés",
            "Cellule de crise et adhérents",
            held_by="Communication interne de la cellule",
            fallback=MEETING,
        ),
        "",
    ),
    (
        ChannelDescription(
            ChannelKind.CHAT, "Groupe des infirmiers", "Infirmiers de tout le territoire", fallback=MEETING
        ),
        "infirmier uzes",
    ),
    (
        ChannelDescription(
            ChannelKind.TELEPHONE,
            "Astreinte des mairies",
            "Maires et services des communes",
            held_by="Liaison de la cellule",
            fallback="Un messager, par la police municipale.",
        ),
        "mairie uzes",
    ),
    (
        ChannelDescription(
            ChannelKind.POSTER,
            "Affiches des cabinets et des pharmacies",
            "Population, et ceux que les écrans ne touchent pas",
            held_by="Chaque cabinet, sur envoi du secrétariat",
        ),
        "",
    ),
    (
        ChannelDescription(
            ChannelKind.WEB,
            "Page de la CPTS, sites des mairies",
            "Population",
            held_by="Secrétariat de la CPTS",
            fallback="Affiches.",
        ),
        "",
    ),
    (
        ChannelDescription(
            ChannelKind.PRESS,
            "Radio et journal locaux",
            "Population, presse",
            held_by="Porte-parole, et personne d’autre",
        ),
        "",
    ),
)
"""Each with the words that find who holds it; the last one still without fallback: the page shows the gap."""
UNREAD = frozenset({"nrc", "relief"})
"""Two messages that wait for the meeting of those who will send them."""
OWN = ModelDescription(
    "Fumées d’incendie\u00a0: affiche pour les cabinets",
    Moment.PUBLIC,
    (CrisisType.INJURED, CrisisType.ILL),
    audience_words="Patients des cabinets et des pharmacies, campings compris",
    subject="Affiche à imprimer\u00a0: fumées",
    email_text=(
        "FUMÉES D’INCENDIE\n\n"
        "Ce que demande la préfecture\u00a0: [consigne officielle, mot pour mot, et sa date].\n\n"
        "Appelez avant de venir. Vous respirez mal, vous avez mal à la poitrine\u00a0? Appelez le 15.\n\n"
        "Cabinets et pharmacies ouverts\u00a0: [liste].\n\nAffiché à {heure} par {cpts}."
    ),
)
TO_NURSES = ModelDescription(
    "Renfort d’infirmiers pour les tournées",
    Moment.RELIEF,
    (CrisisType.ILL, CrisisType.CARE_DISRUPTED),
    Choice(Audience.PROFESSION, "Infirmier"),
    short_text=(
        "{cpts}\u00a0: {titre}. Des tournées sont à reprendre autour de [commune]. Combien de passages pouvez-vous ajouter, "
        "de [heure] à [heure]\u00a0? {telephone}"
    ),
)


def tell_communication(cpts: Cpts, people: People, *, today: date) -> None:
    """Seven channels, the proposed messages taken then read again, and two messages of their own."""
    at = datetime.combine(today - timedelta(days=20), time(12, 30), tzinfo=ZoneInfo("Europe/Paris"))
    for described, words in CHANNELS:
        holder = _holder(cpts, words)
        channel_operations.add_channel(cpts, replace(described, contact_id=holder), by=people.coordinator, at=at)
    read_at = at + timedelta(days=9)
    for model in operations.take_proposed(cpts, by=people.coordinator, at=at):
        if model.proposal not in UNREAD:
            operations.say_reread(
                model, seen_version=model.version, today=read_at.date(), by=people.referent, at=read_at
            )
    for own in (OWN, TO_NURSES):
        operations.add(cpts, own, today=read_at.date(), by=people.coordinator, at=read_at)


def _holder(cpts: Cpts, words: str) -> UUID | None:
    """The first contact with a telephone that answers to the words."""
    found = directory.contacts(cpts, Filters(q=words)) if words else ()
    return next((contact.id for contact in found if contact.phones), None)
