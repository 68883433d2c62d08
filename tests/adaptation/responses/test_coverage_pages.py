from __future__ import annotations

import pytest
import sqlalchemy as sa

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses import queries, uncovered
from crisis_plan.adaptation.responses.models import UncoveredType
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.adaptation.responses.factories import written
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, CptsFactory
from tests.statements import MOST_OF_A_PAGE, counted_statements

REASON = "Aucun site à risque, l’hôpital de référence est à dix minutes."


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def waived(cpts: Cpts, crisis_type: CrisisType = CrisisType.NRC, reason: str = REASON) -> UncoveredType:
    said = uncovered.say_uncovered(cpts, crisis_type, reason, seen_version=0, by=AccountFactory(), at=NOON)
    db.session.commit()
    return said


def reasons() -> list[str]:
    return list(db.session.scalars(sa.select(UncoveredType.reason)))


def test_each_type_says_what_the_plan_does_in_it(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    written(cpts, "Générale")
    card = written(cpts, "Canicule", crisis_types=(CrisisType.ILL,))
    waived(cpts)
    page = coordinator.get("cpts.responses.index")
    assert [page.texts(f"#type-{number} .badge") for number in range(1, 6)] == [
        ["À traiter"],
        ["Couvert"],
        ["À traiter"],
        ["Non couvert"],
        ["À traiter"],
    ]
    assert page.links("#type-2 a") == {
        "Fiche 2 : Canicule": coordinator.address("cpts.responses.show", card_id=card.id)
    }
    assert REASON in page.texts("#type-4")[0]
    assert list(page.links("#type-1 a")) == [
        "Écrire une fiche pour le type 1",
        "Dire pourquoi il n’est pas couvert : type 1",
    ]


def test_a_draft_that_nobody_has_read_is_not_an_answer_like_another(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    written(cpts, "Canicule", reread_on=None, crisis_types=(CrisisType.ILL,))
    written(cpts, "Grippe", crisis_types=(CrisisType.ILL,))
    page = coordinator.get("cpts.responses.index")
    assert page.texts("#type-2 td:last-child p") == ["Fiche 1 : Canicule (pas encore relue)", "Fiche 2 : Grippe"]


def test_who_only_reads_sees_the_gap_without_its_ways_out(cell_member: Browser) -> None:
    page = cell_member.get("cpts.responses.index")
    assert "Aucune fiche ne le couvre, et aucun motif n’est donné." in page.texts("#type-1")[0]
    assert page.links("#type-1 a") == {}


def test_a_reason_is_given_changed_and_taken_back(coordinator: Browser) -> None:
    form = coordinator.get("cpts.responses.uncovered", number=4)
    assert coordinator.submit(form, fields={"reason": REASON}).status == 303
    form = coordinator.get("cpts.responses.uncovered", number=4)
    assert form.texts("#reason") == [REASON]
    assert coordinator.submit(form, fields={"reason": "Autre motif"}).status == 303
    assert reasons() == ["Autre motif"]
    page = coordinator.get("cpts.responses.uncovered", number=4)
    assert coordinator.submit(page, form="form[action$='/retirer']").status == 303
    assert reasons() == []
    assert coordinator.post("cpts.responses.withdraw_uncovered", number=4).status == 303


@pytest.mark.parametrize(("reason", "said"), [("", "Écrivez en une phrase"), ("x" * 1_001, "caractères au plus")])
def test_a_reason_is_needed_and_short(coordinator: Browser, reason: str, said: str) -> None:
    page = coordinator.post("cpts.responses.say_uncovered", {"reason": reason}, number=4)
    assert page.status == 422
    assert said in page.texts("#reason-error")[0]
    assert reasons() == []


def test_a_covered_type_cannot_be_said_uncovered_and_what_was_typed_stays(coordinator: Browser) -> None:
    form = coordinator.get("cpts.responses.uncovered", number=4)
    written(cpts_of(coordinator), "Alerte NRC", crisis_types=(CrisisType.NRC,))
    page = coordinator.submit(form, fields={"reason": REASON})
    assert page.status == 422
    assert "couvre déjà ce type" in page.texts("#reason-error")[0]
    assert page.texts("#reason") == [REASON]
    assert reasons() == []
    page = coordinator.get("cpts.responses.uncovered", number=4)
    assert "Fiche 1 : Alerte NRC" in page.links()
    assert not page.html.select("main form")


def test_a_reason_no_longer_counts_once_a_card_covers_and_counts_again_without_it(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    waived(cpts)
    card = written(cpts, crisis_types=(CrisisType.NRC,))
    page = coordinator.get("cpts.responses.index")
    assert page.texts("#type-4 .badge") == ["Couvert"]
    assert "il ne compte plus" in page.texts("#type-4")[0]
    assert REASON in coordinator.get("cpts.responses.uncovered", number=4).text
    removal = coordinator.get("cpts.responses.confirm_removal", card_id=card.id)
    assert "comptera de nouveau" in removal.texts(".notice")[0]
    coordinator.submit(removal)
    assert coordinator.get("cpts.responses.index").texts("#type-4 .badge") == ["Non couvert"]


def test_a_stale_reason_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    mine = referent.get("cpts.responses.uncovered", number=4)
    theirs = coordinator.get("cpts.responses.uncovered", number=4)
    coordinator.submit(theirs, fields={"reason": "Leur motif"})
    refused = referent.submit(mine, fields={"reason": "Mon motif"})
    assert refused.status == 409
    assert refused.texts(".conflict ~ .table-scroll .typed") == ["Mon motif", "Leur motif"]
    assert referent.submit(refused).status == 303
    assert reasons() == ["Mon motif"]


def test_a_reason_taken_back_meanwhile_is_said(referent: Browser) -> None:
    cpts = cpts_of(referent)
    waived(cpts)
    form = referent.get("cpts.responses.uncovered", number=4)
    referent.post("cpts.responses.withdraw_uncovered", number=4)
    refused = referent.submit(form, fields={"reason": "Mon motif"})
    assert refused.status == 409
    assert referent.submit(refused).status == 303
    assert reasons() == ["Mon motif"]


def test_there_are_five_types(coordinator: Browser) -> None:
    for number in (0, 6):
        assert coordinator.get("cpts.responses.uncovered", number=number).status == 404
        assert coordinator.post("cpts.responses.say_uncovered", {"reason": REASON}, number=number).status == 404
        assert coordinator.post("cpts.responses.withdraw_uncovered", number=number).status == 404


def test_reasons_and_cards_of_another_cpts_answer_nothing_here(coordinator: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    waived(elsewhere)
    written(elsewhere, crisis_types=(CrisisType.ILL,))
    page = coordinator.get("cpts.responses.index")
    assert {said for number in range(1, 6) for said in page.texts(f"#type-{number} .badge")} == {"À traiter"}
    coordinator.post("cpts.responses.withdraw_uncovered", number=4)
    assert reasons() == [REASON]


def test_the_requirement_lacks_what_is_neither_covered_nor_waived(cpts: Cpts) -> None:
    written(cpts, "Toutes les crises")
    with counted_statements() as sent:
        assert len(queries.missing(cpts)) == 1
    assert len([one for one in sent if "FROM action_cards" in one or "FROM uncovered_types" in one]) == 2
    for one in (CrisisType.INJURED, CrisisType.ILL, CrisisType.INFECTIOUS):
        written(cpts, one.label, crisis_types=(one,))
    waived(cpts, CrisisType.NRC)
    (lacking,) = queries.missing(cpts)
    assert "Type 5, Altération de l’offre de soins" in lacking
    waived(cpts, CrisisType.CARE_DISRUPTED)
    assert queries.missing(cpts) == ()


def test_only_who_edits_the_plan_gives_a_reason(cell_member: Browser) -> None:
    assert cell_member.get("cpts.responses.uncovered", number=4).status == 403
    assert cell_member.post("cpts.responses.say_uncovered", {"reason": REASON}, number=4).status == 403


def test_the_page_of_a_type_asks_little(coordinator: Browser) -> None:
    waived(cpts_of(coordinator))
    with counted_statements() as sent:
        coordinator.get("cpts.responses.uncovered", number=4)
    assert len(sent) <= MOST_OF_A_PAGE
