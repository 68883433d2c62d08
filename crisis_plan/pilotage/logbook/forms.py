"""What people write in the logbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wtforms import Field, HiddenField, MultipleFileField, RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan import clock
from crisis_plan.pilotage.logbook.rules import KINDS_BY_KEY, TYPED, EntryKind, Written, is_believable
from crisis_plan.web.attachments import ACCEPTED, Attachment, read_attachment
from crisis_plan.web.fields import CreateForm, FrenchDateField, at_most, choices, required
from crisis_plan.web.nobody import NobodyNamed
from crisis_plan.web.times import TimeField, at_this_time, last_time
from crisis_plan.web.uploads import AT_MOST, UploadRefused

LONGEST_TEXT = 10_000
DOCUMENTS_AT_ONCE = 3
CHANNELS = ("Téléphone", "Courriel", "SMS", "Messagerie", "Radio", "En personne", "Visioconférence")
"""Proposed for how it came or left; any other word is accepted."""
WORDS = (
    "text", "origin", "recipient", "channel", "quote", "analysis", "options", "reason", "known", "decided_by",
    "late_reason",
)  # fmt: skip
"""Fields that are kept as they are typed."""


class EntryForm(NobodyNamed, CreateForm):
    """An entry: its text is enough, all the rest may follow or stay empty."""

    text = TextAreaField(
        "Que se passe-t-il\u00a0?",
        [required("Écrivez le fait en quelques mots."), at_most(LONGEST_TEXT)],
        id="entree-texte",
    )
    kind = RadioField(
        "Nature", choices=choices(TYPED), default=EntryKind.INFORMATION.value, id="entree-nature", coerce=str
    )
    happened_at_date = FrenchDateField(
        "Jour du fait", id="entree-jour", description="Laissez vide si c’est maintenant.", render_kw={"type": "date"}
    )
    happened_at_time = TimeField("Heure du fait", id="entree-heure", render_kw={"type": "time"})
    late_reason = StringField(
        "Pourquoi noter ce fait maintenant\u00a0?",
        [at_most(300)],
        id="entree-retard",
        description="Par exemple «\u00a0personne au clavier à cette heure-là\u00a0».",
    )
    origin = StringField(
        "De qui",
        [at_most(300)],
        id="entree-de",
        description="Qui l’a dit, demandé ou dicté, et au nom de qui.",
        render_kw={"autocomplete": "off"},
    )
    recipient = StringField("À qui", [at_most(300)], id="entree-a", render_kw={"autocomplete": "off"})
    channel = StringField(
        "Par quel moyen", [at_most(80)], id="entree-moyen", render_kw={"list": "moyens", "autocomplete": "off"}
    )
    quote = TextAreaField("Mot pour mot", [at_most(LONGEST_TEXT)], id="entree-citation")
    analysis = TextAreaField(
        "Analyse", [at_most(LONGEST_TEXT)], id="entree-analyse", description="Ce que l’on en pense, à part du fait."
    )
    reason = TextAreaField("Raison de la décision", [at_most(LONGEST_TEXT)], id="entree-raison")
    options = TextAreaField("Autres choix envisagés", [at_most(LONGEST_TEXT)], id="entree-options")
    known = TextAreaField("Ce que l’on savait alors", [at_most(LONGEST_TEXT)], id="entree-connu")
    decided_by = StringField(
        "Qui a décidé",
        [at_most(300)],
        id="entree-decideur",
        description="Sa fonction, et son nom.",
        render_kw={"list": "decideurs", "autocomplete": "off"},
    )
    documents = MultipleFileField(
        "Documents",
        id="entree-documents",
        description=f"{ACCEPTED}, 10 Mo chacun, {DOCUMENTS_AT_ONCE} à la fois au plus.",
        render_kw=AT_MOST,
    )
    device_at = HiddenField()

    def __init__(self, *, deciders: Sequence[str] = (), is_log_closed: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_log_closed = is_log_closed
        self.deciders = deciders
        self.channels = CHANNELS
        self.keys = {kind.value: key for key, kind in KINDS_BY_KEY.items()}

    @property
    def written_at(self) -> datetime | None:
        """The device's clock, for what was typed without network."""
        try:
            typed = datetime.fromisoformat(self.device_at.data or "")
        except (ValueError, OverflowError):
            return None
        return typed if typed.tzinfo else None

    @property
    def opens_details(self) -> bool:
        """Whether something beyond the two fields was typed or refused: it is then shown."""
        beyond = (self[name] for name in (*WORDS[1:-1], "happened_at_date", "happened_at_time", "documents"))
        return any(field.errors or (isinstance(field.data, str) and field.data) for field in beyond) or bool(
            self.happened_at_date.data or self.happened_at_time.data
        )

    def validate_happened_at_time(self, field: Field) -> None:
        if field.data is None and not field.errors and self.happened_at_date.data:
            raise ValidationError("Ajoutez l’heure à ce jour.")

    def validate_documents(self, field: Field) -> None:
        if len(self.uploads) > DOCUMENTS_AT_ONCE:
            raise ValidationError(f"{DOCUMENTS_AT_ONCE} documents à la fois au plus\u00a0: notez les autres ensuite.")

    @property
    def uploads(self) -> list[Any]:
        return [one for one in self.documents.data or () if getattr(one, "filename", "")]

    def _doubtful(self) -> list[Field]:
        """What was typed without network, or reaches a closed log, is never held back: the page marks it instead."""
        return [] if self.written_at or self.is_log_closed else super()._doubtful()

    def written(self, place: clock.HasTimeZone, *, opened_at: datetime, now: datetime) -> Written:
        """What the accepted form says; an hour without its day is told by the device’s clock where it can be right."""
        device_at = self.written_at
        typed_at = device_at if device_at and is_believable(device_at, opened_at, now) else now
        words: dict[str, Any] = {name: self[name].data or "" for name in WORDS}
        return Written(
            kind=EntryKind(self.kind.data),
            happened_at=self._happened_at(place, typed_at),
            device_at=device_at,
            client_key=self.key,
            **words,
        )

    def _happened_at(self, place: clock.HasTimeZone, now: datetime) -> datetime | None:
        if self.happened_at_time.data is None:
            return None
        if self.happened_at_date.data is None:
            return last_time(self.happened_at_time.data, place, now)
        return at_this_time(self.happened_at_date.day, self.happened_at_time.data, place)

    def attachments(self) -> list[Attachment]:
        """The documents, read. Raises `UploadRefused`, which says which one."""
        return [_read(one) for one in self.uploads]


class CorrectionForm(NobodyNamed, CreateForm):
    """What should have been read, and why it was not written so."""

    text = TextAreaField("Texte corrigé", [required("Écrivez ce qu’il fallait lire."), at_most(LONGEST_TEXT)])
    reason = StringField(
        "Pourquoi cette correction",
        [required("Dites en quelques mots pourquoi."), at_most(300)],
        description="Par exemple « chiffre mal entendu au téléphone ».",
    )

    def written(self, corrects: int) -> Written:
        return Written(
            kind=EntryKind.CORRECTION,
            text=self.text.data or "",
            reason=self.reason.data or "",
            corrects=corrects,
            client_key=self.key,
        )


class FlagForm(NobodyNamed):
    """Why an entry is to be looked at again."""

    note = StringField("Pourquoi y revenir", [at_most(300)], description="Pour le bilan. Le journal n’en dit rien.")


def _read(upload: Any) -> Attachment:
    try:
        return read_attachment(upload)
    except UploadRefused as refusal:
        raise UploadRefused(f"«\u00a0{upload.filename}\u00a0»\u00a0: {refusal}") from None
