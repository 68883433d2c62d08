from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import db
from crisis_plan.document.blocks import Notice, Table, words
from crisis_plan.document.editions import public_blocks
from crisis_plan.history import HistoryEvent
from crisis_plan.months import add_months
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import EXPECTED_KINDS, NeighbourKind, OrsanPlan
from crisis_plan.orsan.neighbours import chapter, files, queries
from crisis_plan.orsan.neighbours.models import NeighbouringPlan
from crisis_plan.web.attachments import PDF, Attachment
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory
from tests.orsan.factories import A_PDF, cpts_of, keeper, neighbour
from tests.statements import counted_statements

LONG_AGO = TODAY - timedelta(days=500)


def stored() -> list[NeighbouringPlan]:
    return list(db.session.scalars(sa.select(NeighbouringPlan)))


def test_without_any_plan_the_page_says_what_to_do_first_and_shows_every_gap(coordinator: Browser) -> None:
    page = coordinator.get("cpts.neighbours.index")
    assert page.texts("main h2") == ["Aucun plan voisin n’est encore recensé", "Ce qui manque"]
    assert page.texts("main .rows .badge") == [kind.none_known for kind in EXPECTED_KINDS]
    assert len(page.html.select("main .rows .badge svg")) == len(EXPECTED_KINDS)


def test_a_gap_leads_to_the_form_of_its_kind(coordinator: Browser) -> None:
    neighbour(cpts_of(coordinator))
    page = coordinator.get("cpts.neighbours.index")
    assert "Aucun plan bleu recensé" not in page.text
    form = coordinator.open(page.links()["Ajouter : Plan blanc"])
    chosen = form.html.select_one("#kind option[selected]")
    assert chosen is not None
    assert chosen["value"] == "plan_blanc"


def test_a_plan_is_added_with_all_that_was_told_of_it(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    director = keeper(cpts)
    typed = {
        "kind": "plan_bleu",
        "name": "Plan bleu de l’EHPAD Les Oliviers",
        "owner": "EHPAD Les Oliviers",
        "contact": str(director.id),
        "edition": "Édition 2025, révision B",
        "edition_seen_on": "01/03/2026",
        "address": "www.exemple.fr/plan-bleu",
        "asks_of_cpts": "Un médecin joignable\nDeux infirmiers",
        "crisis_types": ["ill", "infectious"],
        "orsan_plans": ["epi_clim"],
    }
    page = coordinator.submit(coordinator.get("cpts.neighbours.add"), fields=typed).follow()
    assert page.texts("h1") == ["Plan bleu de l’EHPAD Les Oliviers"]
    assert "prochaine vérification le 1er mars 2027" in page.text
    assert page.links()["https://www.exemple.fr/plan-bleu"] == "https://www.exemple.fr/plan-bleu"
    assert [str(link["href"]) for link in page.html.select("main a[href^='tel:']")] == [
        "tel:+33639980000",
        "tel:+33465710009",
    ]
    (made,) = stored()
    assert (made.contact_id, made.crisis_types, made.orsan_plans) == (
        director.id,
        ["ill", "infectious"],
        ["epi_clim"],
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Donnez un nom au plan"),
        ("name", "…", "Donnez un nom en lettres"),
        ("name", "x" * 161, "160 caractères au plus"),
        ("kind", "", "Choisissez de quel plan"),
        ("kind", "zombies", "liste"),
        ("kind", "other", "de quel plan il s’agit"),
        ("address", "javascript:alert(1)", "adresse du web"),
        ("address", "data:text/html,<script>", "adresse du web"),
        ("address", "https://exemple.fr/" + "x" * 490, "500 caractères au plus"),
        ("edition_seen_on", "31/02/2026", "Cette date n’existe pas"),
        ("edition_seen_on", "31/12/2150", "pas encore passée"),
        ("next_check_on", "01/01/2020", "après le jour"),
        ("contact", "pas-un-identifiant", "n’est plus dans l’annuaire"),
        ("crisis_types", "zombies", "liste"),
        ("orsan_plans", "orsec", "liste"),
        ("note", "x" * 2_001, "caractères au plus"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    typed = {"name": "Plan", "kind": "pcs", "edition_seen_on": "01/03/2026", "owner": "Mairie", field: value}
    page = coordinator.post("cpts.neighbours.create", typed)
    assert page.status == 422
    beside = "own_kind" if value == "other" else field
    assert said in " ".join(page.texts(f"#{beside}-error"))
    assert page.html.select_one("#owner")["value"] == "Mairie"  # type: ignore[index]
    assert stored() == []


def test_a_dangerous_address_is_shown_again_as_text_and_never_as_a_link(coordinator: Browser) -> None:
    page = coordinator.post("cpts.neighbours.create", {"name": "P", "kind": "pcs", "address": "javascript:alert(1)"})
    assert page.html.select_one("#address")["value"] == "javascript:alert(1)"  # type: ignore[index]
    assert not [link for link in page.html.select("a[href]") if "javascript" in str(link["href"])]


def test_a_name_is_taken_once_and_the_form_sent_twice_adds_one_plan(coordinator: Browser) -> None:
    form = coordinator.get("cpts.neighbours.add")
    typed = {"name": "PCS d’Uzès", "kind": "pcs"}
    assert [coordinator.submit(form, fields=typed).status for _ in range(2)] == [303, 303]
    assert len(stored()) == 1
    refused = coordinator.post("cpts.neighbours.create", {"name": "pcs d'uzes", "kind": "orsec"})
    assert refused.status == 422
    assert "porte déjà ce nom" in refused.texts("#name-error")[0]


def test_while_one_searches_for_a_contact_all_that_was_typed_is_kept(coordinator: Browser) -> None:
    keeper(cpts_of(coordinator))
    typed = {"name": "PCS", "kind": "pcs", "orsan_plans": ["nrc"], "contact-q": "dupuy", "search": "contact"}
    page = coordinator.submit(coordinator.get("cpts.neighbours.add"), fields=typed)
    assert page.status == 422
    assert page.texts("#contact-choices label") == ["Camille DUPUY – Infirmier, Uzès"]
    assert [str(one["value"]) for one in page.html.select("input[name=orsan_plans][checked]")] == ["nrc"]
    assert stored() == []


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    plan = neighbour(cpts_of(referent), owner="EHPAD")
    mine = referent.get("cpts.neighbours.edit", plan_id=plan.id)
    theirs = coordinator.get("cpts.neighbours.edit", plan_id=plan.id)
    coordinator.submit(theirs, fields={"owner": "Commune"})
    refused = referent.submit(mine, fields={"owner": "Fondation", "kind": "other", "own_kind": "Plan interne"})
    assert refused.status == 409
    rows = zip(refused.texts(".conflict ~ .table-scroll th[scope=row]"), refused.texts(".typed")[::2], strict=True)
    compared = dict(rows)
    assert compared["Qui le tient"] == "Fondation"
    assert compared["Quel plan"] == "Autre plan"
    assert "Commune" in refused.texts(".typed")
    assert referent.submit(refused).status == 303
    db.session.refresh(plan)
    assert (plan.owner, plan.own_kind) == ("Fondation", "Plan interne")


def test_a_plan_seen_today_has_its_edition_and_its_next_check_in_a_year(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    plan = neighbour(cpts)
    today = clock.today(cpts)
    assert queries.to_check(cpts, today).sentence.replace("\u00a0", " ") == "1 plan voisin n’a jamais été vu."
    assert coordinator.get("cpts.neighbours.show", plan_id=plan.id).texts("main .badge")[0] == "Jamais vu"
    form = coordinator.get("cpts.neighbours.tell_sight", plan_id=plan.id)
    assert form.html.select_one("#next_check_on")["value"] == str(add_months(today, 12))  # type: ignore[index]
    refused = coordinator.submit(form, fields={"edition": " "})
    assert refused.status == 422
    page = coordinator.submit(form, fields={"edition": "Édition 2026"}).follow()
    assert page.texts("main .badge")[0] == "À jour"
    assert queries.to_check(cpts, today).sentence == ""
    db.session.refresh(plan)
    assert (plan.edition, plan.edition_seen_on) == ("Édition 2026", today)
    (event,) = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed"))
    assert event.fields == ["edition", "edition_seen_on", "next_check_on"]


def test_a_next_check_comes_after_today_and_an_older_form_does_not_win(referent: Browser, coordinator: Browser) -> None:
    plan = neighbour(cpts_of(referent))
    mine = referent.get("cpts.neighbours.tell_sight", plan_id=plan.id)
    early = referent.submit(mine, fields={"edition": "A", "next_check_on": "01/01/2020"})
    assert early.status == 422
    assert "après le jour" in early.texts("#next_check_on-error")[0]
    theirs = coordinator.get("cpts.neighbours.tell_sight", plan_id=plan.id)
    coordinator.submit(theirs, fields={"edition": "B"})
    refused = referent.submit(mine, fields={"edition": "A"})
    assert refused.status == 409
    assert {"A", "B"} <= set(refused.texts(".typed"))
    assert referent.submit(refused).status == 303
    db.session.refresh(plan)
    assert plan.edition == "A"


def test_a_plan_is_removed_after_a_confirmation(coordinator: Browser) -> None:
    plan = neighbour(cpts_of(coordinator))
    assert coordinator.submit(coordinator.get("cpts.neighbours.confirm_removal", plan_id=plan.id)).status == 303
    assert stored() == []


def test_a_plan_survives_the_contact_who_leaves_the_directory(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    director = keeper(cpts)
    plan = neighbour(cpts, contact_id=director.id)
    assert coordinator.post("cpts.directory.remove", contact_id=director.id).status == 303
    assert "Personne n’est indiqué" in coordinator.get("cpts.neighbours.show", plan_id=plan.id).text


def test_filters_combine_and_make_an_address_to_share(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    neighbour(cpts, "Un", NeighbourKind.PCS, crisis_types=(CrisisType.NRC,), edition_seen_on=TODAY)
    neighbour(cpts, "Deux", NeighbourKind.PCS, crisis_types=(CrisisType.NRC,), edition_seen_on=LONG_AGO)
    neighbour(cpts, "Trois", NeighbourKind.PCS, crisis_types=(CrisisType.ILL,))
    neighbour(cpts, "Quatre", NeighbourKind.ORSEC, crisis_types=(CrisisType.NRC, CrisisType.ILL))

    def found(**asked: str) -> list[str]:
        return coordinator.get("cpts.neighbours.index", **asked).texts("#neighbours tbody th a")

    assert found() == ["Quatre", "Deux", "Trois", "Un"]
    assert found(nature="pcs") == ["Deux", "Trois", "Un"]
    assert found(nature="pcs", type="4") == ["Deux", "Un"]
    assert found(**{"nature": "pcs", "a-verifier": "1"}) == ["Deux", "Trois"]
    assert found(**{"nature": "inconnu", "type": "9", "a-verifier": "non"}) == ["Quatre", "Deux", "Trois", "Un"]
    assert found(nature="msp") == []
    fragment = coordinator.fragment("cpts.neighbours.index", nature="pcs", type="4")
    assert fragment.texts("[data-announce]") == ["2 plans voisins sur 4 · Effacer les filtres"]


def test_the_spreadsheet_has_the_plans_that_the_filters_keep(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    neighbour(cpts, "=1+1", NeighbourKind.PCS, own_kind="PICS", contact_id=keeper(cpts).id, note="Entre nous")
    neighbour(cpts, "Ailleurs", NeighbourKind.ORSEC)
    sheet = coordinator.get("cpts.neighbours.export_csv", nature="pcs").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(sheet), delimiter=";")
    assert (row["Nom"], row["Quel plan"]) == ("'=1+1", "PCS, PICS – PICS")
    assert (row["À qui en parler"], row["Vérification"]) == ("Camille DUPUY", "Jamais vu")


def test_a_cell_member_reads_and_cannot_change(cell_member: Browser) -> None:
    plan = neighbour(cpts_of(cell_member))
    page = cell_member.get("cpts.neighbours.show", plan_id=plan.id)
    assert page.status == 200
    assert "Vu aujourd’hui" not in page.links()
    assert cell_member.post("cpts.neighbours.see", plan_id=plan.id).status == 403


def test_plans_and_contacts_of_another_cpts_are_not_found(referent: Browser, stranger: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    plan = neighbour(elsewhere, "Plan d’ailleurs")
    for endpoint in ("show", "edit", "confirm_removal", "tell_sight", "choose_file", "confirm_file_removal"):
        assert referent.get(f"cpts.neighbours.{endpoint}", plan_id=plan.id).status == 404
    for endpoint in ("save", "see", "remove", "add_file", "remove_file"):
        assert referent.post(f"cpts.neighbours.{endpoint}", plan_id=plan.id).status == 404
    assert "ailleurs" not in referent.get("cpts.neighbours.index").text
    contact = str(keeper(elsewhere, "Voisin").id)
    page = referent.post("cpts.neighbours.create", {"name": "Plan", "kind": "pcs", "contact": contact})
    assert page.status == 422
    assert "VOISIN" not in page.text
    assert stranger.get("cpts.neighbours.index").status == 404


def test_the_calendar_is_told_the_next_checks_of_this_cpts(cpts: Cpts) -> None:
    later = neighbour(cpts, "Plus tard", edition_seen_on=TODAY)
    sooner = neighbour(cpts, "Bientôt", NeighbourKind.PCS, edition_seen_on=TODAY - timedelta(days=300))
    neighbour(cpts, "Jamais", NeighbourKind.ORSEC)
    neighbour(CptsFactory(), "Ailleurs", edition_seen_on=TODAY)
    told = [(one.id, one.name, one.next_check_on, one.version) for one in queries.dates(cpts)]
    assert told == [
        (sooner.id, "Bientôt", add_months(TODAY - timedelta(days=300), 12), 1),
        (later.id, "Plus tard", add_months(TODAY, 12), 1),
    ]


def said(blocks: Any) -> str:
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    return " ".join(words(cell) for row in rows for cell in row.cells).replace("\u00a0", " ")


def test_the_plan_prints_who_asks_what_and_no_note_and_the_public_no_private_number(cpts: Cpts) -> None:
    neighbour(
        cpts,
        contact_id=keeper(cpts).id,
        owner="EHPAD Les Oliviers",
        edition="Révision B",
        address="https://www.exemple.fr/",
        asks_of_cpts="Un médecin",
        asked_by_cpts="Prévenir tôt",
        note="Directeur peu joignable",
        orsan_plans=(OrsanPlan.EPI_CLIM,),
    )
    notice, table = chapter.blocks(cpts, TODAY)
    assert isinstance(notice, Notice)
    assert "jamais été vu" in words(notice.text)
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns if column.passing] == ["Vue le", "À vérifier le"]
    printed = said([table])
    for told in (
        "Les Oliviers",
        "Révision B",
        "https://www.exemple.fr/",
        "Un médecin",
        "Prévenir tôt",
        "06 39 98 00 00",
    ):
        assert told in printed
    assert "peu joignable" not in printed
    public = said(public_blocks((table,)))
    assert "04 65 71 00 09" in public
    assert "06 39" not in public


def test_the_name_of_a_kept_file_is_its_senders_own_and_not_for_the_public(cpts: Cpts) -> None:
    kept = Attachment("courrier Mme Roux.pdf", PDF, A_PDF)
    files.keep(neighbour(cpts), kept, by=AccountFactory(), at=NOON)
    db.session.commit()
    table = chapter.blocks(cpts, TODAY)[-1]
    assert "courrier Mme Roux.pdf" in said([table])
    assert "courrier Mme Roux.pdf" not in said(public_blocks((table,)))


def test_without_any_plan_the_printed_table_says_so(cpts: Cpts) -> None:
    (table,) = chapter.blocks(cpts, TODAY)
    assert isinstance(table, Table)
    assert (table.rows, table.empty) == ((), "Aucun plan voisin n’est recensé.")


def test_the_list_costs_the_same_for_one_plan_and_for_sixty(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)

    def cost() -> int:
        with counted_statements() as sent:
            assert coordinator.get("cpts.neighbours.index").status == 200
        return len([one for one in sent if one.lstrip().upper().startswith("SELECT")])

    neighbour(cpts, contact_id=keeper(cpts).id)
    for_one = cost()
    for number in range(60):
        neighbour(cpts, f"Plan {number}", contact_id=keeper(cpts, f"Maire{number}").id)
    assert cost() == for_one
    assert len(coordinator.get("cpts.neighbours.index", page=2).texts("#neighbours tbody tr")) == 11
