"""Strong and weak points: as they were said, as they are validated, and what is decided of them."""

from __future__ import annotations

from typing import Any

import pytest

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import findings, queries
from crisis_plan.evaluation.debriefs.findings import DecidedAlready, NotAWeakPoint, WithdrawnAlready
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Target
from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser, Page
from tests.evaluation.debriefs.factories import (
    a_debrief,
    a_finding,
    a_programme_debrief,
    a_validated_debrief,
    an_improvement,
)
from tests.evaluation.room.factories import decisions
from tests.factories import NOON

FORM = "main form.stack"
SECTION = Target(section_key="alerte", title="Chaîne d’alerte et de déclenchement")


@pytest.fixture
def debrief(cpts: Cpts, by: Account) -> Debrief:
    """Its log has six entries, of which two are decisions."""
    return a_debrief(cpts, by, tell=decisions(by, 2))


def noted(browser: Browser, debrief: Debrief, **fields: Any) -> Page:
    """What comes of noting this finding."""
    page = browser.get("cpts.debriefs.new_finding", debrief_id=debrief.id)
    return browser.submit(page, FORM, {"kind": "weak", "as_said": "Personne le soir.", **fields})


def opened(browser: Browser, debrief: Debrief, endpoint: str, number: int = 1) -> Page:
    """A page about the finding of this number."""
    finding = next(one for one in debrief.findings if one.number == number)
    return browser.get(f"cpts.debriefs.{endpoint}", debrief_id=debrief.id, finding_id=finding.id)


def test_a_finding_rests_on_entries_and_leads_to_the_plan(cell_member: Browser, debrief: Debrief) -> None:
    page = noted(cell_member, debrief, entries="n° 2, 1", place="rubrique:alerte").follow()
    assert page.texts(".finding h3") == ["Constat n° 1"]
    assert page.texts(".finding .entries-cited a") == ["Entrée n° 2", "n° 1"]
    assert page.links(".finding a")["Chaîne d’alerte et de déclenchement"].endswith("/plan/rubriques/alerte")
    assert "Point faible n° 1 : décidez d’une amélioration" in page.text


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"kind": ""}, "Dites si c’est un point fort ou un point faible."),
        ({"kind": "juste"}, "Dites si c’est un point fort ou un point faible."),
        ({"as_said": " "}, "Écrivez le constat en une ou deux phrases"),
        ({"entries": "1, 99"}, "Le journal n’a pas d’entrée n° 99"),
        ({"entries": "annexe 1"}, "Le journal n’a pas d’entrée annexe n° 1"),
        ({"entries": "la première"}, "« la première » n’est pas un numéro d’entrée"),
        ({"entries": "99999999999"}, "n’est pas un numéro d’entrée"),
        ({"as_said": "M. Martin, né le 12/03/1950, attendait."}, "Ce texte semble contenir un numéro"),
    ],
)
def test_what_cannot_be_a_finding(referent: Browser, debrief: Debrief, fields: dict[str, str], refusal: str) -> None:
    page = noted(referent, debrief, **fields)
    assert (page.status, refusal in page.text) == (422, True)
    assert debrief.findings == []


def test_an_entry_of_another_log_is_not_cited(cpts: Cpts, referent: Browser, by: Account, debrief: Debrief) -> None:
    other = a_debrief(cpts, by)
    assert "Le journal n’a pas d’entrée n° 4" in noted(referent, other, entries="4").text
    assert noted(referent, debrief, entries="4").status == 303


def test_a_finding_sent_twice_is_noted_once(referent: Browser, debrief: Debrief) -> None:
    page = referent.get("cpts.debriefs.new_finding", debrief_id=debrief.id)
    for _ in range(2):
        assert referent.submit(page, FORM, {"kind": "strong", "as_said": "Vite ouvert."}).status == 303
    assert [one.as_said for one in debrief.findings] == ["Vite ouvert."]


def test_an_exercise_of_the_programme_has_no_entries_to_cite(cpts: Cpts, referent: Browser, by: Account) -> None:
    rehearsed = a_programme_debrief(cpts, by)
    page = referent.get("cpts.debriefs.new_finding", debrief_id=rehearsed.id)
    assert not page.html.select("[name=entries]")
    assert noted(referent, rehearsed, entries="1").status == 303
    assert rehearsed.findings[0].entries == []


def test_what_was_said_stays_beside_what_is_validated(referent: Browser, debrief: Debrief) -> None:
    noted(referent, debrief, entries="1")
    told = {"as_validated": "La permanence du soir n’est pas écrite.", "as_said": "Réécrit", "entries": "2, 1"}
    page = referent.submit(opened(referent, debrief, "finding"), FORM, told).follow()
    assert "La permanence du soir n’est pas écrite. Comme il a été dit : Personne le soir." in page.text
    assert page.texts(".finding .entries-cited a") == ["Entrée n° 2", "n° 1"]
    assert debrief.findings[0].as_said == "Personne le soir."


def test_a_finding_saved_as_it_is_changes_nothing(referent: Browser, debrief: Debrief, by: Account) -> None:
    a_finding(debrief, by, target=SECTION)
    assert referent.submit(opened(referent, debrief, "finding"), FORM).status == 303
    assert debrief.findings[0].version == 1


def test_two_people_write_one_finding(referent: Browser, cell_member: Browser, debrief: Debrief, by: Account) -> None:
    a_finding(debrief, by)
    pages = [opened(one, debrief, "finding") for one in (referent, cell_member)]
    cell_member.submit(pages[1], FORM, {"as_validated": "Leurs mots.", "kind": "strong"})
    both = referent.submit(pages[0], FORM, {"as_validated": "Mes mots."})
    assert both.status == 409
    assert "Leurs mots." in both.text
    assert "Point fort" in both.texts("tbody td")
    assert referent.submit(both, FORM, {"as_validated": "Nos mots."}).status == 303
    assert debrief.findings[0].text == "Nos mots."


def test_a_weak_point_of_which_something_was_decided_stays_weak(
    referent: Browser, debrief: Debrief, by: Account
) -> None:
    an_improvement(debrief, a_finding(debrief, by), by)
    page = referent.submit(opened(referent, debrief, "finding"), FORM, {"kind": "strong", "as_validated": "Mieux dit."})
    assert page.status == 422
    assert "Une décision est déjà prise" in page.text
    assert "Mieux dit." in page.texts("textarea")


def test_a_finding_is_withdrawn_with_a_reason_and_put_back(referent: Browser, debrief: Debrief, by: Account) -> None:
    a_finding(debrief, by)
    page = opened(referent, debrief, "confirm_withdrawal")
    assert referent.submit(page, FORM, {"reason": " "}).status == 422
    shown = referent.submit(page, FORM, {"reason": "Dit deux fois."}).follow()
    assert "1 constat retiré" in shown.texts("details summary")
    assert "Pourquoi il est retiré : Dit deux fois." in shown.text
    assert "Aucun constat : notez au moins" in shown.text
    back = referent.submit(shown, "form[action$=remettre]").follow()
    assert "Point faible n° 1 : décidez" in back.text
    assert not back.html.select("#retires")


def test_a_finding_that_changed_is_read_again_before_it_is_withdrawn(
    referent: Browser, cell_member: Browser, debrief: Debrief, by: Account
) -> None:
    a_finding(debrief, by)
    page = opened(referent, debrief, "confirm_withdrawal")
    cell_member.submit(opened(cell_member, debrief, "finding"), FORM, {"as_validated": "Tout autre chose."})
    both = referent.submit(page, FORM, {"reason": "Dit deux fois."})
    assert both.status == 409
    assert "Tout autre chose." in both.text
    assert both.html.select_one("[name=reason]")["value"] == "Dit deux fois."  # type: ignore[index]
    assert referent.submit(both, FORM).status == 303


def test_put_back_twice_is_once_and_withdrawn_twice_is_refused(debrief: Debrief, by: Account) -> None:
    finding = a_finding(debrief, by)
    findings.withdraw(debrief, finding, "Doublon", seen_version=1, by=by, at=NOON)
    with pytest.raises(WithdrawnAlready):
        findings.withdraw(debrief, finding, "Doublon", seen_version=2, by=by, at=NOON)
    findings.put_back(debrief, finding, by=by, at=NOON)
    findings.put_back(debrief, finding, by=by, at=NOON)
    assert (finding.withdrawn_at, finding.version) == (None, 3)


def test_a_weak_point_ends_in_an_improvement_in_words_of_its_own(
    referent: Browser, debrief: Debrief, by: Account
) -> None:
    a_finding(debrief, by, "La fiche ne dit pas qui appeler.", target=SECTION)
    page = opened(referent, debrief, "decide")
    assert "La fiche ne dit pas qui appeler." in page.text
    assert page.texts("textarea[name=text]") == [""]
    assert page.html.select_one("[name=place] option[selected]")["value"] == "rubrique:alerte"  # type: ignore[index]
    assert page.html.select_one("[name=due_on]")["value"]  # type: ignore[index]
    told = {"text": "Écrire les numéros du soir", "owner_choice": str(by.id)}
    shown = referent.submit(page, "form[action$=amelioration]", told).follow()
    assert "Amélioration n° 1 : Écrire les numéros du soir" in shown.text
    made = db.session.query(Improvement).one()
    assert (made.origin, made.section_key, made.state) == (Origin.CRISIS, "alerte", ImprovementState.OPEN)
    assert made.origin_words == "Crise n°\xa01\xa0: Feu de forêt, constat n°\xa01"
    assert made.finding_id == debrief.findings[0].id


def test_an_improvement_sent_twice_is_decided_once(referent: Browser, debrief: Debrief, by: Account) -> None:
    a_finding(debrief, by)
    page = opened(referent, debrief, "decide")
    for _ in range(2):
        assert (
            referent.submit(
                page, "form[action$=amelioration]", {"text": "Écrire les numéros", "owner_choice": str(by.id)}
            ).status
            == 303
        )
    assert db.session.query(Improvement).count() == 1


def test_an_improvement_without_owner_is_refused_and_what_was_typed_stays(
    referent: Browser, debrief: Debrief, by: Account
) -> None:
    a_finding(debrief, by)
    told = {"text": "Écrire les numéros"}
    page = referent.submit(opened(referent, debrief, "decide"), "form[action$=amelioration]", told)
    assert page.status == 422
    assert page.texts("textarea")[0] == "Écrire les numéros"


def test_or_nothing_is_made_of_it_and_the_debrief_says_why(referent: Browser, debrief: Debrief, by: Account) -> None:
    a_finding(debrief, by)
    page = opened(referent, debrief, "decide")
    assert referent.submit(page, "form[action$=sans-suite]").status == 422
    shown = referent.submit(page, "form[action$=sans-suite]", {"reason": "Cela relève du SAMU."}).follow()
    assert "Non retenue" in shown.texts(".finding .badge")
    assert "Point faible n° 1 : décidez" not in shown.text
    assert not opened(referent, debrief, "decide").html.select("form[action$=sans-suite]")


def test_once_decided_it_is_not_refused_from_an_old_page(referent: Browser, debrief: Debrief, by: Account) -> None:
    finding = a_finding(debrief, by)
    page = opened(referent, debrief, "decide")
    an_improvement(debrief, finding, by)
    refused = referent.submit(page, "form[action$=sans-suite]", {"reason": "Cela relève du SAMU."})
    assert (refused.status, "Une décision est déjà prise" in refused.text) == (409, True)
    with pytest.raises(DecidedAlready):
        findings.refuse(debrief, finding, "Non", by=by, at=NOON)


def test_nothing_is_decided_of_a_strong_or_a_withdrawn_point(referent: Browser, debrief: Debrief, by: Account) -> None:
    strong, gone = a_finding(debrief, by, kind=FindingKind.STRONG), a_finding(debrief, by)
    findings.withdraw(debrief, gone, "Doublon", seen_version=1, by=by, at=NOON)
    db.session.commit()
    assert opened(referent, debrief, "decide", 1).status == 409
    assert opened(referent, debrief, "decide", 2).status == 409
    with pytest.raises(NotAWeakPoint):
        findings.refuse(debrief, strong, "Non", by=by, at=NOON)
    with pytest.raises(WithdrawnAlready):
        findings.refuse(debrief, gone, "Non", by=by, at=NOON)


def test_an_exercise_is_named_as_the_origin(cpts: Cpts, by: Account) -> None:
    rehearsed = a_programme_debrief(cpts, by)
    made = an_improvement(rehearsed, a_finding(rehearsed, by), by)
    assert (made.origin, made.exercise_id) == (Origin.EXERCISE, rehearsed.exercise_id)
    assert made.origin_words == "Exercice sur table\xa0: Canicule, constat n°\xa01"


def test_a_finding_of_another_debrief_is_not_found(
    cpts: Cpts, referent: Browser, debrief: Debrief, by: Account
) -> None:
    elsewhere = a_finding(a_debrief(cpts, by), by)
    for endpoint in ("finding", "decide", "confirm_withdrawal"):
        page = referent.get(f"cpts.debriefs.{endpoint}", debrief_id=debrief.id, finding_id=elsewhere.id)
        assert page.status == 404


@pytest.mark.parametrize(
    ("endpoint", "fields"),
    [
        ("save_finding", {"kind": "weak", "as_validated": "Trop tard."}),
        ("withdraw_finding", {"reason": "Trop tard.", "seen_version": "1"}),
        ("put_back_finding", {}),
        ("save_decision", {"text": "Trop tard."}),
        ("refuse", {"reason": "Trop tard."}),
    ],
)
def test_a_finding_of_a_validated_debrief_never_changes(
    cpts: Cpts, referent: Browser, by: Account, endpoint: str, fields: dict[str, str]
) -> None:
    validated = a_validated_debrief(cpts, by)
    weak = queries.whole_or_404(cpts, validated.id).findings[1].id
    page = referent.post(f"cpts.debriefs.{endpoint}", fields, debrief_id=validated.id, finding_id=weak)
    assert (page.status, "Ce bilan est validé" in page.text) == (409, True)


def test_a_long_weak_point_that_is_refused_says_that_it_is_cut(debrief: Debrief, by: Account) -> None:
    long = a_finding(debrief, by, "Personne n’a répondu le soir. " * 60)
    made = findings.refuse(debrief, long, "Trop cher.", by=by, at=NOON)
    assert made.text.endswith("le soir. Personne n’a\u00a0…")
    assert len(made.text) <= 500
