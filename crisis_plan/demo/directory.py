"""The directory of the fictional CPTS: the real imports, then what only people know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory import annuaire_sante, contact_lines
from crisis_plan.anticipation.directory import operations as directory
from crisis_plan.anticipation.directory import queries as contacts
from crisis_plan.anticipation.directory.drafts import ContactDraft, PhoneDraft, from_json
from crisis_plan.anticipation.directory.rules import ContactKind, VerifiedHow
from crisis_plan.demo.people import People
from crisis_plan.demo.territory import COMMUNES
from crisis_plan.imports import spreadsheet
from crisis_plan.imports.rules import to_import
from crisis_plan.organisations.models import Cpts

FOLDER = Path(__file__).parent
ONE_IN = 8
"""One professional of the territory in eight has joined the association."""


def fill_directory(cpts: Cpts, people: People, *, today: date, at: datetime) -> None:
    """Partners from the Excel file, professionals from the Annuaire Santé extraction: the real imports."""
    content = (FOLDER / "partenaires_excel.csv").read_bytes()
    lines = contact_lines.assess(
        spreadsheet.read(content, "partenaires_excel.csv"), contacts.taken(cpts), today=today, region="FR"
    )
    directory.import_drafts(cpts, [from_json(line.values) for line in to_import(lines)], at=at)
    with (FOLDER / "annuaire-sante_extrait.txt").open("rb") as stream:
        found = annuaire_sante.extract(stream, COMMUNES)
    directory.import_annuaire(cpts, _as_people_know_them(found.drafts(), today), by=people.coordinator, at=at)


def _as_people_know_them(drafts: Iterable[ContactDraft], today: date) -> Iterable[ContactDraft]:
    """What the extraction cannot say: who joined, whose private mobile is known, when each was last verified."""
    for rank, draft in enumerate(sorted(drafts, key=lambda draft: draft.national_id or "")):
        checked = today - timedelta(days=(rank * 37) % 420)
        if rank % ONE_IN:
            yield replace(draft, verified_on=checked if rank % 3 else None)
            continue
        mobile = PhoneDraft(f"+3363998{rank:04d}", is_private=True)
        yield replace(
            draft,
            kind=ContactKind.ADHERENT,
            joined_on=today - timedelta(days=700 + rank),
            verified_on=checked,
            verified_how=VerifiedHow.CALL,
            verified_by="Nadia Benali",
            volunteer_for=tuple(one for number, one in enumerate(CrisisType) if (rank // ONE_IN + number) % 4 == 0),
            mobile_consent_on=checked if rank % 3 else None,
            phones=(*draft.phones, mobile),
        )


def verify(cpts: Cpts, one_in: int, *, by: Account, since: date, days: int) -> None:
    """Call some contacts again, each on one of these days: a version never bears a verification that came after it."""
    for rank, contact in enumerate(contacts.contacts(cpts)):
        if rank % one_in:
            day = since + timedelta(days=1 + rank * 37 % (days - 1))
            directory.verify(contact, on=day, by=by, at=_morning(day))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=ZoneInfo("Europe/Paris"))
