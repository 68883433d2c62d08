"""Two years of a stock that is kept: counted, drawn from, moved, and the means that are not counted in boxes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crisis_plan.anticipation.directory import queries as contacts
from crisis_plan.anticipation.stock import counting, means_operations, movements, operations, place_queries, queries
from crisis_plan.anticipation.stock.counting import Found
from crisis_plan.anticipation.stock.descriptions import ItemDescription
from crisis_plan.anticipation.stock.kinds import MeansKind
from crisis_plan.anticipation.stock.means_operations import MeansDescription
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.anticipation.stock.models import StockBatch, StockItem

PACES = {"Masques FFP2": 6, "Gants nitrile M": 6, "Surblouses": 12, "Gel hydroalcoolique 500 mL": 6}
"""Every how many months these are counted."""


def tell_stock(cpts: Cpts, people: People, *, today: date) -> None:
    """Counts, what came in and went out, and the other means. The stock must have been imported."""
    items = {item.name: item for item in queries.items(cpts)}
    for name, months in PACES.items():
        _set_pace(cpts, items[name], months, people, day=today - timedelta(days=300))
    _count_nearly_everything(cpts, people, day=today - timedelta(days=240))
    _live_with_it(items, people, today=today)
    _note_other_means(cpts, people, today=today)


def _set_pace(cpts: Cpts, item: StockItem, months: int, people: People, *, day: date) -> None:
    described = ItemDescription(
        item.name, item.category, item.unit, item.threshold, item.keeper, item.note, count_every_months=months
    )
    operations.edit_item(cpts, item, described, seen_version=item.version, by=people.coordinator, at=_afternoon(day))


def _count_nearly_everything(cpts: Cpts, people: People, *, day: date) -> None:
    """The tourniquets were forgotten: nobody ever counted them."""
    batches = [batch for batch in place_queries.batches_to_count(cpts) if batch.item.name != "Garrots tourniquets"]
    found = {batch.id: Found(batch.quantity - _shortfall(batch), batch.quantity) for batch in batches}
    counting.count_several(cpts, found, on=day, by=people.coordinator, at=_afternoon(day))


def _shortfall(batch: StockBatch) -> int:
    return 2 if batch.item.name == "Gants nitrile M" else 0


def _live_with_it(items: dict[str, StockItem], people: People, *, today: date) -> None:
    gloves, gel = items["Gants nitrile M"].batches[0], items["Gel hydroalcoolique 500 mL"].batches[0]
    gowns = items["Surblouses"].batches[0]
    delivery, flu, leak = today - timedelta(days=150), today - timedelta(days=75), today - timedelta(days=40)
    moving, mistake = today - timedelta(days=20), today - timedelta(days=10)
    coordinator, referent = people.coordinator, people.referent
    movements.take_in(
        gloves, 10, on=delivery, note="Livraison de la pharmacie centrale", by=coordinator, at=_afternoon(delivery)
    )
    for batch, quantity, note in (
        (gloves, 6, "Équipe mobile, épisode de grippe"),
        (gel, 50, "Centre de vaccination d’Uzès"),
    ):
        movements.take_out(batch, quantity, on=flu, note=note, by=referent, at=_afternoon(flu))
    movements.lose(gowns, 40, on=leak, note="Cartons mouillés par une fuite", by=coordinator, at=_afternoon(leak))
    movements.transfer(gloves, 12, to="Mairie de Sernhac", on=moving, by=coordinator, at=_afternoon(moving))
    mistaken = movements.take_out(gel, 5, on=mistake, by=coordinator, at=_afternoon(mistake))
    movements.reverse(mistaken, by=coordinator, at=_afternoon(mistake))
    counting.count(gloves, gloves.quantity, seen=gloves.quantity, on=mistake, by=coordinator, at=_afternoon(mistake))


def _note_other_means(cpts: Cpts, people: People, *, today: date) -> None:
    town_hall = next((one for one in contacts.contacts(cpts) if one.name.startswith("Mairie")), None)
    day, lately = today - timedelta(days=120), today - timedelta(days=35)
    for description in (
        MeansDescription(
            MeansKind.TELECONSULTATION,
            "Téléconsultation de la région",
            capacity="12 licences",
            keeper="Coordination de la CPTS",
            how_to_get="Ouvrir un accès depuis le compte de la coordination ; réponse dans l’heure.",
            available="Toujours",
        ),
        MeansDescription(
            MeansKind.VEHICLE,
            "Minibus municipal",
            capacity="9 places",
            keeper="Services techniques de la mairie",
            contact_id=town_hall.id if town_hall else None,
            how_to_get="Clé chez le gardien du stade, sur appel de l’élu d’astreinte.",
            available="Soirs et week-ends",
            checked_on=day,
        ),
        MeansDescription(
            MeansKind.GENERATOR,
            "Groupe électrogène prêté par la mairie de Remoulins",
            capacity="5 kW, 8 heures",
            keeper="Services techniques de Remoulins",
            how_to_get="Remorque nécessaire ; carburant à demander en même temps.",
        ),
    ):
        means = means_operations.add_means(cpts, description, by=people.coordinator, at=_afternoon(day))
        if means.kind is MeansKind.TELECONSULTATION:
            means_operations.check_means(means, on=lately, by=people.coordinator, at=_afternoon(lately))


def _afternoon(day: date) -> datetime:
    return datetime.combine(day, time(14, 30), tzinfo=ZoneInfo("Europe/Paris"))
