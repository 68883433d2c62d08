"""What people type: fields that read French input kindly, and the form that all others extend."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, IntegerField, PasswordField, SelectChoice, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.i18n import get_translations
from wtforms.validators import Length, StopValidation, ValidationError

from crisis_plan.web.formats import number

REQUIRED = "Renseignez ce champ."
BREAKS = re.compile(r"[\x01-\x1f\x7f\x85\u2028\u2029]+")
NUL_DROPPED = "Un caractère invisible a été retiré de ce texte : relisez-le, puis envoyez de nouveau."
NOT_OF_THE_LIST = "Choisissez une valeur de la liste."
OWN_SENTENCES = {
    "Not a valid choice.": NOT_OF_THE_LIST,
    "Invalid Choice: could not coerce.": NOT_OF_THE_LIST,
    "Invalid choice(s): one or more data inputs could not be coerced.": NOT_OF_THE_LIST,
    "'%(value)s' is not a valid choice for this field.": NOT_OF_THE_LIST,
}


class Sentences:
    """The library's sentences, some of them said our way."""

    def __init__(self, library: Any) -> None:
        self.library = library

    def gettext(self, sentence: str) -> str:
        return OWN_SENTENCES.get(sentence) or str(self.library.gettext(sentence))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return OWN_SENTENCES.get(singular) or str(self.library.ngettext(singular, plural, count))


@cache
def _in_french() -> Sentences:
    return Sentences(get_translations(["fr"]))


class Form(FlaskForm):
    """Every form: NUL bytes refused, spaces around text dropped, one message a field."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: BaseForm) -> object:
            """The library's own sentences, in French, and ours where it speaks to nobody."""
            return _in_french()

        def bind_field(self, form: BaseForm, unbound_field: Any, options: dict[str, Any]) -> Field:
            filters = list(unbound_field.kwargs.get("filters", ()))
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                takes_lines = issubclass(kind, TextAreaField | HiddenField)
                options = {**options, "filters": [stripped if takes_lines else on_one_line, *filters]}
            return unbound_field.bind(form=form, **options)

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        for field in self:
            if _drop_nul(field):
                field.errors = list(field.errors) or [NUL_DROPPED]
                is_valid = False
        return bool(is_valid)


def _drop_nul(field: Field) -> bool:
    """Take NUL characters out of what was typed, so that it can be shown again. Whether there were any."""
    typed = [value for value in field.raw_data or () if isinstance(value, str)]
    if not any("\x00" in value for value in typed):
        return False
    field.raw_data = [value.replace("\x00", "") for value in typed]
    if isinstance(field.data, str):
        field.data = field.data.replace("\x00", "")
    return True


class CreateForm(Form):
    """A form that creates: sent twice, it creates once (`once.creates_once`)."""

    creation_key = HiddenField(default=lambda: str(uuid.uuid4()))

    @property
    def key(self) -> uuid.UUID | None:
        """What this sending is recognised by; none when it is unreadable."""
        try:
            return uuid.UUID(self.creation_key.data or "")
        except ValueError:
            return None


class EditForm(Form):
    """A form that edits: it knows the version that it was opened at."""

    seen_version = IntegerField(widget=HiddenField.widget, default=0)

    def reopen_at(self, version: int) -> None:
        """After a conflict was shown: sending again keeps what is typed, over what is stored now."""
        self.seen_version.data = version
        self.seen_version.raw_data = None


def stripped(text: str | None) -> str:
    """Without the spaces around it; line ends as the web knows them, whatever the browser sent."""
    return (text or "").replace("\r\n", "\n").strip()


def on_one_line(text: str | None) -> str:
    """What was typed or pasted in a field of one line: line ends and other controls become spaces."""
    return BREAKS.sub(" ", (text or "").strip())


class Required:
    """The field must say something once cleaned: a space is nothing, zero is something."""

    field_flags = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: BaseForm, field: Field) -> None:
        if field.data not in (None, "", [], "None"):
            return
        if field.errors:  # what was typed could not be read: that is said already
            raise StopValidation
        raise StopValidation(self.message)


def required(message: str = REQUIRED) -> Required:
    """The field must be filled; `message` says what to write in it."""
    return Required(message)


def at_most(length: int) -> Length:
    """The text must be no longer."""
    return Length(max=length, message=f"{number(length)} caractères au plus.")


def email_address(_form: BaseForm, field: Field) -> None:
    """A validator: the shape of an e-mail address, kept in lower case."""
    if not field.data:
        return
    try:
        field.data = validate_email(field.data, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        raise ValidationError("Cette adresse n’est pas complète : écrivez-la comme nom@exemple.fr.") from None


class FrenchDateField(DateField):
    """A date, typed as JJ/MM/AAAA or picked by the browser."""

    data: Any

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata([valuelist[0].strip()])
        except ValueError:
            raise ValueError("Cette date n’existe pas : écrivez-la comme 31/12/2026.") from None
        if isinstance(self.data, date) and not 1900 <= self.data.year <= 2200:
            self.data = None
            raise ValueError("Cette année n’est pas plausible.")

    @property
    def day(self) -> date:
        """The date of a required field, once its form is accepted."""
        if not isinstance(self.data, date):
            raise TypeError("no date was accepted")
        return self.data


class WholeNumberField(IntegerField):
    """A whole number, typed as 1 200 or 1200."""

    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        typed = "".join(valuelist[0].split()).replace("\u202f", "").replace("\u00a0", "")
        if not typed.lstrip("-").isascii() or not typed.lstrip("-").isdigit() or len(typed) > 9:
            self.data = None
            raise ValueError("Écrivez un nombre entier, comme 1 200.")
        self.data = int(typed)


def choices(kind: Iterable[Any]) -> list[SelectChoice]:
    """The members of an enumeration, by their French labels."""
    return [SelectChoice(member.value, member.label) for member in kind]


def as_date(text: str) -> date | None:
    """A date written in one of the ways of French spreadsheets; none when it is no date."""
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"):
        try:
            return datetime.strptime(text.strip(), shape).date()
        except ValueError:
            continue
    return None
