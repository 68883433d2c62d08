"""The extract of the log at the end of the paper of a debrief: what is cited, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Row,
    Span,
    Table,
    plain,
)
from crisis_plan.pilotage.logbook import rules
from crisis_plan.pilotage.logbook.paper import HOW_TO_CHECK
from crisis_plan.pilotage.logbook.wording import between_whom, sentences
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from crisis_plan.evaluation.room.material import Material
    from crisis_plan.pilotage.crises.models import Crisis
    from crisis_plan.pilotage.logbook.models import LogbookEntry

WHAT = (
    "Cet extrait ne donne que les entrées sur lesquelles le bilan s’appuie\u00a0: les faits datés, les décisions, ce qui a "
    "été marqué à revoir, ce que les constats citent, et ce qui les corrige. Le journal entier se lit dans l’application."
)
MINUTE = timedelta(minutes=1)
COLUMNS = (
    Column("N°", 0.4, numeric=True),
    Column("Ce qui est noté", 7.6),
)


def extract_chapter(material: Material, crisis: Crisis) -> Chapter:
    """Only in the restricted edition: what was noted names people."""
    return Chapter(
        "extrait",
        f"Extrait du journal\u00a0: {crisis.name}",
        tuple(_blocks(material, crisis)),
        Part.ANNEX,
        restricted=True,
    )


def _blocks(material: Material, crisis: Crisis) -> Iterable[Block]:
    entries, annex = material.entries, material.annex
    main, late = material.extract(rules.Part.MAIN), material.extract(rules.Part.ANNEX)
    yield Paragraph(plain(WHAT))
    yield Facts(
        (
            Fact("Entrées citées", f"{len(main) + len(late)} sur {counted(len(entries) + len(annex), 'entrée')}"),
            Fact("Dernière entrée", entries[-1].name if entries else "aucune"),
            Fact("Son sceau", entries[-1].seal if entries else "aucun"),
            *(
                (Fact("Dernière entrée de l’annexe", annex[-1].name), Fact("Son sceau", annex[-1].seal))
                if annex
                else ()
            ),
            Fact("Identifiant de la crise", str(crisis.id)),
        )
    )
    yield Paragraph(plain(HOW_TO_CHECK))
    yield _table(material, main)
    if late:
        yield Heading("Arrivé après la clôture", level=3)
        yield _table(material, late)


def _table(material: Material, entries: Sequence[LogbookEntry]) -> Table:
    rows = (Row((str(one.number), _said(material, one)), key=f"{one.part}-{one.number}") for one in entries)
    return Table("", COLUMNS, tuple(rows), empty="Rien n’a été noté.")


def _when(material: Material, one: LogbookEntry) -> str:
    """When it happened, then when it was noted, where that is a minute later or more."""

    happened = clock.local(one.happened_at, material.cpts)

    def hour(name: str, at: datetime) -> str:
        local = clock.local(at, material.cpts)
        return f"{name} {local:%H:%M}" if local.date() == happened.date() else f"{name} {local:%d/%m/%y %H:%M}"

    noted = hour("noté", one.entered_at) if one.entered_at - one.happened_at >= MINUTE else ""
    device = hour("appareil", one.device_at) if one.device_at else ""
    return ", ".join(filter(None, (f"{happened:%d/%m/%y %H:%M}", noted, device)))


def _said(material: Material, one: LogbookEntry) -> Cell:
    """When, its kind, from whom to whom and by whom; then all that it says, running on."""
    whom = between_whom(one).replace("\n", ", ")
    head = ", ".join(filter(None, (_when(material, one), one.kind.label, whom, f"par {one.author_name}")))
    corrections = material.corrections_of(one)
    said = sentences(one, corrections[0].number if corrections else None)
    return (Span(head, bold=True), Span("\n" + " – ".join(said)))
