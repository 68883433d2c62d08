"""What people write in a debrief: its texts, its dates, its meetings, what they say of a figure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan import clock
from crisis_plan.evaluation.debriefs.comments import mark_of_comment
from crisis_plan.evaluation.debriefs.dates import BeforeTheEnd, refuse_before
from crisis_plan.evaluation.debriefs.meetings import Told
from crisis_plan.evaluation.debriefs.rules import LONGEST_TEXT
from crisis_plan.evaluation.debriefs.texts import WrittenHeading, mark_of_course, mark_of_text
from crisis_plan.evaluation.follow_up.fields import OwnerFields
from crisis_plan.web.fields import EditForm, FrenchDateField, at_most, required
from crisis_plan.web.formats import short_date
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief, DebriefMeeting, FigureComment
    from crisis_plan.organisations.models import Cpts

LONGEST_COMMENT = 2_000
LABELS = {WrittenHeading.DESCRIPTION: "Description", WrittenHeading.LESSONS: "Enseignements"}


class TextForm(NobodyNamed, EditForm):
    """One of the two headings that are a text, in light Markdown."""

    text = TextAreaField(
        "Texte",
        [at_most(LONGEST_TEXT)],
        description="Des faits, des comptes, jamais le nom d’un patient. Une ligne vide fait un nouveau paragraphe, "
        "un tiret en début de ligne fait une liste.",
    )

    def __init__(self, heading: WrittenHeading, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.text.label.text = LABELS[heading]

    @classmethod
    def of(cls, debrief: Debrief, heading: WrittenHeading, proposed: str) -> TextForm:
        """The stored text; the proposed one while nobody wrote."""
        text = getattr(debrief, heading.value) or proposed
        return cls(heading, formdata=None, text=text, seen_version=mark_of_text(debrief, heading))


class CommentForm(NobodyNamed, EditForm):
    """What is said of a figure; empty, it is taken off."""

    text = TextAreaField(
        "Commentaire",
        [at_most(LONGEST_COMMENT)],
        description="Ce qui l’explique, ce qu’il ne montre pas. Le chiffre lui-même ne change pas. Vidé, le "
        "commentaire est retiré.",
    )

    @classmethod
    def of(cls, said: FigureComment | None) -> CommentForm:
        return cls(formdata=None, text=said.text if said else "", seen_version=mark_of_comment(said))


class CourseForm(OwnerFields, EditForm):
    """Who keeps the debrief, and by when it is to be validated."""

    report_on = FrenchDateField(
        "Valider le bilan pour le",
        [required("Indiquez pour quand, comme 31/12/2026.")],
        description="Repère\u00a0: quatre semaines après le dernier retour.",
    )

    def __init__(self, cpts: Cpts, debrief: Debrief, **kwargs: Any) -> None:
        super().__init__(cpts, **kwargs)
        self.over_on, self.stored_day = debrief.over_on, debrief.report_on

    def validate_report_on(self, field: Field) -> None:
        if field.data != self.stored_day:
            refuse_early_day(self.over_on, field)

    @classmethod
    def of(cls, cpts: Cpts, debrief: Debrief) -> CourseForm:
        stored = cls.stored_owner(debrief)
        return cls(
            cpts, debrief, formdata=None, report_on=debrief.report_on, seen_version=mark_of_course(debrief), **stored
        )

    def beside(self, debrief: Debrief) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        return [
            ("owner_choice", debrief.owner_name, self.owner().name),
            ("report_on", short_date(debrief.report_on), short_date(self.report_on.data)),
        ]


class MeetingForm(NobodyNamed, EditForm):
    """One of the three meetings: planned, held, or not to be held."""

    planned_on = FrenchDateField("Prévu le")
    held_on = FrenchDateField("Tenu le", description="Le jour où il a eu lieu.")
    facilitator = StringField(
        "Animé par", [at_most(160)], description="De préférence quelqu’un qui n’a pas dirigé la crise."
    )
    participants = TextAreaField(
        "Participants",
        [at_most(4_000)],
        description="Une personne par ligne\u00a0: nom, fonction ou organisme. Aucun patient.",
    )
    is_dropped = BooleanField("Ce retour ne se tiendra pas")
    notes = TextAreaField(
        "Remarques",
        [at_most(4_000)],
        description="La forme, le lieu\u00a0; ou pourquoi ce retour ne se tiendra pas.",
    )

    def __init__(self, cpts: Cpts, debrief: Debrief, meeting: DebriefMeeting, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today, self.over_on = clock.today(cpts), debrief.over_on
        self.stored_days = (meeting.planned_on, meeting.held_on)

    @classmethod
    def of(cls, cpts: Cpts, debrief: Debrief, meeting: DebriefMeeting) -> MeetingForm:
        known = {name: getattr(meeting, name) for name in PLAIN}
        version = meeting.version
        return cls(cpts, debrief, meeting, formdata=None, is_dropped=is_dropped(meeting), seen_version=version, **known)

    def validate_planned_on(self, field: Field) -> None:
        if not (field.data or field.errors or self.held_on.data or self.is_dropped.data):
            raise ValidationError("Indiquez pour quand il est prévu, ou dites qu’il ne se tiendra pas.")
        if not self.is_dropped.data and field.data not in self.stored_days:
            refuse_early_day(self.over_on, field)

    def validate_held_on(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise ValidationError("Cette date n’est pas encore passée\u00a0: indiquez-la une fois le retour tenu.")
        if field.data and self.is_dropped.data:
            raise ValidationError(
                "Il a eu lieu, ou il ne se tiendra pas\u00a0: effacez cette date, ou décochez la case."
            )
        if field.data not in self.stored_days:
            refuse_early_day(self.over_on, field)

    def validate_notes(self, field: Field) -> None:
        if self.is_dropped.data and not field.data:
            raise ValidationError("Dites pourquoi ce retour ne se tiendra pas\u00a0: le bilan le citera.")

    def told(self) -> Told:
        """What the accepted form says; what was held without being planned was planned for that day."""
        held_on: date | None = self.held_on.data
        planned_on = None if self.is_dropped.data else self.planned_on.data or held_on
        said = {name: self[name].data or "" for name in ("facilitator", "participants", "notes")}
        return Told(planned_on, held_on, **said)

    def beside(self, meeting: DebriefMeeting) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        days = [(name, short_date(getattr(meeting, name)), short_date(self[name].data)) for name in PLAIN[:2]]
        texts = {name: (name, getattr(meeting, name), self[name].data or "") for name in PLAIN[2:]}
        notes = texts.pop("notes")
        dropped = ("is_dropped", yes_or_no(is_dropped(meeting)), yes_or_no(self.is_dropped.data))
        return [*days, *texts.values(), dropped, notes]


PLAIN = ("planned_on", "held_on", "facilitator", "participants", "notes")
"""Fields whose value is stored as it is typed."""


def is_dropped(meeting: DebriefMeeting) -> bool:
    """Whether it is said that this meeting will not be held."""
    return meeting.planned_on is None and meeting.held_on is None


def refuse_early_day(over_on: date, field: Field) -> None:
    """Say beside the field that its day is before the end of what is reviewed."""
    try:
        refuse_before(over_on, field.data)
    except BeforeTheEnd as refusal:
        raise ValidationError(str(refusal)) from None


def yes_or_no(is_so: bool) -> str:
    return "Oui" if is_so else "Non"
