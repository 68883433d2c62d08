"""A person, their personal link, and their own line: nothing else, nothing before they press a button."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.campaigns import answers, letters, mails
from crisis_plan.anticipation.campaigns.models import CampaignLetter
from crisis_plan.anticipation.campaigns.rules import Answer, Decision
from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.db import Base, db
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.links import token_for
from tests.anticipation.campaigns.factories import contact_with_mail, launched, letter_of, link_of
from tests.browser import Browser
from tests.factories import ContactFactory, member


@pytest.fixture(autouse=True)
def mails_are_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)


def everything_stored() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as text."""
    return {
        table.name: sorted(map(str, db.session.execute(sa.select(table)).all()))
        for table in Base.metadata.sorted_tables
    }


def stored(contact: Contact) -> Contact:
    found: Contact = db.session.get(Contact, contact.id)
    return found


def test_reading_writes_nothing(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts)
    before = everything_stored()
    for end in ("", "/corriger", "/merci"):
        page = visitor.open(link_of(contact) + end)
        assert page.status == 200
        assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.response.headers["Cache-Control"] == "no-store"
    assert everything_stored() == before


def test_a_person_sees_their_own_line_and_nobody_else(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    mine = contact_with_mail(
        cpts,
        family_name="Rouvière",
        note="Ne répond jamais le mardi",
        national_id="810001234567",
        phones=[ContactPhone(position=0, number="+33612345678", is_private=True)],
        volunteer_for=["ill"],
        mobile_consent_on=date(2025, 4, 2),
    )
    contact_with_mail(cpts, "voisine@exemple.fr", family_name="Voisine", phones=[])
    launched(app, cpts)
    page = visitor.open(link_of(mine))
    for seen in ("ROUVIÈRE", "06 12 34 56 78", "privé", "camille@exemple.fr", "Uzès", "1er janvier 2025"):
        assert seen in page.text.replace("\xa0", " ")
    assert "Malades, notamment personnes âgées ou enfants" in page.text
    assert "2 avril 2025" in page.text
    assert "Vos droits" in page.text
    source = page.content.decode() + visitor.open(f"{link_of(mine)}/corriger").content.decode()
    for hidden in ("Voisine", "VOISINE", "voisine@", "mardi", "810001234567", "10001234567"):
        assert hidden not in source


def test_confirming_verifies_the_line_and_changes_nothing_else(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts)
    thanks = visitor.submit(visitor.open(link_of(contact)), "main form").follow()
    assert "Merci, votre réponse est enregistrée" in thanks.text
    now = stored(contact)
    assert (now.verified_on, now.verified_how) == (clock.today(cpts), VerifiedHow.LINK)
    assert now.verified_by == "la personne elle-même"
    assert [phone.number for phone in now.phones] == ["+33465710000"]
    letter = letter_of(contact)
    assert (letter.answer, letter.correction, letter.decision) == (Answer.CONFIRMED, None, None)
    told = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "contact")).one()
    assert (told.actor_id, set(told.fields)) == (None, {"verified_on", "verified_how", "verified_by"})


CORRECTED = {
    "function": "Cadre de santé",
    "phones-0-number": "06 12 34 56 78",
    "phones-0-is_private": "y",
    "phones-1-number": "04 66 22 10 10",
    "emails-0-address": "Nouvelle@Exemple.fr",
    "places-0-commune": "Remoulins",
    "availability": "Sauf le jeudi",
    "volunteer_for": ["nrc", "ill"],
    "mobile_consent": "y",
}


def test_a_correction_is_applied_at_once_where_the_campaign_says_so(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts, note="À garder", national_id="810001234567")
    launched(app, cpts)
    page = visitor.open(f"{link_of(contact)}/corriger")
    thanks = visitor.submit(page, "main form", CORRECTED).follow()
    assert "Votre fiche est corrigée" in thanks.text
    now = stored(contact)
    assert [(one.number, one.is_private) for one in now.phones] == [("+33612345678", True), ("+33466221010", False)]
    assert [one.address for one in now.emails] == ["nouvelle@exemple.fr"]
    assert [(one.commune, one.postal_code) for one in now.places] == [("Remoulins", "30700")]
    assert (now.function, now.availability, now.volunteer_for) == ("Cadre de santé", "Sauf le jeudi", ["ill", "nrc"])
    assert (now.mobile_consent_on, now.verified_on) == (clock.today(cpts), clock.today(cpts))
    assert (now.note, now.national_id, now.kind) == ("À garder", "810001234567", contact.kind)
    letter = letter_of(contact)
    assert (letter.answer, letter.decision, letter.correction) == (Answer.CORRECTED, Decision.APPLIED, None)
    told = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "contact")).one()
    assert told.actor_id is None
    assert {"function", "phones", "emails", "places", "availability", "volunteer_for"} <= set(told.fields)
    assert "Cadre de santé" not in str(vars(told))


def test_a_correction_that_changes_nothing_is_a_confirmation(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts, phones=[ContactPhone(position=0, number="+33612345678", is_private=True)])
    launched(app, cpts, applies_answers=False)
    visitor.submit(visitor.open(f"{link_of(contact)}/corriger"), "main form")
    assert letter_of(contact).answer is Answer.CONFIRMED
    assert stored(contact).verified_how is VerifiedHow.LINK


def test_a_refused_form_keeps_what_was_typed(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts)
    page = visitor.open(f"{link_of(contact)}/corriger")
    refused = visitor.submit(page, "main form", {"phones-0-number": "12 34", "function": "Cadre"})
    assert refused.status == 422
    assert refused.html.select_one("#phones-0-number")["value"] == "12 34"
    assert refused.html.select_one("#function")["value"] == "Cadre"
    assert "Il y a une erreur" in refused.text
    assert letter_of(contact).answer is None


def test_a_proposed_correction_waits_and_is_read_side_by_side(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser
) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts, applies_answers=False)
    page = visitor.open(f"{link_of(contact)}/corriger")
    thanks = visitor.submit(page, "main form", {"function": "Cadre", "phones-0-number": ""}).follow()
    assert "va relire votre correction" in thanks.text
    assert (stored(contact).function, stored(contact).verified_on) == ("", None)
    assert letters.waiting_corrections(cpts) == 1
    listed = referent.get("cpts.campaigns.corrections")
    assert listed.texts("tbody th") == ["Fonction", "Téléphones"]
    assert listed.texts("tbody td") == ["–", "Cadre", "04 65 71 00 00", "–"]
    assert (listed.texts("tbody del"), listed.texts("tbody ins")) == (["04 65 71 00 00"], ["Cadre"])
    said = referent.submit(listed, "form[action$=reporter]").follow()
    assert "La correction de Camille" in said.text
    assert "est acceptée et reportée dans l’annuaire" in said.text
    now = stored(contact)
    assert (now.function, now.phones, now.verified_on) == ("Cadre", [], clock.today(cpts))
    assert (now.verified_how, now.verified_by) == (VerifiedHow.LINK, "la personne elle-même")
    letter = letter_of(contact)
    assert (letter.decision, letter.correction, letter.decided_by_id) == (Decision.APPLIED, None, referent.account.id)
    assert letters.waiting_corrections(cpts) == 0


def test_a_declined_correction_leaves_the_directory_as_it_was(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser
) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts, applies_answers=False)
    visitor.submit(visitor.open(f"{link_of(contact)}/corriger"), "main form", {"function": "Cadre"})
    listed = referent.get("cpts.campaigns.corrections")
    assert "est refusée" in referent.submit(listed, "form[action$=retenir]").follow().text
    assert (stored(contact).function, stored(contact).verified_on) == ("", None)
    assert letter_of(contact).decision is Decision.DECLINED
    again = referent.submit(listed, "form[action$=reporter]")
    assert (again.status, "n’attend plus" in again.text) == (409, True)


def test_a_line_changed_meanwhile_is_compared_again_before_it_is_overwritten(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser
) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts, applies_answers=False)
    visitor.submit(visitor.open(f"{link_of(contact)}/corriger"), "main form", {"function": "Cadre"})
    listed = referent.get("cpts.campaigns.corrections")
    edit = referent.get("cpts.directory.edit", contact_id=contact.id)
    referent.submit(edit, "main form", {"function": "Infirmière libérale", "availability": "Le soir"})
    refused = referent.submit(listed, "form[action$=reporter]")
    assert refused.status == 409
    assert "a changé entre-temps" in refused.text
    assert refused.texts("tbody td") == ["Infirmière libérale", "Cadre"]
    assert stored(contact).function == "Infirmière libérale"
    referent.submit(refused, "form[action$=reporter]")
    assert (stored(contact).function, stored(contact).availability) == ("Cadre", "Le soir")


def test_the_last_answer_is_the_one_that_counts(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts, applies_answers=False)
    visitor.submit(visitor.open(f"{link_of(contact)}/corriger"), "main form", {"function": "Cadre"})
    again = visitor.open(f"{link_of(contact)}/corriger")
    assert again.html.select_one("#function")["value"] == "Cadre"
    visitor.submit(again, "main form", {"function": "Cadre supérieure"})
    assert letter_of(contact).correction == {"function": "Cadre supérieure"}
    page = visitor.open(link_of(contact))
    assert "Si vous confirmez ce qui suit, elle sera oubliée" in page.text
    visitor.submit(page, "main form")
    assert (letter_of(contact).answer, letter_of(contact).correction) == (Answer.CONFIRMED, None)
    assert letters.waiting_corrections(cpts) == 0


def test_confirming_a_line_that_changed_asks_to_read_it_again(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser
) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts)
    page, form = visitor.open(link_of(contact)), visitor.open(f"{link_of(contact)}/corriger")
    edit = referent.get("cpts.directory.edit", contact_id=contact.id)
    referent.submit(edit, "main form", {"function": "Infirmière libérale"})
    refused = visitor.submit(page, "main form")
    assert (refused.status, "Votre fiche a changé" in refused.text) == (409, True)
    assert "Infirmière libérale" in refused.text
    assert letter_of(contact).answer is None
    stale = visitor.submit(form, "main form", {"availability": "Le matin"})
    assert stale.status == 409
    assert "Disponibilité : vous avez écrit « Le matin », la fiche dit « rien »" in stale.text
    assert "Fonction : vous avez écrit « rien », la fiche dit « Infirmière libérale »" in stale.text
    assert visitor.submit(stale, "main form", {"function": "Infirmière libérale"}).status == 303
    assert (stored(contact).function, stored(contact).availability) == ("Infirmière libérale", "Le matin")


def test_a_tampered_or_foreign_token_is_not_found(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts)
    good = link_of(contact)
    other_purpose = token_for("call", letter_of(contact).id)
    for token in ("inconnu", f"{good.rsplit('/', 1)[1]}x", other_purpose, "\x00", "a.b"):
        address = f"/mes-coordonnees/{token}"
        assert visitor.open(address).status == 404
        assert visitor.send(f"{address}/confirmer", {}).status == 404
        assert visitor.send(f"{address}/corriger", {}).status == 404
    assert letter_of(contact).answer is None


@pytest.mark.parametrize("how", ["closed", "expired"])
def test_a_link_that_is_over_says_so_and_writes_nothing(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser, how: str
) -> None:
    contact = contact_with_mail(cpts)
    campaign = launched(app, cpts)
    page = visitor.open(link_of(contact))
    if how == "closed":
        referent.post("cpts.campaigns.close", campaign_id=campaign.id)
    else:
        campaign.closes_on = clock.today(cpts) - timedelta(days=1)
        db.session.commit()
    over = visitor.open(link_of(contact))
    assert (over.status, "Ce lien personnel ne sert plus" in over.text) == (410, True)
    assert visitor.submit(page, "main form").status == 410
    assert (letter_of(contact).answer, stored(contact).verified_on) == (None, None)


def test_the_link_of_someone_who_left_the_directory_is_gone(
    app: Flask, cpts: Cpts, referent: Browser, visitor: Browser
) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts)
    link, page = link_of(contact), visitor.open(link_of(contact))
    referent.post("cpts.directory.remove", contact_id=contact.id)
    assert visitor.open(link).status == 410
    assert visitor.submit(page, "main form").status == 410
    unknown = mails.token_of(CampaignLetter(id=uuid.uuid4(), email=""))
    assert visitor.open(f"/mes-coordonnees/{unknown}").status == 410


def test_the_last_day_is_the_day_of_the_cpts(app: Flask, visitor: Browser, cpts: Cpts) -> None:
    """In La Réunion the day ends four hours earlier than in UTC."""
    cpts.time_zone = "Pacific/Kiritimati"
    contact = contact_with_mail(cpts)
    there = clock.today(cpts)
    launched(app, cpts, today=there - timedelta(days=3), last_day=there)
    assert visitor.open(link_of(contact)).status == 200
    letter = letter_of(contact)
    letter.campaign.closes_on = there - timedelta(days=1)
    with pytest.raises(answers.LinkOver):
        answers.refuse_when_over(letter, there)


def test_two_people_written_to_at_one_address_have_two_links(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    one, two = contact_with_mail(cpts, family_name="Une"), contact_with_mail(cpts, family_name="Deux")
    launched(app, cpts)
    assert link_of(one) != link_of(two)
    visitor.submit(visitor.open(link_of(one)), "main form")
    answered = db.session.scalars(sa.select(CampaignLetter.contact_id).where(CampaignLetter.answered_at.is_not(None)))
    assert answered.all() == [one.id]


def test_a_signed_in_referent_follows_the_link_like_anyone(app: Flask, cpts: Cpts, referent: Browser) -> None:
    contact = ContactFactory(cpts_id=cpts.id)
    launched(app, cpts)
    assert referent.submit(referent.open(link_of(contact)), "main form").status == 303
    told = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "contact")).one()
    assert told.actor_id is None


def test_a_person_without_javascript_or_cookies_is_asked_to_send_again(app: Flask, cpts: Cpts) -> None:
    contact = contact_with_mail(cpts)
    launched(app, cpts)
    bare = app.test_client(use_cookies=False)
    answer = bare.post(f"{link_of(contact)}/confirmer", data={"seen_version": "1"})
    assert answer.status_code == 400
    assert letter_of(contact).answer is None


def test_whoever_gives_a_new_address_goes_on_with_another_link(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts, "ancienne@exemple.fr")
    launched(app, cpts)
    old_link = link_of(contact)
    page = visitor.open(f"{old_link}/corriger")
    thanks = visitor.submit(page, "main form", {"emails-0-address": "nouvelle@exemple.fr"}).follow()
    assert (thanks.status, "Votre fiche est corrigée" in thanks.text) == (200, True)
    assert letter_of(contact).email == "nouvelle@exemple.fr"
    assert visitor.open(old_link).status == 410


def test_the_first_page_asks_whether_the_private_mobile_may_be_kept(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    phones = [
        ContactPhone(position=0, number="+33612345678", is_private=True),
        ContactPhone(position=1, number="+33698765432"),
    ]
    contact = contact_with_mail(cpts, phones=phones)
    launched(app, cpts, applies_answers=False)
    page = visitor.open(link_of(contact))
    asked = page.texts("label[for=mobile-consent]")[0].replace("\xa0", " ")
    assert ("06 12 34 56 78" in asked, "06 98 76 54 32" in asked) == (True, False)
    assert page.html.select_one("#mobile-consent[checked]") is None
    visitor.submit(page, "main form")
    assert (stored(contact).mobile_consent_on, stored(contact).verified_how) == (None, VerifiedHow.LINK)
    visitor.submit(visitor.open(link_of(contact)), "main form", {"mobile_consent": "y"})
    assert (stored(contact).mobile_consent_on, letter_of(contact).answer) == (clock.today(cpts), Answer.CONFIRMED)
    again = visitor.open(link_of(contact))
    assert again.html.select("#mobile-consent") == []
    visitor.submit(again, "main form")
    assert stored(contact).mobile_consent_on == clock.today(cpts)


def test_without_a_private_mobile_nothing_is_asked(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts, phones=[ContactPhone(position=0, number="+33465710000", is_private=True)])
    launched(app, cpts)
    assert visitor.open(link_of(contact)).html.select("#mobile-consent") == []


def test_a_damaged_link_says_what_to_do(visitor: Browser, referent: Browser) -> None:
    for browser in (visitor, referent):
        page = browser.open("/mes-coordonnees/tronq")
        assert (page.status, "recopiez-le en entier, ou appelez la CPTS" in page.text) == (404, True)
        assert "votre compte" not in page.text
    assert "votre compte" in referent.open("/rien-ici").text


@pytest.mark.parametrize("ticked", [False, True])
def test_a_new_mobile_is_private_unless_the_person_says_otherwise(
    app: Flask, cpts: Cpts, visitor: Browser, ticked: bool
) -> None:
    stored_phones = [ContactPhone(position=0, number="+33698765432"), ContactPhone(position=1, number="+33465710000")]
    contact = contact_with_mail(cpts, phones=stored_phones)
    launched(app, cpts)
    page = visitor.open(f"{link_of(contact)}/corriger")
    said = {"phones-2-number": "06 12 34 56 78"} | ({"phones-2-is_professional": "y"} if ticked else {})
    visitor.submit(page, "main form", said)
    assert [(one.number, one.is_private) for one in stored(contact).phones] == [
        ("+33698765432", False),
        ("+33465710000", False),
        ("+33612345678", not ticked),
    ]


def test_the_form_shows_what_is_known_folded_and_opens_what_is_wrong(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    contact = contact_with_mail(cpts, availability="Le soir")
    launched(app, cpts)
    page = visitor.open(f"{link_of(contact)}/corriger")
    assert page.html.select("details[open]") == []
    summaries = page.texts("summary")
    assert "Courriels camille@exemple.fr" in summaries
    assert "En cas de crise Le soir" in summaries
    refused = visitor.submit(page, "main form", {"emails-0-address": "camille"})
    assert [one.split()[0] for one in refused.texts("details[open] > summary")] == ["Courriels"]


def test_an_address_of_somebody_else_s_account_is_not_written_into_one_s_own_line(
    app: Flask, cpts: Cpts, visitor: Browser
) -> None:
    contact = contact_with_mail(cpts)
    other = member(cpts, Role.CELL_MEMBER)
    launched(app, cpts)
    form = visitor.open(f"{link_of(contact)}/corriger")
    page = visitor.submit(form, fields={"emails-0-address": other.email})
    assert page.status == 422
    assert [one.address for one in contact.emails] == ["camille@exemple.fr"]
