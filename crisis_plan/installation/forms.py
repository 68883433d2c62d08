"""What the operator types on more than one page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from wtforms import Field, SelectField, StringField

from crisis_plan.web.fields import CreateForm, Form, at_most, email_address, required
from crisis_plan.web.formats import short_date


class InvitationForm(CreateForm):
    """Whom to invite; the role follows from the place."""

    name = StringField("Nom de la personne", [required("Écrivez le nom de la personne."), at_most(160)])
    email = StringField(
        "Adresse e-mail",
        [required("Écrivez son adresse, comme nom@exemple.fr."), at_most(254), email_address],
        render_kw={"type": "email", "autocomplete": "off"},
    )


def departement_codes(typed: str) -> list[str]:
    """« 30, 7 et 2a » names the départements 30, 07 and 2A; each once, in the order typed."""
    words = (word for word in re.split(r"[\s,;.]+", typed.upper()) if word and word != "ET")
    return list(dict.fromkeys(word.zfill(2) for word in words))


def differences(form: Form, stored: Mapping[str, object]) -> dict[str, object]:
    """What was typed and what is stored, where they differ, in words: for `ui.conflict`."""
    rows = [(name, kept) for name, kept in stored.items() if (form[name].data or "") != (kept or "")]
    return {
        "typed": {name: {"label": form[name].label, "data": in_words(form[name], form[name].data)} for name, _ in rows},
        "stored": [(name, in_words(form[name], kept)) for name, kept in rows],
    }


def in_words(field: Field, value: object) -> object:
    """A value as the field shows it: the words of a choice, a French date."""
    if isinstance(field, SelectField):
        return next((label for code, label, *_ in field.iter_choices() if code == value), value)
    return short_date(value) if isinstance(value, date) else value
