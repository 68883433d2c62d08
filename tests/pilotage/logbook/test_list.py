"""Reading the log: pages, filters, search, corrections, erasures."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import by_hand
from crisis_plan.pilotage.logbook.models import EntryErasure, LogbookEntry
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.web.attachments import Attachment
from tests.browser import Browser, Page
from tests.factories import NOON, member
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.logbook.factories import an_entry
from tests.statements import MOST_OF_A_PAGE, counted_statements


def numbers(page: Page) -> list[int]:
    return [int(str(one["id"]).removeprefix("entree-")) for one in page.html.select("#entrees > li")]


@pytest.fixture
def told(crisis: Crisis, author: Account, cpts: Cpts) -> Crisis:
    """A log of five entries: one an hour, by two people."""
    other = member(cpts, Role.CELL_MEMBER)
    other.name = "Bob Petit"
    note = Attachment("note.pdf", "application/pdf", b"%PDF-1.4 %%EOF")
    an_entry(crisis, author, "L’alerte de l’ARS est reçue", at=NOON, kind=EntryKind.ALERT, attachments=(note,))
    an_entry(crisis, author, "Ouvrir le gymnase d’Uzès", at=NOON + timedelta(hours=1), kind=EntryKind.DECISION)
    an_entry(
        crisis, other, "12 lits montés", at=NOON + timedelta(hours=2), happened_at=NOON + timedelta(minutes=30),
        late_reason="feuille retrouvée", origin="Mairie d’Uzès",
    )  # fmt: skip
    late_but_said = {"quote": '"late_reason":"" et "attachments":[]'}
    an_entry(crisis, other, "Relève de 15 h", at=NOON + timedelta(hours=3), kind=EntryKind.DUTY, **late_but_said)
    an_entry(crisis, author, "14 lits montés", at=NOON + timedelta(hours=4), corrects=3, kind=EntryKind.CORRECTION)
    by_hand.mark(found(crisis, 2), note="Trop tard ?", by=author, at=NOON)
    db.session.commit()
    return crisis


def found(crisis: Crisis, number: int) -> LogbookEntry:
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.number == number)
    return db.session.scalars(query).one()


def local(cpts: Cpts, at: datetime) -> str:
    return f"{clock.local(at, cpts):%H:%M}"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, [5, 4, 3, 2, 1]),
        ({"nature": "decision"}, [2]),
        ({"nature": "inconnue"}, [5, 4, 3, 2, 1]),
        ({"decisions": "1"}, [2]),
        ({"a-revoir": "1"}, [2]),
        ({"tardives": "1"}, [3]),
        ({"documents": "1"}, [1]),
        ({"q": "lits MONTES"}, [5, 3]),
        ({"q": "uzes mairie"}, [3]),
        ({"q": "100 %"}, []),
        ({"du": "2026-11-22", "du-heure": "14:00", "au": "2026-11-22", "au-heure": "15:00"}, [2]),
        ({"du": "2026-11-23"}, []),
        ({"au": "pas un jour"}, [5, 4, 3, 2, 1]),
        ({"decisions": "1", "tardives": "1"}, []),
    ],
)
def test_what_is_asked_is_what_is_kept(
    told: Crisis, cell_member: Browser, asked: dict[str, str], kept: list[int]
) -> None:
    assert numbers(cell_member.get("cpts.logbook.index", crisis_id=told.id, **asked)) == kept


def test_an_author_is_chosen_by_name_and_the_choice_stays(told: Crisis, cell_member: Browser) -> None:
    page = cell_member.get("cpts.logbook.index", crisis_id=told.id)
    options = {one.get_text(): one["value"] for one in page.html.select("[name=auteur] option")}
    assert list(options) == ["Tout le monde", "Ana Ribeiro", "Bob Petit"]
    kept = cell_member.get("cpts.logbook.index", crisis_id=told.id, auteur=options["Bob Petit"], q="releve")
    assert numbers(kept) == [4]
    assert kept.texts("[name=auteur] option[selected]") == ["Bob Petit"]
    assert kept.html.select_one("[name=q]")["value"] == "releve"
    assert kept.html.select("[data-live]") == []


def test_a_correction_shows_both_texts_and_strikes_the_first(told: Crisis, cell_member: Browser) -> None:
    page = cell_member.get("cpts.logbook.index", crisis_id=told.id)
    assert page.texts("#entree-3 .entry-text del") == ["12 lits montés"]
    assert page.html.select_one("#entree-3 a[href$='/journal/5']") is not None
    assert page.texts("#entree-5 del") == ["12 lits montés"]
    assert page.texts("#entree-5 .entry-text") == ["14 lits montés"]


def test_both_times_are_shown_and_why_it_is_late(told: Crisis, cell_member: Browser) -> None:
    page = cell_member.get("cpts.logbook.index", crisis_id=told.id)
    assert page.texts("#entree-3 time") == ["22/11/2026 à 13:30"]
    assert page.texts("#entree-3 .entry-times") == [
        "Noté le 22/11/2026 à 15:00 par Bob Petit · saisie tardive : feuille retrouvée"
    ]


def test_an_erased_content_is_said_so_and_found_by_nobody(told: Crisis, author: Account, cell_member: Browser) -> None:
    erased = found(told, 2)
    order = EntryErasure(
        entry_id=erased.id, ordered_by="Tribunal, ordonnance 12", erased_at=NOON, erased_by_id=author.id,
        erased_by_name=author.name,
    )  # fmt: skip
    db.session.add(order)
    db.session.flush()
    erased.content, erased.salt, erased.search_text = None, None, ""
    db.session.commit()
    page = cell_member.get("cpts.logbook.index", crisis_id=told.id)
    assert page.html.select("#entree-2 .entry-text") == []
    assert "Contenu effacé sur décision : Tribunal, ordonnance 12" in page.texts("#entree-2")[0]
    assert page.texts("#entree-2 .badge") == ["À revoir"]
    assert numbers(cell_member.get("cpts.logbook.index", crisis_id=told.id, q="gymnase")) == []
    assert cell_member.get("cpts.logbook.entry", crisis_id=told.id, number=2).status == 200


def test_an_empty_log_says_what_to_do_first(crisis: Crisis, cell_member: Browser) -> None:
    assert "Rien n’est encore noté" in cell_member.get("cpts.logbook.index", crisis_id=crisis.id).text


def test_pages_of_fifty_follow_the_numbers(crisis: Crisis, author: Account, cell_member: Browser) -> None:
    for rank in range(1, 121):
        an_entry(crisis, author, f"Fait {rank}", at=NOON)
    db.session.commit()
    assert numbers(cell_member.get("cpts.logbook.index", crisis_id=crisis.id)) == list(range(120, 70, -1))
    second = cell_member.get("cpts.logbook.index", crisis_id=crisis.id, page=2)
    assert numbers(second) == list(range(70, 20, -1))
    assert second.html.select("[data-live]") == []
    assert numbers(cell_member.get("cpts.logbook.index", crisis_id=crisis.id, page=99)) == list(range(20, 0, -1))
    searched = cell_member.get("cpts.logbook.index", crisis_id=crisis.id, q="fait", page=3)
    assert numbers(searched) == list(range(20, 0, -1))
    assert "120 entrées trouvées" in searched.text
    seventh = cell_member.get("cpts.logbook.entry", crisis_id=crisis.id, number=7)
    in_the_log = seventh.links()["La voir dans le journal"]
    assert in_the_log.endswith("?page=3#entree-7")
    assert 7 in numbers(cell_member.open(in_the_log.partition("#")[0]))


def test_a_long_log_is_as_light_as_a_short_one(cpts: Cpts, author: Account, cell_member: Browser) -> None:
    sizes, statements = [], []
    for count in (3, 130):
        crisis = a_crisis(cpts, author, at=NOON)
        for rank in range(count):
            an_entry(crisis, author, f"Fait {rank}", at=NOON, corrects=1 if rank % 10 == 9 else None)
        db.session.commit()
        with counted_statements() as sent:
            sizes.append(len(numbers(cell_member.get("cpts.logbook.index", crisis_id=crisis.id))))
        statements.append(len([one for one in sent if one.startswith(("SELECT", "WITH"))]))
    assert sizes == [3, 50]
    assert statements[0] == statements[1] <= MOST_OF_A_PAGE
