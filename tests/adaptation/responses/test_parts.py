from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.adaptation.responses import parts
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardMessage
from crisis_plan.adaptation.responses.parts import (
    MOST,
    ContactDescription,
    Description,
    ItemTaken,
    MaterialDescription,
    MessageDescription,
    TooManyParts,
    TwoSources,
)
from crisis_plan.anticipation.stock.models import StockItem
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from tests.adaptation.responses import whole_card
from tests.browser import Browser, Page
from tests.factories import NOON, AccountFactory, CptsFactory
from tests.statements import MOST_OF_A_PAGE, counted_statements


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def card(cpts: Cpts) -> ActionCard:
    made = whole_card.card(cpts)
    db.session.commit()
    return made


def item(cpts: Cpts, name: str = "Masques FFP2", unit: str = "boîte") -> StockItem:
    made = StockItem(cpts_id=cpts.id, name=name, folded_name=folded(name), unit=unit, created_at=NOON, updated_at=NOON)
    db.session.add(made)
    db.session.commit()
    return made


def added(made: ActionCard, description: Description) -> Any:
    part = parts.add_part(made, description, by=AccountFactory(), at=NOON)
    db.session.commit()
    return part


def adding(browser: Browser, made: ActionCard, key: str) -> Page:
    return browser.get("cpts.responses.add_part", card_id=made.id, key=key)


def shown(browser: Browser, made: ActionCard) -> Page:
    return browser.get("cpts.responses.show", card_id=made.id)


def test_an_item_of_the_stock_is_put_on_a_card_with_its_quantity(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, masks = card(cpts), item(cpts)
    page = adding(coordinator, made, "materiel")
    assert page.texts("#item option") == ["Choisissez un article", "Masques FFP2 (boîte)"]
    answer = coordinator.submit(page, fields={"item": str(masks.id), "quantity": "1 200"})
    assert answer.location.endswith(f"/{made.id}/#materiel")
    page = answer.follow()
    said = page.texts("[aria-labelledby=materiel] li > span")
    assert [one.replace("\u00a0", " ").replace("\u202f", " ") for one in said] == ["Masques FFP2 : 1 200 × boîte"]
    assert (made.materials[0].item_id, made.materials[0].quantity) == (masks.id, 1_200)


def test_without_a_stock_one_is_told_where_to_begin(coordinator: Browser) -> None:
    page = adding(coordinator, card(cpts_of(coordinator)), "materiel")
    assert page.texts("main h2") == ["Le stock est vide"]
    assert "Ouvrir le stock" in page.links()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"item": ""}, "Choisissez un article du stock."),
        ({"item": "d2b1c9b4-0000-4000-8000-000000000000"}, "Choisissez une valeur de la liste."),
        ({"item": "n’importe quoi"}, "Choisissez une valeur de la liste."),
        ({"quantity": "beaucoup"}, "Écrivez un nombre entier, comme 1 200."),
        ({"quantity": "0"}, "Une quantité commence à 1 : laissez vide si elle n’est pas connue."),
        ({"quantity": "-3"}, "Une quantité commence à 1 : laissez vide si elle n’est pas connue."),
    ],
)
def test_refused_material_says_what_to_do(coordinator: Browser, typed: dict[str, str], said: str) -> None:
    cpts = cpts_of(coordinator)
    made, masks = card(cpts), item(cpts)
    answer = coordinator.submit(adding(coordinator, made, "materiel"), fields={"item": str(masks.id), **typed})
    assert answer.status == 422
    assert said in answer.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert made.materials == []


def test_an_item_is_on_a_card_once(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, masks, gowns = card(cpts), item(cpts), item(cpts, "Surblouses")
    added(made, MaterialDescription(masks.id, 10))
    answer = coordinator.submit(adding(coordinator, made, "materiel"), fields={"item": str(masks.id)})
    assert answer.status == 422
    assert "Cet article est déjà sur la fiche" in answer.text
    other = added(made, MaterialDescription(gowns.id))
    with pytest.raises(ItemTaken):
        parts.change_part(other, MaterialDescription(masks.id), seen_version=1, by=AccountFactory(), at=NOON)


def test_an_item_taken_out_of_the_stock_stays_on_the_card_and_is_said(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, masks = card(cpts), item(cpts)
    part = added(made, MaterialDescription(masks.id, 10))
    masks.removed_at = NOON
    db.session.commit()
    assert "Retiré du stock" in shown(coordinator, made).text
    page = coordinator.get("cpts.responses.edit_part", key="materiel", part_id=part.id)
    assert coordinator.submit(page, fields={"quantity": "12"}).status == 303
    assert made.materials[0].quantity == 12


def test_whom_to_call_has_one_source_or_none_yet(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, secretariat = card(cpts), whole_card.function(cpts)
    samu = whole_card.service(cpts, "SAMU 30", "15")
    db.session.commit()
    coordinator.submit(adding(coordinator, made, "contacts"), fields={"label": "Astreinte de l’EHPAD"})
    coordinator.submit(
        adding(coordinator, made, "contacts"), fields={"label": "Secrétariat", "function": str(secretariat.id)}
    )
    coordinator.submit(
        adding(coordinator, made, "contacts"), fields={"label": "SAMU, régulation", "contact": str(samu.id)}
    )
    page = shown(coordinator, made)
    assert page.texts("[aria-labelledby=contacts] .rows > li > .stack-s > p:first-child") == [
        "Astreinte de l’EHPAD",
        "Secrétariat",
        "SAMU, régulation",
    ]
    lines = page.texts("[aria-labelledby=contacts] .rows > li > .stack-s")
    assert "Numéro à trouver" in lines[0]
    assert "Qui tient ce jour-là la fonction Secrétariat" in lines[1]
    assert "SAMU 30 15" in lines[2]
    both = {"label": "Les deux", "function": str(secretariat.id), "contact": str(samu.id)}
    answer = coordinator.submit(adding(coordinator, made, "contacts"), fields=both)
    assert answer.status == 422
    assert "Choisissez une fonction de la cellule ou un contact de l’annuaire, pas les deux." in answer.text
    assert answer.html.select_one("#label")["value"] == "Les deux"  # type: ignore[index]


def test_a_contact_is_found_by_searching_without_a_script(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made = card(cpts)
    whole_card.service(cpts, "SAMU 30", "15")
    db.session.commit()
    page = adding(coordinator, made, "contacts")
    answer = coordinator.submit(page, fields={"label": "SAMU", "contact-q": "samu", "search": "contact"})
    assert answer.status == 422
    assert answer.texts("#contact-choices label") == ["SAMU 30 – Uzès"]
    assert answer.html.select_one("#label")["value"] == "SAMU"  # type: ignore[index]
    assert made.contacts == []


def test_what_another_cpts_has_is_never_chosen(coordinator: Browser) -> None:
    made, elsewhere = card(cpts_of(coordinator)), CptsFactory(slug="ailleurs", name="Ailleurs")
    item(cpts_of(coordinator))
    masks, theirs = item(elsewhere, "Masques d’ailleurs"), whole_card.function(elsewhere)
    samu = whole_card.service(elsewhere, "SAMU d’ailleurs", "15")
    db.session.commit()
    for key, typed in (
        ("materiel", {"item": str(masks.id)}),
        ("contacts", {"label": "X", "function": str(theirs.id)}),
        ("contacts", {"label": "X", "contact": str(samu.id)}),
        ("contacts", {"label": "X", "contact": "n’importe quoi"}),
    ):
        answer = coordinator.submit(adding(coordinator, made, key), fields=typed)
        assert answer.status == 422
        assert "ailleurs" not in answer.text
    assert (made.materials, made.contacts) == ([], [])


def test_a_message_is_written_and_shown_with_its_lines(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    typed = {"audience": "les adhérents", "text": "Fiche activée.\nRépondez oui ou non."}
    coordinator.submit(adding(coordinator, made, "messages"), fields=typed)
    page = shown(coordinator, made)
    assert page.texts("[aria-labelledby=messages] li strong") == ["Pour : les adhérents"]
    assert page.html.select_one("[aria-labelledby=messages] .typed").get_text() == typed["text"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"audience": "", "text": "Bonjour"}, "Dites à qui ce message s’adresse"),
        ({"audience": "les patients", "text": ""}, "Écrivez le message."),
        ({"audience": "les patients", "text": "x" * 2_001}, "caractères au plus."),
    ],
)
def test_a_refused_message_keeps_what_was_typed(coordinator: Browser, typed: dict[str, str], said: str) -> None:
    made = card(cpts_of(coordinator))
    answer = coordinator.submit(adding(coordinator, made, "messages"), fields=typed)
    assert (answer.status, made.messages) == (422, [])
    assert said in answer.text
    assert answer.html.select_one("#text").get_text().removeprefix("\n").strip() == typed["text"]  # type: ignore[union-attr]


def described(cpts: Cpts, name: str, rank: int) -> Description:
    if name == "materials":
        return MaterialDescription(item(cpts, f"Article {rank}").id)
    return ContactDescription(f"Service {rank}") if name == "contacts" else MessageDescription(f"Public {rank}", "…")


@pytest.mark.parametrize(
    ("name", "key"), [("materials", "materiel"), ("contacts", "contacts"), ("messages", "messages")]
)
def test_a_list_has_its_limit(coordinator: Browser, name: str, key: str) -> None:
    cpts = cpts_of(coordinator)
    made = card(cpts)
    for rank in range(MOST[name]):
        parts.add_part(made, described(cpts, name, rank), by=AccountFactory(), at=NOON)
    one_more = item(cpts, "Un de trop")
    typed = {"materiel": {"item": str(one_more.id)}, "contacts": {"label": "Un de trop"}}
    answer = coordinator.submit(
        adding(coordinator, made, key), fields=typed.get(key, {"audience": "Un de trop", "text": "Trop"})
    )
    assert answer.status == 422
    assert f"Cette fiche a déjà {MOST[name]} " in answer.text
    with pytest.raises(TooManyParts):
        parts.add_part(made, described(cpts, name, 99), by=AccountFactory(), at=NOON)


@pytest.mark.parametrize("name", list(MOST))
def test_parts_are_moved_and_removed_and_their_order_has_no_gaps(coordinator: Browser, name: str) -> None:
    cpts = cpts_of(coordinator)
    made = card(cpts)
    one, two, three = [added(made, described(cpts, name, rank)).id for rank in range(3)]
    key = {"materials": "materiel"}.get(name, name)

    def order() -> list[uuid.UUID]:
        db.session.expire_all()
        assert [part.position for part in getattr(made, name)] == list(range(len(getattr(made, name))))
        return [part.id for part in getattr(made, name)]

    page = shown(coordinator, made)
    about = f"[aria-labelledby={key}] button"
    assert [said.split(" ")[0] for said in page.texts(about)] == ["Descendre", "Monter", "Descendre", "Monter"]
    coordinator.post("cpts.responses.move_part", key=key, part_id=three, direction="monter")
    assert order() == [one, three, two]
    coordinator.post("cpts.responses.move_part", key=key, part_id=one, direction="monter")
    assert order() == [one, three, two]
    coordinator.post("cpts.responses.move_part", key=key, part_id=one, direction="descendre")
    assert order() == [three, one, two]
    answer = coordinator.submit(coordinator.get("cpts.responses.confirm_part_removal", key=key, part_id=three))
    assert answer.location.endswith(f"/#{key}")
    assert order() == [one, two]
    assert coordinator.post("cpts.responses.remove_part", key=key, part_id=three).status == 404


def test_a_part_changed_meanwhile_shows_both(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, masks = card(cpts), item(cpts)
    material = added(made, MaterialDescription(masks.id, 10))
    contact = added(made, ContactDescription("SAMU"))
    message = added(made, MessageDescription("les patients", "Bonjour"))
    for key, part, first, second in (
        ("materiel", material, {"quantity": "11"}, {"quantity": "12"}),
        ("contacts", contact, {"label": "SAMU 30"}, {"label": "SAMU, régulation"}),
        ("messages", message, {"text": "Bonsoir"}, {"text": "Bonne nuit"}),
    ):
        page = coordinator.get("cpts.responses.edit_part", key=key, part_id=part.id)
        assert coordinator.submit(page, fields=first).status == 303
        answer = coordinator.submit(page, fields=second)
        assert answer.status == 409
        cells = " ".join(answer.texts("table td"))
        assert next(iter(first.values())) in cells
        assert next(iter(second.values())) in cells
        assert coordinator.submit(answer).status == 303
    assert (made.materials[0].quantity, made.contacts[0].label, made.messages[0].text) == (
        12,
        "SAMU, régulation",
        "Bonne nuit",
    )
    assert [one[0].version for one in (made.materials, made.contacts, made.messages)] == [3, 3, 3]


def test_saving_a_part_as_it_was_changes_nothing(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, secretariat = card(cpts), whole_card.function(cpts)
    part = added(made, ContactDescription("Secrétariat", function_id=secretariat.id))
    coordinator.submit(coordinator.get("cpts.responses.edit_part", key="contacts", part_id=part.id))
    assert db.session.get_one(CardContact, part.id).version == 1
    events = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject_id == str(made.id))).all()
    assert [list(one.fields) for one in events] == [["contacts"]]


def test_a_change_to_two_sources_is_refused(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, secretariat = card(cpts), whole_card.function(cpts)
    part = added(made, ContactDescription("Secrétariat", function_id=secretariat.id))
    samu = whole_card.service(cpts, "SAMU 30", "15")
    told = ContactDescription("SAMU", secretariat.id, samu.id)
    with pytest.raises(TwoSources):
        parts.change_part(part, told, seen_version=1, by=AccountFactory(), at=NOON)


def test_the_parts_of_another_cpts_are_not_found(coordinator: Browser) -> None:
    elsewhere = CptsFactory(slug="ailleurs", name="Ailleurs")
    made, masks = card(elsewhere), item(elsewhere)
    theirs = {
        "materiel": added(made, MaterialDescription(masks.id)),
        "contacts": added(made, ContactDescription("SAMU")),
        "messages": added(made, MessageDescription("les patients", "Bonjour")),
    }
    for key, part in theirs.items():
        asked = {"key": key, "part_id": part.id}
        assert coordinator.get("cpts.responses.edit_part", **asked).status == 404
        assert coordinator.get("cpts.responses.confirm_part_removal", **asked).status == 404
        assert coordinator.post("cpts.responses.save_part", **asked).status == 404
        assert coordinator.post("cpts.responses.remove_part", **asked).status == 404
        assert coordinator.post("cpts.responses.move_part", **asked, direction="monter").status == 404
        assert adding(coordinator, made, key).status == 404
        assert coordinator.post("cpts.responses.create_part", card_id=made.id, key=key).status == 404
    counts = [
        db.session.scalar(sa.select(sa.func.count()).select_from(one))
        for one in (CardMaterial, CardContact, CardMessage)
    ]
    assert counts == [1, 1, 1]


def test_a_part_is_found_in_its_own_list_only(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    message = added(made, MessageDescription("les patients", "Bonjour"))
    assert coordinator.get("cpts.responses.edit_part", key="contacts", part_id=message.id).status == 404
    assert coordinator.post("cpts.responses.move_part", key="messages", part_id=message.id, direction="x").status == 404


def test_a_card_asks_the_database_as_often_for_one_part_as_for_three(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, secretariat = card(cpts), whole_card.function(cpts)
    address, counts = coordinator.address("cpts.responses.show", card_id=made.id), []
    for rank in range(3):
        samu = whole_card.service(cpts, f"SAMU {rank}", "15")
        added(made, ContactDescription("SAMU", contact_id=samu.id))
        added(made, ContactDescription("Secrétariat", function_id=secretariat.id))
        added(made, described(cpts, "materials", rank))
        with counted_statements() as sent:
            coordinator.open(address)
        counts.append(len(sent))
    assert counts[0] == counts[2]
    assert counts[0] <= MOST_OF_A_PAGE
