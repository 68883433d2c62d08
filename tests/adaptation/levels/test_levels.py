from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation import order
from crisis_plan.adaptation.levels import chapter, operations, queries
from crisis_plan.adaptation.levels.descriptions import LevelDescription
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.adaptation.levels.rules import NO_NATIONAL_SCALE, OWN_SCALE, PROPOSED
from crisis_plan.adaptation.places import operations as places
from crisis_plan.adaptation.places.descriptions import PlaceDescription
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.anticipation.stock.models import StockItem
from crisis_plan.db import db
from crisis_plan.document.blocks import Paragraph, Table, words
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import operations as crisis_cell
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory
from tests.statements import MOST_OF_A_PAGE, counted_statements


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def level(cpts: Cpts, name: str = "Veille", **told: Any) -> Level:
    made = operations.add(cpts, LevelDescription(name=name, **told), by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def stock_item(cpts: Cpts, name: str = "Masques FFP2") -> StockItem:
    made = StockItem(cpts_id=cpts.id, name=name, folded_name=name.lower(), created_at=NOON, updated_at=NOON)
    db.session.add(made)
    db.session.commit()
    return made


def card(cpts: Cpts, title: str, *levels: Level) -> ActionCard:
    rank = db.session.scalar(sa.select(sa.func.count()).where(ActionCard.cpts_id == cpts.id)) or 0
    made = ActionCard(cpts_id=cpts.id, position=2 * rank, title=title, levels=list(levels))
    made.created_at = made.updated_at = NOON
    db.session.add(made)
    db.session.commit()
    return made


def means(cpts: Cpts) -> dict[str, Any]:
    """One of each thing that a level may mobilise."""
    by = AccountFactory()
    described = PlaceDescription(name="Gymnase")
    told = {
        "functions": (crisis_cell.add_function(cpts, name="Liaison", task="", by=by, at=NOON),),
        "items": (stock_item(cpts),),
        "places": (places.add(cpts, described, today=TODAY, by=by, at=NOON),),
    }
    db.session.commit()
    return told


def names(cpts: Cpts) -> list[str]:
    return [one.name for one in queries.levels(cpts)]


def test_without_any_level_four_are_proposed_and_taken_by_one_button(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    crisis_cell.take_proposed_functions(cpts, by=AccountFactory(), at=NOON)
    db.session.commit()
    page = coordinator.get("cpts.levels.index")
    proposed = [one.name for one in PROPOSED]
    assert (
        page.texts("#proposed dt") == proposed == ["Veille", "Pré-alerte", "Activation partielle", "Activation totale"]
    )
    assert [coordinator.submit(page).status for _ in range(2)] == [303, 303]
    page = coordinator.get("cpts.levels.index")
    assert page.texts(".stairs strong") == [f"{rank}. {name}" for rank, name in enumerate(proposed, start=1)]
    assert page.texts("#missing") == []
    assert [len(one.functions) for one in queries.ladder(cpts)] == [0, 3, 5, 10]


def test_a_proposed_level_is_decided_by_the_referent_and_invents_no_pace() -> None:
    """Only what the domain says: the logbook reminds after 60 minutes, wherever it is open."""
    assert {one.decided_by for one in PROPOSED} == {
        "Le référent de crise ou son suppléant, qui en informe ensuite l’ARS."
    }
    assert [one.report_every_minutes for one in PROPOSED] == [None] * 4
    assert [one.silence_reminder_minutes for one in PROPOSED] == [None, 60, 60, 60]


def test_the_proposal_leaves_what_the_cpts_wrote(cpts: Cpts) -> None:
    level(cpts, "PRE-ALERTE", criteria="Les nôtres")
    operations.take_proposed(cpts, by=AccountFactory(), at=NOON)
    assert names(cpts) == ["PRE-ALERTE", "Veille", "Activation partielle", "Activation totale"]
    assert queries.levels(cpts)[0].criteria == "Les nôtres"


def test_the_page_says_that_the_scale_is_the_cpts_s_own(cell_member: Browser) -> None:
    def said() -> str:
        return cell_member.get("cpts.levels.index").text.replace("\u00a0", " ")

    assert NO_NATIONAL_SCALE.replace("\u00a0", " ") in said()
    assert "propre à cette CPTS" not in said()
    level(cpts_of(cell_member))
    assert OWN_SCALE.replace("\u00a0", " ") in said()


def test_a_level_is_added_with_what_it_mobilises(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    told = means(cpts)
    typed = {
        "name": "Orange",
        "criteria": "Deux cabinets fermés",
        "decided_by": "La direction",
        "functions": [str(told["functions"][0].id)],
        "stock_items": [str(told["items"][0].id)],
        "places": [str(told["places"][0].id)],
        "report_every_minutes": "4 h",
        "silence_reminder_minutes": "90",
    }
    page = coordinator.submit(coordinator.get("cpts.levels.add"), fields=typed).follow()
    facts = dict(zip(page.texts(".card dt"), page.texts(".card dd"), strict=True))
    assert facts["Critères"] == "Deux cabinets fermés"
    assert (facts["Fonctions de la cellule"], facts["Stock"], facts["Lieux"]) == ("Liaison", "Masques FFP2", "Gymnase")
    assert facts["Point de situation"].replace("\u00a0", " ") == "Toutes les 4 h"
    assert "1 h 30" in facts["Rappel du journal"].replace("\u00a0", " ")


def test_an_hour_of_silence_is_proposed(coordinator: Browser) -> None:
    page = coordinator.get("cpts.levels.add")
    assert page.html.select_one("#silence_reminder_minutes")["value"] == "1\u00a0h"  # type: ignore[index]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Donnez un nom au niveau"),
        ("name", "…", "Donnez un nom en lettres"),
        ("name", "x" * 81, "80 caractères au plus"),
        ("criteria", "x" * 2001, "caractères au plus"),
        ("decided_by", "x" * 301, "300 caractères au plus"),
        ("report_every_minutes", "souvent", "Écrivez une durée"),
        ("report_every_minutes", "0", "plus longue que zéro"),
        ("report_every_minutes", "4\x00 h", "Écrivez une durée"),
        ("silence_reminder_minutes", "-60", "Écrivez une durée"),
        ("silence_reminder_minutes", "999999 jours", "un an"),
        ("functions", "rien", "liste"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    page = coordinator.post("cpts.levels.create", {"name": "Orange", field: value})
    assert page.status == 422
    assert said in " ".join(page.texts(f"#{field}-error"))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Level)) == 0


def test_a_refused_duration_stays_as_it_was_typed(coordinator: Browser) -> None:
    page = coordinator.post("cpts.levels.create", {"name": "Orange", "report_every_minutes": "souvent"})
    assert page.html.select_one("#report_every_minutes")["value"] == "souvent"  # type: ignore[index]


def test_what_looks_like_a_person_is_asked_about_once(coordinator: Browser) -> None:
    form = coordinator.get("cpts.levels.add")
    assert not form.html.select("#is_nobody")
    asked = coordinator.submit(form, fields={"name": "Orange", "criteria": "Mme Martin, née le 3/03/1941"})
    assert asked.status == 422
    assert "date de naissance" in asked.texts("#criteria-error")[0]
    assert coordinator.submit(asked).status == 422
    assert names(cpts_of(coordinator)) == []
    assert coordinator.submit(asked, fields={"is_nobody": "y"}).status == 303
    assert names(cpts_of(coordinator)) == ["Orange"]


def test_a_name_is_taken_once(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    level(cpts, "Pré-alerte")
    other = level(cpts, "Veille")
    refused = coordinator.post("cpts.levels.create", {"name": "PRE ALERTE"})
    assert refused.status == 422
    assert "porte déjà ce nom" in refused.texts("#name-error")[0]
    form = coordinator.get("cpts.levels.edit", level_id=other.id)
    assert coordinator.submit(form, fields={"name": "pré-alerte"}).status == 422


def test_a_name_that_is_cut_where_it_is_compared_is_taken_once_too(coordinator: Browser) -> None:
    name = "œ" + "a" * 77 + " b"
    level(cpts_of(coordinator), name)
    refused = coordinator.post("cpts.levels.create", {"name": name})
    assert refused.status == 422
    assert "porte déjà ce nom" in refused.texts("#name-error")[0]


def test_a_change_is_kept_with_the_fields_that_changed(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    told = means(cpts)
    orange = level(cpts, "Orange", **told)
    form = coordinator.get("cpts.levels.edit", level_id=orange.id)
    assert coordinator.submit(form).status == 303
    assert coordinator.submit(form, fields={"stock_items": [], "report_every_minutes": "1h30"}).status == 303
    events = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed")).all()
    assert [event.fields for event in events] == [["items", "report_every_minutes"]]
    db.session.refresh(orange)
    assert (orange.items, orange.report_every_minutes, orange.version) == ([], 90, 2)
    assert [one.name for one in orange.functions] == ["Liaison"]


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    cpts = cpts_of(referent)
    orange = level(cpts, "Orange", report_every_minutes=60)
    item = stock_item(cpts)
    mine = referent.get("cpts.levels.edit", level_id=orange.id)
    theirs = coordinator.get("cpts.levels.edit", level_id=orange.id)
    coordinator.submit(theirs, fields={"criteria": "Les leurs", "report_every_minutes": "2 h"})
    typed = {"criteria": "Les miens", "report_every_minutes": "3 h", "stock_items": [str(item.id)]}
    refused = referent.submit(mine, fields=typed)
    assert refused.status == 409
    shown = [text.replace("\u00a0", " ") for text in refused.texts(".conflict ~ .table-scroll .typed")]
    assert shown[2:4] == ["Les miens", "Les leurs"]
    assert {"3 h", "2 h", "Masques FFP2"} <= set(shown)
    assert referent.submit(refused).status == 303
    db.session.refresh(orange)
    assert (orange.criteria, orange.report_every_minutes, orange.items) == ("Les miens", 180, [item])


def test_levels_are_moved_one_step_at_a_time(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    for name in ("Un", "Deux", "Trois"):
        level(cpts, name)
    page = coordinator.get("cpts.levels.order")
    assert page.texts(".rows li > span") == ["Un", "Deux", "Trois"]
    page = coordinator.submit(page, "li:nth-child(3) form").follow()
    assert page.texts(".rows li > span") == ["Un", "Trois", "Deux"]
    page = coordinator.submit(page, "li:nth-child(1) form").follow()
    assert page.texts(".rows li > span") == ["Trois", "Un", "Deux"]


def test_at_the_end_of_the_ladder_nothing_moves(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    only = level(cpts, "Un")
    for direction in ("monter", "descendre"):
        assert coordinator.post("cpts.levels.move", level_id=only.id, direction=direction).status == 303
    assert names(cpts) == ["Un"]
    assert coordinator.get("cpts.levels.index").texts(".stairs strong") == ["1. Un"]


def test_a_removed_level_says_which_cards_named_it_and_leaves_them(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    orange = level(cpts, "Orange", **means(cpts))
    heat = card(cpts, "Canicule", orange)
    page = coordinator.get("cpts.levels.index")
    assert page.links(".card a")["Canicule"] == coordinator.address("cpts.responses.show", card_id=heat.id)
    page = coordinator.get("cpts.levels.confirm_removal", level_id=orange.id)
    assert page.texts(".notice li") == ["Canicule"]
    assert coordinator.submit(page).status == 303
    assert names(cpts) == []
    db.session.refresh(heat)
    assert heat.levels == []
    assert coordinator.get("cpts.levels.index").texts("#proposed dt")


def test_what_leaves_the_stock_leaves_the_level_and_comes_back_with_it(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    told = means(cpts)
    orange = level(cpts, "Orange", **told)
    (item,) = told["items"]
    item.removed_at = NOON
    db.session.commit()
    assert "Masques" not in coordinator.get("cpts.levels.index").text
    form = coordinator.get("cpts.levels.edit", level_id=orange.id)
    assert coordinator.submit(form, fields={"criteria": "Autres"}).status == 303
    item.removed_at = None
    db.session.commit()
    assert "Masques" in coordinator.get("cpts.levels.index").text
    assert coordinator.submit(coordinator.get("cpts.levels.confirm_removal", level_id=orange.id)).status == 303


def test_a_cell_member_reads_and_cannot_change(cell_member: Browser) -> None:
    orange = level(cpts_of(cell_member), "Orange")
    page = cell_member.get("cpts.levels.index")
    assert page.texts(".stairs strong") == ["1. Orange"]
    assert not page.html.select("main form")
    assert not [link for link in page.links() if "Modifier" in link or "Retirer" in link]
    assert cell_member.post("cpts.levels.remove", level_id=orange.id).status == 403


def test_levels_and_means_of_another_cpts_are_not_found(referent: Browser, stranger: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    theirs = level(elsewhere, "Niveau voisin")
    item = stock_item(elsewhere, "Masques voisins")
    for endpoint in ("edit", "confirm_removal"):
        assert referent.get(f"cpts.levels.{endpoint}", level_id=theirs.id).status == 404
    for endpoint, values in (("save", {}), ("remove", {}), ("move", {"direction": "monter"})):
        assert referent.post(f"cpts.levels.{endpoint}", level_id=theirs.id, **values).status == 404
    assert "Niveau voisin" not in referent.get("cpts.levels.index").text
    page = referent.post("cpts.levels.create", {"name": "Orange", "stock_items": [str(item.id)]})
    assert page.status == 422
    assert "Masques voisins" not in page.text
    assert stranger.get("cpts.levels.index").status == 404


def test_what_the_ladder_lacks_is_said_until_it_is_there(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    nothing = "L’échelle n’a pas encore de niveau\u00a0: décrivez-en au moins deux, ou écrivez un texte."
    assert queries.missing(cpts) == (nothing,)
    level(cpts, "Un", criteria="Des faits", decided_by="Le référent")
    assert queries.missing(cpts) == ("L’échelle ne compte qu’un niveau\u00a0: il en faut deux.",)
    level(cpts, "Deux")
    assert queries.missing(cpts) == (
        "Le niveau «\u00a0Deux\u00a0» n’a pas de critères.",
        "Le niveau «\u00a0Deux\u00a0» ne dit pas qui le décide.",
    )
    assert len(coordinator.get("cpts.levels.index").texts("#missing li")) == 2


def test_the_plan_prints_the_ladder_and_whose_it_is(cpts: Cpts) -> None:
    light = level(cpts, "Veille", criteria="Vigilance", decided_by="Le référent", silence_reminder_minutes=None)
    level(cpts, "Totale", mobilises="Tout le monde", report_every_minutes=240, **means(cpts))
    for title in ("Première heure", "Canicule", "Reprise"):
        card(cpts, title, light)
    card(cpts, "Sans niveau")
    card(cpts, "Fin", light)
    note, table = chapter.summary(cpts, TODAY)
    assert isinstance(table, Table)
    assert isinstance(note, Paragraph)
    assert words(note.text) == OWN_SCALE
    assert [tuple(words(cell).replace("\u00a0", " ") for cell in row.cells) for row in table.rows] == [
        ("1. Veille", "Vigilance", "Le référent", "Fiches : F1 à F3, F5", "à la demande"),
        (
            "2. Totale",
            "",
            "",
            "Tout le monde\nFonctions : Liaison\nStock : Masques FFP2\nLieux : Gymnase",
            "toutes les 4 h\nRappel après 1 h sans écrit au journal",
        ),
    ]


def test_without_any_level_the_plan_says_so(cpts: Cpts) -> None:
    (table,) = chapter.summary(cpts, TODAY)
    assert isinstance(table, Table)
    assert (table.rows, table.empty) == ((), "Aucun niveau n’est décrit.")


def test_pages_cost_the_same_for_one_level_and_for_three(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    first = level(cpts, "Un", **means(cpts))
    card(cpts, "Une", first)

    def costs() -> list[int]:
        found = []
        for endpoint, values in (("index", {}), ("order", {}), ("add", {}), ("edit", {"level_id": first.id})):
            with counted_statements() as sent:
                assert coordinator.get(f"cpts.levels.{endpoint}", **values).status == 200
            found.append(len([one for one in sent if one.lstrip().upper().startswith("SELECT")]))
        with counted_statements() as sent:
            chapter.summary(cpts, TODAY)
        return [*found, len(sent)]

    for_one = costs()
    for name in ("Deux", "Trois"):
        told = {"items": (stock_item(cpts, f"Gants {name}"),)}
        card(cpts, name, level(cpts, name, **told))
    assert costs() == for_one
    assert max(for_one) <= MOST_OF_A_PAGE


@given(moves=st.lists(st.tuples(st.integers(0, 4), st.sampled_from([-1, 1])), max_size=30))
def test_after_any_moves_every_level_has_a_rank_of_its_own(moves: list[tuple[int, int]]) -> None:
    lines = [Level(name=str(number), position=3 * number) for number in range(5)]
    model = list(lines)
    for rank, step in moves:
        line = model[rank]
        moved = order.move(model, line, step)
        assert moved == (0 <= rank + step < 5)
        if moved:
            model[rank], model[rank + step] = model[rank + step], model[rank]
            assert [one.position for one in model] == [1, 2, 3, 4, 5]
    assert sorted(lines, key=lambda one: one.position) == model
    assert order.next_position(lines) == max(one.position for one in lines) + 1
