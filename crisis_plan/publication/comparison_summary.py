"""The tables of a comparison’s summary: how much changed in each chapter, and each change in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_plan.document.blocks import Column, Document, Part, Row, Table
from crisis_plan.document.comparison_reading import Changed
from crisis_plan.document.sections import Change, ChangeKind
from crisis_plan.yearly_update.signatures.chapter import REVIEWED

COUNTED = {ChangeKind.ADDED: "Ajouts", ChangeKind.REMOVED: "Retraits", ChangeKind.CHANGED: "Modifications"}
UNIT = (
    "Chaque ajout, retrait ou modification est compté\u00a0: un paragraphe, une ligne de tableau, un point de liste ou un intitulé\u00a0; "
    "un tableau, une liste ou un chapitre ajouté ou retiré en entier compte pour un."
)
"""What the table of counts counts."""


def counts(chapters: Sequence[Changed]) -> Table:
    headings = (
        Column("Chapitre", 4),
        *(Column(heading, 1, numeric=True) for heading in COUNTED.values()),
    )
    rows = (Row((one.chapter.title, *(str(one.count(kind)) for kind in COUNTED))) for one in chapters)
    return Table("Par chapitre", headings, tuple(rows))


def sentences(found: Sequence[Change]) -> Table:
    columns = (Column("Chapitre", 2.2), Column("Rubrique", 2.6), Column("Modification", 4.2))
    rows = (Row((change.place, change.heading, change.sentence)) for change in found)
    return Table("Une à une", columns, tuple(rows), empty="Seules des précisions de présentation ont changé.")


def lists_reviewed(document: Document) -> bool:
    """This version prints what was read again without a change."""
    said = (block for one in document.chapters if one.part is Part.CHANGES for block in one.blocks)
    return any(isinstance(block, Table) and block.caption == REVIEWED for block in said)
