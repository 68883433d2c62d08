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
    def ticked(self) -> list[str]:
        return list(self.things.data or ())

    @property
    def chosen(self) -> list[str]:
        """The names of what is to be signed: what is ticked waits while a single thing is."""
        return [self.only.data] if self.only.data else self.ticked

    @property
    def said(self) -> str:
        """The note of what is ticked; what is signed by its own button has none."""
        return "" if self.only.data else self.note.data or ""

    def is_accepted(self) -> bool:
        """Whether it may be signed; the note that waits is not judged yet."""
        return bool(self.only.data) or self.validate()

    def next(self) -> SignForm:
        """The form to sign what comes after: empty, but for what was waiting."""
        if not self.only.data:
            return SignForm(formdata=None)
        waiting = [name for name in self.ticked if name != self.only.data]
        return SignForm(formdata=None, things=waiting, note=self.note.data or "")
