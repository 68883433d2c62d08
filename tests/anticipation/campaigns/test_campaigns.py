"""Leading a campaign: who is asked, what leaves, what comes back, whom to call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock, outbox
from crisis_plan.access.models import Membership
from crisis_plan.anticipation.campaigns import letters, queries
from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign
from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.anticipation.directory.rules import ContactKind, VerifiedHow
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from tests.anticipation.campaigns.factories import contact_with_mail, launched, letter_of, link_of
from tests.browser import Browser, Page
from tests.factories import ContactFactory, CptsFactory
from tests.statements import counted_statements


@pytest.fixture(autouse=True)
def mails_are_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the demonstration: what is written stays in the outbox."""
    monkeypatch.setitem(app.config, "DEMO", True)


def typed(cpts: Cpts, **changes: str) -> dict[str, str]:
    last_day = clock.today(cpts) + timedelta(days=20)
    return {"title": "Vérification d’automne", "last_day": last_day.isoformat(), "answers": "applied", **changes}


def reviewed(referent: Browser, cpts: Cpts, **changes: str) -> Page:
    """The second page, where what leaves is read."""
    return referent.get("cpts.campaigns.review", **typed(cpts, **changes))


def sent(referent: Browser, cpts: Cpts, **changes: str) -> Page:
    """Both pages, one after the other."""
    return referent.submit(reviewed(referent, cpts, **changes), "main form[method=post]")


def test_launching_writes_a_personal_link_to_each_and_calls_the_others(cpts: Cpts, referent: Browser) -> None:
    written = contact_with_mail(cpts, family_name="Avec")
    called = ContactFactory(cpts_id=cpts.id, family_name="Sans")
    db.session.commit()
    preview = referent.get("cpts.campaigns.new")
    assert "2 contacts" in preview.text
    assert "1 recevra un courriel" in preview.text
    review = referent.submit(preview, "main form", {"title": "Automne"})
    assert db.session.scalar(sa.select(sa.func.count(VerificationCampaign.id))) == 0
    shown = referent.submit(review, "main form[method=post]").follow()
    assert "La campagne est lancée : 1 courriel en attente d’envoi." in shown.text.replace("\xa0", " ")
    mail = db.session.scalars(sa.select(OutboxMessage)).one()
    assert (mail.recipient, mail.cpts_id) == ("camille@exemple.fr", cpts.id)
    assert mail.subject.startswith("Relisez vos coordonnées avant la fin du ")
    assert mail.subject in review.text
    before_link, after_link = mail.body.strip().split(f"http://localhost{link_of(written)}")
    shown_mail = " ".join(review.html.select_one("#mail ~ .card .typed").get_text(" ").split())
    assert " ".join(before_link.split()) in shown_mail
    assert " ".join(after_link.split()) in shown_mail
    assert f"http://localhost{link_of(written)}" in mail.body
    assert link_of(called) not in mail.body
    assert letter_of(called).sent_at is None
    assert shown.texts("table.bars td")[:3] == ["2", "0", "1"]


def test_a_launch_sent_twice_writes_once(cpts: Cpts, referent: Browser) -> None:
    contact_with_mail(cpts)
    db.session.commit()
    page = reviewed(referent, cpts)
    first, second = (referent.submit(page, "main form[method=post]") for _ in range(2))
    assert first.location == second.location
    assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 1


def test_the_audience_is_counted_before_anything_leaves(cpts: Cpts, referent: Browser) -> None:
    today = clock.today(cpts)
    contact_with_mail(cpts, family_name="Fraîche", verified_on=today)
    contact_with_mail(cpts, family_name="Ancienne", verified_on=today - timedelta(days=400))
    contact_with_mail(cpts, family_name="Partenaire", kind=ContactKind.PARTNER, profession="Maire")
    db.session.commit()
    asked = {"type": "adherent", "depuis": "stale"}
    part = referent.fragment("cpts.campaigns.new", **asked)
    assert "1 contact : Adhérents, à vérifier" in part.text
    assert "<html" not in part.content.decode()
    sent(referent, cpts, **asked)
    names = db.session.scalars(sa.select(CampaignLetter)).all()
    assert [letter.contact.family_name for letter in names] == ["Ancienne"]
    assert names[0].campaign.audience == "Adhérents, à vérifier"
    assert "1 contact" in referent.fragment("cpts.campaigns.new", profession="Maire").text
    everyone = referent.fragment("cpts.campaigns.new", profession="Inconnue", type="x", depuis="any")
    assert "3 contacts" in everyone.text


def test_whoever_was_verified_is_left_in_peace_unless_asked_otherwise(cpts: Cpts, referent: Browser) -> None:
    contact_with_mail(cpts, family_name="Fraîche", verified_on=clock.today(cpts))
    contact_with_mail(cpts, "deux@exemple.fr", family_name="Ancienne")
    db.session.commit()
    page = referent.get("cpts.campaigns.new")
    assert "1 contact : Tous les contacts, à vérifier" in page.text.replace("\xa0", " ")
    assert page.html.select_one("#who-since option[selected]")["value"] == "stale"
    sent(referent, cpts)
    assert [letter.contact.family_name for letter in db.session.scalars(sa.select(CampaignLetter))] == ["Ancienne"]


def test_the_filters_on_screen_are_what_the_second_page_counts(cpts: Cpts, referent: Browser) -> None:
    """The count beside the filters may lag; the form is theirs, and the next page names what it was sent."""
    contact_with_mail(cpts, family_name="Adhérente")
    contact_with_mail(cpts, "maire@exemple.fr", kind=ContactKind.PARTNER, profession="Maire")
    db.session.commit()
    page = referent.get("cpts.campaigns.new")
    review = referent.submit(page, "main form", {"type": "adherent"})
    assert "1 contact : Adhérents, à vérifier" in review.text.replace("\xa0", " ")
    referent.submit(review, "main form[method=post]")
    assert db.session.scalars(sa.select(OutboxMessage.recipient)).all() == ["camille@exemple.fr"]


def test_what_was_not_shown_does_not_leave(cpts: Cpts, referent: Browser) -> None:
    contact_with_mail(cpts)
    db.session.commit()
    review = reviewed(referent, cpts, type="adherent")
    contact_with_mail(cpts, "deux@exemple.fr")
    db.session.commit()
    again = referent.submit(review, "main form[method=post]")
    assert (again.status, "L’annuaire a changé" in again.text, "2 contacts" in again.text.replace("\xa0", " ")) == (
        409,
        True,
        True,
    )
    assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 0
    assert referent.submit(again, "main form[method=post]", {"type": ""}).status == 409
    assert referent.submit(again, "main form[method=post]").status == 303
    assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 2


def test_the_choice_may_be_taken_up_again_from_the_second_page(cpts: Cpts, referent: Browser) -> None:
    contact_with_mail(cpts)
    db.session.commit()
    review = reviewed(referent, cpts, title="Mon titre", type="adherent", answers="proposed")
    back = referent.open(review.links()["Modifier le choix"])
    assert back.html.select_one("#title")["value"] == "Mon titre"
    assert back.html.select_one("#who-kind option[selected]")["value"] == "adherent"
    assert back.html.select_one("input[name=answers][checked]")["value"] == "proposed"


def test_a_person_signs_the_mail_and_can_be_asked(cpts: Cpts, referent: Browser) -> None:
    own = ContactFactory(
        cpts_id=cpts.id,
        phones=[
            ContactPhone(position=0, number="+33612345678", is_private=True),
            ContactPhone(position=1, number="+33466221010"),
        ],
    )
    contact_with_mail(cpts, profession="Infirmier")
    db.session.flush()
    membership = db.session.scalars(sa.select(Membership).where(Membership.account_id == referent.account.id)).one()
    membership.contact_id = own.id
    db.session.commit()
    sent(referent, cpts)
    body = db.session.scalars(sa.select(OutboxMessage.body)).one().replace("\xa0", " ")
    for said in (referent.account.name, referent.account.email, "04 66 22 10 10", "(Infirmier)", "Aucun compte"):
        assert said in body
    assert "06 12 34 56 78" not in body


def test_only_contacts_of_the_cpts_are_asked(cpts: Cpts, referent: Browser) -> None:
    mine, other = contact_with_mail(cpts), contact_with_mail(CptsFactory(slug="lyon"), "lyon@exemple.fr")
    db.session.commit()
    sent(referent, cpts)
    asked = db.session.scalars(sa.select(CampaignLetter.contact_id)).all()
    assert asked == [mine.id]
    assert other.id not in asked


def test_nobody_to_ask_is_said_and_nothing_is_lost(cpts: Cpts, referent: Browser) -> None:
    asked = reviewed(referent, cpts, title="Mon titre")
    sent_anyway = referent.post("cpts.campaigns.launch", typed(cpts, title="Mon titre"))
    assert (asked.status, sent_anyway.status) == (200, 422)
    for page in (asked, sent_anyway):
        assert "Élargissez le choix" in page.text
        assert page.html.select_one("#title")["value"] == "Mon titre"
    assert db.session.scalar(sa.select(sa.func.count(VerificationCampaign.id))) == 0


@pytest.mark.parametrize(("days", "said"), [(0, "à venir"), (400, "six mois")])
def test_a_last_day_that_cannot_be_is_refused_beside_its_field(
    cpts: Cpts, referent: Browser, days: int, said: str
) -> None:
    contact_with_mail(cpts)
    db.session.commit()
    last_day = (clock.today(cpts) + timedelta(days=days)).isoformat()
    asked = typed(cpts, last_day=last_day, type="adherent")
    read, written = referent.get("cpts.campaigns.review", **asked), referent.post("cpts.campaigns.launch", asked)
    assert (read.status, written.status) == (200, 422)
    for page in (read, written):
        assert said in page.texts("#last_day-error")[0]
        assert page.html.select_one("#who-kind option[selected]")["value"] == "adherent"
    assert db.session.scalar(sa.select(sa.func.count(VerificationCampaign.id))) == 0


def test_without_a_mail_server_everyone_is_called_and_that_is_said_first(
    app: Flask, cpts: Cpts, referent: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "DEMO", False)
    contact = contact_with_mail(cpts)
    db.session.commit()
    preview = referent.get("cpts.campaigns.new")
    assert "n’a pas de serveur de courriel" in preview.text
    review = referent.submit(preview, "main form")
    assert review.html.select("#mail") == []
    shown = referent.submit(review, "main form[method=post]").follow()
    assert "n’a pas de serveur de courriel, tout se fait par téléphone" in shown.text
    assert shown.html.select("form[action$=relancer]") == []
    assert (letter_of(contact).email, letter_of(contact).sent_at) == ("", None)
    assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 0
    calls = referent.get("cpts.campaigns.calls", campaign_id=letter_of(contact).campaign_id)
    assert calls.texts("tbody th") == [contact.name]


def test_the_reminder_leaves_once_and_never_to_who_answered_or_was_verified(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser
) -> None:
    silent, answered, phoned, without = (
        contact_with_mail(cpts, "silence@exemple.fr"),
        contact_with_mail(cpts, "reponse@exemple.fr"),
        contact_with_mail(cpts, "appele@exemple.fr"),
        ContactFactory(cpts_id=cpts.id),
    )
    campaign = launched(app, cpts)
    page = visitor.open(link_of(answered))
    assert visitor.submit(page, "main form").status == 303
    verified = referent.submit(
        referent.get("cpts.directory.show", contact_id=phoned.id), "form[action$=verifier]", {"verified_how": "call"}
    )
    assert verified.status == 303
    db.session.execute(sa.delete(OutboxMessage))
    db.session.commit()
    show = {"campaign_id": campaign.id}
    said = referent.submit(referent.get("cpts.campaigns.show", **show), "form[action$=relancer]").follow()
    assert "1 courriel de relance en attente d’envoi." in said.text.replace("\xa0", " ")
    mails = db.session.scalars(sa.select(OutboxMessage)).all()
    assert [mail.recipient for mail in mails] == ["silence@exemple.fr"]
    assert mails[0].subject.startswith("Rappel : relisez vos coordonnées")
    assert link_of(silent) in mails[0].body
    again = referent.post("cpts.campaigns.remind", **show)
    assert (again.status, "déjà été relancée" in again.text) == (409, True)
    assert referent.get("cpts.campaigns.show", **show).html.select("form[action$=relancer]") == []
    assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 1
    assert letter_of(without).reminded_at is None


def test_a_reminder_for_nobody_is_refused_and_may_still_be_sent_later(
    app: Flask, cpts: Cpts, referent: Browser
) -> None:
    ContactFactory(cpts_id=cpts.id)
    campaign = launched(app, cpts)
    refused = referent.post("cpts.campaigns.remind", campaign_id=campaign.id)
    assert (refused.status, "personne à relancer" in refused.text) == (409, True)
    assert db.session.get(VerificationCampaign, campaign.id).reminded_at is None


def test_the_reminder_is_offered_when_the_end_is_near(app: Flask, cpts: Cpts, referent: Browser) -> None:
    contact_with_mail(cpts)
    campaign = launched(app, cpts, last_day=clock.today(cpts) + timedelta(days=5))
    page = referent.get("cpts.campaigns.show", campaign_id=campaign.id)
    assert "Il reste 5 jours" in page.text.replace("\xa0", " ")
    assert "Relancer par courriel 1 personne" in page.text.replace("\xa0", " ")
    said = page.texts("main h2")
    assert said.index("Relancer et clore") < said.index("Qui a été interrogé")


def test_a_mail_in_the_outbox_has_not_left(
    app: Flask, cpts: Cpts, referent: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = contact_with_mail(cpts)
    campaign = launched(app, cpts)
    here = {"campaign_id": campaign.id}
    waits = referent.get("cpts.campaigns.show", **here).text.replace("\xa0", " ")
    assert "1 courriel en attente d’envoi" in waits
    assert "n’a pas de serveur de courriel : ils ne partiront pas" in waits
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    waits = referent.get("cpts.campaigns.show", **here).text.replace("\xa0", " ")
    assert "0 courriel parti, 1 en attente d’envoi." in waits
    message = db.session.get(OutboxMessage, letter_of(contact).message_id)
    message.sent_at = clock.now()
    db.session.commit()
    assert "1 courriel parti." in referent.get("cpts.campaigns.show", **here).text.replace("\xa0", " ")


def test_the_reminder_goes_to_the_present_address_and_the_old_link_dies(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser
) -> None:
    contact, gone = contact_with_mail(cpts, "ancienne@exemple.fr"), contact_with_mail(cpts, "partie@exemple.fr")
    campaign = launched(app, cpts)
    old_link = link_of(contact)
    edit = referent.get("cpts.directory.edit", contact_id=contact.id)
    referent.submit(edit, "main form", {"emails-0-address": "nouvelle@exemple.fr"})
    edit = referent.get("cpts.directory.edit", contact_id=gone.id)
    referent.submit(edit, "main form", {"emails-0-address": ""})
    over = visitor.open(old_link)
    assert (over.status, "Ce lien n’est plus valable" in over.text) == (410, True)
    assert queries.shares([campaign], clock.now())[campaign.id].to_remind == 1
    assert [one.contact_id for one in letters.call_list(campaign, clock.now())] == [gone.id]
    db.session.execute(sa.delete(OutboxMessage))
    db.session.commit()
    referent.post("cpts.campaigns.remind", campaign_id=campaign.id)
    mail = db.session.scalars(sa.select(OutboxMessage)).one()
    assert (mail.recipient, link_of(contact) in mail.body, old_link in mail.body) == (
        "nouvelle@exemple.fr",
        True,
        False,
    )
    assert visitor.open(link_of(contact)).status == 200
    assert visitor.open(old_link).status == 410
    assert visitor.send(f"{old_link}/confirmer", {"seen_version": "2"}).status == 410
    assert letter_of(contact).answer is None


def test_a_closed_campaign_reminds_nobody_and_is_closed_once(app: Flask, cpts: Cpts, referent: Browser) -> None:
    contact_with_mail(cpts)
    campaign = launched(app, cpts)
    show = {"campaign_id": campaign.id}
    closed = referent.post("cpts.campaigns.close", **show).follow()
    assert "ses liens personnels ne répondent plus" in closed.text
    assert closed.html.select("[hx-get]") == []
    first = db.session.get(VerificationCampaign, campaign.id).closed_at
    referent.post("cpts.campaigns.close", **show)
    assert db.session.get(VerificationCampaign, campaign.id).closed_at == first
    assert referent.post("cpts.campaigns.remind", **show).status == 409


def test_the_share_says_who_answered_and_who_is_verified(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser
) -> None:
    right, wrong, _silent = (contact_with_mail(cpts, f"n{n}@exemple.fr") for n in range(3))
    ContactFactory(cpts_id=cpts.id)
    campaign = launched(app, cpts)
    visitor.submit(visitor.open(link_of(right)), "main form")
    visitor.submit(visitor.open(f"{link_of(wrong)}/corriger"), "main form", {"function": "Cadre"})
    share = queries.shares([campaign], clock.now())[campaign.id]
    assert (share.asked, share.sent, share.on_its_way, share.lost) == (4, 0, 3, 0)
    assert (share.answered, share.confirmed, share.corrected) == (2, 1, 1)
    assert (share.verified, share.to_call, share.to_remind, share.waiting) == (2, 1, 1, 0)
    page = referent.get("cpts.campaigns.index")
    assert page.texts("tbody td")[2:4] == ["2 (50 %)", "2 (50 %)"]


def test_the_open_page_asks_again_and_learns_only_what_changed(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser
) -> None:
    contact = contact_with_mail(cpts)
    campaign = launched(app, cpts)
    page = referent.get("cpts.campaigns.show", campaign_id=campaign.id)
    poll = str(page.html.select_one("#share")["hx-get"])
    asking = {"headers": {"HX-Request": "true"}}
    assert referent.open(poll, **asking).status == 204
    visitor.submit(visitor.open(link_of(contact)), "main form")
    news = referent.open(poll, **asking)
    assert (news.status, "1 sur 1" in news.text) == (200, True)
    next_poll = str(news.html.select_one("#share")["hx-get"])
    assert next_poll != poll
    assert referent.open(next_poll, **asking).status == 204
    assert referent.open(poll).status == 200


def test_what_the_poll_brings_equals_what_a_reload_shows(app: Flask, cpts: Cpts, referent: Browser) -> None:
    contact_with_mail(cpts)
    campaign = launched(app, cpts)
    part = referent.fragment("cpts.campaigns.show", campaign_id=campaign.id)
    whole = referent.get("cpts.campaigns.show", campaign_id=campaign.id)
    assert part.texts("#share table") == whole.texts("#share table")


def test_a_message_that_did_not_leave_puts_its_contact_on_the_call_list(
    app: Flask, cpts: Cpts, referent: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    lost, kept = contact_with_mail(cpts, "perdu@exemple.fr"), contact_with_mail(cpts, "parti@exemple.fr")
    db.session.commit()
    sent(referent, cpts).response.close()
    campaign_id = letter_of(lost).campaign_id
    db.session.execute(
        sa.update(OutboxMessage)
        .where(OutboxMessage.recipient == "parti@exemple.fr")
        .values(sent_at=clock.now(), last_error="")
    )
    db.session.commit()
    calls = referent.get("cpts.campaigns.calls", campaign_id=campaign_id)
    assert calls.texts("tbody th") == [lost.name]
    assert kept.name not in calls.text
    share = queries.shares([letter_of(lost).campaign], clock.now())[campaign_id]
    assert (share.sent, share.on_its_way, share.lost, share.to_call) == (1, 0, 1, 1)


def test_a_message_that_nobody_sent_in_time_counts_as_not_left(
    app: Flask, cpts: Cpts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    contact_with_mail(cpts)
    campaign = launched(app, cpts)
    now = clock.now()
    assert letters.call_list(campaign, now) == []
    assert len(letters.call_list(campaign, now + outbox.TOO_OLD_AFTER + timedelta(hours=1))) == 1


def test_the_call_list_is_called_ticked_printed_and_exported(app: Flask, cpts: Cpts, referent: Browser) -> None:
    contact = ContactFactory(
        cpts_id=cpts.id,
        family_name="=Appel",
        phones=[
            ContactPhone(position=0, number="+33465710000"),
            ContactPhone(position=1, number="+33612345678", is_private=True),
        ],
    )
    done = ContactFactory(cpts_id=cpts.id, family_name="Fait")
    campaign = launched(app, cpts)
    here = {"campaign_id": campaign.id}
    page = referent.get("cpts.campaigns.calls", **here)
    assert [str(a["href"]) for a in page.html.select("tbody tr:first-child a[href^=tel]")] == [
        "tel:+33612345678",
        "tel:+33465710000",
    ]
    called = referent.submit(page, f"form[action$='{letter_of(done).id}/verifier']").follow()
    assert f"{done.name} : vérifié par téléphone" in called.text
    assert str(called.links()[f"Ouvrir la fiche de {done.name}"]).endswith(f"/{done.id}")
    verified = db.session.get(type(done), done.id)
    assert (verified.verified_on, verified.verified_how) == (clock.today(cpts), VerifiedHow.CALL)
    assert verified.verified_by == referent.account.name
    assert referent.get("cpts.campaigns.calls", **here).texts("tbody .badge.ok") == [
        f"vérifié le {clock.today(cpts):%d/%m/%Y}"
    ]
    assert referent.get("cpts.campaigns.printed_calls", **here).texts("tbody th") == [f"{contact.name} Infirmier"]
    lines = referent.get("cpts.campaigns.calls_csv", **here).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Nom;Profession ou fonction;Commune;Téléphones;Vérifié le"
    assert lines[1].startswith("Camille =APPEL;Infirmier;Uzès;06 12 34 56 78, 04 65 71 00 00;")
    assert queries.shares([campaign], clock.now())[campaign.id].to_call == 1


def test_nobody_was_called_who_has_no_number(app: Flask, cpts: Cpts, referent: Browser) -> None:
    contact = ContactFactory(cpts_id=cpts.id, phones=[])
    here = {"campaign_id": launched(app, cpts).id}
    page = referent.get("cpts.campaigns.calls", **here)
    assert "aucun moyen de la joindre" in page.text
    assert page.html.select("form[action$=verifier]") == []
    refused = referent.post("cpts.campaigns.verified_by_call", **here, letter_id=letter_of(contact).id)
    assert (refused.status, db.session.get(type(contact), contact.id).verified_on) == (409, None)


def test_the_letter_of_another_campaign_is_not_found(
    app: Flask, cpts: Cpts, referent: Browser, stranger: Browser
) -> None:
    contact = ContactFactory(cpts_id=cpts.id)
    first, second = launched(app, cpts), launched(app, cpts)
    letter = letter_of(contact)
    other = first if letter.campaign_id == second.id else second
    elsewhere = {"campaign_id": other.id, "letter_id": letter.id}
    assert referent.post("cpts.campaigns.verified_by_call", **elsewhere).status == 404
    for endpoint in ("show", "calls", "printed_calls", "calls_csv"):
        assert stranger.get(f"cpts.campaigns.{endpoint}", campaign_id=first.id).status == 404


def test_another_cpts_cannot_name_this_campaign(app: Flask, cpts: Cpts, stranger: Browser) -> None:
    contact = contact_with_mail(cpts)
    campaign = launched(app, cpts, applies_answers=False)
    letter = letter_of(contact)
    stranger.cpts = stranger.account.memberships[0].cpts
    for endpoint in ("show", "calls", "printed_calls", "calls_csv"):
        assert stranger.get(f"cpts.campaigns.{endpoint}", campaign_id=campaign.id).status == 404
    for endpoint in ("remind", "close"):
        assert stranger.post(f"cpts.campaigns.{endpoint}", campaign_id=campaign.id).status == 404
    for endpoint in ("apply_correction", "decline_correction"):
        assert stranger.post(f"cpts.campaigns.{endpoint}", letter_id=letter.id).status == 404


def test_a_contact_who_leaves_the_directory_leaves_the_campaign(app: Flask, cpts: Cpts, referent: Browser) -> None:
    contact = contact_with_mail(cpts)
    campaign = launched(app, cpts)
    referent.post("cpts.directory.remove", contact_id=contact.id)
    page = referent.get("cpts.campaigns.show", campaign_id=campaign.id)
    assert "ont tous quitté l’annuaire" in page.text
    assert queries.shares([campaign], clock.now())[campaign.id].asked == 0


def test_the_history_says_who_launched_reminded_and_closed(app: Flask, cpts: Cpts, referent: Browser) -> None:
    contact_with_mail(cpts)
    db.session.commit()
    sent(referent, cpts)
    campaign = db.session.scalars(sa.select(VerificationCampaign)).one()
    referent.post("cpts.campaigns.remind", campaign_id=campaign.id)
    referent.post("cpts.campaigns.close", campaign_id=campaign.id)
    told = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "verification_campaign")).all()
    assert {(one.verb, tuple(one.fields)) for one in told} == {
        ("created", ()),
        ("changed", ("reminded_at",)),
        ("changed", ("closed_at",)),
    }
    assert {one.actor_id for one in told} == {referent.account.id}


def test_seven_hundred_letters_are_written_in_few_statements(app: Flask, cpts: Cpts) -> None:
    for n in range(40):
        contact_with_mail(cpts, f"n{n}@exemple.fr")
    db.session.commit()
    with counted_statements() as statements:
        launched(app, cpts)
    assert len(statements) < 40
    assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 40


@pytest.mark.parametrize("endpoint", ["index", "show", "calls", "printed_calls", "corrections"])
def test_a_longer_list_asks_the_database_no_more_often(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser, endpoint: str
) -> None:
    asked = []
    for _ in range(2):
        for n in range(len(asked) + 1):
            answers = contact_with_mail(cpts, f"c{len(asked)}{n}@exemple.fr", phones=[])
            ContactFactory(cpts_id=cpts.id)
        campaign = launched(app, cpts, applies_answers=False)
        visitor.submit(visitor.open(f"{link_of(answers)}/corriger"), "main form", {"function": "Cadre"})
        values = {"campaign_id": campaign.id} if endpoint not in ("index", "corrections") else {}
        with counted_statements() as statements:
            assert referent.get(f"cpts.campaigns.{endpoint}", **values).status == 200
        asked.append([one for one in statements if one.lstrip().upper().startswith("SELECT")])
    assert len(asked[0]) == len(asked[1]) <= 12, "\n".join(asked[1])


def test_reading_is_for_the_cell_and_leading_for_editors(
    app: Flask, cpts: Cpts, cell_member: Browser, adherent: Browser
) -> None:
    contact_with_mail(cpts)
    campaign = launched(app, cpts)
    page = cell_member.get("cpts.campaigns.show", campaign_id=campaign.id)
    assert page.html.select("main form") == []
    assert cell_member.post("cpts.campaigns.close", campaign_id=campaign.id).status == 403
    assert adherent.get("cpts.campaigns.show", campaign_id=campaign.id).status == 403


def test_open_campaigns_are_those_whose_links_answer(app: Flask, cpts: Cpts) -> None:
    contact_with_mail(cpts)
    today = clock.today(cpts)
    soon, later = (launched(app, cpts, last_day=today + timedelta(days=days)) for days in (1, 9))
    assert [one.id for one in queries.open_campaigns(cpts, today)] == [soon.id, later.id]
    assert [one.id for one in queries.open_campaigns(cpts, today + timedelta(days=2))] == [later.id]
    assert queries.open_campaigns(cpts, date(2099, 1, 1)) == []
