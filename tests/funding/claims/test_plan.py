"""What proves that the plan was written, updated and circulated; whatever is not proved is named."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.distribution.models import DeliveryDocument, DeliveryEvent
from crisis_plan.distribution.rules import Group
from crisis_plan.funding.claims.evidence import evidence_of
from crisis_plan.funding.claims.pieces import Evidence, Gap
from crisis_plan.funding.lines import Need
from crisis_plan.funding.models import Claim, ClaimAttachment
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind
from tests.browser import Browser
from tests.factories import NOON
from tests.funding.claims.arranged import (
    ACT,
    EVERY_GROUP,
    PDF,
    YEAR_1,
    YEAR_2,
    a_version,
    begin,
    circulate,
    settle,
    submit,
    text_of,
    the_claim,
)


def evidence(claim: Claim) -> Evidence:
    return evidence_of(claim, NOON)


def sentences(gaps: list[Gap]) -> list[str]:
    return [gap.sentence for gap in gaps]


def test_each_group_that_nothing_shows_to_have_the_plan_is_named(referent: Browser, cpts: Cpts, by: Account) -> None:
    settle(cpts)
    circulate(cpts, by, a_version(cpts, by), (Group.ARS, Group.ADHERENT))
    db.session.commit()
    claim = begin(referent, "year-1")
    assert sentences(evidence(claim).missing) == [
        "La diffusion à la CPAM n’est pas prouvée.",
        "La diffusion aux partenaires n’est pas prouvée.",
    ]
    page = referent.get("cpts.claims.show", claim_id=claim.id)
    assert page.links()["Diffuser la version 1"] == referent.address("cpts.distribution.index", version=1)


def test_the_attendance_sheets_of_the_register_are_joined(referent: Browser, first: Publication, by: Account) -> None:
    sheet = DeliveryDocument(cpts_id=first.cpts_id)
    sheet.take(ACT, by=by, at=NOON)
    event = db.session.scalars(sa.select(DeliveryEvent)).first()
    assert event
    db.session.add(sheet)
    db.session.add(
        DeliveryEvent(
            delivery_id=event.delivery_id,
            kind=event.kind,
            happened_at=NOON,
            handed_on=event.handed_on,
            channel=event.channel,
            by_name=by.name,
            document=sheet,
        )
    )
    db.session.commit()
    claim = begin(referent, "year-1")
    assert [piece.label for piece in evidence(claim).of(Need.CIRCULATION)] == [
        "Registre de diffusion, Version 1",
        "Justificatif de remise, arrete",
    ]
    piece = evidence(claim).of(Need.CIRCULATION)[1]
    assert referent.get("cpts.claims.piece", claim_id=claim.id, key=piece.key).content == ACT.content


def test_a_version_of_the_same_year_that_was_circulated_proves_the_first_writing(
    referent: Browser, cpts: Cpts, by: Account
) -> None:
    settle(cpts)
    a_version(cpts, by, 1, YEAR_1)
    circulate(cpts, by, a_version(cpts, by, 2, YEAR_1.replace(day=15)))
    a_version(cpts, by, 3, YEAR_2)
    db.session.commit()
    found = evidence(begin(referent, "year-1"))
    assert [piece.label for piece in found.of(Need.PLAN)] == ["Plan de réponse aux crises, Version 2, 15 juin 2025"]
    assert found.missing == []


def test_a_plan_written_elsewhere_counts_as_the_first_one(referent: Browser, cpts: Cpts, by: Account) -> None:
    settle(cpts)
    circulate(cpts, by, a_version(cpts, by, 1, YEAR_1, PublicationKind.EARLIER))
    db.session.commit()
    claim = begin(referent, "year-1")
    (plan,) = evidence(claim).of(Need.PLAN)
    assert plan.label == "Plan de réponse aux crises, Version antérieure 1, 1er juin 2025"
    assert plan.read().startswith(b"%PDF")
    assert "écrite hors de l’outil, qui ne l’a pas lue" in evidence(claim).remarks[0]
    submit(referent, claim)
    printed = text_of(referent.get("cpts.claims.pdf", claim_id=claim.id, number=1).content)
    assert "vérifiez qu’elle suit la trame (référent de crise, lieu de la cellule de crise, actions)" in printed


def test_an_update_is_proved_by_the_consolidated_document(
    referent: Browser, first: Publication, cpts: Cpts, by: Account
) -> None:
    circulate(cpts, by, a_version(cpts, by, 2, YEAR_2))
    db.session.commit()
    claim = begin(referent, "year-2")
    labels = [piece.label for piece in evidence(claim).of(Need.CHANGES)]
    assert labels == [
        "Document consolidé, Version 2 comparée à Version 1, 1er juin 2026",
        "Plan de réponse aux crises, Version 2, 1er juin 2026",
    ]
    assert submit(referent, claim).status == 303
    assert the_claim().asked_cents == 12_500_00
    compared = referent.get("cpts.claims.submitted_piece", claim_id=claim.id, number=1, piece=1).content
    assert "Ce que dit la version" in text_of(compared)


def test_an_update_of_a_plan_written_elsewhere_is_joined_whole_and_asks_for_what_the_tool_cannot_make(
    referent: Browser, cpts: Cpts, by: Account
) -> None:
    settle(cpts)
    a_version(cpts, by, 1, YEAR_1, PublicationKind.EARLIER)
    circulate(cpts, by, a_version(cpts, by, 1, YEAR_2))
    db.session.commit()
    claim = begin(referent, "year-2")
    found = evidence(claim)
    assert [piece.label for piece in found.of(Need.CHANGES)] == ["Plan de réponse aux crises, Version 1, 1er juin 2026"]
    (gap,) = found.missing
    assert (gap.need, gap.endpoint) == (Need.CHANGES, "")
    assert "joignez un document consolidé qui montre les modifications" in gap.sentence
    assert "Prête" not in referent.get("cpts.claims.show", claim_id=claim.id).text
    assert submit(referent, claim).status == 422


def test_an_update_written_elsewhere_asks_for_its_consolidated_document(
    referent: Browser, cpts: Cpts, by: Account
) -> None:
    settle(cpts)
    a_version(cpts, by, 1, YEAR_1, PublicationKind.EARLIER)
    circulate(cpts, by, a_version(cpts, by, 2, YEAR_2, PublicationKind.EARLIER))
    db.session.commit()
    claim = begin(referent, "year-2")
    (gap,) = evidence(claim).missing
    assert (gap.need, "joignez le document consolidé" in gap.sentence) == (Need.CHANGES, True)


def test_an_update_that_was_not_published_is_refused_with_its_day(referent: Browser, first: Publication) -> None:
    refused = referent.post("cpts.claims.open", {"subject": "year-2"})
    assert refused.status == 409
    assert "Mise à jour à publier au plus tard le" in refused.text


@pytest.mark.parametrize("subject", ["", "year-9", "crisis-inconnue"])
def test_what_is_not_a_line_of_the_cpts_is_not_claimed(referent: Browser, first: Publication, subject: str) -> None:
    assert referent.post("cpts.claims.open", {"subject": subject}).status == 409
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Claim)) == 0


def test_a_joined_document_may_be_taken_off_before_the_submission(referent: Browser, first: Publication) -> None:
    claim = begin(referent, "year-1")
    page = referent.get("cpts.claims.new_attachment", claim_id=claim.id)
    typed = {"label": "Délibération", "document": (io.BytesIO(PDF), "deliberation.pdf")}
    assert referent.submit(page, fields=typed).status == 303
    joined = db.session.scalars(sa.select(ClaimAttachment)).one()
    shown = referent.get("cpts.claims.show", claim_id=claim.id)
    assert "3. Délibération" in shown.links()
    referent.post("cpts.claims.withdraw_attachment", claim_id=claim.id, attachment_id=joined.id)
    assert "Délibération" not in [piece.label for piece in evidence(the_claim()).pieces]


def test_a_file_that_is_no_document_keeps_what_was_typed(referent: Browser, first: Publication) -> None:
    claim = begin(referent, "year-1")
    page = referent.get("cpts.claims.new_attachment", claim_id=claim.id)
    refused = referent.submit(page, fields={"label": "Délibération", "document": (io.BytesIO(b"MZ"), "a.exe")})
    assert refused.status == 422
    assert "Délibération" in str(refused.html.select_one("input[name=label]"))


def test_two_who_write_the_note_see_both_texts(referent: Browser, coordinator: Browser, first: Publication) -> None:
    claim = begin(referent, "year-1")
    page = referent.get("cpts.claims.edit", claim_id=claim.id)
    other = coordinator.get("cpts.claims.edit", claim_id=claim.id)
    coordinator.submit(other, fields={"note": "La sienne"})
    stale = referent.submit(page, fields={"note": "La mienne"})
    assert stale.status == 409
    assert stale.texts(".typed") == ["La mienne", "La sienne"]
    assert referent.submit(stale).status == 303
    assert the_claim().note == "La mienne"


def test_the_page_costs_the_same_for_one_recipient_and_for_many(
    referent: Browser, first: Publication, cpts: Cpts, by: Account
) -> None:
    address = referent.address("cpts.claims.show", claim_id=begin(referent, "year-1").id)

    def statements() -> int:
        seen: list[str] = []

        def note(*given: object) -> None:
            seen.append(str(given[2]))

        sa.event.listen(db.engine, "before_cursor_execute", note)
        referent.open(address)
        sa.event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    before = statements()
    circulate(cpts, by, first, EVERY_GROUP)
    db.session.commit()
    assert statements() == before
    assert before < 40
