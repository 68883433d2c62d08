"""The ORSAN matrix as the plan prints it, in words: it reads the same in black and white."""

from __future__ import annotations

from datetime import date

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Fact,
    Facts,
    Notice,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    plain,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import INFERENCE, SOURCE, NeighbourKind, OrsanPlan, Provision
from crisis_plan.orsan.matrix import queries
from crisis_plan.orsan.matrix.gaps import NOT_CHOSEN, Gap
from crisis_plan.orsan.matrix.queries import Reading
from crisis_plan.orsan.matrix.rules import Cell as MatrixCell
from crisis_plan.orsan.matrix.rules import CellState, Matrix
from crisis_plan.orsan.neighbours import chapter as neighbours
from crisis_plan.web.formats import counted, short_date

TYPE = Column("Type de crise", 1.8)
PLAN_COLUMNS = (TYPE, *(Column(plan.label) for plan in OrsanPlan))
KIND_COLUMNS = (
    Column("Plans voisins", 1.8),
    *(Column(f"Type\u00a0{one.number}", 0.9) for one in CrisisType),
)
LEGEND = "\u00a0; ".join(f"{state.mark} {state.label}\u00a0: {state.meaning}" for state in CellState)
ENGAGES_NOBODY = "Le déclenchement d’un plan ORSAN par l’ARS n’engage pas, à lui seul, la CPTS."
"""Short on paper: who triggers, and how, is for the text of the section to say."""
NONE = CellState.NONE.mark


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """The two matrices, what is missing, the provisions, then every neighbouring plan."""
    reading = queries.reading(cpts)
    return (
        Paragraph(plain(f"{ENGAGES_NOBODY} {INFERENCE}")),
        *_reviewed(reading),
        _plans(reading.matrix),
        Paragraph(plain(f"{LEGEND}. F1, F2…\u00a0: le numéro de la fiche action. {SOURCE}")),
        _kinds(reading.matrix),
        *_missing(reading.gaps),
        *_provisions(reading),
        *neighbours.blocks(cpts, today),
    )


def _reviewed(reading: Reading) -> tuple[Block, ...]:
    if reading.stored is None:
        return (Notice(plain(NOT_CHOSEN), Tone.WARNING),)
    return (Facts((Fact("Liens relus par la CPTS le", short_date(reading.stored.reviewed_on)),)),)


def _plans(matrix: Matrix) -> Table:
    rows = (Row((_type(matrix, one), *(_cell(cell) for cell in matrix.row(one))), key=one.value) for one in CrisisType)
    return Table("Types de crise et plans ORSAN", PLAN_COLUMNS, tuple(rows), whole=True)


def _type(matrix: Matrix, one: CrisisType) -> Cell:
    """The type; where it has no plan, why."""
    named = Span(f"{one.number}. {one.label}", bold=True)
    if matrix.is_linked(one):
        return (named,)
    return (named, Span(f"\n{matrix.reasons.get(one) or '▲ Ni plan ORSAN, ni raison'}"))


def _cell(cell: MatrixCell) -> Cell:
    """The state in a word, the cards, the neighbouring plans."""
    if cell.is_empty:
        return NONE
    near = counted(len(cell.neighbours), "plan voisin", "plans voisins") if cell.neighbours else ""
    lacking = "▲ Sans plan voisin" if cell.lacks_neighbour else ""
    told = "\n".join(line for line in (cell.codes, near, lacking) if line)
    return (Span(f"{cell.state.mark} {cell.state.label}", bold=True), *((Span(f"\n{told}"),) if told else ()))


def _kinds(matrix: Matrix) -> Table:
    """Kinds in lines here: ten columns would not be read on paper."""
    rows = (
        Row((_kind(matrix, kind), *(_serving(matrix, one, kind) for one in CrisisType)), key=kind.value)
        for kind in matrix.kinds
    )
    return Table("Plans voisins et types de crise", KIND_COLUMNS, tuple(rows), whole=True)


def _kind(matrix: Matrix, kind: NeighbourKind) -> Cell:
    if matrix.is_known(kind):
        return kind.label
    return (Span(kind.label), Span(f"\n▲ {kind.none_known}", bold=True))


def _serving(matrix: Matrix, one: CrisisType, kind: NeighbourKind) -> str:
    found = matrix.serving(one, kind)
    return counted(len(found), "plan") if found else NONE


def _missing(gaps: list[Gap]) -> tuple[Block, ...]:
    """What is missing, said and then listed."""
    if not gaps:
        return ()
    one, several = "manque est signalé", "manques sont signalés"
    said = Notice(plain(f"{counted(len(gaps), one, several)} ci-dessous."), Tone.WARNING, "Ce qui manque")
    return (said, BulletList(tuple((Paragraph(plain(gap.sentence)),) for gap in gaps)))


def _provisions(reading: Reading) -> tuple[Block, ...]:
    told = reading.stance.provisions
    rows = tuple(Row((one.label, told.get(one, "Non renseigné")), key=one.value) for one in Provision)
    columns = (Column("Disposition transversale", 1), Column("Ce que la CPTS peut apporter", 2.4))
    return (Table("Dispositions transversales d’ORSAN", columns, rows),)
