"""The money room on screen: who reads what, what is said of each amount, what is kept."""

from __future__ import annotations

import io
from datetime import date

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.funding import queries
from crisis_plan.funding.lines import ActionsOf2021, ClaimState, Doubt, Majoration
from crisis_plan.funding.models import Claim, CpamAnswer, FundingSituation
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import Size
from tests.browser import Browser, Page
from tests.factories import CptsFactory, member
from tests.funding.arranged import noon, recognise, sized, written
from tests.pilotage.crises.factories import a_crisis
from tests.statements import counted_statements, most_statements

TODAY = date(2026, 11, 23)
PDF = b"%PDF-1.4 lettre de la CPAM %%EOF"


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: noon(TODAY))


@pytest.fixture
def author(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def mission(cpts: Cpts, author: Account) -> Cpts:
    """Size 3, first plan in year 1, an update in year 2 of the current mission."""
    sized(cpts, Size.T3, date(2025, 6, 1))
    for day in (date(2025, 9, 1), date(2026, 9, 1)):
        written(cpts, day, author)
    db.session.commit()
    return cpts


def the_letter() -> tuple[io.BytesIO, str]:
    return io.BytesIO(PDF), "lettre.pdf"


def answer(browser: Browser, doubt: Doubt, **typed: object) -> Page:
    page = browser.get("cpts.funding.write_answer", doubt=doubt.address)
    said = {"answered_on": "12/05/2026", "source": "CPAM du Gard, courrier", "text": "Oui.", "settles": "yes"}
    return browser.submit(page, fields={**said, **typed})


def outside(browser: Browser, **typed: object) -> Page:
    said = {"subject": "year-1", "state": "paid", "dated_on": "10/01/2026", "amount": "45 000"}
    return browser.submit(browser.get("cpts.funding.add_outside"), fields={**said, **typed})


def test_what_can_be_claimed_now_is_a_card_with_its_amount_and_one_gesture(referent: Browser, mission: Cpts) -> None:
    page = referent.get("cpts.funding.index")
    assert page.texts("article h3") == ["Première rédaction du plan", "Mise à jour, année 2 de la mission"]
    assert page.texts(".money-amount") == ["45 000 €", "22 500 €"]
    claimed = referent.submit(page, "article form").follow()
    assert db.session.query(Claim).one().subject == "year-1"
    assert claimed.status == 200
    assert referent.get("cpts.funding.index").texts("article h3") == ["Mise à jour, année 2 de la mission"]


def test_a_crisis_is_a_ceiling_with_its_doubts_and_a_crisis_without_recognition_says_why(
    referent: Browser, mission: Cpts, author: Account
) -> None:
    recognise(a_crisis(mission, author, title="Feu", at=noon(date(2026, 7, 1))), noon(date(2026, 7, 3)), author)
    a_crisis(mission, author, title="Inondation", at=noon(date(2026, 9, 1)))
    db.session.commit()
    page = referent.get("cpts.funding.index")
    assert page.texts(".money-amount")[-1] == "jusqu’à 67 500 €"
    assert "2 points ne sont pas tranchés" in page.text
    assert "Crise n° 2 : Inondation Aucune autorité n’a reconnu cette crise" in page.text


def test_the_five_years_have_their_four_sums_and_the_current_one_is_said(referent: Browser, mission: Cpts) -> None:
    outside(referent)
    page = referent.get("cpts.funding.index")
    assert [line.split(" du ")[0] for line in page.texts(".money-years li")] == [
        "Année 1", "Année 2 En cours", "Année 3", "Année 4", "Année 5",
    ]  # fmt: skip
    rows = page.texts("#years ~ .table-scroll tbody tr") or page.texts("tbody tr")
    assert "Total 45 000 € 45 000 € 45 000 € 22 500 €" in rows[-1]


def test_a_caisse_sees_only_what_was_submitted(cpam_reader: Browser, referent: Browser, mission: Cpts) -> None:
    referent.submit(referent.get("cpts.funding.index"), "article form")
    page = cpam_reader.get("cpts.funding.index")
    assert page.texts("h1") == ["Demandes de financement"]
    assert "Aucune demande déposée" in page.text
    assert "Première rédaction" not in page.text
    assert cpam_reader.get("cpts.funding.situation").status == 403


@pytest.mark.parametrize("who", ["cell_member", "adherent", "ars_reader"])
def test_nobody_else_enters(who: str, request: pytest.FixtureRequest, mission: Cpts) -> None:
    assert request.getfixturevalue(who).get("cpts.funding.index").status == 403


def test_missing_figures_are_asked_for_first(referent: Browser, cpts: Cpts) -> None:
    cpts.communes.clear()
    db.session.commit()
    page = referent.get("cpts.funding.index")
    assert page.texts(".notice-title") == [
        "Le début de la mission n’est pas renseigné : les lignes se comptent par année de la mission.",
        "La taille n’est pas établie : ni population ni taille renseignées.",
    ]


def test_at_a_bound_both_amounts_are_shown_and_none_can_be_claimed(
    referent: Browser, cpts: Cpts, author: Account
) -> None:
    sized(cpts, None, date(2025, 6, 1)).stated_inhabitants = 40_000
    written(cpts, date(2025, 9, 1), author)
    db.session.commit()
    page = referent.get("cpts.funding.index")
    assert page.texts("article h3") == []
    assert "Taille 1 : 25 000 € Taille 2 : 35 000 €" in page.text
    assert "exactement à la limite de deux tailles" in page.text


def test_the_situation_is_said_once_and_two_people_are_told_apart(referent: Browser, cpts: Cpts) -> None:
    page = referent.get("cpts.funding.edit_situation")
    typed = {"member_professionals": "110", "member_structures": "10", "joined_on": "01/06/2020"}
    late = referent.get("cpts.funding.edit_situation")
    referent.submit(page, fields={**typed, "actions_of_2021": "unpaid"})
    kept = db.session.query(FundingSituation).one()
    assert (kept.member_professionals, kept.member_structures, kept.version) == (110, 10, 1)
    assert kept.actions_of_2021 is ActionsOf2021.UNPAID
    stale = referent.submit(late, fields={"member_professionals": "90"})
    assert stale.status == 409
    assert "110" in stale.text
    assert stale.html.select_one("#member_professionals")["value"] == "90"  # type: ignore[index]
    assert referent.submit(stale).status == 303
    assert db.session.query(FundingSituation).one().member_professionals == 90


def test_a_day_to_come_is_refused_beside_its_field(referent: Browser, cpts: Cpts) -> None:
    page = referent.submit(referent.get("cpts.funding.edit_situation"), fields={"members_counted_on": "01/12/2026"})
    assert page.status == 422
    assert page.texts("#members_counted_on-error") == ["Erreur : Cette date n’est pas encore passée."]


def test_an_answer_takes_the_place_of_the_doubt_with_its_date_and_source(
    referent: Browser, mission: Cpts, author: Account
) -> None:
    recognise(a_crisis(mission, author, at=noon(date(2026, 7, 1))), noon(date(2026, 7, 3)), author)
    db.session.commit()
    answer(referent, Doubt.CRISIS_ONCE, text="Une fois par crise.", document=the_letter())
    page = referent.get("cpts.funding.index")
    assert "Réponse de la CPAM du 12/05/2026 (CPAM du Gard, courrier) : Une fois par crise." in page.text
    assert "1 point n’est pas tranché" in page.text
    told = referent.get("cpts.funding.show_answers")
    assert referent.open(told.links()["lettre.pdf"]).content == PDF


def test_a_later_answer_takes_the_place_of_the_first_that_stays_readable(referent: Browser, mission: Cpts) -> None:
    answer(referent, Doubt.CRISIS_ONCE, text="Par an.")
    answer(referent, Doubt.CRISIS_ONCE, text="Par crise.")
    assert queries.answers_of(mission)[Doubt.CRISIS_ONCE].text in ("Par an.", "Par crise.")
    assert db.session.query(CpamAnswer).count() == 2
    assert referent.get("cpts.funding.show_answers").text.count("(remplacée depuis)") == 1


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"majoration": "confirmed", "document": the_letter}, "#applies_from-error"),
        ({"majoration": "confirmed", "applies_from": "01/01/2026"}, "#document-error"),
        ({"majoration": "to_confirm", "answered_on": "24/11/2026"}, "#answered_on-error"),
        ({"majoration": "to_confirm", "source": ""}, "#source-error"),
    ],
)
def test_an_incomplete_answer_is_refused_beside_what_it_lacks(
    referent: Browser, mission: Cpts, typed: dict[str, object], where: str
) -> None:
    given = {name: value() if callable(value) else value for name, value in typed.items()}
    page = answer(referent, Doubt.MAJORATION, **given)
    assert page.status == 422
    assert len(page.texts(where)) == 1
    assert db.session.query(CpamAnswer).count() == 0


def test_a_confirmed_majoration_adds_its_own_step(referent: Browser, mission: Cpts) -> None:
    mission.stated_size = Size.T4
    db.session.commit()
    page = referent.get("cpts.funding.edit_situation")
    referent.submit(page, fields={"member_professionals": "120"})
    assert referent.get("cpts.funding.index").texts(".money-amount") == ["50 000 €", "25 000 €"]
    answer(referent, Doubt.MAJORATION, majoration="confirmed", applies_from="01/06/2025", document=the_letter())
    page = referent.get("cpts.funding.index")
    assert page.texts(".money-amount") == ["55 000 €", "27 500 €"]
    assert "Majoration de 10 %, confirmée par la CPAM : 2 500 €" in page.text
    assert queries.answers_of(mission)[Doubt.MAJORATION].majoration is Majoration.CONFIRMED


def test_a_line_paid_outside_is_kept_and_withdrawn_with_a_reason(referent: Browser, mission: Cpts) -> None:
    assert outside(referent).status == 303
    claim = db.session.query(Claim).one()
    assert (claim.is_outside, claim.state, claim.asked_cents, claim.paid_cents) == (
        True, ClaimState.PAID, 4_500_000, 4_500_000,
    )  # fmt: skip
    assert "Première rédaction du plan" not in referent.get("cpts.funding.index").texts("article h3")
    page = referent.get("cpts.funding.confirm_withdrawal", claim_id=claim.id)
    assert referent.submit(page, fields={"reason": ""}).status == 422
    referent.submit(page, fields={"reason": "Saisie par erreur"})
    claim = db.session.query(Claim).one()
    assert [step.reason for step in claim.steps] == ["", "Saisie par erreur"]
    assert claim.state is ClaimState.ABANDONED
    assert "Première rédaction du plan" in referent.get("cpts.funding.index").texts("article h3")


def test_the_same_line_is_refused_twice_and_the_same_form_recorded_once(referent: Browser, mission: Cpts) -> None:
    page = referent.get("cpts.funding.add_outside")
    said = {"subject": "year-1", "state": "accepted", "dated_on": "10/01/2026", "amount": "45 000,50 €"}
    first = referent.submit(page, fields=said)
    assert referent.submit(page, fields=said).location == first.location
    assert db.session.query(Claim).one().agreed_cents == 4_500_050
    assert outside(referent).status == 422


def test_a_crisis_that_the_tool_does_not_know_is_named(referent: Browser, mission: Cpts) -> None:
    assert outside(referent, subject="crisis-elsewhere").status == 422
    outside(referent, subject="crisis-elsewhere", elsewhere="Canicule de 2025", dated_on="01/09/2025")
    assert db.session.query(Claim).one().title == "Crise hors de l’outil\u00a0: Canicule de 2025"
    assert "Crise hors de l’outil : Canicule de 2025" in referent.get("cpts.funding.index").text


@pytest.mark.parametrize("typed", ["beaucoup", "-5", "1,234", "12 €50"])
def test_an_amount_that_cannot_be_read_comes_back_as_typed(referent: Browser, mission: Cpts, typed: str) -> None:
    page = outside(referent, amount=typed)
    assert page.status == 422
    assert page.html.select_one("#amount")["value"] == typed  # type: ignore[index]
    assert "Écrivez un montant en euros, comme 37 500 ou 3 750,50." in page.text


def test_the_advance_is_the_general_rule_and_says_that_it_is_not_confirmed(referent: Browser, mission: Cpts) -> None:
    page = referent.get("cpts.funding.advance", montant="25 000", debut="20/10/2026", anniversaire="01/01/2027")
    assert "25 000 € × 0,75 × 73/365 = 3 750 €" in page.text
    assert "règle générale des parts fixes de l’ACI" in page.text
    assert "rien n’est enregistré" in page.text
    assert "n’est pas confirmée" in page.text
    assert "Il y a une erreur" in referent.get("cpts.funding.advance", montant="25 000", debut="20/10/2026").text


def test_the_rates_have_their_source_and_the_printed_totals(referent: Browser, mission: Cpts) -> None:
    page = referent.get("cpts.funding.show_rates")
    assert page.texts("h2") == ["ACI, avenant 2", "Disposition particulière pour 2021"]
    assert "62 500 € 87 500 € 112 500 € 125 000 €" in page.text


def test_another_cpts_finds_nothing(referent: Browser, mission: Cpts) -> None:
    outside(referent)
    answer(referent, Doubt.CRISIS_ONCE, document=the_letter())
    claim, kept = db.session.query(Claim).one(), db.session.query(CpamAnswer).one()
    other = CptsFactory()
    browser = Browser(referent.app, member(other, Role.REFERENT), other)
    db.session.commit()
    assert browser.get("cpts.funding.confirm_withdrawal", claim_id=claim.id).status == 404
    assert browser.get("cpts.funding.answer_document", document_id=kept.document_id).status == 404
    assert "courrier" not in browser.get("cpts.funding.show_answers").text
    assert referent.get("cpts.funding.write_answer", doubt="autre").status == 404


def test_the_page_asks_the_database_as_often_for_three_crises_as_for_one(
    referent: Browser, mission: Cpts, author: Account
) -> None:
    def statements() -> int:
        with counted_statements() as asked:
            assert referent.get("cpts.funding.index").status == 200
        return len(asked)

    recognise(a_crisis(mission, author, at=noon(date(2026, 7, 1))), noon(date(2026, 7, 1)), author)
    db.session.commit()
    first = statements()
    for day in (2, 3):
        recognise(a_crisis(mission, author, at=noon(date(2026, 7, day))), noon(date(2026, 7, day)), author)
    db.session.commit()
    assert statements() == first <= most_statements("cpts.funding.index")


def test_an_answered_advance_says_the_answer_instead_of_the_doubt(referent: Browser, mission: Cpts) -> None:
    answer(referent, Doubt.ADVANCE, text="L’avance s’applique.")
    page = referent.get("cpts.funding.advance", montant="25 000", debut="20/10/2026", anniversaire="01/01/2027")
    assert page.texts(".notice-title") == ["Ce que la CPAM a répondu"]
    assert "CPAM du Gard, courrier) : L’avance s’applique." in page.text


def test_only_mission_years_that_have_begun_were_claimed_elsewhere(referent: Browser, mission: Cpts) -> None:
    page = referent.get("cpts.funding.add_outside")
    offered = [str(one["value"]) for one in page.html.select("#subject option")]
    assert offered == ["", "year-1", "year-2", "crisis-elsewhere", "provision-2021"]
    assert outside(referent, subject="year-3").status == 422


def test_what_was_given_up_or_withdrawn_is_kept_folded_with_its_reason(referent: Browser, mission: Cpts) -> None:
    assert "Demandes abandonnées ou retirées" not in referent.get("cpts.funding.index").text
    outside(referent)
    recorded = db.session.query(Claim).one()
    page = referent.get("cpts.funding.confirm_withdrawal", claim_id=recorded.id)
    referent.submit(page, fields={"reason": "Saisie par erreur"})
    referent.submit(referent.get("cpts.funding.index"), "article form")
    begun = db.session.query(Claim).filter_by(number=2).one()
    referent.submit(referent.get("cpts.claims.ask_abandon", claim_id=begun.id), fields={"reason": "Année suivante"})
    page = referent.get("cpts.funding.index")
    assert page.texts("main summary")[-1] == "Demandes abandonnées ou retirées (2)"
    told = page.texts("main details li")
    assert told[0].startswith("Demande n° 2, Première rédaction du plan Abandonnée le 23 novembre 2026 par ")
    assert told[0].endswith(" : Année suivante")
    assert "Retirée le 23 novembre 2026" in told[1]
    assert told[1].endswith(" : Saisie par erreur")
    assert "Aucune demande n’est commencée." in page.text
    for link in (one for name, one in page.links().items() if name.startswith("Demande n°")):
        assert referent.open(link).status == 200
