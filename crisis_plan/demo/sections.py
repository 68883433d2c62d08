"""The sections of the demonstration's plans, written from text files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from crisis_plan.access.models import Account
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import operations as plan
from crisis_plan.plan import queries as sections
from crisis_plan.plan.requirements import requirement
from crisis_plan.plan.rules import Answer

TEXTS = Path(__file__).parent / "texts"


def write_sections(cpts: Cpts, folders: Iterable[str], *, by: Account, at: datetime) -> None:
    """Write the sections from the text files; a later folder's wording replaces an earlier one's."""
    texts = {path.stem: path for folder in folders for path in sorted((TEXTS / folder).glob("*.md"))}
    for key, path in texts.items():
        written = sections.section(cpts, key)
        answer = Answer(text=path.read_text(encoding="utf-8").strip())
        version = written.version if written else 0
        plan.edit_section(cpts, requirement(key), answer, seen_version=version, by=by, at=at)
