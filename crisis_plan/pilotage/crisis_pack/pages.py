"""The pages of the pack: whole by themselves, opened from a disk by any browser, without a server."""

from __future__ import annotations

from typing import Any

from flask import current_app

from crisis_plan.document.blocks import Chapter
from crisis_plan.pilotage.crisis_pack.reading import Reading
from crisis_plan.pilotage.crisis_pack.rules import INDEX

FOLDER = "pilotage/crisis_pack/pack"
UP = "../"


def document(
    reading: Reading, title: str, chapters: tuple[Chapter, ...], *, other_forms: tuple[tuple[str, str], ...]
) -> bytes:
    """A paper as a page. `other_forms`: label and name of the same paper in the files beside it."""
    return rendered("document.html", reading, title=title, chapters=chapters, other_forms=other_forms, index=INDEX)


def card(reading: Reading, number: int, chapter: Chapter, *, booklet: str) -> bytes:
    """An action card as a page of the folder of cards. `booklet`: the file of all of them as PDF, above that folder."""
    shown = {"title": f"Fiche {number}. {chapter.title}", "chapters": (chapter,)}
    beside = (("Livret PDF", UP + booklet),)
    return rendered("document.html", reading, index=UP + INDEX, other_forms=beside, **shown)


def rendered(template: str, reading: Reading, **context: Any) -> bytes:
    """The template alone: what the site adds to its own pages (menu, address, account) has no place in a file."""
    found = current_app.jinja_env.get_template(f"{FOLDER}/{template}")
    return found.render(cpts=reading.cpts, at=reading.at, **context).encode()
