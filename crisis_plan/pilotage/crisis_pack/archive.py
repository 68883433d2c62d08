"""The pack as one ZIP: every file, what is what, and their digests. The same moment gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from crisis_plan import clock
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_pack import pages
from crisis_plan.pilotage.crisis_pack.contents import Log, PackFile, Subject, absent, subjects
from crisis_plan.pilotage.crisis_pack.reading import Reading
from crisis_plan.pilotage.crisis_pack.rules import DIGESTS, INDEX, READ_ME, pack_name
from crisis_plan.publication.alert import EMERGENCY_NUMBERS

A_FILE_THAT_ITS_OWNER_WRITES = 0o100644 << 16
UNIX = 3
MEDIA_TYPE = "application/zip"


@dataclass(frozen=True)
class Pack:
    """The archive and its name."""

    file_name: str
    content: bytes


def pack(cpts: Cpts, *, at: datetime, log: Log | None = None) -> Pack:
    """All that works without a server, as it stands at this moment. Reads only.

    `log`: the blank sheets wanted, when a crisis has its title and its next number.
    """
    reading = Reading(cpts, at)
    folder = pack_name(cpts.slug, reading.today)
    content = _zipped(folder, _files(reading, subjects(reading, log or Log())), clock.local(at, cpts))
    return Pack(f"{folder}.zip", content)


def _files(reading: Reading, found: list[Subject]) -> list[PackFile]:
    """What is opened first, the papers, then the digests of all the others."""
    shown = {"subjects": found, "absent": absent(found), "emergency": EMERGENCY_NUMBERS, "digests": DIGESTS}
    first = pages.rendered("index.html", reading, **shown)
    read_me = pages.rendered("readme.txt", reading, **shown).replace(b"\n", b"\r\n")
    files = [PackFile("", INDEX, first), PackFile("", READ_ME, read_me)]
    files += [file for subject in found for file in subject.files]
    return [*files, PackFile("", DIGESTS, _digests(files))]


def _digests(files: Iterable[PackFile]) -> bytes:
    """A line a file, as `sha256sum --check` reads them."""
    return "".join(f"{sha256(file.content).hexdigest()}  {file.path}\n" for file in files).encode()


def _zipped(folder: str, files: Iterable[PackFile], at: datetime) -> bytes:
    """One folder; every file bears the moment of the pack, so that nothing depends on the machine."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for file in files:
            entry = ZipInfo(f"{folder}/{file.path}", (at.year, at.month, at.day, at.hour, at.minute, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = A_FILE_THAT_ITS_OWNER_WRITES
            archive.writestr(entry, file.content)
    return stream.getvalue()
