"""What people write of a neighbouring plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wtforms import Field, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.directory.contact_field import ChoosingForm, ContactField
from crisis_plan.orsan.catalogue import NeighbourKind, OrsanPlan, orsan_plans
from crisis_plan.orsan.neighbours.descriptions import NeighbourDescription, NeighbourRefused
from crisis_plan.orsan.neighbours.rules import web_address
from crisis_plan.web.fields import CreateForm, EditForm, FrenchDateField, at_most, choices, required
from crisis_plan.web.formats import short_date

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.choosing import Chooser
    from crisis_plan.orsan.neighbours.models import NeighbouringPlan

Rows = list[tuple[str, Any, Any]]
NEXT_CHECK = "Laissé vide\u00a0: un an après le jour où il a été vu."


def _boxes(label: str, members: Any, description: str = "") -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=members,
        description=description,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class NeighbourFields(ChoosingForm):
    """A plan of someone else."""

    kind = SelectField("Quel plan", [required("Choisissez de quel plan il s’agit.")])
    own_kind = StringField(
        "Précision",
        [at_most(80)],
        description="Par exemple «\u00a0intercommunal\u00a0». Nécessaire pour un autre plan que ceux de la liste.",
    )
    name = StringField(
        "Nom",
        [required("Donnez un nom au plan, comme «\u00a0Plan bleu de l’EHPAD Les Oliviers\u00a0»."), at_most(160)],
    )
    owner = StringField("Qui le tient", [at_most(160)], description="La personne morale, pas une personne.")
    contact = ContactField(
        "À qui parler de ce plan",
        nobody="Personne pour l’instant",
        description="Les numéros viennent de l’annuaire\u00a0: ils ne se recopient pas.",
    )
    edition = StringField(
        "Édition vue", [at_most(160)], description="Comme elle se nomme\u00a0: «\u00a0Édition 2025, révision B\u00a0»."
    )
    edition_seen_on = FrenchDateField("Vue le", description="Vide tant que personne de la CPTS ne l’a lue.")
    next_check_on = FrenchDateField("Prochaine vérification", description=NEXT_CHECK)
    address = StringField(
        "Adresse sur le web",
        [at_most(500)],
        description="Elle commence par https:// ou http://.",
        render_kw={"inputmode": "url", "autocomplete": "off"},
    )
    whereabouts = StringField(
        "Où le trouver sinon",
        [at_most(300)],
        description="Par exemple «\u00a0en mairie, consultable sur demande\u00a0».",
    )
    asks_of_cpts = TextAreaField("Ce qu’il demande à la CPTS", [at_most(2_000)])
    asked_by_cpts = TextAreaField("Ce que la CPTS lui demande", [at_most(2_000)])
    crisis_types = _boxes(
        "Sert dans ces types de crise",
        choices(CrisisType),
        "Sans type de crise, il n’apparaît pas dans le tableau.",
    )
    orsan_plans = _boxes(
        "Va avec ces plans ORSAN", [SelectChoice(plan.value, f"{plan.label} – {plan.subject}") for plan in OrsanPlan]
    )
    note = TextAreaField("Remarque", [at_most(2_000)], description="Pour vous\u00a0: elle n’est jamais imprimée.")

    def __init__(self, chooser: Chooser, **kwargs: Any) -> None:
        super().__init__(chooser, **kwargs)
        self.kind.choices = [SelectChoice("", "Choisissez…"), *choices(NeighbourKind)]

    def validate_address(self, field: Field) -> None:
        if not field.data:
            return
        address = web_address(field.data)
        if address is None or len(address) > 500:
            raise ValidationError("Écrivez une adresse du web, comme https://www.exemple.fr/plan.")
        field.data = address

    def description(self) -> NeighbourDescription:
        """What the accepted form says."""
        return NeighbourDescription(
            **{name: self[name].data for name in PLAIN},
            kind=NeighbourKind(self.kind.data),
            contact_id=self.contact.contact_id,
            crisis_types=tuple(crisis_types(self.crisis_types.data or ())),
            orsan_plans=tuple(orsan_plans(self.orsan_plans.data or ())),
        )

    def refuse(self, refusal: NeighbourRefused) -> None:
        """Put the refusal beside the field that it is about."""
        self[refusal.field].errors = [str(refusal)]

    def beside(self, plan: NeighbouringPlan) -> Rows:
        """Field by field, what is stored and what was typed."""
        typed = self.description()
        return [
            ("kind", plan.kind.label, typed.kind.label),
            *((name, getattr(plan, name), self[name].data) for name in PLAIN if name not in DATES),
            ("contact", plan.contact.name if plan.contact else "", self.contact.chosen_name),
            *((name, short_date(getattr(plan, name)), short_date(self[name].data)) for name in DATES),
            ("crisis_types", _types(plan.crisis_types), _types(one.value for one in typed.crisis_types)),
            ("orsan_plans", _plans(plan.orsan_plans), _plans(one.value for one in typed.orsan_plans)),
        ]


class AddNeighbourForm(NeighbourFields, CreateForm):
    """A plan to add."""


class NeighbourForm(NeighbourFields, EditForm):
    """A plan as it stands."""

    @classmethod
    def of(cls, plan: NeighbouringPlan, chooser: Chooser) -> NeighbourForm:
        known = {name: getattr(plan, name) for name in (*PLAIN, "crisis_types", "orsan_plans")}
        return cls(
            chooser,
            formdata=None,
            kind=plan.kind.value,
            contact=plan.contact_id,
            seen_version=plan.version,
            **known,
        )


DATES = ("edition_seen_on", "next_check_on")
PLAIN = (
    *("own_kind", "name", "owner", "edition", *DATES, "address", "whereabouts"),
    *("asks_of_cpts", "asked_by_cpts", "note"),
)
"""Fields whose value is stored as it is typed."""


def _types(stored: Iterable[str]) -> str:
    return ", ".join(one.label for one in crisis_types(stored))


def _plans(stored: Iterable[str]) -> str:
    return ", ".join(one.label for one in orsan_plans(stored))
