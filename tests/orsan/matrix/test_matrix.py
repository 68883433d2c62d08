from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import db
from crisis_plan.document.blocks import BulletList, Facts, Notice, Paragraph, Table, words
from crisis_plan.document.editions import public_blocks
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import INFERENCE, NeighbourKind, OrsanPlan, Provision
from crisis_plan.orsan.matrix import chapter, operations, queries
from crisis_plan.orsan.matrix.gaps import NO_NEIGHBOUR, NOT_CHOSEN
from crisis_plan.orsan.matrix.models import OrsanLink, OrsanStance
from crisis_plan.orsan.matrix.stances import PROPOSED, Stance
from tests.browser import Browser, Page
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory
from tests.orsan.factories import card, chosen, cpts_of, keeper, neighbour
from tests.statements import MOST_OF_A_PAGE, counted_statements


def links() -> set[tuple[CrisisType, OrsanPlan]]:
    return {(one.crisis_type, one.orsan_plan) for one in db.session.scalars(sa.select(OrsanLink))}


def cell(page: Page, number: int, plan: OrsanPlan) -> str:
    """What the matrix says where a type meets a plan."""
    row = page.html.select(".matrix")[0].select("tbody tr")[number - 1]
    found = row.select(f"td[data-label='{plan.label}']")[0]
    return " ".join(found.get_text(" ").split()).replace("\u00a0", " ")


def test_before_anybody_chose_the_page_says_so_and_who_triggers(coordinator: Browser) -> None:
    page = coordinator.get("cpts.orsan.show")
    assert "Les liens ne sont pas encore choisis" in page.texts("main h2")
    assert "directeur général de l’ARS" in page.text
    assert "n’engage pas la CPTS" in page.text
    assert INFERENCE.replace("\u00a0", " ") in page.text
    assert len(page.html.select(".matrix tbody tr")) == 10
    assert "ni plan ORSAN, ni raison" in page.text


def test_the_first_form_proposes_links_and_saves_nothing_until_it_is_sent(coordinator: Browser) -> None:
    form = coordinator.get("cpts.orsan.edit")
    assert "Des liens vous sont proposés" in form.text
    ticked = {(str(one["name"]), str(one["value"])) for one in form.html.select("input[type=checkbox][checked]")}
    assert ticked == {(f"links_{one.value}", plan.value) for one, plan in PROPOSED.links}
    assert len(form.html.select("input[type=checkbox]")) == 25
    assert links() == set()
    page = coordinator.submit(form, fields={"provision_vaccination": "Six boxes"}).follow()
    assert links() == set(PROPOSED.links)
    assert "Six boxes" in page.text
    assert "proposés" not in coordinator.get("cpts.orsan.edit").text


def test_links_are_changed_box_by_box_and_history_says_which_field(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    chosen(cpts, PROPOSED)
    form = coordinator.get("cpts.orsan.edit")
    coordinator.submit(form, fields={"links_injured": ["amavi", "nrc"], "links_ill": [], "reason_ill": "À dire"})
    expected = {link for link in PROPOSED.links if link[0] not in (CrisisType.INJURED, CrisisType.ILL)}
    assert links() == expected | {(CrisisType.INJURED, OrsanPlan.AMAVI), (CrisisType.INJURED, OrsanPlan.NRC)}
    (event,) = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed"))
    assert set(event.fields) >= {"links", "reasons"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("links_injured", "zombies", "liste"),
        ("reason_nrc", "x" * 501, "500 caractères au plus"),
        ("provision_evacuation", "x" * 2_001, "caractères au plus"),
    ],
)
def test_what_is_typed_wrong_is_refused_and_the_rest_is_kept(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    page = coordinator.post("cpts.orsan.save", {"provision_screening": "Deux files", field: value})
    assert page.status == 422
    assert said in " ".join(page.texts(f"#{field}-error"))
    assert page.texts("#provision_screening") == ["Deux files"]
    assert db.session.scalars(sa.select(OrsanStance)).all() == []


def test_two_first_choices_at_once_show_both(referent: Browser, coordinator: Browser) -> None:
    mine, theirs = referent.get("cpts.orsan.edit"), coordinator.get("cpts.orsan.edit")
    coordinator.submit(theirs, fields={"links_nrc": ["nrc", "reb"]})
    refused = referent.submit(mine, fields={"links_nrc": [], "reason_nrc": "Rien ici"})
    assert refused.status == 409
    assert {"aucun", "REB, NRC", "Rien ici"} <= set(refused.texts(".typed"))
    assert (CrisisType.NRC, OrsanPlan.REB) in links()
    assert referent.submit(refused).status == 303
    assert not [one for one, _plan in links() if one is CrisisType.NRC]


def test_a_later_stale_change_shows_both_too(referent: Browser, coordinator: Browser) -> None:
    chosen(cpts_of(referent), PROPOSED)
    mine, theirs = referent.get("cpts.orsan.edit"), coordinator.get("cpts.orsan.edit")
    coordinator.submit(theirs, fields={"provision_securing": "Leur texte"})
    refused = referent.submit(mine, fields={"provision_securing": "Mon texte"})
    assert refused.status == 409
    assert {"Leur texte", "Mon texte"} <= set(refused.texts(".typed"))


def test_every_state_is_a_word_and_a_shape(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    chosen(cpts, PROPOSED)
    card(cpts, "Première heure", (), ())
    card(cpts, "Blessés", (CrisisType.INJURED,), (OrsanPlan.AMAVI, OrsanPlan.NRC))
    card(cpts, "Blessés, suite", (CrisisType.INJURED,), (OrsanPlan.AMAVI,))
    neighbour(cpts, "Plan blanc", crisis_types=(CrisisType.INJURED,), orsan_plans=(OrsanPlan.AMAVI, OrsanPlan.REB))
    page = coordinator.get("cpts.orsan.show")
    assert cell(page, 1, OrsanPlan.AMAVI) == "Lié F2 , Blessés F3 , Blessés, suite 1 plan voisin"
    assert cell(page, 1, OrsanPlan.MEDICO_PSY) == "Sans fiche Sans plan voisin"
    assert cell(page, 1, OrsanPlan.NRC) == "À déclarer F2 , Blessés"
    assert cell(page, 1, OrsanPlan.REB) == "– Aucun lien"
    assert all(badge.select("svg") for badge in page.html.select(".matrix .badge"))


def test_gaps_are_sentences_with_links_that_lead_somewhere(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    chosen(cpts, Stance(PROPOSED.links))
    card(cpts, "Chimique", (CrisisType.NRC,), (OrsanPlan.REB,))
    neighbour(cpts, "Plan sans type")
    page = coordinator.get("cpts.orsan.show")
    found = [one.sentence for one in queries.reading(cpts).gaps]
    listed = [" ".join(item.select_one("span").get_text(" ").split()) for item in page.html.select("#gaps ~ ul li")]  # type: ignore[union-attr]
    assert listed == [" ".join(one.split()) for one in found]
    addresses = {str(link["href"]) for link in page.html.select("#gaps ~ ul li a")}
    assert all(coordinator.open(address).status == 200 for address in addresses)
    assert f"{len(found)} manques" in [one.replace("\u00a0", " ") for one in page.texts(".badge")]


def test_who_only_reads_sees_the_gaps_without_a_form(cell_member: Browser) -> None:
    page = cell_member.get("cpts.orsan.show")
    assert page.status == 200
    assert page.texts("#gaps ~ ul li")
    assert not page.html.select("#gaps ~ ul li a")
    assert not page.html.select("main form")
    assert cell_member.get("cpts.orsan.edit").status == 403


def test_a_type_without_plan_carries_its_reason(coordinator: Browser) -> None:
    chosen(cpts_of(coordinator), PROPOSED)
    page = coordinator.get("cpts.orsan.show")
    row = page.texts(".matrix tbody th")[4]
    assert row == "5. Altération de l’offre de soins Aucun des cinq plans n’y répond à lui seul."


def test_kinds_without_any_plan_are_marked_in_every_row(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    neighbour(cpts, "PCS d’Uzès", NeighbourKind.PCS, crisis_types=(CrisisType.ILL,))
    table = coordinator.get("cpts.orsan.show").html.select(".matrix")[1]
    orsec = [" ".join(one.get_text(" ").split()) for one in table.select("td[data-label='ORSEC']")]
    assert orsec == ["Aucun"] * 5
    pcs = [" ".join(one.get_text(" ").split()) for one in table.select("td[data-label='PCS, PICS']")]
    assert pcs[0] == "– Aucun pour ce type"
    assert pcs[1].replace("\u00a0", " ") == "1 plan : PCS d’Uzès"


def test_a_card_that_nobody_has_read_yet_says_so_in_its_cell(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    chosen(cpts, PROPOSED)
    draft = card(cpts, "Proposée", (CrisisType.INJURED,), (OrsanPlan.AMAVI,), is_reviewed=False)
    page = coordinator.get("cpts.orsan.show")
    assert "Lié F1 , Proposée (pas encore relue)" in cell(page, 1, OrsanPlan.AMAVI)
    said = "Type 1, blessés somatiques ou psychiques : lié à AMAVI, fiche jamais relue (F1)."
    assert said in page.text
    assert page.links()[f"Relire la fiche F1 : {said}"].endswith(str(draft.id) + "/")
    assert "F1 (pas encore relue)" in printed(chapter.summary(cpts, TODAY))


def test_a_plan_without_contact_or_never_seen_is_a_gap_by_its_name(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    neighbour(cpts, "PCS d’Uzès", edition_seen_on=TODAY, contact_id=keeper(cpts).id)
    plan = neighbour(cpts, "Plan bleu")
    page = coordinator.get("cpts.orsan.show")
    assert "Plan bleu : personne à qui en parler." in page.text
    assert page.links()["Noter qu’il est vu : Plan bleu : jamais vu."].endswith(f"{plan.id}/vu-aujourd-hui")
    assert "PCS d’Uzès : personne" not in page.text
    assert "PCS d’Uzès : jamais vu" not in page.text


def test_to_review_today_is_one_press(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    assert coordinator.post("cpts.orsan.review").status == 404
    stored = chosen(cpts, PROPOSED)
    stored.reviewed_on = TODAY - timedelta(days=400)
    db.session.commit()
    coordinator.submit(coordinator.get("cpts.orsan.show"))
    db.session.refresh(stored)
    assert stored.reviewed_on == clock.today(cpts)
    version = stored.version
    coordinator.submit(coordinator.get("cpts.orsan.show"))
    db.session.refresh(stored)
    assert stored.version == version


def test_nobody_signs_what_they_never_saw(referent: Browser, coordinator: Browser) -> None:
    cpts = cpts_of(referent)
    stored = chosen(cpts, PROPOSED)
    stored.reviewed_on = TODAY - timedelta(days=400)
    db.session.commit()
    seen = referent.get("cpts.orsan.show")
    operations.choose(cpts, Stance(), seen_version=1, today=stored.reviewed_on, by=coordinator.account, at=NOON)
    db.session.commit()
    refused = referent.submit(seen)
    assert refused.status == 409
    assert "Les liens ont changé depuis que vous les avez lus" in refused.texts("main h2")
    assert refused.texts("h1") == ["Liens avec ORSAN"]
    db.session.refresh(stored)
    assert stored.reviewed_on == TODAY - timedelta(days=400)
    assert referent.submit(refused).status == 303
    db.session.refresh(stored)
    assert stored.reviewed_on == clock.today(cpts)


def test_a_review_makes_no_form_stale_and_is_recorded_once(referent: Browser, coordinator: Browser) -> None:
    stored = chosen(cpts_of(referent), PROPOSED)
    stored.reviewed_on = TODAY - timedelta(days=400)
    db.session.commit()
    form, page = coordinator.get("cpts.orsan.edit"), referent.get("cpts.orsan.show")
    assert [referent.submit(page).status for _ in range(2)] == [303, 303]
    (event,) = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed"))
    assert event.fields == ["reviewed_on"]
    assert coordinator.submit(form, fields={"provision_securing": "Un portail"}).status == 303


def test_every_link_goes_in_one_statement(cpts: Cpts) -> None:
    stored = chosen(cpts, Stance(frozenset((one, plan) for one in CrisisType for plan in OrsanPlan)))
    with counted_statements() as sent:
        operations.choose(cpts, PROPOSED, seen_version=stored.version, today=TODAY, by=AccountFactory(), at=NOON)
    assert len([one for one in sent if one.lstrip().upper().startswith("DELETE")]) == 1
    assert links() == set(PROPOSED.links)


def test_what_is_missing_is_said_until_nothing_is(cpts: Cpts) -> None:
    assert list(queries.missing(cpts)) == [NOT_CHOSEN, NO_NEIGHBOUR]
    stored = chosen(cpts, Stance(PROPOSED.links))
    neighbour(cpts)
    (said,) = queries.missing(cpts)
    assert said.replace("\u00a0", " ") == "Type 5, altération de l’offre de soins : ni plan ORSAN, ni raison."
    operations.choose(cpts, PROPOSED, seen_version=stored.version, today=TODAY, by=AccountFactory(), at=NOON)
    assert list(queries.missing(cpts)) == []


def test_the_links_of_another_cpts_stay_there(referent: Browser, stranger: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    chosen(elsewhere, Stance(PROPOSED.links, {}, {Provision.VACCINATION: "Boxes d’ailleurs"}))
    card(elsewhere, "Fiche d’ailleurs", (CrisisType.NRC,), (OrsanPlan.NRC,))
    page = referent.get("cpts.orsan.show")
    assert "ailleurs" not in page.text
    assert cell(page, 4, OrsanPlan.NRC) == "– Aucun lien"
    referent.submit(referent.get("cpts.orsan.edit"), fields={"links_injured": []})
    assert queries.links(elsewhere) == PROPOSED.links
    assert stranger.get("cpts.orsan.show").status == 404


def printed(blocks: Any) -> str:
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    return " ".join(words(cell) for row in rows for cell in row.cells).replace("\u00a0", " ")


def test_the_plan_prints_the_matrices_the_gaps_and_the_provisions(cpts: Cpts) -> None:
    chosen(cpts, Stance(PROPOSED.links, PROPOSED.reasons, {Provision.VACCINATION: "Six boxes"}))
    card(cpts, "Blessés", (CrisisType.INJURED,), (OrsanPlan.AMAVI,))
    neighbour(cpts, "Plan bleu", contact_id=keeper(cpts).id, crisis_types=(CrisisType.ILL,), note="Entre nous")
    blocks = chapter.summary(cpts, TODAY)
    captions = [block.caption for block in blocks if isinstance(block, Table)]
    assert captions == [
        "Types de crise et plans ORSAN",
        "Plans voisins et types de crise",
        "Dispositions transversales d’ORSAN",
        "Plans voisins",
    ]
    assert [block.whole for block in blocks if isinstance(block, Table)] == [True, True, False, False]
    first = blocks[0]
    assert isinstance(first, Paragraph)
    assert words(first.text) == f"{chapter.ENGAGES_NOBODY} {INFERENCE}"
    (facts,) = [block for block in blocks if isinstance(block, Facts)]
    assert [fact.label for fact in facts.facts] == ["Liens relus par la CPTS le"]
    told = printed(blocks)
    for said in (
        "✓ Lié\nF1\n▲ Sans plan voisin",
        "▲ Sans fiche",
        "▲ Aucun PCS ni PICS recensé",
        "à lui seul",
        "Six boxes",
    ):
        assert said in told
    (listed,) = [block for block in blocks if isinstance(block, BulletList)]
    assert len(listed.items) == len(queries.reading(cpts).gaps)
    assert any("manques sont signalés" in words(block.text) for block in blocks if isinstance(block, Notice))
    public = printed(public_blocks(blocks))
    assert "06 39" in told
    assert "06 39" not in public
    assert "Entre nous" not in told


def test_without_anything_the_plan_says_that_nothing_is_chosen(cpts: Cpts) -> None:
    notices = [words(block.text) for block in chapter.summary(cpts, TODAY) if isinstance(block, Notice)]
    assert NOT_CHOSEN in notices


def test_the_matrix_costs_the_same_for_one_row_and_for_many(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    chosen(cpts, PROPOSED)

    def cost() -> int:
        with counted_statements() as sent:
            assert coordinator.get("cpts.orsan.show").status == 200
        return len([one for one in sent if one.lstrip().upper().startswith("SELECT")])

    card(cpts, "Fiche", (CrisisType.NRC,), (OrsanPlan.NRC,))
    neighbour(cpts, contact_id=keeper(cpts).id)
    for_one = cost()
    for number in range(20):
        card(cpts, f"Fiche {number}", (CrisisType.ILL,), (OrsanPlan.EPI_CLIM,))
        neighbour(cpts, f"Plan {number}", contact_id=keeper(cpts, f"Maire{number}").id)
    assert cost() == for_one <= MOST_OF_A_PAGE
