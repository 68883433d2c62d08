"""What people write of a line that was claimed outside the tool, and of an advance to try."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from crisis_plan.errors import RuleBroken
from crisis_plan.funding.euro_field import EuroField
from crisis_plan.funding.forms import DocumentFields
from crisis_plan.funding.lines import ClaimState
from crisis_plan.funding.outside import STATES, AlreadyClaimed, NotYet, Recorded, Subject
from crisis_plan.funding.question_field import QuestionField
from crisis_plan.funding.subjects import ELSEWHERE, named_elsewhere
from crisis_plan.web.fields import CreateForm, Form, FrenchDateField, at_most, choices, required
from crisis_plan.web.nobody import NobodyNamed


class OutsideForm(DocumentFields, NobodyNamed, CreateForm):
    """A line claimed or paid outside the tool."""

    subject = SelectField("Ligne", [required("Choisissez la ligne.")])
    state = QuestionField("Où elle en est", [required("Dites où elle en est.")], choices=choices(STATES))
    dated_on = FrenchDateField(
        "Le", [required("Écrivez la date.")], description="Du dépôt, de l’accord ou du paiement, selon où elle en est."
    )
    amount = EuroField("Montant", [required("Écrivez le montant, comme 37 500.")], description="En euros.")
    elsewhere = StringField(
        "De quelle crise s’agit-il",
        [at_most(160)],
        description="Seulement pour une crise qui n’est pas dans cet outil.",
    )
    note = TextAreaField("Remarque", [Optional(), at_most(1_000)])

    def __init__(self, subjects: Sequence[Subject], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.subjects = {one.key: one for one in subjects}
        self.subject.choices = [
            SelectChoice("", "Choisissez"),
            *(SelectChoice(one.key, one.title) for one in subjects),
        ]

    def validate_elsewhere(self, field: Field) -> None:
        if self.subject.data == ELSEWHERE and not field.data:
            raise ValidationError("Écrivez de quelle crise il s’agit.")

    @property
    def chosen(self) -> Subject:
        """The line, or the crisis that this tool does not know."""
        known = self.subjects[self.subject.data]
        return named_elsewhere(known, self.elsewhere.data, str(self.key)) if known.key == ELSEWHERE else known

    def refuse(self, refusal: RuleBroken) -> None:
        """Put the refusal beside the field that it is about."""
        name = {AlreadyClaimed: "subject", NotYet: "dated_on"}.get(type(refusal), "document")
        self[name].errors = [str(refusal)]

    def recorded(self) -> Recorded:
        """The accepted form. Raises `UploadRefused`."""
        return Recorded(
            ClaimState(self.state.data), self.dated_on.day, self.amount.data, self.note.data or "", self.attachment()
        )


class ReasonForm(NobodyNamed, CreateForm):
    """Why something is withdrawn."""

    reason = StringField("Raison", [required("Écrivez la raison."), at_most(300)])


class AdvanceForm(Form):
    """The general rule of the advance, to try; its answer is in the address."""

    class Meta(Form.Meta):
        csrf = False

    montant = EuroField("Montant de la ligne", [required("Écrivez un montant, comme 25 000.")], description="En euros.")
    debut = FrenchDateField("Début de la mission", [required("Écrivez le jour du début de la mission.")])
    anniversaire = FrenchDateField(
        "Anniversaire du contrat",
        [required("Écrivez le prochain anniversaire du contrat.")],
        description="Le premier qui suit le début de la mission.",
    )

    def validate_anniversaire(self, field: Field) -> None:
        if field.data and self.debut.data and field.data < self.debut.data:
            raise ValidationError("L’anniversaire vient après le début de la mission.")
