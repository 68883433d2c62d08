from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.places import operations as places
from crisis_plan.adaptation.places.descriptions import PlaceDescription
from crisis_plan.adaptation.places.models import Place
from crisis_plan.adaptation.responses import queries
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import OrsanPlan
from tests.adaptation.responses.factories import written
from tests.adaptation.responses.whole_card import function, level, whole_card
from tests.browser import Browser, Page
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory
from tests.statements import MOST_OF_A_PAGE, counted_statements


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def place(cpts: Cpts, name: str = "Gymnase") -> Place:
    return places.add(cpts, PlaceDescription(name=name), today=TODAY, by=AccountFactory(), at=NOON)


def checked(page: Page, name: str) -> list[str]:
    return [str(box["value"]) for box in page.html.select(f"input[name={name}][checked]")]


def how_many() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(ActionCard)) or 0


def test_without_any_card_the_page_says_what_to_do_first(coordinator: Browser, cell_member: Browser) -> None:
    page = coordinator.get("cpts.responses.index")
    assert "Aucune fiche n’est encore écrite" in page.texts("main h2")
    assert "Ajouter une fiche" in page.links()
    assert "Ajouter une fiche" not in cell_member.get("cpts.responses.index").links()


def test_a_card_is_added_with_all_that_its_form_says(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    alert, secretariat, hall = level(cpts, "Alerte"), function(cpts), place(cpts)
    db.session.commit()
    typed = {
        "title": "Épisode de canicule",
        "trigger": "Vigilance orange",
        "crisis_types": ["care_disrupted", "ill"],
        "orsan_plans": ["epi_clim"],
        "levels": [str(alert.id)],
        "functions": [str(secretariat.id)],
        "professions": ["Infirmier", "Médecin"],
        "protection": "- Boire\n- Se relayer",
        "material_note": "Glacières",
        "places": [str(hall.id)],
        "places_note": "Salle fraîche",
        "stop": "Fin de la vigilance",
    }
    answer = coordinator.submit(coordinator.get("cpts.responses.add"), fields=typed)
    assert answer.status == 303
    card = db.session.scalars(sa.select(ActionCard)).one()
    assert (card.crisis_types, card.orsan_plans) == (["ill", "care_disrupted"], ["epi_clim"])
    assert ([one.name for one in card.levels], [one.name for one in card.functions]) == (["Alerte"], ["Secrétariat"])
    assert ([one.name for one in card.places], card.professions) == (["Gymnase"], ["Infirmier", "Médecin"])
    assert (card.stop, card.places_note, card.material_note) == ("Fin de la vigilance", "Salle fraîche", "Glacières")
    assert (card.reread_on, card.version) == (clock.today(cpts), 1)
    page = answer.follow()
    assert page.texts("h1") == ["Épisode de canicule"]
    assert "Secrétariat, Infirmier, Médecin" in page.text
    assert page.texts("section[aria-labelledby=protection] li") == ["Boire", "Se relayer"]


def test_a_card_is_read_in_the_order_of_a_crisis(cell_member: Browser) -> None:
    card = whole_card(cpts_of(cell_member))
    page = cell_member.get("cpts.responses.show", card_id=card.id)
    assert page.texts("main h2") == [
        "Quand la sortir",
        "Première heure",
        "Ensuite",
        "Continuité des soins",
        "Protection des professionnels",
        "Matériel",
        "Lieux",
        "Qui appeler",
        "Modèles de message",
        "Arrêt",
    ]
    assert not page.html.select("main form")
    assert not any("Modifier" in said for said in page.links())


def test_who_only_reads_sees_no_empty_part(cell_member: Browser, coordinator: Browser) -> None:
    card = written(cpts_of(cell_member), trigger="Une alerte")
    assert cell_member.get("cpts.responses.show", card_id=card.id).texts("main h2") == ["Quand la sortir"]
    assert "Protection des professionnels" in coordinator.get("cpts.responses.show", card_id=card.id).texts("main h2")


def test_the_address_of_a_type_checks_it_with_its_usual_orsan_plans(coordinator: Browser) -> None:
    page = coordinator.get("cpts.responses.add", type="1")
    assert checked(page, "crisis_types") == ["injured"]
    assert checked(page, "orsan_plans") == ["amavi", "medico_psy"]
    assert checked(coordinator.get("cpts.responses.add", type="9"), "crisis_types") == []


def test_professions_are_the_usual_ones_those_of_adherents_and_those_of_the_card(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    ContactFactory(cpts_id=cpts.id, profession="Ambulancier")
    card = written(cpts, professions=("Hygiéniste",))
    page = coordinator.get("cpts.responses.edit", card_id=card.id)
    assert page.texts("#professions .choice label") == [*PROPOSED, "Ambulancier", "Hygiéniste"]
    assert checked(page, "professions") == ["Hygiéniste"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Donnez un titre"),
        ("title", "…", "Donnez un titre en lettres"),
        ("title", "x" * 161, "160 caractères au plus"),
        ("trigger", "x" * 4_001, "caractères au plus"),
        ("crisis_types", "zombies", "liste"),
        ("orsan_plans", "orsec", "liste"),
        ("levels", "pas-un-identifiant", "liste"),
        ("professions", "Sorcier", "liste"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    level(cpts_of(coordinator), "Alerte")
    db.session.commit()
    page = coordinator.post("cpts.responses.create", {"title": "Fiche", "stop": "À la fin", field: value})
    assert page.status == 422
    assert said in " ".join(page.texts(f"#{field}-error"))
    assert page.texts("#stop") == ["À la fin"]
    assert how_many() == 0


def test_the_form_sent_twice_adds_one_card(coordinator: Browser) -> None:
    form = coordinator.get("cpts.responses.add")
    assert [coordinator.submit(form, fields={"title": "Fiche"}).status for _ in range(2)] == [303, 303]
    assert how_many() == 1


def test_a_saved_card_is_read_again_and_says_which_fields_changed(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    card = written(cpts, reread_on=None)
    assert queries.unread(cpts) == 1
    form = coordinator.get("cpts.responses.edit", card_id=card.id)
    assert coordinator.submit(form, fields={"crisis_types": ["ill"]}).status == 303
    assert (card.crisis_types, card.version, card.reread_on) == (["ill"], 2, clock.today(cpts))
    assert queries.unread(cpts) == 0
    event = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed")).one()
    assert event.fields == ["crisis_types", "reread_on"]


def test_a_form_saved_without_a_change_leaves_the_others_good(coordinator: Browser, referent: Browser) -> None:
    card = written(cpts_of(coordinator), reread_on=None)
    open_form = referent.get("cpts.responses.edit", card_id=card.id)
    assert coordinator.submit(coordinator.get("cpts.responses.edit", card_id=card.id)).status == 303
    assert (card.version, card.reread_on) == (1, clock.today(cpts_of(coordinator)))
    assert referent.submit(open_form, fields={"stop": "Le soir"}).status == 303


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    cpts = cpts_of(referent)
    function(cpts, "Secrétariat")
    card = written(cpts, trigger="Alerte orange")
    mine = referent.get("cpts.responses.edit", card_id=card.id)
    theirs = coordinator.get("cpts.responses.edit", card_id=card.id)
    coordinator.submit(theirs, fields={"trigger": "Alerte rouge", "crisis_types": ["nrc"]})
    refused = referent.submit(mine, fields={"trigger": "Alerte jaune", "crisis_types": ["ill"]})
    assert refused.status == 409
    rows = refused.texts(".conflict ~ .table-scroll th[scope=row]")
    said = refused.texts(".conflict ~ .table-scroll .typed")
    compared = dict(zip(rows, zip(said[::2], said[1::2], strict=True), strict=True))
    assert compared["Quand la sortir"] == ("Alerte jaune", "Alerte rouge")
    assert compared["Types de crise"] == (CrisisType.ILL.label, CrisisType.NRC.label)
    assert referent.submit(refused).status == 303
    assert (card.trigger, card.crisis_types, card.version) == ("Alerte jaune", ["ill"], 3)


def test_what_left_another_room_is_no_longer_named(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    hall = place(cpts)
    card = written(cpts, places=frozenset({hall.id}))
    assert coordinator.post("cpts.places.remove", place_id=hall.id).status == 303
    assert card.places == []


def test_cards_and_rows_of_another_cpts_are_not_found(referent: Browser, stranger: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    theirs, their_level = written(elsewhere, "Fiche voisine"), level(elsewhere, "Voisin")
    db.session.commit()
    for endpoint in ("show", "edit", "confirm_removal"):
        assert referent.get(f"cpts.responses.{endpoint}", card_id=theirs.id).status == 404
    for endpoint in ("save", "mark_reread", "copy", "remove"):
        assert referent.post(f"cpts.responses.{endpoint}", card_id=theirs.id).status == 404
    assert referent.post("cpts.responses.move", card_id=theirs.id, direction="monter").status == 404
    for endpoint in ("index", "order"):
        assert "Fiche voisine" not in referent.get(f"cpts.responses.{endpoint}").text
    level(cpts_of(referent), "Alerte")
    db.session.commit()
    page = referent.post("cpts.responses.create", {"title": "Fiche", "levels": str(their_level.id)})
    assert page.status == 422
    assert "Voisin" not in page.text
    assert stranger.get("cpts.responses.index").status == 404


def test_rows_of_another_cpts_are_not_named_even_when_asked(cpts: Cpts) -> None:
    theirs = level(CptsFactory(), "Voisin")
    db.session.flush()
    assert written(cpts, levels=frozenset({theirs.id})).levels == []


def test_a_cell_member_reads_and_cannot_change(cell_member: Browser) -> None:
    card = written(cpts_of(cell_member), reread_on=None)
    page = cell_member.get("cpts.responses.show", card_id=card.id)
    assert page.status == 200
    assert not page.html.select("main form")
    for endpoint in ("save", "mark_reread", "copy", "remove"):
        assert cell_member.post(f"cpts.responses.{endpoint}", card_id=card.id).status == 403
    assert cell_member.get("cpts.responses.edit", card_id=card.id).status == 403


def told(cpts: Cpts, number: int) -> dict[str, Any]:
    """Something in every list of a card."""
    return {
        "crisis_types": (CrisisType.ILL,),
        "orsan_plans": (OrsanPlan.EPI_CLIM,),
        "levels": frozenset({level(cpts, f"Niveau {number}").id}),
        "functions": frozenset({function(cpts, f"Fonction {number}").id}),
        "places": frozenset({place(cpts, f"Salle {number}").id}),
    }


def test_pages_cost_the_same_for_one_card_and_for_sixty(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    card = whole_card(cpts)

    def cost(endpoint: str, **values: object) -> int:
        with counted_statements() as sent:
            assert coordinator.get(f"cpts.responses.{endpoint}", **values).status == 200
        assert len(sent) <= MOST_OF_A_PAGE, "\n".join(sent)
        return len(sent)

    def all_costs() -> list[int]:
        of_one = ("show", "edit", "confirm_removal")
        return [cost("index"), cost("add"), cost("order"), *(cost(one, card_id=card.id) for one in of_one)]

    for_one = all_costs()
    for number in range(60):
        written(cpts, f"Fiche {number}", **told(cpts, number))
    assert all_costs() == for_one
    assert len(coordinator.get("cpts.responses.index", page=2).texts("[aria-label='Fiches actions'] tbody tr")) == 11
