"""The circulation list printed at the end of the plan: whom it is made for, in which edition."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind, is_authority
from crisis_plan.document.blocks import Block, Chapter, Column, Edition, Paragraph, Part, Row, Table, plain
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

INTRODUCTION = (
    "La version en vigueur se télécharge en ligne : une personne qui a un compte "
    "y trouve toujours la dernière. L’édition publique ne contient ni téléphone ou courriel privé, ni clés ou codes des lieux, "
    "ni emplacement du stock."
)
PRINTED = (ContactKind.INSTITUTION, ContactKind.ESTABLISHMENT, ContactKind.PARTNER)


def chapter(cpts: Cpts, today: date) -> Chapter:
    """ARS, caisses and members get the restricted edition, everyone else the public one (domain, section 12)."""
    return Chapter(key="annexe-diffusion", title="Liste de diffusion", part=Part.ANNEX, blocks=_blocks(cpts, today))


def _blocks(cpts: Cpts, today: date) -> tuple[Block, ...]:
    rows = [
        Row((service.name, kind.label, _edition(service).label), key=str(service.id))
        for kind in PRINTED
        for service in directory.contacts(cpts, directory.Filters(kind=kind))
    ]
    adherents = counted(directory.overview(cpts, today).by_kind[ContactKind.ADHERENT], "adhérent")
    members = Row((adherents, ContactKind.ADHERENT.label, Edition.RESTRICTED.label), key="adherents")
    columns = (Column("Destinataire", 3), Column("Nature", 1.5), Column("Édition", 1.5))
    return (Paragraph(plain(INTRODUCTION)), Table("Destinataires du plan", columns, (members, *rows)))


def _edition(service: Contact) -> Edition:
    return Edition.RESTRICTED if is_authority(service.kind, service.category) else Edition.PUBLIC
