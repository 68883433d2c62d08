from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import Tag
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.responses import steps
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardStep
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.adaptation.responses.steps import MOST_STEPS, StepDescription, TooManySteps
from crisis_plan.db import db
from crisis_plan.errors import Stale
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.models import CellFunction
from tests.adaptation.responses import whole_card
from tests.browser import Browser, Page
from tests.conftest import browser_of
from tests.factories import NOON, AccountFactory, CptsFactory
from tests.statements import MOST_OF_A_PAGE, counted_statements

FIRST, THEN, CONTINUITY = 1, 2, 3
HTMX = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def card(cpts: Cpts) -> ActionCard:
    made = whole_card.card(cpts)
    db.session.commit()
    return made


def function(cpts: Cpts, name: str = "Secrétariat") -> CellFunction:
    made = whole_card.function(cpts, name)
    db.session.commit()
    return made


def step(made: ActionCard, text: str, phase: Phase = Phase.FIRST_HOUR, **told: Any) -> CardStep:
    written = steps.add_step(made, StepDescription(phase, text, **told), by=AccountFactory(), at=NOON)
    db.session.commit()
    return written


def texts_of(made: ActionCard, phase: Phase = Phase.FIRST_HOUR) -> list[str]:
    db.session.expire_all()
    return [one.text for one in made.steps_of(phase)]


def written(browser: Browser, made: ActionCard, rank: int = FIRST) -> Page:
    return browser.get("cpts.responses.steps_of", card_id=made.id, rank=rank)


def by_htmx(browser: Browser, address: str, fields: dict[str, Any]) -> Page:
    return browser._request("POST", address, data={"csrf_token": browser.csrf_token(), **fields}, headers=HTMX)


def as_it_stands(part: Tag | None) -> str:
    """A part of a page, without what is new in each answer: tokens, keys, where the focus goes, what is announced."""
    assert part is not None
    for hidden in part.select("input[type=hidden]"):
        hidden["value"] = ""
    for one in [part, *part.select("[data-focus]")]:
        one.attrs.pop("data-focus", None)
        one.attrs.pop("data-announce", None)
    return " ".join(part.prettify().split())


def test_a_card_without_steps_says_what_to_do_first(coordinator: Browser) -> None:
    page = written(coordinator, card(cpts_of(coordinator)))
    assert page.texts("main h2") == ["Première heure", "Ensuite", "Continuité des soins"]
    assert page.texts("#liste-1") == ["Aucune étape n’est encore écrite : commencez par ce qui se fait en premier."]
    assert page.texts("main form button") == [
        "Ajouter l’étape : première heure",
        "Ajouter l’étape : ensuite",
        "Ajouter l’étape : continuité des soins",
    ]


def test_a_step_is_added_at_the_end_of_its_phase_and_the_page_comes_back_there(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    step(made, "Ouvrir le journal")
    typed = {"text": "Appeler la mairie", "who": "Infirmier", "delay": "1 h 30", "proof": "heure notée"}
    answer = coordinator.submit(written(coordinator, made), "#etapes-1 > form", typed)
    assert answer.status == 303
    assert answer.location.endswith("/etapes/1#text-1")
    page = answer.follow()
    assert page.texts("#liste-1 li > :first-child") == [
        "Ouvrir le journal",
        "T+1\u00a0h\u00a030 Infirmier : Appeler la mairie Preuve : heure notée".replace("\u00a0", " "),
    ]
    assert "Étape ajoutée : Appeler la mairie" in page.text.replace("\u00a0", " ")


def test_the_name_of_a_function_of_the_cell_is_recognised_and_follows_its_name(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    secretariat, made = function(cpts, "Secrétariat"), card(cpts)
    coordinator.submit(written(coordinator, made), "#etapes-1 > form", {"text": "Ouvrir", "who": "secretariat"})
    found = made.steps_of(Phase.FIRST_HOUR)[0]
    assert (found.function_id, found.who, found.by_whom) == (secretariat.id, "", "Secrétariat")
    found.function.name = "Main courante"  # type: ignore[union-attr]
    db.session.commit()
    assert "Main courante : Ouvrir" in written(coordinator, made).text.replace("\u00a0", " ")


def test_the_function_of_another_cpts_is_only_words(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    function(CptsFactory(slug="ailleurs", name="Ailleurs"), "Logistique lointaine")
    coordinator.submit(
        written(coordinator, made), "#etapes-1 > form", {"text": "Ouvrir", "who": "Logistique lointaine"}
    )
    found = made.steps_of(Phase.FIRST_HOUR)[0]
    assert (found.function_id, found.who) == (None, "Logistique lointaine")
    assert "Logistique lointaine" not in [
        str(one["value"]) for one in written(coordinator, made).html.select("#doers option")
    ]


def test_only_a_step_of_continuity_says_which_kind_of_care(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    assert [len(written(coordinator, made).html.select(f"#etapes-{rank} select")) for rank in (1, 2, 3)] == [0, 0, 1]
    coordinator.submit(
        written(coordinator, made), "#etapes-3 > form", {"text": "Compter les bouteilles", "care": "oxygen"}
    )
    assert made.steps_of(Phase.CONTINUITY)[0].care is CareKind.OXYGEN
    step(made, "Appeler", care=CareKind.DIALYSIS)
    assert made.steps_of(Phase.FIRST_HOUR)[0].care is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": " "}, "Écrivez ce qu’il faut faire, comme « Appeler la mairie »."),
        ({"text": "x" * 501}, "500 caractères au plus."),
        ({"text": "Ouvrir", "who": "x" * 161}, "160 caractères au plus."),
        ({"text": "Ouvrir", "proof": "x" * 301}, "300 caractères au plus."),
        ({"text": "Ouvrir", "delay": "demain"}, "Écrivez une durée comme « 30 min », « 4 h »"),
        ({"text": "Ouvrir", "delay": "3 ans"}, "Écrivez une durée comme « 30 min », « 4 h »"),
        ({"text": "Ouv\x00rir"}, "Un caractère invisible a été retiré de ce texte"),
    ],
)
def test_a_refused_step_keeps_what_was_typed(coordinator: Browser, typed: dict[str, str], said: str) -> None:
    made = card(cpts_of(coordinator))
    answer = coordinator.submit(written(coordinator, made), "#etapes-1 > form", typed)
    assert answer.status == 422
    assert said in answer.text.replace("\u00a0", " ")
    assert [str(one["href"]) for one in answer.html.select("#etapes-1 .error-summary a")] != []
    assert all(answer.html.select(str(one["href"])) for one in answer.html.select(".error-summary a"))
    assert answer.html.select_one("#text-1").get_text().strip() == typed["text"].strip().replace("\x00", "")  # type: ignore[union-attr]
    assert texts_of(made) == []


def test_a_care_that_is_not_of_the_list_is_refused(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    answer = coordinator.submit(written(coordinator, made), "#etapes-3 > form", {"text": "Ouvrir", "care": "magic"})
    assert (answer.status, texts_of(made, Phase.CONTINUITY)) == (422, [])
    assert "Choisissez une valeur de la liste." in answer.text


def test_lines_pasted_in_a_step_become_one(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    coordinator.submit(written(coordinator, made), "#etapes-1 > form", {"text": "Ouvrir\r\nle journal"})
    assert texts_of(made) == ["Ouvrir le journal"]


def test_a_phase_has_at_most_forty_steps(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    for rank in range(MOST_STEPS):
        steps.add_step(made, StepDescription(Phase.FIRST_HOUR, f"Étape {rank}"), by=AccountFactory(), at=NOON)
    other = step(made, "Plus tard", Phase.THEN)
    answer = coordinator.submit(written(coordinator, made), "#etapes-1 > form", {"text": "Une de trop"})
    assert answer.status == 422
    assert "Cette liste a déjà 40 étapes" in answer.text
    assert answer.html.select_one("#text-1").get_text().strip() == "Une de trop"  # type: ignore[union-attr]
    with pytest.raises(TooManySteps):
        steps.change_step(other, StepDescription(Phase.FIRST_HOUR, "Là"), seen_version=1, by=AccountFactory(), at=NOON)


def test_what_htmx_swaps_in_equals_what_a_reload_shows(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    here = coordinator.address("cpts.responses.steps_of", card_id=made.id, rank=CONTINUITY)
    by_htmx(coordinator, here, {"text": "Compter", "care": "oxygen"})
    answer = by_htmx(coordinator, here, {"text": "Livrer", "who": "Pharmacien", "delay": "J+1", "care": ""})
    assert answer.status == 200
    assert answer.html.select_one("#etapes-3")["data-announce"] == "Étape ajoutée\u00a0: Livrer"  # type: ignore[index]
    assert [str(one["id"]) for one in answer.html.select("[data-focus]")] == ["text-3"]
    assert answer.html.select_one("#text-3").get_text().strip() == ""  # type: ignore[union-attr]
    whole = written(coordinator, made, CONTINUITY)
    assert as_it_stands(answer.html.select_one("#etapes-3")) == as_it_stands(whole.html.select_one("#etapes-3"))
    moved = made.steps_of(Phase.CONTINUITY)[1]
    there = coordinator.address("cpts.responses.move_step", step_id=moved.id, direction="monter")
    swapped = by_htmx(coordinator, there, {})
    whole = written(coordinator, made, CONTINUITY)
    assert whole.texts("#liste-3 li > :first-child")[0].endswith("Livrer")
    assert as_it_stands(swapped.html.select_one("#liste-3")) == as_it_stands(whole.html.select_one("#liste-3"))


def test_a_refused_step_comes_back_to_htmx_with_its_summary(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    here = coordinator.address("cpts.responses.steps_of", card_id=made.id, rank=FIRST)
    answer = by_htmx(coordinator, here, {"text": "Ouvrir", "delay": "bientôt"})
    assert (answer.status, len(answer.html.select("#etapes-1 .error-summary"))) == (422, 1)
    assert answer.html.select("h1") == []


def test_a_step_sent_twice_is_written_once(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    here = coordinator.address("cpts.responses.steps_of", card_id=made.id, rank=FIRST)
    key = {"creation_key": "5b3a7a44-6f53-4a3c-8d7e-0a6d0a6d0a6d"}
    for _ in range(2):
        assert by_htmx(coordinator, here, {"text": "Ouvrir", **key}).status in (200, 303)
    assert texts_of(made) == ["Ouvrir"]
    assert coordinator.fragment("cpts.responses.steps_of", card_id=made.id, rank=1).texts("#etapes-1 h2") == [
        "Première heure"
    ]


def test_the_first_cannot_go_up_nor_the_last_down(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    for text in ("Un", "Deux", "Trois"):
        step(made, text)
    page = written(coordinator, made)
    assert page.texts("#liste-1 button") == [
        "Descendre : Un",
        "Monter : Deux",
        "Descendre : Deux",
        "Monter : Trois",
    ]


def test_a_step_moves_and_the_focus_stays_on_its_button(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    one, _two, three = [step(made, text) for text in ("Un", "Deux", "Trois")]
    up = coordinator.address("cpts.responses.move_step", step_id=three.id, direction="monter")
    first = by_htmx(coordinator, up, {})
    assert (texts_of(made), first.texts("[data-focus]")) == (["Un", "Trois", "Deux"], ["Monter : Trois"])
    assert first.html.select_one("#liste-1")["data-announce"] == "Étape 2 sur 3\u00a0: Trois"  # type: ignore[index]
    second = by_htmx(coordinator, up, {})
    assert (texts_of(made), second.texts("[data-focus]")) == (["Trois", "Un", "Deux"], ["Descendre : Trois"])
    plain = coordinator.post("cpts.responses.move_step", step_id=one.id, direction="descendre")
    assert plain.location.endswith(f"/etapes/1#etape-{one.id}")
    assert texts_of(made) == ["Trois", "Deux", "Un"]
    coordinator.post("cpts.responses.move_step", step_id=one.id, direction="descendre")
    assert texts_of(made) == ["Trois", "Deux", "Un"]


def test_a_step_is_reworded_and_may_change_phase(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, secretariat = card(cpts), function(cpts)
    moved = step(made, "Compter", function_id=secretariat.id, delay_minutes=15)
    step(made, "Ouvrir")
    step(made, "Livrer", Phase.CONTINUITY)
    page = coordinator.get("cpts.responses.edit_step", step_id=moved.id)
    assert page.html.select_one("#who")["value"] == "Secrétariat"  # type: ignore[index]
    assert page.html.select_one("#delay")["value"] == "T+15\u00a0min"  # type: ignore[index]
    untouched = coordinator.submit(page)
    assert untouched.location.endswith(f"/etapes/1#etape-{moved.id}")
    assert db.session.get_one(CardStep, moved.id).version == 1
    typed = {"phase": "continuity", "care": "oxygen", "text": "Compter l’oxygène", "delay": "", "who": "Pharmacien"}
    answer = coordinator.submit(page, fields=typed)
    assert answer.location.endswith(f"/etapes/3#etape-{moved.id}")
    assert (texts_of(made), texts_of(made, Phase.CONTINUITY)) == (["Ouvrir"], ["Livrer", "Compter l’oxygène"])
    found = db.session.get_one(CardStep, moved.id)
    assert (found.function_id, found.who, found.delay_minutes, found.version) == (None, "Pharmacien", None, 2)
    assert [one.position for one in made.steps] == [0, 0, 1]


def test_a_step_changed_meanwhile_shows_both_texts(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    found = step(made, "Ouvrir", care=None)
    page = coordinator.get("cpts.responses.edit_step", step_id=found.id)
    coordinator.submit(page, fields={"text": "Ouvrir le journal"})
    answer = coordinator.submit(page, fields={"text": "Ouvrir la salle", "delay": "90"})
    assert answer.status == 409
    assert "Ouvrir le journal" in answer.text
    assert "Ouvrir la salle" in answer.text
    assert "T+1 h 30" in answer.text.replace("\u00a0", " ")
    assert coordinator.submit(answer).status == 303
    assert texts_of(made) == ["Ouvrir la salle"]


def test_a_refused_change_keeps_what_was_typed(coordinator: Browser) -> None:
    found = step(card(cpts_of(coordinator)), "Ouvrir")
    page = coordinator.get("cpts.responses.edit_step", step_id=found.id)
    answer = coordinator.submit(page, fields={"text": "", "delay": "hier", "proof": "photo"})
    assert answer.status == 422
    assert answer.html.select_one("#proof")["value"] == "photo"  # type: ignore[index]
    assert len(answer.html.select(".error-summary li")) == 2


def test_a_step_is_removed_after_a_question(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    gone_id = step(made, "Un").id
    step(made, "Deux")
    page = coordinator.get("cpts.responses.confirm_step_removal", step_id=gone_id)
    assert page.texts("h1") == ["Retirer cette étape ?"]
    answer = coordinator.submit(page)
    assert answer.location.endswith("/etapes/1#etapes-1")
    assert [(one.text, one.position) for one in made.steps] == [("Deux", 0)]
    again = coordinator.post("cpts.responses.remove_step", step_id=gone_id)
    assert again.status == 404


def test_changing_a_step_is_remembered_on_the_card_without_what_it_said(coordinator: Browser) -> None:
    made = card(cpts_of(coordinator))
    coordinator.submit(written(coordinator, made), "#etapes-1 > form", {"text": "Ouvrir"})
    events = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject_id == str(made.id))).all()
    assert [list(one.fields) for one in events if one.verb == "changed"] == [["steps"]]


def test_the_steps_of_another_cpts_are_not_found(coordinator: Browser) -> None:
    elsewhere = card(CptsFactory(slug="ailleurs", name="Ailleurs"))
    theirs = step(elsewhere, "Ouvrir")
    for endpoint in ("edit_step", "confirm_step_removal"):
        assert coordinator.get(f"cpts.responses.{endpoint}", step_id=theirs.id).status == 404
    for endpoint, more in (("save_step", {}), ("remove_step", {}), ("move_step", {"direction": "monter"})):
        assert (
            coordinator.post(f"cpts.responses.{endpoint}", {"text": "À moi"}, step_id=theirs.id, **more).status == 404
        )
    assert written(coordinator, elsewhere).status == 404
    assert coordinator.post("cpts.responses.add_step", {"text": "À moi"}, card_id=elsewhere.id, rank=1).status == 404
    assert texts_of(elsewhere) == ["Ouvrir"]


@pytest.mark.parametrize("rank", [0, 4, 99])
def test_there_are_three_phases(coordinator: Browser, rank: int) -> None:
    assert written(coordinator, card(cpts_of(coordinator)), rank).status == 404


def test_a_direction_that_is_none_is_not_found(coordinator: Browser) -> None:
    found = step(card(cpts_of(coordinator)), "Un")
    assert coordinator.post("cpts.responses.move_step", step_id=found.id, direction="sauter").status == 404


def test_only_who_edits_the_plan_writes_steps(app: Flask, cpts: Cpts) -> None:
    made = card(cpts)
    step(made, "Ouvrir")
    reader = browser_of(app, cpts, Role.CELL_MEMBER)
    assert written(reader, made).status == 403
    page = reader.get("cpts.responses.show", card_id=made.id)
    assert "Ouvrir" in page.text
    assert not [said for said in page.links() if said.startswith(("Écrire", "Modifier", "Retirer", "Ajouter"))]


def test_the_page_asks_the_database_as_often_for_one_step_as_for_three(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made, secretariat = card(cpts), function(cpts)
    address = coordinator.address("cpts.responses.steps_of", card_id=made.id, rank=FIRST)
    counts = []
    for text in ("Un", "Deux", "Trois"):
        step(made, text, function_id=secretariat.id)
        with counted_statements() as sent:
            coordinator.open(address)
        counts.append(len(sent))
    assert counts[0] == counts[2] <= MOST_OF_A_PAGE


ACTS = st.lists(
    st.tuples(st.sampled_from(("add", "up", "down", "remove", "change")), st.integers(0, 30), st.sampled_from(Phase)),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_done_positions_have_no_gaps(cpts: Cpts, acts: list[tuple[str, int, Phase]]) -> None:
    made, author = card(cpts), AccountFactory()
    expected: dict[Phase, list[str]] = {phase: [] for phase in Phase}
    for number, (act, which, phase) in enumerate(acts):
        played(made, expected, act, which, phase, f"Étape {number}", author)
    db.session.commit()
    db.session.expire_all()
    assert {phase: [one.text for one in made.steps_of(phase)] for phase in Phase} == expected
    for phase in Phase:
        assert [one.position for one in made.steps_of(phase)] == list(range(len(expected[phase])))
        assert all(one.phase_rank == phase.rank for one in made.steps_of(phase))
    assert [one.text for one in made.steps] == [text for phase in Phase for text in expected[phase]]


def played(
    made: ActionCard, expected: dict[Phase, list[str]], act: str, which: int, phase: Phase, text: str, by: Account
) -> None:
    """The same act on the card and on plain lists."""
    found = [(one, texts) for one, texts in expected.items() for _ in texts]
    if act == "add" or not found:
        steps.add_step(made, StepDescription(phase, text), by=by, at=NOON)
        expected[phase].append(text)
        return
    at, texts = found[which % len(found)]
    row = made.steps_of(at)[which % len(texts)]
    old = texts.index(row.text)
    if act == "remove":
        steps.remove_step(row, by=by, at=NOON)
        texts.pop(old)
    elif act == "change":
        steps.change_step(row, StepDescription(phase, text), seen_version=row.version, by=by, at=NOON)
        if phase is at:
            texts[old] = text
        else:
            texts.pop(old)
            expected[phase].append(text)
    else:
        steps.move_step(row, up=act == "up", by=by, at=NOON)
        new = min(max(old + (-1 if act == "up" else 1), 0), len(texts) - 1)
        texts.insert(new, texts.pop(old))


def test_a_step_removed_by_someone_else_meanwhile_is_stale(cpts: Cpts) -> None:
    made = card(cpts)
    gone = step(made, "Un")
    db.session.execute(sa.delete(CardStep).where(CardStep.id == gone.id).execution_options(synchronize_session=False))
    with pytest.raises(Stale):
        steps.move_step(gone, up=True, by=AccountFactory(), at=NOON)
