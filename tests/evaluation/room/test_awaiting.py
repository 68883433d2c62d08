"""What a debrief awaits where people look: in « À faire », on its own page, and in the area once it is shared."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief, a_finding, a_validated_debrief, an_improvement
from tests.factories import NOON


def test_weak_points_without_a_decision_are_in_what_there_is_to_do(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief = a_debrief(cpts, by)
    a_finding(debrief, by, "La salle a ouvert.", kind=FindingKind.STRONG)
    decided, waiting = a_finding(debrief, by), a_finding(debrief, by, "Personne au standard.")
    an_improvement(debrief, decided, by)
    assert queries.undecided(cpts) == [(debrief, 1)]
    said = "1 point faible attend une décision dans le bilan de la crise n° 1."
    assert said in referent.get("cpts.dashboard.show").text
    an_improvement(debrief, waiting, by)
    assert queries.undecided(cpts) == []
    assert said not in referent.get("cpts.dashboard.show").text


def test_the_page_says_what_may_still_be_written(cpts: Cpts, referent: Browser, by: Account) -> None:
    unexplained = Written(EntryKind.DECISION, "Ouvrir le gymnase.", decided_by="Pilote")
    debrief = a_debrief(cpts, by, tell=lambda crisis: append_entry(crisis, unexplained, by=by, at=NOON))
    page = referent.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert "la rubrique des enseignements est vide" in page.text
    assert "1 décision n’a pas de raison écrite" in page.text
    referent.post(
        "cpts.debriefs.comment",
        {"text": "Décidée au téléphone.", "seen_version": "0"},
        debrief_id=debrief.id,
        key="decisions-sans-raison-ecrite",
    )
    assert "pas de raison écrite" not in referent.get("cpts.debriefs.show", debrief_id=debrief.id).text


@pytest.mark.parametrize("is_shared", [True, False])
def test_an_institution_is_told_of_the_debriefs_shared_with_it(
    cpts: Cpts, ars_reader: Browser, by: Account, is_shared: bool
) -> None:
    debrief = a_validated_debrief(cpts, by)
    db.session.execute(sa.update(Debrief).where(Debrief.id == debrief.id).values(is_shared_with_ars=is_shared))
    db.session.commit()
    told = "1 bilan partagé" in ars_reader.get("regional.index").text
    assert told is is_shared
