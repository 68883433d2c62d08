"""Streaming a whole Annuaire Santé: time against a bare `split("|")` loop, and peak memory.

`python -m benchmarks.annuaire [megabytes]` builds a file of that size (1 100 by default) in a temporary folder.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from crisis_plan.anticipation.directory import annuaire_sante

SAMPLE = Path(__file__).parent.parent / "crisis_plan" / "demo" / "annuaire-sante_extrait.txt"
MEGABYTE = 1024 * 1024
WHOLE = 1_100
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


def measure(name: str, file: Path) -> tuple[float, float]:
    """Seconds, and megabytes at the peak, in a process of its own."""
    code = f"from benchmarks import annuaire; annuaire.told('{name}', {str(file)!r})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def told(name: str, file: str) -> None:
    """In the measured process: do it, print what it took."""
    import resource

    work = {"bare_loop": bare_loop, "extraction": extraction}[name]
    started = perf_counter()
    work(Path(file))
    print(perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def run(megabytes: int = WHOLE) -> list[tuple[str, str]]:
    """Rows to print: what was measured, and the figure."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "annuaire.txt"
        build(file, megabytes)
        bare, _ = measure("bare_loop", file)
        mine, peak = measure("extraction", file)
    return [
        ("file", f"{megabytes} MB"),
        ("bare split loop", f"{bare:.1f} s"),
        ("extraction of 14 communes", f"{mine:.1f} s"),
        ("times the bare loop", f"{mine / bare:.2f}"),
        ("peak memory", f"{peak:.0f} MB"),
    ]


if __name__ == "__main__":
    for label, figure in run(int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE):
        print(f"{label:30} {figure:>10}")
