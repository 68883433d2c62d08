"""Contacts typed in Excel: read, previewed, applied once, reported; and exported back."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from crisis_plan import demo
from crisis_plan.anticipation.directory import contact_lines, export, oppositions, queries
from crisis_plan.anticipation.directory.drafts import from_json
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.queries import Taken
from crisis_plan.anticipation.directory.rules import ContactKind, VerifiedHow
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.imports import spreadsheet
from crisis_plan.imports.models import ImportReport
from crisis_plan.imports.rules import Outcome
from tests.browser import Page
from tests.factories import NOON, ContactFactory, CptsFactory

SAMPLE = Path(demo.__file__).parent / "partenaires_excel.csv"
TODAY = date(2026, 11, 22)


def assess(text: str, taken: Taken | None = None):
    sheet = spreadsheet.read(text.encode(), "f.csv")
    return contact_lines.assess(sheet, taken or Taken(), today=TODAY, region="FR")


def upload(referent, content: bytes, file_name: str = "partenaires.csv") -> Page:
    page = referent.get("cpts.directory.import_form")
    return referent.submit(page, "main form", {"file": (io.BytesIO(content), file_name)})


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) or 0


def test_the_sample_comes_out_exactly_as_expected():
    sheet = spreadsheet.read(SAMPLE.read_bytes(), SAMPLE.name)
    lines = contact_lines.assess(sheet, Taken(), today=TODAY, region="FR")
    said = {line.number: (line.outcome, line.reasons) for line in lines if line.outcome is not Outcome.ACCEPTED}
    assert said == {
        22: (Outcome.WARNING, ("La date de vérification « 31/02/2026 » n’existe pas : laissée vide.",)),
        23: (Outcome.WARNING, ("Courriel « =cmd|' /C calc'!A0 » laissé vide : cette adresse n’est pas complète.",)),
        24: (Outcome.DUPLICATE, ("Déjà ligne 16 du fichier : même nom et même commune.",)),
    }
    drafts = {line.number: from_json(line.values) for line in lines}
    assert drafts[2].phones[0].number == "+33465710000"
    assert [drafts[n].phones[0].number for n in (18, 19)] == ["18", "15"]
    assert drafts[23].family_name == "CPTS voisine; Gardonnenque"
    assert drafts[22].verified_on is None
    assert drafts[23].emails == ()


def test_the_sample_is_previewed_then_imported_once(referent):
    preview = upload(referent, SAMPLE.read_bytes()).follow()
    assert count() == 0
    assert preview.texts(".cards .badge") == ["20 acceptées", "2 acceptées avec réserve", "1 doublon", "0 refusée"]
    report = referent.submit(preview, "form[data-apply]").follow()
    assert "22 lignes importées" in report.text
    assert count() == 22
    again = referent.submit(preview, "form[data-apply]").follow()
    assert "22 lignes importées" in again.text
    assert count() == 22
    assert "partenaires.csv" in referent.get("cpts.directory.import_form").text


def test_a_duplicate_comes_in_only_when_ticked(referent):
    preview = upload(referent, SAMPLE.read_bytes()).follow()
    chosen = preview.html.select("input[name=line_24][checked]")
    assert [box["value"] for box in chosen] == ["leave"]
    report = referent.submit(preview, "form[data-apply]", {"line_24": "force"}).follow()
    assert count() == 23
    assert "Doublon, importé" in report.text


def test_only_what_is_proposed_can_be_decided_of_a_duplicate(referent):
    preview = upload(referent, SAMPLE.read_bytes()).follow()
    assert referent.submit(preview, "form[data-apply]", {"line_24": "erase"}).status == 422
    assert count() == 0
    referent.submit(preview, "form[data-apply]", {"line_3": "force"})
    assert count() == 22


def test_who_joined_since_the_preview_is_left_out(referent):
    first = upload(referent, SAMPLE.read_bytes()).follow()
    second = upload(referent, SAMPLE.read_bytes()).follow()
    referent.submit(first, "main form")
    report = referent.submit(second, "main form").follow()
    assert "0 ligne importée" in report.text
    assert count() == 22


def test_the_same_upload_sent_twice_is_one_preview(referent):
    page = referent.get("cpts.directory.import_form")
    answers = [
        referent.submit(page, "main form", {"file": (io.BytesIO(SAMPLE.read_bytes()), "a.csv")}).location
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportReport)) == 1


def test_the_lines_to_redo_are_a_file_with_their_reason_and_no_formula(referent):
    preview = upload(referent, b"Nom;Courriel;=1+1\n;a@exemple.fr;=2+2\nMairie;=cmd|x;3").follow()
    redo = referent.open(preview.links()["Télécharger les lignes à reprendre (CSV)"])
    rows = list(csv.reader(io.StringIO(redo.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Nom", "Courriel", "'=1+1", "Motif"]
    assert rows[1] == ["", "a@exemple.fr", "'=2+2", "Le nom manque."]
    assert rows[2][1] == "'=cmd|x"
    assert "=1+1" in preview.texts(".notice")[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"PK\x03\x04", "pas arrivé entier"),
        (b"Nom;Commune\n", "que des titres"),
        (b"Nom;\x00", "tableau de texte"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(referent, content, said):
    page = upload(referent, content)
    assert page.status == 422
    assert said in page.texts("#file-error")[0]


def test_no_file_at_all_is_asked_for(referent):
    page = referent.get("cpts.directory.import_form")
    assert "Choisissez un fichier" in referent.submit(page, "main form").text


def test_headings_are_recognised_by_their_synonyms():
    (line,) = assess(
        "NOM;prenom;Métier;Ville;CP;Tél;Portable;Mail;N° RPPS;Type;Adhésion\n"
        "Martin;Léa;Infirmier;Uzès;30700;465710001;06 39 98 00 01;LEA@exemple.fr;10000105121;Adhérente;01/02/2025"
    )
    draft = from_json(line.values)
    assert (line.outcome, draft.kind, draft.joined_on) == (Outcome.ACCEPTED, ContactKind.ADHERENT, date(2025, 2, 1))
    assert [(phone.number, phone.is_private) for phone in draft.phones] == [
        ("+33465710001", False),
        ("+33639980001", True),
    ]
    assert (draft.emails[0].address, draft.national_id) == ("lea@exemple.fr", "810000105121")


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Type", "Inconnu", "Type « Inconnu » inconnu"),
        ("RPPS", "10000105122", "RPPS laissé vide"),
        ("Code postal", "3O700", "Code postal"),
        ("Téléphone", "12", "Téléphone « 12 »"),
        ("Vérifié le", "01/01/2030", "dans l’avenir"),
        ("Vérifié le", "2024", "La date de vérification « 2024 » n’est pas complète"),
        ("Vérifié le", "03/2024", "n’est pas complète"),
        ("Catégorie", "x" * 81, "coupé à 80"),
    ],
)
def test_a_bad_field_is_left_empty_and_its_line_comes_in(heading, cell, said):
    (line,) = assess(f"Nom;{heading}{'' if heading == 'Type' else ';Type'}\nMairie;{cell};Partenaire")
    assert line.outcome is Outcome.WARNING
    assert any(said in reason for reason in line.reasons)


def test_two_telephones_in_one_cell_are_two():
    (line,) = assess("Nom;Type;Téléphone\nMairie;Partenaire;465710000 / 06 39 98 00 01 (privé)")
    assert [(one.number, one.is_private) for one in from_json(line.values).phones] == [
        ("+33465710000", False),
        ("+33639980001", True),
    ]


def test_an_adherent_without_a_date_comes_in_with_a_warning():
    (line,) = assess("Nom;Prénom;Type\nMartin;Léa;Adhérent")
    assert (line.outcome, from_json(line.values).kind) == (Outcome.WARNING, ContactKind.ADHERENT)


def test_an_rpps_number_already_in_the_directory_cannot_come_in_again(referent):
    ContactFactory(cpts_id=referent.cpts.id, national_id="810000105121")
    db.session.commit()
    preview = upload(referent, b"Nom;Type;RPPS\nAutre;Professionnel;10000105121").follow()
    assert "même numéro RPPS" in preview.text
    assert "Rien à compléter. Diffère : Nom" in preview.text
    assert preview.html.select("input[type=radio]") == []
    assert count() == 1


def test_two_ticked_duplicates_of_each_other_both_come_in(referent):
    content = "Nom;Type;Commune\nMairie;Partenaire;Uzès\nMairie;Partenaire;Uzès\nMairie;Partenaire;uzes".encode()
    preview = upload(referent, content).follow()
    referent.submit(preview, "form[data-apply]", {"line_3": "force", "line_4": "force"})
    assert count() == 3


def test_a_namesake_in_another_commune_is_no_duplicate():
    lines = assess("Nom;Type;Commune\nMairie;Partenaire;Uzès\nMairie;Partenaire;Fons")
    assert [line.outcome for line in lines] == [Outcome.ACCEPTED, Outcome.ACCEPTED]


def test_another_tenant_sees_neither_the_report_nor_its_contacts(referent):
    elsewhere = CptsFactory()
    theirs = ImportReport(cpts_id=elsewhere.id, subject="contacts", file_name="secret.csv", read_at=NOON, lines=[])
    stock = ImportReport(cpts_id=referent.cpts.id, subject="stock", file_name="stock.csv", read_at=NOON, lines=[])
    db.session.add_all([theirs, stock])
    db.session.commit()
    for report in (theirs, stock):
        for endpoint in ("show_import", "import_refusals"):
            assert referent.get(f"cpts.directory.{endpoint}", report_id=report.id).status == 404
        assert referent.post("cpts.directory.apply_import", report_id=report.id).status == 404
    assert "csv" not in " ".join(referent.get("cpts.directory.import_form").texts(".rows"))


def test_a_preview_is_read_in_pages_and_by_outcome(referent):
    content = "Nom;Type;Téléphone\n" + "".join(f"Mairie {n};Partenaire;{n % 2 or 15}\n" for n in range(120))
    preview = upload(referent, content.encode()).follow()
    assert len(preview.html.select("tbody tr")) == 50
    warned = referent.open(f"{preview.response.request.path}?resultat=warning&page=2")
    assert len(warned.html.select("tbody tr")) == 10


def test_what_is_exported_is_imported_back_equal(referent):
    upload_and_apply(referent, SAMPLE.read_bytes())
    referent.post(
        "cpts.directory.add",
        {
            "kind": "adherent",
            "nature": "person",
            "family_name": "-Martin",
            "given_name": "=Léa",
            "joined_on": "2025-01-01",
            "rpps": "10000105121",
            "phones-0-number": "06 39 98 00 01",
            "phones-0-is_private": "y",
            "note": '=1+1; "deux"',
        },
    )
    exported = referent.get("cpts.directory.export_csv").content
    assert exported.startswith(b"\xef\xbb\xbf")
    assert b"'=1+1" in exported
    before = described(referent.cpts)
    for contact in queries.contacts(referent.cpts):
        db.session.delete(contact)
    db.session.commit()
    upload_and_apply(referent, exported)
    assert described(referent.cpts) == before
    assert len(before) == 23


def test_the_export_is_the_filtered_list(referent):
    upload_and_apply(referent, SAMPLE.read_bytes())
    exported = referent.get("cpts.directory.export_csv", type="institution").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(exported), delimiter=";"))
    assert [row["Nom"] for row in rows] == ["ARS Occitanie – DD30", "CPAM du Gard", "MSA du Languedoc"]
    assert rows[1]["Téléphone"] == "04 65 71 02 01"


def upload_and_apply(referent, content: bytes) -> None:
    preview = upload(referent, content).follow()
    assert referent.submit(preview, "form[data-apply]").status == 303


def described(cpts):
    db.session.expire_all()
    return [
        [cell for heading, cell in zip(export.HEADINGS, export.row(one), strict=True) if heading != "Origine"]
        for one in queries.contacts(cpts)
    ]


@pytest.mark.parametrize(
    ("heading", "who", "cell", "is_private"),
    [
        ("Téléphone", "Léa;Infirmier", "06 39 98 00 01", True),
        ("Téléphone", "Léa;Infirmier", "04 65 71 00 01", False),
        ("Téléphone", ";", "06 39 98 00 01", False),
        ("Téléphone 2", "Léa;Infirmier", "639980001", True),
        ("Téléphone", "Léa;Infirmier", "06 39 98 00 01 (professionnel)", False),
        ("Téléphone professionnel", "Léa;Infirmier", "06 39 98 00 01", False),
        ("Téléphone privé", "Léa;Infirmier", "04 65 71 00 01", True),
        ("Portable", ";", "04 65 71 00 01", True),
        ("Mobile", "Léa;Infirmier", "06 39 98 00 01", True),
    ],
)
def test_a_person_s_mobile_stays_private_unless_it_is_for_work(heading, who, cell, is_private):
    (line,) = assess(f"Nom;Type;Prénom;Profession;{heading}\nMartin;Professionnel;{who};{cell}")
    assert line.outcome is Outcome.ACCEPTED
    assert [phone.is_private for phone in from_json(line.values).phones] == [is_private]


def test_the_preview_shows_what_comes_in(referent):
    page = upload(referent, "Nom;Type;Prénom;Commune;Téléphone\nMartin;Professionnel;Léa;Uzès;06 39 98 00 01".encode())
    (row,) = page.follow().texts("tbody tr")
    assert "Professionnel du territoire" in row
    assert "Uzès" in row
    assert "numéro de mobile : gardé privé" in row


def test_a_page_refused_for_its_weight_leads_back_to_the_form(referent):
    page = upload(referent, b"x" * 12_000_000)
    assert page.status == 413
    assert "Rien n’a été enregistré" in page.text
    assert "50 Mo" not in page.text
    assert page.links()["Revenir au formulaire"] == "/cpts/uzege/annuaire/importer"


def test_a_duplicate_completes_the_contact_that_is_there_and_replaces_nothing(referent):
    upload_and_apply(referent, "Nom;Prénom;Type;Commune;Fonction\nMartin;Léa;Professionnel;Uzès;Cheffe".encode())
    preview = upload(
        referent,
        "Nom;Prénom;Type;Commune;Fonction;RPPS;Téléphone;Courriel;Structure\n"
        "MARTIN;Léa;Partenaire;uzes;Stagiaire;10000105121;04 65 71 00 01;lea@exemple.fr;Cabinet".encode(),
    ).follow()
    report = referent.submit(preview, "form[data-apply]", {"line_2": "complete"}).follow()
    assert "0 ligne importée, 1 fiche complétée" in report.text
    (contact,) = queries.contacts(referent.cpts)
    assert (contact.family_name, contact.kind, contact.function) == ("Martin", ContactKind.PROFESSIONAL, "Cheffe")
    assert (contact.national_id, [one.number for one in contact.phones]) == ("810000105121", ["+33465710001"])
    assert [(place.structure, place.commune) for place in contact.places] == [("Cabinet", "Uzès")]
    assert fields_changed(contact) == [["emails", "national_id", "phones", "places"]]


def test_a_duplicate_of_a_line_above_completes_that_line(referent):
    content = "Nom;Type;Commune;Téléphone\nMairie;Partenaire;Uzès;04 65 71 00 01\nMairie;Partenaire;Uzès;15".encode()
    preview = upload(referent, content).follow()
    referent.submit(preview, "form[data-apply]", {"line_3": "complete"})
    (contact,) = queries.contacts(referent.cpts)
    assert [phone.number for phone in contact.phones] == ["+33465710001", "15"]


def fields_changed(contact: Contact) -> list[list[str]]:
    """What the history says of a contact."""
    return list(db.session.scalars(sa.select(HistoryEvent.fields).where(HistoryEvent.subject_id == str(contact.id))))


def test_who_opposed_is_not_brought_back_and_the_report_keeps_nothing_of_them(referent):
    contact = ContactFactory(cpts_id=referent.cpts.id, family_name="Martin", given_name="Léa", sort_name="martin lea")
    db.session.flush()
    oppositions.keep(contact, on=TODAY)
    db.session.delete(contact)
    db.session.commit()
    preview = upload(referent, "Nom;Prénom;Type\nMartin;Léa;Professionnel\nDurand;Max;Professionnel".encode()).follow()
    assert "S’est opposé à figurer dans l’annuaire." in preview.text
    report = referent.submit(preview, "form[data-apply]").follow()
    assert "1 ligne importée" in report.text
    assert "Martin" not in report.text
    assert [one.family_name for one in queries.contacts(referent.cpts)] == ["Durand"]


@pytest.mark.parametrize(
    ("heading", "cell", "field", "read"),
    [
        ("FINESS", "300000012", "finess", "300000012"),
        ("FINESS", "10000012", "finess", "010000012"),
        (
            "Volontaire pour",
            "3 ; Malades, notamment personnes âgées ou enfants",
            "volunteer_for",
            ("ill", "infectious"),
        ),
        ("Accord mobile privé le", "01/02/2025", "mobile_consent_on", date(2025, 2, 1)),
        ("Vérifié par", "Zoé Exemple", "verified_by", "Zoé Exemple"),
        ("Vérifié comment", "par téléphone", "verified_how", VerifiedHow.CALL),
    ],
)
def test_what_an_export_writes_is_read(heading, cell, field, read):
    quoted = f'"{cell}"' if ";" in cell else cell
    (line,) = assess(f"Nom;Type;{heading}\nMartin;Partenaire;{quoted}")
    assert (line.outcome, getattr(from_json(line.values), field)) == (Outcome.ACCEPTED, read)


def test_a_finess_or_a_crisis_type_that_does_not_exist_is_left_out_and_said():
    (line,) = assess("Nom;Type;FINESS;Volontaire pour\nMartin;Partenaire;12;invasion")
    assert line.outcome is Outcome.WARNING
    assert [reason.split()[0] for reason in line.reasons] == ["FINESS", "Volontaire"]


@pytest.mark.parametrize(
    ("content", "file_name", "said"),
    [
        (b"", "f.xlsx", "vide"),
        (b"PK\x03\x04 tronqu", "f.xlsx", "pas arrivé entier"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 99, "f.xls", "ancien Excel"),
        ("Nom;Léa".encode("utf-16"), "f.csv", "tableau de texte"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_and_nothing_changes(referent, content, file_name, said):
    page = upload(referent, content, file_name)
    assert page.status == 422
    assert said in page.texts("#file-error")[0]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportReport)) == 0


KNOWN = "Nom;Prénom;Type;Commune;Profession;Fonction;Téléphone\n"


def test_duplicates_say_what_differs_and_all_are_completed_at_once(referent):
    upload_and_apply(
        referent, f"{KNOWN}A;Léa;Professionnel;Uzès;Infirmier;;\nB;Léa;Professionnel;Uzès;Médecin;Chef;15".encode()
    )
    more = "A;Léa;Professionnel;Uzès;Infirmier;Cadre;15\nB;Léa;Professionnel;Uzès;Médecin;Interne;18\n"
    preview = upload(referent, f"{KNOWN}{more}B;Léa;Professionnel;Uzès;Médecin;Chef;15".encode()).follow()
    assert "Compléterait : fonction, téléphones." in preview.text
    assert "Diffère : Fonction « Chef » dans l’annuaire, « Interne » dans le fichier." in preview.text
    report = referent.submit(preview, "form[data-apply]", {"for_all": "complete"}).follow()
    assert "0 ligne importée" in report.text
    a, b = queries.contacts(referent.cpts)
    assert (a.function, b.function) == ("Cadre", "Chef")
    assert [[phone.number for phone in one.phones] for one in (a, b)] == [["15"], ["15", "18"]]


def test_the_same_file_again_folds_what_is_identical(referent):
    content = f"{KNOWN}A;Léa;Professionnel;Uzès;Infirmier;;\nB;Léa;Professionnel;Uzès;Médecin;Chef;15".encode()
    upload_and_apply(referent, content)
    preview = upload(referent, content).follow()
    assert "2 doublons identiques : rien à faire" in preview.texts("main details > summary")
    assert not preview.html.select("details[open] input[type=radio]")


@pytest.mark.parametrize(
    ("written", "profession", "speciality"),
    [
        ("Infirmière", "Infirmier", ""),
        ("IDEL", "Infirmier", ""),
        ("Kiné", "Masseur-Kinésithérapeute", ""),
        ("Sage femme", "Sage-Femme", ""),
        ("Dentiste", "Chirurgien-Dentiste", ""),
        ("Médecin généraliste", "Médecin", "Médecine générale"),
        ("Podologue", "Pédicure-Podologue", ""),
        ("Pharmacienne", "Pharmacien", ""),
        ("diététicienne", "Diététicien", ""),
        ("Sophrologue", "Sophrologue", ""),
    ],
)
def test_a_profession_is_read_by_its_usual_label(written, profession, speciality):
    (line,) = assess(f"Nom;Type;Profession\nA;Professionnel;{written}")
    assert (line.values["profession"], line.values.get("speciality", "")) == (profession, speciality)


def test_a_profession_read_otherwise_is_said_and_its_line_accepted():
    (line,) = assess("Nom;Type;Profession\nA;Professionnel;Kiné")
    assert (line.outcome, line.reasons) == (
        Outcome.ACCEPTED,
        ("Profession « Kiné » lue comme « Masseur-Kinésithérapeute ».",),
    )


def test_an_address_of_one_s_own_is_private_and_the_preview_shows_it(referent):
    page = upload(
        referent,
        "Nom;Prénom usuel;Profession;Mail perso;GSM\nA;Léa;Kiné;a@exemple.fr / b@exemple.fr;0611223344".encode(),
    )
    assert "a@exemple.fr (privé)" in page.follow().text
    (line,) = assess("Nom;Prénom usuel;Mail perso;GSM\nA;Léa;a@exemple.fr / b@exemple.fr;0611223344")
    draft = from_json(line.values)
    assert draft.given_name == "Léa"
    assert [(one.address, one.is_private) for one in draft.emails] == [("a@exemple.fr", True), ("b@exemple.fr", True)]
    assert [one.is_private for one in draft.phones] == [True]
    assert line.raw[2] == "a@exemple.fr / b@exemple.fr"


@pytest.mark.parametrize(("heading", "is_first"), [("Bidule", True), ("Prénom", False)])
def test_columns_that_nobody_reads_are_asked_first(referent, heading, is_first):
    page = upload(referent, f"Nom;{heading}\nA;x".encode()).follow()
    forms = [form["action"].rpartition("/")[2] == "colonnes" for form in page.html.select("main form")]
    assert forms == [is_first, not is_first]
    assert bool(page.html.select("#colonnes[open]")) is is_first


def test_the_origin_of_a_contact_is_a_table_whatever_its_format(referent):
    upload_and_apply(referent, b"Nom;Type\nA;Partenaire")
    assert [one.source for one in queries.contacts(referent.cpts)] == ["import d\u2019un tableau"]
