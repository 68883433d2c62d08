"""The shipped drafts: French that holds on a page, and that names only what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.draft_texts import DRAFTS
from crisis_plan.adaptation.responses.drafts import Draft, DraftStep
from crisis_plan.adaptation.responses.rules import LONGEST_TITLE, Phase
from crisis_plan.anticipation.directory.professions import PROPOSED as PROFESSIONS
from crisis_plan.document.typography import french
from crisis_plan.folding import folded
from crisis_plan.orsan.catalogue import PROPOSED_LINKS
from crisis_plan.pilotage.crisis_cell.functions import PROPOSED as FUNCTIONS
from crisis_plan.publication.alert import FIRST_HOUR as PAGE_TWO

MOST_WORDS = 360
"""All included: beyond, a card no longer holds on one page that is read at arm's length."""
LONGEST_STEP = 26
"""In words."""
FUNCTION_KEYS = {function.key for function in FUNCTIONS}
TELEPHONE = re.compile(r"(\d[\s.\u00a0\u202f-]?){4,}")
BLANK = re.compile(r"\[[^\]]+\]")

every_draft = pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.key)


def steps(draft: Draft) -> list[DraftStep]:
    return [step for _, found in draft.phases for step in found]


def sentences(draft: Draft) -> Iterator[str]:
    """Everything that a draft says."""
    yield from (draft.title, draft.trigger, draft.protection, draft.material, draft.stop, *draft.stock)
    for step in steps(draft):
        yield step.text
        yield step.who
    yield from (contact.label for contact in draft.contacts)
    for message in draft.messages:
        yield from (message.audience, message.text)


def words(text: str) -> list[str]:
    return [word for word in text.replace("\u00a0", " ").split() if any(letter.isalnum() for letter in word)]


def test_there_is_one_draft_for_any_crisis_and_one_for_each_type() -> None:
    assert [draft.crisis_types for draft in DRAFTS] == [(), *((one,) for one in CrisisType)]
    assert len({draft.key for draft in DRAFTS}) == len({folded(draft.title) for draft in DRAFTS}) == len(DRAFTS)


@every_draft
def test_a_draft_names_only_what_exists(draft: Draft) -> None:
    named = {step.function for step in steps(draft) if step.function}
    assert named | set(draft.functions) <= FUNCTION_KEYS
    assert set(draft.professions) <= set(PROFESSIONS)
    assert draft.orsan_plans == tuple(plan for one in draft.crisis_types for plan in PROPOSED_LINKS[one])
    assert len(draft.key) <= 40
    assert len(draft.title) <= LONGEST_TITLE


@every_draft
def test_the_functions_that_act_in_the_first_hour_find_themselves_on_the_card(draft: Draft) -> None:
    acting = {step.function for step in draft.first_hour if step.function}
    assert acting | {"care"} <= set(draft.functions)  # continuity is the task of that function: no step repeats it


@every_draft
def test_every_part_of_a_card_is_written(draft: Draft) -> None:
    assert 5 <= len(draft.first_hour) <= 9
    assert 4 <= len(draft.then) <= 7
    assert 3 <= len(draft.continuity) <= 9
    assert 1 <= len(draft.messages) <= 2
    assert len(draft.contacts) >= 4
    assert all((draft.trigger, draft.protection, draft.material, draft.stop))


@every_draft
def test_each_step_says_who_and_those_of_the_first_hour_when(draft: Draft) -> None:
    assert all(bool(step.function) != bool(step.who) for step in (*draft.first_hour, *draft.then))
    assert not any(step.function or step.who for step in draft.continuity)
    delays = [step.delay or 0 for step in draft.first_hour]
    assert set(delays) <= {5, 15, 30, 60}
    assert all(before <= after for before, after in pairwise(delays))
    assert all(step.care for step in draft.continuity)
    assert not any(step.care for phase, found in draft.phases if phase is not Phase.CONTINUITY for step in found)
    assert len({step.care for step in draft.continuity}) == len(draft.continuity)


@every_draft
def test_a_card_holds_on_one_page(draft: Draft) -> None:
    assert sum(len(words(text)) for text in sentences(draft)) <= MOST_WORDS


@every_draft
def test_a_step_is_read_in_one_breath(draft: Draft) -> None:
    assert [step.text for step in steps(draft) if len(words(step.text)) > LONGEST_STEP] == []


@every_draft
def test_a_draft_is_set_in_good_french(draft: Draft) -> None:
    for text in sentences(draft):
        assert text == french(text).replace("\u202f", "\u00a0").strip()
        assert "'" not in text
        assert "  " not in text


@every_draft
def test_a_draft_holds_no_number_to_call(draft: Draft) -> None:
    assert [text for text in sentences(draft) if TELEPHONE.search(text)] == []


@every_draft
def test_a_first_message_says_when_the_next_one_comes_and_what_to_fill_in(draft: Draft) -> None:
    first = draft.messages[0].text
    assert re.search(r"Prochain message à \[heure\]", french(first).replace("\u00a0", " "))
    assert "Répondez" in first or "Dites-nous" in first
    assert len(BLANK.findall(first)) >= 3


@every_draft
def test_a_step_is_told_in_the_infinitive(draft: Draft) -> None:
    """An order that anyone may take: nobody is addressed, nothing is merely wished."""
    told = re.compile(r"\b(vous|nous|il faut|devez|doit|doivent)\b|ez\b(?<!assez)(?<!chez)", re.IGNORECASE)
    assert [step.text for step in steps(draft) if told.search(step.text)] == []


def test_nobody_is_sent_into_danger_and_iodine_is_left_to_the_state() -> None:
    nrc = next(draft for draft in DRAFTS if CrisisType.NRC in draft.crisis_types)
    injured = next(draft for draft in DRAFTS if CrisisType.INJURED in draft.crisis_types)
    assert any("sur consigne" in step.text for step in nrc.first_hour)
    assert not any("iode" in folded(name) for name in nrc.stock)
    assert any("Iode\u00a0: seulement sur instruction de l’État." in step.text for step in nrc.first_hour)
    assert "attendre la consigne" in injured.protection


def draft_of(key: str) -> Draft:
    return next(draft for draft in DRAFTS if draft.key == key)


def rank(draft: Draft, words: str) -> int:
    """Which step of the first hour speaks of it."""
    return next(number for number, step in enumerate(draft.first_hour) if words in step.text)


def test_shelter_or_leaving_is_asked_then_relayed_as_the_prefecture_says_it() -> None:
    nrc = draft_of("nrc")
    assert rank(nrc, "abri ou évacuation, aide attendue") < rank(nrc, "premier message")
    assert len(nrc.messages) == 2
    assert all("[consigne\u00a0: abri ou évacuation]" in message.text for message in nrc.messages)
    assert [text for text in sentences(nrc) if re.search("abritez|à l’abri", text, re.IGNORECASE)] == []


def test_the_instructions_of_the_ars_are_asked_before_a_case_is_met() -> None:
    infectious = draft_of("infectious")
    assert rank(infectious, "Demander à l’ARS ses consignes") < rank(infectious, "Cas suspect") == 1
    assert "suivre la consigne de l’ARS" in infectious.first_hour[1].text


@every_draft
def test_a_draft_gives_neither_medical_advice_nor_a_rule_of_its_own(draft: Draft) -> None:
    invented = re.compile(
        r"le jour même|rester chez soi|boire|se couvrir|mains lavées|lui seul|s’en charge|Ne recevoir"
    )
    assert [text for text in sentences(draft) if invented.search(text)] == []


def test_whoever_asks_for_help_is_named_on_the_day() -> None:
    injured = draft_of("injured")
    assert "le SAMU ou l’ARS" in injured.trigger
    assert "[Qui] demande notre aide" in injured.messages[0].text


def test_the_first_hour_follows_page_two_of_the_plan() -> None:
    """The referent or the deputy decides, then informs the ARS; only then the log, the cell and the message."""
    general = draft_of("first-hour")
    told = ["Joindre le référent", "Décider l’activation", "figer plan, annuaire et stock", "Réunir la cellule"]
    told += ["premier message", "Confirmer le contact"]
    assert [rank(general, words) for words in told] == sorted(rank(general, words) for words in told)
    page_two = ["Joindre le référent", "figer le plan", "Réunir la cellule", "premier message", "Confirmer le contact"]
    found = [next(n for n, step in enumerate(PAGE_TWO) if words in step) for words in page_two]
    assert found == sorted(found)
    decision = general.first_hour[rank(general, "Décider l’activation")]
    assert decision.who == "Référent de crise ou suppléant"
    assert "en informer l’ARS" in decision.text
    assert "Le référent de crise ou son suppléant décide la levée, puis en informe l’ARS." in general.stop
    assert "Que veut l’ARS en retour, à quelle heure" in general.first_hour[rank(general, "Faire préciser")].text


def test_the_three_dated_facts_are_kept_apart() -> None:
    general = next(draft for draft in DRAFTS if not draft.crisis_types)
    told = next(step.text for step in general.then if "ORSAN" in step.text)
    assert "à part, avec leur date" in told
    assert "Seule une autorité la reconnaît" in told
