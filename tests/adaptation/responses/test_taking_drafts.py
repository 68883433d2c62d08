"""The shipped drafts become cards of the CPTS's own."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from crisis_plan.adaptation.responses import operations, queries
from crisis_plan.adaptation.responses.draft_texts import DRAFTS
from crisis_plan.adaptation.responses.drafts import Draft
from crisis_plan.adaptation.responses.matches import begins_with
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.parts import MOST
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.adaptation.responses.taking import NothingChosen, TakenAlready, take_drafts
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.stock import operations as stock
from crisis_plan.anticipation.stock.descriptions import ItemDescription
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import operations as crisis_cell
from crisis_plan.pilotage.crisis_cell.functions import proposed
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, ContactFactory, CptsFactory
from tests.statements import counted_statements

ALL = [draft.key for draft in DRAFTS]
PAGE, TAKE = "cpts.responses.choose_drafts", "cpts.responses.take"


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def taken(cpts: Cpts, *keys: str) -> list[ActionCard]:
    made = take_drafts(cpts, keys or ALL, by=AccountFactory(), at=NOON)
    db.session.commit()
    db.session.expire_all()
    return made


def with_cell(cpts: Cpts) -> None:
    crisis_cell.take_proposed_functions(cpts, by=AccountFactory(), at=NOON)


def holds(cpts: Cpts, *names: str) -> None:
    for name in names:
        stock.add_item(cpts, ItemDescription(name), by=AccountFactory(), at=NOON)


def on_one_line(text: str) -> str:
    """As a test reads it, whatever the spaces."""
    return " ".join(text.split())


def service(cpts: Cpts, name: str, category: str = "") -> None:
    ContactFactory(
        cpts_id=cpts.id,
        family_name=name,
        category=category,
        is_service=True,
        kind=ContactKind.PARTNER,
        search_text=folded(f"{name} {category}"),
    )


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.key)
def test_a_card_says_all_that_its_draft_says(cpts: Cpts, draft: Draft) -> None:
    with_cell(cpts)
    taken(cpts, draft.key)
    card = queries.whole_cards(cpts)[0]
    assert (card.draft, card.title, card.reread_on, list(card.levels)) == (draft.key, draft.title, None, [])
    assert card.crisis_types == [one.value for one in draft.crisis_types]
    assert card.orsan_plans == [one.value for one in draft.orsan_plans]
    assert sorted(card.professions) == sorted(draft.professions)
    assert {function.key for function in card.functions} == set(draft.functions)
    assert (card.trigger, card.protection, card.stop) == (draft.trigger, draft.protection, draft.stop)
    assert [contact.label for contact in card.contacts] == [contact.label for contact in draft.contacts]
    assert [(one.audience, one.text) for one in card.messages] == [(one.audience, one.text) for one in draft.messages]
    for phase, steps in draft.phases:
        assert [
            (
                step.position,
                step.text,
                step.function.key if step.function else "",
                step.who,
                step.delay_minutes,
                step.care,
            )
            for step in card.steps_of(phase)
        ] == [
            (position, step.text, step.function, step.who, step.delay, step.care) for position, step in enumerate(steps)
        ]


def test_once_all_are_taken_the_five_types_are_covered(cpts: Cpts) -> None:
    taken(cpts)
    assert all(one.is_covered for one in queries.coverage(cpts))
    assert [card.position for card in queries.cards(cpts)] == [1, 2, 3, 4, 5, 6]
    assert queries.missing(cpts) == ()
    assert queries.unread(cpts) == len(DRAFTS)


def test_taken_drafts_come_after_the_cards_there_are(cpts: Cpts) -> None:
    taken(cpts, "nrc")
    taken(cpts, "ill", "first-hour")
    assert [card.draft for card in queries.cards(cpts)] == ["nrc", "first-hour", "ill"]


def test_a_cell_without_a_function_is_told_it_in_words(cpts: Cpts) -> None:
    taken(cpts, "first-hour")
    card = queries.whole_cards(cpts)[0]
    assert list(card.functions) == []
    assert card.steps_of(Phase.FIRST_HOUR)[-1].by_whom == proposed("liaison").name


def test_a_renamed_function_is_still_the_same(cpts: Cpts) -> None:
    with_cell(cpts)
    by = AccountFactory()
    liaison = next(one for one in crisis_cell.queries.functions_alone(cpts) if one.key == "liaison")
    crisis_cell.edit_function(cpts, liaison, name="Contacts", task="", seen_version=liaison.version, by=by, at=NOON)
    taken(cpts, "first-hour")
    assert queries.whole_cards(cpts)[0].steps_of(Phase.FIRST_HOUR)[-1].by_whom == "Contacts"


def test_the_stock_of_the_cpts_is_recognised_and_the_rest_stays_in_words(cpts: Cpts) -> None:
    elsewhere = CptsFactory()
    holds(elsewhere, "Surblouses")
    holds(cpts, "Masque FFP2, boîte de 50", "Gant nitrile M", "Gants stériles", "Boîtes pour gants")
    taken(cpts, "infectious")
    card = queries.whole_cards(cpts)[0]
    assert [(one.item.name, one.quantity) for one in card.materials] == [
        ("Masque FFP2, boîte de 50", None),
        ("Gant nitrile M", None),
        ("Gants stériles", None),
    ]
    assert card.material_note.endswith("À se procurer\u00a0: Surblouses, Gel hydroalcoolique.")


@pytest.mark.parametrize(
    ("name", "usual", "expected"),
    [
        ("Gants nitrile M", "Gants", True),
        ("GANT", "Gants", True),
        ("Boîte de gants", "Gants", False),
        ("Masques FFP2", "Masques", True),
        ("Masques", "Masques FFP2", False),
        ("Concentrateur d'oxygène", "Concentrateur d’oxygène", True),
    ],
)
def test_an_item_is_recognised_by_how_its_name_begins(name: str, usual: str, *, expected: bool) -> None:
    assert begins_with(name, usual) is expected


def test_a_card_keeps_its_limits_whatever_the_stock_and_lists_an_item_once(cpts: Cpts) -> None:
    holds(cpts, *(f"Gants {number:02}" for number in range(1, 41)))
    taken(cpts, "infectious")
    materials = queries.whole_cards(cpts)[0].materials
    assert len(materials) == MOST["materials"]
    assert len({one.item_id for one in materials}) == len(materials)
    assert [one.position for one in materials] == list(range(len(materials)))


def test_six_drafts_are_looked_up_as_often_as_one(cpts: Cpts) -> None:
    with_cell(cpts)
    holds(cpts, "Surblouses", "Gants")
    service(cpts, "SAMU 30 – Centre 15", "SAMU")
    db.session.commit()
    by = AccountFactory()

    def asked(*keys: str) -> int:
        db.session.commit()
        db.session.expire_all()
        with counted_statements() as sent:
            take_drafts(cpts, keys, by=by, at=NOON)
        db.session.rollback()
        return sum(one.startswith("SELECT") for one in sent)

    assert asked(*ALL) <= asked("infectious") + 2


def test_only_an_unmistakable_service_is_called(cpts: Cpts) -> None:
    service(cpts, "SAMU 30 – Centre 15", "SAMU")
    service(cpts, "Délégation du Gard", "ARS")
    service(cpts, "SDIS 30")
    service(cpts, "SDIS 34")
    service(CptsFactory(), "Préfecture du Gard")
    ContactFactory(cpts_id=cpts.id, family_name="Préfecture", is_service=False)
    ContactFactory(cpts_id=cpts.id, family_name="Ars", is_service=False)
    taken(cpts, "injured", "nrc")
    injured, nrc = queries.whole_cards(cpts)
    called = {one.label: one.contact.name if one.contact else "" for one in (*injured.contacts, *nrc.contacts)}
    assert called["SAMU, régulation"] == called["CUMP\u00a0: par le SAMU"] == "SAMU 30 – Centre 15"
    assert called["ARS, point focal"] == "Délégation du Gard"
    assert called["SDIS"] == called["Préfecture"] == called["Hôpital de référence"] == ""


def test_a_draft_is_taken_once(cpts: Cpts) -> None:
    taken(cpts, "nrc")
    with pytest.raises(TakenAlready, match="Accident ou attentat nucléaire"):
        take_drafts(cpts, ["ill", "nrc"], by=AccountFactory(), at=NOON)
    assert [card.draft for card in queries.cards(cpts)] == ["nrc"]


def test_a_removed_card_may_be_taken_again_as_it_was(cpts: Cpts) -> None:
    card = taken(cpts, "nrc")[0]
    card.title = "Réécrite"
    operations.remove(card, by=AccountFactory(), at=NOON)
    taken(cpts, "nrc")
    assert [card.title for card in queries.cards(cpts)] == ["Accident ou attentat nucléaire, radiologique, chimique"]


@pytest.mark.parametrize("keys", [[], ["no-such-draft"]])
def test_nothing_known_is_nothing_chosen(cpts: Cpts, keys: list[str]) -> None:
    with pytest.raises(NothingChosen):
        take_drafts(cpts, keys, by=AccountFactory(), at=NOON)


def test_each_card_taken_is_one_line_of_the_history(cpts: Cpts) -> None:
    cards = taken(cpts, "ill", "nrc")
    lines = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == operations.CARD)).all()
    assert {(line.verb, line.subject_id) for line in lines} == {(Verb.CREATED, str(card.id)) for card in cards}


def test_the_page_offers_the_six_with_what_each_says(coordinator: Browser) -> None:
    page = coordinator.get(PAGE)
    assert page.texts("main form h2") == [on_one_line(draft.title) for draft in DRAFTS]
    assert len(page.html.select("main form input[type=checkbox][checked]")) == len(DRAFTS)
    for draft in DRAFTS:
        for said in (draft.trigger, draft.stop, draft.first_hour[0].text, draft.continuity[-1].text):
            assert on_one_line(said) in page.text


def test_the_ticked_ones_are_taken_and_the_others_stay_offered(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    page = coordinator.submit(coordinator.get(PAGE), fields={"drafts": ["ill", "nrc"]})
    assert page.status == 303
    assert [card.draft for card in queries.cards(cpts)] == ["ill", "nrc"]
    again = coordinator.get(PAGE)
    assert [str(one["value"]) for one in again.html.select("main form input[type=checkbox]")] == [
        key for key in ALL if key not in ("ill", "nrc")
    ]
    assert again.texts("main section.quiet h3") == [draft.title for draft in DRAFTS if draft.key in ("ill", "nrc")]


def test_the_same_form_sent_twice_takes_once(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    page = coordinator.get(PAGE)
    first, second = coordinator.submit(page), coordinator.submit(page)
    assert (first.status, second.status, second.location) == (303, 303, first.location)
    assert len(queries.cards(cpts)) == len(DRAFTS)


def test_a_page_opened_before_a_colleague_took_a_draft_says_so_and_keeps_the_rest(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    page = coordinator.get(PAGE)
    taken(cpts, "nrc")
    answer = coordinator.submit(page, fields={"drafts": ["ill", "nrc"]})
    assert answer.status == 422
    assert "Déjà dans vos fiches" in " ".join(answer.texts(".error-summary"))
    ticked = answer.html.select("main form input[type=checkbox][checked]")
    assert [str(one["value"]) for one in ticked] == ["ill"]
    assert coordinator.submit(answer).status == 303
    assert [card.draft for card in queries.cards(cpts)] == ["nrc", "ill"]


def test_nothing_ticked_is_said_beside_the_list(coordinator: Browser) -> None:
    answer = coordinator.submit(coordinator.get(PAGE), fields={"drafts": []})
    assert answer.status == 422
    assert "Cochez au moins une fiche à prendre." in " ".join(answer.texts("#drafts-error"))
    assert answer.links(".error-summary a") == {"Fiches à prendre : Cochez au moins une fiche à prendre.": "#drafts-0"}
    assert answer.html.select("#drafts-0")


def test_an_unknown_draft_is_refused(coordinator: Browser) -> None:
    answer = coordinator.submit(coordinator.get(PAGE), fields={"drafts": ["no-such-draft"]})
    assert answer.status == 422
    assert len(queries.cards(cpts_of(coordinator))) == 0


def test_once_all_are_taken_the_page_says_what_to_do(coordinator: Browser) -> None:
    taken(cpts_of(coordinator))
    page = coordinator.get(PAGE)
    assert not page.html.select("main form")
    assert "Les six fiches sont déjà dans les vôtres" in page.text


def test_whoever_may_not_write_the_plan_is_offered_nothing(cell_member: Browser) -> None:
    assert cell_member.get(PAGE).status == 403
