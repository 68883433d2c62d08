"""One's own line of the directory, from one's account."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.models import Membership
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone
from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from tests.anticipation.campaigns.factories import contact_with_mail
from tests.browser import Browser
from tests.factories import ContactFactory, CptsFactory


def tied(browser: Browser, cpts: Cpts) -> Contact:
    """A contact of the CPTS that is this account's own."""
    contact = contact_with_mail(cpts, browser.account.email)
    db.session.flush()
    membership_of(browser).contact_id = contact.id
    db.session.commit()
    return contact


def membership_of(browser: Browser) -> Membership:
    found: Membership = db.session.scalars(
        sa.select(Membership).where(Membership.account_id == browser.account.id)
    ).one()
    return found


def test_an_account_recognises_the_line_that_bears_its_address(cpts: Cpts, adherent: Browser) -> None:
    contact = contact_with_mail(cpts, adherent.account.email.upper(), family_name="Roca")
    db.session.commit()
    page = adherent.get("cpts.own_account_contact.show")
    assert "Camille ROCA" in page.text
    assert membership_of(adherent).contact_id is None
    after = adherent.submit(page, "form[action$=me-reconnaitre]").follow()
    assert membership_of(adherent).contact_id == contact.id
    assert "C’est exact" in after.text
    told = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "membership")).one()
    assert (told.fields, told.actor_id) == (["contact_id"], adherent.account.id)


def test_an_address_that_several_lines_bear_recognises_nobody(cpts: Cpts, adherent: Browser) -> None:
    for name in ("Une", "Deux"):
        contact_with_mail(cpts, adherent.account.email, family_name=name)
    contact_with_mail(CptsFactory(slug="lyon"), adherent.account.email, family_name="Ailleurs")
    db.session.commit()
    page = adherent.get("cpts.own_account_contact.show")
    assert "n’est rattaché à aucune fiche" in page.text
    assert "DEUX" not in page.text
    assert adherent.post("cpts.own_account_contact.recognise").status == 404
    assert membership_of(adherent).contact_id is None


def test_the_line_of_another_cpts_or_of_a_service_is_never_offered(cpts: Cpts, adherent: Browser) -> None:
    contact_with_mail(CptsFactory(slug="lyon"), adherent.account.email, family_name="Ailleurs")
    contact_with_mail(cpts, adherent.account.email, family_name="Mairie", is_service=True)
    db.session.commit()
    assert "n’est rattaché à aucune fiche" in adherent.get("cpts.own_account_contact.show").text
    assert adherent.post("cpts.own_account_contact.recognise").status == 404


def test_without_a_line_there_is_nothing_to_correct(cpts: Cpts, adherent: Browser) -> None:
    assert adherent.get("cpts.own_account_contact.edit").status == 404
    assert adherent.post("cpts.own_account_contact.confirm").status == 404
    assert adherent.post("cpts.own_account_contact.correct").status == 404


def test_confirming_from_the_account_verifies_the_line(cpts: Cpts, adherent: Browser) -> None:
    contact = tied(adherent, cpts)
    page = adherent.get("cpts.own_account_contact.show")
    said = adherent.submit(page, "form[action$=confirmer]").follow()
    assert "vos coordonnées sont confirmées" in said.text
    now = db.session.get(Contact, contact.id)
    assert (now.verified_on, now.verified_how) == (clock.today(cpts), VerifiedHow.ACCOUNT)
    assert now.verified_by == "la personne elle-même"


def test_correcting_from_the_account_is_applied_at_once(cpts: Cpts, adherent: Browser) -> None:
    contact, other = tied(adherent, cpts), ContactFactory(cpts_id=cpts.id, function="Autre")
    db.session.commit()
    form = adherent.get("cpts.own_account_contact.edit")
    refused = adherent.submit(form, "main form", {"family_name": " ", "function": "Cadre"})
    assert (refused.status, refused.html.select_one("#function")["value"]) == (422, "Cadre")
    said = adherent.submit(form, "main form", {"function": "Cadre", "emails-1-address": "deux@exemple.fr"}).follow()
    assert "corrigées dans l’annuaire" in said.text
    now = db.session.get(Contact, contact.id)
    assert (now.function, now.verified_how) == ("Cadre", VerifiedHow.ACCOUNT)
    assert [one.address for one in now.emails] == [adherent.account.email, "deux@exemple.fr"]
    assert db.session.get(Contact, other.id).function == "Autre"
    told = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "contact")).one()
    assert told.actor_id == adherent.account.id


def test_a_line_changed_meanwhile_is_shown_before_it_is_overwritten(
    cpts: Cpts, adherent: Browser, referent: Browser
) -> None:
    contact = tied(adherent, cpts)
    page, form = adherent.get("cpts.own_account_contact.show"), adherent.get("cpts.own_account_contact.edit")
    edit = referent.get("cpts.directory.edit", contact_id=contact.id)
    referent.submit(edit, "main form", {"availability": "Le soir"})
    assert adherent.submit(page, "form[action$=confirmer]").status == 409
    stale = adherent.submit(form, "main form", {"availability": "Le matin"})
    assert (stale.status, "la fiche dit « Le soir »" in stale.text) == (409, True)
    assert adherent.submit(stale, "main form").status == 303
    assert db.session.get(Contact, contact.id).availability == "Le matin"


def test_the_account_of_who_leaves_the_directory_is_tied_to_nothing(
    cpts: Cpts, adherent: Browser, referent: Browser
) -> None:
    contact = tied(adherent, cpts)
    referent.post("cpts.directory.remove", contact_id=contact.id)
    assert membership_of(adherent).contact_id is None
    assert adherent.get("cpts.own_account_contact.show").status == 200


def test_an_institution_has_no_line_of_its_own(app: Flask, ars_reader: Browser, stranger: Browser) -> None:
    assert ars_reader.get("cpts.own_account_contact.show").status == 403
    assert stranger.get("cpts.own_account_contact.show").status == 404


def test_the_address_is_compared_without_case(cpts: Cpts, adherent: Browser) -> None:
    contact = ContactFactory(
        cpts_id=cpts.id, emails=[ContactEmail(position=0, address=adherent.account.email.capitalize())]
    )
    db.session.commit()
    adherent.post("cpts.own_account_contact.recognise")
    assert membership_of(adherent).contact_id == contact.id


def test_who_has_no_line_is_told_why_and_whom_to_ask(cpts: Cpts, adherent: Browser, coordinator: Browser) -> None:
    page = adherent.get("cpts.own_account_contact.show")
    assert "Aucune fiche de l’annuaire ne porte l’adresse" in page.text
    assert f"{coordinator.account.name} · {coordinator.account.email}" in page.text
    for name in ("Une", "Deux"):
        contact_with_mail(cpts, adherent.account.email, family_name=name)
    db.session.commit()
    assert "Plusieurs fiches de l’annuaire portent l’adresse" in adherent.get("cpts.own_account_contact.show").text


def test_who_was_tied_to_the_line_of_somebody_else_says_so(cpts: Cpts, adherent: Browser) -> None:
    tied(adherent, cpts)
    page = adherent.get("cpts.own_account_contact.show")
    after = adherent.submit(page, "form[action$=ce-n-est-pas-moi]").follow()
    assert "n’est plus rattaché à cette fiche" in after.html.get_text()
    assert membership_of(adherent).contact_id is None
    assert adherent.get("cpts.own_account_contact.edit").status == 404


def test_a_line_is_that_of_one_account(cpts: Cpts, adherent: Browser, coordinator: Browser) -> None:
    contact = contact_with_mail(cpts, adherent.account.email)
    db.session.flush()
    membership_of(coordinator).contact_id = contact.id
    db.session.commit()
    refused = adherent.post("cpts.own_account_contact.recognise")
    assert (refused.status, "déjà rattachée à un autre compte" in refused.text) == (409, True)
    assert membership_of(adherent).contact_id is None


def test_a_referent_unties_an_account_from_a_line(cpts: Cpts, adherent: Browser, referent: Browser) -> None:
    tied(adherent, cpts)
    page = referent.get("cpts.accounts.show")
    assert "n’est plus rattaché" in referent.submit(page, "form[action$=detacher]").follow().html.get_text()
    assert membership_of(adherent).contact_id is None
    assert "Détacher de sa fiche" not in referent.get("cpts.accounts.show").text


def test_nobody_unties_an_account_of_another_cpts(
    cpts: Cpts, adherent: Browser, coordinator: Browser, referent: Browser
) -> None:
    contact = tied(adherent, cpts)
    mine = membership_of(adherent)
    assert coordinator.post("cpts.accounts.untie", membership_id=mine.id).status == 403
    mine.cpts_id = CptsFactory(slug="lyon").id
    db.session.commit()
    assert referent.post("cpts.accounts.untie", membership_id=mine.id).status == 404
    assert membership_of(adherent).contact_id == contact.id


def test_the_address_of_another_account_is_not_written_into_ones_own_line(
    cpts: Cpts, adherent: Browser, coordinator: Browser
) -> None:
    contact = tied(adherent, cpts)
    form = adherent.get("cpts.own_account_contact.edit")
    theirs = coordinator.account.email.upper()
    refused = adherent.submit(form, "main form", {"emails-1-address": theirs, "function": "Cadre"})
    assert refused.status == 422
    assert "est celle d’un autre compte de la CPTS" in refused.text
    assert refused.html.select_one("#function")["value"] == "Cadre"
    assert [one.address for one in db.session.get(Contact, contact.id).emails] == [adherent.account.email]


def test_taking_back_ones_agreement_takes_the_private_mobile_off_at_once(cpts: Cpts, adherent: Browser) -> None:
    contact = tied(adherent, cpts)
    contact.mobile_consent_on = clock.today(cpts)
    contact.phones = [
        ContactPhone(position=rank, number=number, is_private=is_private)
        for rank, (number, is_private) in enumerate(
            [("+33639980001", True), ("+33465710100", True), ("+33639980002", False)]
        )
    ]
    db.session.commit()
    form = adherent.get("cpts.own_account_contact.edit")
    said = adherent.submit(form, "main form", {"mobile_consent": None}).follow()
    assert "Votre mobile privé est retiré" in said.html.get_text()
    now = db.session.get(Contact, contact.id)
    assert (now.mobile_consent_on, [one.number for one in now.phones]) == (None, ["+33465710100", "+33639980002"])


def test_who_never_agreed_keeps_the_private_mobile_to_be_asked_about(cpts: Cpts, adherent: Browser) -> None:
    contact = tied(adherent, cpts)
    contact.phones = [ContactPhone(position=0, number="+33639980001", is_private=True)]
    db.session.commit()
    adherent.submit(adherent.get("cpts.own_account_contact.edit"), "main form", {"function": "Cadre"})
    assert [one.number for one in db.session.get(Contact, contact.id).phones] == ["+33639980001"]
