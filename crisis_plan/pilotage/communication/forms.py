"""What people write of a prepared message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wtforms import Field, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.pilotage.calls.choices import NAMED, Audience, choice
from crisis_plan.pilotage.communication.blanks import Blank, unknown_blanks
from crisis_plan.pilotage.communication.descriptions import ModelDescription
from crisis_plan.pilotage.communication.rules import Moment
from crisis_plan.web.fields import CreateForm, EditForm, at_most, choices, required
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.pilotage.communication.models import MessageModel

LONGEST_TEXT = 4_000
LONGEST_SHORT_TEXT = 1_000
IN_BOTH_EDITIONS = "Ni nom de patient, ni numéro privé, ni code\u00a0: le plan l’imprime dans ses deux éditions."


class ModelFields(NobodyNamed):
    """A prepared message; professions and communes are proposed, any other word may be written."""

    title = StringField(
        "Titre", [required("Donnez un titre, comme «\u00a0Premier message aux adhérents\u00a0»."), at_most(160)]
    )
    moment = SelectField("Quand l’envoyer", choices=choices(Moment))
    crisis_types = SelectMultipleField(
        "Types de crise",
        description="Aucun coché\u00a0: pour toutes les crises.",
        choices=choices(CrisisType),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    audience = SelectField(
        "À qui, dans l’annuaire",
        choices=[SelectChoice("", "Personne de l’annuaire, ou à choisir à l’envoi"), *choices(Audience)],
    )
    which = StringField(
        "Quelle profession, ou quelle commune",
        [at_most(120)],
        description="Seulement si vous avez choisi «\u00a0Une profession\u00a0» ou «\u00a0Une commune\u00a0».",
        render_kw={"list": "which-ones", "autocomplete": "off"},
    )
    audience_words = StringField(
        "À qui, en toutes lettres",
        [at_most(200)],
        description="Par exemple «\u00a0Mairies du territoire\u00a0» ou «\u00a0ARS\u00a0».",
    )
    subject = StringField("Objet du courriel", [at_most(200)])
    email_text = TextAreaField(
        "Texte du courriel, ou de l’affiche", [at_most(LONGEST_TEXT)], description=IN_BOTH_EDITIONS
    )
    short_text = TextAreaField(
        "Texte court, pour SMS et messageries",
        [at_most(LONGEST_SHORT_TEXT)],
        description="Un SMS porte 160 signes\u00a0; 70 seulement s’il s’y trouve une lettre comme ê ou ç.",
    )

    def __init__(self, communes: Sequence[str] = (), professions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.proposed_which = (*professions, *communes)
        self.blanks = list(Blank)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The blanks of its texts that nothing can fill."""
        return unknown_blanks(*(self[name].data or "" for name in ("subject", "email_text", "short_text")))

    def validate_which(self, field: Field) -> None:
        is_asked = self.audience.data in NAMED
        if is_asked and not field.data:
            raise ValidationError("Précisez la profession ou la commune, ou choisissez un autre public.")
        if field.data and not is_asked:
            raise ValidationError(
                "Choisissez d’abord «\u00a0Une profession\u00a0» ou «\u00a0Une commune\u00a0», ou videz ce champ."
            )

    def validate_email_text(self, field: Field) -> None:
        if not field.data and not self.short_text.data:
            raise ValidationError("Écrivez au moins un des deux textes, celui-ci ou le texte court.")

    def description(self) -> ModelDescription:
        """What the accepted form says."""
        return ModelDescription(
            **{name: self[name].data or "" for name in PLAIN},
            moment=Moment(self.moment.data),
            crisis_types=tuple(crisis_types(self.crisis_types.data or ())),
            choice=choice(self.audience.data or "", self.which.data or ""),
        )

    def beside(self, model: MessageModel) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed, in words."""
        typed = self.description()
        return [
            *((name, getattr(model, name), getattr(typed, name)) for name in PLAIN),
            ("moment", model.moment.label, typed.moment.label),
            ("crisis_types", _labels(model.crisis_types), _labels(typed.crisis_types)),
            ("audience", _in_words(model.choice), _in_words(typed.choice)),
        ]


class AddModelForm(ModelFields, CreateForm):
    """A message to prepare."""


class ModelForm(ModelFields, EditForm):
    """A prepared message as it stands."""

    @classmethod
    def of(cls, model: MessageModel, communes: Sequence[str], professions: Sequence[str]) -> ModelForm:
        known: dict[str, Any] = {name: getattr(model, name) for name in (*PLAIN, "moment", "crisis_types")}
        known |= {"audience": model.audience or "", "which": model.audience_which}
        return cls(communes, professions, formdata=None, seen_version=model.version, **known)


PLAIN = ("title", "audience_words", "subject", "email_text", "short_text")
"""Fields whose value is stored as it is typed."""


def _labels(stored: Sequence[str]) -> str:
    return ", ".join(one.label for one in crisis_types(stored))


def _in_words(chosen: Any) -> str:
    return chosen.in_words if chosen else ""
