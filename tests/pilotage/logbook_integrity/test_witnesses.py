"""Rows cut off the end of an open log: the chain alone cannot tell, a printed number and seal can."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.logbook.witnesses import NoWitness, Witness, read_witness
from tests.pilotage.logbook_integrity.logs import ENTRIES, a_log, entry, forging, verify

SEAL = "0123456789abcdef" * 4


@pytest.fixture
def crisis(cpts: Cpts) -> Crisis:
    return a_log(cpts)


def test_what_was_cut_off_the_end_is_told_by_a_witness(app: Flask, crisis: Crisis) -> None:
    last = entry(crisis, ENTRIES)
    witness = f"{ENTRIES}:{last.seal}"
    asked = ("--crisis", str(crisis.id), "--expects", witness)
    assert verify(app, *asked).exit_code == 0
    with forging() as connection:
        table = LogbookEntry.__table__
        connection.execute(sa.delete(table).where(table.c.id == last.id))
    assert verify(app).exit_code == 0
    result = verify(app, *asked)
    assert result.exit_code == 1
    assert f"entrée n°\u00a0{ENTRIES}\u00a0: elle est attestée par le témoin" in result.output


def test_a_witness_of_any_entry_tells_a_log_written_anew(app: Flask, crisis: Crisis) -> None:
    asked = ("--crisis", str(crisis.id), "--expects")
    assert verify(app, *asked, f"3:{entry(crisis, 3).seal}", "--expects", f"5:{entry(crisis, 5).seal}").exit_code == 0
    result = verify(app, *asked, f"3:{SEAL}")
    assert result.exit_code == 1
    assert "entrée n°\u00a03\u00a0: son sceau n’est pas celui du témoin" in result.output


def test_a_witness_says_of_which_crisis_it_is(app: Flask, crisis: Crisis) -> None:
    assert "Dites de quelle crise" in verify(app, "--expects", f"3:{SEAL}").output
    assert "Un témoin s’écrit" in verify(app, "--crisis", str(crisis.id), "--expects", "3").output
    db.session.rollback()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (f"12:{SEAL}", Witness(Part.MAIN, 12, SEAL)),
        (f" annexe-2:{SEAL.upper()} ", Witness(Part.ANNEX, 2, SEAL)),
        ("12:0123 4567 89ab cdef", Witness(Part.MAIN, 12, "0123456789abcdef")),
    ],
)
def test_a_witness_is_read_as_it_was_printed(written: str, found: Witness) -> None:
    assert read_witness(written) == found


@pytest.mark.parametrize("written", ["", "12", f"0:{SEAL}", "12:0123", f"12:{SEAL}0", f"12:{SEAL[:-1]}g"])
def test_what_is_no_witness_is_refused(written: str) -> None:
    with pytest.raises(NoWitness):
        read_witness(written)
