"""What the yearly update asks of people, in a sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.due import Due as Asked
from crisis_plan.due import Rank
from crisis_plan.web.formats import counted, long_date

if TYPE_CHECKING:
    from crisis_plan.publication.deadlines import Due


def update_asked(due: Due, signed: int, base: str, today: date) -> Asked | None:
    """The update to publish, from two months before its day on; how many things are signed tells how far it is.

    How many are left to read again is for the room to say: whoever counts them compares the whole plan.
    """
    if not due.is_near(today):
        return None
    verb = "devait être publiée au plus tard le" if due.is_past(today) else "à publier au plus tard le"
    one, several = "élément est signé", "éléments sont signés"
    told = (
        f"{counted(signed, one, several)} «\u00a0revu sans changement\u00a0»" if signed else "rien n’est encore signé"
    )
    sentence = (
        f"Mise à jour annuelle, {verb} {long_date(due.on)} ({due.reason})\u00a0: {told} depuis la {base.lower()}."
    )
    return Asked(
        sentence,
        "Ouvrir la mise à jour",
        "cpts.yearly_update.show",
        due_on=due.on,
        rank=Rank.BLOCKS_PUBLICATION,
    )
