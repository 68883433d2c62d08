"""The paper of a debrief: what it says, to whom, and what it never prints."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.document import serial
from crisis_plan.document.blocks import Chapter, Document, Edition, Facts, Notice, Table, TimeLine, words
from crisis_plan.document.editions import for_edition
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import BLAME_FREE, FindingKind
from crisis_plan.evaluation.figures.rules import Cited
from crisis_plan.evaluation.room.material import gather
from crisis_plan.evaluation.room.paper import debrief_paper, file_name
from crisis_plan.evaluation.room.paper_figures import MOST_CITED, cited
from crisis_plan.evaluation.room.paper_front import Validation
from crisis_plan.evaluation.room.printing import printed
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, Written
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.room.complete import EXTRACTED_ONLY, NAMES, VALIDATED_AT, a_complete_debrief, add, entry
from tests.factories import NOON
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
    assert table(document, "description", "Ce qui a été décidé") == [
        ["2", "22/11/26 13:20", "Ouvrir un point de soins à Uzès", "La route est coupée", "Inès Decide"],
        ["3", "22/11/26 13:40", "Rappeler tout le monde", "aucune n’a été écrite.", ""],
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


def test_a_finding_that_was_withdrawn_is_not_printed(cpts: Cpts, by: Account) -> None:
    debrief = a_complete_debrief(cpts, by)
    gone = add(debrief, FindingKind.WEAK, "Dit par erreur", by=by)
    gone.withdrawn_at = NOON
    db.session.commit()
    assert "Dit par erreur" not in " ".join(pages(paper_of(debrief), Edition.RESTRICTED))


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
    assert [row[0] for row in table(document, "extrait", "Noté à")] == ["2", "3", "4"]
    facts = next(one for one in chapter(document, "extrait").blocks if isinstance(one, Facts))
    last = gather(debrief, NOON).entries[-1]
    told = {fact.label: fact.value for fact in facts.facts}
    assert (told["Dernière entrée"], told["Son sceau"]) == (last.name, last.seal)
    assert told["Entrées citées"] == f"3 sur {last.number}\u00a0entrées"


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
