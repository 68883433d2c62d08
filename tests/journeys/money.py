"""What the journeys of the plan's money have in common: who gives the plan, and what a claim's archive proves."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Download, Locator, Page, expect
from pypdf import PdfReader

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.outbox import OutboxMessage
from tests.journeys.cell import accessible
from tests.journeys.conftest import DESK, HEIGHT, TELEPHONE

CPAM = "cpam@demo.example"
ALZON = "/cpts/vallee-de-l-alzon"
"""A CPTS that the journeys of year 1 add to the demonstration."""
FUNDING = f"{ALZON}/financements/"
HASHES, ITSELF = "manifeste.sha256", "00_demande.pdf"
PROOF = {"mimeType": "application/pdf", "buffer": b"%PDF-1.4\nfeuille\n%%EOF\n"}
LINK = re.compile(r"https?://\S+/d/\S+")


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def title(page: Page, words: str | re.Pattern[str]) -> None:
    """The page of this heading is there: before anything is measured of it."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def accessible_everywhere(page: Page, state: str) -> None:
    """At a desk and on a telephone, and left as it was."""
    before = page.viewport_size or {"width": DESK, "height": HEIGHT}
    for width in (DESK, TELEPHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        accessible(page, f"{state}, {width} px")
    page.set_viewport_size(before)


def today() -> str:
    return clock.today(clock.PARIS).isoformat()


def published(page: Page, place: str, number: int, why: str) -> None:
    """Publish this version from the page that freezes it."""
    page.goto(f"{place}/versions/publier")
    page.get_by_label("Adopté par").fill("le bureau")
    page.get_by_label("Date d’adoption").fill(today())
    page.get_by_label("Pourquoi cette version").fill(why)
    page.get_by_role("button", name=f"Publier la version {number}").click()
    expect(page.locator("[data-flash=success]")).to_contain_text("les deux PDF sont prêts")


def group_row(page: Page, group: str) -> Locator:
    """The line of a group, on the page of the distribution."""
    return page.get_by_role("table", name="par groupe").get_by_role("row").filter(has_text=group).first


def sent(page: Page, place: str, *to_them: str) -> None:
    """Send the version in force by mail to each of these groups, having read who receives it."""
    for group in to_them:
        page.goto(f"{place}/diffusion/")
        page.get_by_role("link", name=f"Envoyer {group}").click()
        title(page, "Envoyer la version")
        page.get_by_role("button", name=re.compile(r"^Envoyer \d+\scourriel")).click()
        expect(page.locator("[data-flash=success]")).to_contain_text("son lien personnel")


def handed_in_a_meeting(page: Page, place: str, to_them: str) -> None:
    """Handed to a whole group at once, with the sheet that everyone signed."""
    page.goto(f"{place}/diffusion/")
    page.get_by_role("link", name=f"Noter une remise {to_them}").click()
    title(page, "Noter une remise")
    whole = page.get_by_label("À tout le groupe")
    if whole.count():  # one person alone is ticked already
        whole.check()
    page.get_by_label("Remis en réunion").check()
    page.get_by_label("Feuille de présence ou reçu").set_input_files([{"name": "emargement.pdf", **PROOF}])
    page.get_by_role("button", name="Noter la remise").click()
    expect(page.locator("[data-flash=success]")).to_contain_text("Remise notée")


def the_mails_leave(site: Flask) -> None:
    """The server takes what waits in the outbox: until then nothing proves that a mail was sent."""
    with site.app_context():
        waiting = sa.update(OutboxMessage).where(OutboxMessage.sent_at.is_(None), OutboxMessage.attempts == 0)
        db.session.execute(waiting.values(sent_at=clock.now(), attempts=1))
        db.session.commit()


def personal_link(site: Flask, address: str) -> str:
    """The link that this recipient finds in the last mail that brought them the plan."""
    with site.app_context():
        query = sa.select(OutboxMessage.body).where(OutboxMessage.recipient == address)
        body = db.session.scalars(query.order_by(OutboxMessage.created_at.desc()).limit(1)).one()
        db.session.rollback()
    found = LINK.search(body)
    assert found, body
    return found.group()


def downloaded(page: Page, link: Locator) -> bytes:
    """What this link gives to keep."""
    with page.expect_download() as coming:
        link.click()
    return content_of(coming.value)


def content_of(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def checked_archive(content: bytes) -> Mapping[str, bytes]:
    """The members of a claim's ZIP, each of which its manifest knows by its hash."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = dict(reversed(line.split("  ", 1)) for line in members[HASHES].decode().splitlines())
    assert set(manifest) == set(members) - {HASHES}
    assert {name: hashlib.sha256(members[name]).hexdigest() for name in manifest} == manifest
    return members


def text_of(pdf: bytes) -> str:
    """What it says, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
