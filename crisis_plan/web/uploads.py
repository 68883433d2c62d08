"""Files that people send: their size, and what they really are, whatever their name says."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from crisis_plan.errors import RuleBroken

MEGABYTE = 1024 * 1024
SPREADSHEET_LIMIT = 10 * MEGABYTE
ATTACHMENT_LIMIT = 10 * MEGABYTE

AT_MOST = {"data-max-bytes": str(ATTACHMENT_LIMIT)}
"""Read by the browser, which says at once that a file is too large."""

PDF_SIGNATURE = b"%PDF-"


class UploadRefused(RuleBroken):
    """The file is not what it should be; the message is for the form's field."""

    status = 422


def read(upload: FileStorage, *, limit: int) -> bytes:
    """The file's bytes. Raises `UploadRefused` when it is empty or larger than `limit` bytes."""
    content = upload.stream.read(limit + 1)
    if not content:
        raise UploadRefused("Ce fichier est vide.")
    if len(content) > limit:
        raise UploadRefused(f"Ce fichier dépasse {limit // MEGABYTE} Mo.")
    return content


def read_pdf(upload: FileStorage) -> bytes:
    """The bytes of a PDF. Raises `UploadRefused` when the content is something else."""
    content = read(upload, limit=ATTACHMENT_LIMIT)
    if PDF_SIGNATURE not in content[:1024] or b"%%EOF" not in content[-2048:]:
        raise UploadRefused(
            "Ce fichier n’est pas un PDF complet. Enregistrez le document au format PDF, puis choisissez-le."
        )
    return content
