"""Places, telephones and e-mails of one line of a spreadsheet of contacts."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.directory.contact_columns import (
    MOST_EMAILS,
    MOST_PHONES,
    MOST_PLACES,
    PLACE,
    place_key,
)
from crisis_plan.anticipation.directory.drafts import EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.line_cells import Cells

PRIVATE = re.compile(r"\s*\(priv[ée]e?\)\s*$", re.IGNORECASE)
AT_WORK = re.compile(r"\s*\(pro(?:fessionnel)?\)\s*$", re.IGNORECASE)
PHONE_COLUMNS = ("phone", "own_phone", "work_phone")


class ReachedAt(Cells):
    """Where a contact works, and by what they are reached."""

    def places(self) -> tuple[PlaceDraft, ...]:
        found = []
        for rank in range(1, MOST_PLACES + 1):
            cells = {
                field.key: self.text(field.key, place_key(field.key, rank))
                for field in PLACE
                if field.key != "postal_code"
            }
            postal_code = self.postal_code(place_key("postal_code", rank))
            if any(cells.values()) or postal_code:
                found.append(PlaceDraft(**cells, postal_code=postal_code))
        return tuple(found)

    def postal_code(self, column: str) -> str:
        written = "".join(self.cell(column).split())
        if re.fullmatch(r"[0-9]{4}", written):
            return f"0{written}"
        if written and not re.fullmatch(r"[0-9]{5}", written):
            self.warnings.append(f"Code postal « {written[:40]} » laissé vide : il compte 5 chiffres.")
            return ""
        return written

    def phones(self, *, is_service: bool) -> tuple[PhoneDraft, ...]:
        """The numbers; a person's mobile stays private unless it is said to be for work."""
        found: dict[str, PhoneDraft] = {}
        for column in PHONE_COLUMNS:
            for written in self.several(column):
                try:
                    number = telephones.parsed(AT_WORK.sub("", PRIVATE.sub("", written)), self.region)
                except ValueError:
                    self.warnings.append(f"Téléphone « {written[:40]} » laissé vide : ce numéro n’existe pas.")
                    continue
                is_own = telephones.is_mobile(number) and not is_service
                found.setdefault(number, PhoneDraft(number, _is_private(column, written, otherwise=is_own)))
        return tuple(found.values())[:MOST_PHONES]

    def emails(self) -> tuple[EmailDraft, ...]:
        found: dict[str, EmailDraft] = {}
        for written in self.several("email"):
            try:
                checked = validate_email(PRIVATE.sub("", written), check_deliverability=False, test_environment=True)
            except EmailNotValidError:
                self.warnings.append(f"Courriel « {written[:40]} » laissé vide : cette adresse n’est pas complète.")
                continue
            address = checked.normalized.lower()
            found.setdefault(address, EmailDraft(address, is_private=bool(PRIVATE.search(written))))
        return tuple(found.values())[:MOST_EMAILS]


def _is_private(column: str, written: str, *, otherwise: bool) -> bool:
    """What the cell says of itself, then what its column says."""
    if PRIVATE.search(written):
        return True
    if AT_WORK.search(written) or column == "work_phone":
        return False
    return column == "own_phone" or otherwise
