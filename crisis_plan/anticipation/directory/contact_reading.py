"""One line of a spreadsheet of contacts, to a contact. A bad field is refused, not its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from email_validator import EmailNotValidError, validate_email

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory import identifiers, telephones
from crisis_plan.anticipation.directory.contact_columns import (
    MOST_EMAILS,
    MOST_PHONES,
    MOST_PLACES,
    PLACE,
    place_key,
)
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft, to_json
from crisis_plan.anticipation.directory.rules import PEOPLE, ContactKind, VerifiedHow
from crisis_plan.folding import folded
from crisis_plan.imports.columns import Matching, cells_by_field
from crisis_plan.imports.rules import ImportLine, Outcome
from crisis_plan.imports.sheets import SheetLine
from crisis_plan.web.fields import as_date

LENGTHS = {
    "family_name": 160, "given_name": 160, "title": 20, "profession": 120, "speciality": 160, "category": 80,
    "function": 160, "skills": 400, "availability": 400, "note": 10_000, "structure": 200, "address": 300,
    "commune": 120, "verified_by": 160,
}  # fmt: skip
KINDS = {
    "adherent": ContactKind.ADHERENT, "adherente": ContactKind.ADHERENT, "membre": ContactKind.ADHERENT,
    "professionnel": ContactKind.PROFESSIONAL, "professionnel du territoire": ContactKind.PROFESSIONAL,
    "professionnel de sante": ContactKind.PROFESSIONAL, "non adherent": ContactKind.PROFESSIONAL,
    "partenaire": ContactKind.PARTNER, "institution": ContactKind.INSTITUTION,
    "etablissement": ContactKind.ESTABLISHMENT,
}  # fmt: skip
WAYS = {folded(how.label): how for how in VerifiedHow} | {
    "telephone": VerifiedHow.CALL, "appel": VerifiedHow.CALL, "courriel": VerifiedHow.MAIL, "mail": VerifiedHow.MAIL,
    "email": VerifiedHow.MAIL, "e mail": VerifiedHow.MAIL, "lien": VerifiedHow.LINK, "reunion": VerifiedHow.MEETING,
    "compte": VerifiedHow.ACCOUNT,
}  # fmt: skip
NEUTRALISED = ("'=", "'+", "'-", "'@")
"""What an export writes before a cell that begins like a formula."""
PRIVATE = re.compile(r"\s*\(priv[ée]e?\)\s*$", re.IGNORECASE)
AT_WORK = re.compile(r"\s*\(pro(?:fessionnel)?\)\s*$", re.IGNORECASE)
WITHOUT_A_DAY = re.compile(r"(?:[0-9]{1,2}[/.-])?[0-9]{4}")
SEVERAL = re.compile(r"\s*(?:/|;|,|\n|\bou\b)\s*")
SEVERAL_TYPES = re.compile(r"\s*[;|/\n]\s*")
NUMBER_OF_A_TYPE = re.compile(r"(?:type\s*)?([1-5])", re.IGNORECASE)
PHONE_COLUMNS = ("phone", "own_phone", "work_phone")


class Reading:
    """One line being read: what it says, and what had to be left out."""

    def __init__(self, line: SheetLine, matching: Matching, *, today: date, region: str) -> None:
        self.line, self.today, self.region = line, today, region
        self.said = cells_by_field(line, matching)
        self.warnings: list[str] = list(line.unread)

    def result(self) -> ImportLine:
        name = self.text("family_name")
        if not name:
            return self.refused("Le nom manque.")
        if self.line.overflows:
            self.warnings.append("Plus de cellules que de titres : vérifiez qu’elles ne sont pas décalées.")
        draft = self.draft(name)
        outcome = Outcome.WARNING if self.warnings else Outcome.ACCEPTED
        label = " ".join(part for part in (draft.given_name, name) if part)
        return self.kept(outcome, tuple(self.warnings), label, to_json(draft))

    def refused(self, reason: str) -> ImportLine:
        label = " ".join(self.line.raw[:2]).strip()[:80]
        return self.kept(Outcome.REFUSED, (reason, *self.line.unread), label, {})

    def kept(self, outcome: Outcome, reasons: tuple[str, ...], label: str, values: dict[str, object]) -> ImportLine:
        line = self.line
        return ImportLine(
            line.number, outcome, reasons, label, values, line.raw, overflows=line.overflows, unread=line.unread
        )

    def draft(self, name: str) -> ContactDraft:
        given_name, profession = self.text("given_name"), self.text("profession")
        kind = self.kind(looks_like_a_person=bool(given_name or profession))
        is_service = self.is_service(kind, given_name, profession)
        texts = ("title", "speciality", "category", "function", "skills", "availability", "note", "verified_by")
        return ContactDraft(
            kind=kind,
            family_name=name,
            is_service=is_service,
            given_name=given_name,
            profession=profession,
            national_id=self.national_id(),
            finess=self.finess(),
            joined_on=self.joined_on(kind),
            volunteer_for=self.volunteer_for(),
            mobile_consent_on=self.day("mobile_consent_on", "La date de l’accord pour le mobile privé"),
            verified_on=self.day("verified_on", "La date de vérification"),
            verified_how=self.verified_how(),
            places=self.places(),
            phones=self.phones(is_service=is_service),
            emails=self.emails(),
            **{field: self.text(field) for field in texts},
        )

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

    def joined_on(self, kind: ContactKind) -> date | None:
        day = self.day("joined_on", "La date d’adhésion")
        if kind is not ContactKind.ADHERENT:
            return None
        if day is None:
            self.warnings.append("La date d’adhésion reste à compléter sur sa fiche.")
        return day

    def kind(self, *, looks_like_a_person: bool) -> ContactKind:
        written = self.cell("kind")
        told = KINDS.get(folded(written)) or KINDS.get(folded(written).removesuffix("s"))
        if told:
            return told
        kind = ContactKind.PROFESSIONAL if looks_like_a_person else ContactKind.PARTNER
        why = f"Type « {written[:40]} » inconnu" if written else "Type non précisé"
        self.warnings.append(f"{why} : importé comme « {kind.label} ».")
        return kind

    def is_service(self, kind: ContactKind, given_name: str, profession: str) -> bool:
        told = folded(self.cell("nature"))
        if told in ("personne", "service"):
            return told == "service"
        return not given_name and not (kind in PEOPLE and profession)

    def national_id(self) -> str | None:
        try:
            return identifiers.national_id(self.cell("rpps"))
        except ValueError as refusal:
            self.warnings.append(f"RPPS laissé vide. {refusal}")
            return None

    def finess(self) -> str:
        """The number; a spreadsheet loses the zeros that it begins with."""
        written = "".join(self.cell("finess").split())
        try:
            return identifiers.finess(written.zfill(9) if written.isdigit() and len(written) in (7, 8) else written)
        except ValueError as refusal:
            self.warnings.append(f"FINESS laissé vide. {refusal}")
            return ""

    def volunteer_for(self) -> tuple[CrisisType, ...]:
        """Types of crisis by their number or their name, in the order of the domain."""
        found = set()
        for written in SEVERAL_TYPES.split(self.cell("volunteer_for")):
            one = _crisis_type(written)
            if one:
                found.add(one)
            elif written:
                self.warnings.append(f"Volontaire pour « {written[:40]} » laissé de côté : type de crise inconnu.")
        return tuple(one for one in CrisisType if one in found)

    def verified_how(self) -> VerifiedHow | None:
        written = self.cell("verified_how")
        if not written:
            return None
        return WAYS.get(folded(written), VerifiedHow.OTHER)

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

    def several(self, column: str) -> list[str]:
        """What these columns hold; one cell may hold several, as people write them."""
        cells = [cell[1:] if cell.startswith(NEUTRALISED) else cell for _, cell in self.said.get(column, ())]
        return [
            part for cell in cells for part in (SEVERAL.split(cell) if not cell.startswith("=") else [cell]) if part
        ]


def _is_private(column: str, written: str, *, otherwise: bool) -> bool:
    """What the cell says of itself, then what its column says."""
    if PRIVATE.search(written):
        return True
    if AT_WORK.search(written) or column == "work_phone":
        return False
    return column == "own_phone" or otherwise


def _crisis_type(written: str) -> CrisisType | None:
    if number := NUMBER_OF_A_TYPE.fullmatch(written.strip()):
        return list(CrisisType)[int(number[1]) - 1]
    return next((one for one in CrisisType if folded(one.label) == folded(written)), None)


def all_of(lines: Iterable[SheetLine], matching: Matching, *, today: date, region: str) -> list[ImportLine]:
    """What each line says, before it is compared with anything."""
    return [Reading(line, matching, today=today, region=region).result() for line in lines]
