"""Sending a version, reminding, handing over: who is given what, once, and what it costs."""

from __future__ import annotations

import io
from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.directory.models import Contact, ContactEmail
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.distribution import queries, sending
from crisis_plan.distribution.models import Delivery, DeliveryDocument, DeliveryEvent
from crisis_plan.distribution.rules import Channel, EventKind, Group
from crisis_plan.document.blocks import Edition
from crisis_plan.outbox import OutboxMessage
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, CptsFactory, member
from tests.plan_distribution.arranged import PUBLISHED_ON, everyone, left, recipient, refused, sent, version
from tests.promises.at_once import all_at_once

PDF = b"%PDF-1.4 feuille de presence %%EOF"


@pytest.fixture
def mail(app):
    """An installation whose mail server takes nothing: what is written waits."""
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    yield
    app.config["SMTP_URL"] = ""


@pytest.fixture
def people(cpts, mail):
    return everyone(cpts)


def recipients_of(publication):
    rows = db.session.execute(
        sa.select(Delivery.name, Delivery.edition).where(Delivery.publication_id == publication.id)
    )
    return dict(rows.all())


def circulation(cpts, publication):
    db.session.expire_all()
    return {
        group: (one.recipients, one.given, one.opened, one.acknowledged)
        for group, one in queries.circulation(cpts, publication).items()
        if one.recipients
    }


def events():
    return Counter(db.session.scalars(sa.select(DeliveryEvent.kind)))


def test_a_group_is_read_then_sent_one_link_each(people, referent):
    made = version(referent.cpts)
    page = referent.get("cpts.distribution.prepare", groupe="partner")
    assert "Mairie d’Uzès" in page.text
    assert "(ici, le lien personnel de chacun)" in page.text
    after = referent.submit(page, "form[action$='envoyer']")
    assert after.status == 303
    assert recipients_of(made) == {"Mairie d’Uzès": Edition.PUBLIC}
    message = db.session.scalars(sa.select(OutboxMessage)).one()
    assert message.recipient == "mairie-d-uzes@exemple.fr" or "@exemple.fr" in message.recipient
    assert "/d/" in message.body
    assert "version 1" in message.subject


def test_checked_rows_are_sent_the_restricted_edition_only_where_it_is_marked(people, referent):
    made = version(referent.cpts)
    chosen = [str(people[one].id) for one in ("other", "partner", "ars")]
    page = referent.get("cpts.distribution.prepare", contact=chosen)
    assert "Cocher, c’est donner l’édition restreinte" in page.text
    assert not page.html.select("input[name=restricted][checked]")
    typed = {"contact": chosen, "restricted": [str(people["other"].id)]}
    assert referent.submit(page, "form[action$='envoyer']", typed).status == 303
    assert recipients_of(made) == {
        "Préfecture du Gard": Edition.RESTRICTED,
        "Mairie d’Uzès": Edition.PUBLIC,
        "ARS Occitanie": Edition.RESTRICTED,
    }
    assert "choisie à la main" in referent.get("cpts.distribution.index").text


def test_no_field_is_sent_twice(people, referent):
    version(referent.cpts)
    for asked in ({"groupe": "partner"}, {"contact": [str(people["partner"].id)]}):
        form = referent.get("cpts.distribution.prepare", **asked).html.select_one("form[action$='envoyer']")
        names = Counter(field["name"] for field in form.select("input[name]"))
        assert {name for name, count in names.items() if count > 1} == set()


def test_others_than_those_that_were_read_are_shown_first(people, referent):
    made = version(referent.cpts)
    page = referent.get("cpts.distribution.prepare", groupe="partner")
    recipient(referent.cpts, "Mairie de Remoulins", ContactKind.PARTNER, "Mairie")
    db.session.commit()
    again = referent.submit(page, "form[action$='envoyer']")
    assert again.status == 409
    assert "Mairie de Remoulins" in again.text
    assert recipients_of(made) == {}
    referent.submit(again, "form[action$='envoyer']")
    assert len(recipients_of(made)) == 2


def test_who_has_no_address_is_listed_to_be_handed_over(mail, referent):
    version(referent.cpts)
    recipient(referent.cpts, "Mairie muette", ContactKind.PARTNER, "Mairie", email="")
    recipient(referent.cpts, "Mairie d’Uzès", ContactKind.PARTNER, "Mairie")
    db.session.commit()
    page = referent.get("cpts.distribution.prepare", groupe="partner")
    assert "1 personne sans courriel" in page.text
    referent.submit(page, "form[action$='envoyer']")
    assert "À remettre, sans courriel" in referent.get("cpts.distribution.index").text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 1


def test_two_people_sending_at_once_give_one_link_each(app, cpts, people):
    made = version(cpts)
    senders = [Browser(app, member(cpts, Role.COORDINATOR), cpts) for _ in range(4)]
    db.session.commit()
    page = senders[0].get("cpts.distribution.prepare", groupe="adherent")
    seen = page.html.select_one("input[name=seen]")["value"]
    typed = {"version": str(made.number), "groupe": "adherent", "seen": seen}
    answers = all_at_once(senders, "cpts.distribution.send", lambda _: typed)
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses[303] == 1, statuses
    assert set(statuses) <= {303, 409, 422}
    db.session.expire_all()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 1


def test_six_hundred_adherents_cost_few_statements(app, cpts, mail):
    made = version(cpts)
    db.session.add_all(
        Contact(
            cpts_id=cpts.id, kind=ContactKind.ADHERENT, family_name=f"Nom{rank}", sort_name=f"nom{rank:03}",
            search_text="", created_at=NOON, updated_at=NOON,
            emails=[ContactEmail(position=0, address=f"nom{rank}@exemple.fr")],
        )
        for rank in range(600)
    )  # fmt: skip
    db.session.commit()
    by, asked = AccountFactory(), []
    ids = db.session.scalars(sa.select(Contact.id)).all()
    db.session.commit()
    note = lambda *_: asked.append(1)  # noqa: E731
    with app.test_request_context():
        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            given = sending.send(cpts, made, sending.Recipients(ids), by=by, at=NOON)
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)
        db.session.commit()
    assert len(given) == 600
    assert len(asked) < 40
    assert events() == {EventKind.SENT: 600}


def test_only_what_really_left_counts_as_given(app, cpts, people):
    made = version(cpts)
    ars, cpam, msa = sent(app, cpts, made, people["ars"], people["cpam"], people["msa"])
    assert circulation(cpts, made)[Group.ARS] == (1, 0, 0, 0)
    left(ars)
    refused(cpam)
    found = circulation(cpts, made)
    assert (found[Group.ARS], found[Group.CPAM], found[Group.MSA]) == ((1, 1, 0, 0), (1, 0, 0, 0), (1, 0, 0, 0))
    assert queries.missing_groups(cpts, made) == (Group.CPAM, Group.MSA, Group.ADHERENT, Group.PARTNER)
    assert msa.name == "MSA du Languedoc"


def test_a_mail_that_did_not_leave_is_shown_and_sent_again(app, cpts, people, referent):
    (ars,) = sent(app, cpts, version(cpts), people["ars"])
    refused(ars)
    first = ars.message_id
    assert "Non parti" in referent.get("cpts.distribution.index", etat="non-parti").text
    page = referent.get("cpts.distribution.show", delivery_id=ars.id)
    assert "Il ne compte pas comme envoyé" in page.text
    assert page.html.find("th", string="Courriel non parti")
    assert referent.submit(page, "form[action$='renvoyer']").status == 303
    assert events() == {EventKind.SENT: 2}
    assert "Courriel non parti la fois d’avant" in referent.get("cpts.distribution.show", delivery_id=ars.id).text
    messages = set(db.session.scalars(sa.select(OutboxMessage.id)))
    assert {db.session.scalar(sa.select(Delivery.message_id))} == messages - {first}


def test_what_was_given_stays_given_when_a_reminder_does_not_leave(app, cpts, people):
    made = version(cpts)
    (ars,) = sent(app, cpts, made, people["ars"])
    left(ars)
    with app.test_request_context():
        sending.remind(cpts, made, by=AccountFactory(), at=NOON + timedelta(days=8))
        db.session.commit()
    refused(ars)
    assert circulation(cpts, made)[Group.ARS] == (1, 1, 0, 0)


def test_withdrawing_a_link_stops_access_and_unproves_nothing(app, cpts, people, referent):
    made = version(cpts)
    (ars,) = sent(app, cpts, made, people["ars"])
    left(ars)
    assert referent.post("cpts.distribution.revoke", delivery_id=ars.id).status == 303
    assert referent.post("cpts.distribution.revoke", delivery_id=ars.id).status == 303
    assert circulation(cpts, made)[Group.ARS] == (1, 1, 0, 0)
    assert events() == {EventKind.SENT: 1, EventKind.REVOKED: 1}


def test_those_who_did_not_open_are_reminded_once_a_week(app, cpts, people, referent, monkeypatch):
    made = version(cpts)
    left(*sent(app, cpts, made, people["ars"], people["cpam"]))
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=8))
    page = referent.get("cpts.distribution.index")
    assert referent.submit(page, "form[action$='relancer']").status == 303
    assert events() == {EventKind.SENT: 2, EventKind.REMINDED: 2}
    subjects = db.session.scalars(sa.select(OutboxMessage.subject)).all()
    assert sum("Rappel" in one for one in subjects) == 2
    again = referent.post("cpts.distribution.remind", {"version": "1"})
    assert again.status == 409
    assert "7 jours" in again.text


def test_copies_handed_over_in_a_meeting_are_proved_by_one_sheet(people, referent, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    made = version(referent.cpts)
    page = referent.get("cpts.distribution.hand", contact=[str(people["adherent"].id), str(people["partner"].id)])
    typed = {
        "channel": "meeting",
        "handed_on": "2026-11-20",
        "note": "Assemblée générale",
        "contact": [str(people["adherent"].id), str(people["partner"].id)],
        "document": FileStorage(io.BytesIO(PDF), "presence.pdf"),
    }
    after = referent.submit(page, "form[action*='remettre']", typed)
    assert after.status == 303, after.text
    document = db.session.scalars(sa.select(DeliveryDocument)).one()
    rows = db.session.execute(sa.select(DeliveryEvent.channel, DeliveryEvent.document_id)).all()
    assert rows == [(Channel.MEETING, document.id)] * 2
    assert queries.communicated_to_partners_on(referent.cpts).isoformat() == "2026-11-20"
    assert circulation(referent.cpts, made)[Group.PARTNER] == (1, 1, 0, 0)
    kept = referent.get("cpts.distribution.document", document_id=document.id)
    assert kept.content == PDF


def test_a_whole_group_is_handed_over_at_once_with_a_sheet_that_is_there_already(people, referent, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    version(referent.cpts)
    recipient(referent.cpts, "Mairie de Remoulins", ContactKind.PARTNER, "Mairie", email="")
    db.session.commit()
    first = {"channel": "paper", "handed_on": "20/11/2026", "contact": str(people["adherent"].id)}
    first["document"] = FileStorage(io.BytesIO(PDF), "presence.pdf")
    referent.submit(referent.get("cpts.distribution.hand", groupe="adherent"), "form[action*='remettre']", first)
    document = db.session.scalars(sa.select(DeliveryDocument)).one()
    page = referent.get("cpts.distribution.hand", groupe="partner")
    typed = {"channel": "paper", "handed_on": "20/11/2026", "everyone": "y", "known_document": str(document.id)}
    assert referent.submit(page, "form[action*='remettre']", typed).status == 303
    assert db.session.scalars(sa.select(DeliveryEvent.document_id)).all() == [document.id] * 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"handed_on": "2026-12-24"}, "Cette date est à venir"),
        ({"handed_on": "2026-09-30"}, "n’existait pas encore"),
        ({"contact": []}, "Cochez au moins une personne"),
        ({"channel": ""}, "Dites comment le plan a été remis"),
        ({"channel": "pigeon"}, "Dites comment le plan a été remis"),
        ({"document": FileStorage(io.BytesIO(b"rien"), "presence.pdf")}, "n’est pas un document complet"),
    ],
)
def test_what_cannot_have_been_handed_over_is_refused_and_nothing_is_lost(people, referent, monkeypatch, typed, said):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    version(referent.cpts)
    page = referent.get("cpts.distribution.hand", groupe="partner")
    right = {"channel": "paper", "handed_on": "2026-11-20", "contact": str(people["partner"].id), "note": "À l’accueil"}
    again = referent.submit(page, "form[action*='remettre']", {**right, **typed})
    assert again.status == 422
    assert said in again.text.replace("\xa0", " ")
    assert again.html.select_one("input[name=note]")["value"] == "À l’accueil"
    assert events() == {}


def test_a_version_that_was_replaced_is_no_longer_sent_and_its_register_stays(app, cpts, people, referent):
    first = version(cpts)
    left(*sent(app, cpts, first, people["ars"]))
    version(cpts, 2, dated_on=PUBLISHED_ON + timedelta(days=30))
    found = referent.get("cpts.distribution.index", version=1)
    assert "ne s’envoie plus" in found.text
    assert "CPAM du Gard" not in found.text
    assert "aucun contact" not in found.text
    assert found.html.select("a[href*='remettre?groupe=msa'], a[href*='groupe=msa'][href*='remettre']")
    refusal = referent.post("cpts.distribution.send", {"version": "1", "groupe": "cpam", "seen": ""})
    assert refusal.status == 422
    with app.test_request_context(), pytest.raises(sending.NotInForce):
        sending.send(cpts, first, sending.Recipients([people["cpam"].id]), by=AccountFactory(), at=NOON)


def test_without_a_mail_server_nothing_is_sent(cpts, referent):
    everyone(cpts)
    made = version(cpts)
    assert "n’envoie pas de courriel" in referent.get("cpts.distribution.index").text
    with pytest.raises(sending.NoMail):
        sending.send(cpts, made, sending.Recipients([]), by=AccountFactory(), at=NOON)


def test_another_cpts_is_neither_read_nor_written(app, cpts, people, referent, stranger):
    made = version(cpts)
    (ars,) = sent(app, cpts, made, people["ars"])
    elsewhere = CptsFactory(slug="la-bas", name="Là-bas")
    version(elsewhere, 3)
    theirs = everyone(elsewhere)
    (foreign,) = sent(app, elsewhere, queries.version_or_404(elsewhere, 3), theirs["ars"])
    for endpoint in ("show", "send_again", "revoke"):
        ask = referent.get if endpoint == "show" else referent.post
        assert ask(f"cpts.distribution.{endpoint}", delivery_id=foreign.id).status == 404
    assert stranger.get("cpts.distribution.show", delivery_id=ars.id).status == 404
    referent.get("cpts.distribution.index", version=3)
    page = referent.get("cpts.distribution.prepare", contact=[str(theirs["cpam"].id)])
    assert "CPAM" not in page.text
    typed = {"channel": "paper", "handed_on": "2026-11-20", "contact": str(theirs["cpam"].id)}
    refusal = referent.post("cpts.distribution.record_handed", typed, contact=str(theirs["cpam"].id))
    assert refusal.status == 422
    assert referent.get("cpts.distribution.index", version=99).status == 404


def test_a_mail_that_never_left_is_sent_again_and_not_reminded(app, cpts, people, referent, monkeypatch):
    made = version(cpts)
    ars, cpam = sent(app, cpts, made, people["ars"], people["cpam"])
    left(cpam)
    refused(ars)
    later = NOON + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert [one.name for one in queries.whole_register(cpts, made, later).to_remind(later)] == ["CPAM du Gard"]
    page = referent.get("cpts.distribution.index")
    assert "Relancer 1 personne" in page.text.replace("\xa0", " ")
    assert page.html.select(f"#recipients a[href*='{ars.id}'][href$='#acts-title']")
    assert (
        "ARS Occitanie"
        not in referent.get("cpts.distribution.index", etat="non-ouvert").html.select_one("#recipients").text
    )


def test_a_group_without_email_is_handed_the_plan_and_not_sent_it(mail, referent):
    version(referent.cpts)
    msa = recipient(referent.cpts, "MSA du Languedoc", ContactKind.INSTITUTION, "MSA", email="")
    recipient(referent.cpts, "CPAM du Gard", ContactKind.INSTITUTION, "CPAM")
    db.session.commit()
    index = referent.get("cpts.distribution.index").html
    assert index.select("a[href*='envoyer?groupe=cpam']")
    assert not index.select("a[href*='envoyer?groupe=msa']")
    page = referent.get("cpts.distribution.prepare", groupe="msa")
    assert "La MSA n’a pas de courriel dans l’annuaire" in page.text
    assert page.html.select("main a[href*='remettre'][href*='groupe=msa']")
    assert page.html.select(f"main a[href*='{msa.id}']")


def test_the_only_one_of_a_group_is_ticked_beforehand(people, referent):
    version(referent.cpts)
    page = referent.get("cpts.distribution.hand", groupe="msa").html
    assert [one["value"] for one in page.select("input[name=contact][checked]")] == [str(people["msa"].id)]
    recipient(referent.cpts, "Mairie de Remoulins", ContactKind.PARTNER, "Mairie")
    db.session.commit()
    assert not referent.get("cpts.distribution.hand", groupe="partner").html.select("input[name=contact][checked]")
