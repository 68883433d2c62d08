"""Page 2 of the plan, « En cas d'alerte »: with the cover, enough to start. Source: domain, sections 5 to 8."""

from __future__ import annotations

from datetime import date

from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.referents.chapter import reached, telephones
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.document.blocks import (
    BulletList,
    Chapter,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Span,
    Text,
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
    ("SAMU", "15"),
    ("sapeurs-pompiers", "18"),
    ("police, gendarmerie", "17"),
    ("urgence européenne", "112"),
    ("personnes sourdes ou malentendantes", "114"),
)
NOBODY = "Personne aujourd’hui"

THREE_FACTS = (
    "Trois faits se datent à part : le déclenchement d’un plan ORSAN, la demande faite à la CPTS, et la "
    "reconnaissance d’une crise sanitaire grave par une autorité. La CPTS ne reconnaît pas elle-même une crise."
)


def chapter(cpts: Cpts, today: date) -> Chapter:
    """Whom to call, where to meet, what to do in the first hour, and the numbers: one page."""
    return Chapter(
        key="alerte-immediate",
        title="En cas d’alerte",
        part=Part.ALERT,
        blocks=(
            Heading("Qui appeler", level=2),
            Facts((*_referents(cpts, today), *_institutions(cpts))),
            Heading("Où se réunir", level=2),
            Facts(crisis_cell.meeting_point(cpts)),
            Heading("La première heure", level=2),
            BulletList(tuple((Paragraph(plain(step)),) for step in FIRST_HOUR), ordered=True),
            Heading("Numéros d’urgence", level=2),
            Paragraph(_emergency_numbers()),
            Notice(plain(THREE_FACTS), tone=Tone.WARNING),
        ),
    )


def _emergency_numbers() -> Text:
    """« SAMU 15 · sapeurs-pompiers 18 », each number to be pressed."""
    spans: list[Span] = []
    for who, number in EMERGENCY_NUMBERS:
        between = " · " if spans else ""
        spans += [Span(f"{between}{who}\u00a0"), Span(number, bold=True, href=f"tel:{number}")]
    return tuple(spans)


def _referents(cpts: Cpts, today: date) -> tuple[Fact, ...]:
    on_duty = referents.on_duty(cpts, today)
    return tuple(
        Fact(
            f"Référent de crise, {rank.label.lower()}",
            reached(on_duty[rank].contact, after_name="\u00a0: ", between=" · ") if rank in on_duty else NOBODY,
        )
        for rank in Rank
    )


def _institutions(cpts: Cpts) -> tuple[Fact, ...]:
    """The ARS and the caisses, as the directory knows them."""
    found = directory.contacts(cpts, directory.Filters(kind=ContactKind.INSTITUTION))
    return tuple(Fact(contact.name, telephones(contact, between=" · ")) for contact in found if contact.phones)
