"""A reader says what they think of a section; the CPTS answers; it stays."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from crisis_plan.access.models import Readership
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.opinions.models import Opinion, OpinionMessage
from crisis_plan.opinions.rules import MessageKind, Standing
from crisis_plan.organisations.models import Cpts, InstitutionKind
from crisis_plan.publication.rules import PublicationKind
from tests.browser import Browser, Page
from tests.factories import NOON, AccountFactory, member, reader
from tests.opinions.factories import opinion, say, version

NIR = "Le dossier 2 84 05 30 123 456 78 est en attente."


def leave(browser: Browser, of: int = 1, place: str = "", **fields: object) -> Page:
    page = browser.get("cpts.publication.write_opinion", place=place, number=of)
    return browser.submit(page, fields={"section": "orsan", "kind": "question", "text": "Et le plan blanc ?", **fields})


def stored() -> Opinion:
    return db.session.scalars(sa.select(Opinion)).one()


def test_the_ars_asks_about_a_section_and_the_referent_answers(
    cpts: Cpts, referent: Browser, ars_reader: Browser
) -> None:
    version(cpts)
    asked = leave(ars_reader).follow()
    assert asked.texts("h1") == ["Articulation avec le dispositif ORSAN"]
    assert asked.texts("main article h3") == ["Question"]
    assert f"{ars_reader.account.name}, ARS Occitanie, le " in asked.text
    assert stored().standing is Standing.OPEN

    shown = referent.get("cpts.opinions.show", opinion_id=stored().id)
    assert shown.html.select("input[name=kind]") == []
    answered = referent.submit(shown, fields={"text": "Il est joint en annexe."}).follow()
    assert answered.texts("main article h3") == ["Question", "Réponse de la CPTS"]
    assert f"{referent.account.name}, Uzège, le " in answered.text

    page = ars_reader.get("cpts.opinions.show", opinion_id=stored().id)
    assert "La CPTS a répondu" in page.texts(".badge")
    ars_reader.submit(page, fields={"kind": "agreed"})
    assert [message.number for message in stored().messages] == [1, 2, 3]
    assert stored().standing is Standing.AGREED
    seen = db.session.scalars(sa.select(HistoryEvent.verb).where(HistoryEvent.subject == "opinion"))
    assert sorted(seen) == ["changed", "changed", "created"]


def test_the_section_comes_from_the_link_beside_it(cpts: Cpts, cpam_reader: Browser) -> None:
    version(cpts)
    page = cpam_reader.get("cpts.publication.show", place="", number=1)
    links = page.links()
    assert links["Donner un avis"].endswith("/versions/1/donner-un-avis")
    form = cpam_reader.open(links["Donner un avis sur « Circuits de prise en charge »"])
    assert form.texts("select option[selected]") == ["Circuits de prise en charge"]
    assert form.texts("select option") == [
        *("L’ensemble du plan", "Circuits de prise en charge", "Articulation avec le dispositif ORSAN"),
        "Réponses et fiches actions",
    ]


def test_a_provisional_version_is_shown_for_advice(cpts: Cpts, ars_reader: Browser) -> None:
    version(cpts, kind=PublicationKind.PROVISIONAL)
    page = leave(ars_reader, place="provisoires", section="").follow()
    assert page.texts("h1") == ["L’ensemble du plan"]
    assert page.links()["Lire dans la version"] == "/cpts/uzege/versions/provisoires/1"


def test_nothing_is_said_of_a_plan_written_elsewhere(cpts: Cpts, ars_reader: Browser) -> None:
    version(cpts, kind=PublicationKind.EARLIER)
    assert ars_reader.open("/cpts/uzege/versions/anterieures/1/donner-un-avis").status == 404
    assert ars_reader.get("cpts.publication.write_opinion", place="", number=1).status == 404


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": []}, "Choisissez ce que dit votre message."),
        ({"kind": "answer"}, "Choisissez ce que dit votre message."),
        ({"text": " "}, "Écrivez votre texte"),
        ({"text": "x" * 4_001}, "4 000 caractères au plus."),
        ({"section": "inconnue"}, "Choisissez une valeur de la liste."),
        ({"text": NIR}, "numéro de Sécurité sociale"),
        ({"text": "Et\x00 le reste ?"}, "caractère invisible"),
    ],
)
def test_what_is_refused_is_said_and_kept(
    cpts: Cpts, ars_reader: Browser, fields: dict[str, Any], message: str
) -> None:
    version(cpts)
    page = leave(ars_reader, **fields)
    assert page.status == 422
    assert message in " ".join(page.texts(".error-summary"))
    kept = fields.get("text", "Et le plan blanc ?").replace("\x00", "").strip()
    assert page.texts("textarea") == [kept]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Opinion)) == 0


def test_agreeing_needs_no_text(cpts: Cpts, ars_reader: Browser) -> None:
    version(cpts)
    leave(ars_reader, kind="agreed", text="")
    assert stored().standing is Standing.AGREED


def test_what_looks_like_a_social_security_number_is_asked_about_and_never_refused(
    cpts: Cpts, ars_reader: Browser
) -> None:
    version(cpts)
    doubted = leave(ars_reader, text=NIR)
    assert doubted.status == 422
    assert ars_reader.submit(doubted, fields={"is_no_nir": "y"}).status == 303
    assert stored().messages[0].text == NIR


def test_a_form_sent_twice_leaves_one_opinion(cpts: Cpts, ars_reader: Browser) -> None:
    version(cpts)
    page = ars_reader.get("cpts.publication.write_opinion", place="", number=1)
    fields = {"section": "orsan", "kind": "remark", "text": "Une fois."}
    first, second = (ars_reader.submit(page, fields=fields) for _ in range(2))
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location
    assert stored().messages[0].text == "Une fois."


def test_another_message_that_came_meanwhile_is_shown_and_what_was_typed_stays(
    cpts: Cpts, referent: Browser, ars_reader: Browser
) -> None:
    begun = opinion(cpts, version(cpts), ars_reader.account)
    page = referent.get("cpts.opinions.show", opinion_id=begun.id)
    say(cpts, begun, ars_reader.account, MessageKind.TO_CORRECT, "Et le numéro est faux.")
    outrun = referent.submit(page, fields={"text": "Le gardien."})
    assert outrun.status == 409
    assert outrun.texts("main article h3") == ["Question", "À corriger"]
    assert "Et le numéro est faux." in outrun.text
    assert outrun.texts("textarea") == ["Le gardien."]
    assert referent.submit(outrun).status == 303
    assert [(one.number, one.kind) for one in stored().messages] == [
        (1, MessageKind.QUESTION),
        (2, MessageKind.TO_CORRECT),
        (3, MessageKind.ANSWER),
    ]


def test_another_institution_reads_and_leaves_an_opinion_of_its_own(
    cpts: Cpts, ars_reader: Browser, cpam_reader: Browser, app: Flask
) -> None:
    begun = opinion(cpts, version(cpts), ars_reader.account)
    page = cpam_reader.get("cpts.opinions.show", opinion_id=begun.id)
    assert "Qui ouvre la salle ?" in page.text
    assert page.html.select("main form") == []
    refused = cpam_reader.post("cpts.opinions.reply", {"kind": "agreed", "seen_number": "1"}, opinion_id=begun.id)
    assert refused.status == 403
    assert "suivi par l’institution" in refused.text
    institution = ars_reader.account.readerships[0].institution
    account = AccountFactory()
    db.session.add(Readership(account=account, institution=institution, added_at=NOON))
    colleague = Browser(app, account, cpts)
    institution.name = "ARS Occitanie (siège)"
    db.session.commit()
    assert colleague.get("cpts.opinions.show", opinion_id=begun.id).html.select("main form")


def test_what_the_cpts_begins_any_reader_goes_on_with(cpts: Cpts, referent: Browser, cpam_reader: Browser) -> None:
    begun = opinion(cpts, version(cpts), referent.account)
    page = cpam_reader.get("cpts.opinions.show", opinion_id=begun.id)
    assert cpam_reader.submit(page, fields={"kind": "remark", "text": "La mairie."}).status == 303
    assert [one.body for one in stored().messages] == ["Uzège", "ARS Occitanie"]


def test_what_is_said_cannot_change(cpts: Cpts, ars_reader: Browser) -> None:
    opinion(cpts, version(cpts), ars_reader.account)
    for statement in (
        "UPDATE opinions SET section_title = 'autre'",
        "DELETE FROM opinions",
        "UPDATE opinion_messages SET text = 'autre'",
        "DELETE FROM opinion_messages",
    ):
        with pytest.raises(DatabaseError, match="append only"):
            db.session.execute(sa.text(statement))
        db.session.rollback()


def test_members_who_do_not_edit_see_nothing_of_it(
    cpts: Cpts, adherent: Browser, cell_member: Browser, ars_reader: Browser
) -> None:
    begun = opinion(cpts, version(cpts), ars_reader.account, text="Remarque secrète")
    for browser in (adherent, cell_member):
        assert browser.get("cpts.opinions.index").status == 403
        assert browser.get("cpts.opinions.show", opinion_id=begun.id).status == 403
        assert browser.get("cpts.opinions.as_pdf").status == 403
        assert browser.get("cpts.publication.write_opinion", place="", number=1).status == 403
        page = browser.get("cpts.publication.show", place="", number=1)
        assert page.status == 200
        assert "avis" not in page.text
    assert "Remarque secrète" not in cell_member.get("cpts.plan.show_theme", theme="adaptation").text


def test_who_is_not_of_this_place_finds_nothing(cpts: Cpts, stranger: Browser, ars_reader: Browser, app: Flask) -> None:
    begun = opinion(cpts, version(cpts), ars_reader.account)
    far = Browser(app, reader(InstitutionKind.ARS, region="84"), cpts)
    db.session.commit()
    for browser in (stranger, far):
        assert browser.get("cpts.opinions.index").status == 404
        assert browser.get("cpts.opinions.show", opinion_id=begun.id).status == 404
        assert browser.get("cpts.publication.write_opinion", place="", number=1).status == 404
    there = stranger.account.memberships[0].cpts
    own = Browser(app, member(there, Role.REFERENT), there)
    db.session.commit()
    assert own.get("cpts.opinions.show", opinion_id=begun.id).status == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OpinionMessage)) == 1
