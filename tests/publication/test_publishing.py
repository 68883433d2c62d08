"""From a written plan to the PDF that the ARS downloads, and what can never change after."""

from __future__ import annotations

import io
import re

import pytest
import sqlalchemy as sa
from pypdf import PdfReader
from sqlalchemy.exc import DatabaseError

from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import operations as plan
from crisis_plan.plan.requirements import requirement
from crisis_plan.plan.rules import Answer
from crisis_plan.publication.models import Publication, PublicationFile
from tests.browser import Browser, Page
from tests.factories import NOON, ContactFactory
from tests.publication.arranged import write_everything


@pytest.fixture
def ready(referent: Browser) -> Browser:
    """A referent whose plan is complete."""
    write_everything(referent.cpts, referent.account)
    return referent


def publish(browser: Browser, **fields: object) -> Page:
    return browser.submit(browser.get("cpts.publication.prepare"), fields=fields)


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_an_incomplete_plan_is_refused_with_linked_reasons(referent: Browser) -> None:
    page = referent.get("cpts.publication.prepare")
    assert page.links()["Continuité des soins, dont maladies chroniques"].endswith("/plan/adaptation/#continuite")
    assert page.html.select("main form") == []
    refused = referent.post("cpts.publication.publish")
    assert refused.status == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Publication)) == 0


def test_a_complete_plan_is_published_dated_and_signed(ready: Browser) -> None:
    answer = publish(ready, adopted_by="le bureau", adopted_on="2026-03-01", note="Première version.")
    assert (answer.status, answer.location) == (303, "/cpts/uzege/versions/1")
    page = answer.follow()
    assert "Version 1 du" in page.text
    pdf = ready.get("cpts.publication.current_pdf")
    printed = text_of(pdf.content)
    assert ready.account.name in printed
    assert re.search(r"le 1er mars 2026 par le bureau", " ".join(printed.split()))
    assert re.search(
        r'filename="?plan-crise_uzege_v1_\d{4}-\d\d-\d\d\.pdf', pdf.response.headers["Content-Disposition"]
    )


def test_only_a_referent_publishes(ready: Browser, coordinator: Browser, cell_member: Browser) -> None:
    assert coordinator.post("cpts.publication.publish").status == 403
    assert cell_member.get("cpts.publication.prepare").status == 403
    assert "revient au référent" in coordinator.get("cpts.publication.prepare").text


def test_the_ars_downloads_the_exact_bytes_and_is_told_when_it_has_them(ready: Browser, ars_reader: Browser) -> None:
    publish(ready)
    stored = db.session.scalars(sa.select(PublicationFile).where(PublicationFile.kind == "restricted")).one()
    expected, mark = stored.content, stored.sha256
    first = ars_reader.get("cpts.publication.current_pdf")
    assert (first.status, first.content, first.response.headers["ETag"]) == (200, expected, f'"{mark}"')
    again = ars_reader.open(ars_reader.address("cpts.publication.current_pdf"), headers={"If-None-Match": f'"{mark}"'})
    assert (again.status, again.content) == (304, b"")


def test_old_versions_stay_byte_for_byte(ready: Browser, ars_reader: Browser) -> None:
    publish(ready)
    first = ars_reader.get("cpts.publication.pdf", number=1).content
    risks = requirement("risques")
    plan.edit_section(ready.cpts, risks, Answer(text="La crue de 2002."), seen_version=1, by=ready.account, at=NOON)
    db.session.commit()
    publish(ready)
    assert ars_reader.get("cpts.publication.pdf", number=1).content == first
    assert (
        ars_reader.get("cpts.publication.current_pdf").content
        == ars_reader.get("cpts.publication.pdf", number=2).content
    )
    assert "La crue de 2002." in ars_reader.get("cpts.publication.show", number=2).text
    assert "La crue de 2002." not in ars_reader.get("cpts.publication.show", number=1).text


def test_the_second_version_tells_what_changed(ready: Browser) -> None:
    publish(ready)
    risks = requirement("risques")
    plan.edit_section(ready.cpts, risks, Answer(text="La crue de 2002."), seen_version=1, by=ready.account, at=NOON)
    db.session.commit()
    page = publish(ready).follow()
    changes = " ".join(page.texts("#chapitre-changements, [id^=chapitre-chang], [id^=chapitre-modif]")) or page.text
    assert "Risques et menaces" in changes


def test_the_public_edition_holds_nothing_private(ready: Browser) -> None:
    contact = ContactFactory(cpts_id=ready.cpts.id)
    contact.phones[0].number, contact.phones[0].is_private = "+33639980042", True
    db.session.commit()
    publish(ready)
    restricted = " ".join(text_of(ready.get("cpts.publication.pdf", number=1).content).split())
    public = " ".join(text_of(ready.get("cpts.publication.public_pdf", number=1).content).split())
    for secret in ("06 39 98 00 42", "Clé chez la pharmacienne", "Cave secrète"):
        assert secret in restricted.replace("\u00a0", " "), secret
        assert secret not in public.replace("\u00a0", " "), secret


def test_what_is_published_cannot_change(ready: Browser) -> None:
    publish(ready)
    for statement in (
        "UPDATE publications SET author_name = 'autre'",
        "DELETE FROM publications",
        "UPDATE publication_files SET size = 0",
        "DELETE FROM publication_files",
        "UPDATE history_events SET subject = 'rien'",
        "DELETE FROM section_states",
    ):
        with pytest.raises(DatabaseError, match="append only"):
            db.session.execute(sa.text(statement))
        db.session.rollback()


def test_a_form_sent_twice_publishes_once(ready: Browser) -> None:
    page = ready.get("cpts.publication.prepare")
    first, second = (ready.submit(page) for _ in range(2))
    assert (first.status, second.status, first.location) == (303, 303, second.location)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Publication)) == 1


def test_a_provisional_version_is_for_institutions_and_never_current(
    referent: Browser, coordinator: Browser, ars_reader: Browser, adherent: Browser
) -> None:
    shown = coordinator.submit(coordinator.get("cpts.publication.prepare_provisional"), fields={"note": "Votre avis ?"})
    assert shown.location == "/cpts/uzege/versions/provisoires/1"
    assert ars_reader.open(shown.location).status == 200
    assert "VERSION PROVISOIRE" in text_of(ars_reader.open(f"{shown.location}.pdf").content).upper()
    assert adherent.open(shown.location).status == 404
    assert adherent.open(f"{shown.location}.pdf").status == 404
    assert "provisoire" not in adherent.get("cpts.publication.index").text.lower()
    assert ars_reader.get("cpts.publication.current_pdf").status == 404


def test_an_earlier_plan_is_kept_as_it_is(coordinator: Browser, ars_reader: Browser) -> None:
    content = b"%PDF-1.7\nplan de 2024\n%%EOF\n"
    page = coordinator.get("cpts.publication.add_earlier")
    saved = coordinator.submit(
        page,
        fields={"document": (io.BytesIO(content), "plan.pdf"), "dated_on": "12/06/2024", "note": "Remis à la CPAM."},
    )
    assert saved.status == 303
    assert ars_reader.open("/cpts/uzege/versions/anterieures/1.pdf").content == content
    assert ars_reader.get("cpts.publication.current_pdf").status == 404


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 un docx", b"%PDF-1.7 coup\xc3\xa9", b"<html></html>"])
def test_a_file_that_is_no_pdf_is_refused_beside_the_field(coordinator: Browser, content: bytes) -> None:
    page = coordinator.get("cpts.publication.add_earlier")
    fields = {"document": (io.BytesIO(content), "plan.pdf"), "dated_on": "12/06/2024", "note": "Remis à la CPAM."}
    refused = coordinator.submit(page, fields=fields)
    assert refused.status == 422
    assert refused.html.select_one("textarea[name=note]").get_text().strip() == "Remis à la CPAM."


def test_a_plan_dated_tomorrow_is_refused(coordinator: Browser) -> None:
    page = coordinator.get("cpts.publication.add_earlier")
    fields = {"document": (io.BytesIO(b"%PDF-1.7\n%%EOF"), "plan.pdf"), "dated_on": "31/12/2199"}
    assert "à venir" in coordinator.submit(page, fields=fields).text


def test_an_adherent_reads_the_plan_on_screen_with_its_annexes(ready: Browser, adherent: Browser) -> None:
    publish(ready)
    page = adherent.get("cpts.publication.show", number=1)
    assert "En cas d’alerte" in page.texts("main h2")
    for label, address in page.links("nav a").items():
        if label.startswith("Annexe"):
            assert adherent.open(address).status == 200
    assert adherent.get("cpts.publication.annex", number=1, key="inconnue").status == 404


def test_a_stranger_reads_no_version(ready: Browser, stranger: Browser, cpts: Cpts) -> None:
    publish(ready)
    for address in ("versions/", "versions/1", "versions/1.pdf", "versions/courante.pdf", "versions/1-publique.pdf"):
        assert stranger.open(f"/cpts/uzege/{address}").status == 404


def test_before_publishing_one_reads_what_would_be_frozen_and_what_changed(ready: Browser) -> None:
    page = ready.get("cpts.publication.review")
    assert "Aucune version n’est encore publiée" in page.text
    assert "Maison de santé" in page.text
    ready.post("cpts.publication.publish")
    assert "Rien n’a changé" in ready.get("cpts.publication.review").text
    asked = requirement("risques")
    text = "Un autre texte. " * 20
    plan.edit_section(ready.cpts, asked, Answer(text=text), seen_version=1, by=ready.account, at=NOON)
    db.session.commit()
    page = ready.get("cpts.publication.review")
    assert page.texts("tbody th")[0] == asked.label
    assert "Texte modifié" in page.text


def test_short_sections_and_open_mobiles_are_said_before_publishing(ready: Browser) -> None:
    page = ready.get("cpts.publication.prepare")
    assert "Rubriques très courtes" in page.text
    assert "mobile" not in page.text
    phones = [
        ContactPhone(position=0, number="+33639980001"),
        ContactPhone(position=1, number="+33639980002", is_private=True),
    ]
    ContactFactory(cpts_id=ready.cpts.id, phones=phones)
    db.session.commit()
    assert "1 numéro de mobile paraîtra dans l’édition publique" in ready.get("cpts.publication.prepare").text


def test_a_provisional_version_before_any_other_points_to_no_version_in_force(ready: Browser) -> None:
    ready.post("cpts.publication.publish_provisional")
    version = db.session.scalars(sa.select(Publication).options(sa.orm.undefer(Publication.content))).one()
    assert version.content["address"] == ""
    assert "Première version publiée" not in str(version.content)
    assert "rien à comparer" in str(version.content)
    ready.post("cpts.publication.publish")
    ready.post("cpts.publication.publish_provisional")
    later = ready.get("cpts.publication.show", place="provisoires", number=2)
    assert "Aucune modification depuis la version 1" in later.text


def test_what_to_do_in_an_alert_is_read_before_the_contents(ready: Browser) -> None:
    ready.post("cpts.publication.publish")
    headings = ready.get("cpts.publication.show", place="", number=1).texts("main h2")
    assert headings.index("En cas d’alerte") < headings.index("Sommaire")
