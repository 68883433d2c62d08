from __future__ import annotations

import uuid

import pytest

from crisis_plan.anticipation.directory.choosing import MOST_PROPOSED, chooser
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser, Page
from tests.factories import TODAY, ContactFactory, CptsFactory
from tests.statements import counted_statements


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def contact(cpts: Cpts, name: str, **known: object) -> Contact:
    made: Contact = ContactFactory(cpts_id=cpts.id, family_name=name, **known)
    db.session.commit()
    return made


def names(page: Page) -> list[str]:
    return page.texts("label[for^='contact-']")


def test_people_are_proposed_before_services_and_adherents_before_all(cpts: Cpts) -> None:
    contact(cpts, "Zola")
    contact(cpts, "Zabern", kind=ContactKind.PROFESSIONAL)
    service = contact(
        cpts, "Zone Santé", kind=ContactKind.INSTITUTION, given_name="", is_service=True, profession="", category="ARS"
    )
    found = chooser(cpts).proposed("z").choices
    assert [one.label for one in found] == [
        "Camille ZOLA – Infirmier, Uzès",
        "Camille ZABERN – Infirmier, Uzès",
        "Zone Santé – ARS, Uzès",
    ]
    assert list(chooser(cpts, people_only=True).proposed("z").choices) == list(found[:2])
    assert chooser(cpts, people_only=True).named(str(service.id)) is None
    assert chooser(cpts, people_only=True, keeping=service.id).named(str(service.id)) == found[2]


def test_every_word_is_looked_for_whatever_its_accents_and_order(cpts: Cpts) -> None:
    contact(cpts, "Éloi")
    contact(cpts, "Martin")
    assert [one.name for one in chooser(cpts).proposed("camille eloi").choices] == ["Camille ÉLOI"]
    assert chooser(cpts).proposed("eloi martin").choices == []
    assert list(chooser(cpts).proposed("").choices) == []


def test_at_most_ten_are_proposed_and_one_is_told_to_be_more_precise(cell_member: Browser) -> None:
    for n in range(MOST_PROPOSED + 1):
        contact(cpts_of(cell_member), f"Martin{n:02d}")
    page = cell_member.fragment("cpts.directory.choose", nom="contact", **{"contact-q": "martin"})
    assert len(names(page)) == MOST_PROPOSED
    assert page.texts("[data-announce]") == ["Les 10 premiers contacts. Ajoutez un mot pour préciser."]
    exactly = cell_member.fragment("cpts.directory.choose", nom="contact", **{"contact-q": "martin05"})
    assert exactly.texts("[data-announce]") == ["1 contact trouvé."]


def test_who_is_chosen_already_stays_chosen_while_one_searches(referent: Browser) -> None:
    cpts = cpts_of(referent)
    chosen, _ = contact(cpts, "Dupuy"), contact(cpts, "Nadal")
    page = referent.fragment("cpts.directory.choose", **{"contact": str(chosen.id), "contact-q": "nadal"})
    assert names(page) == ["Camille DUPUY – Infirmier, Uzès", "Camille NADAL – Infirmier, Uzès"]
    assert page.texts("input[checked] + label") == ["Camille DUPUY – Infirmier, Uzès"]


def test_contacts_of_another_cpts_are_neither_found_nor_named(referent: Browser) -> None:
    outsider = contact(CptsFactory(), "Voisin")
    page = referent.get("cpts.directory.choose", **{"contact": str(outsider.id), "contact-q": "voisin"})
    assert names(page) == []
    assert "VOISIN" not in page.text
    assert page.texts("[data-announce]") == ["Aucun contact ne répond à « voisin ». Essayez avec moins de mots."]


@pytest.mark.parametrize("name", ["", "Contact", "a b", "x" * 41, "<script>"])
def test_only_the_name_of_a_field_is_one(referent: Browser, name: str) -> None:
    assert referent.get("cpts.directory.choose", nom=name).status == 404


def test_without_a_script_the_form_searches_and_keeps_all_that_was_typed(referent: Browser) -> None:
    contact(cpts_of(referent), "Dupuy")
    form = referent.get("cpts.referents.add", rang="deputy")
    typed = {"contact-q": "dupuy", "search": "contact", "starts_on": "pas une date", "ends_on": "31/12/2035"}
    page = referent.submit(form, fields=typed)
    assert page.status == 422
    assert page.texts(".error, .error-summary") == []
    assert names(page) == ["Camille DUPUY – Infirmier, Uzès"]
    assert [str(field["value"]) for field in page.html.select("#contact, #starts_on, #ends_on")] == [
        "dupuy",
        "pas une date",
        "31/12/2035",
    ]
    assert page.html.select_one("input[name=rank][checked]")["value"] == "deputy"  # type: ignore[index]
    assert db.session.query(ReferentDuty).count() == 0
    chosen = str(page.html.select_one("#contact-choices input[type=radio]")["value"])  # type: ignore[index]
    fields = {"contact": chosen, "starts_on": TODAY.isoformat()}
    assert referent.submit(page, fields=fields).status == 303
    assert db.session.query(ReferentDuty).one().contact.name == "Camille DUPUY"


def test_words_that_nothing_on_the_page_answered_are_looked_for_before_anything_is_saved(referent: Browser) -> None:
    cpts = cpts_of(referent)
    chosen, other = contact(cpts, "Dupuy"), contact(cpts, "Nadal")
    form = referent.get("cpts.referents.add", rang="titular")
    page = referent.submit(form, fields={"contact": str(chosen.id), "contact-q": "nadal"})
    assert page.status == 422
    assert names(page) == ["Camille DUPUY – Infirmier, Uzès", "Camille NADAL – Infirmier, Uzès"]
    assert referent.submit(page, fields={"contact": str(other.id)}).status == 303
    assert db.session.query(ReferentDuty).one().contact_id == other.id


def test_looking_for_somebody_and_choosing_nobody_saves_nothing(referent: Browser) -> None:
    """Enter in the search box, once the answers are there: the place must not be saved without its contact."""
    contact(cpts_of(referent), "Dupuy")
    form = referent.get("cpts.places.add")
    fields = {"name": "Gymnase", "contact-q": "dupuy", "contact-seen": "dupuy"}
    page = referent.submit(form, fields=fields)
    assert page.status == 422
    assert "Choisissez quelqu’un dans la liste, ou videz la recherche." in page.text
    assert names(page) == ["Personne pour l’instant", "Camille DUPUY – Infirmier, Uzès"]
    assert referent.submit(page, fields={"contact-q": "", "contact-seen": ""}).status == 303


def test_who_left_the_directory_meanwhile_is_refused_in_words(referent: Browser) -> None:
    form = referent.get("cpts.referents.add", rang="titular")
    page = referent.submit(form, fields={"contact": str(uuid.uuid4())})
    assert page.status == 422
    assert page.texts("#contact-error") == [
        "Erreur : Cette personne n’est plus dans l’annuaire : choisissez-en une autre."
    ]
    assert [str(link["href"]) for link in page.html.select(".error-summary a")] == ["#contact"]


def test_a_form_weighs_the_same_in_a_large_directory(referent: Browser) -> None:
    def asked() -> tuple[int, int]:
        with counted_statements() as sent:
            page = referent.get("cpts.referents.add")
        return len(page.content) // 100, len(sent)

    contact(cpts_of(referent), "Dupuy")
    alone = asked()
    for n in range(60):
        ContactFactory(cpts_id=cpts_of(referent).id, family_name=f"Martin{n}")
    db.session.commit()
    assert asked() == alone
