"""What is said of a need."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.needs.models import CommuneNeed
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import WHOLE_TERRITORY, NeedKind, NeedState
from crisis_plan.web.fields import CreateForm, EditForm, WholeNumberField, at_most, choices, required
from crisis_plan.web.nobody import NobodyNamed

NO_CARE = SelectChoice("", "Sans objet")
MOST_PEOPLE = 1_000_000


class NeedFields(NobodyNamed):
    """A need of a commune: two fields are enough, the commune and what is needed."""

    commune_code = SelectField("Commune")
    text = TextAreaField(
        "Ce qu’il faut",
        [required("Écrivez en quelques mots ce qu’il faut."), at_most(500)],
        description="Des nombres, jamais le nom d’un patient.",
    )
    kind = RadioField("Nature", choices=choices(NeedKind), default=NeedKind.CARE.value)
    care = SelectField("Soin concerné", choices=[NO_CARE, *choices(CareKind)], default="")
    people_count = WholeNumberField(
        "Combien de personnes", [Optional(), NumberRange(0, MOST_PEOPLE, message="Écrivez un nombre de personnes.")]
    )
    reported_by = StringField("Qui le dit", [at_most(160)], description="La mairie, un EHPAD, une infirmière…")

    def __init__(self, cpts: Cpts, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = communes.communes([one.code for one in cpts.communes])
        self.commune_code.choices = [
            SelectChoice("", WHOLE_TERRITORY), *(SelectChoice(one.code, one.name) for one in known)
        ]  # fmt: skip

    def need(self) -> Need:
        """What was typed, once accepted."""
        found = communes.commune(self.commune_code.data or "")
        return Need(
            commune_code=found.code if found else "",
            commune=found.name if found else WHOLE_TERRITORY,
            kind=NeedKind(self.kind.data),
            care=CareKind(self.care.data) if self.care.data else None,
            text=self.text.data or "",
            people_count=self.people_count.data,
            reported_by=self.reported_by.data or "",
        )


class NewNeedForm(NeedFields, CreateForm):
    """A need that nobody noted yet."""


class EditNeedForm(NeedFields, EditForm):
    """A need to write otherwise."""

    @classmethod
    def of(cls, cpts: Cpts, found: CommuneNeed) -> EditNeedForm:
        """The form as this need fills it."""
        return cls(
            cpts,
            formdata=None,
            commune_code=found.commune_code,
            text=found.text,
            kind=found.kind.value,
            care=found.care.value if found.care else "",
            people_count=found.people_count,
            reported_by=found.reported_by,
            seen_version=found.version,
        )


class AnswerForm(NobodyNamed, CreateForm):
    """How far a need is answered."""

    state = RadioField("Où en est-on", choices=choices(NeedState))
    word = StringField("Ce qui est mis en place, ou à qui c’est transmis", [at_most(500)])
