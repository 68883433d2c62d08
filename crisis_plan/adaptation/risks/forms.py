"""What people write of a risk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.adaptation.risks.descriptions import LONGEST_NAME, RiskDescription, RiskRefused
from crisis_plan.adaptation.risks.rules import NAMED_LIST, NO_IMPOSED_SCALE, Likelihood, RiskKind, Severity
from crisis_plan.organisations import communes
from crisis_plan.web.fields import CreateForm, EditForm, at_most, choices, required
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.adaptation.risks.models import Risk

PLAIN = ("name", "areas", "facilities", "note")
"""Fields whose value is stored as it is typed."""
NOT_JUDGED = "Pas encore jugée"


def scale(of: type[Likelihood] | type[Severity]) -> list[SelectChoice]:
    return [SelectChoice("", NOT_JUDGED), *(SelectChoice(str(one.value), one.label) for one in of)]


class RiskFields(NobodyNamed):
    """A risk, how it is judged, and what it would reach."""

    named_list = NAMED_LIST
    no_imposed_scale = NO_IMPOSED_SCALE

    name = StringField(
        "Nom du risque",
        [required("Donnez un nom au risque, comme «\u00a0Crue du Gardon\u00a0»."), at_most(LONGEST_NAME)],
    )
    kind = SelectField(
        "Nature",
        choices=choices(RiskKind),
        description=f"Les huit premières sont celles de la {NAMED_LIST}.",
    )
    likelihood = RadioField("Probabilité", choices=scale(Likelihood), default="")
    severity = RadioField(
        "Gravité", choices=scale(Severity), default="", description="Pour la santé de la population et pour les soins."
    )
    commune_codes = SelectMultipleField(
        "Communes exposées",
        description="Aucune case cochée\u00a0: tout le territoire.",
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    areas = TextAreaField(
        "Secteurs isolés",
        [at_most(2_000)],
        description="Hameaux, routes coupées, campings. Des lieux, jamais des personnes.",
    )
    facilities = TextAreaField(
        "Lieux de soins exposés",
        [at_most(2_000)],
        description="Hôpital, EHPAD, cabinets, pharmacies qui seraient touchés ou coupés.",
    )
    crisis_types = SelectMultipleField(
        "Types de crise qu’il peut provoquer",
        choices=choices(CrisisType),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    note = TextAreaField("Remarque", [at_most(2_000)])

    meanings = {
        "likelihood": {str(one.value): one.meaning for one in Likelihood},
        "severity": {str(one.value): one.meaning for one in Severity},
    }

    def __init__(self, codes: Collection[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.commune_codes.choices = [SelectChoice(one.code, one.name) for one in communes.communes(codes)]

    def description(self) -> RiskDescription:
        """What the accepted form says."""
        return RiskDescription(
            **{name: self[name].data for name in PLAIN},
            kind=RiskKind(self.kind.data),
            likelihood=Likelihood(int(self.likelihood.data)) if self.likelihood.data else None,
            severity=Severity(int(self.severity.data)) if self.severity.data else None,
            commune_codes=tuple(self.commune_codes.data or ()),
            crisis_types=tuple(crisis_types(self.crisis_types.data or ())),
        )

    def refuse(self, refusal: RiskRefused) -> None:
        """Put the refusal beside the field that it is about."""
        self[refusal.field].errors = [str(refusal)]

    def beside(self, risk: Risk) -> list[tuple[str, Any, Any]]:
        """Field by field, what is stored and what was typed."""
        typed = self.description()
        return [
            *((name, getattr(risk, name), self[name].data) for name in PLAIN),
            ("kind", risk.kind.label, typed.kind.label),
            ("likelihood", _judgement(Likelihood, risk.likelihood), _judgement(Likelihood, typed.likelihood)),
            ("severity", _judgement(Severity, risk.severity), _judgement(Severity, typed.severity)),
            ("commune_codes", commune_names(risk.commune_codes), commune_names(typed.commune_codes)),
            ("crisis_types", _types(risk.crisis_types), _types(typed.crisis_types)),
        ]


class AddRiskForm(RiskFields, CreateForm):
    """A risk to add."""


class RiskForm(RiskFields, EditForm):
    """A risk as it stands."""

    @classmethod
    def of(cls, risk: Risk, codes: Collection[str]) -> RiskForm:
        known = {name: getattr(risk, name) for name in (*PLAIN, "commune_codes", "crisis_types")}
        judged = {name: str(getattr(risk, name) or "") for name in ("likelihood", "severity")}
        return cls(codes, formdata=None, seen_version=risk.version, kind=risk.kind.value, **known, **judged)


class SetAsideForm(NobodyNamed, EditForm):
    """Why a risk is not retained."""

    reason = TextAreaField(
        "Pourquoi l’écarter",
        [
            required("Dites pourquoi ce risque est écarté\u00a0: le plan imprime la raison."),
            at_most(1_000),
        ],
        description="Par exemple «\u00a0Aucun site industriel à risque à moins de 30 km\u00a0».",
    )


def commune_names(codes: Sequence[str]) -> str:
    """« Collias, Remoulins »; the whole territory where none is named."""
    return ", ".join(one.name for one in communes.communes(codes)) or "Tout le territoire"


def _judgement(scale: type[Likelihood] | type[Severity], value: int | None) -> str:
    return NOT_JUDGED if value is None else scale(value).label


def _types(stored: Sequence[str]) -> str:
    return ", ".join(one.label for one in crisis_types(stored))
