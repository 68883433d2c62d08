"""What people type of a CPTS, wherever they type it."""

from __future__ import annotations

from typing import Any

from wtforms import Field, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.organisations import communes
from crisis_plan.organisations.communes import Commune
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.fields import EditForm, Form, at_most


class AssociationForm(Form):
    """What the association says of itself."""

    legal_name = StringField("Nom de l’association", [at_most(200)])
    address = TextAreaField("Adresse du siège", [at_most(400)])
    president = StringField("Présidente ou président", [at_most(160)])


class TerritoryForm(EditForm):
    """The communes chosen in one département; those that a search hides are carried along."""

    departement = HiddenField()
    q = StringField("Chercher une commune", [at_most(80)])
    codes = SelectMultipleField("Communes", validate_choice=False)

    @classmethod
    def of(cls, cpts: Cpts, departement: str) -> TerritoryForm:
        """The form as the territory stands."""
        chosen = [one.code for one in communes.of_departement(departement)]
        stored = {one.code for one in cpts.communes}
        return cls(
            formdata=None,
            departement=departement,
            codes=[code for code in chosen if code in stored],
            seen_version=cpts.version,
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosable = communes.of_departement(self.departement.data or "")

    def validate_codes(self, field: Field) -> None:
        if not set(field.data) <= {commune.code for commune in self.choosable}:
            raise ValidationError("Une des communes n’est pas de ce département : cochez-les de nouveau.")

    @property
    def chosen(self) -> set[str]:
        return set(self.codes.data or ())

    @property
    def shown_chosen(self) -> list[Commune]:
        """Chosen communes that the search leaves."""
        return [commune for commune in self._shown if commune.code in self.chosen]

    @property
    def shown_others(self) -> list[Commune]:
        """Communes that the search leaves and that may be chosen."""
        return [commune for commune in self._shown if commune.code not in self.chosen]

    @property
    def carried(self) -> list[str]:
        """Chosen communes that the search hides."""
        return sorted(self.chosen - {commune.code for commune in self._shown})

    @property
    def _shown(self) -> list[Commune]:
        return communes.matching(self.q.data or "", self.choosable)
