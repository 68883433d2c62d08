"""What the yearly update asks of people among all that there is to do."""

from __future__ import annotations

from datetime import date

from crisis_plan.due import Rank
from crisis_plan.publication.deadlines import Due
from crisis_plan.yearly_update.room.sentences import update_asked

DUE = Due(date(2027, 3, 3), "12 mois après la dernière publication")


def said(today: date, *, signed: int = 0) -> str:
    asked = update_asked(DUE, signed, "Version 2", today)
    return asked.sentence.replace("\u00a0", " ") if asked else ""


def test_it_is_silent_until_two_months_before() -> None:
    assert said(date(2027, 1, 2)) == ""


def test_it_says_by_when_why_and_how_much_is_signed() -> None:
    assert said(date(2027, 1, 3), signed=12) == (
        "Mise à jour annuelle, à publier au plus tard le 3 mars 2027 (12 mois après la dernière publication) : "
        "12 éléments sont signés « revu sans changement » depuis la version 2."
    )


def test_a_late_one_says_so_and_that_nothing_is_signed() -> None:
    assert said(date(2027, 3, 4)) == (
        "Mise à jour annuelle, devait être publiée au plus tard le 3 mars 2027 (12 mois après la dernière publication) : "
        "rien n’est encore signé depuis la version 2."
    )


def test_it_leads_to_the_room_by_its_day() -> None:
    asked = update_asked(DUE, 1, "Version 2", DUE.on)
    assert asked
    assert (asked.endpoint, asked.due_on, asked.rank) == (
        "cpts.yearly_update.show",
        date(2027, 3, 3),
        Rank.BLOCKS_PUBLICATION,
    )
