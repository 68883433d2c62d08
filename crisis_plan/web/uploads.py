"""Files that people send: their size, and what they really are, whatever their name says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from crisis_plan.errors import RuleBroken

MEGABYTE = 1024 * 1024
SPREADSHEET_LIMIT = 10 * MEGABYTE
ATTACHMENT_LIMIT = 10 * MEGABYTE
EXTRACTION_LIMIT = 50 * MEGABYTE
AROUND_A_FILE = MEGABYTE
"""What a form weighs besides its file."""

View = TypeVar("View", bound=Callable[..., Any])


def at_most(limit: int) -> dict[str, str]:
    """Read by the browser, which says at once that a file is too large."""
    return {"data-max-bytes": str(limit)}


AT_MOST = at_most(ATTACHMENT_LIMIT)

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


def takes_up_to(limit: int) -> Callable[[View], View]:
    """Mark a view that is sent heavier files than the others, and how heavy."""

    def declare(view: View) -> View:
        view.takes_up_to = limit  # type: ignore[attr-defined]
        return view

    return declare


def weigh_before_reading(app: Flask) -> None:
    """Refuse what is too heavy for this address before its body is read, and say how much it takes.

    Installed after the guard, which lets in, and before the token is looked for in the form.
    """

    @app.before_request
    def allow_what_the_view_takes() -> None:
        if limit := _own_limit():
            request.max_content_length = limit + AROUND_A_FILE

    @app.errorhandler(RequestEntityTooLarge)
    def too_heavy(_error: RequestEntityTooLarge) -> ResponseReturnValue:
        limit = (_own_limit() or ATTACHMENT_LIMIT) // MEGABYTE
        said = (
            f"Rien n’a été enregistré. Un fichier compte {limit} Mo au plus ici : réduisez-le, ou envoyez-le en "
            "plusieurs fois."
        )
        return render_template("errors/413.html", message=said), 413


def _own_limit() -> int | None:
    view = current_app.view_functions.get(request.endpoint or "")
    limit: int | None = getattr(view, "takes_up_to", None)
    return limit
