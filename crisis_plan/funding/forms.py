"""What people write of their situation, and of the answers of the CPAM."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.errors import RuleBroken
from crisis_plan.funding.answers import Given
from crisis_plan.funding.lines import ActionsOf2021, Doubt, Majoration
from crisis_plan.funding.models import FundingSituation
from crisis_plan.funding.question_field import QuestionField
from crisis_plan.funding.situations import Told
from crisis_plan.web.attachments import ACCEPTED, Attachment, read_attachment
from crisis_plan.web.fields import (
    CreateForm,
    EditForm,
    Form,
    FrenchDateField,
    WholeNumberField,
    at_most,
    choices,
    required,
)
from crisis_plan.web.formats import number, short_date
from crisis_plan.web.nobody import NobodyNamed
from crisis_plan.web.uploads import AT_MOST

NOT_SAID = SelectChoice("", "À dire plus tard")
COUNTED = {"inputmode": "numeric"}


class SituationForm(EditForm):
    """What the amounts depend on, beside the size and the contract."""

    member_professionals = WholeNumberField(
        "Professionnels de santé adhérents",
        description="Au sens du code de la santé publique, et qui ont expressément rejoint la CPTS\u00a0; pas ceux du territoire.",
        render_kw=COUNTED,
    )
    member_structures = WholeNumberField(
        "Structures adhérentes", description="Qui ont expressément rejoint la CPTS.", render_kw=COUNTED
    )
    members_counted_on = FrenchDateField("Comptés le")
    has_early_contract = BooleanField(
        "Le contrat est un contrat de «\u00a0mission précoce\u00a0»",
        description="Un tel contrat ne couvre pas la mission crise\u00a0: aucune ligne n’est alors proposée.",
    )
    joined_on = FrenchDateField(
        "La CPTS a rejoint l’ACI le", description="Pour la disposition de 2021 seulement\u00a0: avant le 31/12/2021."
    )
    actions_of_2021 = RadioField(
        "La CPTS a mené des actions de crise en 2021", choices=[NOT_SAID, *choices(ActionsOf2021)], default=""
    )

    @classmethod
    def of(cls, stored: FundingSituation | None) -> SituationForm:
        if stored is None:
            return cls(formdata=None)
        known = {name: getattr(stored, name) for name in PLAIN}
        actions = stored.actions_of_2021.value if stored.actions_of_2021 else ""
        return cls(formdata=None, seen_version=stored.version, actions_of_2021=actions, **known)

    def validate_member_professionals(self, field: Field) -> None:
        if field.data is not None and field.data < 0:
            raise ValidationError("Un nombre de membres ne peut pas être négatif.")

    validate_member_structures = validate_member_professionals

    def told(self) -> Told:
        """What the accepted form says."""
        actions = ActionsOf2021(self.actions_of_2021.data) if self.actions_of_2021.data else None
        return Told(**{name: self[name].data for name in PLAIN}, actions_of_2021=actions)

    def beside(self, stored: FundingSituation) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        typed = self.told()
        return [(name, _in_words(getattr(stored, name)), _in_words(getattr(typed, name))) for name in ALL]


PLAIN = ("member_professionals", "member_structures", "members_counted_on", "has_early_contract", "joined_on")
ALL = (*PLAIN, "actions_of_2021")


def _in_words(value: Any) -> str:
    if isinstance(value, ActionsOf2021):
        return value.label
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    return number(value) if isinstance(value, int) else short_date(value)


class DocumentFields(Form):
    """A form that a document may come with."""

    document = FileField(
        "Document", description=f"Courrier, message, relevé\u00a0: {ACCEPTED}, 10 Mo au plus.", render_kw=AT_MOST
    )

    def attachment(self) -> Attachment | None:
        """The document, if one was chosen. Raises `UploadRefused`."""
        chosen = self.document.data
        return read_attachment(chosen) if chosen and chosen.filename else None

    def refuse(self, refusal: RuleBroken) -> None:
        """Put the refusal beside the field that it is about."""
        self[getattr(refusal, "field", "document")].errors = [str(refusal)]


class AnswerForm(DocumentFields, NobodyNamed, CreateForm):
    """What the CPAM answered to one doubt."""

    answered_on = FrenchDateField("Réponse du", [required("Écrivez le jour de la réponse.")])
    source = StringField(
        "Qui a répondu, et comment",
        [required("Écrivez qui a répondu, et comment."), at_most(200)],
        description="Par exemple «\u00a0CPAM du Gard, courrier du service des relations avec les professionnels\u00a0».",
    )
    text = TextAreaField("Ce que la CPAM a répondu", [required("Écrivez ce que la CPAM a répondu."), at_most(2_000)])
    settles = QuestionField(
        "Cette réponse",
        [required("Dites si cette réponse tranche ce point.")],
        choices=[
            SelectChoice("yes", "tranche ce point\u00a0: il n’est plus dit comme un doute"),
            SelectChoice("no", "ne le tranche pas encore\u00a0: le doute reste dit, avec cette réponse"),
        ],
    )

    def given(self, doubt: Doubt) -> Given:
        """The accepted answer. Raises `UploadRefused`."""
        said = (doubt, self.answered_on.day, self.source.data, self.text.data)
        return Given(*said, settles=self.settles.data == "yes", document=self.attachment())


class MajorationAnswerForm(AnswerForm):
    """The same of the majoration: in which of its three states it is, which says whether it is settled."""

    settles = None  # type: ignore[assignment]
    majoration = QuestionField(
        "La majoration est", [required("Dites ce que la CPAM a répondu.")], choices=choices(reversed(Majoration))
    )
    applies_from = FrenchDateField(
        "Elle vaut à partir du", description="Si elle est confirmée\u00a0: elle n’est pas rétroactive."
    )

    def given(self, doubt: Doubt) -> Given:
        plain = {"majoration": Majoration(self.majoration.data), "applies_from": self.applies_from.data}
        return Given(doubt, self.answered_on.day, self.source.data, self.text.data, document=self.attachment(), **plain)
