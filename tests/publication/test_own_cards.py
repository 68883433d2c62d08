"""« Ce qui me concerne »: everyone finds their own cards in the version in force, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask

from crisis_plan.access.models import Membership
from crisis_plan.access.policy import Role
from crisis_plan.adaptation.responses.chapter import pages
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.document.blocks import Block, Chapter, Document, Fact, Facts, Heading, Part, Span
from crisis_plan.document.serial import to_json
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.publication.models import Publication
from crisis_plan.publication.own_cards import concerning, published_cards
from crisis_plan.publication.rules import PublicationKind
from tests.adaptation.responses.whole_card import card
from tests.browser import Browser
from tests.factories import NOON, TODAY, ContactFactory, CptsFactory, member
from tests.statements import MOST_OF_A_PAGE, counted_statements

PLAN = Document(
    title="Plan",
    organisation="Uzège",
    legal_name="",
    version="Version 1",
    dated_on=TODAY,
    status="Version publiée",
    author="Personne",
    cover=Facts(()),
    chapters=(Chapter("territoire", "Territoire", ()),),
    address="",
)


def one_card(title: str, *concerns: str, blocks: tuple[Block, ...] = ()) -> Chapter:
    strip = Facts((Fact("Quand la sortir", f"Quand vient {title}"),))
    return Chapter(f"fiche-{title.lower()}", title, (strip, *blocks), Part.CARD, concerns=concerns)


CARDS = (
    one_card("Alerte"),
    one_card("Canicule", "Infirmier"),
    one_card("Pénurie", "Pharmacien"),
    one_card("Journal", "Secrétariat"),
)


def publish(cpts: Cpts, *cards: Chapter, number: int = 1, kind: PublicationKind = PublicationKind.PUBLISHED) -> None:
    """A version with these cards, as it was frozen."""
    document = replace(PLAN, chapters=(*PLAN.chapters, *cards))
    author = member(CptsFactory(), Role.REFERENT)
    db.session.add(
        Publication(
            cpts_id=cpts.id,
            kind=kind,
            number=number,
            dated_on=TODAY,
            published_at=NOON,
            author_id=author.id,
            author_name=author.name,
            content=to_json(document),
        )
    )
    db.session.commit()


def tied(app: Flask, cpts: Cpts, *, role: Role = Role.ADHERENT, **said: Any) -> tuple[Browser, Contact]:
    """Someone whose account is tied to a line of the directory."""
    contact: Contact = ContactFactory(cpts_id=cpts.id, **said)
    account = member(cpts, role)
    membership = db.session.query(Membership).filter_by(account_id=account.id).one()
    membership.contact_id = contact.id
    db.session.commit()
    return Browser(app, account, cpts), contact


def holds(cpts: Cpts, contact: Contact, name: str, **period: Any) -> None:
    function = CellFunction(cpts_id=cpts.id, position=0, name=name)
    db.session.add(function)
    db.session.flush()
    duty = {"rank": Rank.DEPUTY, "starts_on": TODAY, "created_at": NOON, **period}
    db.session.add(CellDuty(function_id=function.id, contact_id=contact.id, **duty))
    db.session.commit()


def found(browser: Browser, **asked: str) -> list[str]:
    return browser.get("cpts.own_cards.index", **asked).texts(".own-cards .card-link")


def test_one_finds_the_cards_of_ones_profession_then_those_for_everyone(app: Flask, cpts: Cpts) -> None:
    publish(cpts, *CARDS)
    nurse, _ = tied(app, cpts, profession="Infirmier")
    page = nurse.get("cpts.own_cards.index")
    assert page.texts("h2") == ["Pour vous", "Pour tout le monde"]
    assert page.texts(".own-cards .card-link") == ["Canicule", "Alerte"]
    assert page.texts(".own-cards li")[0] == "Canicule Fiche 2 Quand vient Canicule"
    assert "Pour vous : Infirmier." in page.text
    assert page.html.select("main form") == []


def test_a_profession_is_recognised_in_another_spelling(app: Flask, cpts: Cpts) -> None:
    publish(cpts, *CARDS)
    pharmacist, _ = tied(app, cpts, profession="pharmacienne")
    assert found(pharmacist) == ["Pénurie", "Alerte"]


def test_one_finds_the_cards_of_the_functions_that_one_holds_today(app: Flask, cpts: Cpts) -> None:
    publish(cpts, *CARDS)
    browser, contact = tied(app, cpts, role=Role.CELL_MEMBER, profession="Infirmier")
    holds(cpts, contact, "Secrétariat")
    assert found(browser) == ["Canicule", "Journal", "Alerte"]


def test_a_function_that_is_over_is_no_longer_ones_own(app: Flask, cpts: Cpts) -> None:
    publish(cpts, *CARDS)
    browser, contact = tied(app, cpts, profession="Infirmier")
    holds(cpts, contact, "Secrétariat", starts_on=TODAY.replace(year=2024), ends_on=TODAY.replace(year=2025))
    assert found(browser) == ["Canicule", "Alerte"]


def test_a_function_held_by_somebody_else_is_not_ones_own(app: Flask, cpts: Cpts) -> None:
    publish(cpts, *CARDS)
    browser, _ = tied(app, cpts, profession="Infirmier")
    holds(cpts, ContactFactory(cpts_id=cpts.id), "Secrétariat")
    assert found(browser) == ["Canicule", "Alerte"]


def test_a_profession_that_no_card_names_is_told_so(app: Flask, cpts: Cpts) -> None:
    publish(cpts, *CARDS)
    speech_therapist, _ = tied(app, cpts, profession="Orthophoniste")
    page = speech_therapist.get("cpts.own_cards.index")
    assert page.texts(".own-cards .card-link") == ["Alerte"]
    assert "Aucune fiche ne nomme votre profession." in page.text


def test_an_account_without_a_line_chooses_its_profession(cpts: Cpts, adherent: Browser) -> None:
    publish(cpts, *CARDS)
    page = adherent.get("cpts.own_cards.index")
    assert page.texts(".own-cards .card-link") == ["Alerte"]
    assert "n’est pas rattaché" in page.text
    assert page.links()["Rattachez-le"] == adherent.address("cpts.own_account_contact.show")
    assert "Secrétariat" in page.texts("optgroup:last-of-type option")
    chosen = adherent.submit(page, fields={"profession": "Pharmacien"})
    assert chosen.texts(".own-cards .card-link") == ["Pénurie", "Alerte"]
    assert chosen.texts("option[selected]") == ["Pharmacien"]
    assert found(adherent, profession="Secrétariat") == ["Journal", "Alerte"]


def test_an_unknown_profession_in_the_address_is_shown_as_it_was_asked(cpts: Cpts, adherent: Browser) -> None:
    publish(cpts, *CARDS)
    page = adherent.get("cpts.own_cards.index", profession="<b>Sourcier</b>")
    assert page.texts("option[selected]") == ["<b>Sourcier</b>"]
    assert "Aucune fiche ne nomme cette profession." in page.text


def test_a_line_without_profession_may_choose_too(app: Flask, cpts: Cpts) -> None:
    publish(cpts, *CARDS)
    browser, _ = tied(app, cpts, profession="")
    page = browser.get("cpts.own_cards.index")
    assert "ne dit pas votre profession" in page.text
    assert found(browser, profession="Infirmier") == ["Canicule", "Alerte"]


def test_nothing_is_published_yet(cpts: Cpts, adherent: Browser, coordinator: Browser) -> None:
    assert "dès que la CPTS aura publié son plan" in adherent.get("cpts.own_cards.index").text
    page = coordinator.get("cpts.own_cards.index")
    assert page.links()["Préparer la publication"] == coordinator.address("cpts.publication.prepare")


def test_the_version_in_force_has_no_card(cpts: Cpts, adherent: Browser, cell_member: Browser) -> None:
    publish(cpts)
    page = adherent.get("cpts.own_cards.index")
    assert "ne contient aucune fiche action" in page.text
    assert "Lire le plan" in page.links()
    assert "Voir les fiches actions" in cell_member.get("cpts.own_cards.index").links()


def test_a_provisional_version_is_not_what_one_follows(cpts: Cpts, adherent: Browser) -> None:
    publish(cpts, *CARDS, kind=PublicationKind.PROVISIONAL)
    assert found(adherent) == []
    assert adherent.get("cpts.own_cards.show", key="fiche-alerte").status == 404


def test_a_card_reads_as_on_the_telephone(cpts: Cpts, adherent: Browser) -> None:
    numbers = Facts((Fact("SAMU", (Span("15", href="tel:15"),)),))
    alert = one_card("Alerte", blocks=(Heading("Appeler", anchor="fiche-alerte-appeler"), numbers))
    publish(cpts, one_card("Avant"), alert)
    page = adherent.get("cpts.own_cards.show", key="fiche-alerte")
    assert page.texts("h1") == ["Alerte"]
    assert "Fiche 2, version 1 du 22 novembre 2026" in page.text
    assert page.links(".phone-calls a") == {"Appeler le 15": "tel:15"}
    assert page.links(".card-bar a") == {"Appeler": "#fiche-alerte-appeler"}


def test_a_card_that_left_the_plan_is_not_found(cpts: Cpts, adherent: Browser) -> None:
    publish(cpts, *CARDS)
    publish(cpts, *CARDS[1:], number=2)
    assert adherent.get("cpts.own_cards.show", key="fiche-alerte").status == 404
    assert adherent.get("cpts.own_cards.show", key="fiche-canicule").status == 200


def test_a_chapter_that_is_no_card_is_not_shown_as_one(cpts: Cpts, adherent: Browser) -> None:
    publish(cpts, *CARDS)
    assert adherent.get("cpts.own_cards.show", key="territoire").status == 404


def test_what_another_cpts_published_is_not_shown(cpts: Cpts, adherent: Browser) -> None:
    publish(CptsFactory(slug="ailleurs"), *CARDS)
    assert found(adherent) == []
    assert adherent.get("cpts.own_cards.show", key="fiche-alerte").status == 404


def test_a_line_in_another_cpts_says_nothing_here(app: Flask, cpts: Cpts) -> None:
    publish(cpts, *CARDS)
    elsewhere = CptsFactory(slug="ailleurs")
    browser, _ = tied(app, elsewhere, profession="Infirmier")
    db.session.add(Membership(account=browser.account, cpts_id=cpts.id, role=Role.ADHERENT, added_at=NOON))
    db.session.commit()
    assert found(Browser(app, browser.account, cpts)) == ["Alerte"]


def test_the_page_stays_light_whatever_the_cards(app: Flask, cpts: Cpts) -> None:
    browser, contact = tied(app, cpts, profession="Infirmier")
    holds(cpts, contact, "Secrétariat")
    publish(cpts, CARDS[1])
    with counted_statements() as for_one:
        assert found(browser) == ["Canicule"]
    publish(cpts, *CARDS, number=2)
    with counted_statements() as for_four:
        assert len(found(browser)) == 3
    assert len(for_four) == len(for_one) <= MOST_OF_A_PAGE


def test_a_card_that_names_someone_else_is_neither_ones_own_nor_for_everyone() -> None:
    cards = published_cards(replace(PLAN, chapters=CARDS))
    seen = concerning(cards, ("Sage-Femme", "", " "))
    assert (seen.own, [card.chapter.title for card in seen.for_everyone]) == ((), ["Alerte"])


def test_a_card_reworded_or_written_since_is_not_shown_until_it_is_published(cpts: Cpts, adherent: Browser) -> None:
    live = card(cpts, "Inondation", trigger="Vigilance orange")
    publish(cpts, *pages(cpts, TODAY))
    live.title, live.trigger = "Crue", "Vigilance rouge"
    card(cpts, "Pénurie", position=2)
    db.session.commit()
    assert found(adherent) == ["Inondation"]
    assert "Vigilance orange" in adherent.get("cpts.own_cards.show", key=f"fiche-{live.id}").text
    publish(cpts, *pages(cpts, TODAY), number=2)
    assert found(adherent) == ["Crue", "Pénurie"]


def test_a_function_renamed_since_is_still_the_same(cpts: Cpts) -> None:
    frozen = replace(one_card("Journal", "Secrétariat"), functions=("f-1",))
    document = replace(PLAN, chapters=(frozen,))
    found = concerning(published_cards(document), ("Main courante",), ("f-1",))
    assert [card.chapter.title for card in found.own] == ["Journal"]
    assert concerning(published_cards(document), ("Main courante",), ("f-2",)).own == ()
