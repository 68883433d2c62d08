"""The extract of the log at the end of the paper of a debrief: what is cited, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Block, Chapter, Fact, Facts, Heading, Paragraph, Part, plain
from crisis_plan.pilotage.logbook import rules
from crisis_plan.pilotage.logbook.paper import HOW_TO_CHECK, entries_table
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from crisis_plan.evaluation.room.material import Material
    from crisis_plan.pilotage.crises.models import Crisis

WHAT = (
    "Cet extrait ne donne que les entrées sur lesquelles le bilan s’appuie\u00a0: les faits datés, les décisions, ce qui a "
    "été marqué à revoir, ce que les constats citent, et ce qui les corrige. Le journal entier se lit dans l’application."
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
    yield entries_table(material.cpts, main)
    if late:
        yield Heading("Arrivé après la clôture", level=2)
        yield entries_table(material.cpts, late)
