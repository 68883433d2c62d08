"""Buttons, states, drawings, lists."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import Environment

from tests.ui.conftest import Everything, Show


def test_a_page_finds_every_macro_that_the_vocabulary_names(environment: Environment) -> None:
    names = (
        "field hidden form_errors button link_button post_button actions badge notice empty icon progress ring "
        "level stat number search_form pages facts conflict"
    )
    module = environment.get_template("ui/index.html").module
    assert [name for name in names.split() if not callable(getattr(module, name, None))] == []


@pytest.mark.parametrize("tone", ["ok", "info", "warning", "urgent", "neutral"])
def test_a_state_is_a_word_and_a_shape_of_its_own(show: Show, tone: str) -> None:
    badge = show("{{ ui.badge('Mot', tone) }}", tone=tone).select_one(".badge")
    shapes = {
        str(show("{{ ui.icon(tone) }}", tone=other).select_one("svg"))
        for other in ("ok", "info", "warning", "urgent", "neutral")
    }
    assert badge.get_text(strip=True) == "Mot"
    assert badge.select_one("svg[aria-hidden]")
    assert len(shapes) == 5


def test_an_act_is_a_form_that_posts_and_names_its_object(show: Show) -> None:
    form = show(
        "{{ ui.post_button('Retirer', '/x', 'danger', form=form, about='Anne Roux') }}", form=Everything()
    ).select_one("form")
    assert (form["method"], form["action"]) == ("post", "/x")
    assert form.select_one("[name=seen_version]")
    assert form.button.get_text() == "Retirer Anne Roux"


def test_a_notice_brought_by_a_swap_can_be_announced(show: Show) -> None:
    page = show("{% call ui.notice('ok', announce=True) %}<p>Enregistré.</p>{% endcall %}")
    assert page.select_one("[data-announce]").get_text(strip=True) == "Enregistré."


@pytest.mark.parametrize(("done", "total", "width"), [(0, 5, "0.0"), (7, 12, "58.3"), (12, 12, "100.0"), (3, 0, "0")])
def test_a_drawing_says_the_same_as_its_words(show: Show, done: int, total: int, width: str) -> None:
    page = show("{{ ui.progress(done, total, 'Rubriques') }}", done=done, total=total)
    assert page.select_one(".figure-fill")["width"] == width
    assert page.strong.get_text() == f"{done} sur {total}"


@pytest.mark.parametrize(("quantity", "says"), [(600, ""), (120, "Sous le seuil"), (0, "Épuisé")])
def test_a_level_says_when_it_is_short(show: Show, quantity: int, says: str) -> None:
    page = show("{{ ui.level(quantity, 500, 'masques') }}", quantity=quantity)
    assert "".join(badge.get_text(strip=True) for badge in page.select(".badge")) == says


def test_numbers_read_in_french(show: Show) -> None:
    assert show("{{ ui.number(105452) }} {{ ui.number(2.5) }}").body.get_text() == "105\u202f452 2,5"


def test_no_drawing_needs_a_style(show: Show) -> None:
    page = show("{{ ui.ring(1, 3, 'A') }}{{ ui.progress(1, 3, 'A') }}{{ ui.level(1, 3, 'A') }}{{ ui.badge('A') }}")
    assert not page.select("[style], style, script")


def test_a_search_works_without_javascript_and_keeps_the_other_filters(show: Show) -> None:
    form = show(
        "{{ ui.search_form('/annuaire', 'roux', 'Chercher', hidden={'tri': 'nom', 'vide': None}) }}"
    ).select_one("form")
    assert (form["method"], form["action"], form.get("hx-get")) == ("get", "/annuaire", None)
    assert [(each["name"], each["value"]) for each in form.select("input")] == [("tri", "nom"), ("q", "roux")]
    assert form.select_one("label")["for"] == form.select_one("[name=q]")["id"]


def test_a_search_as_one_types_asks_only_for_the_last_words(show: Show) -> None:
    form = show("{{ ui.search_form('/annuaire', target='#results') }}").select_one("form")
    assert (form["hx-get"], form["hx-target"], form["hx-sync"]) == ("/annuaire", "#results", "replace")


def page_of(number: int, count: int) -> SimpleNamespace:
    return SimpleNamespace(
        number=number, count=count, total=count * 50, has_previous=number > 1, has_next=number < count
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "Page 1 2 … 14 Suivante"), (7, "Précédente 1 … 6 Page 7 8 … 14 Suivante"), (14, "Précédente 1 … 13 Page 14")],
)
def test_pages_show_the_ends_and_the_neighbours(show: Show, number: int, words: str) -> None:
    page = show("{{ ui.pages(page, page_url) }}", page=page_of(number, 14), page_url=lambda n: f"?page={n}&q=a")
    assert " ".join(item.get_text() for item in page.select("li")) == words
    assert all(link["href"].endswith("&q=a") for link in page.select("a"))


def test_one_page_needs_no_pages(show: Show) -> None:
    assert not show("{{ ui.pages(page, none) }}", page=page_of(1, 1)).select("nav")


def test_a_fact_that_nobody_gave_says_so(show: Show) -> None:
    page = show("{{ ui.facts([('RPPS', none), ('Capacité', 0)]) }}")
    assert [value.get_text() for value in page.select("dd")] == ["Non renseigné", "0"]


def test_a_conflict_shows_both_texts_side_by_side(show: Show) -> None:
    page = show(
        "{{ ui.conflict(form, [('note', 'Le leur')], 'Bruno Fabre') }}", form=Everything(data={"note": "Le mien"})
    )
    assert page.h2.get_text().startswith("Bruno Fabre a modifié")
    assert [cell.get_text() for cell in page.select("tbody tr > *")] == ["Note", "Le mien", "Le leur"]
