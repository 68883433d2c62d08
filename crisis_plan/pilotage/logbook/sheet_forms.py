"""A sheet of paper, copied line by line into the logbook."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.fields import Field

from crisis_plan.clock import HasTimeZone
from crisis_plan.identities import names_a_person
from crisis_plan.pilotage.logbook.rules import TYPED, EntryKind, Written
from crisis_plan.web.fields import CreateForm, FrenchDateField, at_most, choices, on_one_line, required
from crisis_plan.web.nobody import ASKED, NobodyNamed
from crisis_plan.web.times import TimeField, at_this_time

LINES, MOST_LINES = 10, 60
TYPED_IN_A_ROW = ("time", "origin", "recipient", "text", "written_by")


class RowForm(Form):
    """A line of the sheet; an empty one is nothing."""

    time = TimeField("Heure", render_kw={"inputmode": "numeric", "autocomplete": "off"})
    kind = SelectField("Nature", choices=choices(TYPED), default=EntryKind.INFORMATION.value)
    origin = StringField("De", [at_most(300)], filters=[on_one_line])
    recipient = StringField("À", [at_most(300)], filters=[on_one_line])
    text = StringField("Texte", [at_most(2_000)], filters=[on_one_line])
    written_by = StringField("Par qui", [at_most(160)], filters=[on_one_line])

    @property
    def is_blank(self) -> bool:
        return not any(self[name].data or self[name].errors for name in TYPED_IN_A_ROW)

    def missing(self) -> bool:
        """Whether something that every line needs is not there; said beside it."""
        if self.time.data is None and not self.time.errors:
            self.time.errors = ["Écrivez l’heure de cette ligne."]
        if not self.text.data:
            self.text.errors = ["Écrivez le fait de cette ligne."]
        return any(field.errors for field in self)


@dataclass(frozen=True)
class Line:
    """A line that can be written down: where it stands on the form, and what it says."""

    row: RowForm
    written: Written


class SheetForm(NobodyNamed, CreateForm):
    """The lines of one sheet, in their order: one day, one reason for lateness."""

    day = FrenchDateField(
        "Jour de la feuille", [required("Dites de quel jour est cette feuille.")], render_kw={"type": "date"}
    )
    late_reason = StringField(
        "Pourquoi ces faits sont notés maintenant",
        [required("Dites en quelques mots pourquoi."), at_most(120)],
        default="tenue sur papier",
    )
    rows = FieldList(FormField(RowForm, "Ligne"), "Lignes", min_entries=LINES, max_entries=MOST_LINES)

    def validate(self, extra_validators: Any = None) -> bool:
        """Of the sheet as a whole: what is wrong with a line keeps that line back, not the others."""
        self.day.validate(self)
        self.late_reason.validate(self)
        for row in self.lines:
            row.validate()
        return not (self.day.errors or self.late_reason.errors)

    @property
    def lines(self) -> list[RowForm]:
        return [entry.form for entry in self.rows.entries]

    @property
    def doubts(self) -> bool:
        return any(self._named(row) for row in self.lines)

    def _named(self, row: RowForm) -> list[Field]:
        texts = (row[name] for name in TYPED_IN_A_ROW if name != "time")
        return [field for field in texts if names_a_person(field.data or "")]

    def ready(self, place: HasTimeZone) -> list[Line]:
        """The lines that can be written down; what the others lack is said beside them."""
        found = []
        for index, row in enumerate(self.lines):
            if row.is_blank:
                continue
            for field in [] if self.is_nobody.data else self._named(row):
                field.errors = [*field.errors, ASKED]
            if not row.missing():
                found.append(Line(row, self._written(index, row, place)))
        return found

    def _written(self, index: int, row: RowForm, place: HasTimeZone) -> Written:
        by = f" par {row.written_by.data}" if row.written_by.data else ""
        return Written(
            kind=EntryKind(row.kind.data),
            text=row.text.data or "",
            happened_at=_moment(self.day.day, row, place),
            origin=row.origin.data or "",
            recipient=row.recipient.data or "",
            late_reason=f"{self.late_reason.data}{by}",
            client_key=self._key(index),
        )

    def _key(self, index: int) -> uuid.UUID | None:
        """The same sheet sent again has the same keys."""
        try:
            return uuid.uuid5(uuid.UUID(self.creation_key.data or ""), str(index))
        except ValueError:
            return None

    def keep(self, refused: Sequence[RowForm]) -> SheetForm:
        """A form that holds only these lines, their messages, and a key of its own."""
        rows = [{name: row[name].data for name in (*TYPED_IN_A_ROW, "kind")} for row in refused]
        form = SheetForm(formdata=None, day=self.day.data, late_reason=self.late_reason.data, rows=rows)
        for row, known in zip(form.lines, refused, strict=False):
            for field in known:
                row[field.name.rpartition("-")[2]].errors = list(field.errors)
            row.time.raw_data = known.time.raw_data
        return form

    def add_lines(self) -> None:
        for _ in range(min(LINES, MOST_LINES - len(self.rows))):
            self.rows.append_entry()


def _moment(day: date, row: RowForm, place: HasTimeZone) -> datetime | None:
    return at_this_time(day, row.time.data, place) if row.time.data else None
