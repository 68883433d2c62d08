"""What is typed to open a communications test."""

from __future__ import annotations

from typing import Any

from wtforms import Field, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.anticipation.directory.queries import Choices
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.rules import Channel
from crisis_plan.web.fields import CreateForm, at_most, choices, required

EVERY = SelectChoice("", "Aucune précision")


class OpenTestForm(CreateForm):
    """Whom a communications test calls, how, and what is said."""

    audience = RadioField("Qui joindre", [required("Choisissez qui joindre.")], choices=choices(Audience))
    profession = SelectField("Quelle profession", validate_choice=False)
    commune = SelectField("Quelle commune", validate_choice=False)
    channel = RadioField("Comment les joindre", [required("Choisissez un moyen.")], choices=choices(Channel))
    message = TextAreaField(
        "Message",
        [required("Écrivez ce qui sera dit ou envoyé."), at_most(1_000)],
        description="Dites que c’est un test, et ce que la personne doit répondre.",
    )

    def __init__(self, known: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.profession.choices = [EVERY, *(SelectChoice(one, one) for one in known.professions)]
        self.commune.choices = [EVERY, *(SelectChoice(one, one) for one in known.communes)]

    def validate_profession(self, field: Field) -> None:
        if self.audience.data == Audience.PROFESSION and not field.data:
            raise ValidationError("Choisissez la profession à joindre.")

    def validate_commune(self, field: Field) -> None:
        if self.audience.data == Audience.COMMUNE and not field.data:
            raise ValidationError("Choisissez la commune à joindre.")

    def choice(self) -> Choice:
        which = {Audience.PROFESSION.value: self.profession.data, Audience.COMMUNE.value: self.commune.data}
        return Choice(Audience(self.audience.data), which.get(self.audience.data) or "")
