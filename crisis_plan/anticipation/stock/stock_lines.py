"""Reading a stock typed in French Excel: what becomes of each line, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from crisis_plan.anticipation.stock import stock_cells
from crisis_plan.anticipation.stock.descriptions import (
    LONGEST,
    BatchDescription,
    ItemDescription,
    StockLine,
)
from crisis_plan.anticipation.stock.queries import BatchKey, Taken, batch_key
from crisis_plan.anticipation.stock.stock_cells import LineRefused
from crisis_plan.folding import folded
from crisis_plan.imports.columns import Field, Matching, cells_by_field, guess, missing
from crisis_plan.imports.rules import COMES_IN, ImportLine, Outcome
from crisis_plan.imports.sheets import Sheet, SheetLine
from crisis_plan.web.formats import number, short_date

FIELDS = (
    Field("name", "Désignation", ("designation", "article", "nom", "materiel", "produit", "libelle"), is_required=True),
    Field("quantity", "Quantité", ("quantite", "qte", "stock", "nombre"), is_required=True),
    Field("category", "Catégorie", ("categorie", "famille", "type")),
    Field("unit", "Unité", ("unite", "conditionnement")),
    Field("threshold", "Seuil", ("seuil", "seuil d alerte", "seuil minimal", "stock minimal")),
    Field("place", "Lieu", ("lieu", "emplacement", "lieu de stockage", "stockage")),
    Field("label", "Lot", ("lot", "numero de lot", "n de lot", "no de lot")),
    Field(
        "expires_on",
        "Péremption",
        ("peremption", "date de peremption", "expiration", "date d expiration", "dlu"),
        looks=re.compile(r"(?:[0-9]{1,2}[/.-])?[0-9]{1,2}[/.-][0-9]{4}"),
    ),
    Field("keeper", "Qui s’en occupe", ("qui s en occupe", "responsable", "detenteur")),
    Field("note", "Remarque", ("remarque", "remarques", "observation", "observations")),
    Field("count_every_months", "Compter tous les (mois)", ("compter tous les mois", "rythme de comptage")),
)
"""The columns that are read, and how spreadsheets call them."""


FRENCH = {field.key: field.label for field in FIELDS}


def assess(sheet: Sheet, taken: Taken, *, today: date, matching: Matching | None = None) -> list[ImportLine]:
    """What becomes of each line of the table. Without its two columns, every line is refused and says so."""
    matching = guess(sheet, FIELDS) if matching is None else matching
    lines = [_assessed(line, matching, today) for line in sheet.lines]
    if lacking := missing(matching, FIELDS):
        why = (f"Aucune colonne n’est lue comme «\u00a0{lacking[0].label}\u00a0».",)
        return [replace(line, outcome=Outcome.REFUSED, reasons=why, values={}) for line in lines]
    return find_duplicates(lines, taken)


def find_duplicates(lines: Iterable[ImportLine], taken: Taken, *, forced: Iterable[int] = ()) -> list[ImportLine]:
    """Mark the lines whose item, batch and place are in the stock already, or earlier in the file."""
    ticked, seen, found = frozenset(forced), dict(taken.batches), []
    for line in lines:
        if line.outcome in COMES_IN and line.number not in ticked:
            key = key_of(line)
            if key in seen:
                line = replace(line, outcome=Outcome.DUPLICATE, reasons=(*line.reasons, _duplicate(seen[key])))
            else:
                seen[key] = f"à la ligne {line.number}"
        found.append(line)
    return found


def key_of(line: ImportLine) -> BatchKey:
    """What makes two lines the same batch."""
    return batch_key(*(str(line.values[name] or "") for name in ("name", "label", "place")))


def comes_in(line: ImportLine) -> list[str]:
    """What the line brings beside its name, as the preview shows it: quantity, lot, expiry, place."""
    if not line.values or line.values["quantity"] is None:
        return []
    values = line.values
    quantity = f"{number(values['quantity'])} × {values['unit']}" if values["unit"] else number(values["quantity"])
    return [
        quantity,
        *([f"lot {values['label']}"] if values["label"] else []),
        *([f"expire le {short_date(date.fromisoformat(values['expires_on']))}"] if values["expires_on"] else []),
        *([values["place"]] if values["place"] else []),
    ]


def _duplicate(where: str) -> str:
    return f"Cet article est déjà {where}, avec le même lot et le même lieu\u00a0: sa quantité ne sera pas ajoutée."


def stock_line(line: ImportLine) -> StockLine:
    """What an accepted line brings in."""
    values = {"count_every_months": None, **line.values}
    expires_on = date.fromisoformat(values["expires_on"]) if values["expires_on"] else None
    item = ItemDescription(**{name: values[name] for name in ItemDescription.__dataclass_fields__})
    if values["quantity"] is None:
        return StockLine(item)
    return StockLine(item, BatchDescription(values["quantity"], values["label"], values["place"], expires_on))


def _assessed(line: SheetLine, matching: Matching, today: date) -> ImportLine:
    said = cells_by_field(line, matching)
    cells = {field.key: said.get(field.key, [("", "")])[0][1] for field in FIELDS}
    kept = ImportLine(line.number, Outcome.REFUSED, raw=line.raw, overflows=line.overflows, unread=line.unread)
    try:
        read, warnings = _read(line, cells, today)
    except LineRefused as refusal:
        return replace(kept, reasons=(str(refusal), *line.unread), label=cells["name"][:160])
    outcome = Outcome.WARNING if warnings else Outcome.ACCEPTED
    return replace(kept, outcome=outcome, reasons=tuple(warnings), label=read.item.name, values=_values(read))


def _read(line: SheetLine, cells: dict[str, str], today: date) -> tuple[StockLine, list[str]]:
    """What the line says, and what of it is left out. Raises `LineRefused`."""
    warnings: list[str] = list(line.unread)
    if line.overflows:
        raise LineRefused("Cette ligne a plus de cellules que le tableau n’a de colonnes.")
    if not folded(cells["name"]):
        raise LineRefused("La désignation manque.")
    if len(cells["name"]) > LONGEST["name"]:
        raise LineRefused(f"La désignation dépasse {LONGEST['name']} caractères.")
    quantity = stock_cells.quantity(cells)
    for column in ("category", "unit", "keeper", "note", "label", "place"):
        if len(cells[column]) > LONGEST[column]:
            warnings.append(f"«\u00a0{FRENCH[column]}\u00a0» dépasse {LONGEST[column]} caractères\u00a0: laissé vide.")
            cells[column] = ""
    item = ItemDescription(
        name=cells["name"],
        category=cells["category"],
        unit=cells["unit"],
        threshold=stock_cells.threshold(cells["threshold"], warnings),
        keeper=cells["keeper"],
        note=cells["note"],
        count_every_months=stock_cells.pace(cells["count_every_months"], warnings),
    )
    if quantity is None:
        warnings.append("Aucune quantité\u00a0: l’article entre sans compte.")
        return StockLine(item), warnings
    expires_on = stock_cells.expiry(cells["expires_on"], warnings, today)
    return StockLine(item, BatchDescription(quantity, cells["label"], cells["place"], expires_on)), warnings


def _values(read: StockLine) -> dict[str, Any]:
    """The line as the report stores it."""
    batch = read.batch
    return asdict(read.item) | {
        "quantity": batch.quantity if batch else None,
        "label": batch.label if batch else "",
        "place": batch.place if batch else "",
        "expires_on": batch.expires_on.isoformat() if batch and batch.expires_on else None,
    }
