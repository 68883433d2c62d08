"""The register: what the page, the PDF and the spreadsheet say of who received a version."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.distribution import handing, queries, receiving, register
from crisis_plan.distribution.handing import Handing
from crisis_plan.distribution.rules import Channel, Group
from crisis_plan.distribution.sentences import distribution_tasks, not_given
from crisis_plan.document.blocks import Table
from crisis_plan.document.blocks import words as plain_words
from crisis_plan.due import Rank
from crisis_plan.publication import circulation
from crisis_plan.web.attachments import PDF, Attachment
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, member
from tests.plan_distribution.arranged import everyone, left, recipient, refused, sent, version
from tests.statements import MOST_OF_A_PAGE


@pytest.fixture
def people(app, cpts):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    yield everyone(cpts)
    app.config["SMTP_URL"] = ""


@pytest.fixture
def told(app, cpts, people):
    """A version sent to the ARS, which acknowledged it, to the CPAM in vain, and handed over in a meeting."""
    made = version(cpts)
    ars, cpam = sent(app, cpts, made, people["ars"], people["cpam"])
    left(ars)
    refused(cpam)
    receiving.download(ars, made, at=NOON + timedelta(hours=1))
    receiving.acknowledge(ars, "Inès Roca", at=NOON + timedelta(hours=2))
    sheet = Attachment("presence.pdf", PDF, b"%PDF-1.4 %%EOF")
    given = Handing([people["adherent"].id], Channel.MEETING, date(2026, 11, 20), "Assemblée générale", sheet)
    handing.hand_over(cpts, made, given, by=AccountFactory(name="Jeanne Rouvière"), at=NOON)
    db.session.commit()
    return made


def words_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_the_pdf_says_what_is_missing_first_and_names_every_proof(app, cpts, told):
    with app.test_request_context():
        said = words_of(register.register_pdf(cpts, told, NOON + timedelta(hours=3))).replace("\xa0", " ")
    assert said.index("n’a pas été envoyée à la CPAM") < said.index("Par groupe")
    for words in (
        "Registre de diffusion, version 1",
        "ARS Occitanie",
        "Inès Roca",
        "Non parti",
        "Zoé BARTHÉLEMY",
        "Remis le 20/11/2026",
        "presence.pdf",
        "Jeanne Rouvière",
        "n’a pas été envoyée aux partenaires",
    ):
        assert words in said, words
    digest = queries.documents(cpts)[0].sha256
    assert digest in said.replace(" ", "")
    assert "@exemple.fr" not in said
    assert "04 65" not in said


def test_the_pdf_says_of_each_handing_its_sheet_or_who_declared_it(app, cpts, told, people):
    by = AccountFactory(name="Paul Vidal")
    given = Handing([people["partner"].id], Channel.PAPER, date(2026, 11, 20))
    handing.hand_over(cpts, told, given, by=by, at=NOON)
    db.session.commit()
    with app.test_request_context():
        document = register.register_document(cpts, told, NOON + timedelta(hours=3))
    tables = [block for block in document.chapters[0].blocks if isinstance(block, Table)]
    rank = [column.heading for column in register.COLUMNS].index("Preuve de la remise")
    said = {row.cells[0]: row.cells[rank] for one in tables if one.columns == register.COLUMNS for row in one.rows}
    proofs = {plain_words(name).split("\n")[0]: plain_words(proof) for name, proof in said.items()}
    assert (proofs["Zoé BARTHÉLEMY"], proofs["Mairie d’Uzès"]) == ("pièce 1", "déclaré par Paul Vidal")
    assert proofs["ARS Occitanie"] == ""
    assert tables[-1].rows[0].cells[0].startswith("Pièce 1\npresence.pdf")


def test_a_register_where_everyone_was_written_to_does_not_say_that_all_received(app, cpts, people):
    made = version(cpts)
    left(*sent(app, cpts, made, *people.values()))
    with app.test_request_context():
        said = words_of(register.register_pdf(cpts, made, NOON)).replace("\xa0", " ")
    assert "Elle a été envoyée ou remise à tous" in said
    assert "tous reçue" not in said


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_version_opened_by_the_link_of_the_one_before_counts_as_opened(app, cpts, people, referent, is_sent):
    (old,) = sent(app, cpts, version(cpts), people["ars"])
    second = version(cpts, 2)
    if is_sent:
        left(*sent(app, cpts, second, people["ars"]))
    receiving.download(old, second, at=NOON + timedelta(hours=1))
    db.session.commit()
    found = queries.whole_register(cpts, second, NOON + timedelta(days=9))
    line = next(one for one in found.lines if one.group is Group.ARS)
    assert line.state.label == "Ouvert"
    assert line not in found.to_remind(NOON + timedelta(days=9))
    assert Group.ARS not in found.missing
    assert "par le lien de la version 1" in referent.get("cpts.distribution.index").text
    with app.test_request_context():
        assert "par le lien de la version 1" in words_of(register.register_pdf(cpts, second, NOON))
    assert "par le lien de la version 1" in referent.get("cpts.distribution.register_csv").content.decode("utf-8-sig")
    if line.delivery:
        page = referent.get("cpts.distribution.show", delivery_id=line.delivery.id)
        assert "a été ouverte par le lien de la version 1" in page.text


def test_the_spreadsheet_holds_the_same_and_no_formula(cpts, told, referent, people):
    people["partner"].family_name = "=1+1"
    db.session.commit()
    answer = referent.get("cpts.distribution.register_csv")
    rows = {
        row["Destinataire"]: row
        for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    }
    assert rows["ARS Occitanie"]["État"] == "Accusé de réception"
    assert rows["ARS Occitanie"]["Par"] == "Inès Roca"
    assert rows["CPAM du Gard"]["État"] == "Non parti"
    assert rows["Zoé BARTHÉLEMY"]["Remis le"] == "20/11/2026"
    assert rows["Zoé BARTHÉLEMY"]["Feuilles ou reçus"] == "presence.pdf"
    assert "'=1+1" in rows
    assert "@" not in answer.content.decode("utf-8-sig")


def test_the_page_shows_what_is_missing_the_groups_and_the_register(told, referent):
    page = referent.get("cpts.distribution.index")
    said = page.text.replace("\xa0", " ")
    assert "La diffusion n’est pas complète La version 1 n’a pas été envoyée à la CPAM." in said
    assert "ARS : l’ont reçue 1 sur 1" in said
    assert "Zoé BARTHÉLEMY" in said
    sheet = queries.documents(referent.cpts)[0]
    assert page.html.select(f"main a[href*='{sheet.id}']")
    assert "Premier envoi" in said
    only = referent.get("cpts.distribution.index", etat="accuse").text
    assert "ARS Occitanie" in only
    assert "CPAM du Gard" not in only
    assert "1 destinataire" in referent.get("cpts.distribution.index", groupe="cpam").text
    assert referent.get("cpts.distribution.register_pdf").response.mimetype == "application/pdf"


def test_one_recipient_shows_every_proof(cpts, told, referent):
    ars = next(one for one in queries.register(cpts, told) if one.name == "ARS Occitanie")
    said = referent.get("cpts.distribution.show", delivery_id=ars.id).text
    for words in ("Courriel écrit", "Ouvert", "Accusé de réception", "Inès Roca"):
        assert words in said


def test_readers_of_working_data_read_and_send_nothing(app, cpts, told, people):
    cell = Browser(app, member(cpts, Role.CELL_MEMBER), cpts)
    db.session.commit()
    page = cell.get("cpts.distribution.index")
    assert page.status == 200
    assert "cochées" not in page.text
    assert cell.get("cpts.distribution.prepare").status == 403
    assert cell.post("cpts.distribution.remind").status == 403


def test_before_a_publication_the_page_says_what_to_do_first(referent):
    page = referent.get("cpts.distribution.index")
    assert "Aucune version n’est encore publiée" in page.text
    assert referent.get("cpts.distribution.register_pdf").status == 404


def test_three_rows_cost_no_more_statements_than_one(app, cpts, people, referent, statements_of):
    made = version(cpts)
    left(*sent(app, cpts, made, people["partner"]))
    one = statements_of(lambda: referent.get("cpts.distribution.index"))
    more = [recipient(cpts, f"Mairie {rank}", ContactKind.PARTNER, "Mairie") for rank in range(3)]
    db.session.commit()
    left(*sent(app, cpts, made, *more))
    assert statements_of(lambda: referent.get("cpts.distribution.index")) == one <= MOST_OF_A_PAGE


@pytest.fixture
def statements_of():
    def count(work):
        asked = []
        note = lambda *_: asked.append(1)  # noqa: E731
        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            work()
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)
        return len(asked)

    return count


def test_the_to_do_list_names_who_has_not_received_the_version_in_force(cpts, told):
    asked = list(distribution_tasks(queries.standing(cpts, NOON)))
    assert [one.sentence.replace("\xa0", " ") for one in asked] == [
        "La version 1 n’a pas été envoyée à la CPAM.",
        "La version 1 n’a pas été envoyée à la MSA.",
        "La version 1 n’a pas été envoyée aux partenaires.",
        "1 courriel de diffusion n’est pas parti.",
    ]
    assert {one.rank for one in asked} == {Rank.BLOCKS_PAYMENT}


def test_the_to_do_list_counts_who_has_not_opened_after_a_week(app, cpts, people):
    left(*sent(app, cpts, version(cpts), *people.values()))
    early = list(distribution_tasks(queries.standing(cpts, NOON + timedelta(days=6))))
    late = list(distribution_tasks(queries.standing(cpts, NOON + timedelta(days=7))))
    assert early == []
    assert [one.sentence.replace("\xa0", " ") for one in late] == [
        "7 destinataires n’ont pas ouvert la version 1, envoyée il y a plus d’une semaine."
    ]


def test_nothing_is_asked_before_a_first_publication(cpts):
    assert list(distribution_tasks(queries.standing(cpts, NOON))) == []


def test_of_a_group_those_who_have_nothing_are_counted(app, cpts, people):
    made = version(cpts)
    left(*sent(app, cpts, made, *people.values()))
    recipient(cpts, "Martin", ContactKind.ADHERENT)
    db.session.commit()
    standing = queries.standing(cpts, NOON)
    assert [one.replace("\xa0", " ") for one in not_given(standing)] == ["Adhérents : 1 sur 2 n’a rien reçu."]
    assert [one.sentence.replace("\xa0", " ") for one in distribution_tasks(standing)] == [
        "Adhérents : 1 sur 2 n’a rien reçu de la version 1."
    ]


def test_the_first_day_on_which_any_version_reached_a_partner(app, cpts, people):
    first = version(cpts)
    assert queries.communicated_to_partners_on(cpts) is None
    (partner,) = sent(app, cpts, first, people["partner"])
    assert queries.communicated_to_partners_on(cpts) is None
    left(partner, at=NOON)
    left(
        *sent(app, cpts, version(cpts, 2), people["establishment"], at=NOON + timedelta(days=9)),
        at=NOON + timedelta(days=9),
    )
    assert queries.communicated_to_partners_on(cpts) == clock.local(NOON, cpts).date()


def test_the_printed_list_says_the_edition_that_is_really_given(cpts, people):
    chapter = circulation.chapter(cpts, NOON.date())
    printed = {row.cells[0]: row.cells[2] for block in chapter.blocks if hasattr(block, "rows") for row in block.rows}
    given = {
        line.name: line.edition.label
        for line in queries.whole_register(cpts, version(cpts), NOON).lines
        if line.group is not Group.ADHERENT
    }
    assert {name: edition for name, edition in printed.items() if name in given} == given
