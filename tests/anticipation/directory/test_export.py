"""The directory as files: what leaves can come back, whoever may not read gets nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from crisis_plan import clock
from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.directory import contact_lines, export
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft, from_json
from crisis_plan.anticipation.directory.models import ContactEmail, ContactPhone
from crisis_plan.anticipation.directory.professions import usual
from crisis_plan.anticipation.directory.queries import Taken
from crisis_plan.anticipation.directory.rules import ContactKind, VerifiedHow
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.imports import spreadsheet
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.web.downloads import csv_file, xlsx_file
from tests.factories import NOON, TODAY, ContactFactory, CptsFactory

PRIVATE = "+33639980001"


def short(most: int = 20) -> st.SearchStrategy[str]:
    """What people type in a field, signs that a spreadsheet could misread included."""
    signs = st.characters(categories=["L", "N"], max_codepoint=0x17F) | st.sampled_from(" ;,\"'=+-@()’«»/")
    typed = st.text(signs, max_size=most).map(lambda text: " ".join(text.split()))
    return typed.filter(lambda text: not text.startswith("'"))  # an apostrophe first is the mark of a neutralised cell


days = st.none() | st.dates(date(1990, 1, 1), TODAY)
places = st.builds(
    PlaceDraft,
    structure=short(),
    address=short(),
    postal_code=st.sampled_from(["", "30700", "01000", "20000"]),
    commune=short(),
).filter(lambda place: any(vars(place).values()))
phones = st.builds(
    PhoneDraft,
    number=st.sampled_from([PRIVATE, "+33465710000", "15", "+262692000001", "+3225551212"]),
    is_private=st.booleans(),
)
emails = st.builds(EmailDraft, address=st.sampled_from(["a@exemple.fr", "b.c@exemple.fr"]), is_private=st.booleans())


@st.composite
def contacts(draw: st.DrawFn) -> ContactDraft:
    """A contact as the application could hold it."""
    kind = draw(st.sampled_from(ContactKind))
    return ContactDraft(
        kind=kind,
        is_service=draw(st.booleans()),
        joined_on=draw(days) if kind is ContactKind.ADHERENT else None,
        family_name=draw(short().filter(bool)),
        national_id=draw(st.sampled_from([None, "810000105121"])),
        finess=draw(st.sampled_from(["", "300012345", "2A0001234", "010012345"])),
        volunteer_for=tuple(crisis_types(draw(st.sets(st.sampled_from(CrisisType))))),
        mobile_consent_on=draw(days),
        verified_on=draw(days),
        verified_how=draw(st.none() | st.sampled_from(VerifiedHow)),
        places=tuple(draw(st.lists(places, max_size=3))),
        phones=tuple(draw(st.lists(phones, max_size=4, unique_by=lambda one: one.number))),
        emails=tuple(draw(st.lists(emails, max_size=3, unique_by=lambda one: one.address))),
        **{name: draw(short()) for name in TEXTS},
    )


TEXTS = (
    *("title", "given_name", "profession", "speciality", "category", "function"),
    *("skills", "availability", "note", "verified_by"),
)


def read_back(content: bytes, file_name: str) -> ContactDraft:
    sheet = spreadsheet.read(content, file_name)
    (line,) = contact_lines.assess(sheet, Taken(), today=TODAY, region="FR")
    return from_json(line.values)


def with_usual_profession(draft):
    """An import reads « Kiné » as the label of the profession; everything else comes back as it left."""
    label, speciality = usual(draft.profession)
    return replace(draft, profession=label, speciality=draft.speciality or speciality)


@settings(max_examples=40, deadline=None)  # a workbook is written and read each time, on a machine that may be busy
@given(contacts())
def test_an_exported_contact_comes_back_equal_from_csv(draft):
    content = csv_file(export.HEADINGS, [export.row(draft)], file_name="a.csv").get_data()
    assert read_back(content, "a.csv") == with_usual_profession(draft)


@settings(max_examples=40, deadline=None)  # a workbook is written and read each time, on a machine that may be busy
@given(contacts())
def test_an_exported_contact_comes_back_equal_from_xlsx(draft):
    content = xlsx_file(export.HEADINGS, [export.row(draft)], file_name="a.xlsx").get_data()
    assert read_back(content, "a.xlsx") == with_usual_profession(draft)


def made(cpts, family_name, **values):
    phones = [ContactPhone(position=0, number=PRIVATE, is_private=True)]
    contact = ContactFactory(cpts_id=cpts.id, family_name=family_name, phones=phones, **values)
    db.session.commit()
    return contact


def names_in(page, ending):
    if ending == "csv":
        return [line["Nom"] for line in csv.DictReader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";")]
    if ending == "xlsx":
        headings, *rows = load_workbook(io.BytesIO(page.content)).active.iter_rows(values_only=True)
        return [row[headings.index("Nom")] for row in rows]
    return [card.n.value.family for card in vobject.readComponents(page.content.decode())]


FILES = {"csv": "export_csv", "xlsx": "export_xlsx", "vcf": "export_vcards"}


@pytest.mark.parametrize("ending", FILES)
def test_a_file_holds_the_filtered_list_and_nobody_of_another_cpts(referent, ending):
    made(referent.cpts, "Martin", volunteer_for=["nrc"])
    made(referent.cpts, "Durand")
    made(CptsFactory(), "Secret")
    index = referent.get("cpts.directory.index", volontaire="nrc")
    address = next(href for href in index.links("#contacts a").values() if f"annuaire.{ending}" in href)
    page = referent.open(address)
    assert names_in(page, ending) == ["Martin"]
    assert page.response.headers["Content-Disposition"].endswith(f".{ending}")
    assert sorted(names_in(referent.get(f"cpts.directory.{FILES[ending]}"), ending)) == ["Durand", "Martin"]


@pytest.mark.parametrize("ending", FILES)
def test_a_cell_member_takes_private_numbers_away_and_an_adherent_takes_nothing(cell_member, adherent, ending):
    made(cell_member.cpts, "Martin")
    page = cell_member.get("cpts.directory.index")
    assert "numéros privés" in page.text
    endpoint = f"cpts.directory.{FILES[ending]}"
    assert cell_member.get(endpoint).status == 200
    assert adherent.get(endpoint).status == 403


def test_one_contact_goes_into_a_telephone(referent, stranger):
    contact = made(referent.cpts, "Martin")
    shown = referent.get("cpts.directory.show", contact_id=contact.id)
    page = referent.open(shown.links()["Enregistrer dans mon téléphone (vCard)"])
    assert page.response.mimetype == "text/vcard"
    assert [card.tel.value for card in vobject.readComponents(page.content.decode())] == [PRIVATE]
    elsewhere = made(CptsFactory(), "Secret")
    assert referent.get("cpts.directory.export_vcard", contact_id=elsewhere.id).status == 404


def test_the_crisis_cell_goes_into_a_telephone_those_on_duty_only(referent):
    today = clock.today(referent.cpts)
    function = CellFunction(cpts_id=referent.cpts.id, position=1, name="Liaison")
    db.session.add(function)
    db.session.flush()
    for name, starts_on, ends_on in (
        ("Présent", today, None),
        ("Ancien", today - timedelta(60), today - timedelta(1)),
        ("Futur", today + timedelta(1), None),
    ):
        contact = made(referent.cpts, name, emails=[ContactEmail(position=0, address="a@exemple.fr")])
        db.session.add(
            CellDuty(
                function_id=function.id,
                contact_id=contact.id,
                rank=Rank.TITULAR,
                starts_on=starts_on,
                ends_on=ends_on,
                created_at=NOON,
            )
        )
    made(referent.cpts, "Autre")
    page = referent.get("cpts.crisis_cell.index")
    found = referent.open(page.links()["Enregistrer la cellule dans mon téléphone (vCard)"])
    cards = list(vobject.readComponents(found.content.decode()))
    assert [(card.n.value.family, card.email.value) for card in cards] == [("Présent", "a@exemple.fr")]
