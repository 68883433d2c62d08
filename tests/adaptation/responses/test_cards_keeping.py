from __future__ import annotations

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses import operations, queries
from crisis_plan.adaptation.responses.descriptions import CardDescription
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardStep
from crisis_plan.adaptation.responses.parts import MessageDescription, add_part
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.adaptation.responses.steps import StepDescription, add_step
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from tests.adaptation.responses.factories import written
from tests.adaptation.responses.whole_card import whole_card
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def titles(cpts: Cpts) -> list[str]:
    return [title for _id, title in queries.titles(cpts)]


def test_cards_are_numbered_in_the_order_of_the_booklet(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    cards = [written(cpts, title) for title in ("Un", "Deux", "Trois")]
    assert [(number, card.title) for number, card in queries.numbered(queries.cards(cpts))] == [
        (1, "Un"),
        (2, "Deux"),
        (3, "Trois"),
    ]
    operations.remove(cards[0], by=AccountFactory(), at=NOON)
    db.session.commit()
    assert [queries.number_of(card) for card in cards[1:]] == [1, 2]


def test_a_card_leads_to_the_one_before_and_the_one_after(cell_member: Browser) -> None:
    cpts = cpts_of(cell_member)
    first, second, _third = (written(cpts, title) for title in ("Un", "Deux", "Trois"))
    page = cell_member.get("cpts.responses.show", card_id=second.id)
    assert page.texts("nav[aria-label='Autres fiches'] a") == ["Fiche 1 : Un", "Fiche 3 : Trois"]
    assert page.texts(".breadcrumb [aria-current]") == ["Fiche 2 sur 3"]
    page = cell_member.get("cpts.responses.show", card_id=first.id)
    assert page.texts("nav[aria-label='Autres fiches'] a") == ["Fiche 2 : Deux"]


def test_a_card_goes_up_and_down_and_stays_at_the_ends(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    first, _second, third = (written(cpts, title) for title in ("Un", "Deux", "Trois"))
    page = coordinator.get("cpts.responses.order")
    assert page.texts("main ol.rows form button") == [
        "Descendre la fiche Un",
        "Monter la fiche Deux",
        "Descendre la fiche Deux",
        "Monter la fiche Trois",
    ]
    answer = coordinator.submit(page, form=f"#fiche-{third.id} form")
    assert answer.location.endswith(f"#fiche-{third.id}")
    assert titles(cpts) == ["Un", "Trois", "Deux"]
    coordinator.post("cpts.responses.move", card_id=first.id, direction="monter")
    assert titles(cpts) == ["Un", "Trois", "Deux"]
    coordinator.post("cpts.responses.move", card_id=first.id, direction="descendre")
    assert titles(cpts) == ["Trois", "Un", "Deux"]


def test_a_proposed_card_is_marked_as_read_again_in_one_press(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    card = written(cpts, reread_on=None)
    assert "Pas encore relue" in coordinator.get("cpts.responses.index").texts("main .badge")
    page = coordinator.get("cpts.responses.show", card_id=card.id)
    page = coordinator.submit(page).follow()
    assert page.texts("main .badge") == []
    assert (card.reread_on, card.version) == (clock.today(cpts), 1)
    answer = coordinator.post("cpts.responses.mark_reread", {"seen": card.stamp}, card_id=card.id)
    assert answer.status == 303
    events = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed")).all()
    assert [event.fields for event in events] == [["reread_on"]]


@pytest.mark.parametrize("changed", ["card", "step", "part"])
def test_nobody_signs_a_text_that_they_have_not_seen(coordinator: Browser, changed: str) -> None:
    cpts, by, later = cpts_of(coordinator), AccountFactory(), NOON.replace(hour=13)
    card = written(cpts, reread_on=None)
    page = coordinator.get("cpts.responses.show", card_id=card.id)
    if changed == "card":
        told = CardDescription("Première heure", trigger="Le préfet appelle")
        operations.change(cpts, card, told, seen_version=1, reread_on=TODAY, by=by, at=later)
        card.reread_on = None
    elif changed == "step":
        add_step(card, StepDescription(Phase.FIRST_HOUR, "Le préfet appelle"), by=by, at=later)
    else:
        add_part(card, MessageDescription("Adhérents", "Le préfet appelle"), by=by, at=later)
    db.session.commit()
    refused = coordinator.submit(page)
    assert refused.status == 409
    assert "a changé depuis que vous l’avez ouverte" in refused.texts(".notice")[0]
    assert "Le préfet appelle" in refused.text
    db.session.refresh(card)
    assert card.reread_on is None
    assert coordinator.submit(refused).status == 303
    assert card.reread_on == clock.today(cpts)


def test_reading_again_changes_no_text(coordinator: Browser, referent: Browser) -> None:
    card = written(cpts_of(coordinator), reread_on=None)
    theirs = referent.get("cpts.responses.show", card_id=card.id)
    assert coordinator.submit(coordinator.get("cpts.responses.show", card_id=card.id)).status == 303
    assert referent.submit(theirs).status == 303


def test_without_what_was_seen_nothing_is_signed(coordinator: Browser) -> None:
    card = written(cpts_of(coordinator), reread_on=None)
    assert coordinator.post("cpts.responses.mark_reread", card_id=card.id).status == 409
    assert card.reread_on is None


def test_a_copy_says_all_that_the_first_one_says(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    card = whole_card(cpts)
    page = coordinator.get("cpts.responses.show", card_id=card.id)
    answer = coordinator.submit(page, form="form[action$='/copier']")
    assert answer.status == 303
    first, copied = queries.whole_cards(cpts)
    assert (first.title, copied.title) == ("Épisode de canicule", "Copie de «\u00a0Épisode de canicule\u00a0»")
    assert answer.location.endswith(f"{copied.id}/modifier")
    for name in ("crisis_types", "orsan_plans", "professions", "trigger", "protection", "material_note", "stop"):
        assert getattr(copied, name) == getattr(first, name) != "", name
    for name in ("levels", "functions", "places"):
        assert getattr(copied, name) == getattr(first, name) != [], name
    assert [said_by(step) for step in copied.steps] == [said_by(step) for step in first.steps]
    assert [(one.label, one.function, one.contact) for one in copied.contacts] == [
        (one.label, one.function, one.contact) for one in first.contacts
    ]
    assert [(one.item, one.quantity) for one in copied.materials] == [
        (one.item, one.quantity) for one in first.materials
    ]
    assert [(one.audience, one.text) for one in copied.messages] == [(one.audience, one.text) for one in first.messages]
    assert not {step.id for step in copied.steps} & {step.id for step in first.steps}


def said_by(step: CardStep) -> tuple[object, ...]:
    return (
        *(step.phase, step.phase_rank, step.position, step.text, step.function, step.who),
        *(step.delay_minutes, step.care, step.proof),
    )


def test_a_copy_asked_twice_is_made_once_and_is_no_shipped_draft(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    card = written(cpts)
    card.draft = "canicule"
    db.session.commit()
    page = coordinator.get("cpts.responses.show", card_id=card.id)
    for _ in range(2):
        assert coordinator.submit(page, form="form[action$='/copier']").status == 303
    assert [card.draft for card in queries.cards(cpts)] == ["canicule", ""]


def test_changing_a_copy_leaves_the_first_one_alone(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    operations.copy(cpts, whole_card(cpts), by=AccountFactory(), at=NOON)
    db.session.commit()
    first, copied = queries.whole_cards(cpts)
    before = [said_by(step) for step in first.steps]
    coordinator.post("cpts.responses.remove", card_id=copied.id)
    (first,) = queries.whole_cards(cpts)
    assert [said_by(step) for step in first.steps] == before
    assert first.levels


def test_removing_asks_first_and_says_what_names_the_card(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    card = whole_card(cpts)
    page = coordinator.get("cpts.responses.confirm_removal", card_id=card.id)
    assert page.texts("section[aria-labelledby=levels] li") == ["Alerte"]
    assert "Type 2, Malades" in page.texts(".notice")[0]
    assert coordinator.submit(page).status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ActionCard)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CardStep)) == 0


def test_a_type_that_another_card_covers_is_not_said_to_be_lost(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    card = written(cpts, "Un", crisis_types=(CrisisType.ILL,))
    written(cpts, "Deux", crisis_types=(CrisisType.ILL,))
    assert coordinator.get("cpts.responses.confirm_removal", card_id=card.id).texts(".notice") == []


def test_a_changed_part_is_remembered_without_outdating_the_forms_of_the_card(cpts: Cpts) -> None:
    card = written(cpts)
    later = NOON.replace(hour=13)
    operations.touch(card, by=AccountFactory(), at=later)
    assert (card.updated_at, card.version) == (later, 1)
    event = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed")).one()
    assert (event.subject, event.subject_id) == ("action_card", str(card.id))
