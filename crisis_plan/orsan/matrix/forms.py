"""What people write of the links with ORSAN: 25 boxes, a reason where none is ticked, a text a provision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.orsan.catalogue import OrsanPlan, Provision
from crisis_plan.orsan.matrix.stances import Stance
from crisis_plan.web.fields import EditForm, at_most

if TYPE_CHECKING:
    from crisis_plan.orsan.matrix.models import OrsanStance

Rows = list[tuple[str, Any, Any]]


def _links(crisis_type: CrisisType) -> SelectMultipleField:
    return SelectMultipleField(
        f"Type\u00a0{crisis_type.number}\u00a0: {crisis_type.label}",
        choices=[SelectChoice(plan.value, f"{plan.label} – {plan.subject}") for plan in OrsanPlan],
        description=f"Par exemple\u00a0: {crisis_type.examples}.",
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


def _reason(crisis_type: CrisisType) -> StringField:
    return StringField(f"Si aucun plan n’est coché pour le type\u00a0{crisis_type.number}, pourquoi", [at_most(500)])


def _provision(provision: Provision) -> TextAreaField:
    return TextAreaField(provision.label, [at_most(2_000)])


class StanceForm(EditForm):
    """How the plan of the CPTS fits with ORSAN; opened for the first time, it holds what is proposed."""

    links_injured = _links(CrisisType.INJURED)
    reason_injured = _reason(CrisisType.INJURED)
    links_ill = _links(CrisisType.ILL)
    reason_ill = _reason(CrisisType.ILL)
    links_infectious = _links(CrisisType.INFECTIOUS)
    reason_infectious = _reason(CrisisType.INFECTIOUS)
    links_nrc = _links(CrisisType.NRC)
    reason_nrc = _reason(CrisisType.NRC)
    links_care_disrupted = _links(CrisisType.CARE_DISRUPTED)
    reason_care_disrupted = _reason(CrisisType.CARE_DISRUPTED)
    provision_human_resources = _provision(Provision.HUMAN_RESOURCES)
    provision_vaccination = _provision(Provision.VACCINATION)
    provision_critical_care = _provision(Provision.CRITICAL_CARE)
    provision_evacuation = _provision(Provision.EVACUATION)
    provision_screening = _provision(Provision.SCREENING)
    provision_securing = _provision(Provision.SECURING)
    provision_reinforcements = _provision(Provision.REINFORCEMENTS)
    provision_cyber_security = _provision(Provision.CYBER_SECURITY)

    @classmethod
    def of(cls, stance: Stance, stored: OrsanStance | None) -> StanceForm:
        known: dict[str, Any] = {f"links_{one.value}": _values(stance, one) for one in CrisisType}
        known |= {f"reason_{one.value}": text for one, text in stance.reasons.items()}
        known |= {f"provision_{one.value}": text for one, text in stance.provisions.items()}
        return cls(formdata=None, seen_version=stored.version if stored else 0, **known)

    def stance(self) -> Stance:
        """What the accepted form says."""
        return Stance(
            frozenset((one, OrsanPlan(value)) for one in CrisisType for value in self[f"links_{one.value}"].data or ()),
            {one: self[f"reason_{one.value}"].data for one in CrisisType if self[f"reason_{one.value}"].data},
            {one: self[f"provision_{one.value}"].data for one in Provision if self[f"provision_{one.value}"].data},
        )

    def beside(self, stance: Stance) -> Rows:
        """Field by field, what is stored and what was typed."""
        typed = self.stance()
        return [
            *((f"links_{one.value}", _in_words(stance, one), _in_words(typed, one)) for one in CrisisType),
            *((f"reason_{one.value}", stance.reasons.get(one, ""), typed.reasons.get(one, "")) for one in CrisisType),
            *(
                (f"provision_{one.value}", stance.provisions.get(one, ""), typed.provisions.get(one, ""))
                for one in Provision
            ),
        ]


def _values(stance: Stance, crisis_type: CrisisType) -> list[str]:
    return [plan.value for plan in OrsanPlan if (crisis_type, plan) in stance.links]


def _in_words(stance: Stance, crisis_type: CrisisType) -> str:
    return ", ".join(plan.label for plan in OrsanPlan if (crisis_type, plan) in stance.links) or "aucun"
