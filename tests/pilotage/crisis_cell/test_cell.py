from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.tenure import Appointment
from crisis_plan.db import db
from crisis_plan.document.blocks import Facts, Table, words
from crisis_plan.document.editions import public_blocks
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import chapter, duties, operations, queries
from crisis_plan.pilotage.crisis_cell.functions import PROPOSED
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.pilotage.crisis_cell.operations import PlaceDescription
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def contact(cpts: Cpts, name: str) -> Contact:
    phones = [
        ContactPhone(position=0, number="+33465710001"),
        ContactPhone(position=1, number="+33639980000", is_private=True),
    ]
    made: Contact = ContactFactory(cpts_id=cpts.id, family_name=name, given_name="Camille", phones=phones)
    db.session.commit()
    return made


def functions(cpts: Cpts) -> list[CellFunction]:
    """The proposed ten, taken."""
    taken = operations.take_proposed_functions(cpts, by=AccountFactory(), at=NOON)
    db.session.commit()
    return taken


def hold(function: CellFunction, person: Contact, rank: Rank, days: int = 0) -> CellDuty:
    appointment = Appointment(person, rank, TODAY + timedelta(days=days))
    duty = duties.appoint(function, appointment, by=AccountFactory(), at=NOON)
    db.session.commit()
    return duty


def names_on(browser: Browser) -> list[str]:
    return browser.get("cpts.crisis_cell.index").texts("tbody th a")


def test_the_proposed_list_is_taken_once(coordinator: Browser) -> None:
    page = coordinator.get("cpts.crisis_cell.index")
    assert page.texts("#proposed dt") == [function.name for function in PROPOSED]
    form = "form[action$='/fonctions/proposees']"
    first, second = (coordinator.submit(page, form) for _ in range(2))
    assert (first.status, second.status) == (303, 303)
    assert names_on(coordinator) == [function.name for function in PROPOSED]


def test_taking_the_list_again_brings_back_only_what_was_removed(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    pilot, *_ = functions(cpts)
    coordinator.post("cpts.crisis_cell.remove_function", function_id=pilot.id)
    page = coordinator.get("cpts.crisis_cell.index")
    assert "n’est pas dans la liste" in page.texts("#missing li")[0]
    coordinator.submit(page, "form[action$='/fonctions/proposees']")
    assert len(names_on(coordinator)) == 10
    assert names_on(coordinator)[-1] == "Direction (pilote)"


def test_the_index_shows_who_holds_what_today_and_what_the_trame_still_asks(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    pilot, coordination, *_ = functions(cpts)
    person = contact(cpts, "Dupuy")
    hold(pilot, person, Rank.TITULAR)
    hold(coordination, person, Rank.TITULAR)
    hold(pilot, contact(cpts, "Nadal"), Rank.DEPUTY, days=10_000)
    page = coordinator.get("cpts.crisis_cell.index")
    assert page.texts("tbody tr:nth-of-type(1) td strong") == ["Camille DUPUY"]
    assert page.texts("tbody tr:nth-of-type(2) td strong") == ["Camille DUPUY"]
    assert [str(a["href"]) for a in page.html.select("tbody tr:nth-of-type(1) a[href^='tel:']")] == [
        "tel:+33639980000",
        "tel:+33465710001",
    ]
    assert len(page.texts("#missing li")) == 3


def test_functions_move_up_and_down_and_stop_at_the_ends(coordinator: Browser) -> None:
    first, second, *_, last = functions(cpts_of(coordinator))
    names = [function.name for function in PROPOSED]

    def move(function: CellFunction, direction: str) -> int:
        return coordinator.post("cpts.crisis_cell.move_function", function_id=function.id, direction=direction).status

    assert move(first, "descendre") == 303
    assert names_on(coordinator)[:2] == [names[1], names[0]]
    assert move(second, "monter") == 303
    assert move(last, "descendre") == 303
    assert names_on(coordinator) == [names[1], names[0], *names[2:]]
    assert move(first, "ailleurs") == 404


def test_a_name_already_taken_is_refused_beside_the_field(coordinator: Browser) -> None:
    functions(cpts_of(coordinator))
    page = coordinator.post("cpts.crisis_cell.create_function", {"name": "liaison", "task": "La même"})
    assert page.status == 422
    assert "porte déjà ce nom" in page.texts("#name-error")[0]
    assert page.texts("textarea") == ["La même"]


def test_a_function_of_one_s_own_is_added_then_renamed(coordinator: Browser) -> None:
    page = coordinator.post("cpts.crisis_cell.create_function", {"name": "Pharmacies"}).follow()
    assert page.texts("h1") == ["Pharmacies"]
    function = db.session.scalars(sa.select(CellFunction)).one()
    form = coordinator.get("cpts.crisis_cell.edit_function", function_id=function.id)
    coordinator.submit(form, "main form", {"name": "Officines"})
    assert names_on(coordinator) == ["Officines"]


def test_a_stale_rename_shows_both_names(referent: Browser, coordinator: Browser) -> None:
    function, *_ = functions(cpts_of(referent))
    mine = referent.get("cpts.crisis_cell.edit_function", function_id=function.id)
    theirs = coordinator.get("cpts.crisis_cell.edit_function", function_id=function.id)
    coordinator.submit(theirs, "main form", {"name": "Pilotage"})
    refused = referent.submit(mine, "main form", {"name": "Commandement"})
    assert refused.status == 409
    assert "Pilotage" in refused.text
    assert "Commandement" in refused.text
    assert referent.submit(refused, "main form").status == 303
    assert names_on(referent)[0] == "Commandement"


def test_removing_a_function_says_who_goes_with_it(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    function, *_ = functions(cpts)
    hold(function, contact(cpts, "Dupuy"), Rank.TITULAR)
    page = coordinator.get("cpts.crisis_cell.confirm_function_removal", function_id=function.id)
    assert "Camille DUPUY, titulaire" in page.text
    assert coordinator.submit(page, "main form").status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CellDuty)) == 0


def test_someone_is_appointed_corrected_and_relieved(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    function, *_ = functions(cpts)
    person, relief = contact(cpts, "Dupuy"), contact(cpts, "Nadal")
    form = coordinator.get("cpts.crisis_cell.add_duty", function_id=function.id, rang="titular")
    page = coordinator.submit(form, "main form", {"contact": str(person.id)}).follow()
    assert page.texts("#now + ul strong") == ["Camille DUPUY"]
    duty = db.session.scalars(sa.select(CellDuty)).one()
    edit = coordinator.get("cpts.crisis_cell.edit_duty", duty_id=duty.id)
    page = coordinator.submit(edit, "main form", {"contact": str(relief.id)}).follow()
    assert page.texts("#now + ul strong") == ["Camille NADAL"]
    end = coordinator.get("cpts.crisis_cell.end_duty", duty_id=duty.id)
    page = coordinator.submit(end, "main form").follow()
    assert any("Aucun titulaire" in gap for gap in page.texts("#gaps li"))
    assert coordinator.get("cpts.crisis_cell.confirm_duty_removal", duty_id=duty.id).status == 409


def test_a_second_titular_of_a_function_is_refused_by_name_but_may_hold_another(coordinator: Browser) -> None:
    cpts, today = cpts_of(coordinator), clock.today(cpts_of(coordinator))
    function, other, *_ = functions(cpts)
    hold(function, contact(cpts, "Dupuy"), Rank.TITULAR)
    fields = {"contact": str(contact(cpts, "Nadal").id), "rank": "titular", "starts_on": today.isoformat()}
    page = coordinator.post("cpts.crisis_cell.create_duty", fields, function_id=function.id)
    assert page.status == 422
    assert "Camille DUPUY est déjà titulaire" in page.texts("#starts_on-error")[0]
    assert coordinator.post("cpts.crisis_cell.create_duty", fields, function_id=other.id).status == 303


def test_a_stale_change_of_who_holds_a_function_is_shown(referent: Browser, coordinator: Browser) -> None:
    cpts = cpts_of(referent)
    function, *_ = functions(cpts)
    duty = hold(function, contact(cpts, "Dupuy"), Rank.TITULAR)
    relief = contact(cpts, "Nadal")
    mine = referent.get("cpts.crisis_cell.edit_duty", duty_id=duty.id)
    theirs = coordinator.get("cpts.crisis_cell.edit_duty", duty_id=duty.id)
    coordinator.submit(theirs, "main form", {"ends_on": "2035-01-01"})
    refused = referent.submit(mine, "main form", {"contact": str(relief.id)})
    assert refused.status == 409
    assert "01/01/2035" in refused.text
    assert referent.submit(refused, "main form").status == 303


def test_the_place_is_written_then_protected_from_stale_writes(referent: Browser, coordinator: Browser) -> None:
    first = referent.get("cpts.crisis_cell.place")
    second = coordinator.get("cpts.crisis_cell.place")
    written = {"name": "Maison de santé", "fallback_name": "Mairie", "video": "https://visio.exemple.fr"}
    assert referent.submit(first, "main form", written).status == 303
    refused = coordinator.submit(second, "main form", {"name": "Salle des fêtes"})
    assert refused.status == 409
    assert "Maison de santé" in refused.text
    assert "Salle des fêtes" in refused.text
    cpts = cpts_of(referent)
    assert queries.missing_place(cpts) == ()
    assert coordinator.submit(refused, "main form", {"address": "1 rue", "fallback_name": ""}).status == 303
    assert queries.missing_place(cpts) == ("Le lieu de repli n’est pas indiqué.",)


@pytest.mark.parametrize("video", ["javascript:alert(1)", "https://[", "visio tous les jours"])
def test_only_a_web_address_becomes_a_link(coordinator: Browser, video: str) -> None:
    operations.describe_place(
        cpts_of(coordinator), PlaceDescription(name="Ici", video=video), seen_version=0, by=AccountFactory(), at=NOON
    )
    db.session.commit()
    page = coordinator.get("cpts.crisis_cell.index")
    assert video in page.text
    assert not [a for a in page.html.select("main a") if a.get("href") == video]


def test_too_long_a_text_is_refused_and_kept(coordinator: Browser) -> None:
    page = coordinator.post("cpts.crisis_cell.save_place", {"name": "x" * 161, "seen_version": "0"})
    assert page.status == 422
    assert "160 caractères au plus" in page.text
    assert coordinator.post("cpts.crisis_cell.create_function", {"name": ""}).status == 422


def test_a_cell_member_reads_and_cannot_change(cell_member: Browser) -> None:
    function, *_ = functions(cpts_of(cell_member))
    assert "Ajouter une fonction" not in cell_member.get("cpts.crisis_cell.index").links()
    assert cell_member.get("cpts.crisis_cell.function", function_id=function.id).status == 200
    assert cell_member.get("cpts.crisis_cell.place").status == 403
    assert cell_member.post("cpts.crisis_cell.remove_function", function_id=function.id).status == 403


def test_a_stranger_is_told_nothing(referent: Browser, stranger: Browser) -> None:
    function, *_ = functions(cpts_of(referent))
    assert stranger.get("cpts.crisis_cell.index").status == 404
    assert stranger.get("cpts.crisis_cell.function", function_id=function.id).status == 404


def test_functions_and_duties_of_another_cpts_are_not_found(referent: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    function, *_ = functions(elsewhere)
    duty = hold(function, contact(elsewhere, "Voisin"), Rank.TITULAR)
    for endpoint in ("function", "edit_function", "confirm_function_removal", "add_duty"):
        assert referent.get(f"cpts.crisis_cell.{endpoint}", function_id=function.id).status == 404
    for endpoint in ("edit_duty", "end_duty", "confirm_duty_removal"):
        assert referent.get(f"cpts.crisis_cell.{endpoint}", duty_id=duty.id).status == 404
    for endpoint in ("save_duty", "save_duty_end", "remove_duty"):
        assert referent.post(f"cpts.crisis_cell.{endpoint}", duty_id=duty.id).status == 404
    moved = referent.post("cpts.crisis_cell.move_function", function_id=function.id, direction="monter")
    assert moved.status == 404


def test_the_plan_prints_the_cell_and_hides_what_is_private(cpts: Cpts) -> None:
    pilot, *_ = functions(cpts)
    hold(pilot, contact(cpts, "Dupuy"), Rank.TITULAR)
    (table,) = chapter.functions(cpts, TODAY)
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == ["Fonction", "Titulaire", "Suppléant"]
    titular, deputy = (words(cell) for cell in table.rows[0].cells[1:])
    assert titular.split("\n") == [
        "Camille DUPUY",
        "06\u00a039\u00a098\u00a000\u00a000",
        "04\u00a065\u00a071\u00a000\u00a001",
    ]
    assert deputy == "À désigner"
    (public,) = public_blocks([table])
    assert isinstance(public, Table)
    assert words(public.rows[0].cells[1]) == "Camille DUPUY\n04\u00a065\u00a071\u00a000\u00a001"


def test_the_numbers_of_each_person_stand_under_their_own_name(cpts: Cpts) -> None:
    pilot, *_ = functions(cpts)
    for rank, number in ((Rank.TITULAR, "+33639980001"), (Rank.DEPUTY, "+33639980002")):
        phones = [ContactPhone(position=0, number=number, is_private=True)]
        hold(pilot, ContactFactory(cpts_id=cpts.id, family_name=rank.label, phones=phones), rank)
    (table,) = chapter.functions(cpts, TODAY)
    assert isinstance(table, Table)
    assert [words(cell)[-2:] for cell in table.rows[0].cells[1:]] == ["01", "02"]
    (public,) = public_blocks([table])
    assert isinstance(public, Table)
    assert [words(cell) for cell in public.rows[0].cells[1:]] == ["Camille TITULAIRE", "Camille SUPPLÉANT"]


def test_the_page_read_in_a_hurry_has_links_to_press(cpts: Cpts) -> None:
    description = PlaceDescription(
        name="Ici", video="https://visio.exemple.fr", telephone_bridge="01 70 37 12 34, code 5"
    )
    operations.describe_place(cpts, description, seen_version=0, by=AccountFactory(), at=NOON)
    links = {fact.label: fact.value[0].href for fact in chapter.meeting_point(cpts) if not isinstance(fact.value, str)}
    assert links == {"Visioconférence": "https://visio.exemple.fr", "Pont téléphonique": "tel:+33170371234"}


def test_the_place_comes_first_on_the_page_of_the_cell(coordinator: Browser) -> None:
    functions(cpts_of(coordinator))
    assert coordinator.get("cpts.crisis_cell.index").texts("main h2") == ["Lieu de la cellule", "Fonctions"]


def test_a_place_without_any_way_to_it_is_not_yet_a_place(cpts: Cpts) -> None:
    description = PlaceDescription(name="Maison de santé", fallback_name="Mairie")
    operations.describe_place(cpts, description, seen_version=0, by=AccountFactory(), at=NOON)
    assert queries.missing_place(cpts) == (
        "Le lieu de la cellule n’a ni adresse, ni visioconférence, ni pont téléphonique.",
        "Le lieu de repli n’a pas d’adresse.",
    )


def test_the_printed_place_keeps_keys_and_links_to_the_restricted_edition(cpts: Cpts) -> None:
    description = PlaceDescription(
        name="Maison de santé",
        access="Digicode 4521",
        video="https://visio.exemple.fr/cellule",
        telephone_bridge="01 70 37 12 34",
        fallback_name="Mairie",
        fallback_access="Clé chez le maire",
    )
    operations.describe_place(cpts, description, seen_version=0, by=AccountFactory(), at=NOON)

    def said(blocks: object) -> str:
        return " ".join(words(fact.value) for block in blocks if isinstance(block, Facts) for fact in block.facts)  # type: ignore[attr-defined]

    blocks = chapter.place(cpts)
    assert all(secret in said(blocks) for secret in ("4521", "visio", "01 70", "Clé chez"))
    public = said(public_blocks(blocks))
    assert "Maison de santé" in public
    assert "Mairie" in public
    assert not any(secret in public for secret in ("4521", "visio", "01 70", "Clé chez"))


def test_the_index_costs_the_same_for_one_function_and_for_ten(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)

    def cost() -> int:
        seen: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", count)
        try:
            assert coordinator.get("cpts.crisis_cell.index").status == 200
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", count)
        return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])

    first = operations.add_function(cpts, name="Une seule", task="", by=AccountFactory(), at=NOON)
    hold(first, contact(cpts, "Dupuy"), Rank.TITULAR)
    for_one = cost()
    for position, function in enumerate(functions(cpts)):
        hold(function, contact(cpts, f"Personne{position}"), Rank.TITULAR)
        hold(function, contact(cpts, f"Relève{position}"), Rank.DEPUTY)
    assert cost() == for_one
    assert for_one <= 12
