"""Two published versions compared, on screen and on paper: from what was frozen, and for whom it may be seen."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.db import db
from crisis_plan.document.blocks import Column, Document, Edition, Part, Row, Table, words
from crisis_plan.document.comparison import after_of, before_of, compared, consolidated
from crisis_plan.document.sections import ChangeKind, lines
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import operations as plan
from crisis_plan.plan.requirements import requirement
from crisis_plan.plan.rules import Answer
from crisis_plan.publication import comparison, comparison_pages, operations, queries
from crisis_plan.publication.comparison import (
    NothingFrozen,
    Told,
    compare,
    comparison_file_name,
    comparison_pdf,
    summary_chapter,
)
from crisis_plan.publication.comparison_summary import UNIT
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind
from tests.browser import Browser
from tests.document.documents import chapter, document, paragraph
from tests.factories import NOON, TODAY, ContactFactory
from tests.publication.arranged import write_everything

OLD, NEW = "06 98 76 54 32", "06 98 76 54 33"


def publish(browser: Browser) -> None:
    """Publish what stands now, as a referent does."""
    db.session.commit()
    answer = browser.submit(browser.get("cpts.publication.prepare"), fields={"adopted_by": "le bureau"})
    assert answer.status == 303


def reword(cpts: Cpts, by: Browser) -> None:
    answer = Answer(text="Ce que nous prévoyons désormais pour « Continuité ».")
    plan.edit_section(cpts, requirement("continuite"), answer, seen_version=1, by=by.account, at=NOON)


@pytest.fixture
def updated(referent: Browser) -> Browser:
    """Two versions: a section reworded, a contact gone, another come, a private number changed."""
    write_everything(referent.cpts, referent.account)
    cpts = referent.cpts
    gone = ContactFactory(cpts_id=cpts.id, family_name="PARTIE", given_name="Anne")
    kept = ContactFactory(cpts_id=cpts.id, family_name="RESTEE", given_name="Zoé")
    kept.phones = [ContactPhone(position=0, number="+33698765432", is_private=True)]
    publish(referent)
    db.session.delete(gone)
    kept.phones[0].number = "+33698765433"
    ContactFactory(cpts_id=cpts.id, family_name="VENUE", given_name="Luce")
    reword(cpts, referent)
    publish(referent)
    return referent


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def versions(browser: Browser) -> tuple[Publication, Publication]:
    new, old = queries.publications(browser.cpts, PublicationKind.PUBLISHED)
    return old, new


def test_the_summary_comes_first_with_a_link_to_each_chapter(updated: Browser) -> None:
    page = updated.get("cpts.publication.compare", number=2, other=1)
    assert page.html.select_one("h1").text == "Version 2 comparée à la version 1"
    assert page.html.select("main h2")[0].text == "En bref"
    for link in page.html.select("main table a"):
        assert page.html.select_one(str(link["href"])), link


def test_what_came_and_what_is_gone_are_heard_as_well_as_seen(updated: Browser) -> None:
    page = updated.get("cpts.publication.compare", number=2, other=1)
    assert "Ajouté : désormais" in page.texts("#chapitre-adaptation ins")
    assert any(
        said.startswith("Supprimé :") and "PARTIE" in said for said in page.texts("#chapitre-annexe-annuaire del")
    )
    assert any(said.startswith("Ajouté :") and "VENUE" in said for said in page.texts("#chapitre-annexe-annuaire ins"))


def test_an_annex_shows_only_the_lines_that_changed(updated: Browser) -> None:
    annex = updated.get("cpts.publication.compare", number=2, other=1, chapitre="annexe-annuaire")
    assert annex.html.select("main tbody tr")
    assert not [row for row in annex.html.select("main tbody tr") if not row.select("ins, del")]


def test_the_older_version_is_always_the_first(updated: Browser) -> None:
    there, back = (updated.get("cpts.publication.compare", number=a, other=b) for a, b in ((2, 1), (1, 2)))
    assert there.texts("main h1") == back.texts("main h1")


def test_a_long_comparison_has_a_page_for_each_chapter(updated: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison_pages, "AT_ONCE", 0)
    page = updated.get("cpts.publication.compare", number=2, other=1)
    assert not page.html.select("main article")
    links = [str(link["href"]) for link in page.html.select("main table a")]
    assert len(links) > 1
    for link in links:
        assert updated.open(link).html.select("main article ins, main article del"), link


def test_two_versions_without_a_difference_say_so(updated: Browser) -> None:
    publish(updated)
    publish(updated)
    assert "Aucune modification" in updated.get("cpts.publication.compare", number=4, other=3).text


@pytest.mark.parametrize(("number", "other"), [(1, 1), (2, 3), (7, 9)])
def test_a_version_and_itself_or_one_that_is_not_there_cannot_be_compared(
    updated: Browser, number: int, other: int
) -> None:
    for endpoint in ("compare", "compare_pdf", "compare_public_pdf"):
        assert updated.get(f"cpts.publication.{endpoint}", number=number, other=other).status == 404


def test_a_version_written_elsewhere_has_no_content_to_compare(updated: Browser) -> None:
    earlier = operations.record_earlier(
        updated.cpts, content=b"%PDF-1.4\n%%EOF", dated_on=TODAY, note="", by=updated.account, at=NOON
    )
    with pytest.raises(NothingFrozen):
        comparison_pdf(earlier, versions(updated)[1], Edition.RESTRICTED)


def test_the_form_leads_to_the_two_versions_chosen(updated: Browser) -> None:
    publish(updated)
    form = updated.get("cpts.publication.compare", number=3, other=2).html.select_one("main form")
    assert [option["value"] for option in form.select("select[name=avec] option")] == ["3", "2", "1"]
    chosen = updated.get("cpts.publication.choose_comparison", version=1, avec=3)
    assert chosen.location.endswith("/versions/3/comparer/1")


def test_the_same_version_chosen_twice_is_said_at_its_field(updated: Browser) -> None:
    twice = updated.get("cpts.publication.choose_comparison", version=2, avec=2)
    field = twice.html.select_one("main select[name=avec]")
    (error,) = twice.texts(f"#{field['aria-describedby']}")
    assert error == "Erreur : Vous avez choisi deux fois la même version."
    assert field["aria-invalid"] == "true"
    assert [option["value"] for option in twice.html.select("main option[selected]")] == ["2", "2"]
    assert not updated.get("cpts.publication.choose_comparison").html.select("#avec-error")


def test_with_one_version_there_is_nothing_to_compare(referent: Browser) -> None:
    assert "Il n’y a rien à comparer" in referent.get("cpts.publication.choose_comparison").text


def test_a_version_leads_to_its_comparison_with_the_one_before(updated: Browser) -> None:
    for page in (updated.get("cpts.publication.index"), updated.get("cpts.publication.show", place="", number=2)):
        assert [link for link in page.links().values() if link.endswith("/versions/2/comparer/1")]
    first = updated.get("cpts.publication.show", place="", number=1)
    assert not [link for link in first.links().values() if "comparer" in link]


def test_the_file_says_on_its_cover_what_it_is_and_when_the_update_was(updated: Browser) -> None:
    answer = updated.get("cpts.publication.compare_pdf", number=2, other=1)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]
    for said in ("Document consolidé faisant apparaître les modifications", "Date de la mise à jour", "par le bureau"):
        assert said in pages[0]
    assert "Ce qui a changé" in pages[1]
    assert "plan-crise_uzege_v2-comparee-v1.pdf" in answer.response.headers["Content-Disposition"]


def test_its_bytes_are_always_the_same(updated: Browser) -> None:
    first = comparison_pdf(*versions(updated), Edition.RESTRICTED)
    comparison._printed.cache_clear()
    assert comparison_pdf(*versions(updated), Edition.RESTRICTED) == first


def test_the_public_file_shows_neither_private_number(updated: Browser) -> None:
    whole = words_of(updated.get("cpts.publication.compare_pdf", number=2, other=1).content)
    public = words_of(updated.get("cpts.publication.compare_public_pdf", number=2, other=1).content)
    assert OLD in whole
    assert NEW in whole
    assert OLD not in public
    assert NEW not in public
    assert "VENUE" in public


def test_the_name_of_the_public_file_says_so(updated: Browser) -> None:
    assert comparison_file_name(*versions(updated), Edition.PUBLIC) == "plan-crise_uzege_v2-comparee-v1_publique.pdf"


def test_both_published_documents_are_told_again_from_their_comparison(updated: Browser) -> None:
    before, after = (queries.frozen(version) for version in versions(updated))
    assert before is not None
    assert after is not None
    told = consolidated(before, after)
    assert (before_of(told), after_of(told)) == (compared(before), compared(after))


def said_by(before: Document, after: Document) -> list[str]:
    """What the summary of a comparison says in its last table: a sentence a line, or the one that stands for none."""
    found = compare(before, after, Edition.RESTRICTED)
    told = (Told(name, "1er mars 2026", "Hélène Faure", "") for name in ("Version 1", "Version 2"))
    table = summary_chapter(found, *told).blocks[-1]
    assert isinstance(table, Table)
    return [words(row.cells[-1]) for row in table.rows] or [table.empty]


PRESENTATION = "Seules des précisions de présentation ont changé."


def test_a_chapter_that_only_moved_is_presentation() -> None:
    one, two = chapter("Pilotage", paragraph("a")), chapter("Stock", paragraph("b"))
    assert said_by(document(one, two), document(two, one)) == [PRESENTATION]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ({"key": "a"}, {"key": "a", "restricted": True}, "Chapitre désormais réservé à l’édition restreinte."),
        ({"key": "a", "part": Part.BODY}, {"key": "a", "part": Part.ANNEX}, "Chapitre déplacé."),
    ],
)
def test_what_is_marked_in_the_text_has_a_sentence(old: dict[str, Any], new: dict[str, Any], sentence: str) -> None:
    before, after = (document(chapter("Pilotage", paragraph("a"), **told)) for told in (old, new))
    assert said_by(before, after) == [sentence]


def test_a_table_without_a_line_that_comes_has_a_sentence() -> None:
    empty = Table("Lieux", (Column("Nom"),), ())
    before, after = (document(chapter("Pilotage", paragraph("a"), *more)) for more in ((), (empty,)))
    assert said_by(before, after) == ["Détail modifié, marqué dans le texte."]


@pytest.mark.parametrize("is_listed", [True, False])
def test_the_summary_says_its_unit_and_where_what_was_only_read_again_is_listed(is_listed: bool) -> None:
    signed = Table("Revu sans changement", (Column("Élément"),), (Row(("Le stock",)),))
    listed = chapter("Modifications", *((signed,) if is_listed else ()), key="changes", part=Part.CHANGES)
    before, after = document(chapter("Pilotage", paragraph("a"))), document(listed, chapter("Pilotage", paragraph("b")))
    told = (Told(name, "1er mars 2026", "Hélène Faure", "") for name in ("Version 1", "Version 2"))
    said = list(lines(summary_chapter(compare(before, after, Edition.PUBLIC), *told).blocks))
    assert UNIT in said
    listed_there = (
        "Ce qui a été revu sans changement est listé au chapitre «\u00a0Modifications\u00a0» de la version 2."
    )
    assert (listed_there in said) is is_listed


def test_a_chapter_called_otherwise_counts_as_a_change() -> None:
    before, after = (document(chapter(title, paragraph("a"), key="fiche")) for title in ("Canicule", "Grand froid"))
    found = compare(before, after, Edition.PUBLIC)
    (one,) = found.different
    assert one.kinds == (ChangeKind.CHANGED,)
    assert [change.sentence for change in found.said_of("fiche")] == ["Titre modifié."]


def test_who_presides_is_compared_on_screen_and_on_paper(updated: Browser) -> None:
    assert not updated.get("cpts.publication.compare", number=2, other=1).html.select("#chapitre-couverture")
    updated.cpts.president, updated.cpts.address = "Zoé FAURE", "3 rue Neuve, Uzès"
    publish(updated)
    page = updated.get("cpts.publication.compare", number=3, other=2)
    assert "Couverture" in page.texts("#chapitre-couverture h2")
    assert any("FAURE" in said for said in page.texts("#chapitre-couverture ins"))
    assert "n’a pas de contenu" not in page.text
    for endpoint in ("compare_pdf", "compare_public_pdf"):
        paper = words_of(updated.get(f"cpts.publication.{endpoint}", number=3, other=2).content)
        assert "« Adresse »" in paper.replace("\u00a0", " ")
        assert "3 rue Neuve" in paper
        assert PRESENTATION not in paper
    printed = words_of(updated.get("cpts.publication.pdf", place="", number=3).content).replace("\u00a0", " ")
    assert "« Président ou présidente » : " in printed


def test_a_version_that_nobody_could_adopt_yet_has_not_lost_its_adoption(updated: Browser) -> None:
    publish(updated)
    assert "Rien n’a changé." in updated.get("cpts.publication.review").text
