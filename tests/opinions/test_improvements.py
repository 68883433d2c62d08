"""An opinion becomes an improvement of the section that it is about; the reader who gave it is shown none of that."""

from __future__ import annotations

import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.rules import Origin
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.opinions.factories import opinion, version

DECIDE = "En faire une amélioration de cet avis"


def test_an_opinion_leads_to_an_improvement_of_its_section(
    referent: Browser, ars_reader: Browser, cell_member: Browser, cpts: Cpts
) -> None:
    assert ars_reader.account
    assert referent.account
    given = opinion(cpts, version(cpts), ars_reader.account)
    page = referent.get("cpts.opinions.show", opinion_id=given.id)
    assert DECIDE not in ars_reader.get("cpts.opinions.show", opinion_id=given.id).links()
    address = page.links()[DECIDE]
    assert cell_member.open(address).status == 404
    assert ars_reader.open(address).status == 403
    form = referent.open(address)
    assert form.texts("blockquote") == ["Qui ouvre la salle ?"]
    assert form.texts("#place option[selected]") == ["Adapter les circuits et les lieux"]
    typed = {"text": "Dire qui ouvre", "owner_choice": str(referent.account.id), "due_on": "2099-03-01"}
    assert referent.submit(form, fields=typed).status == 303
    made = db.session.scalars(sa.select(Improvement)).one()
    assert (made.origin, made.opinion_id, made.section_key) == (Origin.OPINION, given.id, "circuits")
    assert made.origin_words == "Avis (ARS Occitanie) sur «\u00a0Circuits de prise en charge\u00a0», version 1"
    shown = referent.get("cpts.opinions.show", opinion_id=given.id)
    assert DECIDE not in shown.links()
    assert shown.links()["Amélioration n° 1"].endswith(f"/ameliorations/{made.id}/")
    assert "Dire qui ouvre" not in ars_reader.get("cpts.opinions.show", opinion_id=given.id).text


def test_an_opinion_on_the_whole_plan_proposes_no_section(referent: Browser, ars_reader: Browser, cpts: Cpts) -> None:
    assert ars_reader.account
    given = opinion(cpts, version(cpts), ars_reader.account, key="")
    form = referent.get("cpts.improvements.new", avis=given.id)
    assert form.texts("#place option[selected]") == ["Hors du texte du plan"]
    assert "Avis (ARS Occitanie) sur «\u00a0L’ensemble du plan\u00a0», version 1" in form.source
