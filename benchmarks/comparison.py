"""Two versions compared: 600 contacts against 60, and two texts of 100 kB, whose cost must not grow faster than they do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from benchmarks.table import table
from benchmarks.timing import interleaved
from crisis_plan.document.blocks import Block, Chapter, Column, Document, Facts, Paragraph, Part, Row, Table, plain
from crisis_plan.document.comparison import consolidated

ROUNDS = 5
FEW, MANY = 60, 600
TEXT = 100_000
"""Characters."""
WORDS = [
    "le",
    "la",
    "les",
    "de",
    "du",
    "des",
    "en",
    "un",
    "une",
    "qui",
    "que",
    "pour",
    "avec",
    "sans",
    "dans",
    "sur",
    "soins",
    "crise",
    "poste",
    "lieu",
    "appel",
    "garde",
    "nuit",
    "jour",
    "eau",
    "feu",
]


def document(blocks: Sequence[Block]) -> Document:
    chapter = Chapter("annexe", "Annuaire", tuple(blocks), Part.ANNEX)
    return Document("Plan", "CPTS", "", "Version 1", date(2026, 11, 1), "", "", Facts(()), (chapter,), "")


def contacts(count: int) -> tuple[Document, Document]:
    """A directory and the next: one contact in ten gone, one in ten come, every telephone changed."""
    columns = (Column("Nom"), Column("Profession"), Column("Téléphone"))

    def told(first: int, last: int, digit: str) -> Document:
        rows = (Row((f"NOM-{n} Élodie", "Sage-femme", f"06 12 34 {n:05d} {digit}"), str(n)) for n in range(first, last))
        return document([Table("Contacts", columns, tuple(rows))])

    return told(0, count, "1"), told(count // 10, count + count // 10, "2")


def texts(length: int, *, likeness: float) -> tuple[Document, Document]:
    """A text of common words, which repeat as in any language, and the same where so many are others."""
    chance = Random(7)
    words = [chance.choice(WORDS) for _ in range(length // 5)]
    others = [word if chance.random() < likeness else chance.choice(WORDS) for word in words]
    return tuple(document([Paragraph(plain(" ".join(one)))]) for one in (words, others))  # type: ignore[return-value]


def report() -> str:
    pairs = {
        f"{FEW} contacts": contacts(FEW),
        f"{MANY} contacts": contacts(MANY),
        "10 kB, one word in ten changed": texts(TEXT // 10, likeness=0.9),
        "100 kB, one word in ten changed": texts(TEXT, likeness=0.9),
        "100 kB, nothing in common but words": texts(TEXT, likeness=0.0),
    }
    works = {name: (lambda pair=pair: consolidated(*pair)) for name, pair in pairs.items()}
    times = interleaved(works, rounds=ROUNDS)
    rows = [(name, f"{one.median * 1000:.0f}", f"{one.p95 * 1000:.0f}") for name, one in times.items()]
    ratio = times[f"{MANY} contacts"].median / times[f"{FEW} contacts"].median
    said = f"{MANY} contacts cost {ratio:.1f} times what {FEW} cost (aim: 20 at most)"
    return table("Two versions compared, all rows changed", ("", "median ms", "p95 ms"), rows) + f"\n{said}"
