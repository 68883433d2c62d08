"""The last word of the CPAM on a doubt, and whether it settles it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.funding import answers
from crisis_plan.funding.lines import Doubt, FundingLine, Majoration
from crisis_plan.funding.queries import answers_of
from crisis_plan.funding.rates import BUILT_IN
from crisis_plan.funding.rules import compute
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import Size
from tests.browser import Browser
from tests.factories import NOON, TODAY, member
from tests.funding.situations import Said, recognised, sized

EARLY, LATE = date(2026, 3, 1), date(2026, 9, 1)


@pytest.fixture
def by(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


def say(cpts: Cpts, by: Account, on: date, text: str, *, hours: int, settles: bool = True) -> None:
    given = answers.Given(Doubt.CRISIS_ONCE, on, "CPAM du Gard", text, settles=settles)
    answers.record(cpts, given, today=TODAY, by=by, at=NOON + timedelta(hours=hours))


def test_the_last_word_is_the_one_of_the_latest_day_not_the_last_typed(cpts: Cpts, by: Account) -> None:
    say(cpts, by, LATE, "Par crise.", hours=0)
    say(cpts, by, EARLY, "Par an.", hours=1)
    assert answers_of(cpts)[Doubt.CRISIS_ONCE].text == "Par crise."
    say(cpts, by, LATE, "Par crise, confirmé.", hours=2)
    assert answers_of(cpts)[Doubt.CRISIS_ONCE].text == "Par crise, confirmé."


def test_the_page_says_which_answer_was_replaced(cpts: Cpts, by: Account, referent: Browser) -> None:
    say(cpts, by, LATE, "Par crise.", hours=0)
    say(cpts, by, EARLY, "Par an.", hours=1)
    db.session.commit()
    cards = referent.get("cpts.funding.show_answers").texts(".card")
    assert ["(remplacée depuis)" in card for card in cards] == [False, True]
    assert ("Par crise." in cards[0], "Par an." in cards[1]) == (True, True)


def test_an_answer_that_does_not_settle_leaves_the_doubt_and_is_said_beside_it() -> None:
    def crisis_with(answer: Said) -> tuple[tuple[Doubt, ...], tuple[str, ...]]:
        situation = sized(Size.T2, answers={Doubt.CRISIS_ONCE: answer})
        found = compute(FundingLine.CRISIS, situation=situation, on=TODAY, sets=BUILT_IN, crisis=recognised())
        return found.doubts, found.answered

    doubts, answered = crisis_with(Said(text="Nous étudions.", settles=False))
    assert doubts == (Doubt.CRISIS_CEILING, Doubt.CRISIS_ONCE)
    assert answered[0].endswith("Nous étudions. Cette réponse ne tranche pas encore.")
    doubts, answered = crisis_with(Said(text="Par crise."))
    assert doubts == (Doubt.CRISIS_CEILING,)
    assert answered[0].endswith("Par crise.")


def test_whoever_records_an_answer_says_whether_it_settles(referent: Browser, cpts: Cpts) -> None:
    page = referent.get("cpts.funding.write_answer", doubt=Doubt.CRISIS_ONCE.address)
    typed = {"answered_on": "12/05/2026", "source": "CPAM du Gard", "text": "Nous étudions."}
    refused = referent.submit(page, fields=typed)
    assert (refused.status, len(refused.texts("#settles-error"))) == (422, 1)
    assert referent.submit(refused, fields={**typed, "settles": "no"}).status == 303
    assert answers_of(cpts)[Doubt.CRISIS_ONCE].settles is False
    told = referent.get("cpts.funding.show_answers")
    assert "Répondu, pas encore tranché" in told.texts(".badge")
    assert "Cette réponse ne tranche pas encore." in told.text


@pytest.mark.parametrize(("state", "settles"), [(Majoration.TO_CONFIRM, False), (Majoration.NOT_APPLICABLE, True)])
def test_of_the_majoration_its_state_says_whether_it_is_settled(
    cpts: Cpts, by: Account, state: Majoration, settles: bool
) -> None:
    given = answers.Given(Doubt.MAJORATION, EARLY, "CPAM du Gard", "Réponse.", majoration=state)
    assert answers.record(cpts, given, today=TODAY, by=by, at=NOON).settles is settles
