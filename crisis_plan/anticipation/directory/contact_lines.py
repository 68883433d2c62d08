"""Lines of a spreadsheet of contacts, to contacts. A bad field is refused, not its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from email_validator import EmailNotValidError, validate_email

from crisis_plan.anticipation.directory import identifiers, telephones
from crisis_plan.anticipation.directory.contact_columns import (
    COLUMNS,
    EMAILS,
    EXPECTED,
    MOST_EMAILS,
    MOST_PHONES,
    MOST_PLACES,
    OWN_PHONES,
    PHONES,
    PLACE_COLUMNS,
    WORK_PHONES,
    numbered,
)
from crisis_plan.anticipation.directory.drafts import (
    ContactDraft,
    EmailDraft,
    PhoneDraft,
    PlaceDraft,
    from_json,
    to_json,
)
from crisis_plan.anticipation.directory.queries import Taken
from crisis_plan.anticipation.directory.rules import PEOPLE, ContactKind, Likeness
from crisis_plan.folding import folded
from crisis_plan.imports.rules import COMES_IN, ImportLine, Outcome
from crisis_plan.imports.sheets import Sheet, SheetLine
from crisis_plan.web.fields import as_date
from crisis_plan.web.formats import telephone
from crisis_plan.web.uploads import UploadRefused

LENGTHS = {
    "family_name": 160, "given_name": 160, "title": 20, "profession": 120, "speciality": 160, "category": 80,
    "function": 160, "skills": 400, "availability": 400, "note": 10_000, "structure": 200, "address": 300,
    "commune": 120,
}  # fmt: skip
KINDS = {
    "adherent": ContactKind.ADHERENT, "adherente": ContactKind.ADHERENT, "membre": ContactKind.ADHERENT,
    "professionnel": ContactKind.PROFESSIONAL, "professionnel du territoire": ContactKind.PROFESSIONAL,
    "professionnel de sante": ContactKind.PROFESSIONAL, "non adherent": ContactKind.PROFESSIONAL,
    "partenaire": ContactKind.PARTNER, "institution": ContactKind.INSTITUTION,
    "etablissement": ContactKind.ESTABLISHMENT,
}  # fmt: skip
NEUTRALISED = ("'=", "'+", "'-", "'@")
"""What an export writes before a cell that begins like a formula."""
PRIVATE = re.compile(r"\s*\(priv[ée]e?\)\s*$", re.IGNORECASE)
AT_WORK = re.compile(r"\s*\(pro(?:fessionnel)?\)\s*$", re.IGNORECASE)
WITHOUT_A_DAY = re.compile(r"(?:[0-9]{1,2}[/.-])?[0-9]{4}")
SEVERAL = re.compile(r"\s*(?:/|;|,|\n|\bou\b)\s*")


def assess(sheet: Sheet, taken: Taken, *, today: date, region: str) -> list[ImportLine]:
    """What becomes of each line. Raises `UploadRefused` when no column holds names."""
    if not sheet.lines:
        raise UploadRefused("Ce fichier ne contient que des titres de colonnes.")
    if set(sheet.keys).isdisjoint(COLUMNS["family_name"]):
        raise UploadRefused(f"Il manque une colonne « Nom ». Colonnes attendues : {EXPECTED}.")
    return find_duplicates([_Reading(line, today=today, region=region).result() for line in sheet.lines], taken)


def find_duplicates(lines: Iterable[ImportLine], taken: Taken, *, forced: Iterable[int] = ()) -> list[ImportLine]:
    """The same lines, those of someone already in the directory, or higher in the file, proposed as duplicates."""
    ids, looks, ticked = dict(taken.by_national_id), dict(taken.by_likeness), frozenset(forced)
    found = []
    for line in lines:
        if line.outcome in COMES_IN or line.number in ticked:
            line = _compared(line, ids, looks, is_ticked=line.number in ticked)
        if line.outcome in COMES_IN or line.number in ticked:
            draft = from_json(line.values)
            where = f"ligne {line.number} du fichier"
            if draft.national_id:
                ids.setdefault(draft.national_id, where)
            for likeness in draft.likenesses:
                looks.setdefault(likeness, where)
        found.append(line)
    return found


def comes_in(line: ImportLine) -> list[str]:
    """What the line brings beside its name, as the preview shows it: kind, commune, telephones."""
    if not line.values:
        return []
    draft = from_json(line.values)
    communes = ", ".join(place.commune for place in draft.places if place.commune)
    return [part for part in (draft.kind.label, communes, *map(_in_words, draft.phones)) if part]


def _in_words(phone: PhoneDraft) -> str:
    if not phone.is_private:
        return telephone(phone.number)
    why = "numéro de mobile : gardé privé" if telephones.is_mobile(phone.number) else "privé"
    return f"{telephone(phone.number)} ({why})"


def _compared(line: ImportLine, ids: dict[str, str], looks: dict[Likeness, str], *, is_ticked: bool) -> ImportLine:
    draft = from_json(line.values)
    if draft.national_id and draft.national_id in ids:
        reason = f"Déjà {ids[draft.national_id]} : même numéro RPPS. Complétez plutôt sa fiche."
        return replace(line, outcome=Outcome.DUPLICATE, reasons=(reason, *line.reasons), may_be_forced=False)
    where = next((looks[likeness] for likeness in sorted(draft.likenesses) if likeness in looks), "")
    if where and not is_ticked:
        reason = f"Déjà {where} : même nom et même commune."
        return replace(line, outcome=Outcome.DUPLICATE, reasons=(reason, *line.reasons))
    return line


def _is_private(heading: str, written: str, *, otherwise: bool) -> bool:
    """What the cell says of itself, then what its column says."""
    if PRIVATE.search(written):
        return True
    column = heading.rstrip(" 0123456789")
    if AT_WORK.search(written) or column in WORK_PHONES:
        return False
    return column in OWN_PHONES or otherwise


class _Reading:
    """One line being read: what it says, and what had to be left out."""

    def __init__(self, line: SheetLine, *, today: date, region: str) -> None:
        self.line, self.cells, self.today, self.region = line, line.cells, today, region
        self.warnings: list[str] = []

    def result(self) -> ImportLine:
        name = self.text("family_name")
        if not name:
            return self._refused("Le nom manque.")
        if self.line.overflows:
            self.warnings.append("Plus de cellules que de titres : vérifiez qu’elles ne sont pas décalées.")
        draft = self.draft(name)
        outcome = Outcome.WARNING if self.warnings else Outcome.ACCEPTED
        label = " ".join(part for part in (draft.given_name, name) if part)
        return ImportLine(
            self.line.number, outcome, tuple(self.warnings), label, values=to_json(draft), raw=self.line.raw
        )

    def draft(self, name: str) -> ContactDraft:
        given_name, profession = self.text("given_name"), self.text("profession")
        kind = self.kind(looks_like_a_person=bool(given_name or profession))
        is_service = self.is_service(kind, given_name, profession)
        joined_on = self.day("joined_on", "La date d’adhésion")
        if kind is ContactKind.ADHERENT and joined_on is None:
            self.warnings.append("La date d’adhésion reste à compléter sur sa fiche.")
        return ContactDraft(
            kind=kind,
            family_name=name,
            is_service=is_service,
            given_name=given_name,
            profession=profession,
            title=self.text("title"),
            speciality=self.text("speciality"),
            category=self.text("category"),
            function=self.text("function"),
            national_id=self.national_id(),
            joined_on=joined_on if kind is ContactKind.ADHERENT else None,
            skills=self.text("skills"),
            availability=self.text("availability"),
            note=self.text("note"),
            verified_on=self.day("verified_on", "La date de vérification"),
            places=self.places(),
            phones=self.phones(is_service=is_service),
            emails=self.emails(),
        )

    def cell(self, names: Iterable[str]) -> str:
        found = next((self.cells[name] for name in names if self.cells.get(name)), "")
        return found[1:] if found.startswith(NEUTRALISED) else found

    def text(self, field: str, names: Iterable[str] = ()) -> str:
        """A text, cut where it is too long to be kept."""
        text, most = self.cell(names or COLUMNS[field]), LENGTHS[field]
        if len(text) > most:
            self.warnings.append(f"Texte trop long, coupé à {most} caractères : « {text[:40]}… ».")
        return text[:most].strip()

    def day(self, field: str, what: str) -> date | None:
        written = self.cell(COLUMNS[field])
        day = as_date(written)
        if written and (day is None or not 1900 <= day.year <= 2200):
            why = "n’est pas complète" if WITHOUT_A_DAY.fullmatch(written) else "n’existe pas"
            self.warnings.append(f"{what} « {written[:40]} » {why} : laissée vide.")
            return None
        if day and day > self.today:
            self.warnings.append(f"{what} « {written[:40]} » est dans l’avenir : laissée vide.")
            return None
        return day

    def kind(self, *, looks_like_a_person: bool) -> ContactKind:
        written = self.cell(COLUMNS["kind"])
        told = KINDS.get(folded(written)) or KINDS.get(folded(written).removesuffix("s"))
        if told:
            return told
        kind = ContactKind.PROFESSIONAL if looks_like_a_person else ContactKind.PARTNER
        why = f"Type « {written[:40]} » inconnu" if written else "Type non précisé"
        self.warnings.append(f"{why} : importé comme « {kind.label} ».")
        return kind

    def is_service(self, kind: ContactKind, given_name: str, profession: str) -> bool:
        told = folded(self.cell(COLUMNS["nature"]))
        if told in ("personne", "service"):
            return told == "service"
        return not given_name and not (kind in PEOPLE and profession)

    def national_id(self) -> str | None:
        try:
            return identifiers.national_id(self.cell(COLUMNS["rpps"]))
        except ValueError as refusal:
            self.warnings.append(f"RPPS laissé vide. {refusal}")
            return None

    def places(self) -> tuple[PlaceDraft, ...]:
        found = []
        for rank in range(1, MOST_PLACES + 1):
            suffix = "" if rank == 1 else f" {rank}"
            cells = {
                field: self.text(field, [name + suffix for name in names])
                for field, names in PLACE_COLUMNS.items()
                if field != "postal_code"
            }
            postal_code = self.postal_code([name + suffix for name in PLACE_COLUMNS["postal_code"]])
            if any(cells.values()) or postal_code:
                found.append(PlaceDraft(**cells, postal_code=postal_code))
        return tuple(found)

    def postal_code(self, names: Iterable[str]) -> str:
        written = "".join(self.cell(names).split())
        if re.fullmatch(r"[0-9]{4}", written):
            return f"0{written}"
        if written and not re.fullmatch(r"[0-9]{5}", written):
            self.warnings.append(f"Code postal « {written[:40]} » laissé vide : il compte 5 chiffres.")
            return ""
        return written

    def phones(self, *, is_service: bool) -> tuple[PhoneDraft, ...]:
        """The numbers; a person's mobile stays private unless it is said to be for work."""
        found: dict[str, PhoneDraft] = {}
        for heading in numbered(PHONES, MOST_PHONES):
            for written in self.several([heading]):
                try:
                    number = telephones.parsed(AT_WORK.sub("", PRIVATE.sub("", written)), self.region)
                except ValueError:
                    self.warnings.append(f"Téléphone « {written[:40]} » laissé vide : ce numéro n’existe pas.")
                    continue
                is_own = telephones.is_mobile(number) and not is_service
                found.setdefault(number, PhoneDraft(number, _is_private(heading, written, otherwise=is_own)))
        return tuple(found.values())[:MOST_PHONES]

    def emails(self) -> tuple[EmailDraft, ...]:
        found: dict[str, EmailDraft] = {}
        for written in self.several(numbered(EMAILS, MOST_EMAILS)):
            try:
                checked = validate_email(PRIVATE.sub("", written), check_deliverability=False, test_environment=True)
            except EmailNotValidError:
                self.warnings.append(f"Courriel « {written[:40]} » laissé vide : cette adresse n’est pas complète.")
                continue
            address = checked.normalized.lower()
            found.setdefault(address, EmailDraft(address, is_private=bool(PRIVATE.search(written))))
        return tuple(found.values())[:MOST_EMAILS]

    def several(self, headings: Iterable[str]) -> list[str]:
        """What these columns hold; one cell may hold several, as people write them."""
        cells = [self.cell([heading]) for heading in headings if self.cells.get(heading)]
        return [
            part for cell in cells for part in (SEVERAL.split(cell) if not cell.startswith("=") else [cell]) if part
        ]

    def _refused(self, reason: str) -> ImportLine:
        label = " ".join(self.line.raw[:2]).strip()[:80]
        return ImportLine(self.line.number, Outcome.REFUSED, (reason,), label, raw=self.line.raw)
