"""One's own line of the directory, from one's account."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.models import Membership
from crisis_plan.anticipation.directory.models import Contact, ContactEmail
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
