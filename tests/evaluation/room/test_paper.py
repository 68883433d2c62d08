"""The paper of a debrief: what it says, to whom, and what it never prints."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import current_app
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.document import serial
from crisis_plan.document.blocks import (
    Chapter,
    Column,
    Document,
    Edition,
    Facts,
    Notice,
    Row,
    Table,
    TimeLine,
    words,
)
from crisis_plan.document.editions import for_edition, public_cell
from crisis_plan.evaluation.debriefs import findings, queries
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import BLAME_FREE, FindingKind
from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey, Line
from crisis_plan.evaluation.room.material import gather
from crisis_plan.evaluation.room.paper import debrief_paper, file_name
from crisis_plan.evaluation.room.paper_figures import MOST_CITED, MOST_LINES, MOST_NAMED, cited, figures_table
from crisis_plan.evaluation.room.paper_front import Validation
from crisis_plan.evaluation.room.paper_time_line import by_day
from crisis_plan.evaluation.room.printing import printed
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.closing import operations as closing
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook.by_hand import mark
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, Written
from tests.browser import Browser
from tests.evaluation.debriefs.factories import OVER, a_debrief, a_programme_debrief
from tests.evaluation.room.complete import (
    EXTRACTED_ONLY,
    NAMES,
    VALIDATED_AT,
    a_complete_debrief,
    add,
    entry,
    not_to_be_held,
)
from tests.factories import NOON
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.logbook.factories import an_entry


@pytest.fixture
def by(referent: Browser) -> Account:
    assert referent.account
    return referent.account


def paper_of(debrief: Debrief, *, by: str = "") -> Document:
    validation = Validation(by, VALIDATED_AT) if by else None
    return debrief_paper(gather(debrief, VALIDATED_AT), at=VALIDATED_AT, validation=validation)


def chapter(document: Document, key: str) -> Chapter:
    return next(one for one in document.chapters if one.key == key)


def facts_of(document: Document) -> dict[str, str]:
    """What the first page tells."""
    found = next(one for one in document.chapters[0].blocks if isinstance(one, Facts))
    return {fact.label: words(fact.value) for fact in found.facts}


def table(document: Document, key: str, heading: str) -> list[list[str]]:
    """The rows of the table that has this column."""
    found = [
        one
        for one in chapter(document, key).blocks
        if isinstance(one, Table) and heading in [column.heading for column in one.columns]
    ]
    return [[words(cell) for cell in row.cells] for row in found[0].rows]


def pages(document: Document, edition: Edition) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(printed(document, edition))).pages]


def test_it_has_the_four_headings_under_the_reminder(cpts: Cpts, by: Account) -> None:
    document = paper_of(a_complete_debrief(cpts, by))
    assert [one.title for one in document.chapters] == [
        "Bilan\u00a0: Crise n°\u00a01, Feu de forêt",
        "1. Description de la crise et de la façon dont elle a été gérée",
        "2. Points forts",
        "3. Points faibles",
        "4. Enseignements et choses à améliorer",
        "Extrait du journal\u00a0: Crise n°\u00a01",
    ]
    first = document.chapters[0].blocks[0]
    assert isinstance(first, Notice)
    assert words(first.text) == BLAME_FREE
    assert [block.kind for block in chapter(document, "description").blocks if isinstance(block, TimeLine)] == [
        "timeline"
    ]


def test_decisions_findings_and_what_follows_are_in_tables(cpts: Cpts, by: Account) -> None:
    document = paper_of(a_complete_debrief(cpts, by))
    assert table(document, "description", "Raison") == [
        ["n°\u00a02", "22/11/26 13:20", "Ouvrir un point de soins à Uzès – Inès Decide",
         "raison écrite\u00a0: La route est coupée"],
        ["n°\u00a03", "22/11/26 13:40", "Rappeler tout le monde", "aucune raison écrite"],
    ]  # fmt: skip
    public = for_edition(document, Edition.PUBLIC)
    assert table(public, "description", "Raison") == [
        ["n°\u00a02", "22/11/26 13:20", "raison écrite"],
        ["n°\u00a03", "22/11/26 13:40", "aucune raison écrite"],
    ]
    assert table(document, "strong", "Ce qui a aidé") == [["1", "Le point de soins a ouvert vite", "", ""]]
    assert table(document, "weak", "Ce qui a manqué") == [
        ["2", "La liste d’appel était vieille\nDit ainsi\u00a0: «\u00a0Jean a trop tardé\u00a0»", "", "n°\u00a01",
         "Amélioration n°\u00a01, ci-après"],
        ["3", "Pas de radio", "", "", "Non retenue\u00a0: Trop cher ici"],
    ]  # fmt: skip
    assert table(document, "lessons", "Ce qui sera fait") == [
        ["1", "Tenir la liste d’appel à jour", "Odile Fera", "21 janvier 2027", "Annuaire", "À faire"]
    ]


def test_of_a_finding_that_was_withdrawn_the_reason_alone_is_printed_and_not_for_the_public(
    cpts: Cpts, by: Account
) -> None:
    debrief = a_complete_debrief(cpts, by)
    gone = add(debrief, FindingKind.WEAK, "Dit par erreur", by=by)
    findings.withdraw(debrief, gone, "Déjà dit plus haut", seen_version=gone.version, by=by, at=NOON)
    db.session.commit()
    document = paper_of(debrief)
    private, public = (" ".join(pages(document, edition)) for edition in (Edition.RESTRICTED, Edition.PUBLIC))
    assert "Dit par erreur" not in private
    assert table(document, "weak", "Pourquoi") == [["4", "22 novembre 2026", "Déjà dit plus haut"]]
    assert "Constats retirés" in private
    assert "Constats retirés" not in public
    assert "Déjà dit plus haut" not in public


def test_the_extract_holds_what_is_cited_and_what_corrects_it(cpts: Cpts, by: Account) -> None:
    def tell(crisis):  # type: ignore[no-untyped-def]
        an_entry(crisis, by, "Personne ne cite ceci", at=NOON)
        an_entry(crisis, by, "Un constat cite ceci", at=NOON)
        append_entry(crisis, Written(EntryKind.CORRECTION, "Ceci le corrige", corrects=2), by=by, at=NOON)
        an_entry(crisis, by, "Rouvrir la maison médicale", at=NOON, kind=EntryKind.DECISION)

    debrief = a_debrief(cpts, by, tell=tell)
    add(debrief, FindingKind.STRONG, "Vite corrigé", by=by, entry=entry(debrief, 2))
    db.session.commit()
    document = paper_of(debrief)
    assert [row[0] for row in table(document, "extrait", "Ce qui est noté")] == ["2", "3", "4"]
    facts = next(one for one in chapter(document, "extrait").blocks if isinstance(one, Facts))
    last = gather(debrief, NOON).entries[-1]
    told = {fact.label: fact.value for fact in facts.facts}
    assert (told["Dernière entrée"], told["Son sceau"]) == (last.name, last.seal)
    assert told["Entrées citées"] == f"3 sur {last.number}\u00a0entrées"


def test_a_decision_is_printed_as_its_last_correction_tells_it_and_the_extract_holds_the_whole_chain(
    cpts: Cpts, by: Account
) -> None:
    def tell(crisis: Crisis) -> None:
        at = NOON + timedelta(minutes=5)
        an_entry(crisis, by, "Fermer la salle", at=at, kind=EntryKind.DECISION, reason="Chaleur", decided_by="Ana")
        for number, text in ((1, "Fermer le gymnase"), (2, "Fermer le stade")):
            append_entry(crisis, Written(EntryKind.CORRECTION, text, corrects=number), by=by, at=at)
        an_entry(crisis, by, "Personne ne cite ceci", at=at)

    document = paper_of(a_debrief(cpts, by, tell=tell))
    (row,) = table(document, "description", "Raison")
    assert row[0] == "n°\u00a01, corrigée par n°\u00a02, 3"
    assert row[2] == "Fermer le stade – Ana"
    assert [row[0] for row in table(document, "extrait", "Ce qui est noté")] == ["1", "2", "3"]


def test_a_decision_that_arrived_after_closing_is_told_as_such(cpts: Cpts, by: Account) -> None:
    debrief = a_debrief(cpts, by)
    assert debrief.crisis
    for text, kind in (("Bien arrivé", EntryKind.INFORMATION), ("Ouvrir la salle", EntryKind.DECISION)):
        an_entry(debrief.crisis, by, text, at=NOON + timedelta(hours=7), kind=kind, late_reason="hors connexion")
    db.session.commit()
    (row,) = table(paper_of(debrief), "description", "Raison")
    assert (row[0], row[2]) == ("annexe n°\u00a02", "Ouvrir la salle")


def test_what_was_noted_is_not_for_the_public(cpts: Cpts, by: Account) -> None:
    """Nobody can take a name out of the log: each is in the restricted edition and could leak."""
    names = ("Zelda Decision", "Zoé Raison", "Zita Correction", "Zia Note")

    def tell(crisis: Crisis) -> None:
        at = NOON + timedelta(minutes=5)
        an_entry(crisis, by, "Envoyer Zelda Decision", at=at, kind=EntryKind.DECISION, reason="Zoé Raison est loin")
        an_entry(crisis, by, "Envoyer aussi Zelda Decision", at=at, kind=EntryKind.DECISION)
        append_entry(crisis, Written(EntryKind.CORRECTION, "Envoyer Zita Correction", corrects=1), by=by, at=at)
        mark(an_entry(crisis, by, "Fait", at=at), note="Zia Note a oublié", by=by, at=at)

    document = paper_of(a_debrief(cpts, by, tell=tell))
    private, public = (" ".join(pages(document, edition)) for edition in (Edition.RESTRICTED, Edition.PUBLIC))
    for name in names:
        assert name in private
        assert name not in public


def test_the_end_of_the_crisis_and_the_closing_of_its_log_are_two_days(cpts: Cpts, by: Account) -> None:
    crisis = a_crisis(cpts, by, at=NOON)
    with current_app.test_request_context():
        closing.stand_down(crisis, OVER, by=by, at=NOON + timedelta(days=1))
        closing.close(crisis, reason="Tout est repris.", by=by, at=NOON + timedelta(days=3, hours=11, minutes=30))
    debrief = queries.of_crisis(cpts, crisis.id)
    assert debrief
    told = facts_of(paper_of(debrief))
    assert told["Levée le"] == "23 novembre 2026"
    assert told["Journal clos le"] == "26 novembre 2026"  # half past midnight in France
    assert "Levée le" not in facts_of(paper_of(a_programme_debrief(cpts, by)))


def test_that_nobody_met_is_said_plainly(cpts: Cpts, by: Account) -> None:
    debrief = a_debrief(cpts, by)
    for meeting in debrief.meetings:
        not_to_be_held(debrief, meeting, by)
    db.session.commit()
    said = " ".join(pages(paper_of(debrief, by=by.name), Edition.PUBLIC))
    assert "Aucun retour ne s’est tenu" in said
    assert "Aucun retour ne s’est encore tenu." in " ".join(pages(paper_of(debrief), Edition.PUBLIC))
    assert "Aucun retour" not in " ".join(pages(paper_of(a_complete_debrief(cpts, by)), Edition.PUBLIC))


def test_a_long_line_of_names_is_shortened_and_only_for_those_who_may_read_it() -> None:
    names = ", ".join(f"Nom {rank}" for rank in range(1, 31))
    lines = [Line(f"Ligne {rank}", "1", who=names) for rank in range(MOST_LINES + 2)]
    (row,) = figures_table([Figure(FigureKey.ACTIONS, "8", "Les actions.", lines)], {}).rows
    said, public = words(row.cells[1]), words(public_cell(row.cells[1]))
    assert f"(Nom 1, Nom 2, Nom 3 et {30 - MOST_NAMED}\u00a0autres)" in said
    assert "Nom" not in public
    assert "et 2\u00a0autres lignes" in public
    assert len(public.split("\n")) == 3


def test_the_table_of_the_time_line_takes_one_line_a_day() -> None:
    columns = tuple(map(Column, ("Moment", "Nature", "Quoi", "Entrée")))
    happened = (
        ("dim. 6 juil. 2025, 10:20", "Décision", "Prise, raison écrite", "n°\u00a02"),
        ("dim. 6 juil. 2025, 11:00", "Professionnels", "8 au plus", ""),
        ("7 juillet 2025", "Silence", "3 silences", "n°\u00a03"),
    )
    drawn = TimeLine("Frise", "", "", (), (), None, Table("Dit", columns, tuple(map(Row, happened))))
    assert [row.cells for row in by_day(drawn).table.rows] == [
        (
            "dim. 6 juil. 2025",
            "10:20 Décision prise, raison écrite (n°\u00a02)\u00a0; 11:00 Professionnels\u00a0: 8 au plus",
        ),
        ("7 juillet 2025", "Silence\u00a0: 3 silences (n°\u00a03)"),
    ]


def test_every_page_bears_the_state_of_the_log(cpts: Cpts, by: Account) -> None:
    debrief = a_complete_debrief(cpts, by)
    last = gather(debrief, NOON).entries[-1]
    for edition in Edition:
        for page in pages(paper_of(debrief), edition):
            assert last.seal in page


def test_the_public_edition_names_nobody_and_has_no_extract(cpts: Cpts, by: Account) -> None:
    """Each name is in the restricted edition: it could leak."""
    document = paper_of(a_complete_debrief(cpts, by), by=by.name)
    private, public = (" ".join(pages(document, edition)) for edition in (Edition.RESTRICTED, Edition.PUBLIC))
    for name in (*NAMES, by.name, EXTRACTED_ONLY):
        assert name in private
        assert name not in public
    assert "La liste d’appel était vieille" in public
    assert "Extrait du journal" not in public
    said = PdfReader(BytesIO(printed(document, Edition.PUBLIC))).metadata
    assert said is not None
    assert by.name not in " ".join(str(one) for one in said.values())


@pytest.mark.parametrize(
    ("mode", "validator", "watermark"),
    [
        (Mode.REAL, "", "PROJET"),
        (Mode.REAL, "Ana", ""),
        (Mode.EXERCISE, "", "EXERCICE – PROJET"),
        (Mode.EXERCISE, "Ana", "EXERCICE"),
    ],
)
def test_a_draft_and_an_exercise_say_so_on_every_page(
    cpts: Cpts, by: Account, mode: Mode, validator: str, watermark: str
) -> None:
    document = paper_of(a_complete_debrief(cpts, by, mode=mode), by=validator)
    assert document.watermark == watermark
    assert document.title.startswith("[EXERCICE] ") is (mode is Mode.EXERCISE)
    for page in pages(document, Edition.PUBLIC):
        assert watermark in page


def test_what_is_frozen_reads_back_equal_and_holds_for_each_edition(cpts: Cpts, by: Account) -> None:
    document = paper_of(a_complete_debrief(cpts, by), by="Ana")
    assert serial.from_json(serial.to_json(document)) == document
    assert [one.key for one in for_edition(document, Edition.PUBLIC).chapters] == [
        "bilan", "description", "strong", "weak", "lessons",
    ]  # fmt: skip


def test_the_name_of_the_file_says_what_whose_and_when(cpts: Cpts, by: Account) -> None:
    debrief = queries.whole_or_404(cpts, a_complete_debrief(cpts, by, mode=Mode.EXERCISE).id)
    assert file_name(cpts, debrief, Edition.RESTRICTED) == "bilan_exercice-1_uzege_2026-11-22.pdf"
    assert file_name(cpts, debrief, Edition.PUBLIC, addendum=2) == (
        "bilan-additif-2_exercice-1_uzege_publique_2026-11-22.pdf"
    )


@pytest.mark.parametrize(
    ("numbers", "annex", "expected"),
    [
        ([], [], ""),
        ([12, 14], [], "n°\u00a012, 14"),
        ([12], [2], "n°\u00a012, annexe n°\u00a02"),
        (range(1, 10), [], "n°\u00a01, 2, 3, 4, 5, 6, 7, 8 et 1\u00a0autre"),
    ],
)
def test_entries_are_cited_in_a_few_words(numbers: list[int], annex: list[int], expected: str) -> None:
    assert cited([*(Cited(Part.MAIN, one) for one in numbers), *(Cited(Part.ANNEX, one) for one in annex)]) == expected


@given(st.lists(st.integers(1, 9999), max_size=60, unique=True))
def test_no_more_entries_are_named_than_a_cell_holds_and_none_is_forgotten(numbers: list[int]) -> None:
    said = cited([Cited(Part.MAIN, one) for one in numbers])
    named = said.removeprefix("n°\u00a0").partition(" et ")[0]
    count = len(named.split(", ")) if named else 0
    assert count == min(len(numbers), MOST_CITED)
    if len(numbers) > MOST_CITED:
        assert f"{len(numbers) - MOST_CITED}\u00a0autre" in said
