from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.adaptation.arrangements import chapter, operations, queries
from crisis_plan.adaptation.arrangements.descriptions import ArrangementDescription
from crisis_plan.adaptation.arrangements.models import Arrangement
from crisis_plan.adaptation.arrangements.proposals import PROPOSED
from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.places import operations as places
from crisis_plan.adaptation.places.descriptions import PlaceDescription
from crisis_plan.adaptation.places.models import Place
from crisis_plan.db import db
from crisis_plan.document.blocks import Notice, Paragraph, Table, words
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import operations as crisis_cell
from crisis_plan.pilotage.crisis_cell.models import CellFunction
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory
from tests.statements import MOST_OF_A_PAGE, counted_statements

NEED, CIRCUIT, CONTINUITY = ArrangementKind
KINDS = [pytest.param(kind, id=kind.value) for kind in ArrangementKind]


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def line(cpts: Cpts, what: str = "Visites", kind: ArrangementKind = NEED, **told: Any) -> Arrangement:
    made = operations.add(cpts, kind, ArrangementDescription(what, **told), by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def function(cpts: Cpts, name: str = "Liaison") -> CellFunction:
    made = crisis_cell.add_function(cpts, name=name, task="", by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def hall(cpts: Cpts, name: str = "Gymnase") -> Place:
    made = places.add(cpts, PlaceDescription(name=name), today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def said(texts: list[str]) -> list[str]:
    return [text.replace("\u00a0", " ") for text in texts]


def whats(cpts: Cpts, kind: ArrangementKind = NEED) -> list[str]:
    return [one.what for one in queries.arrangements(cpts, kind)]


def test_the_overview_says_how_far_each_list_is(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    line(cpts, kind=NEED, answer="On y va", who="Infirmiers")
    line(cpts, kind=CONTINUITY, care=CareKind.OXYGEN)
    page = coordinator.get("cpts.arrangements.index")
    assert page.texts(".card h2") == ["Besoins", "Circuits", "Continuité des soins"]
    assert page.texts(".card .badge") == ["Tenue", "À compléter", "À compléter"]
    assert "La liste « Circuits » est vide : ajoutez une ligne, ou écrivez un texte." in said(page.texts(".card .meta"))
    assert said(page.texts(".card:nth-child(3) .meta"))[-1].startswith("Types de soins sans ligne : dialyse, insuline")


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_proposes_lines_that_one_button_takes(coordinator: Browser, kind: ArrangementKind) -> None:
    cpts = cpts_of(coordinator)
    crisis_cell.take_proposed_functions(cpts, by=AccountFactory(), at=NOON)
    db.session.commit()
    page = coordinator.get("cpts.arrangements.show", kind=kind.value)
    proposed = [one.what for one in PROPOSED[kind]]
    assert page.texts("#proposed dt") == proposed
    assert [coordinator.submit(page).status for _ in range(2)] == [303, 303]
    assert whats(cpts, kind) == proposed
    assert all(one.function for one in queries.arrangements(cpts, kind))
    assert queries.missing(cpts)[kind] == ()
    assert [whats(cpts, other) for other in ArrangementKind if other is not kind] == [[], []]


def test_the_proposal_leaves_what_the_cpts_wrote(cpts: Cpts) -> None:
    line(cpts, PROPOSED[CIRCUIT][1].what.upper(), CIRCUIT, answer="La nôtre")
    operations.take_proposed(cpts, CIRCUIT, by=AccountFactory(), at=NOON)
    assert len(whats(cpts, CIRCUIT)) == len(PROPOSED[CIRCUIT])
    assert queries.arrangements(cpts, CIRCUIT)[0].answer == "La nôtre"


def test_a_need_is_added_with_who_and_where(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    typed = {
        "what": "Visites aux isolés",
        "answer": "Par commune",
        "function": str(function(cpts).id),
        "who": "Infirmiers",
        "place": str(hall(cpts).id),
        "where": "À domicile",
        "crisis_types": ["ill"],
    }
    form = coordinator.get("cpts.arrangements.add", kind="besoins")
    assert not form.html.select("#care, #within")
    page = coordinator.submit(form, fields=typed).follow()
    assert page.texts("tbody th") == ["Visites aux isolés"]
    assert page.texts("tbody td")[:4] == [
        "Par commune",
        "Liaison Infirmiers",
        "Gymnase À domicile",
        "Malades, notamment personnes âgées ou enfants",
    ]


@pytest.mark.parametrize(
    ("typed", "hours", "shown"),
    [("24", 24, "24 h"), ("48 h", 48, "48 h"), ("1 semaine", 168, "7 jours"), ("", None, "Non précisé")],
)
def test_a_line_of_continuity_says_which_care_and_how_long_it_waits(
    coordinator: Browser, typed: str, hours: int | None, shown: str
) -> None:
    form = coordinator.get("cpts.arrangements.add", kind="continuite", soins="oxygen")
    page = coordinator.submit(form, fields={"what": "Concentrateurs", "within": typed}).follow()
    stored = db.session.scalars(sa.select(Arrangement)).one()
    assert (stored.care, stored.within_hours) == (CareKind.OXYGEN, hours)
    assert page.texts("tbody th") == ["Oxygène Concentrateurs"]
    assert said(page.texts("tbody td"))[0] == shown


def test_the_kinds_of_care_without_a_line_are_seen(coordinator: Browser, cell_member: Browser) -> None:
    cpts = cpts_of(coordinator)
    for what in ("Un", "Deux"):
        line(cpts, what, CONTINUITY, care=CareKind.DIALYSIS)
    page = coordinator.get("cpts.arrangements.show", kind="continuite")
    assert page.texts("#care-kinds strong") == [care.label for care in CareKind]
    assert said(page.texts("#care-kinds .badge")) == ["2 lignes", *["Sans ligne"] * 7]
    offered = coordinator.open(page.links("#care-kinds a")["Ajouter : Grossesse"])
    assert [str(one["value"]) for one in offered.html.select("#care option[selected]")] == ["pregnancy"]
    assert queries.care_gaps(cpts) == tuple(CareKind)[1:]
    assert not cell_member.get("cpts.arrangements.show", kind="continuite").html.select("#care-kinds a")
    assert not coordinator.get("cpts.arrangements.show", kind="besoins").html.select("#care-kinds")


@pytest.mark.parametrize(
    ("field", "value", "words_of_refusal"),
    [
        ("what", "", "Dites en quelques mots"),
        ("what", "x" * 301, "300 caractères au plus"),
        ("answer", "x" * 2001, "caractères au plus"),
        ("who", "x" * 301, "300 caractères au plus"),
        ("where", "x" * 301, "300 caractères au plus"),
        ("within", "bientôt", "Écrivez une durée"),
        ("within", "30 min", "nombre entier d’heures"),
        ("within", "0", "plus longue que zéro"),
        ("care", "zombies", "liste"),
        ("function", "rien", "liste"),
        ("place", "rien", "liste"),
        ("crisis_types", "zombies", "liste"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, words_of_refusal: str
) -> None:
    typed = {"what": "Dialyse", "function": "", "place": "", "care": "", field: value}
    page = coordinator.post("cpts.arrangements.create", typed, kind="continuite")
    assert page.status == 422
    assert words_of_refusal in " ".join(page.texts(f"#{field}-error"))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Arrangement)) == 0


def test_what_looks_like_a_person_is_asked_about_once(coordinator: Browser) -> None:
    form = coordinator.get("cpts.arrangements.add", kind="circuits")
    asked = coordinator.submit(form, fields={"what": "Dossier 1 38 05 30 189 123 45"})
    assert asked.status == 422
    assert "numéro de sécurité sociale" in asked.texts("#what-error")[0]
    assert whats(cpts_of(coordinator), CIRCUIT) == []
    assert coordinator.submit(asked, fields={"is_nobody": "y"}).status == 303
    assert whats(cpts_of(coordinator), CIRCUIT) == ["Dossier 1 38 05 30 189 123 45"]


def test_the_form_sent_twice_adds_one_line(coordinator: Browser) -> None:
    form = coordinator.get("cpts.arrangements.add", kind="circuits")
    assert [coordinator.submit(form, fields={"what": "Un"}).status for _ in range(2)] == [303, 303]
    assert whats(cpts_of(coordinator), CIRCUIT) == ["Un"]


def test_a_change_is_kept_with_the_fields_that_changed(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    told = {"function": function(cpts), "place": hall(cpts), "crisis_types": (CrisisType.ILL,)}
    oxygen = line(cpts, "Oxygène", CONTINUITY, care=CareKind.OXYGEN, within_hours=24, answer="Compter", **told)
    form = coordinator.get("cpts.arrangements.edit", line_id=oxygen.id)
    assert coordinator.submit(form).status == 303
    assert coordinator.submit(form, fields={"within": "2 jours", "place": ""}).status == 303
    events = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed"))
    assert [event.fields for event in events if event.subject == "arrangement"] == [["place", "within_hours"]]
    db.session.refresh(oxygen)
    assert (oxygen.within_hours, oxygen.place, oxygen.care) == (48, None, CareKind.OXYGEN)


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    oxygen = line(cpts_of(referent), "Oxygène", CONTINUITY, within_hours=24)
    mine = referent.get("cpts.arrangements.edit", line_id=oxygen.id)
    theirs = coordinator.get("cpts.arrangements.edit", line_id=oxygen.id)
    coordinator.submit(theirs, fields={"within": "48 h", "answer": "La leur"})
    refused = referent.submit(mine, fields={"within": "1 semaine", "answer": "La mienne", "care": "oxygen"})
    assert refused.status == 409
    shown = said(refused.texts(".conflict ~ .table-scroll .typed"))
    pairs = dict(
        zip(
            refused.texts(".conflict ~ .table-scroll th[scope=row]"),
            zip(shown[::2], shown[1::2], strict=True),
            strict=True,
        )
    )
    assert pairs["Ne peut pas attendre plus de"] == ("7 jours", "48 h")
    assert pairs["Réponse"] == ("La mienne", "La leur")
    assert pairs["Type de soins"] == ("Oxygène", "")
    assert referent.submit(refused).status == 303
    db.session.refresh(oxygen)
    assert (oxygen.within_hours, oxygen.answer, oxygen.care) == (168, "La mienne", CareKind.OXYGEN)


def test_lines_are_moved_within_their_list(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    for what in ("Un", "Deux", "Trois"):
        line(cpts, what)
        line(cpts, f"{what} ailleurs", CIRCUIT)
    page = coordinator.get("cpts.arrangements.order", kind="besoins")
    page = coordinator.submit(page, "li:nth-child(3) form").follow()
    assert page.texts(".rows li > span") == ["Un", "Trois", "Deux"]
    page = coordinator.submit(page, "li:nth-child(1) form").follow()
    assert page.texts(".rows li > span") == ["Trois", "Un", "Deux"]
    last = queries.arrangements(cpts, NEED)[-1]
    assert coordinator.post("cpts.arrangements.move", line_id=last.id, direction="descendre").status == 303
    assert whats(cpts) == ["Trois", "Un", "Deux"]
    assert whats(cpts, CIRCUIT) == ["Un ailleurs", "Deux ailleurs", "Trois ailleurs"]


def test_a_line_is_removed_after_a_confirmation(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    gone = line(cpts)
    page = coordinator.submit(coordinator.get("cpts.arrangements.confirm_removal", line_id=gone.id)).follow()
    assert whats(cpts) == []
    assert page.texts("#proposed dt")


def test_a_line_survives_its_function_and_its_place(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    liaison, gym = function(cpts), hall(cpts)
    line(cpts, "Visites", function=liaison, place=gym, answer="Par commune")
    assert coordinator.post("cpts.crisis_cell.remove_function", function_id=liaison.id).status == 303
    assert coordinator.post("cpts.places.remove", place_id=gym.id).status == 303
    page = coordinator.get("cpts.arrangements.show", kind="besoins")
    assert page.texts("tbody td")[:3] == ["Par commune", "Liaison", "Non précisé"]
    assert page.texts("#missing li") == []


def test_a_cell_member_reads_and_cannot_change(cell_member: Browser) -> None:
    kept = line(cpts_of(cell_member))
    page = cell_member.get("cpts.arrangements.show", kind="besoins")
    assert page.texts("tbody th") == ["Visites"]
    assert not page.html.select("main form")
    assert not [link for link in page.links() if "Modifier" in link or "Retirer" in link or "Ajouter" in link]
    assert cell_member.post("cpts.arrangements.remove", line_id=kept.id).status == 403


def test_lines_functions_and_places_of_another_cpts_are_not_found(referent: Browser, stranger: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    theirs = line(elsewhere, "Ligne voisine")
    for endpoint in ("edit", "confirm_removal"):
        assert referent.get(f"cpts.arrangements.{endpoint}", line_id=theirs.id).status == 404
    for endpoint, values in (("save", {}), ("remove", {}), ("move", {"direction": "monter"})):
        assert referent.post(f"cpts.arrangements.{endpoint}", line_id=theirs.id, **values).status == 404
    assert "Ligne voisine" not in referent.get("cpts.arrangements.show", kind="besoins").text
    typed = {"what": "Un", "function": str(function(elsewhere).id), "place": str(hall(elsewhere, "Salle voisine").id)}
    page = referent.post("cpts.arrangements.create", typed, kind="besoins")
    assert page.status == 422
    assert {"function-error", "place-error"} <= {str(one["id"]) for one in page.html.select("[id$=-error]")}
    assert "Salle voisine" not in page.text
    assert stranger.get("cpts.arrangements.index").status == 404
    assert referent.open(referent.address("cpts.arrangements.index") + "autre/").status == 404


@pytest.mark.parametrize("kind", KINDS)
def test_the_plan_prints_each_list_with_its_types(cpts: Cpts, kind: ArrangementKind) -> None:
    printed = {NEED: chapter.needs, CIRCUIT: chapter.circuits, CONTINUITY: chapter.continuity}[kind]
    (table,) = printed(cpts, TODAY)
    assert isinstance(table, Table)
    assert (table.rows, table.caption) == ((), kind.label)
    told = {"function": function(cpts), "who": "Infirmiers", "place": hall(cpts), "where": "Porte nord"}
    line(cpts, "Un", kind, answer="Réponse", crisis_types=(CrisisType.NRC, CrisisType.ILL), **told)
    line(cpts, "Deux", kind)
    table, legend, *_ = printed(cpts, TODAY)
    assert isinstance(table, Table)
    assert isinstance(legend, Paragraph)
    assert words(legend.text).count(CrisisType.NRC.label.lower()) == 1
    assert [[words(cell) for cell in row.cells] for row in table.rows] == [
        ["Un", "Réponse", "Liaison\nInfirmiers", "Gymnase\nPorte nord", "2, 4"],
        ["Deux", "", "À indiquer", "", "tous"],
    ]


def test_a_column_that_no_line_fills_is_not_printed_nor_a_kind_of_care_said_twice(cpts: Cpts) -> None:
    line(cpts, "Dialyse", CONTINUITY, care=CareKind.DIALYSIS)
    line(cpts, "Extracteurs", CONTINUITY, care=CareKind.OXYGEN)
    table, *_ = chapter.continuity(cpts, TODAY)
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == ["Soins", "Réponse", "Qui"]
    assert [words(row.cells[0]) for row in table.rows] == ["Dialyse", "Oxygène\nExtracteurs"]


def test_the_plan_prints_how_long_care_waits_and_which_care_has_no_line(cpts: Cpts) -> None:
    for care in CareKind:
        if care is not CareKind.PREGNANCY:
            line(cpts, "Suivi", CONTINUITY, care=care, within_hours=72)
    table, gap = chapter.continuity(cpts, TODAY)
    assert isinstance(table, Table)
    assert isinstance(gap, Notice)
    assert said([words(cell) for cell in table.rows[1].cells[:2]]) == ["Oxygène\nSuivi", "3 jours"]
    assert said([words(gap.text)]) == ["Sans ligne pour l’instant : grossesse."]
    line(cpts, "Suivi", CONTINUITY, care=CareKind.PREGNANCY)
    assert [type(block) for block in chapter.continuity(cpts, TODAY)] == [Table]


def test_pages_cost_the_same_for_one_line_and_for_sixty(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    first = line(cpts, "Un", CONTINUITY, function=function(cpts), place=hall(cpts))
    pages: list[tuple[str, dict[str, Any]]] = [
        ("index", {}),
        *((endpoint, {"kind": "continuite"}) for endpoint in ("show", "order", "add")),
        ("edit", {"line_id": first.id}),
    ]

    def costs() -> list[int]:
        found = []
        for endpoint, values in pages:
            with counted_statements() as sent:
                assert coordinator.get(f"cpts.arrangements.{endpoint}", **values).status == 200
            found.append(len([one for one in sent if one.lstrip().upper().startswith("SELECT")]))
        with counted_statements() as sent:
            chapter.continuity(cpts, TODAY)
        return [*found, len(sent)]

    for_one = costs()
    for number in range(60):
        told = {"function": function(cpts, f"Fonction {number}"), "place": hall(cpts, f"Salle {number}")}
        operations.add(
            cpts, CONTINUITY, ArrangementDescription(f"Ligne {number}", **told), by=AccountFactory(), at=NOON
        )
    db.session.commit()
    assert costs() == for_one
    assert max(for_one) <= MOST_OF_A_PAGE
    assert len(coordinator.get("cpts.arrangements.show", kind="continuite", page=2).texts("tbody tr")) == 11
