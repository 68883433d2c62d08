"""What people type to publish, or to record an earlier plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.web import uploads
from crisis_plan.web.fields import CreateForm, FrenchDateField, at_most, required


class PublishForm(CreateForm):
    adopted_by = StringField(
        "Adopté par",
        [at_most(160)],
        description="Par exemple : le bureau, le conseil d’administration.",
    )
    adopted_on = FrenchDateField("Date d’adoption")
    adoption = FileField("Acte d’adoption (PDF, 10 Mo au plus)", render_kw=uploads.AT_MOST)
    note = TextAreaField(
        "Pourquoi cette version",
        [at_most(1_000)],
        description="Une phrase pour qui la reçoit. La liste des changements se fait toute seule.",
    )

    def validate_adopted_by(self, field: Field) -> None:
        if not field.data and (self.adopted_on.data or self.adoption.data):
            raise ValidationError("Écrivez qui a adopté le plan : le bureau, le conseil d’administration…")


class ProvisionalForm(CreateForm):
    note = TextAreaField(
        "Ce que vous demandez aux lecteurs",
        [at_most(1_000)],
        description="L’ARS et la CPAM la voient pour avis. Elle ne compte pour aucune échéance ni aucun financement.",
    )


class EarlierForm(CreateForm):
    document = FileField(
        "Plan au format PDF (10 Mo au plus)",
        [FileRequired("Choisissez le fichier PDF du plan.")],
        render_kw=uploads.AT_MOST,
    )
    dated_on = FrenchDateField("Date du plan", [required("Écrivez la date que porte le plan, comme 31/12/2024.")])
    note = TextAreaField(
        "À qui il avait été diffusé",
        [at_most(1_000)],
        description="Et quelle preuve vous en gardez.",
    )

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def validate_dated_on(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise ValidationError("Cette date est à venir : écrivez la date que porte le plan.")
