"""All of a submitted claim in one ZIP: its file, its numbered pieces, and the hashes by which anyone checks them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence

HASHES = "manifeste.sha256"
READ_ME = "manifeste.txt"
ITSELF = "00_demande.pdf"
DATED = (1980, 1, 1, 0, 0, 0)
"""Every member bears the same day: the same content makes the same bytes."""
READABLE = 0o100644 << 16
UNIX = 3

Member = tuple[str, bytes]


def packed(title: str, members: Sequence[Member]) -> bytes:
    """The ZIP of these files, in their order, then its manifest: what it holds, and the hash of each."""
    explained = (READ_ME, _explained(title, members))
    hashed = (HASHES, "".join(_line(*member) for member in (*members, explained)).encode())
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (*members, explained, hashed):
            member = zipfile.ZipInfo(name, DATED)
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, READABLE, UNIX
            archive.writestr(member, data)
    return content.getvalue()


def member_of(content: bytes, prefix: str) -> Member | None:
    """The file of this archive whose name begins so, with its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next((name for name in archive.namelist() if name.startswith(prefix)), None)
        return (name, archive.read(name)) if name else None


def _line(name: str, data: bytes) -> str:
    """As `sha256sum -c` reads it."""
    return f"{hashlib.sha256(data).hexdigest()}  {name}\n"


def _explained(title: str, members: Sequence[Member]) -> bytes:
    lines = [
        title,
        "",
        "Contenu :",
        *(f"  {name} ({len(data)} octets)" for name, data in members),
        "",
        f"Les empreintes SHA-256 sont dans {HASHES}.",
        f"Pour les vérifier, dans le dossier où l’archive est ouverte : sha256sum -c {HASHES}",
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
