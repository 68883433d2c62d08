"""What a person hears and sees of a field."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField

from crisis_plan import once
from crisis_plan.web.fields import CreateForm, Form
from tests.ui.conftest import Everything, Show, refused


class Typed(Form):
    name = StringField("Nom")
    note = TextAreaField("Note")


def test_a_label_names_its_control_and_the_hint_is_read_with_it(show: Show) -> None:
    page = show("{{ ui.field(form.name) }}", form=Everything())
    control = page.select_one("input")
    assert control is not None
    assert page.select_one("label")["for"] == control["id"]
    assert control["aria-describedby"] == page.select_one(".hint")["id"]


def test_only_optional_fields_say_so(show: Show) -> None:
    page = show("{{ ui.field(form.name) }}{{ ui.field(form.note, rows=4) }}", form=Everything())
    assert [label.get_text() for label in page.select("label")] == ["Nom", "Note (facultatif)"]


def test_required_is_left_to_the_server(show: Show) -> None:
    assert not show("{{ ui.field(form.name) }}{{ ui.field(form.edition) }}", form=Everything()).select("[required]")


def test_a_refused_field_is_read_with_its_message(show: Show) -> None:
    page = show("{{ ui.field(form.name) }}", form=refused())
    control = page.select_one("input")
    assert control["aria-invalid"] == "true"
    described = " ".join(page.find(id=each).get_text() for each in control["aria-describedby"].split())
    assert "Comme sur la porte." in described
    assert "Écrivez le nom." in described


def test_radio_buttons_stand_under_their_question(show: Show) -> None:
    page = show("{{ ui.field(form.edition, hints={'p': 'Sans téléphone privé.'}) }}", form=refused())
    assert page.select_one("fieldset > legend").get_text(strip=True) == "Édition"
    assert (
        page.find(id=page.select_one("fieldset")["aria-describedby"])
        .get_text(strip=True)
        .endswith("Choisissez une édition.")
    )
    public = page.select_one("input[value=p]")
    assert page.find(id=public["aria-describedby"]).get_text() == "Sans téléphone privé."


def test_check_boxes_keep_one_label_each(show: Show) -> None:
    page = show("{{ ui.field(form.types) }}{{ ui.field(form.private) }}", form=Everything(data={"types": ["2"]}))
    assert [label["for"] for label in page.select("label")] == ["types-0", "types-1", "private"]
    assert [box["value"] for box in page.select("input[checked]")] == ["2"]


def test_what_is_not_seen_has_no_id_so_that_two_forms_stand_on_one_page(show: Show) -> None:
    page = show("{{ ui.hidden(form) }}{{ ui.hidden(form) }}", form=Everything())
    assert [(each["name"], each["value"], each.get("id")) for each in page.select("input")] == [
        ("seen_version", "3", None)
    ] * 2


def test_attributes_reach_the_control(show: Show) -> None:
    page = show(
        "{{ ui.field(form.note, rows=9, width=20, autocomplete='off', **{'data-draft': 'note-1'}) }}", form=Everything()
    )
    area = page.select_one("textarea")
    assert (area["rows"], area["class"], area["autocomplete"], area["data-draft"]) == (
        "9",
        ["input", "w-20"],
        "off",
        "note-1",
    )


def test_the_summary_leads_to_each_refused_field_even_inside_another(show: Show) -> None:
    form = refused()
    page = show(
        "{{ ui.form_errors(form) }}"
        + "".join(f"{{{{ ui.field(form.{name}) }}}}" for name in ("name", "edition"))
        + "{% for line in form.telephones %}{{ ui.field(line.form.number) }}{% endfor %}",
        form=form,
    )
    links = page.select(".error-summary a")
    assert [link.get_text() for link in links] == [
        "Nom : Écrivez le nom.",
        "Édition : Choisissez une édition.",
        "Numéro : Écrivez un numéro.",
    ]
    assert all(page.select_one(f"input[id='{link['href'][1:]}']") for link in links)
    assert page.select_one(".error-summary h2").get_text() == "Il y a 3 erreurs"


def test_rows_that_look_alike_are_numbered_in_the_summary(show: Show) -> None:
    form = Everything(
        MultiDict({"name": "Anne", "edition": "r", "telephones-0-number": "15", "telephones-1-number": ""})
    )
    form.validate()
    page = show("{{ ui.form_errors(form) }}", form=form)
    (link,) = page.select(".error-summary a")
    assert (link.get_text(), link["href"]) == ("Numéro 2 : Écrivez un numéro.", "#telephones-1-number")


def test_a_form_without_error_has_no_summary(show: Show) -> None:
    assert show("{{ ui.form_errors(form) }}", form=Everything()).body.get_text(strip=True) == ""


def test_what_was_typed_is_shown_as_text(show: Show) -> None:
    page = show("{{ ui.field(form.name) }}", form=Everything(data={"name": '"><script>alert(1)</script>'}))
    assert not page.select("script")
    assert page.select_one("input")["value"].startswith('">')


def test_a_create_form_carries_the_key_that_makes_it_create_once() -> None:
    assert hasattr(CreateForm, once.FIELD)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Test\r\nBcc: x", "Test Bcc: x"),
        ("a\tb\x0bc\x1fd\x7fe\u2028f\x85g", "a b c d e f g"),
        (" Été\u00a0: l’an 2026 \n", "Été\u00a0: l’an 2026"),
    ],
)
def test_a_field_of_one_line_keeps_one_line_and_a_text_keeps_its_own(app: Flask, typed: str, kept: str) -> None:
    with app.test_request_context(method="POST"):
        form = Typed(MultiDict({"name": typed, "note": typed}))
    assert form.name.data == kept
    assert form.note.data == typed.replace("\r\n", "\n").strip()
