"""What the yearly update asks of people among all that there is to do."""

from __future__ import annotations

from datetime import date

from crisis_plan.access.models import Account
from crisis_plan.due import Rank
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.deadlines import Due
from crisis_plan.publication.models import Publication
from crisis_plan.yearly_update.room import queries
from crisis_plan.yearly_update.room.sentences import update_asked
from tests.statements import counted_statements
from tests.yearly_update.factories import signed

DUE = Due(date(2027, 3, 3), "12 mois après la dernière publication")


def said(today: date, *, signed: int = 0) -> str:
    asked = update_asked(DUE, signed, "Version 2", today)
    return asked.sentence.replace("\u00a0", " ") if asked else ""


def test_it_is_silent_until_two_months_before() -> None:
    assert said(date(2027, 1, 2)) == ""


def test_it_says_by_when_why_and_how_much_is_signed() -> None:
    assert said(date(2027, 1, 3), signed=12) == (
        "Mise à jour annuelle, à publier avant le 3 mars 2027 (12 mois après la dernière publication) : "
        "12 éléments sont signés « revu sans changement » depuis la version 2."
    )


def test_a_late_one_says_so_and_that_nothing_is_signed() -> None:
    assert said(date(2027, 3, 4)) == (
        "Mise à jour annuelle, devait être publiée avant le 3 mars 2027 (12 mois après la dernière publication) : "
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


def test_asking_it_does_not_freeze_the_plan(cpts: Cpts, account: Account, base: Publication) -> None:
    signed(cpts, account, ["section:alerte"])
    with counted_statements() as sent:
        asked = queries.asked(cpts, date(2027, 11, 1))
    assert asked
    assert "1 élément est signé" in asked.sentence.replace("\u00a0", " ")
    assert len([one for one in sent if one.startswith("SELECT")]) <= 4


def test_before_a_first_version_nothing_is_asked(cpts: Cpts) -> None:
    assert queries.asked(cpts, date(2027, 11, 1)) is None
