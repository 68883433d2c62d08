"""Debriefs on screen: the list, one that is being written, a validated one, and who reads what."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefMeeting
from crisis_plan.evaluation.debriefs.rules import BLAME_FREE
from crisis_plan.evaluation.figures.queries import OF_A_CRISIS
from crisis_plan.evaluation.figures.rules import FigureKey
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.evaluation.debriefs.factories import (
    a_closed_crisis,
    a_debrief,
    a_programme_debrief,
    a_validated_debrief,
)
from tests.evaluation.figures.lived import counted, mobilise
from tests.evaluation.room.factories import a_full_debrief, decisions
from tests.factories import NOON, TODAY
from tests.pilotage.crises.factories import a_crisis
from tests.statements import counted_statements

REMINDER = " ".join(BLAME_FREE.split())
STRIPES = "EXERCICE – rien de ce qui suit n’est réel"


def closed_before_debriefs(cpts: Cpts, by: Account) -> Crisis:
    """A crisis that was closed before debriefs were kept."""
    crisis = a_closed_crisis(cpts, by)
    db.session.execute(sa.delete(DebriefMeeting))
    db.session.execute(sa.delete(Debrief))
    db.session.commit()
    return crisis


def test_the_list_says_what_is_next_and_what_is_late(cpts: Cpts, referent: Browser, by: Account) -> None:
    a_debrief(cpts, by, at=NOON - timedelta(days=40))
    page = referent.get("cpts.debriefs.index")
    assert page.texts("h1") == ["Bilans"]
    assert REMINDER in page.text
    assert page.texts(".crisis-line .badge") == ["Crise", "En retard"]
    assert "Retour à chaud : 13 octobre 2026" in page.text


def test_before_the_first_one_the_list_says_how_a_debrief_opens(cpts: Cpts, cell_member: Browser) -> None:
    assert "s’ouvre de lui-même à la clôture" in cell_member.get("cpts.debriefs.index").text


def test_only_what_rehearses_the_plan_and_took_place_is_to_be_reviewed(cpts: Cpts, referent: Browser) -> None:
    exercise(cpts, "Inondation", held_on=TODAY)
    exercise(cpts, "Gestes d’urgence", held_on=TODAY, kind=ExerciseKind.TRAINING)
    exercise(cpts, "Pandémie")
    assert referent.get("cpts.debriefs.index").texts(".rows li > a") == ["Exercice sur table : Inondation"]


def test_the_debrief_of_a_held_exercise_is_opened_once(cpts: Cpts, cell_member: Browser) -> None:
    held = exercise(cpts, "Inondation", held_on=TODAY)
    opened = cell_member.submit(cell_member.get("cpts.debriefs.index"), "main form")
    assert cell_member.post("cpts.debriefs.open_exercise", exercise_id=held.id).location == opened.location
    page = opened.follow()
    assert page.texts("h1") == ["Bilan : Exercice sur table, Inondation"]
    assert page.texts(".crisis-exercise") == [STRIPES]
    assert cell_member.get("cpts.debriefs.index").texts(".rows li > a") == []
    assert "Préparer le bilan" in cell_member.get("cpts.exercises.show", exercise_id=held.id).text


def test_the_debrief_of_a_crisis_closed_long_ago_is_opened_from_its_page(
    cpts: Cpts, referent: Browser, by: Account
) -> None:
    crisis = closed_before_debriefs(cpts, by)
    page = referent.get("cpts.closing.show", crisis_id=crisis.id)
    opened = referent.submit(page, "main form[action*=bilans]")
    assert opened.follow().texts("h1") == ["Bilan : Crise n° 1, Feu de forêt"]
    for endpoint in ("cpts.closing.show", "cpts.room.show"):
        page = referent.get(endpoint, crisis_id=crisis.id)
        assert "Le bilan est ouvert : retour à chaud le 22 novembre 2026" in page.text
        assert page.links()["Préparer le bilan"] == opened.location


def test_what_is_not_over_has_no_debrief(cpts: Cpts, referent: Browser, by: Account) -> None:
    crisis = a_crisis(cpts, by)
    planned = exercise(cpts)
    training = exercise(cpts, held_on=TODAY, kind=ExerciseKind.TRAINING)
    db.session.commit()
    page = referent.post("cpts.debriefs.open", crisis_id=crisis.id)
    assert (page.status, "Son journal est encore ouvert" in page.text) == (409, True)
    page = referent.post("cpts.debriefs.open_exercise", exercise_id=planned.id)
    assert (page.status, "Dites d’abord que cet exercice a eu lieu" in page.text) == (409, True)
    page = referent.post("cpts.debriefs.open_exercise", exercise_id=training.id)
    assert (page.status, "n’a pas de bilan" in page.text) == (409, True)
    assert db.session.scalar(sa.select(sa.func.count(Debrief.id))) == 0


def test_the_draft_is_there_with_its_four_headings_figures_and_what_is_missing(
    cpts: Cpts, cell_member: Browser, by: Account
) -> None:
    debrief = a_debrief(cpts, by, tell=decisions(by, 2))
    page = cell_member.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert REMINDER in page.text
    assert [one for one in page.texts("h2") if one[:2] in ("1.", "2.", "3.", "4.")] == [
        "1. Description de la crise et de la façon dont elle a été gérée",
        "2. Points forts",
        "3. Points faibles",
        "4. Enseignements et choses à améliorer",
    ]
    assert "Ce texte est tiré du journal" in page.text
    assert "Aucun constat : notez au moins un point fort ou faible." in page.links()
    figures = dict(zip(page.texts(".debrief-figures h4"), page.texts(".debrief-figures .value"), strict=True))
    assert figures["Décisions"] == "2"
    assert page.html.select(".debrief-figures a[href$='/journal/1']")


def test_an_entry_that_was_marked_leads_to_a_finding_once(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief = a_debrief(cpts, by, tell=decisions(by, 1))
    page = referent.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert "1 entrée à revoir" in page.texts("h2")
    form = referent.open(page.links()["En tirer un constat de l’entrée n° 1"])
    assert form.html.select_one("[name=entries]")["value"] == "1"  # type: ignore[index]
    told = {"kind": "weak", "as_said": "La salle a ouvert tard."}
    page = referent.submit(form, "main form", told).follow()
    assert "Vue constat n° 1" in page.text
    assert "En tirer un constat" not in page.text


def test_a_figure_shows_how_it_is_counted_and_its_entries_in_pages(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief = a_debrief(cpts, by, tell=decisions(by, 53))
    page = referent.get("cpts.debriefs.figure", debrief_id=debrief.id, key="decisions")
    assert page.texts("h1") == ["Décisions"]
    assert page.texts(".lead") == ["53"]
    assert len(page.html.select(".entries > .entry")) == 50
    last = referent.get("cpts.debriefs.figure", debrief_id=debrief.id, key="decisions", page=2)
    assert last.texts(".entry-number") == ["Entrée n° 51", "Entrée n° 52", "Entrée n° 53"]


def test_a_figure_that_this_debrief_does_not_have_is_not_found(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief, rehearsed = a_debrief(cpts, by), a_programme_debrief(cpts, by)
    assert referent.get("cpts.debriefs.figure", debrief_id=debrief.id, key="n-importe-quoi").status == 404
    assert referent.get("cpts.debriefs.figure", debrief_id=debrief.id, key="participants").status == 404
    assert referent.get("cpts.debriefs.figure", debrief_id=rehearsed.id, key="decisions").status == 404
    assert referent.get("cpts.debriefs.figure", debrief_id=rehearsed.id, key="participants").status == 200


def test_every_page_of_an_exercise_wears_its_stripes(cpts: Cpts, referent: Browser, by: Account) -> None:
    played = a_debrief(cpts, by, mode=Mode.EXERCISE)
    for endpoint in ("show", "description", "lessons", "dates", "new_finding"):
        page = referent.get(f"cpts.debriefs.{endpoint}", debrief_id=played.id)
        assert page.texts(".crisis-exercise") == [STRIPES], endpoint
        assert REMINDER in page.text, endpoint
    real = a_debrief(cpts, by)
    assert referent.get("cpts.debriefs.show", debrief_id=real.id).texts(".crisis-exercise") == []


def test_a_validated_debrief_shows_what_was_frozen_and_nothing_to_write(
    cpts: Cpts, referent: Browser, by: Account
) -> None:
    debrief = a_validated_debrief(cpts, by)
    page = referent.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert "Ce bilan ne change plus" in page.text
    assert "La salle a ouvert en une heure." in page.text
    assert "Noter un point fort" not in page.text
    assert {"Ouvrir le PDF", "Choisir avec qui le partager", "Ajouter un additif"} <= set(page.links())
    assert "Validé" in referent.get("cpts.debriefs.index").texts(".crisis-line .badge")


def test_every_figure_of_a_validated_debrief_leads_to_its_entries_for_the_cell_alone(
    cpts: Cpts, referent: Browser, ars_reader: Browser, by: Account
) -> None:
    debrief = a_validated_debrief(cpts, by)
    page = referent.get("cpts.debriefs.show", debrief_id=debrief.id)
    ways = [link.get_text(strip=True) for link in page.html.select("[aria-labelledby=ways-to-figures] a")]
    assert ways == [one.label for one in OF_A_CRISIS]
    for way in ways:
        assert referent.open(page.links("[aria-labelledby=ways-to-figures] a")[way]).status == 200
    debrief.is_shared_with_ars = True
    db.session.commit()
    shown = ars_reader.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert shown.status == 200
    assert shown.html.select("#ways-to-figures") == []


@pytest.mark.parametrize("endpoint", ["description", "lessons", "dates", "new_finding"])
def test_no_form_opens_on_a_validated_debrief(cpts: Cpts, referent: Browser, by: Account, endpoint: str) -> None:
    debrief = a_validated_debrief(cpts, by)
    page = referent.get(f"cpts.debriefs.{endpoint}", debrief_id=debrief.id)
    assert (page.status, "Ce bilan est validé" in page.text) == (409, True)


def test_an_institution_reads_what_is_validated_and_shared_with_it(
    cpts: Cpts, ars_reader: Browser, cpam_reader: Browser, by: Account
) -> None:
    draft, debrief = a_debrief(cpts, by), a_validated_debrief(cpts, by)
    draft.is_shared_with_ars = True
    db.session.commit()
    for browser in (ars_reader, cpam_reader):
        assert "Aucun bilan n’est partagé avec vous" in browser.get("cpts.debriefs.index").text
        assert browser.get("cpts.debriefs.show", debrief_id=debrief.id).status == 404
        assert browser.get("cpts.debriefs.show", debrief_id=draft.id).status == 404
    debrief.is_shared_with_ars = True
    db.session.commit()
    assert ars_reader.get("cpts.debriefs.index").texts(".row-link") == ["Crise n° 2 : Feu de forêt"]
    page = ars_reader.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert "La salle a ouvert en une heure." in page.text
    assert not {"Choisir avec qui le partager", "Ajouter un additif", "Le journal"} & set(page.links())
    assert cpam_reader.get("cpts.debriefs.show", debrief_id=debrief.id).status == 404


def test_a_stranger_and_an_adherent_read_nothing(cpts: Cpts, stranger: Browser, adherent: Browser, by: Account) -> None:
    debrief = a_validated_debrief(cpts, by)
    assert stranger.get("cpts.debriefs.show", debrief_id=debrief.id).status == 404
    assert adherent.get("cpts.debriefs.show", debrief_id=debrief.id).status == 403
    assert adherent.get("cpts.debriefs.index").status == 403


def test_the_referent_of_another_cpts_finds_nothing_at_home(stranger: Browser, cpts: Cpts, by: Account) -> None:
    debrief = a_debrief(cpts, by)
    assert stranger.get("cpts.debriefs.show", slug="ailleurs", debrief_id=debrief.id).status == 404
    assert stranger.post("cpts.debriefs.open", slug="ailleurs", crisis_id=debrief.crisis_id).status == 404


def test_however_much_a_debrief_holds_it_is_asked_as_often(cpts: Cpts, referent: Browser, by: Account) -> None:
    asked = []
    for count in (1, 3):
        debrief_id = a_full_debrief(cpts, by, count).id
        with counted_statements() as sent:
            assert referent.get("cpts.debriefs.show", debrief_id=debrief_id).status == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_however_many_debriefs_the_list_is_asked_as_often(cpts: Cpts, referent: Browser, by: Account) -> None:
    asked = []
    for _ in range(2):
        a_debrief(cpts, by)
        a_validated_debrief(cpts, by)
        exercise(cpts, held_on=TODAY)
        with counted_statements() as sent:
            referent.get("cpts.debriefs.index")
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_an_exercise_whose_title_says_its_kind_says_it_once(cpts: Cpts, referent: Browser) -> None:
    held = exercise(cpts, "Exercice sur table d’été", held_on=TODAY)
    page = referent.post("cpts.debriefs.open_exercise", exercise_id=held.id).follow()
    assert page.texts("h1") == ["Bilan : Exercice, Exercice sur table d’été"]


def test_a_figure_says_to_the_cell_who_carried_an_action_out(cpts: Cpts, cell_member: Browser, by: Account) -> None:
    debrief = a_debrief(cpts, by, tell=mobilise(cpts, by))
    page = cell_member.get("cpts.debriefs.figure", debrief_id=debrief.id, key=FigureKey.ACTIONS.address)
    (line,) = counted(debrief, FigureKey.ACTIONS).lines
    assert line.who
    assert page.texts("main table td .meta") == [line.who]
