"""Where opinions are seen: their list, the version, the section being edited, the region, the paper."""

from __future__ import annotations

import io
from datetime import timedelta

from flask import Flask
from pypdf import PdfReader

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.opinions import listing, queries
from crisis_plan.opinions.listing import Filters
from crisis_plan.opinions.queries import Tally
from crisis_plan.opinions.rules import MessageKind, Standing
from crisis_plan.organisations.models import Cpts, InstitutionKind
from crisis_plan.publication.rules import PublicationKind
from tests.browser import Browser
from tests.factories import NOON, CptsFactory, reader
from tests.opinions.factories import opinion, say, version
from tests.statements import MOST_OF_A_PAGE, counted_statements


def three(cpts: Cpts, ars: Account, referent: Account) -> None:
    """One agreed, one answered, one that waits: in that order in time."""
    shown = version(cpts)
    opinion(cpts, shown, ars, kind=MessageKind.AGREED, text="", key="reponse", at=NOON)
    answered = opinion(cpts, shown, ars, key="orsan", at=NOON - timedelta(days=1))
    say(cpts, answered, referent, MessageKind.ANSWER, "Réponse.", at=NOON + timedelta(days=1))
    opinion(cpts, shown, ars, key="circuits", at=NOON - timedelta(days=2))


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_what_waits_for_the_cpts_comes_first(cpts: Cpts, referent: Browser, ars_reader: Browser) -> None:
    three(cpts, ars_reader.account, referent.account)
    for browser in (referent, ars_reader):
        page = browser.get("cpts.opinions.index")
        assert page.texts("tbody .badge") == ["Attend la CPTS", "La CPTS a répondu", "D’accord"]
        assert page.texts("dl.stats dd") == ["1", "1", "1"]


def test_without_any_opinion_the_list_says_where_to_give_one(cpts: Cpts, ars_reader: Browser) -> None:
    page = ars_reader.get("cpts.opinions.index")
    assert page.links(".empty a") == {"Ouvrir les versions du plan": "/cpts/uzege/versions/"}
    assert page.html.select("main form") == []


def test_filters_keep_what_they_say(cpts: Cpts, referent: Browser, ars_reader: Browser) -> None:
    three(cpts, ars_reader.account, referent.account)
    other = version(cpts, kind=PublicationKind.PROVISIONAL)
    opinion(cpts, other, referent.account, key="", text="Relisez tout.")

    def found(**asked: str) -> list[str]:
        links = ars_reader.get("cpts.opinions.index", **asked).html.select("tbody th a")
        return [str(next(link.strings)) for link in links]

    assert found(etat="repondu") == ["Articulation avec le dispositif ORSAN"]
    assert found(rubrique="circuits") == ["Circuits de prise en charge"]
    assert found(rubrique="plan") == ["L’ensemble du plan"]
    assert found(version=str(other.id)) == ["L’ensemble du plan"]
    assert found(auteur="Uzège") == ["L’ensemble du plan"]
    assert len(found(auteur="ARS Occitanie")) == 3
    assert len(found(etat="perdu")) == 4
    page = ars_reader.fragment("cpts.opinions.index", etat="accord", rubrique="plan")
    assert page.texts(".empty h2") == ["Aucun avis ne répond à ces filtres"]
    assert page.html.select("h1") == []


def test_the_address_of_a_list_says_its_filters() -> None:
    assert Filters().address == {}
    asked = Filters(standing=Standing.OPEN, version="7", section="", body="ARS Occitanie")
    assert asked.address == {"etat": "en-attente", "version": "7", "rubrique": "plan", "auteur": "ARS Occitanie"}


def test_pages_hold_fifty_and_cost_the_same_for_one_and_for_three(
    cpts: Cpts, referent: Browser, ars_reader: Browser
) -> None:
    shown = version(cpts)
    begun = opinion(cpts, shown, ars_reader.account)
    say(cpts, begun, referent.account, MessageKind.ANSWER)
    asked = {}
    for endpoint, values in (
        ("cpts.opinions.index", {}),
        ("cpts.opinions.as_pdf", {}),
        ("cpts.publication.show", {"place": "", "number": 1}),
        ("cpts.plan.show_theme", {"theme": "adaptation"}),
    ):
        with counted_statements() as one:
            referent.get(endpoint, **values)
        asked[endpoint] = (values, len(one))
    for _ in range(2):
        opinion(cpts, shown, ars_reader.account)
    for endpoint, (values, one) in asked.items():
        with counted_statements() as three:
            referent.get(endpoint, **values)
        assert len(three) == one, endpoint
    assert asked["cpts.opinions.index"][1] <= MOST_OF_A_PAGE
    for _ in range(48):
        opinion(cpts, shown, ars_reader.account)
    assert len(referent.get("cpts.opinions.index").html.select("tbody tr")) == 50
    assert len(referent.get("cpts.opinions.index", page=2).html.select("tbody tr")) == 1


def test_the_version_says_how_many_opinions_each_section_has_and_shows_the_reader_their_own(
    cpts: Cpts, referent: Browser, ars_reader: Browser, cpam_reader: Browser
) -> None:
    cpam_reader.account.readerships[0].institution.name = "CPAM du Gard"
    three(cpts, ars_reader.account, referent.account)
    opinion(cpts, queries.opinions(cpts)[0].publication, cpam_reader.account, key="circuits")
    page = ars_reader.get("cpts.publication.show", place="", number=1)
    assert "4 avis, dont 2 en attente d’une réponse de la CPTS." in page.text
    links = page.links()
    assert "rubrique=circuits" in links["2 avis sur « Circuits de prise en charge »"]
    own = page.texts("section[aria-labelledby=opinions] li .badge")
    assert own == ["Attend la CPTS", "La CPTS a répondu", "D’accord"]
    assert cpam_reader.get("cpts.publication.show", place="", number=1).texts(
        "section[aria-labelledby=opinions] li .badge"
    ) == ["Attend la CPTS"]
    assert referent.get("cpts.publication.show", place="", number=1).texts("section[aria-labelledby=opinions] h3") == []


def test_open_opinions_are_shown_where_the_section_is_edited(
    cpts: Cpts, referent: Browser, ars_reader: Browser
) -> None:
    three(cpts, ars_reader.account, referent.account)
    for endpoint, values in (
        ("cpts.plan.edit", {"theme": "adaptation", "rubrique": "circuits"}),
        ("cpts.plan.show_theme", {"theme": "adaptation"}),
    ):
        page = referent.get(endpoint, **values)
        assert page.texts(".notice.warning .notice-title").count("1 avis attend votre réponse") == 1
        assert "Qui ouvre la salle ?" in page.text
        answer = next(href for said, href in page.links().items() if said.startswith("Répondre"))
        assert "/avis/" in answer
        assert referent.open(answer).texts("h1") == ["Circuits de prise en charge"]
    quiet = referent.get("cpts.plan.edit", theme="adaptation", rubrique="orsan")
    assert "attend votre réponse" not in quiet.text
    assert queries.waiting(cpts) == 1
    assert queries.waiting_by_section(cpts) == {"circuits": 1}


def test_an_opinion_on_the_plan_as_a_whole_that_waits_is_said_on_the_page_of_the_plan(
    cpts: Cpts, referent: Browser, ars_reader: Browser
) -> None:
    three(cpts, ars_reader.account, referent.account)
    assert referent.get("cpts.plan.show").texts(".notice-title") == []
    whole = opinion(cpts, queries.opinions(cpts)[0].publication, ars_reader.account, key="", text="Trop long.")
    page = referent.get("cpts.plan.show")
    assert page.texts(".notice-title") == ["1 avis sur l’ensemble du plan attend votre réponse"]
    found = referent.open(page.links()["Lire cet avis"])
    assert list(found.links("tbody th a").values()) == [f"/cpts/uzege/avis/{whole.id}/"]
    say(cpts, whole, referent.account, MessageKind.ANSWER)
    assert referent.get("cpts.plan.show").texts(".notice-title") == []


def test_the_conversation_leads_to_the_section_as_it_is_today(
    cpts: Cpts, referent: Browser, ars_reader: Browser
) -> None:
    begun = opinion(cpts, version(cpts), ars_reader.account)
    links = referent.get("cpts.opinions.show", opinion_id=begun.id).links()
    there = referent.open(links["Ouvrir la rubrique à modifier"])
    assert there.location == "/cpts/uzege/plan/adaptation/#circuits"
    assert links["Lire dans la version"] == "/cpts/uzege/versions/1#circuits"
    assert referent.open("/cpts/uzege/plan/rubriques/inconnue").status == 404
    assert "Ouvrir la rubrique à modifier" not in ars_reader.get("cpts.opinions.show", opinion_id=begun.id).links()


def test_the_printed_history_says_who_said_what_for_whom_and_when(
    cpts: Cpts, referent: Browser, ars_reader: Browser
) -> None:
    three(cpts, ars_reader.account, referent.account)
    answer = ars_reader.get("cpts.opinions.as_pdf")
    assert answer.response.headers["Cache-Control"] == "no-store"
    printed = text_of(answer.content)
    assert "Avis sur la version 1 du 22 novembre 2026" in printed
    assert f"Question, {ars_reader.account.name} (ARS Occitanie), le 20/11/2026 à 13:00" in printed
    assert f"Réponse de la CPTS, {referent.account.name} (Uzège), le 23/11/2026 à 13:00" in printed
    only = text_of(ars_reader.get("cpts.opinions.as_pdf", etat="accord").content)
    assert "D’accord" in only
    assert "Qui ouvre la salle" not in only
    nothing = text_of(ars_reader.get("cpts.opinions.as_pdf", auteur="Personne").content)
    assert "Aucun avis ne répond à cette demande." in nothing
    assert "Avis imprimés" not in printed


def test_a_part_of_the_history_says_of_what_it_is_a_part(cpts: Cpts, referent: Browser, ars_reader: Browser) -> None:
    three(cpts, ars_reader.account, referent.account)
    other = version(cpts, kind=PublicationKind.PROVISIONAL)
    opinion(cpts, other, referent.account, key="", text="Relisez tout.")
    asked = {"etat": "en-attente", "auteur": "ARS Occitanie", "rubrique": "circuits"}
    printed = text_of(ars_reader.get("cpts.opinions.as_pdf", **asked).content)
    for said in (
        "Avis sur le plan : 1 sur 4 avis",
        "Avis imprimés 1 sur 4 avis",
        "État Attend la CPTS",
        "Rubrique Circuits de prise en charge",
        "Donné par ARS Occitanie",
        "Uzège : 1 sur 3 avis sur cette version.",
    ):
        assert said in printed
    of_version = text_of(ars_reader.get("cpts.opinions.as_pdf", version=str(other.id)).content)
    assert f"Version {other.name}" in of_version
    assert "Uzège : 1 avis sur cette version." in of_version
    unknown = text_of(ars_reader.get("cpts.opinions.as_pdf", auteur="Quelqu’un d’autre").content)
    assert "0 sur 4 avis" in unknown
    assert "Donné par introuvable" in unknown


def test_the_region_says_what_waits_and_what_was_answered(
    cpts: Cpts, referent: Browser, ars_reader: Browser, cpam_reader: Browser
) -> None:
    cpam_reader.account.readerships[0].institution.name = "CPAM du Gard"
    three(cpts, ars_reader.account, referent.account)
    links = ars_reader.get("regional.index").links()
    answered = ars_reader.open(links["1 réponse de la CPTS Uzège"])
    assert answered.texts("option[selected]") == ["La CPTS a répondu", "ARS Occitanie"]
    assert len(answered.html.select("tbody tr")) == 1
    assert links["1 avis en attente de la CPTS Uzège"] == "/cpts/uzege/avis/?etat=en-attente"
    assert "réponse de la CPTS" not in cpam_reader.get("regional.index").text
    sheet = ars_reader.get("regional.as_csv").content.decode("utf-8-sig").split("\r\n")
    assert ";Avis en attente de la CPTS;Réponses de la CPTS;" in sheet[0]
    assert ";1;1;" in sheet[1]


def test_the_region_asks_no_more_for_three_cpts_than_for_one(cpts: Cpts, ars_reader: Browser) -> None:
    opinion(cpts, version(cpts), ars_reader.account)
    with counted_statements() as one:
        ars_reader.get("regional.index")
    others = [CptsFactory() for _ in range(2)]
    for other in others:
        opinion(other, version(other), ars_reader.account)
    with counted_statements() as more:
        assert ars_reader.get("regional.index").text.count("1 avis en attente de la CPTS") == 3
    assert len(one) == len(more) <= MOST_OF_A_PAGE
    asking = [ars_reader.account.readerships[0].institution_id]
    found = queries.tallies([cpts.id, *(other.id for other in others)], asking)
    assert set(found.values()) == {Tally(waiting=1, answered=0)}


def test_what_another_cpts_was_told_is_never_counted_here(cpts: Cpts, ars_reader: Browser, app: Flask) -> None:
    other = CptsFactory()
    opinion(other, version(other), ars_reader.account)
    assert queries.waiting(cpts) == 0
    assert queries.waiting_of_sections(cpts, ["circuits"]) == {}
    assert listing.choices(queries.opinions(cpts)).bodies == []
    colleague = Browser(app, reader(InstitutionKind.ARS), cpts)
    db.session.commit()
    assert colleague.get("cpts.opinions.index").texts(".empty h2") == ["Aucun avis n’est encore donné"]


def test_opinions_of_the_day_are_dated_by_the_clock_of_the_place(cpts: Cpts, ars_reader: Browser) -> None:
    cpts.time_zone = "Indian/Reunion"
    begun = opinion(cpts, version(cpts), ars_reader.account, at=NOON)
    page = ars_reader.get("cpts.opinions.show", opinion_id=begun.id)
    assert f"le {clock.local(NOON, cpts):%d/%m/%Y à %H:%M}" in page.text
    assert "22/11/2026 à 16:00" in page.text
