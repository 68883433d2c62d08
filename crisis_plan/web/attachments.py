"""Documents that people attach: recognised by their content, whatever their name says."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from crisis_plan.web.uploads import ATTACHMENT_LIMIT, PDF_SIGNATURE, UploadRefused, read

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ODT = "application/vnd.oasis.opendocument.text"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"

EXTENSIONS = {PDF: "pdf", JPEG: "jpg", PNG: "png", ODT: "odt", DOCX: "docx", XLSX: "xlsx"}
ALSO_WRITTEN = {JPEG: ("jpeg", "jpe")}
ACCEPTED = "PDF, JPEG, PNG, ODT, DOCX ou XLSX"
LONGEST_NAME = 200
UNKNOWN = f"Ce fichier n’est pas un document complet {ACCEPTED}. Enregistrez-le dans l’un de ces formats."
WITH_MACROS = "Ce document contient des macros. Enregistrez-le sans macros, puis choisissez-le."

DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip
"""What reading a packed file that is not whole may raise."""
UNSAFE = re.compile(r'[\x00-\x1f\x7f"<>|:*?\\/\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
"""What a file name must not carry: separators, controls, and marks that write it backwards."""


@dataclass(frozen=True)
class Attachment:
    """A document as it will be kept."""

    file_name: str
    media_type: str
    content: bytes


def read_attachment(upload: FileStorage) -> Attachment:
    """The document, its type by content. Raises `UploadRefused` when it is none of those accepted, or over 10 MB."""
    content = read(upload, limit=ATTACHMENT_LIMIT)
    media_type = media_type_of(content)
    return Attachment(safe_name(upload.filename or "", media_type), media_type, content)


def media_type_of(content: bytes) -> str:
    """What the bytes are. Raises `UploadRefused`."""
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-2048:]:
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in content[-2048:]:
        return PNG
    if PDF_SIGNATURE in content[:1024] and b"%%EOF" in content[-2048:]:
        return PDF
    if content.startswith(b"PK"):
        return _office_type(content)
    raise UploadRefused(UNKNOWN)


def _office_type(content: bytes) -> str:
    """Only the list of members is read, and the few bytes in which an ODT names itself: nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
                raise UploadRefused(WITH_MACROS)
            if "mimetype" in names and "content.xml" in names and _beginning(archive, "mimetype") == ODT.encode():
                return ODT
    except DAMAGED:
        raise UploadRefused(UNKNOWN) from None
    if "[Content_Types].xml" in names:
        for part, media_type in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX)):
            if part in names:
                return media_type
    raise UploadRefused(UNKNOWN)


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(100)


def safe_name(given: str, media_type: str) -> str:
    """The file's own name without folders or tricks, with the extension of what it really is."""
    bare = UNSAFE.sub(" ", given.replace("\\", "/").rpartition("/")[2])
    stem, dot, extension = " ".join(bare.split()).rstrip(". ").rpartition(".")
    right = EXTENSIONS[media_type]
    if not dot or extension.lower() not in (right, *ALSO_WRITTEN.get(media_type, ())):
        stem, extension = f"{stem}{dot}{extension}", right
    stem = stem[: LONGEST_NAME - len(extension) - 1].strip(". ") or "document"
    return f"{stem}.{extension}"
