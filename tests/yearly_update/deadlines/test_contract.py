"""The CPTS says itself what its deadlines are counted from, and keeps what was signed."""

from __future__ import annotations

import io
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.web.attachments import Attachment
from crisis_plan.yearly_update.deadlines import operations
from crisis_plan.yearly_update.deadlines.models import ContractDocument
from tests.browser import Browser, Page
from tests.factories import NOON, CptsFactory, member

CONTRACT, SAVE, ATTACH = "cpts.deadlines.contract", "cpts.deadlines.save_contract", "cpts.deadlines.attach_document"
PDF = b"%PDF-1.7\nun contrat fictif\n%%EOF"


def save(browser: Browser, **typed: Any) -> Page:
    return browser.submit(browser.get(CONTRACT), f"form[action='{browser.address(SAVE)}']", typed)


def attach(browser: Browser, source: MissionSource, name: str, content: bytes = PDF) -> Page:
    page = browser.get("cpts.deadlines.choose_document")
    return browser.submit(page, "main form", {"source": source.value, "document": (io.BytesIO(content), name)})


def test_the_cpts_chooses_and_dates_what_counts(coordinator: Browser, cpts: Cpts) -> None:
    page = save(
        coordinator,
        deadlines_from="amendment",
        contract_signed_on="2024-03-06",
        amendment_signed_on="2025-08-31",
        mission_started_on="2025-09-15",
    )
    assert page.location.endswith("/cpts/uzege/mise-a-jour/echeances/")
    assert "Démarrage : le plan est écrit 28 février 2026" in page.follow().text
    assert (cpts.deadlines_from, cpts.amendment_signed_on) == (MissionSource.AMENDMENT, date(2025, 8, 31))
    event = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "cpts")).one()
    assert set(event.fields) == {
        "deadlines_from",
        "contract_signed_on",
        "amendment_signed_on",
        "mission_started_on",
    }


def test_each_may_come_later_and_the_choice_stays(coordinator: Browser, cpts: Cpts) -> None:
    page = save(coordinator, deadlines_from="contract").follow()
    assert "Vous comptez les échéances depuis le contrat, mais la date de sa signature manque." in page.text
    save(coordinator, contract_signed_on="2025-01-10")
    assert (cpts.deadlines_from, cpts.contract_signed_on) == (MissionSource.CONTRACT, date(2025, 1, 10))


def test_dates_that_contradict_each_other_are_kept_and_said(coordinator: Browser, cpts: Cpts) -> None:
    page = save(
        coordinator,
        deadlines_from="amendment",
        contract_signed_on="2025-03-06",
        amendment_signed_on="2025-01-01",
        mission_started_on="2024-12-01",
    ).follow()
    said = [
        "L’avenant est daté du 1er janvier 2025, avant le contrat du 6 mars 2025 : vérifiez ces deux dates.",
        "La mission commence le 1er décembre 2024, avant la signature qui compte, le 1er janvier 2025 : vérifiez ces "
        "deux dates.",
    ]
    assert page.texts(".notice.warning") == said
    assert coordinator.get(CONTRACT).texts(".notice") == said
    assert cpts.amendment_signed_on == date(2025, 1, 1)


def test_what_is_no_date_is_refused_and_stays_typed(coordinator: Browser, cpts: Cpts) -> None:
    page = save(coordinator, deadlines_from="contract", contract_signed_on="31/02/2025")
    assert page.status == 422
    assert page.html.select_one("#contract_signed_on")["value"] == "31/02/2025"  # type: ignore[index]
    assert page.html.select_one("input[value=contract]").has_attr("checked")  # type: ignore[union-attr]
    assert cpts.contract_signed_on is None
    assert save(coordinator, deadlines_from="autre").status == 422


def test_two_people_at_once_see_both_dates(coordinator: Browser, referent: Browser, cpts: Cpts) -> None:
    opened = coordinator.get(CONTRACT)
    save(referent, deadlines_from="contract", contract_signed_on="2025-01-10")
    page = coordinator.submit(opened, "main form", {"deadlines_from": "amendment", "amendment_signed_on": "2025-02-01"})
    assert page.status == 409
    assert page.texts(".table-cards tbody tr") == [
        "Les échéances se comptent depuis L’avenant au contrat Le contrat ACI",
        "Signature du contrat 10/01/2025",
        "Signature de l’avenant 01/02/2025",
        "Début de la mission de réponse aux crises",
    ]
    assert cpts.deadlines_from is MissionSource.CONTRACT
    again = coordinator.submit(page, "main form")
    assert again.status == 303
    assert (cpts.deadlines_from, cpts.amendment_signed_on) == (MissionSource.AMENDMENT, date(2025, 2, 1))


def test_signed_documents_are_kept_the_latest_of_each_counts(
    coordinator: Browser, cpts: Cpts, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = (NOON + timedelta(minutes=minute) for minute in count())
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    attach(coordinator, MissionSource.CONTRACT, "contrat.pdf")
    attach(coordinator, MissionSource.AMENDMENT, "avenant.pdf")
    page = attach(coordinator, MissionSource.CONTRACT, "contrat corrigé.pdf", PDF + b" %%EOF").follow()
    assert page.texts("h1") == ["Contrat et mission"]
    listed = [text.partition(",")[0] for text in page.texts("main ul.rows li")]
    assert sorted(listed) == [
        "En vigueur avenant.pdf L’avenant au contrat",
        "En vigueur contrat corrigé.pdf Le contrat ACI",
        "Remplacé contrat.pdf Le contrat ACI",
    ]
    kept = coordinator.open(page.links()["contrat.pdf"])
    assert kept.content == PDF
    assert kept.response.headers["Content-Disposition"].startswith("attachment")
    assert page.texts("main ul.rows") == coordinator.get("cpts.deadlines.show").texts("#contract ~ ul.rows")


def test_a_document_that_is_none_or_says_nothing_is_refused(coordinator: Browser, cpts: Cpts) -> None:
    page = attach(coordinator, MissionSource.CONTRACT, "contrat.pdf", b"MZ rien")
    assert page.status == 422
    assert page.html.select_one("input[value=contract]").has_attr("checked")  # type: ignore[union-attr]
    assert coordinator.post(ATTACH).status == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ContractDocument)) == 0


def test_sent_twice_a_document_is_kept_once(coordinator: Browser, cpts: Cpts) -> None:
    form = coordinator.get("cpts.deadlines.choose_document")
    for _ in range(2):
        coordinator.submit(form, "main form", {"source": "contract", "document": (io.BytesIO(PDF), "contrat.pdf")})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ContractDocument)) == 1


def test_a_document_of_another_cpts_is_not_found(coordinator: Browser, cpts: Cpts) -> None:
    elsewhere = CptsFactory(slug="ailleurs")
    document = Attachment("contrat.pdf", "application/pdf", PDF)
    source, by = MissionSource.CONTRACT, member(elsewhere, Role.COORDINATOR)
    kept = operations.attach_document(elsewhere, source, document, by=by, at=NOON)
    db.session.commit()
    assert coordinator.get("cpts.deadlines.document", document_id=kept.id).status == 404
    assert "contrat.pdf" not in coordinator.get("cpts.deadlines.show").text


def test_who_only_reads_reads_the_documents_and_changes_nothing(
    coordinator: Browser, cell_member: Browser, cpts: Cpts
) -> None:
    attach(coordinator, MissionSource.CONTRACT, "contrat.pdf")
    page = cell_member.get("cpts.deadlines.show")
    assert cell_member.open(page.links()["contrat.pdf"]).content == PDF
    assert cell_member.get(CONTRACT).status == 403
    assert cell_member.post(SAVE, {"deadlines_from": "contract"}).status == 403


def test_parameters_lead_to_the_contract_and_say_who_keeps_it(coordinator: Browser, cpts: Cpts) -> None:
    page = coordinator.get("cpts.parameters.show")
    assert coordinator.open(page.links()["Modifier les dates du contrat"]).texts("h1") == ["Contrat et mission"]
    assert "Les dates sont tenues par la CPTS ou par l’exploitant du service." in page.text


@pytest.mark.parametrize("chosen", ["", "amendment"])
def test_what_the_cpts_chose_stays_when_the_operator_saves(operator: Browser, cpts: Cpts, chosen: str) -> None:
    cpts.deadlines_from = MissionSource(chosen) if chosen else None
    db.session.commit()
    page = operator.get("installation.tenants.edit", cpts_id=cpts.id)
    assert operator.submit(page, "main form", {"president": "Dr Roux"}).status == 303
    assert (cpts.president, cpts.deadlines_from) == ("Dr Roux", MissionSource(chosen) if chosen else None)
    operator.submit(
        operator.get("installation.tenants.edit", cpts_id=cpts.id), "main form", {"deadlines_from": "contract"}
    )
    assert cpts.deadlines_from is MissionSource.CONTRACT
