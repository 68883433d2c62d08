"""What a CPTS changes of itself."""

from __future__ import annotations

from crisis_plan.organisations.forms import AssociationForm
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.fields import EditForm

FIELDS = ("legal_name", "address", "president")


class ParametersForm(AssociationForm, EditForm):
    """The association's name, address and president; the contract's figures are the operator's."""

    @classmethod
    def of(cls, cpts: Cpts) -> ParametersForm:
        """The form as the CPTS stands."""
        return cls(formdata=None, seen_version=cpts.version, **{name: getattr(cpts, name) for name in FIELDS})

    def changes(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in FIELDS}
