"""The field of a form that holds a contact of the directory, found by searching."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from crisis_plan.anticipation.directory.choosing import Choice, Chooser, Proposed, cleaned
from crisis_plan.web.fields import Form

SEARCH = "search"
"""The name of the button « Chercher »; its value is the name of the field that is searched for."""
UNDECIDED = "Choisissez quelqu’un dans la liste, ou videz la recherche."


class ContactField(Field):
    """A contact by its id. Without a script, the form itself carries the search and comes back with the answers."""

    data: str
    chooser: Chooser
    words = ""
    """What is looked for."""
    answered = ""
    """The words that the choices on the page answered to."""
    is_pressed = False
    """Whether the button « Chercher » sent the form."""

    def __init__(self, label: str = "", validators: Any = (), *, nobody: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.nobody = nobody
        """What choosing nobody is called, where one may: « Aucun contact »."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(formdata, data, extra_filters)
        typed = formdata or {}
        self.words = cleaned(typed.get(f"{self.name}-q", ""))
        self.answered = cleaned(typed.get(f"{self.name}-seen", ""))
        self.is_pressed = typed.get(SEARCH) == self.name

    def process_data(self, value: Any) -> None:
        self.data = str(value) if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if self.data and self.chosen is None:
            raise StopValidation("Cette personne n’est plus dans l’annuaire\u00a0: choisissez-en une autre.")

    @property
    def is_searching(self) -> bool:
        """Whether the form was sent to search: by its button, or with words that nothing on the page answered."""
        return self.is_pressed or (bool(self.words) and self.words != self.answered)

    @property
    def is_undecided(self) -> bool:
        """Whether somebody was looked for, found perhaps, and nobody chosen: Enter in the search box saves nothing."""
        return bool(self.words) and not self.data

    @cached_property
    def chosen(self) -> Choice | None:
        """The contact that is chosen; none for nobody, or for someone who left the directory."""
        return self.chooser.named(self.data) if self.data else None

    @property
    def chosen_name(self) -> str:
        """Who is chosen, as a conflict shows it; empty for nobody."""
        return self.chosen.name if self.chosen else ""

    @cached_property
    def proposed(self) -> Proposed:
        """The contacts that answer to the words."""
        return self.chooser.proposed(self.words)

    @property
    def contact_id(self) -> UUID | None:
        """The id of the chosen contact, once the form is accepted; none for nobody."""
        return UUID(self.data) if self.data else None

    @property
    def required_id(self) -> UUID:
        """The same, of a required field."""
        return UUID(self.data)


class ChoosingForm(Form):
    """A form with a contact to choose. While one searches nothing is validated, and so nothing is saved."""

    def __init__(self, chooser: Chooser, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for field in self:
            if isinstance(field, ContactField):
                field.chooser = chooser

    def validate(self, extra_validators: Any = None) -> bool:
        fields = [field for field in self if isinstance(field, ContactField)]
        if any(field.is_searching for field in fields):
            return False
        is_valid = super().validate(extra_validators)
        for field in fields:
            if field.is_undecided and not field.errors:
                field.errors = [UNDECIDED]
                is_valid = False
        return is_valid
