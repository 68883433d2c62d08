"""The vocabulary of the screen, without the application: macros, a form that uses every kind of field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

ROOT = Path(__file__).resolve().parents[2]
Show = Callable[..., Any]


class Telephone(Form):
    number = StringField("Numéro", [InputRequired("Écrivez un numéro.")])


class Everything(Form):
    seen_version = HiddenField(default="3")
    name = StringField("Nom", [InputRequired("Écrivez le nom.")], description="Comme sur la porte.")
    note = TextAreaField("Note")
    edition = RadioField(
        "Édition", [InputRequired("Choisissez une édition.")], choices=[("r", "Restreinte"), ("p", "Publique")]
    )
    types = SelectMultipleField(
        "Types",
        choices=[("1", "Blessés"), ("2", "Malades")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    private = BooleanField("Numéro privé", description="Hors de l’édition publique.")
    telephones = FieldList(FormField(Telephone), min_entries=1)


def refused() -> Everything:
    """The form as it comes back when nothing was typed."""
    form = Everything(MultiDict())
    form.validate()
    return form


@pytest.fixture(scope="session")
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@pytest.fixture
def show(environment: Environment) -> Show:
    """What this piece of template draws."""
    ui: Any = environment.get_template("ui/index.html").module

    def draw(source: str, **context: object) -> BeautifulSoup:
        return BeautifulSoup(environment.from_string(source).render(ui=ui, **context), "html5lib")

    return draw
