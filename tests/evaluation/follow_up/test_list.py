"""The list of improvements: its order, its filters, its prints."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import findings
from crisis_plan.evaluation.debriefs.findings import Point
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.improvements import operations
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Decided, Owner, Source, Target
from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan.requirements import REQUIREMENTS
from tests.browser import Browser, Page
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.improvements.factories import a_card, an_improvement
from tests.factories import NOON, TODAY
from tests.statements import MOST_OF_A_PAGE, counted_statements

DAY = timedelta(days=1)
SECTION = REQUIREMENTS[0]
IN_SECTION = Target(section_key=SECTION.key, title=SECTION.label)


def many(cpts: Cpts, by: Account) -> None:
    """One late, one in progress, one to come in a section, one done, one refused."""
    an_improvement(cpts, by, text="Pour plus tard", due_on=date(2027, 5, 1), target=IN_SECTION)
    an_improvement(cpts, by, text="Abandonnée", state=ImprovementState.REFUSED, at=NOON - 2 * DAY)
    an_improvement(cpts, by, text="Finie", state=ImprovementState.DONE, at=NOON - DAY)
    an_improvement(
        cpts,
        by,
        text="En cours",
        state=ImprovementState.IN_PROGRESS,
        due_on=TODAY,
        source=Source(Origin.CRISIS, "Crise"),
    )
    an_improvement(cpts, by, text="=Retard", owner=Owner(name="Anne Roux"), due_on=TODAY - DAY, at=NOON - 9 * DAY)


def listed(page: Page) -> list[str]:
    return [one.split(" ", 3)[-1] for one in page.texts("#improvements tbody th")]


def test_the_most_urgent_comes_first_and_what_is_late_is_said_on_top(
    coordinator: Browser, by: Account, cpts: Cpts
) -> None:
    many(cpts, by)
    page = coordinator.get("cpts.improvements.index")
    assert listed(page) == ["=Retard", "En cours", "Pour plus tard", "Finie", "Abandonnée"]
    assert page.texts(".notice-title") == ["1 amélioration est en retard"]
    assert page.texts("#improvements tbody tr")[0].count("En retard") == 1
    assert page.texts("table.bars tbody tr") == ["À faire 2", "En cours 1", "Réalisée 1", "Non retenue 1"]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"etat": "open"}, ["=Retard", "Pour plus tard"]),
        ({"origine": "crisis"}, ["En cours"]),
        ({"responsable": "moi"}, ["En cours", "Pour plus tard", "Finie", "Abandonnée"]),
        ({"retard": "oui"}, ["=Retard"]),
        ({"rubrique": SECTION.key}, ["Pour plus tard"]),
        ({"rubrique": "hors-plan", "etat": "done"}, ["Finie"]),
        ({"etat": "rien", "origine": "rien"}, ["=Retard", "En cours", "Pour plus tard", "Finie", "Abandonnée"]),
    ],
)
def test_filters_keep_what_they_say_on_screen_in_csv_and_on_paper(
    coordinator: Browser, by: Account, cpts: Cpts, asked: dict[str, str], kept: list[str]
) -> None:
    many(cpts, by)
    assert listed(coordinator.get("cpts.improvements.index", **asked)) == kept
    rows = coordinator.get("cpts.improvements.export_csv", **asked).content.decode("utf-8-sig").splitlines()
    assert [row.split(";")[1] for row in rows[1:]] == [one.replace("=", "'=") for one in kept]
    paper = text_of(coordinator.get("cpts.improvements.as_pdf", **asked))
    assert [one for one in kept if one not in paper] == []
    assert ("Pour plus tard" in paper) == ("Pour plus tard" in kept)


def text_of(page: Page) -> str:
    pages = PdfReader(io.BytesIO(page.content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def test_a_filter_that_keeps_nothing_says_so(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    many(cpts, by)
    page = coordinator.get("cpts.improvements.index", rubrique="inconnue")
    assert "Aucune amélioration ne répond à ces filtres" in page.text
    paper = text_of(coordinator.get("cpts.improvements.as_pdf", rubrique="inconnue"))
    assert "Aucune amélioration ne répond à cette demande." in paper
    assert "introuvable" in paper


def test_a_card_is_a_place_of_the_plan_too(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    card = a_card(cpts)
    an_improvement(cpts, by, text="Dans la fiche", target=Target(card_id=card.id, title=card.title))
    an_improvement(cpts, by, text="Ailleurs")
    assert listed(coordinator.get("cpts.improvements.index", rubrique=str(card.id))) == ["Dans la fiche"]
    db.session.delete(db.session.get(ActionCard, card.id))
    db.session.commit()
    page = coordinator.get("cpts.improvements.index")
    assert "Infirmiers en canicule" in page.text


def test_a_list_of_sixty_has_two_pages(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    for _ in range(60):
        an_improvement(cpts, by)
    assert len(listed(coordinator.get("cpts.improvements.index", page=2))) == 10


def test_a_list_of_three_asks_the_database_as_often_as_a_list_of_one(
    coordinator: Browser, by: Account, cpts: Cpts
) -> None:
    debrief = a_debrief(cpts, by)

    def statements(endpoint: str, **values: object) -> int:
        with counted_statements() as sent:
            assert coordinator.get(endpoint, **values).status == 200
        return len(sent)

    def one_more() -> Improvement:
        finding = findings.add(debrief, "Trop long", Point(FindingKind.WEAK), by=by, at=NOON)
        made = findings.decide(debrief, finding, Decided("Raccourcir", Owner(by.id, by.name), TODAY), by=by, at=NOON)
        operations.move(made, ImprovementState.IN_PROGRESS, "Commencé.", seen_version=1, by=by, at=NOON)
        db.session.commit()
        return made

    made = one_more()
    pages = ("cpts.improvements.index", "cpts.improvements.export_csv", "cpts.improvements.as_pdf")
    first = [statements(endpoint) for endpoint in pages]
    of_one = statements("cpts.improvements.show", improvement_id=made.id)
    one_more()
    one_more()
    operations.move(made, ImprovementState.IN_PROGRESS, "Encore un peu.", seen_version=2, by=by, at=NOON)
    db.session.commit()
    assert [statements(endpoint) for endpoint in pages] == first
    assert statements("cpts.improvements.show", improvement_id=made.id) == of_one
    assert max(*first, of_one) <= MOST_OF_A_PAGE
