from __future__ import annotations

from typing import Any

from crisis_plan.anticipation.directory import territory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.document.blocks import Paragraph, Table, words
from crisis_plan.organisations.models import Cpts
from tests.factories import ContactFactory, CptsFactory


def service(cpts: Cpts, kind: ContactKind, category: str) -> None:
    ContactFactory(cpts_id=cpts.id, kind=kind, category=category, profession="", is_service=True, joined_on=None)


def rows(table: Any) -> list[list[str]]:
    assert isinstance(table, Table)
    return [[words(cell) for cell in row.cells] for row in table.rows]


def test_an_empty_directory_prints_nothing(cpts: Cpts) -> None:
    assert territory.counts(cpts) == ()


def test_people_are_counted_by_profession_and_adherents_among_them(cpts: Cpts) -> None:
    for kind, profession in (
        (ContactKind.ADHERENT, "Infirmier"),
        (ContactKind.PROFESSIONAL, "Infirmier"),
        (ContactKind.PROFESSIONAL, "Médecin"),
        (ContactKind.PROFESSIONAL, ""),
    ):
        ContactFactory(cpts_id=cpts.id, kind=kind, profession=profession)
    table, said = territory.counts(cpts)
    assert rows(table) == [["Infirmier", "2", "1"], ["Médecin", "1", "0"], ["Profession non précisée", "1", "0"]]
    assert isinstance(said, Paragraph)
    assert words(said.text).replace("\u00a0", " ") == (
        "4 professionnels dans l’annuaire, adhérents compris ; 1 est adhérent de l’association."
    )


def test_services_are_counted_by_category_and_those_of_others_are_not(cpts: Cpts) -> None:
    for kind, category in (
        (ContactKind.PARTNER, "Mairie"),
        (ContactKind.PARTNER, "Mairie"),
        (ContactKind.PARTNER, "CCAS"),
        (ContactKind.PARTNER, ""),
        (ContactKind.INSTITUTION, "ARS"),
        (ContactKind.ESTABLISHMENT, "EHPAD"),
    ):
        service(cpts, kind, category)
    service(CptsFactory(), ContactKind.ESTABLISHMENT, "Hôpital")
    (table,) = territory.counts(cpts)
    assert rows(table) == [
        ["Établissements", "EHPAD", "1"],
        ["Institutions", "ARS", "1"],
        ["Partenaires", "Mairie", "2"],
        ["Partenaires", "CCAS", "1"],
        ["Partenaires", "Catégorie non précisée", "1"],
    ]
