"""Templates are typed with the space bar; a reader never sees a line begin with « : »."""

import pytest
from flask import Flask, render_template_string

from crisis_plan.web.french_spaces import spaced


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Heure :", "Heure\u00a0:"),
        ("Seul ; puis à deux", "Seul\u00a0; puis à deux"),
        ("Vraiment ? Oui !", "Vraiment\u00a0? Oui\u00a0!"),
        ("« mot »", "«\u00a0mot\u00a0»"),
        ("fin :</strong>", "fin\u00a0:</strong>"),
        ("à 14:30, https://exemple.fr/?a=1", "à 14:30, https://exemple.fr/?a=1"),
        ("déjà\u00a0: fait", "déjà\u00a0: fait"),
        ("a :b", "a :b"),
    ],
)
def test_only_the_spaces_of_french_typography_change(typed: str, read: str) -> None:
    assert spaced(typed) == read


def test_text_and_strings_of_a_template_are_spaced_and_what_people_typed_is_not(app: Flask) -> None:
    source = '<p>{{ name }} : {{ "où ?" }}</p>{% if name == "Uzès" %}{{ typed }}{% endif %}'
    with app.test_request_context():
        shown = render_template_string(source, name="Uzès", typed="tapé : ainsi")
    assert shown == "<p>Uzès\u00a0: où\u00a0?</p>tapé : ainsi"
