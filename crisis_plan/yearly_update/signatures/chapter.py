"""What a version prints of its yearly update: what was read again without a change, and how much nobody read again."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_plan.document.blocks import Block, Column, Paragraph, Row, Table, plain
from crisis_plan.web.formats import counted, short_date
from crisis_plan.yearly_update.signatures.rules import Line, ThingState, of_state

REVIEWED = "Revu sans changement"
THING = Column("Élément", 3)
KIND = Column("Nature", 1.2)
ON = Column("Le", 0.9)
BY = Column("Signé par", 1.6, restricted=True)
"""People of the CPTS: of no concern to the public, who read the date."""
NOTE = Column("Note", 2, restricted=True)


def reviewed(lines: Sequence[Line], since: str) -> tuple[Block, ...]:
    """The signed list, then how many things were neither changed nor read again since that version; nothing before one."""
    signed = of_state(lines, ThingState.SIGNED)
    left = len(of_state(lines, ThingState.TO_DO))
    has_notes = any(line.signed.note for line in signed if line.signed)
    columns = (THING, KIND, ON, BY, *((NOTE,) if has_notes else ()))
    table = Table(REVIEWED, columns, tuple(_row(line) for line in signed))
    return (*((table,) if signed else ()), *((Paragraph(plain(left_over(left, since))),) if left else ()))


def left_over(count: int, since: str) -> str:
    """« 12 éléments n’ont été ni modifiés ni revus depuis la version 2. »."""
    one, several = "élément n’a été ni modifié ni revu", "éléments n’ont été ni modifiés ni revus"
    return f"{counted(count, one, several)} depuis la {since}."


def _row(line: Line) -> Row:
    thing, signed = line.thing, line.signed
    said = (short_date(signed.on), signed.by, signed.note) if signed else ("", "", "")
    return Row((thing.label, thing.kind.label, *said), key=line.name)
