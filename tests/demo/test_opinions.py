"""What the ARS says of the demonstration's plan, and what is answered, is true of what that plan prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from crisis_plan import demo
from crisis_plan.demo.opinions import CONVERSATIONS, Said
from crisis_plan.document.typography import french
from crisis_plan.plan.requirements import REQUIREMENTS

TEXTS = Path(next(iter(demo.__path__))) / "texts" / "uzege"
SAID = dict(CONVERSATIONS)


def text(key: str) -> str:
    return (TEXTS / f"{key}.md").read_text("utf-8")


def test_the_alert_is_answered_by_the_rubric_that_is_named() -> None:
    asked, answered, _ = SAID["orsan"]
    label = next(one.label for one in REQUIREMENTS if one.key == "alerte")
    assert "déclenché un samedi" in asked.text
    assert "suppléant" not in text("orsan")
    assert french(f"« {label} »").replace("\u202f", "\u00a0") in answered.text
    assert "dix minutes" in answered.text
    assert "dix minutes" in text("alerte")


def test_what_is_promised_for_the_next_version_is_not_printed_yet() -> None:
    asked, answered = SAID["gravite"]
    assert "la nuit" in asked.text
    assert "prochaine version" in answered.text
    assert "nuit" not in text("gravite")


def test_what_is_to_be_corrected_is_indeed_missing() -> None:
    (asked,) = SAID["circuits"]
    closing = text("circuits").split("### Fermer")[1]
    assert asked.text.startswith("«\u00a0Fermer\u00a0»")
    assert "ARS" not in closing


@pytest.mark.parametrize("said", [one for told in SAID.values() for one in told], ids=lambda one: one.kind)
def test_an_opinion_is_set_in_good_french(said: Said) -> None:
    assert french(said.text).replace("\u202f", "\u00a0") == said.text
    assert "activé" not in said.text  # an ORSAN plan is triggered
