"""One line of a spreadsheet of contacts, to a contact. A bad field is refused, not its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory import identifiers
from crisis_plan.anticipation.directory.drafts import ContactDraft, to_json
from crisis_plan.anticipation.directory.reached_at import ReachedAt
from crisis_plan.anticipation.directory.rules import PEOPLE, ContactKind, VerifiedHow
from crisis_plan.folding import folded
from crisis_plan.imports.columns import Matching
from crisis_plan.imports.rules import ImportLine, Outcome
from crisis_plan.imports.sheets import SheetLine

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
SEVERAL_TYPES = re.compile(r"\s*[;|/\n]\s*")
NUMBER_OF_A_TYPE = re.compile(r"(?:type\s*)?([1-5])", re.IGNORECASE)


class Reading(ReachedAt):
    """One line being read, whole."""

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


def _crisis_type(written: str) -> CrisisType | None:
    if number := NUMBER_OF_A_TYPE.fullmatch(written.strip()):
        return list(CrisisType)[int(number[1]) - 1]
    return next((one for one in CrisisType if folded(one.label) == folded(written)), None)


def all_of(lines: Iterable[SheetLine], matching: Matching, *, today: date, region: str) -> list[ImportLine]:
    """What each line says, before it is compared with anything."""
    return [Reading(line, matching, today=today, region=region).result() for line in lines]
