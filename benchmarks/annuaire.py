"""Streaming a whole Annuaire Santé: time against a bare `split("|")` loop, and peak memory.

A file a quarter as large as the national one is built in a temporary folder. The two sides are read in turn, each time in a
process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.table import table
from benchmarks.timing import Times, peak_megabytes
from crisis_plan.anticipation.directory import annuaire_sante
from crisis_plan.settings import ROOT

SAMPLE = ROOT / "crisis_plan" / "demo" / "annuaire-sante_extrait.txt"
MEGABYTE = 1024 * 1024
WHOLE = 300
"""Megabytes; the national file has four times as many, and neither figure grows with it but the time."""
ROUNDS = 3
COMMUNES = frozenset(
    {
        *("30012", "30057", "30112", "30166", "30179", "30184", "30206"),
        *("30211", "30212", "30241", "30255", "30301", "30317", "30334"),
    }
)


def build(target: Path, megabytes: int) -> None:
    """The sample once, then its people of other towns again and again, as in the national file."""
    headings, *lines = SAMPLE.read_bytes().splitlines(keepends=True)
    elsewhere = b"".join(
        line for line in lines if line.count(b"|") == 56 and line.split(b"|")[36].decode() not in COMMUNES
    )
    with target.open("wb") as stream:
        stream.write(headings + b"".join(lines))
        for _ in range(megabytes * MEGABYTE // len(elsewhere)):
            stream.write(elsewhere)


def bare_loop(file: Path) -> int:
    """The least that reading this file can cost."""
    with file.open(encoding="utf-8", errors="replace") as stream:
        return sum(len(line.split("|")) for line in stream)


def extraction(file: Path) -> int:
    with file.open("rb", buffering=annuaire_sante.BUFFER) as stream:
        found = annuaire_sante.extract(stream, COMMUNES)
    assert len(found.people) == 702, len(found.people)
    return len(found.drafts())


def measured(name: str, file: Path) -> tuple[float, float]:
    """Seconds, and megabytes at the peak, in a process of its own."""
    code = f"from benchmarks import annuaire; annuaire.tell({name!r}, {str(file)!r})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def tell(name: str, file: str) -> None:
    """In the measured process: do it, print what it took."""
    started = perf_counter()
    WORKS[name](Path(file))
    print(perf_counter() - started, peak_megabytes())


WORKS = {"bare split loop": bare_loop, "extraction of 14 communes": extraction}


def measure(*, megabytes: int = WHOLE, rounds: int = ROUNDS) -> dict[str, tuple[Times, float]]:
    """Times and highest peak of both sides, one after the other, round after round."""
    found = {name: (Times(), [0.0]) for name in WORKS}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "annuaire.txt"
        build(file, megabytes)
        for _ in range(rounds):
            for name, (times, peaks) in found.items():
                seconds, peak = measured(name, file)
                times.taken.append(seconds)
                peaks.append(peak)
    return {name: (times, max(peaks)) for name, (times, peaks) in found.items()}


def report() -> str:
    found = measure()
    rows = [
        (name, f"{times.median:.1f} s", f"{times.p95:.1f} s", f"{peak:.0f} MB") for name, (times, peak) in found.items()
    ]
    bare, ours = (times.median for times, _ in found.values())
    title = f"Annuaire Santé of {WHOLE} MB, {ROUNDS} rounds, interleaved"
    shown = table(title, ("work", "median", "p95", "peak memory"), rows)
    return f"{shown}\n\n{ours / bare:.2f} times the bare loop; peaks include the application, loaded."
