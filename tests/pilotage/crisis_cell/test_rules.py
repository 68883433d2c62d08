from __future__ import annotations

from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.pilotage.crisis_cell.functions import PROPOSED, lacks_a_required_one
from crisis_plan.pilotage.crisis_cell.rules import is_same_name, lacks

NAMES = {"pilot": "Direction (pilote)", "secretariat": "Secrétariat"}
BOTH = (Rank.TITULAR, Rank.DEPUTY)


def test_ten_functions_are_proposed_each_with_its_task() -> None:
    assert len(PROPOSED) == 10
    assert len({function.key for function in PROPOSED}) == 10
    assert len({function.name for function in PROPOSED}) == 10
    assert all(function.task.endswith(".") for function in PROPOSED)
    assert not lacks_a_required_one(function.key for function in PROPOSED)


def test_the_pilot_and_the_secretariat_each_need_a_deputy() -> None:
    assert lacks(NAMES, {"pilot": BOTH, "secretariat": BOTH}) == ()
    assert lacks(NAMES, {"pilot": BOTH, "secretariat": [Rank.TITULAR]}) == (
        "La fonction «\u00a0Secrétariat\u00a0» n’a pas de suppléant à ce jour.",
    )


def test_a_required_function_that_left_the_list_is_missed_by_name() -> None:
    assert lacks({"pilot": "Direction"}, {"pilot": BOTH}) == (
        "La fonction «\u00a0Secrétariat et main courante\u00a0» n’est pas dans la liste.",
    )


def test_names_are_compared_as_a_person_reads_them() -> None:
    assert is_same_name("Secrétariat ", "SECRETARIAT")
    assert not is_same_name("Liaison ARS", "Liaison SAMU")
