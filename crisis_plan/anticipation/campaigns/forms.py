"""What is typed of a campaign to launch."""

from __future__ import annotations

from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectChoice, StringField
from wtforms.validators import ValidationError

from crisis_plan.anticipation.campaigns.operations import Plan
from crisis_plan.anticipation.campaigns.rules import LINKS_LAST, Audience, last_day_refusal
from crisis_plan.web.fields import CreateForm, FrenchDateField, at_most, required

APPLIED, PROPOSED_FIRST = "applied", "proposed"


class LaunchForm(CreateForm):
    """A campaign to launch; who is asked is chosen beside it."""

    title = StringField("Titre", [required("Donnez un titre à la campagne."), at_most(160)])
    last_day = FrenchDateField("Dernier jour pour répondre", [required("Dites jusqu’à quand les liens répondent.")])
    answers = RadioField(
        "Quand une personne corrige ses coordonnées",
        choices=[
            SelectChoice(APPLIED, "La correction est reportée aussitôt dans l’annuaire"),
            SelectChoice(PROPOSED_FIRST, "La correction est proposée à la CPTS, qui décide"),
        ],
        default=APPLIED,
    )

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    @classmethod
    def blank(cls, today: date, title: str) -> LaunchForm:
        """As it is proposed: a month to answer."""
        return cls(today, formdata=None, title=title, last_day=today + LINKS_LAST)

    @classmethod
    def read(cls, today: date, typed: MultiDict[str, str]) -> LaunchForm:
        """As an address carries it: nothing is created by reading it, so it needs no token."""
        return cls(today, formdata=typed, meta={"csrf": False})

    @classmethod
    def to_send(cls, today: date) -> LaunchForm:
        """Its token and its key alone: what was chosen is written beside them."""
        return cls(today, formdata=None)

    @property
    def choice(self) -> dict[str, str]:
        """What was typed, as an address or a form carries it."""
        return {
            "title": self.title.data or "",
            "last_day": self.last_day.day.isoformat(),
            "answers": self.answers.data or "",
        }

    def validate_last_day(self, field: Field) -> None:
        if refusal := last_day_refusal(field.data, self.today):
            raise ValidationError(refusal)

    def plan(self, audience: Audience) -> Plan:
        return Plan(self.title.data or "", audience, self.last_day.day, self.answers.data == APPLIED)
