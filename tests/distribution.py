"""Which process runs which tests: a file is never shared out, so that what it prepares is prepared once.

The marks of `--dist loadgroup` no longer reach its scheduler (it writes where pytest 9 no longer reads), hence our own.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST_FIRST = (
    "tests/journeys/test_every_screen.py",
    "tests/promises/test_every_page.py",
    "tests/pilotage/logbook_integrity/test_faults.py",
    "tests/journeys/",
    "tests/promises/",
    "tests/benchmarks/",
)
"""What takes minutes starts first; the short files that follow fill whatever process is free."""


class ByFile(LoadScopeScheduling):
    """A file after the other to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0]


def rank(item: pytest.Item) -> int:
    """When this test should start, compared with the others."""
    return next((n for n, start in enumerate(LONGEST_FIRST) if item.nodeid.startswith(start)), len(LONGEST_FIRST))
