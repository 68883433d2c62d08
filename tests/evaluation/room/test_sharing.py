"""A validated debrief is read by an institution only where its CPTS says so, and as long as it says so."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account, Readership
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.room import sharing
from crisis_plan.evaluation.room.sharing import NotValidated
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts, InstitutionKind
from tests.browser import Browser
from tests.evaluation.room.complete import VALIDATED_AT, a_complete_debrief, a_validated_debrief
from tests.factories import NOON, InstitutionFactory

READ = ("show", "pdf", "public_pdf")


@pytest.fixture
def by(referent: Browser) -> Account:
    assert referent.account
    return referent.account


def seen(browser: Browser, debrief: Debrief) -> set[int]:
    """What the page and both PDFs answer."""
    return {browser.get(f"cpts.debriefs.{endpoint}", debrief_id=debrief.id).status for endpoint in READ}


def share(referent: Browser, debrief: Debrief, *boxes: str) -> None:
    page = referent.get("cpts.debriefs.share", debrief_id=debrief.id)
    fields = {"seen_version": page.html.select_one("[name=seen_version]")["value"], **dict.fromkeys(boxes, "y")}  # type: ignore[index]
    assert referent.post("cpts.debriefs.share", fields, debrief_id=debrief.id).follow().status == 200


def test_nobody_outside_reads_it_until_it_is_shared_with_them(
    cpts: Cpts, referent: Browser, by: Account, ars_reader: Browser, cpam_reader: Browser, cell_member: Browser,
    adherent: Browser, stranger: Browser,
) -> None:  # fmt: skip
    debrief = a_validated_debrief(cpts, by)
    assert (seen(ars_reader, debrief), seen(cpam_reader, debrief)) == ({404}, {404})
    assert (seen(cell_member, debrief), seen(adherent, debrief), seen(stranger, debrief)) == ({200}, {403}, {404})
    share(referent, debrief, "with_ars")
    assert (seen(ars_reader, debrief), seen(cpam_reader, debrief)) == ({200}, {404})
    share(referent, debrief, "with_cpam")
    assert (seen(ars_reader, debrief), seen(cpam_reader, debrief)) == ({404}, {200})
    share(referent, debrief)
    assert (seen(ars_reader, debrief), seen(cpam_reader, debrief)) == ({404}, {404})


def test_the_list_shows_an_institution_only_what_is_shared_with_it(
    cpts: Cpts, referent: Browser, by: Account, ars_reader: Browser
) -> None:
    debrief = a_validated_debrief(cpts, by)
    assert debrief.title not in ars_reader.get("cpts.debriefs.index").text
    share(referent, debrief, "with_ars")
    assert debrief.title in ars_reader.get("cpts.debriefs.index").text


def test_a_draft_is_shared_with_nobody_whatever_its_columns_say(
    cpts: Cpts, referent: Browser, by: Account, ars_reader: Browser
) -> None:
    debrief = a_complete_debrief(cpts, by)
    db.session.execute(sa.update(Debrief).values(is_shared_with_ars=True))
    db.session.commit()
    assert seen(ars_reader, debrief) == {404}
    refused = referent.get("cpts.debriefs.share", debrief_id=debrief.id)
    assert (refused.status, "n’est pas encore validé" in refused.text) == (409, True)
    with pytest.raises(NotValidated):
        sharing.share(debrief, with_ars=True, with_cpam=True, seen_version=debrief.version, by=by, at=NOON)


def test_an_institution_of_both_kinds_reads_what_is_shared_with_either(
    cpts: Cpts, referent: Browser, by: Account, ars_reader: Browser
) -> None:
    debrief = a_validated_debrief(cpts, by)
    cpam = InstitutionFactory(kind=InstitutionKind.CPAM, departements=["30"])
    assert ars_reader.account
    db.session.add(Readership(account_id=ars_reader.account.id, institution_id=cpam.id, added_at=NOON))
    db.session.commit()
    assert seen(ars_reader, debrief) == {404}
    share(referent, debrief, "with_cpam")
    assert seen(ars_reader, debrief) == {200}


def test_only_a_referent_shares_and_the_history_says_it(
    cpts: Cpts, referent: Browser, by: Account, coordinator: Browser, stranger: Browser
) -> None:
    debrief = a_validated_debrief(cpts, by)
    for method in (coordinator.get, coordinator.post):
        assert method("cpts.debriefs.share", debrief_id=debrief.id).status == 403
    assert stranger.get("cpts.debriefs.share", debrief_id=debrief.id).status == 404
    assert referent.get("cpts.debriefs.share", debrief_id=uuid.uuid4()).status == 404
    share(referent, debrief, "with_ars", "with_cpam")
    fields = db.session.scalars(sa.select(HistoryEvent.fields).where(HistoryEvent.subject_id == str(debrief.id))).all()
    assert sorted(["is_shared_with_ars", "is_shared_with_cpam"]) in [sorted(one) for one in fields]
    before = len(fields)
    share(referent, debrief, "with_ars", "with_cpam")
    assert (
        db.session.scalar(
            sa.select(sa.func.count()).select_from(HistoryEvent).where(HistoryEvent.subject_id == str(debrief.id))
        )
        == before
    )


def test_a_choice_made_over_somebody_else_s_is_asked_again(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief = a_validated_debrief(cpts, by)
    opened = referent.get("cpts.debriefs.share", debrief_id=debrief.id)
    sharing.share(debrief, with_ars=True, with_cpam=False, seen_version=debrief.version, by=by, at=VALIDATED_AT)
    db.session.commit()
    refused = referent.submit(opened, "main form", {"with_cpam": "y"})
    assert (refused.status, "Il est maintenant partagé avec l’ARS" in refused.text) == (409, True)
    assert (debrief.is_shared_with_ars, debrief.is_shared_with_cpam) == (True, False)
    assert referent.submit(refused, "main form").follow().status == 200
    assert (debrief.is_shared_with_ars, debrief.is_shared_with_cpam) == (False, True)
