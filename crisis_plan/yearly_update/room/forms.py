"""What is typed to sign."""

from __future__ import annotations

from wtforms import HiddenField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional

from crisis_plan.web.nobody import NobodyNamed

LONGEST_NOTE = 300


class SignForm(NobodyNamed):
    """The things that somebody read again and that need no change, ticked or by the button of one."""

    base = IntegerField("Version", widget=HiddenField.widget, default=0, validators=[Optional()])
    """The number of the version since which they were read."""
    things = SelectMultipleField("Éléments", validate_choice=False)
    only = HiddenField()
    """The one thing whose own button was pressed."""
    note = StringField(
        "Note",
        description="Gardée avec chaque élément signé, et imprimée dans l’édition restreinte.",
        validators=[Optional(), Length(max=LONGEST_NOTE, message="300 caractères au plus.")],
    )

    @property
    def chosen(self) -> list[str]:
        """The names of what is to be signed."""
        return [self.only.data] if self.only.data else list(self.things.data or ())
