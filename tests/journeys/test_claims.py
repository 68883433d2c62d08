"""Year 1, from the publication to the payment: the plan given with proof, the claim, its archive, the caisse's answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from crisis_plan import clock
from crisis_plan.access.models import Membership
from crisis_plan.access.policy import Role
from crisis_plan.access.queries import account_by_email
from crisis_plan.anticipation.directory.models import Contact, ContactEmail
from crisis_plan.db import db
from tests.factories import NOON, CptsFactory
from tests.journeys.caisse import (
    ARCHIVE,
    a_complement_is_never_asked_without_a_word,
    agreed_then_paid,
    answered_with_a_document,
)
from tests.journeys.conftest import ARS, NEIGHBOUR, TELEPHONE
from tests.journeys.money import (
    ALZON,
    CPAM,
    FUNDING,
    ITSELF,
    PROOF,
    accessible_everywhere,
    checked_archive,
    content_of,
    downloaded,
    group_row,
    handed_in_a_meeting,
    main,
    personal_link,
    published,
    sent,
    text_of,
    the_mails_leave,
    title,
)
from tests.publication.arranged import write_everything

OpenAs = Callable[..., Page]

NOT_TO_PARTNERS = "La diffusion aux partenaires n’est pas prouvée."


@pytest.fixture(scope="module")
def alzon(site: Flask) -> None:
    """A CPTS of size 2 whose plan is written and was never published, beside the one of the demonstration."""
    with site.app_context():
        cpts = CptsFactory(slug="vallee-de-l-alzon", name="CPTS Vallée de l’Alzon", stated_inhabitants=52_000)
        cpts.cpam_name = "CPAM du Gard"
        referent = account_by_email(NEIGHBOUR)
        assert referent
        db.session.add(Membership(account=referent, cpts_id=cpts.id, role=Role.REFERENT, added_at=NOON))
        db.session.flush()
        write_everything(cpts, referent)
        services = db.session.scalars(sa.select(Contact).where(Contact.cpts_id == cpts.id, Contact.is_service)).all()
        for one in services:
            one.emails = [ContactEmail(position=0, address=address_of(one.category))]
        db.session.commit()


def address_of(group: str) -> str:
    return f"{group.lower()}@exemple.fr"


@pytest.mark.usefixtures("alzon")
def test_year_1_from_the_publication_to_the_payment(open_as: OpenAs, site: Flask) -> None:
    page = open_as(NEIGHBOUR)
    the_contract_is_written(page)
    published(page, ALZON, 1, "Premier plan de la CPTS.")
    sent(page, ALZON, "à l’ARS", "à la CPAM")
    handed_in_a_meeting(page, ALZON, "aux adhérents")
    received_on_a_telephone(open_as(width=TELEPHONE), personal_link(site, address_of("CPAM")), "Paul Serres")
    without_scripts = open_as(width=TELEPHONE, javascript=False)
    received_on_a_telephone(without_scripts, personal_link(site, address_of("ARS")), "Hélène Caumont")
    the_register_says_it(page)
    claim = a_missing_piece_is_mended(page, site)
    first = submitted_with_its_archive(page, claim)

    caisse = open_as(CPAM)
    a_complement_is_never_asked_without_a_word(caisse)
    answered_with_a_document(page, first)
    agreed_then_paid(caisse, page, claim)
    assert open_as(ARS).goto(claim).status == 403


def the_contract_is_written(page: Page) -> None:
    signed, begun = (clock.today(clock.PARIS) - timedelta(days=days) for days in (100, 20))
    page.goto(f"{ALZON}/mise-a-jour/echeances/")
    page.get_by_role("link", name="Modifier le contrat").click()
    title(page, "Contrat et mission")
    accessible_everywhere(page, "contract")
    page.get_by_label("Le contrat ACI", exact=True).check()
    page.get_by_label("Signature du contrat").fill(signed.isoformat())
    page.get_by_label("Début de la mission").fill(begun.isoformat())
    page.get_by_role("button", name="Enregistrer le contrat").click()
    title(page, "Échéances de la mission")
    expect(main(page)).to_contain_text("Démarrage")
    expect(page.locator("#mission-years")).to_contain_text("En cours")
    accessible_everywhere(page, "deadlines")


def received_on_a_telephone(phone: Page, link: str, name: str) -> None:
    """Reading the page proves nothing; its buttons do."""
    phone.goto(link)
    title(phone, "Plan de réponse aux crises sanitaires")
    with phone.expect_download() as coming:
        phone.get_by_role("button", name="Télécharger la version").click()
    assert "CPTS Vallée de l’Alzon" in text_of(content_of(coming.value))
    phone.get_by_label("Votre nom").fill(name)
    phone.get_by_role("button", name="J’accuse réception").click()
    expect(main(phone)).to_contain_text("Accusé de réception enregistré")
    expect(main(phone)).to_contain_text(name)


def the_register_says_it(page: Page) -> None:
    page.goto(f"{ALZON}/diffusion/")
    title(page, "Diffusion du plan")
    for group, proved in (
        ("ARS", ("1 sur 1", "1", "1")),
        ("CPAM", ("1 sur 1", "1", "1")),
        ("Adhérents", ("2 sur 2", "0", "0")),
    ):
        for rank, value in enumerate(proved):
            expect(group_row(page, group).get_by_role("cell").nth(rank)).to_have_text(value)
    expect(group_row(page, "Partenaires")).to_contain_text("manque")
    accessible_everywhere(page, "distribution")
    register = text_of(downloaded(page, page.get_by_role("link", name="Registre de diffusion (PDF)")))
    assert "Hélène Caumont" in register
    assert "emargement" in register


def a_missing_piece_is_mended(page: Page, site: Flask) -> str:
    page.goto(FUNDING)
    title(page, "Financements")
    expect(main(page).get_by_role("article").filter(has_text="Première rédaction du plan")).to_contain_text(
        re.compile(r"35\s000\s€")
    )
    accessible_everywhere(page, "money room")
    page.get_by_role("button", name=re.compile("Préparer la demande")).click()
    title(page, re.compile(r"Demande n°\s1.*Première rédaction du plan"))
    claim = page.url
    expect(main(page)).to_contain_text(NOT_TO_PARTNERS)
    expect(main(page)).to_contain_text(re.compile(r"1\spièce à compléter"))
    accessible_everywhere(page, "claim being prepared")
    sent(page, ALZON, "aux partenaires")
    page.goto(claim)
    expect(main(page)).to_contain_text(NOT_TO_PARTNERS)
    the_mails_leave(site)
    page.reload()
    expect(main(page)).to_contain_text("Prête à déposer")
    expect(main(page)).not_to_contain_text(NOT_TO_PARTNERS)
    return claim


def submitted_with_its_archive(page: Page, claim: str) -> bytes:
    page.get_by_role("link", name="Relire et déposer").click()
    title(page, "Relire et déposer")
    accessible_everywhere(page, "before submission")
    page.get_by_role("button", name="Déposer la demande").click()
    expect(page.locator("[data-flash=success]")).to_contain_text(re.compile(r"révision 1\s: 35\s000\s€"))
    assert page.url == claim
    accessible_everywhere(page, "claim submitted")
    alone = page.request.get(page.get_by_role("link", name="Télécharger la demande (PDF").get_attribute("href") or "")
    content = downloaded(page, page.get_by_role("link", name=ARCHIVE))
    members = checked_archive(content)
    assert members[ITSELF] == alone.body()
    assert "35 000 €" in text_of(alone.body())
    assert page.request.get(f"{ALZON}/versions/1.pdf").body() in members.values()
    assert any("registre-de-diffusion" in name for name in members)
    assert PROOF["buffer"] in members.values()
    return content
