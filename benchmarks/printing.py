"""The plan's restricted PDF with all its annexes, against WeasyPrint printing the same content.

WeasyPrint gets the same frozen blocks as HTML already written (that time is not counted), with the least style that
makes a comparable print: A4, page x / y, headings of tables on every page, a table of contents with page numbers, the
same font. Both go from content in memory to the bytes of a PDF.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask import Flask
from pypdf import PdfReader

from benchmarks.table import table
from benchmarks.timing import Times, interleaved
from crisis_plan.access.queries import cpts_by_slug
from crisis_plan.demo import story
from crisis_plan.document import leaflet, pdf, serial
from crisis_plan.document.blocks import Document, Edition
from crisis_plan.publication import queries
from crisis_plan.settings import ROOT

ROUNDS = 3
TIMES_FASTER = 6
MOST_MEGABYTES = 150
OURS, BOOKLET, WEASYPRINT = "crisis_plan", "crisis_plan, cards", "WeasyPrint"
PAGE = Path(__file__).parent / "printing.html"


@dataclass
class Printed:
    """What one printer took, and what it made."""

    times: Times
    idle: float
    peak: float
    pages: int
    kilobytes: float


def measure(app: Flask, *, rounds: int = ROUNDS, printers: Sequence[str] = (OURS, WEASYPRINT)) -> dict[str, Printed]:
    """The version in force, whole."""
    return compared(app, published(app), rounds=rounds, printers=printers)


def compared(app: Flask, document: Document, *, rounds: int, printers: Sequence[str]) -> dict[str, Printed]:
    """The printers in turn in one process; the memory of each in a process of its own."""
    inputs = {name: content_for(name, app, document) for name in printers}
    works = {name: printing(name, inputs[name]) for name in printers}
    times = interleaved(works, rounds=rounds)
    return {name: Printed(times[name], *memory(name, inputs[name]), *described(work())) for name, work in works.items()}


def published(app: Flask) -> Document:
    """The version in force of the demonstration, as it was frozen."""
    with app.app_context():
        cpts = cpts_by_slug(story.SLUG)
        document = queries.frozen(queries.current(cpts)) if cpts else None
    assert document is not None
    return document


def content_for(name: str, app: Flask, document: Document) -> bytes:
    """What a printer starts from: the frozen blocks, or their HTML."""
    return as_html(app, document).encode() if name == WEASYPRINT else serial.canonical_bytes(document)


def as_html(app: Flask, document: Document) -> str:
    """The same chapters, by the macros that show them on screen."""
    with app.test_request_context():
        return app.jinja_env.from_string(PAGE.read_text(encoding="utf-8")).render(document=document)


def printing(name: str, content: bytes) -> Callable[[], bytes]:
    """What is timed."""
    if name != WEASYPRINT:
        document = serial.from_json(json.loads(content))
        render = pdf.render if name == OURS else leaflet.card_pages
        return lambda: render(document, Edition.RESTRICTED)
    from weasyprint import HTML  # bench-only

    page = content.decode()
    return lambda: bytes(HTML(string=page, base_url=f"{ROOT}/").write_pdf() or b"")


def described(content: bytes) -> tuple[int, float]:
    """Pages and weight of a PDF."""
    return len(PdfReader(BytesIO(content)).pages), len(content) / 1000


def memory(name: str, content: bytes) -> tuple[float, float]:
    """Megabytes of a process once its modules are loaded, and at its peak when it has printed this once."""
    code = (
        "import sys; from benchmarks.printing import printing; from benchmarks.timing import peak_megabytes;"
        f"work = printing({name!r}, open(sys.argv[1], 'rb').read()); print(peak_megabytes()); work();"
        "print(peak_megabytes())"
    )
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-c", code, file.name]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    idle, peak = map(float, done.stdout.split())
    return idle, peak


def report(app: Flask) -> str:
    return told("Restricted PDF with all annexes", measure(app))


def told(title: str, printed: dict[str, Printed]) -> str:
    """The table of our printer and of the other, and what was promised."""
    ours, theirs = printed.values()
    rows = [
        (
            name,
            f"{one.times.median:.2f} s",
            f"{one.times.p95:.2f} s",
            f"{one.idle:.0f} MB",
            f"{one.peak:.0f} MB",
            str(one.pages),
            f"{one.kilobytes:.0f} kB",
        )
        for name, one in printed.items()
    ]
    title = f"{title}, {len(ours.times.taken)} rounds, interleaved"
    faster = theirs.times.median / ours.times.median
    return "\n".join(
        (
            table(title, ("printer", "median", "p95", "before printing", "peak", "pages", "file"), rows),
            f"\n{faster:.1f} times faster (aim {TIMES_FASTER}); {ours.peak:.0f} MB, the application loaded (aim under {MOST_MEGABYTES}).",
        )
    )
