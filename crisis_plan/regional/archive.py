"""The plans in force of an area, as one ZIP: exact bytes, dated names, and an index that names those without a plan."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from crisis_plan.publication import queries as publication
from crisis_plan.publication.rules import FileKind
from crisis_plan.regional.export import due, version
from crisis_plan.regional.queries import Line
from crisis_plan.web.downloads import csv_content

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication

IN_MEMORY = 4 * 1024 * 1024
"""Beyond, the archive goes to the disk: a thousand plans of 300 kB never stand in memory together."""
INDEX = "index.csv"
HEADINGS = (
    "CPTS", "Départements", "État du plan", "Version", "Datée du", "Prochaine version attendue le", "Motif", "Fichier",
    "Empreinte SHA-256",
)  # fmt: skip
NO_PLAN = "Aucune version publiée"


def plans(found: Sequence[Line], today: date) -> SpooledTemporaryFile[bytes]:
    """The archive, at its beginning: the restricted edition of each version in force, one read at a time.

    The same plans on the same day give the same bytes, in the order of the list. Whoever asks closes it.
    """
    kept: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - sent, then closed
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        rows = [_add(archive, line) for line in found]
        archive.writestr(_entry(INDEX, today), csv_content(HEADINGS, rows), zipfile.ZIP_DEFLATED)
    kept.seek(0)
    return kept


def size_of(kept: SpooledTemporaryFile[bytes]) -> int:
    """In bytes; it is left at its beginning."""
    size = kept.seek(0, SEEK_END)
    kept.seek(0)
    return size


def _add(archive: zipfile.ZipFile, line: Line) -> tuple[str, ...]:
    """Put the plan of this CPTS, where it has one, and tell its row of the index."""
    name, fingerprint = _put(archive, line.published) if line.published else (NO_PLAN, "")
    standing = line.standing.state.label
    return (line.cpts.name, line.departements, standing, *version(line), *due(line), name, fingerprint)


def _put(archive: zipfile.ZipFile, published: Publication) -> tuple[str, str]:
    stored = publication.file_or_404(published, FileKind.RESTRICTED)
    name = published.file_name(FileKind.RESTRICTED)
    archive.writestr(_entry(name, published.dated_on), stored.content)
    return name, stored.sha256


def _entry(name: str, day: date) -> zipfile.ZipInfo:
    """A file that bears the day of its version, and that its owner alone reads once extracted."""
    entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.external_attr = 0o600 << 16
    return entry
