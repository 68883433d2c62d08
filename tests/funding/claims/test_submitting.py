"""A claim from its opening to its bytes: found by itself, frozen, checked by anyone."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db, write_apart
from crisis_plan.document import leaflet
from crisis_plan.funding.claims import submitting
from crisis_plan.funding.lines import ClaimState
from crisis_plan.funding.models import Claim, ClaimStep, StoredRateSet
from crisis_plan.funding.rates import AVENANT_2, amounts_json, rate_set_from
from crisis_plan.funding.revision_models import ClaimFile, ClaimRevision
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from tests.browser import Browser
from tests.factories import NOON, member
from tests.funding.claims.arranged import YEAR_1, begin, submit, text_of, the_claim
from tests.promises.at_once import all_at_once


def count(table: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def archive_of(browser: Browser, claim: Claim, number: int = 1) -> zipfile.ZipFile:
    page = browser.get("cpts.claims.archive", claim_id=claim.id, number=number)
    return zipfile.ZipFile(io.BytesIO(page.content))


def test_a_first_writing_is_claimed_with_what_the_tool_found(referent: Browser, first: Publication) -> None:
    claim = begin(referent, "year-1")
    page = referent.get("cpts.claims.show", claim_id=claim.id)
    assert "Prête à déposer" in page.text
    assert "1. Plan de réponse aux crises, Version 1, 1er juin 2025" in page.links()
    assert "2. Registre de diffusion, Version 1" in page.links()
    answer = submit(referent, claim)
    assert answer.status == 303, answer.text
    claim = the_claim()
    assert (claim.state, claim.asked_cents, claim.number) == (ClaimState.SUBMITTED, 25_000_00, 1)
    assert "25 000 €" in answer.follow().text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_zip_holds_every_piece_and_its_hashes_are_true(
    referent: Browser, first: Publication, tmp_path: Path
) -> None:
    claim = begin(referent, "year-1")
    submit(referent, claim)
    archive = archive_of(referent, claim)
    assert archive.namelist() == [
        "00_demande.pdf", "01_plan-de-reponse-aux-crises-version-1-1er-juin-2025.pdf",
        "02_registre-de-diffusion-version-1.pdf", "manifeste.txt", "manifeste.sha256",
    ]  # fmt: skip
    assert archive.read("01_plan-de-reponse-aux-crises-version-1-1er-juin-2025.pdf") == first.files[0].content
    lines = archive.read("manifeste.sha256").decode().splitlines()
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    assert told == {
        name: hashlib.sha256(archive.read(name)).hexdigest()
        for name in archive.namelist()
        if name != "manifeste.sha256"
    }
    archive.extractall(tmp_path)
    checked = subprocess.run(["sha256sum", "-c", "manifeste.sha256"], cwd=tmp_path, capture_output=True)
    assert checked.returncode == 0, checked.stderr
    printed = text_of(archive.read("00_demande.pdf"))
    assert told["02_registre-de-diffusion-version-1.pdf"] in printed.replace(" ", "")


def test_the_file_says_the_line_the_rates_and_who_answers(referent: Browser, first: Publication) -> None:
    claim = begin(referent, "year-1")
    submit(referent, claim)
    printed = text_of(referent.get("cpts.claims.pdf", claim_id=claim.id, number=1).content)
    for said in ("Demande n° 1", "ACI des CPTS, avenant 2", "Réponse attendue de", "CPAM du Gard", "notre lecture"):
        assert said in printed.replace("\u00a0", " ")


def test_the_same_submission_makes_the_same_bytes(referent: Browser, first: Publication, by: Account) -> None:
    """Two people who submit what is the same at the same moment would store the same file."""
    claim = begin(referent, "year-1")
    frozen = submitting.freeze(claim, "référent de crise", by, NOON)
    made = [submitting._files(frozen, frozen.paper(), [("01_a.pdf", b"a")]) for _ in range(2)]
    assert made[0] == made[1]


def test_later_rates_do_not_change_what_was_submitted(referent: Browser, first: Publication, by: Account) -> None:
    claim = begin(referent, "year-1")
    submit(referent, claim)
    doubled = {line: {size: euros * 2 for size, euros in sizes.items()} for line, sizes in AVENANT_2.amounts.items()}
    db.session.add(
        StoredRateSet(
            label="Avenant futur",
            in_force_from=YEAR_1,
            source="Essai",
            amounts=amounts_json(doubled),
            majoration_percent=10,
            majoration_members=100,
            entered_at=NOON,
            entered_by_id=by.id,
            entered_by_name="X",
        )
    )
    db.session.commit()
    revision = db.session.scalars(sa.select(ClaimRevision)).one()
    assert (revision.amount_cents, rate_set_from(revision.rate_set)) == (25_000_00, AVENANT_2)
    assert "ACI des CPTS, avenant 2" in referent.get("cpts.claims.show", claim_id=claim.id).text


def test_two_people_submit_at_once_and_one_revision_is_made(
    app: Flask, referent: Browser, cpts: Cpts, first: Publication
) -> None:
    claim = begin(referent, "year-1")
    others = [Browser(app, member(cpts, Role.COORDINATOR), cpts) for _ in range(2)]
    db.session.commit()
    answers = all_at_once(
        [referent, *others], "cpts.claims.submit", lambda _: {"seen_version": str(1)}, claim_id=claim.id
    )
    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: 2}
    assert (count(ClaimRevision), count(ClaimFile)) == (1, 2)
    assert [step.kind for step in the_claim().steps] == ["opened", "submitted"]


def test_two_people_open_at_once_and_one_claim_is_made(
    app: Flask, referent: Browser, cpts: Cpts, first: Publication
) -> None:
    others = [Browser(app, member(cpts, Role.COORDINATOR), cpts) for _ in range(2)]
    db.session.commit()
    answers = all_at_once([referent, *others], "cpts.claims.open", lambda _: {"subject": "year-1"})
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert count(Claim) == 1


@pytest.mark.parametrize("step", ["packed", "rate_set_json", "tell_the_caisse"])
def test_what_breaks_in_the_middle_leaves_nothing(
    app: Flask, referent: Browser, first: Publication, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    claim = begin(referent, "year-1")

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(submitting, step, breaks)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(app, "testing", False)
    assert submit(referent, claim).status == 500
    assert (count(ClaimRevision), count(ClaimFile), count(ClaimStep)) == (0, 0, 1)
    assert the_claim().state is ClaimState.PREPARING


def test_a_pdf_cut_short_is_refused(referent: Browser, first: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = begin(referent, "year-1")
    monkeypatch.setattr(leaflet, "render", lambda *_, **__: b"%PDF-1.4 cut")
    assert submit(referent, claim).status == 500
    assert count(ClaimRevision) == 0


def test_what_moved_while_it_was_printed_is_not_submitted(
    referent: Browser, first: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = begin(referent, "year-1")
    printed = submitting._files

    def moves(*given: object) -> dict[str, bytes]:
        write_apart(lambda session: session.execute(sa.update(Cpts).values(president="Une autre présidente")))
        return printed(*given)

    monkeypatch.setattr(submitting, "_files", moves)
    answer = submit(referent, claim)
    assert (answer.status, count(ClaimRevision)) == (409, 0)
    assert "a changé pendant sa mise en page" in answer.text


def test_a_form_opened_before_the_claim_changed_is_shown_again(referent: Browser, first: Publication) -> None:
    claim = begin(referent, "year-1")
    page = referent.get("cpts.claims.prepare_submission", claim_id=claim.id)
    referent.submit(referent.get("cpts.claims.edit", claim_id=claim.id), fields={"note": "Vu avec la CPAM."})
    assert referent.submit(page).status == 409
    assert submit(referent, claim).status == 303
    assert "Vu avec la CPAM." in text_of(referent.get("cpts.claims.pdf", claim_id=claim.id, number=1).content)


@pytest.mark.parametrize("change", ["UPDATE claim_revisions SET amount_cents = 1", "DELETE FROM claim_files"])
def test_the_database_refuses_to_change_what_was_submitted(referent: Browser, first: Publication, change: str) -> None:
    submit(referent, begin(referent, "year-1"))
    with pytest.raises(DatabaseError):
        db.session.execute(sa.text(change))
    db.session.rollback()
