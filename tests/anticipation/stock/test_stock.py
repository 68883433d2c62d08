from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.anticipation.stock import chapter, operations, queries
from crisis_plan.anticipation.stock.descriptions import BatchDescription, ItemDescription, StockLine
from crisis_plan.anticipation.stock.models import StockBatch, StockItem
from crisis_plan.db import db
from crisis_plan.document.blocks import Part, Table, words
from crisis_plan.document.editions import public_blocks
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def stocked(
    cpts: Cpts, name: str, quantity: int = 10, *, threshold: int | None = None, expires_on: date | None = None
) -> StockItem:
    item = operations.add_item(
        cpts,
        ItemDescription(name, category="EPI", unit="boîte", threshold=threshold),
        batch=BatchDescription(quantity, label="L1", place="Pharmacie d’Uzès", expires_on=expires_on),
        by=AccountFactory(),
        at=NOON,
    )
    db.session.commit()
    return item


def names(browser: Browser, **filters: str) -> list[str]:
    return browser.get("cpts.stock.index", **filters).texts("tbody th")


def test_an_empty_stock_says_what_to_do_first(coordinator: Browser) -> None:
    page = coordinator.get("cpts.stock.index")
    assert "Le stock est encore vide" in page.text
    assert "Importer un fichier" in page.links()
    assert queries.missing(cpts_of(coordinator)) != ()


def test_an_item_is_added_with_its_first_count_typed_as_people_type(coordinator: Browser) -> None:
    form = coordinator.get("cpts.stock.add")
    fields = {"name": "Surblouses", "unit": "unité", "threshold": "1 500", "quantity": "1 200", "expires_on": "06/2028"}
    page = coordinator.submit(form, "main form", fields).follow()
    assert page.texts("h1") == ["Surblouses"]
    assert page.texts("main .badge")[0] == "Sous le seuil"
    item = db.session.scalars(sa.select(StockItem)).one()
    assert item.threshold == 1500
    assert [(batch.quantity, batch.expires_on) for batch in item.batches] == [(1200, date(2028, 6, 30))]
    assert queries.missing(cpts_of(coordinator)) == ()


def test_an_item_without_a_count_is_another_means(coordinator: Browser) -> None:
    page = coordinator.post("cpts.stock.create", {"name": "Minibus de la mairie"}).follow()
    assert "Rien n’est compté" in page.text


def test_the_form_sent_twice_adds_one_item(coordinator: Browser) -> None:
    form = coordinator.get("cpts.stock.add")
    first, second = (coordinator.submit(form, "main form", {"name": "Gants", "quantity": "3"}) for _ in range(2))
    assert (first.status, first.location) == (second.status, second.location)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StockBatch)) == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Donnez un nom"),
        ("name", "!!!", "Donnez un nom en lettres"),
        ("name", "x" * 161, "160 caractères au plus"),
        ("name", "masques ffp2", "porte déjà ce nom"),
        ("threshold", "-1", "ne peut pas être négative"),
        ("quantity", "-3", "ne peut pas être négative"),
        ("quantity", "douze", "Écrivez un nombre entier"),
        ("quantity", "9999999999", "Écrivez un nombre entier"),
        ("expires_on", "31/02/2027", "Écrivez une date comme"),
        ("expires_on", "\x00", "Écrivez une date comme"),
        ("label", "x" * 81, "80 caractères au plus"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    stocked(cpts_of(coordinator), "Masques FFP2")
    page = coordinator.post("cpts.stock.create", {"name": "Gants", "quantity": "3", field: value})
    assert page.status == 422
    assert said in page.texts(f"#{field}-error")[0]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StockItem)) == 1


def test_a_batch_without_its_quantity_is_refused(coordinator: Browser) -> None:
    page = coordinator.post("cpts.stock.create", {"name": "Gants", "place": "Uzès"})
    assert page.status == 422
    assert "Indiquez aussi la quantité" in page.text


def test_states_are_words_and_filters_find_them(coordinator: Browser) -> None:
    cpts, today = cpts_of(coordinator), clock.today(cpts_of(coordinator))
    stocked(cpts, "Charlottes", expires_on=today - timedelta(days=1))
    stocked(cpts, "Gel", expires_on=today + timedelta(days=30))
    stocked(cpts, "Solution", expires_on=today + timedelta(days=90))
    stocked(cpts, "Gants", 5, threshold=20)
    stocked(cpts, "Bottes", 5, threshold=5)
    page = coordinator.get("cpts.stock.index")
    shown = dict(zip(page.texts("tbody th"), page.texts("tbody td:last-child"), strict=True))
    assert shown == {
        "Bottes": "Suffisant Jamais compté",
        "Charlottes": "Périmé Jamais compté",
        "Gants": "Sous le seuil Jamais compté",
        "Gel": "Expire dans 30 jours Jamais compté",
        "Solution": "Expire dans 90 jours Jamais compté",
    }
    assert names(coordinator, etat="expired") == ["Charlottes"]
    assert names(coordinator, etat="never_counted") == sorted(shown)
    assert names(coordinator, etat="count_due") == []
    assert names(coordinator, etat="n’importe quoi") == sorted(shown)


def test_a_search_ignores_accents_and_looks_into_batches(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    stocked(cpts, "Garrots tourniquets")
    stocked(cpts, "Masques pédiatriques")
    assert names(coordinator, q="PEDIATRIQUE masq") == ["Masques pédiatriques"]
    assert len(names(coordinator, q="pharmacie uzes")) == 2
    assert names(coordinator, q="introuvable") == []
    assert names(coordinator, categorie="Autre") == []
    assert coordinator.fragment("cpts.stock.index", q="garrots").texts("tbody th") == ["Garrots tourniquets"]


def test_a_long_stock_comes_in_pages(coordinator: Browser) -> None:
    for number in range(51):
        operations.add_item(cpts_of(coordinator), ItemDescription(f"Article {number:02}"), by=AccountFactory(), at=NOON)
    db.session.commit()
    assert len(names(coordinator)) == 50
    assert names(coordinator, page="2") == ["Article 50"]
    assert names(coordinator, page="99") == ["Article 50"]


def test_a_batch_is_added_changed_and_removed(coordinator: Browser) -> None:
    item = stocked(cpts_of(coordinator), "Gants")
    form = coordinator.get("cpts.stock.add_batch", item_id=item.id)
    page = coordinator.submit(form, "main form", {"quantity": "0", "label": "L2"}).follow()
    assert page.texts("#lots tbody th") == ["L1", "L2"]
    second = db.session.scalars(sa.select(StockBatch).where(StockBatch.label == "L2")).one()
    edit = coordinator.get("cpts.stock.edit_batch", batch_id=second.id)
    assert "La quantité ne se corrige pas ici" in edit.text
    page = coordinator.submit(edit, "main form", {"label": "L2 bis", "quantity": "1 200"}).follow()
    assert page.texts("#lots tbody th") == ["L1", "L2 bis"]
    assert page.texts("#lots tbody td.numeric") == ["10", "0"]
    removal = coordinator.get("cpts.stock.confirm_batch_removal", batch_id=second.id)
    assert "lot L2 bis" in removal.text
    page = coordinator.submit(removal, "main form").follow()
    assert page.texts("#lots tbody th") == ["L1"]
    assert "L2 bis (lot retiré)" in page.texts("#history tbody td:nth-child(4)")


def test_an_untouched_edit_changes_nothing(coordinator: Browser) -> None:
    item = stocked(cpts_of(coordinator), "Surblouses", 1200, threshold=1500, expires_on=date(2028, 6, 30))
    batch_id, version = item.batches[0].id, item.version
    coordinator.submit(coordinator.get("cpts.stock.edit", item_id=item.id), "main form")
    coordinator.submit(coordinator.get("cpts.stock.edit_batch", batch_id=batch_id), "main form")
    db.session.refresh(item)
    assert (item.version, item.threshold, item.batches[0].quantity) == (version, 1500, 1200)


def test_renaming_to_a_name_that_exists_is_refused(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    stocked(cpts, "Masques")
    item = stocked(cpts, "Gants")
    page = coordinator.submit(coordinator.get("cpts.stock.edit", item_id=item.id), "main form", {"name": "MASQUES"})
    assert page.status == 422
    assert "porte déjà ce nom" in page.texts("#name-error")[0]
    renamed = coordinator.submit(coordinator.get("cpts.stock.edit", item_id=item.id), "main form", {"name": "GANTS"})
    assert renamed.status == 303


def test_stale_writes_show_what_is_stored(referent: Browser, coordinator: Browser) -> None:
    item = stocked(cpts_of(referent), "Gants")
    batch_id = item.batches[0].id
    mine = referent.get("cpts.stock.edit", item_id=item.id)
    my_batch = referent.get("cpts.stock.edit_batch", batch_id=batch_id)
    theirs = coordinator.get("cpts.stock.edit_batch", batch_id=batch_id)
    coordinator.submit(theirs, "main form", {"label": "L77", "expires_on": "01/2030"})
    refused = referent.submit(my_batch, "main form", {"label": "L88"})
    assert refused.status == 409
    assert all(said in refused.text for said in ("L77", "L88", "31/01/2030"))
    assert referent.submit(refused, "main form").status == 303
    refused = referent.submit(mine, "main form", {"note": "À compter"})
    assert refused.status == 409
    assert referent.submit(refused, "main form").status == 303
    db.session.refresh(item)
    assert (item.note, item.batches[0].label) == ("À compter", "L88")


def test_removing_an_item_says_what_goes_with_it(coordinator: Browser) -> None:
    item = stocked(cpts_of(coordinator), "Gants")
    batch_id = item.batches[0].id
    page = coordinator.get("cpts.stock.confirm_removal", item_id=item.id)
    assert "10 boîte, lot L1, Pharmacie d’Uzès" in page.text
    assert coordinator.submit(page, "main form").status == 303
    assert names(coordinator) == []
    assert queries.missing(cpts_of(coordinator)) != ()
    assert queries.taken(cpts_of(coordinator)).batches == {}
    assert chapter.annex(cpts_of(coordinator), TODAY).blocks[0].rows == ()  # type: ignore[union-attr]
    assert coordinator.get("cpts.stock.show", item_id=item.id).status == 404
    assert coordinator.get("cpts.stock.edit_batch", batch_id=batch_id).status == 404


def test_adding_an_item_that_was_removed_brings_it_back_with_its_history(coordinator: Browser) -> None:
    item = stocked(cpts_of(coordinator), "Gants")
    coordinator.post("cpts.stock.remove", item_id=item.id)
    page = coordinator.post("cpts.stock.create", {"name": "GANTS", "quantity": "4", "count_every_months": "6"}).follow()
    assert page.texts("h1") == ["GANTS"]
    assert page.texts("#lots tbody td.numeric") == ["4"]
    assert len(page.texts("#history tbody tr")) == 2
    assert db.session.scalars(sa.select(StockItem.id)).one() == item.id


def test_a_removed_item_leaves_its_name_to_another(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    gone, kept = stocked(cpts, "Gants"), stocked(cpts, "Moufles")
    coordinator.post("cpts.stock.remove", item_id=gone.id)
    edit = coordinator.get("cpts.stock.edit", item_id=kept.id)
    assert coordinator.submit(edit, "main form", {"name": "Gants"}).status == 303
    assert names(coordinator) == ["Gants"]


def test_an_import_brings_back_what_was_removed(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    item = stocked(cpts, "Gants", threshold=20)
    coordinator.post("cpts.stock.remove", item_id=item.id)
    line = StockLine(ItemDescription("Gants", threshold=3), BatchDescription(7, place="Uzès"))
    operations.import_stock(cpts, [line, line], by=AccountFactory(), at=NOON)
    db.session.commit()
    db.session.expire_all()
    assert (item.removed_at, item.threshold, [batch.quantity for batch in item.batches]) == (None, 3, [7, 7])


def test_a_cell_member_reads_and_exports_but_changes_nothing(cell_member: Browser) -> None:
    item = stocked(cpts_of(cell_member), "Gants")
    assert cell_member.get("cpts.stock.show", item_id=item.id).status == 200
    assert "Ajouter un article" not in cell_member.get("cpts.stock.index").links()
    exported = cell_member.get("cpts.stock.export_csv").content.decode("utf-8-sig")
    assert "Gants;EPI;boîte;10;;Pharmacie d’Uzès;L1;" in exported
    assert cell_member.post("cpts.stock.remove", item_id=item.id).status == 403
    assert cell_member.get("cpts.stock.add").status == 403


def test_an_adherent_and_a_stranger_do_not_see_the_stock(adherent: Browser, stranger: Browser) -> None:
    item = stocked(cpts_of(adherent), "Gants")
    assert adherent.get("cpts.stock.index").status == 403
    assert stranger.get("cpts.stock.index").status == 404
    assert stranger.get("cpts.stock.export_csv").status == 404
    assert stranger.get("cpts.stock.show", item_id=item.id).status == 404


def test_items_and_batches_of_another_cpts_are_not_found(referent: Browser) -> None:
    item = stocked(CptsFactory(), "Gants")
    batch_id = item.batches[0].id
    for endpoint in ("show", "edit", "confirm_removal", "add_batch"):
        assert referent.get(f"cpts.stock.{endpoint}", item_id=item.id).status == 404
    for endpoint in ("save", "remove", "create_batch"):
        assert referent.post(f"cpts.stock.{endpoint}", item_id=item.id).status == 404
    for endpoint in ("save_batch", "remove_batch"):
        assert referent.post(f"cpts.stock.{endpoint}", batch_id=batch_id).status == 404
    assert names(referent) == []


def test_two_cpts_may_have_an_item_of_the_same_name(referent: Browser) -> None:
    stocked(CptsFactory(), "Gants")
    assert referent.post("cpts.stock.create", {"name": "Gants"}).status == 303


def test_the_annex_has_a_line_a_batch_and_hides_its_place_from_the_public(cpts: Cpts) -> None:
    item = stocked(cpts, "Masques FFP2", 40, threshold=50, expires_on=date(2027, 12, 31))
    expired = BatchDescription(15, label="L2", place="MSP", expires_on=date(2026, 2, 28))
    operations.add_batch(item, expired, by=AccountFactory(), at=NOON)
    annex = chapter.annex(cpts, TODAY)
    assert (annex.key, annex.part) == ("annexe-stock", Part.ANNEX)
    (table,) = annex.blocks
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == [
        *("Désignation", "Quantité", "Unité", "Seuil", "Lot", "Péremption", "Lieu", "Compté le", "État")
    ]
    assert [row.key for row in table.rows] == [str(batch.id) for batch in item.batches]
    assert [words(cell) for cell in table.rows[1].cells[1:]] == [
        *("15", "boîte", "50", "L2", "28/02/2026", "MSP", "", "Périmé, sous le seuil")
    ]
    (public,) = public_blocks(annex.blocks)
    assert isinstance(public, Table)
    assert "Lieu" not in [column.heading for column in public.columns]
    assert not any("Pharmacie" in words(cell) for row in public.rows for cell in row.cells)


def test_paper_says_the_day_and_not_how_far_it_is(cpts: Cpts) -> None:
    stocked(cpts, "Gel", expires_on=TODAY + timedelta(days=30))
    (summary,) = chapter.summary(cpts, TODAY)
    (annex,) = chapter.annex(cpts, TODAY).blocks
    for table in (summary, annex):
        assert isinstance(table, Table)
        assert words(table.rows[0].cells[-1]) == "Expire le 22/12/2026"


def test_the_summary_counts_what_may_be_used_and_says_what_is_short(cpts: Cpts) -> None:
    stocked(cpts, "Masques", 40, threshold=50)
    stocked(cpts, "Charlottes", 15, expires_on=TODAY - timedelta(days=1))
    table, notice = chapter.summary(cpts, TODAY)
    assert isinstance(table, Table)
    assert [(words(row.cells[0]), words(row.cells[1])) for row in table.rows] == [
        ("Charlottes", "0"),
        ("Masques", "40"),
    ]
    assert words(notice.text) == "1\u00a0article sous le seuil, 1\u00a0article avec un lot périmé."  # type: ignore[union-attr]


def test_the_list_costs_the_same_for_one_item_and_for_three(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)

    def cost() -> int:
        seen: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", count)
        try:
            assert coordinator.get("cpts.stock.index").status == 200
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", count)
        return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])

    stocked(cpts, "Gants")
    for_one = cost()
    stocked(cpts, "Masques")
    stocked(cpts, "Gel")
    assert cost() == for_one
    assert for_one <= 12
