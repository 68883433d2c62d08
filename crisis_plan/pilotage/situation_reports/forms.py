"""Writing a situation report, taking again what is calculated, issuing it, sending it."""

from __future__ import annotations

from datetime import datetime

from wtforms import HiddenField, IntegerField, RadioField, TextAreaField

from crisis_plan.clock import HasTimeZone
from crisis_plan.pilotage.situation_reports.models import SituationReport
from crisis_plan.pilotage.situation_reports.rules import LONGEST, Heading, Joining
from crisis_plan.web.fields import CreateForm, EditForm, at_most, choices
from crisis_plan.web.moments import MomentField, as_typed
from crisis_plan.web.nobody import NobodyNamed


class PrepareForm(CreateForm):
    """One gesture: the draft is opened."""


def _written_under(heading: Heading) -> TextAreaField:
    return TextAreaField(heading.label, [at_most(LONGEST)], description=heading.hint)


class DraftForm(NobodyNamed, EditForm):
    """Every heading, and when the next point is; nothing is required while it is a draft."""

    situation = _written_under(Heading.SITUATION)
    evolution = _written_under(Heading.EVOLUTION)
    niveau = _written_under(Heading.LEVEL)
    besoins = _written_under(Heading.NEEDS)
    moyens = _written_under(Heading.MEANS)
    stock = _written_under(Heading.STOCK)
    actions = _written_under(Heading.ACTIONS)
    soins = _written_under(Heading.CARE)
    communication = _written_under(Heading.COMMUNICATION)
    demandes = _written_under(Heading.ASKED)
    next_point_at = MomentField("Prochain point de situation")

    @classmethod
    def of(cls, report: SituationReport, place: HasTimeZone) -> DraftForm:
        """The form as the draft fills it."""
        return cls(
            formdata=None,
            **report.said,
            next_point_at=as_typed(report.next_point_at, place),
            seen_version=report.version,
        )

    def announce_nothing(self) -> DraftForm:
        """The form without a next point: none is awaited after the stand-down."""
        del self.next_point_at
        return self

    def said(self) -> dict[Heading, str]:
        """What is written under each heading."""
        return {heading: self[heading.value].data or "" for heading in Heading}

    def next_point(self, place: HasTimeZone) -> datetime | None:
        moment: datetime | None = self.next_point_at.at(place) if "next_point_at" in self else None
        return moment


class TakeAgainForm(NobodyNamed, EditForm):
    """What is calculated now for one heading, which may be edited before it is taken."""

    text = TextAreaField("Ce qui est calculé maintenant", [at_most(LONGEST)])
    how = RadioField("Que faire de ce texte", choices=choices(Joining), default=Joining.REPLACE.value)


class IssueForm(CreateForm):
    """What was read again is what is issued: this version of the draft, and the log as it was then."""

    seen_version = IntegerField(widget=HiddenField.widget, default=0)
    known_entry = IntegerField(widget=HiddenField.widget, default=0)


class SendForm(CreateForm):
    """The people are chosen already: sending is one gesture."""
