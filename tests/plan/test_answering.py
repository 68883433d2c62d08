"""What is to be improved is shown where the plan is edited, and saving can answer it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.evaluation.improvements import operations as improvements
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Target
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.organisations.models import Cpts
from tests.adaptation.responses.factories import written
from tests.browser import Browser, Page
from tests.conftest import browser_of
from tests.evaluation.improvements.factories import an_improvement
from tests.factories import NOON, TODAY, CptsFactory, member
from tests.statements import MOST_OF_A_PAGE, counted_statements

RISKS = {"theme": "anticipation", "rubrique": "risques"}
IN_RISKS = Target(section_key="risques", title="Risques et menaces du territoire")
LONG_AGO = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def account(referent: Browser) -> Account:
    assert referent.account
    return referent.account


def write(browser: Browser, text: str, *ticked: Improvement, page: Page | None = None) -> Page:
    fields: dict[str, Any] = {"text": text, "answered": [str(one.id) for one in ticked]}
    return browser.submit(page or browser.get("cpts.plan.edit", **RISKS), fields=fields)


def state(improvement: Improvement) -> tuple[ImprovementState, str]:
    db.session.refresh(improvement)
    return improvement.state, improvement.word


def test_a_section_shows_what_is_to_be_improved_where_it_is_read_and_edited(
    referent: Browser, account: Account, cpts: Cpts
) -> None:
    late = an_improvement(
        cpts, account, text="Citer la crue de 2002", target=IN_RISKS, due_on=TODAY - timedelta(days=9), at=LONG_AGO
    )
    an_improvement(cpts, account, text="Compter les masques")
    an_improvement(cpts, account, text="Déjà écrit", target=IN_RISKS, state=ImprovementState.DONE)
    address = referent.address("cpts.improvements.show", improvement_id=late.id)
    for page in (referent.get("cpts.plan.edit", **RISKS), referent.get("cpts.plan.show_theme", theme="anticipation")):
        assert page.links("main .notice a")["Amélioration n° 1"] == address
        assert "Citer la crue de 2002" in page.text
        assert account.name in page.text
        assert "pour le 13 novembre 2026" in page.text
        assert page.texts("main .notice .badge") == ["En retard", "À faire"]
        assert "Compter les masques" not in page.text
        assert "Déjà écrit" not in page.text
    assert "Citer la crue" not in referent.get("cpts.plan.show_theme", theme="pilotage").text
    boxes = referent.get("cpts.plan.edit", **RISKS).texts("#answered .choice")
    assert boxes == ["Amélioration n° 1 : Citer la crue de 2002"]


def test_a_section_without_any_offers_no_box(referent: Browser) -> None:
    page = referent.get("cpts.plan.edit", **RISKS)
    assert page.html.select("[name=answered]") == []
    assert page.html.select("main .notice") == []


def test_saving_with_the_box_answers_it_and_the_proof_writes_itself(
    referent: Browser, account: Account, cpts: Cpts
) -> None:
    write(referent, "Inondation.")
    one, other = (an_improvement(cpts, account, text=text, target=IN_RISKS) for text in ("Un", "Deux"))
    page = write(referent, "Inondation. La crue de 2002.", one).follow()
    assert "est enregistrée. 1 amélioration réalisée." in page.texts(".flash, [role=status], .notice")[0]
    is_done, proof = state(one)
    assert is_done is ImprovementState.DONE
    assert proof.startswith("Rubrique «\u00a0Risques et menaces du territoire\u00a0» modifiée le ")
    assert proof.endswith("(état n°\u00a02)")
    assert [step.word for step in one.steps] == ["", proof]
    assert state(other)[0] is ImprovementState.OPEN


def test_nothing_is_answered_without_a_box_nor_by_a_text_older_than_the_improvement(
    referent: Browser, account: Account, cpts: Cpts
) -> None:
    write(referent, "Inondation.")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    newer = an_improvement(cpts, account, text="Parler des feux", target=IN_RISKS, at=tomorrow)
    page = referent.get("cpts.plan.edit", **RISKS)
    refused = write(referent, "Inondation.", newer, page=page)
    assert refused.status == 422
    assert "Rien n’a changé ici depuis que l’amélioration n° 1 a été décidée" in refused.text
    assert refused.texts(".error-summary a")
    assert refused.html.select_one("[name=answered]").has_attr("checked")  # type: ignore[union-attr]
    assert refused.html.select_one("textarea[name=text]").get_text().strip() == "Inondation."  # type: ignore[union-attr]
    assert write(referent, "Inondation.").status == 303
    assert state(newer)[0] is ImprovementState.OPEN


def test_a_text_that_changed_since_it_was_decided_answers_it_without_another_change(
    referent: Browser, account: Account, cpts: Cpts
) -> None:
    one = an_improvement(cpts, account, target=IN_RISKS)
    write(referent, "Inondation et feux.")
    assert write(referent, "Inondation et feux.", one).status == 303
    assert state(one)[1].endswith("(état n°\u00a01)")


def test_a_text_that_was_not_enough_does_not_answer_it_again(referent: Browser, account: Account, cpts: Cpts) -> None:
    one = an_improvement(cpts, account, target=IN_RISKS, at=LONG_AGO)
    write(referent, "Inondation.", one)
    db.session.refresh(one)
    now = datetime.now(UTC) + timedelta(hours=1)
    improvements.move(one, ImprovementState.OPEN, "Pas assez.", seen_version=one.version, by=account, at=now)
    db.session.commit()
    refused = write(referent, "Inondation.", one)
    assert refused.status == 422
    assert "a été décidée ou reprise" in refused.text
    assert state(one) == (ImprovementState.OPEN, "Pas assez.")


def test_saying_how_far_it_is_takes_nothing_up_again(referent: Browser, account: Account, cpts: Cpts) -> None:
    one = an_improvement(cpts, account, target=IN_RISKS, at=LONG_AGO)
    write(referent, "Inondation.")
    now = datetime.now(UTC) + timedelta(hours=1)
    improvements.move(one, ImprovementState.IN_PROGRESS, "Relu.", seen_version=1, by=account, at=now)
    db.session.commit()
    assert write(referent, "Inondation.", one).status == 303
    assert state(one)[0] is ImprovementState.DONE


def test_a_conflict_keeps_the_boxes(referent: Browser, account: Account, cpts: Cpts) -> None:
    one, _ = (an_improvement(cpts, account, text=text, target=IN_RISKS) for text in ("Un", "Deux"))
    other, mine = browser_of(referent.app, cpts, Role.COORDINATOR), referent.get("cpts.plan.edit", **RISKS)
    write(other, "Le texte de l’autre.")
    conflict = write(referent, "Mon texte.", one, page=mine)
    assert conflict.status == 409
    assert [box.has_attr("checked") for box in conflict.html.select("[name=answered]")] == [True, False]
    assert state(one)[0] is ImprovementState.OPEN
    assert referent.submit(conflict).status == 303
    assert state(one)[1].endswith("(état n°\u00a02)")


def test_a_box_of_what_was_closed_meanwhile_is_passed_over_with_a_word(
    referent: Browser, account: Account, cpts: Cpts
) -> None:
    one = an_improvement(cpts, account, target=IN_RISKS)
    page = referent.get("cpts.plan.edit", **RISKS)
    improvements.move(one, ImprovementState.REFUSED, "Hors sujet.", seen_version=1, by=account, at=NOON)
    db.session.commit()
    saved = write(referent, "Inondation.", one, page=page)
    assert saved.status == 303
    assert "elle reste comme elle est" in saved.follow().source
    assert state(one) == (ImprovementState.REFUSED, "Hors sujet.")


@pytest.mark.parametrize("typed", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_box_that_names_nothing_of_this_section_closes_nothing(
    referent: Browser, account: Account, cpts: Cpts, typed: str
) -> None:
    elsewhere = CptsFactory()
    theirs = an_improvement(elsewhere, member(elsewhere, Role.REFERENT), target=IN_RISKS)
    other_section = an_improvement(cpts, account, target=Target(section_key="alerte", title="Alerte"))
    fields = {"text": "Inondation.", "answered": [typed, str(theirs.id), str(other_section.id)]}
    assert referent.submit(referent.get("cpts.plan.edit", **RISKS), fields=fields).status == 303
    assert (state(theirs)[0], state(other_section)[0]) == (ImprovementState.OPEN, ImprovementState.OPEN)


def test_a_card_shows_its_improvements_and_saving_it_can_answer_one(
    referent: Browser, account: Account, cpts: Cpts
) -> None:
    card = written(cpts, "Canicule")
    target = Target(card_id=card.id, title=card.title)
    one = an_improvement(cpts, account, text="Dire qui rappelle", target=target, at=NOON + timedelta(minutes=1))
    edit = referent.get("cpts.responses.edit", card_id=card.id)
    for page in (edit, referent.get("cpts.responses.show", card_id=card.id)):
        assert page.links("main .notice a") == {
            "Amélioration n° 1": referent.address("cpts.improvements.show", improvement_id=one.id)
        }
    ticked = {"answered": [str(one.id)]}
    refused = referent.submit(edit, fields=ticked)
    assert refused.status == 422
    assert "Rien n’a changé ici" in refused.text
    assert refused.html.select_one("[name=answered]").has_attr("checked")  # type: ignore[union-attr]
    assert state(one)[0] is ImprovementState.OPEN
    saved = referent.submit(edit, fields={**ticked, "stop": "À la fin de l’alerte."})
    assert saved.status == 303
    is_done, proof = state(one)
    assert is_done is ImprovementState.DONE
    assert proof.startswith("Fiche «\u00a0Canicule\u00a0» modifiée le ")
    assert "amélioration attend" not in referent.get("cpts.responses.show", card_id=card.id).text.replace("\u00a0", " ")


def test_a_conflict_on_a_card_keeps_the_boxes(referent: Browser, account: Account, cpts: Cpts) -> None:
    card = written(cpts)
    one = an_improvement(cpts, account, target=Target(card_id=card.id, title=card.title))
    edit = referent.get("cpts.responses.edit", card_id=card.id)
    referent.submit(edit, fields={"stop": "Le soir."})
    conflict = referent.submit(edit, fields={"stop": "Le matin.", "answered": [str(one.id)]})
    assert conflict.status == 409
    assert conflict.html.select_one("[name=answered]").has_attr("checked")  # type: ignore[union-attr]
    assert referent.submit(conflict).status == 303
    assert state(one)[0] is ImprovementState.DONE


def test_pages_cost_the_same_for_one_improvement_and_for_three(referent: Browser, account: Account, cpts: Cpts) -> None:
    card = written(cpts)
    targets = (IN_RISKS, Target(card_id=card.id, title=card.title))
    pages: tuple[tuple[str, dict[str, Any]], ...] = (
        ("cpts.plan.edit", RISKS),
        ("cpts.plan.show_theme", {"theme": "anticipation"}),
        ("cpts.responses.show", {"card_id": card.id}),
        ("cpts.responses.edit", {"card_id": card.id}),
    )

    def costs() -> list[int]:
        found = []
        for endpoint, values in pages:
            with counted_statements() as sent:
                assert referent.get(endpoint, **values).status == 200
            found.append(len(sent))
        return found

    for target in targets:
        an_improvement(cpts, account, target=target)
    for_one = costs()
    edits = [cost for (endpoint, _), cost in zip(pages, for_one, strict=True) if endpoint != "cpts.plan.show_theme"]
    assert max(edits) <= MOST_OF_A_PAGE
    for target in targets * 2:
        an_improvement(cpts, account, target=target)
    assert costs() == for_one
