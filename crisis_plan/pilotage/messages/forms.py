"""Writing a message of a crisis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, Field, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.pilotage.calls.choices import NAMED, Audience, Choice, choice
from crisis_plan.pilotage.communication.blanks import left_to_fill
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.messages.models import MessageChannel
from crisis_plan.pilotage.messages.rules import prefixed
from crisis_plan.web.fields import CreateForm, at_most, choices
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.pilotage.communication.models import MessageModel
    from crisis_plan.pilotage.communication.preview import Preview
    from crisis_plan.pilotage.crises.models import Crisis

CHANGED = "Le public a changé\u00a0: voici qui recevra ce message. Relisez, puis envoyez."
EXERCISE = Mode.EXERCISE.prefix.strip()
OTHER = "Personne de l’annuaire"


class MessageForm(NobodyNamed, CreateForm):
    """One message, by e-mail or by a text that is copied; what each asks for is checked when it is sent."""

    audience = SelectField("À qui", choices=[SelectChoice("", OTHER), *choices(Audience)])
    which = StringField(
        "Quelle profession, ou quelle commune",
        [at_most(120)],
        description="Seulement pour «\u00a0Une profession\u00a0» ou «\u00a0Une commune\u00a0».",
        render_kw={"list": "which-ones", "autocomplete": "off"},
    )
    audience_words = StringField(
        "À qui, en toutes lettres",
        [at_most(120)],
        description="Par exemple «\u00a0Mairies du territoire\u00a0» ou «\u00a0Groupe WhatsApp des infirmiers\u00a0».",
    )
    subject = StringField("Objet du courriel", [at_most(180)])
    email_text = TextAreaField("Texte du courriel", [at_most(10_000)], description="Jamais le nom d’un patient.")
    short_text = TextAreaField("Texte court, pour SMS et messageries", [at_most(2_000)])
    as_is = BooleanField("Envoyer tel quel, sans compléter")
    seen_audience = HiddenField()
    model = HiddenField()

    def __init__(self, crisis_type: CrisisType, proposed_which: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crisis_type = crisis_type
        self.proposed_which = proposed_which
        self.is_left = False

    @classmethod
    def of(
        cls, crisis: Crisis, model: MessageModel | None, texts: Preview | None, proposed_which: Sequence[str]
    ) -> MessageForm:
        """The form as this model fills it, or empty; an exercise says so already."""
        chosen = model.choice if model else None
        names = ("subject", "email_text", "short_text")
        filled = {name: prefixed(crisis.mode.prefix, getattr(texts, name) if texts else "") for name in names}
        form = cls(
            crisis.crisis_type,
            proposed_which,
            formdata=None,
            audience=chosen.audience.value if chosen else "",
            which=chosen.which if chosen and chosen.audience in NAMED else "",
            audience_words=model.audience_words if model else "",
            model=str(model.id) if model else "",
            **filled,
        )
        form.seen_audience.data = form.named
        return form

    @property
    def choice(self) -> Choice | None:
        """Whom of the directory it goes to; volunteers are those of this type of crisis."""
        is_volunteers = self.audience.data == Audience.VOLUNTEERS
        return choice(self.audience.data or "", self.crisis_type.value if is_volunteers else self.which.data or "")

    @property
    def named(self) -> str:
        """The choice as the page carries it."""
        return "|".join((self.audience.data or "", self.which.data or ""))

    @property
    def in_words(self) -> str:
        """« Adhérents – Groupe WhatsApp »."""
        chosen = self.choice
        return " – ".join(
            words for words in (chosen.in_words if chosen else "", self.audience_words.data or "") if words
        )

    def text_for(self, channel: MessageChannel) -> str:
        """The text that leaves by this channel."""
        return (self.short_text if channel is MessageChannel.TEXT else self.email_text).data or ""

    @property
    def left(self) -> tuple[str, ...]:
        """What is still to be written, as it stands in the texts."""
        return left_in(*(self[name].data or "" for name in ("subject", "email_text", "short_text")))

    def validate_which(self, field: Field) -> None:
        if self.audience.data in NAMED and not field.data:
            raise ValidationError("Précisez la profession ou la commune, ou choisissez un autre public.")

    def accepts(self, channel: MessageChannel | None) -> bool:
        """Whether the message may leave by this channel; without one, its recipients are only to be shown."""
        is_valid = self.validate()
        has_changed = self.seen_audience.data != self.named
        self.seen_audience.data = self.named
        self.seen_audience.raw_data = None
        if channel is None or not is_valid:
            return False
        self._ask_for_what_is_missing(channel)
        if channel is MessageChannel.EMAIL and has_changed:
            _add(self.audience, CHANGED)
        self._ask_about_blanks(channel)
        return not self.errors

    def _ask_for_what_is_missing(self, channel: MessageChannel) -> None:
        if channel is MessageChannel.TEXT:
            if _says_nothing(self.short_text):
                _add(self.short_text, "Écrivez le texte qui a été envoyé.")
        else:
            if _says_nothing(self.subject):
                _add(self.subject, "Écrivez l’objet du courriel.")
            if _says_nothing(self.email_text):
                _add(self.email_text, "Écrivez le texte du courriel.")
        if channel is MessageChannel.EMAIL and not self.choice:
            _add(self.audience, "Choisissez à qui ce courriel est envoyé.")
        elif not self.in_words:
            _add(self.audience_words, "Dites à qui ce message a été envoyé.")

    def _ask_about_blanks(self, channel: MessageChannel) -> None:
        """Once: a text with something left to write goes to no one by mistake."""
        field = self.short_text if channel is MessageChannel.TEXT else self.email_text
        left = left_in(*(() if channel is MessageChannel.TEXT else (self.subject.data or "",)), field.data or "")
        self.is_left = bool(left)
        if left and not self.as_is.data:
            _add(
                field,
                f"Il reste à écrire\u00a0: {', '.join(left)}. Complétez, ou cochez «\u00a0Envoyer tel quel\u00a0».",
            )


def left_in(*texts: str) -> tuple[str, ...]:
    """What these texts leave to be written: the mark of an exercise is nothing to fill."""
    return tuple(one for one in left_to_fill(*texts) if one != EXERCISE)


def _says_nothing(field: Field) -> bool:
    """Whether it is empty, but for the mark of an exercise."""
    return not (field.data or "").removeprefix(EXERCISE).strip()


def _add(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]
