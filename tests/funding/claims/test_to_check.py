"""What a document joined by hand proves is never said as verified; who has a version is counted, group by group."""

from __future__ import annotations

import io

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.distribution.rules import Group
from crisis_plan.funding.claims.evidence import evidence_of
from crisis_plan.funding.claims.pieces import Evidence
from crisis_plan.funding.lines import Need
from crisis_plan.funding.models import Claim, ClaimAttachment
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind
from tests.browser import Browser
from tests.factories import NOON, ContactFactory
from tests.funding.claims.arranged import (
    EVERY_GROUP,
    PDF,
    YEAR_1,
    YEAR_2,
    a_version,
    begin,
    circulate,
    recognise,
    settle,
    submit,
    text_of,
    the_claim,
)
from tests.pilotage.crises.factories import a_crisis

JOINED = "À vérifier\u00a0: un document est joint, ce qu’il prouve n’est pas vérifié par cet outil."
OPEN_LOG = "Le journal de bord n’est pas clos\u00a0: d’autres entrées peuvent suivre."


def evidence(claim: Claim) -> Evidence:
    return evidence_of(claim, NOON)


def join(browser: Browser, claim: Claim, need: Need, label: str) -> None:
    page = browser.get("cpts.claims.new_attachment", claim_id=claim.id, besoin=need.value)
    typed = {"label": label, "document": (io.BytesIO(PDF), "piece.pdf")}
    assert browser.submit(page, fields=typed).status == 303


def printed(browser: Browser, claim: Claim) -> str:
    return text_of(browser.get("cpts.claims.pdf", claim_id=claim.id, number=1).content)


def test_a_document_joined_by_hand_leaves_every_gap_of_its_need_to_check(
    referent: Browser, cpts: Cpts, by: Account
) -> None:
    settle(cpts)
    circulate(cpts, by, a_version(cpts, by), (Group.ARS, Group.ADHERENT))
    db.session.commit()
    claim = begin(referent, "year-1")
    assert submit(referent, claim).status == 422
    join(referent, claim, Need.CIRCULATION, "Bordereau")
    found = evidence(the_claim())
    assert found.missing == []
    assert [gap.to_check for gap in found.to_check_of(Need.CIRCULATION)] == [
        f"La diffusion à la CPAM n’est pas prouvée. {JOINED}",
        f"La diffusion aux partenaires n’est pas prouvée. {JOINED}",
    ]
    page = referent.get("cpts.claims.show", claim_id=claim.id)
    assert page.texts(".notice-title")[0] == "Prête : pièces jointes à la main à vérifier"
    assert "Rien ne manque" not in page.text
    assert "ce qu’il prouve n’est pas vérifié" in page.text
    assert submit(referent, claim).status == 303
    said = printed(referent, claim)
    assert "Pièces jointes à la main par la CPTS, à vérifier" in said
    assert "La diffusion à la CPAM n’est pas prouvée." in said
    assert "sans ces pièces" not in said
    kept = the_claim().revisions[-1].evidence
    assert (kept["missing"], len(kept["to_check"])) == ([], 2)


def test_an_open_logbook_stays_said_beside_what_was_joined(
    referent: Browser, cpts: Cpts, by: Account, first: Publication
) -> None:
    crisis = a_crisis(cpts, by)
    recognise(crisis, by, act=None)
    db.session.commit()
    claim = begin(referent, f"crisis-{crisis.id}")
    join(referent, claim, Need.APPLIED, "Photographies du point de soins")
    join(referent, claim, Need.RECOGNITION, "Arrêté du préfet")
    found = evidence(the_claim())
    assert [gap.sentence for gap in found.to_check_of(Need.APPLIED)] == [OPEN_LOG]
    assert {gap.need for gap in found.missing} == {Need.PROFESSIONALS, Need.ACTIONS, Need.DEBRIEF}
    assert OPEN_LOG.replace("\u00a0", " ") in referent.get("cpts.claims.show", claim_id=claim.id).text
    assert submit(referent, claim, without_missing="y").status == 303
    said = printed(referent, claim).replace("\u00a0", " ")
    assert OPEN_LOG.replace("\u00a0", " ") in said
    assert "La CPTS dépose sans ces pièces" in said


def test_a_withdrawn_document_makes_the_gap_whole_again_and_twice_is_once(
    referent: Browser, cpts: Cpts, by: Account
) -> None:
    settle(cpts)
    a_version(cpts, by)
    db.session.commit()
    claim = begin(referent, "year-1")
    join(referent, claim, Need.CIRCULATION, "Bordereau")
    joined = db.session.query(ClaimAttachment).one()
    asked = {"claim_id": claim.id, "attachment_id": joined.id}
    answers = [referent.post("cpts.claims.withdraw_attachment", **asked) for _ in range(2)]
    assert [one.status for one in answers] == [303, 303]
    assert len(evidence(the_claim()).missing) == 4


def test_the_circulation_of_a_version_no_longer_in_force_is_mended_on_its_own_page(
    referent: Browser, first: Publication, cpts: Cpts, by: Account
) -> None:
    circulate(cpts, by, a_version(cpts, by, 2, YEAR_2), (Group.ARS,))
    a_version(cpts, by, 3, YEAR_2.replace(month=9))
    db.session.commit()
    claim = begin(referent, "year-2")
    page = referent.get("cpts.claims.show", claim_id=claim.id)
    address = page.links()["Diffuser la version 2"]
    assert address == referent.address("cpts.distribution.index", version=2)
    assert "Version 2" in referent.open(address).text


def test_a_version_written_elsewhere_has_no_register_only_documents(referent: Browser, cpts: Cpts, by: Account) -> None:
    settle(cpts)
    a_version(cpts, by, 1, YEAR_1, PublicationKind.EARLIER)
    db.session.commit()
    claim = begin(referent, "year-1")
    page = referent.get("cpts.claims.show", claim_id=claim.id)
    assert "Joindre un document : La diffusion à l’ARS n’est pas prouvée." in page.links()
    assert not [text for text in page.links() if text.startswith("Diffuser la")]


def test_who_has_the_version_is_counted_by_group_on_screen_and_on_the_file(
    referent: Browser, cpts: Cpts, by: Account
) -> None:
    settle(cpts)
    version = a_version(cpts, by)
    circulate(cpts, by, version, EVERY_GROUP)
    for _ in range(2):
        ContactFactory(cpts_id=cpts.id)
    db.session.commit()
    claim = begin(referent, "year-1")
    counts = "ARS 1 sur 1 ; CPAM 1 sur 1 ; Adhérents 1 sur 3 ; Partenaires 1 sur 1."
    partial = "La diffusion aux adhérents est partielle : sur 3, 2 n’ont pas reçu la version."
    submit(referent, claim)
    assert the_claim().revisions[-1].evidence["missing"] == []
    for said in (
        " ".join(the_claim().revisions[-1].evidence["remarks"]).replace("\u00a0", " "),
        referent.get("cpts.claims.show", claim_id=claim.id).text,
        printed(referent, claim).replace("\u00a0", " "),
    ):
        assert counts in said
        assert partial in said


def test_a_group_of_which_everybody_has_it_is_not_said_partial(referent: Browser, first: Publication) -> None:
    (told,) = evidence(begin(referent, "year-1")).remarks
    assert told.startswith("Registre de la version 1, envoyée ou remise\u00a0: ARS 1 sur 1")
