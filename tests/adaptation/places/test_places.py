from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.places import chapter, operations, queries
from crisis_plan.adaptation.places.descriptions import PlaceDescription
from crisis_plan.adaptation.places.models import Place
from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.db import db
from crisis_plan.document.blocks import Notice, Paragraph, Table, words
from crisis_plan.document.editions import public_blocks
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory
from tests.statements import counted_statements


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def contact(cpts: Cpts, name: str = "Dupuy") -> Contact:
    phones = [
        ContactPhone(position=0, number="+33639980000", is_private=True),
        ContactPhone(position=1, number="+33465710009"),
    ]
    made: Contact = ContactFactory(cpts_id=cpts.id, family_name=name, phones=phones)
    db.session.commit()
    return made


def place(cpts: Cpts, name: str = "Gymnase", **told: Any) -> Place:
    made = operations.add(cpts, PlaceDescription(name=name, **told), today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def test_without_any_place_the_page_says_what_to_do_first(coordinator: Browser) -> None:
    page = coordinator.get("cpts.places.index")
    assert page.texts("main h2") == ["Aucun lieu n’est encore décrit"]
    assert "Ajouter un lieu" in page.links()


def test_a_place_is_added_with_all_that_was_told_of_it(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    mayor = contact(cpts)
    typed = {
        "name": "Salle Racine",
        "kind": "Salle des fêtes",
        "address": "1 rue de l’Exemple",
        "postal_code": "30700",
        "commune": "Uzès",
        "capacity": "1 200",
        "keys": "Chez le gardien",
        "crisis_types": ["infectious", "injured"],
        "contact": str(mayor.id),
        "checked_on": "01/03/2026",
    }
    page = coordinator.submit(coordinator.get("cpts.places.add"), fields=typed).follow()
    assert page.texts("h1") == ["Salle Racine"]
    assert "30700 Uzès" in page.text
    assert "1 200 personnes" in page.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert [str(link["href"]) for link in page.html.select("main a[href^='tel:']")] == [
        "tel:+33639980000",
        "tel:+33465710009",
    ]
    stored = db.session.scalars(sa.select(Place)).one()
    assert (stored.crisis_types, stored.contact_id) == (["injured", "infectious"], mayor.id)


def test_the_communes_of_the_territory_are_proposed(coordinator: Browser) -> None:
    page = coordinator.get("cpts.places.add")
    assert [str(one["value"]) for one in page.html.select("#communes option")] == ["Uzès"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Donnez un nom au lieu"),
        ("name", "…", "Donnez un nom en lettres"),
        ("name", "x" * 161, "160 caractères au plus"),
        ("postal_code", "307", "cinq chiffres"),
        ("capacity", "beaucoup", "nombre entier"),
        ("capacity", "-5", "négative"),
        ("checked_on", "31/02/2026", "Cette date n’existe pas"),
        ("checked_on", "31/12/2150", "pas encore passée"),
        ("contact", "pas-un-identifiant", "n’est plus dans l’annuaire"),
        ("crisis_types", "zombies", "liste"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    page = coordinator.post("cpts.places.create", {"name": "Salle", field: value})
    assert page.status == 422
    assert said in " ".join(page.texts(f"#{field}-error"))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Place)) == 0


def test_the_form_sent_twice_adds_one_place(coordinator: Browser) -> None:
    form = coordinator.get("cpts.places.add")
    answers = [coordinator.submit(form, fields={"name": "Salle"}).status for _ in range(2)]
    assert answers == [303, 303]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Place)) == 1


def test_a_name_is_taken_in_its_commune_only(coordinator: Browser) -> None:
    place(cpts_of(coordinator), "Salle des fêtes", commune="Uzès")
    refused = coordinator.post("cpts.places.create", {"name": "SALLE DES FETES", "commune": "uzes"})
    assert refused.status == 422
    assert "porte déjà ce nom" in refused.texts("#name-error")[0]
    elsewhere = {"name": "Salle des fêtes", "commune": "Remoulins"}
    assert coordinator.post("cpts.places.create", elsewhere).status == 303


def test_while_one_searches_for_a_contact_all_that_was_typed_is_kept(coordinator: Browser) -> None:
    contact(cpts_of(coordinator))
    typed = {"name": "Salle", "crisis_types": ["ill"], "contact-q": "dupuy", "search": "contact"}
    page = coordinator.submit(coordinator.get("cpts.places.add"), fields=typed)
    assert page.status == 422
    assert page.texts("#contact-choices label") == ["Camille DUPUY – Infirmier, Uzès"]
    assert [str(one["value"]) for one in page.html.select("input[name=crisis_types][checked]")] == ["ill"]
    assert page.html.select_one("#name")["value"] == "Salle"  # type: ignore[index]


def test_a_place_keeps_its_contact_until_another_or_nobody_is_chosen(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    hall = place(cpts, contact_id=contact(cpts).id)
    form = coordinator.get("cpts.places.edit", place_id=hall.id)
    assert coordinator.submit(form, fields={"note": "Porte bleue"}).status == 303
    db.session.refresh(hall)
    assert hall.contact_id is not None
    form = coordinator.get("cpts.places.edit", place_id=hall.id)
    assert coordinator.submit(form, fields={"contact": ""}).status == 303
    db.session.refresh(hall)
    assert hall.contact_id is None


def test_a_place_survives_the_contact_who_leaves_the_directory(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    mayor = contact(cpts)
    hall = place(cpts, contact_id=mayor.id)
    assert coordinator.post("cpts.directory.remove", contact_id=mayor.id).status == 303
    page = coordinator.get("cpts.places.show", place_id=hall.id)
    assert "Personne n’est indiqué" in page.text


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    hall = place(cpts_of(referent), capacity=100)
    mine = referent.get("cpts.places.edit", place_id=hall.id)
    theirs = coordinator.get("cpts.places.edit", place_id=hall.id)
    coordinator.submit(theirs, fields={"capacity": "150"})
    refused = referent.submit(mine, fields={"capacity": "200"})
    assert refused.status == 409
    compared = dict(
        zip(refused.texts(".conflict ~ .table-scroll th[scope=row]"), refused.texts(".typed")[::2], strict=True)
    )
    assert compared["Capacité"] == "200"
    assert "150" in refused.texts(".typed")
    assert referent.submit(refused).status == 303
    db.session.refresh(hall)
    assert hall.capacity == 200


def test_checked_today_is_one_press(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    hall = place(cpts)
    assert "1 lieu" in queries.to_check(cpts, clock.today(cpts)).sentence.replace("\u00a0", " ")
    page = coordinator.get("cpts.places.show", place_id=hall.id)
    assert page.texts("main .badge") == ["Jamais vérifié"]
    page = coordinator.submit(page).follow()
    assert page.texts("main .badge") == ["Vérifié"]
    assert queries.to_check(cpts, clock.today(cpts)).sentence == ""
    assert [
        tuple(event.fields)
        for event in db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed"))
    ] == [("checked_on",)]


def test_a_place_is_removed_after_a_confirmation(coordinator: Browser) -> None:
    hall = place(cpts_of(coordinator))
    page = coordinator.get("cpts.places.confirm_removal", place_id=hall.id)
    assert coordinator.submit(page).status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Place)) == 0


def test_filters_combine_and_make_an_address_to_share(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    place(cpts, "Un", commune="Uzès", crisis_types=(CrisisType.NRC,), checked_on=TODAY)
    place(cpts, "Deux", commune="Uzès", crisis_types=(CrisisType.NRC,))
    place(cpts, "Trois", commune="Remoulins", crisis_types=(CrisisType.NRC, CrisisType.ILL))
    place(cpts, "Quatre", commune="Uzès", crisis_types=(CrisisType.ILL,))

    def found(**asked: str) -> list[str]:
        return coordinator.get("cpts.places.index", **asked).texts("#places tbody th a")

    assert found() == ["Deux", "Quatre", "Trois", "Un"]
    assert found(type="4") == ["Deux", "Trois", "Un"]
    assert found(type="4", commune="Uzès") == ["Deux", "Un"]
    assert found(type="4", commune="Uzès", etat="never") == ["Deux"]
    assert found(type="9", etat="inconnu") == ["Deux", "Quatre", "Trois", "Un"]
    assert found(commune="Nîmes") == []
    fragment = coordinator.fragment("cpts.places.index", type="4", commune="Uzès")
    assert fragment.texts("[data-announce]") == ["2 lieux sur 4 · Effacer les filtres"]


def test_the_spreadsheet_has_the_places_that_the_filters_keep(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    place(cpts, "=1+1", commune="Uzès", capacity=40, contact_id=contact(cpts).id, keys="Chez le gardien")
    place(cpts, "Ailleurs", commune="Remoulins")
    sheet = coordinator.get("cpts.places.export_csv", commune="Uzès").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(sheet), delimiter=";")
    assert row["Nom"] == "'=1+1"
    assert (row["Capacité"], row["Qui demander"]) == ("40", "Camille DUPUY")
    assert row["Clés et codes (ne pas diffuser)"] == "Chez le gardien"


def test_a_cell_member_reads_and_cannot_change(cell_member: Browser) -> None:
    hall = place(cpts_of(cell_member))
    page = cell_member.get("cpts.places.show", place_id=hall.id)
    assert page.status == 200
    assert not page.html.select("main form")
    assert cell_member.post("cpts.places.check", place_id=hall.id).status == 403


def test_places_and_contacts_of_another_cpts_are_not_found(referent: Browser, stranger: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    hall = place(elsewhere, "Salle voisine")
    for endpoint in ("show", "edit", "confirm_removal"):
        assert referent.get(f"cpts.places.{endpoint}", place_id=hall.id).status == 404
    for endpoint in ("save", "check", "remove"):
        assert referent.post(f"cpts.places.{endpoint}", place_id=hall.id).status == 404
    assert "Salle voisine" not in referent.get("cpts.places.index").text
    page = referent.post("cpts.places.create", {"name": "Salle", "contact": str(contact(elsewhere, "Voisin").id)})
    assert page.status == 422
    assert "VOISIN" not in page.text
    assert stranger.get("cpts.places.index").status == 404


def test_the_plan_prints_places_by_crisis_type_and_what_is_to_be_checked(cpts: Cpts) -> None:
    place(cpts, "Gymnase", crisis_types=(CrisisType.INJURED, CrisisType.ILL), checked_on=TODAY, capacity=40)
    place(cpts, "Salle", crisis_types=(CrisisType.ILL,), checked_on=TODAY - timedelta(days=400))
    place(cpts, "Stade", checked_on=TODAY)
    *tables, notice = chapter.summary(cpts, TODAY)
    assert [
        (table.caption, [words(row.cells[0]) for row in table.rows]) for table in tables if isinstance(table, Table)
    ] == [
        ("Lieux pour le type 1\u00a0: Blessés somatiques ou psychiques", ["Gymnase"]),
        ("Lieux pour le type 2\u00a0: Malades, notamment personnes âgées ou enfants", ["Gymnase", "Salle"]),
        ("Lieux sans type de crise précisé", ["Stade"]),
    ]
    assert isinstance(notice, Notice)
    assert "1 lieu mobilisable n’a pas été vérifié" in words(notice.text).replace("\u00a0", " ")


def test_the_public_edition_tells_neither_keys_nor_private_numbers(cpts: Cpts) -> None:
    place(cpts, keys="Trousseau chez le gardien", contact_id=contact(cpts).id, crisis_types=(CrisisType.ILL,))

    def said(blocks: Any) -> str:
        rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
        return " ".join(words(cell) for row in rows for cell in row.cells).replace("\u00a0", " ")

    printed = (*chapter.summary(cpts, TODAY), *chapter.annex(cpts, TODAY).blocks)
    assert isinstance(chapter.annex(cpts, TODAY).blocks[0], Paragraph)
    assert all(secret in said(printed) for secret in ("Trousseau", "06 39 98 00 00", "04 65 71 00 09"))
    public = said(public_blocks(printed))
    assert "04 65 71 00 09" in public
    assert "Camille DUPUY" in public
    assert "Trousseau" not in public
    assert "06 39" not in public


def test_without_any_place_the_plan_says_so(cpts: Cpts) -> None:
    (table,) = chapter.summary(cpts, TODAY)
    assert isinstance(table, Table)
    assert (table.rows, table.empty) == ((), "Aucun lieu mobilisable n’est décrit.")


def test_the_list_costs_the_same_for_one_place_and_for_sixty(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)

    def cost() -> int:
        with counted_statements() as sent:
            assert coordinator.get("cpts.places.index").status == 200
        return len([one for one in sent if one.lstrip().upper().startswith("SELECT")])

    place(cpts, contact_id=contact(cpts).id)
    for_one = cost()
    for number in range(60):
        place(cpts, f"Salle {number}", contact_id=contact(cpts, f"Maire{number}").id)
    assert cost() == for_one
    assert len(coordinator.get("cpts.places.index", page=2).texts("#places tbody tr")) == 11
