"""What people type about calls."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wtforms import Field, HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.fields import IntegerField
from wtforms.validators import AnyOf, ValidationError
from wtforms.widgets import HiddenInput, TextInput

from crisis_plan import clock
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.rules import Channel, Outcome, from_when
from crisis_plan.web.fields import NOT_OF_THE_LIST, CreateForm, Form, at_most, choices, required

if TYPE_CHECKING:
    from crisis_plan.pilotage.calls.models import CallLine

COMES, DOES_NOT, NOT_SAID = "oui", "non", ""
ANSWERS = {COMES: True, DOES_NOT: False, NOT_SAID: None}


def one_of(kind: type[StrEnum], message: str) -> list[Any]:
    """Validators: one of these must be chosen; the library’s own check would hide our sentence."""
    return [required(message), AnyOf([member.value for member in kind], message=NOT_OF_THE_LIST)]


class TimeField(Field):
    """A time of day, typed as 14:30, 14h30 or 14."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip().lower().replace("h", ":").replace(" ", "") if valuelist else ""
        self.data: time | None = _time(typed)
        if typed and self.data is None:
            raise ValueError("Écrivez une heure comme 14:30.")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0]).replace("\x00", "")
        return f"{self.data:%H:%M}" if self.data else ""


def _time(typed: str) -> time | None:
    hours, _, minutes = typed.partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None


class OpenForm(CreateForm):
    """A communications test: what is said, and by which channel."""

    title = StringField(
        "Titre",
        [required("Donnez un titre, comme «\u00a0Test de communication de novembre\u00a0»."), at_most(160)],
    )
    channel = RadioField(
        "Comment les joindre", one_of(Channel, "Choisissez un moyen."), choices=choices(Channel), validate_choice=False
    )
    message = TextAreaField(
        "Message",
        [required("Écrivez ce qui sera dit ou envoyé."), at_most(1_000)],
        description="Ce que disent les appelants, ou ce qui est envoyé. Dites que c’est un test.",
    )
    audience = HiddenField()
    which = HiddenField()


class AvailabilityForm(Form):
    """Whether someone comes, and from when: without « oui », what stands in the field of the time says nothing."""

    comes: RadioField
    available_from = TimeField(
        "À partir de quelle heure",
        description="Comme 14:30. Une heure déjà passée veut dire demain. Laissez vide si c’est tout de suite.",
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if self.comes.data != COMES:
            self.available_from.data, self.available_from.process_errors = None, []
        return super().validate(extra_validators)

    def available_at(self, place: clock.HasTimeZone, at: datetime) -> datetime | None:
        """The moment meant, by the CPTS's clocks; none when it is at once."""
        typed = self.available_from.data
        return from_when(typed, clock.local(at, place)) if typed else None


class AttemptForm(AvailabilityForm, CreateForm):
    """What came of a call."""

    outcome = RadioField(
        "Résultat de l’appel",
        one_of(Outcome, "Dites ce qui s’est passé."),
        choices=choices(Outcome),
        validate_choice=False,
    )
    comes = RadioField(
        "Vient-elle, vient-il\u00a0?",
        choices=[
            SelectChoice(COMES, "Vient"),
            SelectChoice(DOES_NOT, "Ne vient pas"),
            SelectChoice(NOT_SAID, "Non demandé"),
        ],
        default=NOT_SAID,
    )
    note = StringField("Remarque", [at_most(300)])
    seen_attempts = IntegerField(widget=HiddenInput(), default=0)

    def validate_comes(self, field: Field) -> None:
        if field.data and self.outcome.data and self.outcome.data != Outcome.REACHED:
            raise ValidationError(
                "Seule une personne jointe peut dire si elle vient\u00a0: choisissez «\u00a0Joint\u00a0»."
            )

    def report(self, place: clock.HasTimeZone, at: datetime) -> Report:
        return Report(
            Outcome(self.outcome.data),
            ANSWERS[self.comes.data or ""],
            self.available_at(place, at),
            self.note.data or "",
        )

    def reopen_after(self, attempts: int) -> None:
        """Somebody else noted something: sending again adds to it."""
        self.seen_attempts.data = attempts
        self.seen_attempts.raw_data = None


class AnswerForm(AvailabilityForm):
    """What a person says by their personal link: by sending it, that they can be reached."""

    comes = RadioField(
        "Pouvez-vous venir\u00a0?",
        choices=[
            SelectChoice(COMES, "Oui, je viens"),
            SelectChoice(DOES_NOT, "Non, je ne viens pas"),
            SelectChoice(NOT_SAID, "Je suis seulement joignable"),
        ],
        default=NOT_SAID,
    )

    def report(self, place: clock.HasTimeZone, at: datetime) -> Report:
        return Report(Outcome.REACHED, ANSWERS[self.comes.data or ""], self.available_at(place, at))

    def fill(self, line: CallLine, place: clock.HasTimeZone) -> None:
        """What the person answered already."""
        self.comes.data = {True: COMES, False: DOES_NOT, None: NOT_SAID}[line.comes]
        if line.available_at:
            self.available_from.data = clock.local(line.available_at, place).time()


def channel_hints(without_phone: int, without_email: int) -> dict[str, Any]:
    """What each channel asks for, said beside it."""
    phone = f"{without_phone} sans téléphone dans l’annuaire" if without_phone else "Tous ont un téléphone"
    email = (
        f"{without_email} sans courriel dans l’annuaire\u00a0: à appeler" if without_email else "Tous ont un courriel"
    )
    return {Channel.TELEPHONE.value: phone, Channel.SMS.value: phone, Channel.EMAIL.value: email}
