"""« Le dossier » of a crisis: what one takes away for the hours without electricity or network."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from tests.browser import Browser
from tests.factories import NOON
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_pack.unzipped import words_of


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def sheets(content: bytes) -> str:
    """What the blank sheets of a pack say."""
    with ZipFile(io.BytesIO(content)) as files:
        (name,) = [one for one in files.namelist() if "feuilles-de-journal" in one]
        return words_of(files.read(name))


def test_the_pack_of_a_crisis_goes_on_with_its_log_by_hand(cell_member: Browser, cpts: Cpts) -> None:
    assert cell_member.account
    crisis = a_crisis(cpts, cell_member.account, mode=Mode.EXERCISE, title="Feu à Lussan")
    for number in range(3):
        append_entry(crisis, Written(EntryKind.INFORMATION, f"Nouvelle {number}"), by=cell_member.account, at=NOON)
    db.session.commit()
    links = cell_member.get("cpts.room.show", crisis_id=crisis.id).links()
    pack = cell_member.open(links["Kit de crise de cette crise (ZIP)"])
    said = sheets(pack.content)
    assert "Exercice n° 1 : Feu à Lussan" in said
    assert "N° 4 à 18" in said
    assert "EXERCICE" in said
    assert pack.response.headers["Content-Disposition"].split("filename=")[1].startswith("kit-de-crise_exercice-1_")


def test_the_folder_leads_to_the_handover_sheet(cell_member: Browser, cpts: Cpts) -> None:
    assert cell_member.account
    crisis = a_crisis(cpts, cell_member.account)
    db.session.commit()
    links = cell_member.get("cpts.room.show", crisis_id=crisis.id).links()
    assert cell_member.open(links["La feuille de relève"]).status == 200
