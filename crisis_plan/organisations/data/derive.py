"""Derives the tables of communes, départements and régions from the unpacked npm package (see README.md).

python crisis_plan/organisations/data/derive.py package/
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CHOOSABLE = frozenset({"commune-actuelle", "arrondissement-municipal"})


def derive(package: Path) -> None:
    """Write the three tables beside this file."""
    communes = [one for one in read(package, "communes") if one["type"] in CHOOSABLE]
    write(
        "communes.csv",
        ("code", "name", "postal_codes", "inhabitants", "departement", "part_of"),
        sorted(map(commune, communes)),
    )
    write(
        "departements.csv",
        ("code", "name", "region"),
        sorted((one["code"], french(one["nom"]), one["region"]) for one in read(package, "departements")),
    )
    write(
        "regions.csv", ("code", "name"), sorted((one["code"], french(one["nom"])) for one in read(package, "regions"))
    )


def commune(one: dict[str, Any]) -> tuple[str, ...]:
    """A line of `communes.csv`."""
    return (
        one["code"],
        french(one["nom"]),
        " ".join(one.get("codesPostaux", ())),
        str(one.get("population", 0)),
        one["departement"],
        one.get("commune", ""),
    )


def french(name: str) -> str:
    """A name with the apostrophe of French typography."""
    return name.replace("'", "’")


def read(package: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((package / "data" / f"{name}.json").read_text("utf-8"))
    return rows


def write(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


if __name__ == "__main__":
    derive(Path(sys.argv[1]))
