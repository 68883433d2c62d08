"""`python -m benchmarks [pages] [printing] [weight] [annuaire] [search] [large] [crisis] [debrief] [comparison]`: everything, or what is named.

Figures are told beside their aim and never fail the run.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from os import cpu_count, getloadavg

from flask import Flask

from benchmarks import annuaire, comparison, crisis, debrief, large_plan, pages, printing, search, weight
from benchmarks.demo import told_demo

ON_THE_DEMO: dict[str, Callable[[Flask], str]] = {
    "pages": pages.report,
    "weight": weight.report,
    "printing": printing.report,
}
ALONE: dict[str, Callable[[], str]] = {
    "annuaire": annuaire.report,
    "search": search.report,
    "large": large_plan.report,
    "crisis": crisis.report,
    "debrief": debrief.report,
    "comparison": comparison.report,
}


def machine() -> str:
    """Where and when: figures mean nothing without it."""
    load = getloadavg()[0]
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()} {platform.machine()}, {cpu_count()} cores, "
        f"load {load:.1f}, Python {platform.python_version()}, SQLite"
    )


def main(names: list[str]) -> None:
    known = [*ON_THE_DEMO, *ALONE]
    if unknown := set(names) - set(known):
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    wanted = names or known
    print(machine())
    if any(name in ON_THE_DEMO for name in wanted):
        with told_demo() as app:
            for name in wanted:
                if name in ON_THE_DEMO:
                    print(ON_THE_DEMO[name](app), flush=True)
    for name in wanted:
        if name in ALONE:
            print(ALONE[name](), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
