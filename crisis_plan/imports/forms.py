"""What a person gives to an import: a file, which column is which, and what becomes of its duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectChoice, SelectField

from crisis_plan.imports import columns, spreadsheet
from crisis_plan.imports.columns import NOT_READ, Matching
from crisis_plan.imports.rules import Choice, Choices, ImportLine, Outcome
from crisis_plan.imports.sheets import Sheet
from crisis_plan.web import uploads
from crisis_plan.web.fields import CreateForm, Form

MOST_CHOSEN = 100
"""Duplicates proposed one by one; beyond, the file is most likely the same as last time."""


FOR_ALL = [
    SelectChoice(Choice.LEAVE.value, "Décider ligne par ligne"),
    SelectChoice(Choice.COMPLETE.value, "Compléter toutes les fiches : remplir ce qui y est vide, sans rien remplacer"),
]


class UploadForm(CreateForm):
    """A file to read; nothing of it is saved before the preview is accepted."""

    file = FileField(
        "Classeur Excel ou fichier CSV",
        [FileRequired("Choisissez un fichier.")],
        description="10 Mo et 20\u202f000 lignes au plus. La première ligne porte les titres des colonnes.",
        render_kw={"accept": ".xlsx,.csv,.txt,text/csv,text/plain", **uploads.AT_MOST},
    )

    @property
    def file_name(self) -> str:
        return str(self.file.data.filename or "fichier").replace("\x00", "")

    def sheet(self) -> Sheet:
        """The table in the file. Raises `UploadRefused`."""
        content = uploads.read(self.file.data, limit=uploads.SPREADSHEET_LIMIT)
        self.file.data.stream.seek(0)  # `creates_once` reads it again
        return spreadsheet.read(content, self.file_name)


class ColumnsForm(Form):
    """Which column is which: one list of fields for each heading."""

    def matching(self, sheet: Sheet) -> dict[str, str]:
        """The field of each heading, as it was chosen."""
        return {heading: self[_column(rank)].data or NOT_READ for rank, heading in enumerate(sheet.keys)}


def columns_form(
    sheet: Sheet, fields: Sequence[columns.Field], matching: Matching, *, is_asked: bool = True
) -> ColumnsForm:
    """The form of these columns, as they are matched now. `is_asked`: whether to read what was just sent."""
    choices = [SelectChoice(NOT_READ, "Ne pas importer")]
    choices += [SelectChoice(field.key, field.label, optgroup=field.group or None) for field in fields]
    asked = {
        _column(rank): SelectField(
            heading,
            choices=choices,
            default=matching.get(sheet.keys[rank], NOT_READ),
            description=_seen(columns.samples(sheet, rank)),
        )
        for rank, heading in enumerate(sheet.headings)
    }
    form: ColumnsForm = type("ColumnsOfThisFile", (ColumnsForm,), asked)(**({} if is_asked else {"formdata": None}))
    return form


def _column(rank: int) -> str:
    return f"column_{rank}"


def _seen(cells: Iterable[str]) -> str:
    said = " ; ".join(f"« {cell} »" for cell in cells)
    return f"Par exemple : {said}" if said else "Colonne vide."


class ApplyForm(Form):
    """« Importer », with what becomes of each duplicate: left, unless something else is chosen for it or for all."""

    completing: tuple[int, ...] = ()
    """The lines that may complete what is known, those that are not proposed one by one among them."""

    same: frozenset[int] = frozenset()
    """The lines that say nothing more than what is known."""

    @property
    def every_duplicate(self) -> list[RadioField]:
        return [field for field in self if field.name.startswith("line_")]

    @property
    def duplicates(self) -> list[RadioField]:
        """Those that say something."""
        return [field for field in self.every_duplicate if number_of(field) not in self.same]

    @property
    def identical(self) -> list[RadioField]:
        return [field for field in self.every_duplicate if number_of(field) in self.same]

    @property
    def choices(self) -> Choices:
        """What was decided, by number of the line; what is chosen for all yields to « importer quand même »."""
        one_by_one = {number_of(field): Choice(field.data) for field in self.every_duplicate}
        if "for_all" not in self or self["for_all"].data != Choice.COMPLETE:
            return one_by_one
        forced = {number: choice for number, choice in one_by_one.items() if choice is Choice.FORCE}
        return dict.fromkeys(self.completing, Choice.COMPLETE) | forced


def number_of(field: RadioField) -> int:
    return int(field.name.removeprefix("line_"))


def apply_form(lines: Iterable[ImportLine], *, is_asked: bool = True) -> ApplyForm:
    """The form of these lines. `is_asked`: whether to read what was just sent."""
    duplicates = [line for line in lines if line.outcome is Outcome.DUPLICATE and len(line.choices) > 1]
    asked: dict[str, Any] = {
        f"line_{line.number}": RadioField(
            f"Ligne {line.number} : {line.label}",
            choices=[SelectChoice(choice.value, choice.label) for choice in line.choices],
            default=Choice.LEAVE.value,
            description=" ".join((*line.reasons, *(sentence for _, sentence in line.proposals))),
        )
        for line in duplicates[:MOST_CHOSEN]
    }
    completing = tuple(line.number for line in duplicates if line.may_be_completed)
    if len(completing) > 1:
        asked["for_all"] = RadioField("Pour tous les doublons", choices=FOR_ALL, default=Choice.LEAVE.value)
    asked |= {"completing": completing, "same": frozenset(line.number for line in duplicates if line.is_identical)}
    form: ApplyForm = type("ApplyThisFile", (ApplyForm,), asked)(**({} if is_asked else {"formdata": None}))
    return form
