"""What people write of an action card, and why a crisis type has none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wtforms import SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.adaptation.responses.descriptions import NAMED, WORDS, CardDescription, Untitled
from crisis_plan.adaptation.responses.rules import LONGEST_TITLE
from crisis_plan.evaluation.improvements.answering import AnsweringFields
from crisis_plan.folding import folded
from crisis_plan.orsan.catalogue import INFERENCE, OrsanPlan, orsan_plans
from crisis_plan.web.fields import CreateForm, EditForm, Form, at_most, choices, required

if TYPE_CHECKING:
    from crisis_plan.adaptation.responses.models import ActionCard, UncoveredType
    from crisis_plan.adaptation.responses.offered import Offered
    from crisis_plan.evaluation.improvements.models import Improvement

LONGEST_TEXT = 4_000


class BoxesField(SelectMultipleField):
    """Several answers among a few, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CardFields(Form):
    """A card without its lists; what may be chosen is what the CPTS knows."""

    title = StringField(
        "Titre", [required("Donnez un titre, comme «\u00a0Première heure\u00a0»."), at_most(LONGEST_TITLE)]
    )
    trigger = TextAreaField(
        "Quand la sortir",
        [at_most(LONGEST_TEXT)],
        description="Ce que l’on voit ou que l’on apprend, et qui fait prendre cette fiche.",
    )
    crisis_types = BoxesField(
        "Types de crise",
        choices=choices(CrisisType),
        description="Aucun\u00a0: la fiche sert dans toutes les crises, et ne couvre aucun type à elle seule.",
    )
    orsan_plans = BoxesField("Plans ORSAN", choices=choices(OrsanPlan), description=INFERENCE)
    levels = BoxesField("Niveaux", description="À quels niveaux de votre échelle elle se sort.")
    functions = BoxesField("Fonctions de la cellule de crise")
    professions = BoxesField("Professions")
    protection = TextAreaField(
        "Protection des professionnels",
        [at_most(LONGEST_TEXT)],
        description="Équipements, zones où l’on n’entre pas sans consigne, relève et repos.",
    )
    material_note = TextAreaField(
        "Ce qu’il faut et qui n’est pas au stock",
        [at_most(LONGEST_TEXT)],
        description="Le matériel du stock s’ajoute depuis la page de la fiche, avec sa quantité.",
    )
    places = BoxesField("Lieux mobilisables")
    places_note = TextAreaField("À savoir sur les lieux", [at_most(LONGEST_TEXT)])
    stop = TextAreaField(
        "Quand on arrête",
        [at_most(LONGEST_TEXT)],
        description="Qui le décide, ce qui est transmis et à qui, ce qui est remis en état.",
    )

    def __init__(self, offered: Offered, professions: Sequence[str], /, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name in NAMED:
            self[name].choices = [SelectChoice(str(row.id), row.name) for row in getattr(offered, name)]
        self.professions.choices = [SelectChoice(one, one) for one in professions]

    def validate_title(self, field: StringField) -> None:
        if not folded(field.data or ""):
            raise ValidationError(str(Untitled()))

    def description(self) -> CardDescription:
        """What the accepted form says."""
        words: dict[str, Any] = {name: self[name].data for name in WORDS}
        rows: dict[str, Any] = {name: frozenset(map(UUID, self[name].data or ())) for name in NAMED}
        return CardDescription(
            **words,
            **rows,
            crisis_types=tuple(crisis_types(self.crisis_types.data or ())),
            orsan_plans=tuple(orsan_plans(self.orsan_plans.data or ())),
            professions=tuple(self.professions.data or ()),
        )

    def beside(self, card: ActionCard) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        stored = values_of(card)
        return [(field.name, _in_words(field, stored[field.name]), _in_words(field, field.data)) for field in self.said]

    @property
    def examples(self) -> dict[str, str]:
        """What each type of crisis is, for instance."""
        return {one.value: one.examples for one in CrisisType}

    @property
    def subjects(self) -> dict[str, str]:
        """What each ORSAN plan is for."""
        return {one.value: one.subject for one in OrsanPlan}

    @property
    def said(self) -> list[Any]:
        """The fields that say something of the card, in the order of the form."""
        return [field for field in self if field.name in (*WORDS, *NAMED, *BOXES)]


class AddCardForm(CardFields, CreateForm):
    """A card to add."""


class CardForm(CardFields, AnsweringFields, EditForm):
    """A card as it stands, and the open improvements that a change may answer."""

    @classmethod
    def of(
        cls, card: ActionCard, offered: Offered, professions: Sequence[str], improvements: Sequence[Improvement]
    ) -> CardForm:
        stored = values_of(card)
        return cls(offered, professions, improvements=improvements, formdata=None, seen_version=card.version, **stored)


class UncoveredForm(EditForm):
    """Why no card covers a crisis type."""

    reason = TextAreaField(
        "Motif",
        [required("Écrivez en une phrase pourquoi aucune fiche ne couvre ce type de crise."), at_most(1_000)],
        description="Il est imprimé dans le plan, à la place des fiches\u00a0: l’ARS le lira.",
    )

    @classmethod
    def of(cls, said: UncoveredType | None) -> UncoveredForm:
        """The form as the reason stands; version 0 when none was given yet."""
        return cls(formdata=None, reason=said.reason if said else "", seen_version=said.version if said else 0)


BOXES = ("crisis_types", "orsan_plans", "professions")
"""Lists of values kept on the card itself."""


def values_of(card: ActionCard) -> dict[str, Any]:
    """Field by field, what a card says, as its form holds it."""
    return {
        **{name: getattr(card, name) for name in (*WORDS, *BOXES)},
        **{name: [str(row.id) for row in getattr(card, name)] for name in NAMED},
    }


def _in_words(field: Any, value: Any) -> str:
    """A text as it is; boxes by their labels."""
    if not isinstance(field, BoxesField):
        return value or ""
    return ", ".join(one.label for one in field.choices or () if one.value in (value or ()))
