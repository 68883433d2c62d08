"""Where each commune holds its register: one form, a line a commune."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from wtforms import HiddenField, StringField

from crisis_plan.adaptation.risks.queries import RegisterOf
from crisis_plan.adaptation.risks.registers import Line
from crisis_plan.organisations.communes import Commune
from crisis_plan.web.fields import at_most
from crisis_plan.web.nobody import NobodyNamed

LONGEST_ANSWER = 300
"""As the table holds it."""


class RegistersForm(NobodyNamed):
    """The lines are added by `registers_form`: what is typed for a commune, and what its line showed before."""

    for_all = StringField(
        "La même réponse pour toutes les communes sans réponse",
        [at_most(LONGEST_ANSWER)],
        description="Par exemple «\u00a0Au CCAS, en mairie\u00a0». Les réponses déjà données ne changent pas.",
    )
    codes: tuple[str, ...] = ()

    @property
    def line_fields(self) -> list[Any]:
        return [self[f"held_by_{code}"] for code in self.codes]

    def lines(self) -> dict[str, Line]:
        """What was seen and what is typed, by commune."""
        return {
            code: Line(seen=self[f"seen_{code}"].data or "", typed=self[f"held_by_{code}"].data) for code in self.codes
        }

    def reopen_with(self, stored: Mapping[str, str]) -> list[tuple[str, str]]:
        """After a conflict was shown: sending again keeps what is typed. The lines to show, by field."""
        for code, text in stored.items():
            self[f"seen_{code}"].data = text
            self[f"seen_{code}"].raw_data = None
        return [(f"held_by_{code}", text) for code, text in stored.items()]


def registers_form(known: Collection[RegisterOf], **kwargs: Any) -> RegistersForm:
    """The form of these communes, filled with what is known."""
    told = {one.commune.code: one.held_by for one in known}
    fields = {name: field for one in known for name, field in _line(one.commune).items()}
    kind = type("RegistersOfTerritory", (RegistersForm,), {**fields, "codes": tuple(told)})
    shown = {f"{name}_{code}": text for code, text in told.items() for name in ("seen", "held_by")}
    form: RegistersForm = kind(**shown, **kwargs)
    return form


def _line(commune: Commune) -> dict[str, Any]:
    return {
        f"seen_{commune.code}": HiddenField(),
        f"held_by_{commune.code}": StringField(commune.name, [at_most(LONGEST_ANSWER)]),
    }
