"""What the money puts on the to-do list."""

from __future__ import annotations

from datetime import date

from crisis_plan.access.policy import Role
from crisis_plan.funding.computations import Situation
from crisis_plan.funding.queries import live_claims
from crisis_plan.funding.sentences import funding_tasks, size_tasks
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import Size
from crisis_plan.publication import queries as publications
from tests.factories import member
from tests.funding.arranged import noon, recognise, sized, written
from tests.funding.situations import at_bound
from tests.funding.situations import sized as of_size
from tests.pilotage.crises.factories import a_crisis

TODAY = date(2026, 11, 23)


def test_each_line_that_may_be_claimed_is_said_with_its_amount(cpts: Cpts) -> None:
    author = member(cpts, Role.REFERENT)
    sized(cpts, Size.T3, date(2026, 6, 1))
    written(cpts, date(2026, 6, 15), author)
    recognise(a_crisis(cpts, author, title="Feu", at=noon(date(2026, 7, 1))), noon(date(2026, 7, 3)), author)
    a_crisis(cpts, author, title="Crue", at=noon(date(2026, 8, 1)))
    assert [
        one.sentence.replace("\u202f", " ")
        for one in funding_tasks(cpts, TODAY, claims=live_claims(cpts), versions=publications.written(cpts))
    ] == [
        "La demande «\u00a0Première rédaction du plan\u00a0» peut être préparée\u00a0: 45 000\u00a0€.",
        "La demande «\u00a0Crise n°\u00a01\u00a0: Feu\u00a0» peut être préparée\u00a0: jusqu’à 67 500\u00a0€.",
    ]


def test_a_size_that_nothing_settles_is_asked_of_who_wrote_a_plan() -> None:
    def said(situation: Situation) -> list[str]:
        return [one.sentence for one in size_tasks(situation)]

    assert said(at_bound(40_000)) == [
        "Aucun montant ne peut être calculé\u00a0: population exactement à la limite de deux tailles\u00a0: le texte ne dit "
        "pas laquelle s’applique."
    ]
    assert said(of_size(Size.T1)) == []
    assert said(at_bound(40_000, first_plan_on=None)) == []
