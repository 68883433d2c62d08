"""An improvement: added, changed, said to be done or not, with all that was said of it."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import findings
from crisis_plan.evaluation.debriefs.findings import Point
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.improvements import operations, queries
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Decided, Owner, Source, Target
from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan.requirements import REQUIREMENTS
from tests.browser import Browser, Page, filled
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.improvements.factories import a_card, an_improvement
from tests.factories import NOON, TODAY, CptsFactory, member
from tests.opinions.factories import opinion, version
from tests.promises.at_once import all_at_once, one_wins

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF"
DAY = timedelta(days=1)
SECTION = REQUIREMENTS[0]
IN_SECTION = Target(section_key=SECTION.key, title=SECTION.label)
TYPED = {
    "text": "Ajouter le numéro de nuit",
    "owner_choice": "autre",
    "owner_name": "Anne Roux",
    "due_on": "2027-03-01",
    "place": "",
    "place_words": "",
}


def one_of(cpts: Cpts) -> Improvement:
    return db.session.scalars(sa.select(Improvement).where(Improvement.cpts_id == cpts.id)).one()


def add(browser: Browser, **changed: object) -> Page:
    return browser.post("cpts.improvements.create", {**TYPED, **changed})


def say(browser: Browser, one: Improvement, **typed: object) -> Page:
    """Fill the form of its page."""
    page = browser.get("cpts.improvements.show", improvement_id=one.id)
    return browser.submit(page, "main form[enctype]", typed)


def test_without_any_the_page_says_what_to_do_first(coordinator: Browser) -> None:
    page = coordinator.get("cpts.improvements.index")
    assert "Aucune amélioration n’est encore décidée" in page.text
    assert {"Ajouter une amélioration", "Ouvrir les bilans"} <= set(page.links())


def test_one_is_added_by_hand(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    form = coordinator.get("cpts.improvements.new", rubrique=SECTION.key)
    fields = {"text": "Ajouter le numéro de nuit", "owner_choice": str(by.id), "due_on": "01/03/2027"}
    shown = coordinator.submit(form, "main form", fields).follow()
    assert shown.texts("h1") == ["Amélioration n° 1"]
    made = one_of(cpts)
    assert (made.text, made.owner_account_id, made.owner_name) == (
        "Ajouter le numéro de nuit",
        by.id,
        by.name,
    )
    assert (made.due_on, made.section_key, made.target) == (date(2027, 3, 1), SECTION.key, SECTION.label)
    assert made.origin is Origin.BY_HAND
    assert "Ajoutée à la main" in shown.text


def test_somebody_without_an_account_and_a_card_are_named(coordinator: Browser, cpts: Cpts) -> None:
    card = a_card(cpts)
    add(coordinator, place=f"fiche:{card.id}")
    made = one_of(cpts)
    assert (made.owner_account_id, made.owner_name) == (None, "Anne Roux")
    assert (made.card_id, made.section_key, made.target) == (card.id, "", "Infirmiers en canicule")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": " "}, "Dites ce qui sera fait, en commençant par un verbe."),
        ({"owner_choice": ""}, "Choisissez qui s’en occupe."),
        ({"owner_name": ""}, "Écrivez le nom de la personne qui s’en occupe."),
        ({"due_on": ""}, "Indiquez pour quand, comme 31/12/2026."),
        ({"due_on": "2026-11-21"}, "Ce jour est déjà passé : choisissez aujourd’hui ou un jour à venir."),
        ({"place": "rubrique:rien"}, "Choisissez une valeur de la liste."),
        ({"text": "Voir 2 70 06 2B 033 018 42"}, "Ce texte semble contenir un numéro de sécurité sociale"),
        ({"place": f"rubrique:{SECTION.key}", "place_words": "Stock"}, "Un seul endroit"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    coordinator: Browser, cpts: Cpts, typed: dict[str, str], said: str
) -> None:
    page = add(coordinator, **typed)
    assert page.status == 422
    assert said.replace("\u00a0", " ") in page.text.replace("\u00a0", " ")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Improvement)) == 0
    assert (typed.get("text") or TYPED["text"]).strip() in page.texts("textarea[name=text]")[0] or typed == {
        "text": " "
    }


def test_an_empty_form_is_refused_in_the_order_of_its_fields(coordinator: Browser, cpts: Cpts) -> None:
    page = add(coordinator, text="", owner_choice="", owner_name="", due_on="")
    assert [said.split(" :")[0] for said in page.texts(".error-summary li")] == [
        "Ce qui sera fait",
        "Responsable",
        "Échéance",
    ]


def test_an_account_and_a_name_are_one_too_many(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    page = add(coordinator, owner_choice=str(by.id))
    assert (page.status, "Un seul responsable" in page.text) == (422, True)


def test_today_is_early_enough(coordinator: Browser, cpts: Cpts) -> None:
    add(coordinator, due_on="2026-11-22")
    assert one_of(cpts).due_on == TODAY


def test_only_the_cell_of_this_cpts_may_be_in_charge(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    adherent, elsewhere = member(cpts, Role.ADHERENT), member(CptsFactory(), Role.REFERENT)
    db.session.commit()
    offered = coordinator.get("cpts.improvements.new").texts("select[name=owner_choice] option")
    assert offered == ["Choisissez", by.name, "Quelqu’un d’autre"]
    for account in (adherent, elsewhere):
        assert add(coordinator, owner_choice=str(account.id), owner_name="").status == 422


def test_done_asks_for_a_proof_and_shows_it(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    one = an_improvement(cpts, by, at=NOON - DAY)
    refused = say(coordinator, one, state="done")
    assert (refused.status, "Dites ce qui montre qu’elle est réalisée" in refused.text) == (422, True)
    shown = say(coordinator, one, state="done", word="Le numéro est au dos de la fiche.").follow()
    assert "Le numéro est au dos de la fiche." in shown.text
    assert "La prochaine version publiée du plan la citera" in shown.text
    assert shown.texts("ol.rows .badge") == ["À faire", "Réalisée"]
    assert f"le 22/11/2026 à 13:00, {by.name}" in shown.text
    assert "Modifier" not in [one.split()[0] for one in shown.links()]


def test_a_document_is_a_proof_and_comes_back_as_it_was(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    one = an_improvement(cpts, by)
    shown = say(coordinator, one, state="done", document=(io.BytesIO(PDF), "preuve.pdf")).follow()
    kept = coordinator.open(shown.links()["preuve.pdf"])
    assert kept.content == PDF
    assert "attachment" in kept.response.headers["Content-Disposition"]


def test_a_file_that_is_no_document_is_refused_and_the_words_stay(
    coordinator: Browser, by: Account, cpts: Cpts
) -> None:
    one = an_improvement(cpts, by)
    page = say(coordinator, one, state="done", word="Voir le document", document=(io.BytesIO(b"MZ"), "x.pdf"))
    assert (page.status, page.texts("textarea[name=word]")) == (422, ["Voir le document"])
    db.session.refresh(one)
    assert (one.state, one.version) == (ImprovementState.OPEN, 1)


def test_a_refusal_needs_its_reason_even_with_a_document(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    one = an_improvement(cpts, by)
    page = say(coordinator, one, state="refused", document=(io.BytesIO(PDF), "a.pdf"))
    assert (page.status, "pourquoi elle n’est pas retenue" in page.text) == (422, True)
    assert say(coordinator, one, state="refused", word="Hors de notre rôle.").status == 303


def test_a_refused_weak_point_is_taken_up_once_somebody_is_in_charge(
    coordinator: Browser, by: Account, cpts: Cpts
) -> None:
    one = operations.refuse_at_once(cpts, "Trop loin", "Non.", Source(), target=Target(), by=by, at=NOON)
    db.session.commit()
    page = say(coordinator, one, state="open", word="On reprend.")
    assert page.status == 422
    assert {"Choisissez qui s’en occupe.", "Indiquez pour quand, comme 31/12/2026."} <= {
        said.split(" : ", 1)[1] for said in page.texts(".error-summary li")
    }
    fields = {"owner_choice": "autre", "owner_name": "Anne Roux", "due_on": "2027-01-01"}
    shown = coordinator.submit(page, "main form[enctype]", fields).follow()
    assert "On reprend." in shown.text
    assert not shown.html.select("main form [name=due_on]")
    db.session.refresh(one)
    assert (one.state, one.owner_name, one.due_on) == (ImprovementState.OPEN, "Anne Roux", date(2027, 1, 1))


def test_a_refused_weak_point_is_not_done_by_nobody(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    one = refused_at_once(cpts, by)
    page = say(coordinator, one, state="done", word="Fait quand même.")
    assert (page.status, page.texts("textarea[name=word]")) == (422, ["Fait quand même."])
    refused = coordinator.submit(page, "main form[enctype]", {"owner_choice": str(by.id), "due_on": "2026-11-21"})
    assert (refused.status, "Ce jour est déjà passé" in refused.text) == (422, True)
    assert coordinator.submit(refused, "main form[enctype]", {"due_on": "2026-11-22"}).status == 303
    db.session.refresh(one)
    assert (one.state, one.owner_account_id, one.due_on) == (ImprovementState.DONE, by.id, TODAY)


def test_what_stays_refused_needs_nobody_but_nothing_typed_is_dropped(
    coordinator: Browser, by: Account, cpts: Cpts
) -> None:
    one = refused_at_once(cpts, by)
    assert say(coordinator, one, word="Toujours trop loin.").status == 303
    assert say(coordinator, one, word="Non.", due_on="2027-01-01").status == 422
    db.session.refresh(one)
    assert (one.state, one.word, one.due_on) == (ImprovementState.REFUSED, "Toujours trop loin.", None)


def test_two_who_take_up_the_same_one_see_both_and_lose_nothing(
    coordinator: Browser, referent: Browser, by: Account, cpts: Cpts
) -> None:
    one = refused_at_once(cpts, by)
    old = coordinator.get("cpts.improvements.show", improvement_id=one.id)
    fields = {"state": "open", "owner_choice": "autre", "owner_name": "Anne Roux", "due_on": "2027-01-01"}
    say(referent, one, **fields)
    page = coordinator.submit(old, "main form[enctype]", {**fields, "owner_name": "Luc Petit", "word": "À moi."})
    assert page.status == 409
    assert page.texts("tbody tr td") == [
        "À faire", "À faire", "Luc Petit", "Anne Roux", "01/01/2027", "01/01/2027", "À moi.", "",
    ]  # fmt: skip
    assert coordinator.submit(page, "main form[enctype]").status == 303
    db.session.refresh(one)
    assert (one.owner_name, one.word) == ("Luc Petit", "À moi.")


def refused_at_once(cpts: Cpts, by: Account) -> Improvement:
    one = operations.refuse_at_once(cpts, "Trop loin", "Non.", Source(), target=Target(), by=by, at=NOON)
    db.session.commit()
    return one


def test_an_old_page_shows_both_sayings_and_the_second_sending_keeps_ours(
    coordinator: Browser, referent: Browser, by: Account, cpts: Cpts
) -> None:
    one = an_improvement(cpts, by)
    old = coordinator.get("cpts.improvements.show", improvement_id=one.id)
    say(referent, one, state="in_progress", word="La mairie est appelée.")
    page = coordinator.submit(old, "main form[enctype]", {"state": "done", "word": "C’est écrit."})
    assert page.status == 409
    assert page.texts("tbody tr td") == ["Réalisée", "En cours", "C’est écrit.", "La mairie est appelée."]
    assert coordinator.submit(page, "main form[enctype]").status == 303
    db.session.refresh(one)
    assert (one.state, one.word) == (ImprovementState.DONE, "C’est écrit.")


def test_what_is_changed_is_said_in_its_story(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    one = an_improvement(cpts, by, target=IN_SECTION, due_on=date(2026, 11, 1), at=NOON - 40 * DAY)
    form = coordinator.get("cpts.improvements.edit", improvement_id=one.id)
    assert form.texts("select[name=owner_choice] option[selected]") == [by.name]
    assert coordinator.submit(form, "main form", {"text": "Ajouter les horaires"}).status == 303
    assert coordinator.submit(form, "main form", {"seen_version": "2", "due_on": "2026-10-31"}).status == 422
    shown = coordinator.submit(form, "main form", {"seen_version": "2", "due_on": "2026-12-24"}).follow()
    assert "Texte précédent" in shown.text
    assert "24 décembre 2026, au lieu du 1er novembre 2026" in shown.text


def test_an_old_edit_shows_both_texts(coordinator: Browser, referent: Browser, by: Account, cpts: Cpts) -> None:
    one = an_improvement(cpts, by)
    old = coordinator.get("cpts.improvements.edit", improvement_id=one.id)
    new = referent.get("cpts.improvements.edit", improvement_id=one.id)
    referent.submit(new, "main form", {"text": "Leur texte", "place": f"rubrique:{SECTION.key}", "place_words": ""})
    page = coordinator.submit(old, "main form", {"text": "Mon texte"})
    assert page.status == 409
    cells = page.texts("tbody tr td")
    assert cells[:2] == ["Mon texte", "Leur texte"]
    assert cells[-2:] == ["Stock de la CPTS", SECTION.label]
    assert page.texts("textarea[name=text]") == ["Mon texte"]
    assert coordinator.submit(page, "main form").status == 303


def test_a_done_one_is_not_changed_and_what_was_typed_stays(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    one = an_improvement(cpts, by)
    form = coordinator.get("cpts.improvements.edit", improvement_id=one.id)
    say(coordinator, one, state="done", word="Fait.")
    page = coordinator.submit(form, "main form", {"text": "Autre texte", "seen_version": "2"})
    assert (page.status, page.texts("textarea[name=text]")) == (409, ["Autre texte"])
    assert "dites d’abord qu’elle est à reprendre" in page.text


def test_whoever_lost_their_account_stays_in_charge_by_name(coordinator: Browser, cpts: Cpts) -> None:
    gone = member(CptsFactory(), Role.REFERENT)
    one = an_improvement(cpts, gone)
    form = coordinator.get("cpts.improvements.edit", improvement_id=one.id)
    assert filled(form.html.select("main form")[0])["owner_name"] == gone.name
    assert coordinator.submit(form, "main form", {"text": "Autre texte"}).status == 303
    db.session.refresh(one)
    assert (one.owner_account_id, one.owner_name) == (None, gone.name)


def test_each_origin_leads_where_the_lesson_was_learnt(
    coordinator: Browser, by: Account, cell_member: Browser, cpts: Cpts
) -> None:
    reader = member(CptsFactory(), Role.REFERENT)
    debrief = a_debrief(cpts, by)
    finding = findings.add(debrief, "Trop long", Point(FindingKind.WEAK), by=by, at=NOON)
    decided = Decided("Raccourcir", Owner(by.id, by.name), TODAY)
    of_crisis = findings.decide(debrief, finding, decided, by=by, at=NOON)
    said = opinion(cpts, version(cpts), reader)
    of_opinion = an_improvement(cpts, by, source=Source(Origin.OPINION, "Avis de l’ARS", opinion_id=said.id))
    page = coordinator.get("cpts.improvements.show", improvement_id=of_crisis.id)
    address = coordinator.address("cpts.debriefs.show", debrief_id=debrief.id)
    assert page.links("dl a")[of_crisis.origin_words.replace("\u00a0", " ")] == address
    page = coordinator.get("cpts.improvements.show", improvement_id=of_opinion.id)
    assert page.links("dl a")["Avis de l’ARS"] == coordinator.address("cpts.opinions.show", opinion_id=said.id)
    page = cell_member.get("cpts.improvements.show", improvement_id=of_opinion.id)
    assert ("Avis de l’ARS" in page.text, "Avis de l’ARS" in page.links()) == (True, False)


def test_a_done_one_shows_the_version_that_names_it(coordinator: Browser, by: Account, cpts: Cpts) -> None:
    one, published = an_improvement(cpts, by, state=ImprovementState.DONE), version(cpts, 4)
    operations.name_in([one], published.id)
    db.session.commit()
    page = coordinator.get("cpts.improvements.show", improvement_id=one.id)
    assert page.links()["Version 4"] == coordinator.address("cpts.publication.show", place="", number=4)
    assert "Version 4" in coordinator.get("cpts.improvements.index").text


def test_several_who_say_something_at_once_are_shown_what_the_first_one_said(app: Flask, cpts: Cpts) -> None:
    accounts = [member(cpts, Role.CELL_MEMBER) for _ in range(4)]
    one = an_improvement(cpts, accounts[0])
    writers = [Browser(app, account, cpts) for account in accounts]
    pages = one_wins(
        writers,
        "cpts.improvements.move",
        lambda rank: {"state": "in_progress", "word": f"Avancée {rank}"},
        improvement_id=one.id,
    )
    assert all("a modifié cette page pendant votre saisie" in page for page in pages)
    assert [step.number for step in one_of(cpts).steps] == [1, 2]


def test_those_added_at_once_are_numbered_without_gaps(app: Flask, cpts: Cpts) -> None:
    accounts = [member(cpts, Role.CELL_MEMBER) for _ in range(4)]
    db.session.commit()
    writers = [Browser(app, account, cpts) for account in accounts]
    answers = all_at_once(writers, "cpts.improvements.create", lambda rank: {**TYPED, "text": f"Revoir {rank}"})
    assert {answer.status_code for answer in answers} == {303}
    db.session.expire_all()
    assert [one.number for one in queries.improvements(cpts)] == [1, 2, 3, 4]


def test_another_cpts_and_an_adherent_see_nothing(
    coordinator: Browser, by: Account, stranger: Browser, adherent: Browser, ars_reader: Browser, cpts: Cpts
) -> None:
    one = an_improvement(cpts, by)
    say(coordinator, one, state="done", document=(io.BytesIO(PDF), "preuve.pdf"))
    kept = one_of(cpts).documents[0].id
    for browser in (stranger, adherent, ars_reader):
        for page in (
            browser.get("cpts.improvements.show", improvement_id=one.id),
            browser.get("cpts.improvements.document", document_id=kept),
            browser.get("cpts.improvements.index"),
        ):
            assert page.status in (403, 404)
    elsewhere = Browser(stranger.app, stranger.account, CptsFactory.build(slug="ailleurs"))
    assert elsewhere.get("cpts.improvements.show", improvement_id=one.id).status == 404
    assert elsewhere.get("cpts.improvements.document", document_id=kept).status == 404
    assert elsewhere.get("cpts.improvements.index").status == 200
