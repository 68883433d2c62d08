"""Forms whose texts name nobody: what looks like an identity is asked about once, never refused (domain, section 7)."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, HiddenField, StringField

from crisis_plan.identities import names_a_person
from crisis_plan.web.fields import Form

ASKED = (
    "Ce texte semble contenir un numéro de sécurité sociale, ou une date de naissance à côté d’un nom. "
    "Retirez-les, ou cochez la case au bas du formulaire."
)


class NobodyNamed(Form):
    """A form that comes back once with its doubt, and the box that answers it."""

    is_nobody = BooleanField(
        "Ce n’est ni le numéro ni la date de naissance d’une personne\u00a0: enregistrer quand même"
    )

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if self.is_nobody.data or not (doubtful := self._doubtful()):
            return is_valid
        for field in doubtful:
            field.errors = [*field.errors, ASKED]
        return False

    @property
    def doubts(self) -> bool:
        """Whether one of its texts may hold an identity: the page then shows the box."""
        return bool(self._doubtful())

    def _doubtful(self) -> list[Field]:
        texts = (field for field in self if isinstance(field, StringField) and not isinstance(field, HiddenField))
        return [field for field in texts if names_a_person(field.data or "")]
