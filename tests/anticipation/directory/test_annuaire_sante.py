"""The extraction of the Annuaire Santé, streamed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from crisis_plan import demo
from crisis_plan.anticipation.directory import annuaire_people, operations, queries
from crisis_plan.anticipation.directory.annuaire_columns import NotAnExtraction
from crisis_plan.anticipation.directory.annuaire_people import RefusedLine
from crisis_plan.anticipation.directory.annuaire_sante import extract
from crisis_plan.anticipation.directory.drafts import ContactDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.organisations.models import CptsCommune
from tests.factories import NOON

SAMPLE = Path(demo.__file__).parent / "annuaire-sante_extrait.txt"
COMMUNES = frozenset(
    {
        *("30012", "30057", "30112", "30166", "30179", "30184", "30206"),
        *("30211", "30212", "30241", "30255", "30301", "30317", "30334"),
    }
)


@pytest.fixture(scope="module")
def sample():
    with SAMPLE.open("rb") as stream:
        return extract(stream, COMMUNES)


def lines(*changes: tuple[str, str], count: int = 1) -> bytes:
    """The headings and the first people of the sample, with these words changed."""
    text = "\n".join(SAMPLE.read_text("utf-8").split("\n")[: count + 1]) + "\n"
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def test_the_sample_gives_702_people_once_each_with_all_their_places(sample):
    assert len(sample.people) == 702
    assert sample.merged_lines == 124
    assert sum(len(person.places) == 2 for person in sample.people.values()) == 121


def test_the_wrong_key_and_the_truncated_line_are_refused_by_number_and_reason(sample):
    assert sample.refused == [
        RefusedLine(144, "ligne tronquée : 2 champs au lieu de 56"),
        RefusedLine(1326, "la clé du numéro RPPS 10000100065 est fausse"),
    ]


def test_people_of_other_towns_are_passed_over_and_counted(sample):
    assert sample.passed_over == 894
    assert {place.commune_code for one in sample.people.values() for place in one.places.values()} == COMMUNES


def test_a_person_is_read_whole(sample):
    assert sample.people["810000105378"].draft() == ContactDraft(
        kind=ContactKind.PROFESSIONAL,
        family_name="SOULIER",
        given_name="Nadia",
        profession="Masseur-Kinésithérapeute",
        national_id="810000105378",
        places=(
            PlaceDraft("CABINET REDESSAN", "73 Rue DE LA RÉPUBLIQUE", "30129", "Redessan", "30211"),
            PlaceDraft("CABINET SAINT-CHAPTES", "84 Rue DES ÉCOLES", "30190", "Saint-Chaptes", "30241"),
        ),
        phones=(PhoneDraft("+33465713639"),),
        emails=sample.people["810000105378"].draft().emails,
    )


def test_a_file_in_latin_1_is_read():
    content = lines().decode().encode("latin-1")
    assert [one.given_name for one in extract(io.BytesIO(content), {"30212"}).people.values()] == ["Aurélie"]


def test_a_stray_byte_spoils_nothing_but_its_own_letter():
    content = lines(count=2).replace("Aurélie".encode(), b"Aur\xe9lie")
    found = extract(io.BytesIO(content), {"30212", "30007"})
    assert [one.given_name for one in found.people.values()] == ["Aurélie", "Guillaume"]


def test_headings_of_another_edition_are_recognised():
    content = lines(
        ("Libellé civilité exercice", "Libellé civilité d'exercice"),
        ("Code commune (coord. structure)", "CODE COMMUNE (coord. Structure)"),
        ("Libellé fonction", "Libellé rôle"),
    )
    assert len(extract(io.BytesIO(b"\xef\xbb\xbf" + content), {"30212"}).people) == 1


def test_columns_that_can_be_done_without_are_named():
    found = extract(io.BytesIO(lines(("Libellé savoir-faire", "Autre chose"))), {"30212"})
    assert found.missing_columns == ("Libellé savoir-faire",)
    assert len(found.people) == 1


def test_a_file_without_the_columns_that_matter_is_refused_by_their_names():
    with pytest.raises(NotAnExtraction, match="Identification nationale PP"):
        extract(io.BytesIO(b"Nom;Commune\nMartin;Uzes\n"), {"30334"})
    with pytest.raises(NotAnExtraction):
        extract(io.BytesIO(b""), {"30334"})


def test_the_advanced_practice_nurse_has_a_label_of_their_own():
    content = lines(("|C|Civil|||||", "|C|Civil|||X|Infirmier en Pratique Avancée|"))
    assert next(iter(extract(io.BytesIO(content), {"30212"}).people.values())).profession.endswith("(IPA)")


def test_endless_refusals_are_counted_but_not_all_kept():
    content = lines() + b"8|1\n" * (annuaire_people.REFUSALS_NAMED + 3)
    found = extract(io.BytesIO(content), {"30212"})
    assert found.refused_count == annuaire_people.REFUSALS_NAMED + 3
    assert len(found.refused) == annuaire_people.REFUSALS_NAMED


def test_the_people_enter_the_directory_once(cpts, sample):
    first = operations.import_annuaire(cpts, sample.drafts(), at=NOON)
    again = operations.import_annuaire(cpts, sample.drafts(), at=NOON)
    db.session.commit()
    assert (first.added, first.already_there) == (702, 0)
    assert (again.added, again.completed, again.already_there) == (0, 0, 702)
    assert len(queries.contacts(cpts)) == 702


def test_what_was_corrected_by_hand_is_never_overwritten(cpts, sample):
    drafts = [sample.people["810000105378"].draft()]
    operations.import_annuaire(cpts, drafts, at=NOON)
    db.session.commit()
    (known,) = queries.contacts(cpts)
    known.kind, known.family_name, known.profession = ContactKind.ADHERENT, "Soulier-Martin", "Ostéopathe"
    known.phones.clear()
    del known.places[1]
    db.session.commit()
    merged = operations.import_annuaire(cpts, drafts, at=NOON)
    db.session.commit()
    db.session.expire_all()
    (known,) = queries.contacts(cpts)
    assert (merged.added, merged.completed, merged.differences) == (0, 0, 4)
    assert (known.kind, known.family_name, known.profession) == (ContactKind.ADHERENT, "Soulier-Martin", "Ostéopathe")
    assert [place.commune for place in known.places] == ["Redessan"]
    assert known.phones == []


def test_an_adherent_typed_by_hand_is_recognised_by_name_commune_and_profession(cpts, sample):
    typed = ContactDraft(ContactKind.ADHERENT, "Soulier", given_name="Nadia", places=(PlaceDraft(commune="redessan"),))
    operations.add(cpts, typed, by=None, at=NOON)
    operations.import_annuaire(cpts, [sample.people["810000105378"].draft()], at=NOON)
    db.session.commit()
    db.session.expire_all()
    (known,) = queries.contacts(cpts)
    assert (known.kind, known.national_id) == (ContactKind.ADHERENT, "810000105378")


def test_the_command_imports_the_communes_of_the_cpts_and_reports(app, cpts):
    cpts.communes = [CptsCommune(code=code) for code in sorted(COMMUNES)]
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["import-annuaire", str(SAMPLE), "--cpts", "uzege"])
    assert result.exit_code == 0, result.output
    assert "702 personne(s) retenue(s)" in result.output
    assert "894 ligne(s) d’autres communes" in result.output
    assert "ligne 144 : ligne tronquée" in result.output
    db.session.rollback()
    assert len(queries.contacts(cpts)) == 702


def test_the_command_refuses_an_unknown_cpts_and_a_file_that_is_no_extraction(app, cpts, tmp_path):
    runner = app.test_cli_runner()
    assert "Aucune CPTS" in runner.invoke(args=["import-annuaire", str(SAMPLE), "--cpts", "ailleurs"]).output
    other = tmp_path / "autre.txt"
    other.write_text("Nom;Commune\n")
    refused = runner.invoke(args=["import-annuaire", str(other), "--cpts", "uzege"])
    assert refused.exit_code == 1
    assert "Colonnes manquantes" in refused.output
