from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.directory import operations as directory
from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.calls import attempts, invitations, operations, queries
from crisis_plan.pilotage.calls.attempts import MOST_ANSWERS, Report
from crisis_plan.pilotage.calls.models import CallAttempt, CallLine, CallList
from crisis_plan.pilotage.calls.rules import CLAIM_LASTS, Channel, Outcome, Purpose
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from tests.browser import Browser, Page
from tests.crawl import visit
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory, member
from tests.pilotage.calls.factories import call_list, line_of, person

TEST = {"title": "Test de novembre", "channel": "telephone", "message": "Ceci est un test."}


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def other(app: Flask, cpts: Cpts) -> Browser:
    """Another member of the crisis cell, who calls too."""
    account = member(cpts, Role.CELL_MEMBER)
    account.name = "Anne"
    db.session.commit()
    return Browser(app, account, cpts)


def made(endpoint: str, browser: Browser, line: CallLine, fields: dict[str, object] | None = None) -> Page:
    """Post to an act of this person's page."""
    return browser.post(f"cpts.calls.{endpoint}", fields, list_id=line.list_id, line_id=line.id)


def line_page(browser: Browser, line: CallLine) -> Page:
    return browser.get("cpts.calls.line", list_id=line.list_id, line_id=line.id)


def only_list() -> CallList:
    return db.session.scalars(sa.select(CallList)).one()


def test_an_empty_room_says_what_to_do_first(cell_member: Browser) -> None:
    page = cell_member.get("cpts.calls.index")
    assert "Personne n’a encore été appelé" in page.text
    assert "Commencer un test" in page.links()


def test_before_anything_leaves_one_sees_how_many_would_be_called(cell_member: Browser, cpts: Cpts) -> None:
    person(cpts, "Ada", email="ada@exemple.fr")
    person(cpts, "Bea", phone="")
    db.session.commit()
    page = cell_member.get("cpts.calls.new", public="adherents")
    assert page.texts(".stat") == ["Adhérents 2", "sans téléphone 1", "sans courriel 1"]
    assert "1 sans téléphone dans l’annuaire" in page.text


def test_whom_a_choice_stands_for(cell_member: Browser, cpts: Cpts) -> None:
    held, referent = person(cpts, "Ada"), person(cpts, "Bea", profession="Médecin")
    ContactFactory(cpts_id=cpts.id, kind="partner", profession="", category="Mairie", is_service=True)
    person(CptsFactory(), "Ailleurs")
    since = {"starts_on": TODAY - timedelta(days=9), "created_at": NOON, "rank": Rank.TITULAR}
    db.session.add(ReferentDuty(cpts_id=cpts.id, contact=referent, **since))
    function = CellFunction(cpts_id=cpts.id, position=1, name="Liaison")
    function.duties = [CellDuty(contact=held, **since)]
    db.session.add(function)
    db.session.commit()
    for address, count in (
        ({"public": "cellule"}, 1),
        ({"public": "referents"}, 1),
        ({"public": "adherents"}, 2),
        ({"public": "profession", "precision": "Médecin"}, 1),
        ({"public": "commune", "precision": "Uzès"}, 3),
        ({"public": "annuaire"}, 3),
    ):
        assert cell_member.get("cpts.calls.new", **address).texts(".stat dd")[0] == str(count), address


def test_a_choice_that_names_nobody_leads_back_to_the_choices(cell_member: Browser) -> None:
    for address in ({"public": "tous"}, {"public": "profession"}, {}):
        assert cell_member.get("cpts.calls.new", **address).texts("h1") == ["Qui appeler ?"]
    assert cell_member.post("cpts.calls.create", TEST).location.endswith("/appels/commencer")


def test_a_test_is_opened_once_however_often_it_is_sent(cell_member: Browser, cpts: Cpts) -> None:
    person(cpts, "Ada")
    db.session.commit()
    form = cell_member.get("cpts.calls.new", public="adherents")
    first, second = (cell_member.submit(form, "main form", TEST) for _ in range(2))
    assert (first.status, first.location) == (303, second.location)
    assert (only_list().purpose, only_list().audience) == (Purpose.TEST, "Adhérents")
    assert first.follow().texts("h1") == ["Test de novembre"]


def test_a_refused_form_keeps_what_was_typed(cell_member: Browser, cpts: Cpts) -> None:
    person(cpts, "Ada")
    db.session.commit()
    page = cell_member.post(
        "cpts.calls.create", {**TEST, "title": "", "audience": "adherents", "message": "À tous &co"}
    )
    assert page.status == 422
    assert page.texts("textarea") == ["À tous &co"]
    assert "Donnez un titre" in page.texts(".error-summary")[0]


def test_nobody_to_call_and_no_mail_server_are_said_on_the_form(cell_member: Browser, cpts: Cpts) -> None:
    page = cell_member.post("cpts.calls.create", {**TEST, "audience": "adherents"})
    assert (page.status, "Personne ne répond à ce choix" in page.text) == (422, True)
    person(cpts, "Ada", email="ada@exemple.fr")
    db.session.commit()
    page = cell_member.post("cpts.calls.create", {**TEST, "audience": "adherents", "channel": "email"})
    assert (page.status, "n’envoie pas encore de courriels" in page.text) == (422, True)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CallList)) == 0


def test_numbers_are_links_for_a_thumb_the_direct_one_first(cell_member: Browser, cpts: Cpts) -> None:
    ada = person(cpts, "Ada", phone="+33465710000")
    ada.phones.append(type(ada.phones[0])(position=1, number="+33611223344"))
    line = call_list(cpts, [ada]).lines[0]
    page = made("take", cell_member, line).follow()
    links = [str(a["href"]) for a in page.html.select(".call-numbers a")]
    said = quote("[TEST] Ceci est un test & rien d’autre")
    assert links == ["tel:+33611223344", f"sms:+33611223344?body={said}", "tel:+33465710000"]


def test_without_a_telephone_the_mail_address_is_a_link(cell_member: Browser, cpts: Cpts) -> None:
    line = call_list(cpts, [person(cpts, "Ada", phone="", email="ada@exemple.fr")]).lines[0]
    page = line_page(cell_member, line)
    assert [str(a["href"]).split("?")[0] for a in page.html.select(".call-numbers a")] == ["mailto:ada@exemple.fr"]
    assert "J’appelle" not in page.texts("main button")


def test_a_number_is_shown_to_who_says_that_they_call_and_to_nobody_else(
    cell_member: Browser, other: Browser, cpts: Cpts
) -> None:
    listed = call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea")])
    line = line_of(listed, "Ada")
    assert cell_member.get("cpts.calls.show", list_id=listed.id).html.select("[href^='tel:'], [href^='sms:']") == []
    assert line_page(cell_member, line).html.select("[href^='tel:'], [href^='sms:']") == []
    shown = cell_member.submit(line_page(cell_member, line), "#garde form").follow()
    assert [str(a["href"]) for a in shown.html.select("[href^='tel:']")] == ["tel:+33611223344"]
    for page in (line_page(other, line), made("take", other, line)):
        assert "appelle cette personne en ce moment" in page.text
        assert page.html.select("[href^='tel:'], [href^='sms:'], #garde button") == []


def test_a_call_keeps_its_person_for_as_long_as_its_page_is_open(
    cell_member: Browser, other: Browser, cpts: Cpts, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    page = made("take", cell_member, line).follow()
    kept = page.html.select_one("#garde")
    fields = {str(one["name"]): str(one["value"]) for one in page.html.select("#garde input")}
    headers = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}

    def at(minutes: int) -> Page:
        monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=minutes))
        return cell_member._request("POST", str(kept["hx-post"]), data=fields, headers=headers)

    assert [at(minutes).status for minutes in (8, 16, 24)] == [204, 204, 204]
    assert made("take", other, line).status == 409
    assert at(33).status == 204
    assert line.claimed_at == NOON + timedelta(minutes=24)
    lost = at(34)
    assert (lost.status, lost.html.select("[href^='tel:'], [hx-post]")) == (200, [])
    assert "ne vous est plus gardée" in lost.text
    assert made("take", other, line).status == 303
    assert "appelle cette personne en ce moment" in at(35).text


def test_nobody_is_called_twice_at_once(cell_member: Browser, other: Browser, cpts: Cpts) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    assert made("take", other, line).status == 303
    assert "Vous appelez cette personne" in line_page(other, line).text
    refused = made("take", cell_member, line)
    assert (refused.status, "Anne appelle cette personne en ce moment" in refused.text) == (409, True)
    assert "Anne appelle" in cell_member.get("cpts.calls.show", list_id=line.list_id).texts(".call-state")[0]
    assert made("let_go", other, line).status == 303
    assert made("take", cell_member, line).status == 303


def test_who_calls_sees_the_number_first_whose_it_is_and_what_the_person_does_in_the_cell(
    cell_member: Browser, cpts: Cpts
) -> None:
    ada = person(cpts, "Ada")
    ada.phones.append(ContactPhone(position=1, number="+33611223355", is_private=True))
    duty = CellDuty(contact_id=ada.id, rank=Rank.DEPUTY, starts_on=TODAY, created_at=NOON)
    db.session.add(CellFunction(cpts_id=cpts.id, position=1, name="Liaison", duties=[duty]))
    line = call_list(cpts, [ada, person(cpts, "Bea")]).lines[0]
    listed = cell_member.get("cpts.calls.show", list_id=line.list_id)
    assert [("Cellule" in one) for one in listed.texts(".call-who")] == [True, False]
    page = made("take", cell_member, line).follow()
    assert "Cellule : Liaison (suppléant)" in page.text
    assert page.texts(".call-numbers .meta") == ["privé"]
    kept = page.texts("#garde")[0]
    assert kept.index("06 11 22 33 44") < kept.index("Vous appelez cette personne")
    assert page.texts("#garde form button") == ["Rendre à la liste"]


def test_a_call_is_noted_then_the_next_person_comes(cell_member: Browser, cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea")])
    first = cell_member.post("cpts.calls.take_next", list_id=listed.id).follow()
    assert first.texts("h1") == ["Camille ADA"]
    answer = {"outcome": "reached", "comes": "oui", "available_from": "15h30", "suivante": "1"}
    second = cell_member.submit(first, ".call-result", answer).follow()
    assert second.texts("h1") == ["Camille BEA"]
    ada = line_of(listed, "Ada")
    assert (ada.outcome, ada.comes, ada.answered_at) == (Outcome.REACHED, True, NOON)
    assert f"{clock.local(ada.available_at, cpts):%H:%M}" == "15:30"
    last = cell_member.submit(second, ".call-result", {"outcome": "no_answer"}).follow()
    assert last.texts("#mesures .progress-words") == ["Personnes jointes 1 sur 2"]
    assert last.texts(".call-state")[0].startswith("Pas de réponse")


def test_the_same_result_sent_twice_is_one_attempt(cell_member: Browser, cpts: Cpts) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    page = line_page(cell_member, line)
    for _ in range(2):
        assert cell_member.submit(page, ".call-result", {"outcome": "no_answer"}).status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CallAttempt)) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Dites ce qui s’est passé."),
        ({"outcome": "no_answer", "comes": "oui"}, "Seule une personne jointe"),
        ({"outcome": "reached", "comes": "oui", "available_from": "25:00"}, "Écrivez une heure comme 14:30."),
    ],
)
def test_a_refused_result_keeps_what_was_typed(
    cell_member: Browser, cpts: Cpts, fields: dict[str, object], said: str
) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    page = made("record", cell_member, line, {**fields, "note": "Répondeur plein"})
    assert (page.status, said in page.texts(".error-summary")[0]) == (422, True)
    assert page.html.select_one("input[name=note]")["value"] == "Répondeur plein"
    assert line.attempts_count == 0


def test_a_result_noted_meanwhile_is_shown_before_adding_to_it(
    cell_member: Browser, other: Browser, cpts: Cpts
) -> None:
    line = call_list(cpts, [person(cpts, "Ada")]).lines[0]
    opened = line_page(cell_member, line)
    assert made("record", other, line, {"outcome": "reached", "comes": "non"}).status == 303
    page = cell_member.submit(opened, ".call-result", {"outcome": "no_answer", "note": "Rien"})
    assert page.status == 409
    assert "Un résultat vient d’être noté" in page.text
    assert "Joint ne vient pas" in page.texts(".kept li")[0]
    assert cell_member.submit(page, ".call-result").status == 303
    assert line.outcome is Outcome.NO_ANSWER


def test_nothing_new_is_no_content_and_what_changed_comes_alone(
    cell_member: Browser, other: Browser, cpts: Cpts
) -> None:
    listed = call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea")])
    address = str(cell_member.get("cpts.calls.show", list_id=listed.id).html.select_one("#suivi")["hx-get"])
    asking = {"headers": {"HX-Request": "true"}}
    assert cell_member.open(address, **asking).status == 204
    made("take", other, line_of(listed, "Ada"))
    page = cell_member.open(address, **asking)
    assert page.texts(".call-state") == ["Anne appelle"]
    assert {str(one["id"]) for one in page.html.select("[hx-swap-oob]")} == {
        "mesures", "par-profession", f"etat-{line_of(listed, 'Ada').id}",
    }  # fmt: skip
    assert page.html.select("form, input, button, a") == []
    seen = str(page.html.select_one("#suivi")["hx-get"])
    assert cell_member.open(seen, **asking).status == 204
    assert cell_member.open(seen).location == cell_member.address("cpts.calls.show", list_id=listed.id)


def test_what_comes_by_itself_equals_what_a_reload_shows(cell_member: Browser, other: Browser, cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea")])
    made("record", other, line_of(listed, "Ada"), {"outcome": "reached", "comes": "oui"})
    part = cell_member.fragment("cpts.calls.follow", list_id=listed.id, after=0, vu=0)
    whole = cell_member.get("cpts.calls.show", list_id=listed.id)
    for selector in ("#mesures", "#par-profession", f"#etat-{line_of(listed, 'Ada').id}"):
        assert part.texts(selector) == whole.texts(selector) != []


def test_who_was_let_go_when_their_time_was_over_reads_so_without_any_write(
    cell_member: Browser, other: Browser, cpts: Cpts, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = call_list(cpts, [person(cpts, "Ada")])
    made("take", other, listed.lines[0])
    address = str(cell_member.get("cpts.calls.show", list_id=listed.id).html.select_one("#suivi")["hx-get"])
    monkeypatch.setattr(clock, "now", lambda: NOON + CLAIM_LASTS)
    assert cell_member.open(address, headers={"HX-Request": "true"}).texts(".call-state") == ["À appeler"]


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "99999999999999999999"},
        {"after": "-99999999999999999999"},
        {"vu": "-62135596800000"},
        {"vu": "99999999999999999999"},
        {"vu": "9" * 5000},
        {"after": "x", "vu": "x"},
    ],
)
def test_odd_questions_about_what_changed_are_answered(cell_member: Browser, cpts: Cpts, asked: dict[str, str]) -> None:
    listed = call_list(cpts, [person(cpts, "Ada")])
    made("take", cell_member, listed.lines[0])
    assert cell_member.fragment("cpts.calls.follow", list_id=listed.id, **asked).status in (200, 204)


def test_a_time_says_nothing_unless_the_person_comes(cell_member: Browser, cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, name) for name in ("Ada", "Bea", "Cyd")])
    for name, fields in (
        ("Ada", {"outcome": "reached", "comes": "non", "available_from": "14:30"}),
        ("Bea", {"outcome": "reached", "comes": "", "available_from": "ce soir"}),
        ("Cyd", {"outcome": "no_answer", "comes": "", "available_from": "14:30"}),
    ):
        assert made("record", cell_member, line_of(listed, name), fields).status == 303, name
    assert [(line.comes, line.available_at) for line in listed.lines] == [(False, None), (None, None), (None, None)]


def test_once_closed_the_page_stops_asking_and_refuses_with_a_sentence(cell_member: Browser, cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, "Ada")])
    line = listed.lines[0]
    assert "cessent de répondre" in cell_member.get("cpts.calls.confirm_close", list_id=listed.id).text
    assert cell_member.post("cpts.calls.close", list_id=listed.id).status == 303
    part = cell_member.fragment("cpts.calls.follow", list_id=listed.id, after=0)
    assert not part.html.select_one("#suivi").has_attr("hx-get")
    page = cell_member.get("cpts.calls.show", list_id=listed.id)
    assert page.html.select(".call-line form, .call-next") == []
    for act, fields in (("take", {}), ("record", {"outcome": "reached"}), ("let_go", {})):
        refused = made(act, cell_member, line, fields)
        assert (refused.status, "Cette liste d’appel est close" in refused.text) == (409, True)
    for act in ("take_next", "close"):
        assert cell_member.post(f"cpts.calls.{act}", list_id=listed.id).status == 409


def test_who_left_the_directory_is_named_without_numbers(cell_member: Browser, cpts: Cpts) -> None:
    ada = person(cpts, "Ada")
    listed = call_list(cpts, [ada])
    directory.remove(ada, today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    page = cell_member.get("cpts.calls.show", list_id=listed.id)
    assert "N’est plus dans l’annuaire" in page.texts(".call-line")[0]
    assert page.html.select(".call-line [href^='tel:']") == []


def test_another_cpts_list_is_not_found_nor_a_line_under_another_list(
    cell_member: Browser, stranger: Browser, cpts: Cpts
) -> None:
    listed, second = call_list(cpts, [person(cpts, "Ada")]), call_list(cpts, [person(cpts, "Bea")])
    elsewhere = CptsFactory(slug="lointaine")
    theirs = call_list(elsewhere, [person(elsewhere, "Cyd")])
    for endpoint in ("show", "proof", "call_sheet", "export_csv", "confirm_close"):
        assert cell_member.get(f"cpts.calls.{endpoint}", list_id=theirs.id).status == 404
        assert stranger.get(f"cpts.calls.{endpoint}", list_id=listed.id).status == 404
    wrong = {"list_id": second.id, "line_id": listed.lines[0].id}
    assert cell_member.get("cpts.calls.line", **wrong).status == 404
    assert cell_member.post("cpts.calls.take", **wrong).status == 404


def test_an_adherent_neither_reads_nor_calls(adherent: Browser, cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, "Ada")])
    assert adherent.get("cpts.calls.show", list_id=listed.id).status == 403
    assert adherent.post("cpts.calls.take_next", list_id=listed.id).status == 403


@pytest.mark.parametrize("endpoint", ["show", "line", "proof", "call_sheet", "export_csv"])
def test_a_longer_list_asks_the_database_no_more_often(cell_member: Browser, cpts: Cpts, endpoint: str) -> None:
    asked = []
    for names in (("Ada",), ("Bea", "Cyd", "Dan")):
        listed = call_list(cpts, [person(cpts, name, email=f"{name}@exemple.fr") for name in names])
        for name in names:
            line = line_of(listed, name)
            attempts.record_attempt(line, Report(Outcome.REACHED), seen_attempts=0, by=AccountFactory(), at=NOON)
        db.session.commit()
        which = {"line_id": listed.lines[0].id} if endpoint == "line" else {}
        seen = visit(cell_member, cell_member.address(f"cpts.calls.{endpoint}", list_id=listed.id, **which))
        assert seen.page.status == 200
        asked.append(len(seen.statements))
    assert asked[0] == asked[1] <= 12


class TestByMail:
    """Each is asked by e-mail, and answers by a personal link."""

    @pytest.fixture
    def listed(self, app: Flask, cpts: Cpts, monkeypatch: pytest.MonkeyPatch) -> CallList:
        monkeypatch.setitem(app.config, "DEMO", True)
        people = [person(cpts, "Ada", email="ada@exemple.fr"), person(cpts, "Bea")]
        with app.test_request_context():
            return call_list(cpts, people, channel=Channel.EMAIL)

    @pytest.fixture
    def token(self, listed: CallList) -> str:
        body = db.session.scalars(sa.select(OutboxMessage.body)).one()
        return next(line for line in body.splitlines() if "/reponse/" in line).rsplit("/", 1)[1]

    def test_only_who_has_an_address_is_written_to_and_the_subject_says_test(self, listed: CallList) -> None:
        message = db.session.scalars(sa.select(OutboxMessage)).one()
        assert (message.recipient, message.subject) == ("ada@exemple.fr", "[TEST] Test de novembre")
        assert "CECI EST UN TEST" in message.body
        assert "&amp;" not in message.body

    def test_opening_the_link_writes_nothing(self, listed: CallList, token: str, visitor: Browser) -> None:
        page = visitor.get("call_answers.show", token=token)
        assert (page.status, "Camille ADA" in page.text) == (200, True)
        assert (line_of(listed, "Ada").outcome, listed.last_change) == (None, 0)

    def test_the_answer_is_an_attempt_of_nobody_else_and_may_be_changed(
        self, listed: CallList, token: str, visitor: Browser
    ) -> None:
        form = visitor.get("call_answers.show", token=token)
        answered = visitor.submit(form, "main form", {"comes": "oui", "available_from": "18:00"}).follow()
        assert "vous venez, à partir du 22/11/2026 à 18:00" in answered.text
        assert answered.html.select_one("input[name=available_from]")["value"] == "18:00"
        assert visitor.submit(answered, "main form", {"comes": "non"}).status == 303
        line = line_of(listed, "Ada")
        assert [(one.by_id, one.comes) for one in line.attempts] == [(None, True), (None, False)]
        assert (line.outcome, line.comes, line.available_at) == (Outcome.REACHED, False, None)

    def test_who_has_no_address_is_counted_and_named_until_someone_reaches_them(
        self, listed: CallList, cell_member: Browser
    ) -> None:
        page = cell_member.get("cpts.calls.show", list_id=listed.id)
        assert "1 personne sans courriel : rien ne lui a été envoyé." in page.text.replace("\u00a0", " ")
        (bea,) = (said for said in page.texts(".call-line") if "BEA" in said)
        assert "Sans courriel : à appeler" in bea.replace("\u00a0", " ")
        made("record", cell_member, line_of(listed, "Bea"), {"outcome": "reached"})
        assert cell_member.get("cpts.calls.show", list_id=listed.id).texts(".notice.warning") == []

    def test_a_list_by_mail_where_nobody_has_an_address_is_not_opened(
        self, listed: CallList, cell_member: Browser, cpts: Cpts
    ) -> None:
        person(cpts, "Cyd", profession="Médecin")
        db.session.commit()
        chosen = {"audience": "profession", "which": "Médecin", "channel": "email"}
        page = cell_member.post("cpts.calls.create", {**TEST, **chosen})
        assert (page.status, "Personne n’a de courriel dans ce choix" in page.text) == (422, True)
        assert only_list().id == listed.id

    def test_a_refused_answer_keeps_what_was_typed(self, token: str, visitor: Browser) -> None:
        page = visitor.post("call_answers.answer", {"comes": "oui", "available_from": "ce soir"}, token=token)
        assert page.status == 422
        assert page.html.select_one("input[name=available_from]")["value"] == "ce soir"

    def test_once_closed_the_link_says_that_it_is_over(self, listed: CallList, token: str, visitor: Browser) -> None:
        operations.close(listed, by=AccountFactory(), at=NOON)
        db.session.commit()
        assert visitor.get("call_answers.show", token=token).status == 410
        page = visitor.post("call_answers.answer", {"comes": "oui"}, token=token)
        assert (page.status, page.texts("h1")) == (410, ["Cet appel est terminé"])
        assert line_of(listed, "Ada").attempts_count == 0

    def test_the_link_of_who_left_the_directory_is_over(self, listed: CallList, token: str, visitor: Browser) -> None:
        db.session.delete(line_of(listed, "Ada").contact)
        db.session.commit()
        assert visitor.get("call_answers.show", token=token).status == 410
        assert visitor.post("call_answers.answer", {"comes": "oui"}, token=token).status == 410
        assert "ADA" not in visitor.get("call_answers.show", token=token).text

    def test_a_link_that_answers_again_and_again_is_over(self, listed: CallList, token: str, visitor: Browser) -> None:
        answered = [
            visitor.post("call_answers.answer", {"comes": "oui" if turn % 2 else "non"}, token=token).status
            for turn in range(MOST_ANSWERS + 2)
        ]
        assert answered == [303] * MOST_ANSWERS + [410] * 2

    def test_a_link_that_was_not_signed_here_leads_nowhere(self, listed: CallList, visitor: Browser) -> None:
        for forged in ("inconnu", listed.lines[0].id.hex):
            assert visitor.get("call_answers.show", token=forged).status == 404

    def test_a_link_of_another_purpose_does_not_answer(self, app: Flask, listed: CallList, visitor: Browser) -> None:
        from crisis_plan.web import links

        with app.test_request_context():
            stolen = links.token_for("campaign", listed.lines[0].id)
            assert invitations.line_behind(links.token_for(invitations.LINK, listed.lines[0].id))
        assert visitor.get("call_answers.show", token=stolen).status == 404


def test_the_results_are_what_an_exercise_shows(cpts: Cpts) -> None:
    listed = call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea")], purpose=Purpose.EXERCISE)
    at = NOON + timedelta(minutes=5)
    attempts.record_attempt(
        line_of(listed, "Ada"), Report(Outcome.REACHED), seen_attempts=0, by=AccountFactory(), at=at
    )
    found = queries.results(listed)
    assert (found.asked, found.reached, found.answer_rate, found.median) == (2, 1, 50, timedelta(minutes=5))
    assert (found.ninetieth, found.not_reached) == (None, ("Camille BEA",))
