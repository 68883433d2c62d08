"""The directory in the printed plan."""

from __future__ import annotations

from crisis_plan.anticipation.directory import chapter
from crisis_plan.anticipation.directory.models import ContactEmail, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.document.blocks import Facts, Heading, Part, Table, words
from crisis_plan.document.editions import public_blocks, public_cell
from tests.factories import TODAY, ContactFactory, CptsFactory


def tables(blocks) -> dict[str, list[list[str]]]:
    return {
        block.caption: [[words(cell) for cell in row.cells] for row in block.rows]
        for block in blocks
        if isinstance(block, Table)
    }


def test_the_annex_lists_institutions_first_then_people_by_profession_and_name(cpts):
    ContactFactory(cpts_id=cpts.id, family_name="Zola", kind=ContactKind.PROFESSIONAL)
    ContactFactory(cpts_id=cpts.id, family_name="Martin", kind=ContactKind.ADHERENT, verified_on=TODAY)
    ContactFactory(cpts_id=cpts.id, family_name="Bernard", kind=ContactKind.PROFESSIONAL)
    ContactFactory(cpts_id=cpts.id, family_name="ARS", is_service=True, kind=ContactKind.INSTITUTION, category="ARS")
    ContactFactory(cpts_id=cpts.id, family_name="Adam", kind=ContactKind.PROFESSIONAL, profession="Pharmacien")
    ContactFactory(cpts_id=CptsFactory().id, family_name="Secret")
    db.session.commit()
    annex = chapter.annex(cpts, TODAY)
    assert (annex.key, annex.part) == ("annexe-annuaire", Part.ANNEX)
    assert [block.text for block in annex.blocks if isinstance(block, Heading)] == [
        "Institutions",
        "Adhérents",
        "Professionnels du territoire",
    ]
    found = tables(annex.blocks)
    assert list(found) == [
        "Institutions",
        "Adhérents – Infirmier",
        "Professionnels du territoire – Infirmier",
        "Professionnels du territoire – Pharmacien",
    ]
    assert [row[0] for row in found["Professionnels du territoire – Infirmier"]] == ["Camille BERNARD", "Camille ZOLA"]
    phone = "04\u00a065\u00a071\u00a000\u00a000"
    assert found["Adhérents – Infirmier"] == [["Camille MARTIN", "Infirmier", "Uzès", phone, "", "22/11/2026"]]


def test_private_numbers_and_addresses_leave_the_public_edition_with_their_comma(cpts):
    ContactFactory(
        cpts_id=cpts.id,
        phones=[
            ContactPhone(position=0, number="+33639980001", is_private=True),
            ContactPhone(position=1, number="15"),
        ],
        emails=[ContactEmail(position=0, address="lea@exemple.fr", is_private=True)],
    )
    db.session.commit()
    blocks = chapter.annex(cpts, TODAY).blocks
    (table,) = [block for block in blocks if isinstance(block, Table)]
    phones, emails = table.rows[0].cells[3:5]
    assert words(phones) == "15, 06\u00a039\u00a098\u00a000\u00a001"
    assert (words(public_cell(phones)), words(public_cell(emails))) == ("15", "")
    assert "exemple.fr" not in str(public_blocks(blocks))


def test_plain_cells_stay_plain_and_rows_are_known_by_their_contact(cpts):
    contact = ContactFactory(cpts_id=cpts.id)
    db.session.commit()
    (table,) = [block for block in chapter.annex(cpts, TODAY).blocks if isinstance(block, Table)]
    assert table.rows[0].key == str(contact.id)
    assert all(isinstance(cell, str) for cell in table.rows[0].cells)


def test_the_summary_counts_adherents_apart_with_the_date(cpts):
    ContactFactory(cpts_id=cpts.id, kind=ContactKind.ADHERENT, verified_on=TODAY)
    for _ in range(2):
        ContactFactory(cpts_id=cpts.id, kind=ContactKind.PROFESSIONAL)
    db.session.commit()
    facts, table, *_ = chapter.summary(cpts, TODAY)
    assert isinstance(facts, Facts)
    said = {fact.label: words(fact.value) for fact in facts.facts}
    assert said["Adhérents de l’association"] == "1\u00a0adhérent"
    assert said["Professionnels du territoire"] == "2"
    assert said["Contacts vérifiés depuis moins de 12 mois"] == "33\u00a0% (1 sur 3)"
    assert isinstance(table, Table)
    assert table.rows == ()


def test_people_are_counted_by_commune_and_nobody_twice_in_one(cpts):
    two_places = [ContactPlace(position=0, commune="Uzès"), ContactPlace(position=1, commune="Remoulins")]
    same_place = [ContactPlace(position=rank, commune="Uzès", structure=f"Cabinet {rank}") for rank in range(2)]
    ContactFactory(cpts_id=cpts.id, kind=ContactKind.ADHERENT, places=two_places)
    ContactFactory(cpts_id=cpts.id, kind=ContactKind.PROFESSIONAL, places=same_place)
    ContactFactory(cpts_id=cpts.id, kind=ContactKind.PROFESSIONAL, profession="", places=[])
    ContactFactory(cpts_id=cpts.id, kind=ContactKind.ADHERENT, is_service=True, profession="", family_name="MSP")
    ContactFactory(cpts_id=CptsFactory().id)
    db.session.commit()
    found = tables(chapter.summary(cpts, TODAY))
    assert found["Professionnels par commune d’exercice"] == [["Uzès", "2", "1"], ["Remoulins", "1", "1"]]


def test_each_count_is_drawn_against_the_largest_of_its_table(cpts):
    for commune in ("Uzès", "Uzès", "Remoulins"):
        ContactFactory(cpts_id=cpts.id, places=[ContactPlace(position=0, commune=commune)])
    db.session.commit()
    drawn = next(
        block for block in chapter.summary(cpts, TODAY) if getattr(block, "caption", "").endswith("commune d’exercice")
    )
    assert [drawn.bars(row) for row in drawn.rows] == [(0.0, 1.0, 0.0), (0.0, 0.5, 0.0)]
