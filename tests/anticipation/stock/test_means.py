"""Other means, and what the ARS is told of the stock."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from crisis_plan import clock
from crisis_plan.anticipation.stock import chapter, means_operations, means_queries, queries
from crisis_plan.anticipation.stock.kinds import MeansKind
from crisis_plan.anticipation.stock.means_operations import MeansDescription
from crisis_plan.anticipation.stock.models import OtherMeans
from crisis_plan.db import db
from crisis_plan.document.blocks import Table, words
from crisis_plan.document.editions import public_blocks
from crisis_plan.organisations.models import Cpts
from tests.anticipation.stock.factories import batch_of
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory

MINIBUS = MeansDescription(
    MeansKind.VEHICLE,
    "Minibus municipal",
    capacity="9 places",
    keeper="Services techniques",
    how_to_get="Clé chez le gardien",
    available="Soirs et week-ends",
)


def means_of(cpts: Cpts, description: MeansDescription = MINIBUS) -> OtherMeans:
    made = means_operations.add_means(cpts, description, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def test_a_means_is_added_with_its_contact(coordinator: Browser) -> None:
    assert coordinator.cpts
    contact = ContactFactory(cpts_id=coordinator.cpts.id)
    db.session.commit()
    assert "Aucun autre moyen" in coordinator.get("cpts.means.index").text
    fields = {"kind": "generator", "name": "Groupe 5 kW", "how_to_get": "Élu d’astreinte", "contact": str(contact.id)}
    page = coordinator.post("cpts.means.create", fields).follow()
    assert page.texts("tbody th") == ["Groupe 5 kW"]
    assert contact.name in page.text
    assert "Jamais vérifié" in page.text
    assert queries.missing(coordinator.cpts) == ()


def test_the_requirement_is_met_by_an_item_or_by_another_means(cpts: Cpts) -> None:
    assert queries.missing(cpts) != ()
    means = means_of(cpts)
    assert queries.missing(cpts) == ()
    assert queries.missing_in([]) != ()
    assert queries.missing_in([], [means]) == ()
    means_operations.remove_means(means, by=AccountFactory(), at=NOON)
    assert queries.missing(cpts) != ()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Donnez un nom"),
        ("name", "x" * 161, "160 caractères au plus"),
        ("kind", "", "Choisissez la nature"),
        ("kind", "tank", "Choisissez la nature"),
        ("checked_on", "31/02/2026", "Cette date n’existe pas"),
        ("checked_on", "01/01/2090", "n’est pas encore venu"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    page = coordinator.post("cpts.means.create", {"kind": "vehicle", "name": "Minibus", field: value})
    assert page.status == 422
    assert said in page.texts(f"#{field}-error")[0]
    assert db.session.scalars(sa.select(OtherMeans)).all() == []


def test_a_contact_of_another_cpts_cannot_be_chosen(coordinator: Browser) -> None:
    theirs = ContactFactory()
    db.session.commit()
    page = coordinator.post("cpts.means.create", {"kind": "vehicle", "name": "Minibus", "contact": str(theirs.id)})
    assert page.status == 422


def test_a_means_is_edited_checked_and_removed(coordinator: Browser) -> None:
    assert coordinator.cpts
    means = means_of(coordinator.cpts)
    form = coordinator.get("cpts.means.edit", means_id=means.id)
    page = coordinator.submit(form, "main form", {"name": "Minibus de Sernhac"}).follow()
    assert page.texts("tbody th") == ["Minibus de Sernhac"]
    assert coordinator.submit(page, "tbody form").status == 303
    db.session.refresh(means)
    assert means.checked_on == clock.today(coordinator.cpts)
    removal = coordinator.get("cpts.means.confirm_removal", means_id=means.id)
    assert coordinator.submit(removal, "main form").status == 303
    assert means_queries.other_means(coordinator.cpts) == []


def test_a_means_is_never_checked_in_the_future(coordinator: Browser) -> None:
    assert coordinator.cpts
    means = means_of(coordinator.cpts)
    form = coordinator.get("cpts.means.edit", means_id=means.id)
    refused = coordinator.submit(form, "main form", {"checked_on": "2090-01-01", "capacity": "7 places"})
    assert refused.status == 422
    assert "n’est pas encore venu" in refused.texts("#checked_on-error")[0]
    assert refused.html.select_one("#capacity")["value"] == "7 places"
    db.session.refresh(means)
    assert (means.checked_on, means.capacity) == (None, "9 places")


def test_stale_writes_show_what_is_stored(referent: Browser, coordinator: Browser) -> None:
    assert referent.cpts
    means = means_of(referent.cpts)
    mine = referent.get("cpts.means.edit", means_id=means.id)
    theirs = coordinator.get("cpts.means.edit", means_id=means.id)
    coordinator.submit(theirs, "main form", {"capacity": "7 places"})
    refused = referent.submit(mine, "main form", {"capacity": "12 places"})
    assert refused.status == 409
    assert all(said in refused.text for said in ("7 places", "12 places", "Véhicule"))
    assert referent.submit(refused, "main form").status == 303


def test_a_contact_who_leaves_the_directory_leaves_the_means(cpts: Cpts) -> None:
    contact = ContactFactory(cpts_id=cpts.id)
    means = means_of(cpts, MeansDescription(MeansKind.PREMISES, "Salle", contact_id=contact.id))
    db.session.delete(contact)
    db.session.commit()
    db.session.refresh(means)
    assert means.contact_id is None


def test_a_cell_member_reads_and_another_cpts_is_not_found(cell_member: Browser, referent: Browser) -> None:
    assert cell_member.cpts
    means = means_of(cell_member.cpts)
    assert "Clé chez le gardien" in cell_member.get("cpts.means.index").text
    assert cell_member.get("cpts.means.edit", means_id=means.id).status == 403
    theirs = means_of(CptsFactory())
    for endpoint in ("edit", "confirm_removal"):
        assert referent.get(f"cpts.means.{endpoint}", means_id=theirs.id).status == 404
    for endpoint in ("save", "remove", "check"):
        assert referent.post(f"cpts.means.{endpoint}", means_id=theirs.id).status == 404


def test_the_plan_prints_other_means_and_hides_how_to_get_them_from_the_public(cpts: Cpts) -> None:
    means = means_of(cpts)
    *_, table = chapter.annex(cpts, TODAY).blocks
    assert isinstance(table, Table)
    assert (table.caption, table.rows[0].key) == ("Autres moyens", f"moyen-{means.id}")
    assert "Clé chez le gardien" in [words(cell) for cell in table.rows[0].cells]
    *_, public = public_blocks(chapter.annex(cpts, TODAY).blocks)
    assert isinstance(public, Table)
    assert not any("Clé" in words(cell) for row in public.rows for cell in row.cells)
    assert not any("Clé" in words(cell) for row in chapter.summary(cpts, TODAY)[-1].rows for cell in row.cells)  # type: ignore[union-attr]


def test_the_state_for_the_ars_says_how_much_and_never_where(coordinator: Browser) -> None:
    assert coordinator.cpts
    batch_of(coordinator.cpts, "Masques FFP2", 1200, place="Cave secrète")
    means_of(coordinator.cpts)
    pdf = coordinator.get("cpts.stock.state_pdf")
    assert f"etat-du-stock_uzege_{clock.today(coordinator.cpts)}.pdf" in pdf.response.headers["Content-Disposition"]
    (sheet,) = PdfReader(io.BytesIO(pdf.content)).pages
    text = " ".join(sheet.extract_text().split())
    csv = coordinator.get("cpts.stock.state_csv").content.decode("utf-8-sig")
    for shown in (text, csv):
        assert all(said in shown for said in ("Uzège", "Masques FFP2", "Minibus municipal", "9 places"))
        assert not any(hidden in shown for hidden in ("Cave", "Clé", "gardien"))
    assert "1 200" in text
    assert ";Masques FFP2;boîte;1200;;0;" in csv


def test_the_state_is_for_those_who_read_the_stock(adherent: Browser, stranger: Browser) -> None:
    for endpoint in ("state_pdf", "state_csv", "count_sheet"):
        assert adherent.get(f"cpts.stock.{endpoint}").status == 403
        assert stranger.get(f"cpts.stock.{endpoint}").status == 404
