"""The cells of one line of a spreadsheet of contacts: what they say, and what had to be left out."""

from __future__ import annotations

import re
from datetime import date

from crisis_plan.imports.columns import Matching, cells_by_field
from crisis_plan.imports.sheets import SheetLine
from crisis_plan.web.fields import as_date

LENGTHS = {
    "family_name": 160, "given_name": 160, "title": 20, "profession": 120, "speciality": 160, "category": 80,
    "function": 160, "skills": 400, "availability": 400, "note": 10_000, "structure": 200, "address": 300,
    "commune": 120, "verified_by": 160,
}  # fmt: skip
NEUTRALISED = ("'=", "'+", "'-", "'@")
"""What an export writes before a cell that begins like a formula."""
WITHOUT_A_DAY = re.compile(r"(?:[0-9]{1,2}[/.-])?[0-9]{4}")
SEVERAL = re.compile(r"\s*(?:/|;|,|\n|\bou\b)\s*")


class Cells:
    """One line being read, field by field."""

    def __init__(self, line: SheetLine, matching: Matching, *, today: date, region: str) -> None:
        self.line, self.today, self.region = line, today, region
        self.said = cells_by_field(line, matching)
        self.warnings: list[str] = list(line.unread)

    def cell(self, field: str) -> str:
        """What the first of these columns that is not blank says."""
        found = self.said.get(field, [("", "")])[0][1]
        return found[1:] if found.startswith(NEUTRALISED) else found

    def text(self, field: str, column: str = "") -> str:
        """A text, cut where it is too long to be kept."""
        text, most = self.cell(column or field), LENGTHS[field]
        if len(text) > most:
            self.warnings.append(f"Texte trop long, coupé à {most} caractères : « {text[:40]}… ».")
        return text[:most].strip()

    def day(self, field: str, what: str) -> date | None:
        written = self.cell(field)
        day = as_date(written)
        if written and (day is None or not 1900 <= day.year <= 2200):
            why = "n’est pas complète" if WITHOUT_A_DAY.fullmatch(written) else "n’existe pas"
            self.warnings.append(f"{what} « {written[:40]} » {why} : laissée vide.")
            return None
        if day and day > self.today:
            self.warnings.append(f"{what} « {written[:40]} » est dans l’avenir : laissée vide.")
            return None
        return day

    def several(self, column: str) -> list[str]:
        """What these columns hold; one cell may hold several, as people write them."""
        cells = [cell[1:] if cell.startswith(NEUTRALISED) else cell for _, cell in self.said.get(column, ())]
        return [
            part for cell in cells for part in (SEVERAL.split(cell) if not cell.startswith("=") else [cell]) if part
        ]
