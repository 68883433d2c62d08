"""Page 2 of the plan, « En cas d'alerte »: with the cover, enough to start. Source: domain, sections 5 to 8."""

from __future__ import annotations

from datetime import date

from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents import chapter as referents
from crisis_plan.anticipation.referents.chapter import telephones
from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Chapter,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Tone,
    plain,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import chapter as crisis_cell

FIRST_HOUR = (
    "Noter l’heure, qui appelle, un numéro de rappel vérifié, et ce qui est demandé à la CPTS, jusqu’à quand.",
    "Joindre le référent de crise ou son suppléant : l’un des deux décide de l’activation et du niveau.",
    "Ouvrir le journal de bord et nommer qui le tient ; figer le plan, l’annuaire et le stock.",
    "Réunir la cellule au lieu prévu, pourvoir les fonctions, dire les manques.",
    "Protéger les professionnels : équipement, accès, zones à ne pas approcher.",
    "Envoyer le premier message aux adhérents.",
    "Confirmer le contact avec l’ARS, le SAMU, les mairies, l’hôpital, les EHPAD et les pharmacies.",
    "Fixer l’heure du prochain point de situation.",
)

EMERGENCY_NUMBERS = (
    ("SAMU – aide médicale urgente", "15"),
    ("Sapeurs-pompiers", "18"),
    ("Police, gendarmerie", "17"),
    ("Numéro d’urgence européen", "112"),
    ("Personnes sourdes ou malentendantes", "114"),
)

THREE_FACTS = (
    "Trois faits se datent à part : le déclenchement d’un plan ORSAN, la demande faite à la CPTS, et la "
    "reconnaissance d’une crise sanitaire grave par une autorité. La CPTS ne reconnaît pas elle-même une crise."
)


def chapter(cpts: Cpts, today: date) -> Chapter:
    """Whom to call, where to meet, what to do in the first hour, and the numbers."""
    return Chapter(
        key="alerte-immediate",
        title="En cas d’alerte",
        part=Part.ALERT,
        blocks=(
            Heading("Qui appeler", level=2),
            *referents.summary(cpts, today),
            Heading("Où se réunir", level=2),
            *crisis_cell.place(cpts),
            Heading("La première heure", level=2),
            BulletList(tuple((Paragraph(plain(step)),) for step in FIRST_HOUR), ordered=True),
            Heading("Numéros utiles", level=2),
            Facts(tuple(Fact(label, number) for label, number in EMERGENCY_NUMBERS)),
            *_institutions(cpts),
            Notice(plain(THREE_FACTS), tone=Tone.WARNING),
        ),
    )


def _institutions(cpts: Cpts) -> tuple[Block, ...]:
    """The ARS and the caisses, as the directory knows them."""
    found = directory.contacts(cpts, directory.Filters(kind=ContactKind.INSTITUTION))
    facts = tuple(Fact(contact.name, telephones([contact])) for contact in found if contact.phones)
    return (Facts(facts),) if facts else ()
