"""What the update goes through, and what counts as a change of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.adaptation.places import operations as places
from crisis_plan.adaptation.places import queries as known_places
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockMovement
from crisis_plan.db import db
from crisis_plan.document.blocks import Chapter, Heading
from crisis_plan.document.changes import Change, ChangeKind
from crisis_plan.document.cover import cover_chapter
from crisis_plan.evaluation.improvements import operations as improvements
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.neighbours import queries as neighbours
from crisis_plan.pilotage.crisis_cell.models import CellPlace
from crisis_plan.plan import operations as plan
from crisis_plan.plan.requirements import REQUIREMENTS, requirement
from crisis_plan.plan.rules import Answer
from crisis_plan.publication import queries as publications
from crisis_plan.publication.models import Publication
from crisis_plan.yearly_update import things
from crisis_plan.yearly_update.room import queries
from crisis_plan.yearly_update.signatures.rules import Line, ThingKind, ThingState
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.improvements.factories import an_improvement
from tests.evaluation.loop.factories import found
from tests.factories import NOON, TODAY, ContactFactory
from tests.orsan.factories import neighbour
from tests.pilotage.communication.factories import model
from tests.publication.arranged import service, write_everything
from tests.yearly_update.conftest import LATER
from tests.yearly_update.factories import add_place, published

DAY, AT = TODAY + LATER, NOON + LATER


def lines(cpts: Cpts) -> dict[str, Line]:
    db.session.expire_all()
    update = queries.update_of(cpts, DAY)
    assert update
    return {line.name: line for line in update.lines}


def changed(cpts: Cpts) -> dict[str, tuple[str, ...]]:
    return {name: line.thing.changes for name, line in lines(cpts).items() if line.state is ThingState.CHANGED}


def test_before_a_first_version_nothing_is_to_be_gone_through(cpts: Cpts) -> None:
    assert queries.update_of(cpts, TODAY) is None


def test_the_day_after_a_version_everything_is_to_be_read_again(cpts: Cpts, base: Publication) -> None:
    found = lines(cpts)
    (card,) = responses.cards(cpts)
    assert list(found) == [
        *(f"section:{asked.key}" for asked in REQUIREMENTS), f"card:{card.id}", "contacts:annuaire", "stock:stock",
    ]  # fmt: skip
    assert {line.state for line in found.values()} == {ThingState.TO_DO}


def test_a_section_that_was_rewritten_is_changed_and_says_what(cpts: Cpts, base: Publication, account: Account) -> None:
    asked = requirement("alerte")
    plan.edit_section(cpts, asked, Answer("Le référent appelle l’ARS."), seen_version=1, by=account, at=NOON)
    db.session.commit()
    assert changed(cpts) == {"section:alerte": ("Texte modifié.",)}


def test_a_card_that_was_renamed_is_changed_with_the_section_that_lists_it(
    cpts: Cpts, base: Publication, account: Account
) -> None:
    (card,) = responses.cards(cpts)
    card.trigger = "Dès l’alerte de l’ARS."
    db.session.commit()
    assert list(changed(cpts)) == [f"card:{card.id}"]


def test_contacts_that_come_are_told_and_their_share_is_shown(cpts: Cpts, base: Publication) -> None:
    ContactFactory(cpts_id=cpts.id, family_name="Roux", given_name="Anne")
    db.session.commit()
    told = lines(cpts)["contacts:annuaire"]
    assert told.thing.label == "Annuaire\u00a0: 0\u00a0% des contacts vérifiés depuis 12 mois"
    assert told.thing.changes == ("Adhérents – Infirmier\u00a0: 1 ligne ajoutée\u00a0: Anne ROUX.",)


def test_verifying_the_whole_directory_changes_no_section(cpts: Cpts, base: Publication) -> None:
    for contact in directory.contacts(cpts):
        contact.verified_on = DAY
    db.session.commit()
    told = lines(cpts)
    assert told["contacts:annuaire"].thing.label == "Annuaire\u00a0: 100\u00a0% des contacts vérifiés depuis 12 mois"
    assert changed(cpts) == {}


def test_a_count_of_the_stock_is_a_change_that_time_is_not(cpts: Cpts, base: Publication) -> None:
    (item,) = stock.items(cpts)
    item.batches[0].expires_on = DAY + timedelta(days=2)
    db.session.commit()
    assert "stock:stock" in changed(cpts)
    version = published(cpts, base.author, today=DAY, at=AT)
    update = queries.update_of(cpts, DAY + timedelta(days=30))
    assert update
    assert (update.base.id, update.progress.changed) == (version.id, 0)
    counted = StockMovement(kind=MovementKind.COUNT, change=0, happened_on=DAY, recorded_at=AT)
    stock.items(cpts)[0].batches[0].movements.append(counted)
    db.session.commit()
    assert any("compté le" in said for said in changed(cpts)["stock:stock"])


def test_a_place_is_changed_when_it_comes_when_it_changes_and_when_it_is_seen_again(
    cpts: Cpts, base: Publication, account: Account
) -> None:
    place = known_places.place_or_404(cpts, add_place(cpts, account))
    name = f"place:{place.id}"
    assert changed(cpts)[name] == ("Lieu ajouté.",)
    published(cpts, account, today=TODAY + timedelta(days=1), at=NOON + timedelta(days=1))
    assert lines(cpts)[name].state is ThingState.TO_DO
    places.check(place, on=DAY - timedelta(days=2), by=account, at=AT)
    db.session.commit()
    assert changed(cpts) == {name: ("Vérifié le 8 juin 2027.",)}
    place.capacity = 60
    db.session.commit()
    assert changed(cpts)[name] == ("Modifié\u00a0: capacité.", "Vérifié le 8 juin 2027.")


def test_a_plan_of_others_is_changed_when_its_edition_was_seen_again(
    cpts: Cpts, account: Account, base: Publication
) -> None:
    near = neighbour(cpts)
    near.edition_seen_on = TODAY
    db.session.commit()
    published(cpts, account, today=TODAY + timedelta(days=1), at=NOON + timedelta(days=1))
    name = f"neighbour:{near.id}"
    assert lines(cpts)[name].state is ThingState.TO_DO
    (known,) = neighbours.plans(cpts)
    known.edition_seen_on = DAY
    db.session.commit()
    assert changed(cpts) == {name: ("Vu le 10 juin 2027.",)}


def test_an_open_improvement_is_changed_by_its_steps_alone(cpts: Cpts, account: Account) -> None:
    write_everything(cpts, account)
    one = an_improvement(cpts, account)
    published(cpts, account, at=NOON + timedelta(minutes=1))
    name = f"improvement:{one.id}"
    line = lines(cpts)[name]
    assert (line.state, line.thing.label) == (
        ThingState.TO_DO, "Amélioration n°\u00a01\u00a0: Ajouter les horaires d’été à la fiche",
    )  # fmt: skip
    improvements.move(one, ImprovementState.IN_PROGRESS, "", seen_version=one.version, by=account, at=AT)
    db.session.commit()
    assert changed(cpts)[name] == ("Étape du 10 juin 2027\u00a0: en cours.",)
    improvements.move(one, ImprovementState.DONE, "C’est écrit.", seen_version=one.version, by=account, at=AT)
    db.session.commit()
    assert name not in lines(cpts)


def test_what_an_unvalidated_debrief_teaches_is_not_gone_through(
    cpts: Cpts, account: Account, base: Publication
) -> None:
    found(a_debrief(cpts, account), account)
    assert ThingKind.IMPROVEMENT not in {line.thing.kind for line in lines(cpts).values()}


def test_what_the_annexes_of_a_section_print_changes_that_section(
    cpts: Cpts, base: Publication, account: Account
) -> None:
    model(cpts)
    service(cpts, "Mairie de Blauzac", ContactKind.PARTNER, "Mairie")
    db.session.commit()
    told = changed(cpts)
    assert any(said.startswith("Messages") for said in told["section:communication"])
    assert any(said.startswith("Liste de diffusion") for said in told["section:diffusion"])


def test_the_alert_page_is_read_again_with_the_section_that_it_prints(cpts: Cpts, base: Publication) -> None:
    place = db.session.scalars(sa.select(CellPlace)).one()
    place.fallback_name = "Gymnase"
    db.session.commit()
    said = changed(cpts)["section:lieu-cellule"]
    assert any(one.startswith("En cas d’alerte\u00a0: Où se réunir") for one in said)


def test_every_change_belongs_to_a_thing(cpts: Cpts, account: Account, base: Publication) -> None:
    """Wherever a version has a heading, whatever changes under it is somebody's to read again."""
    add_place(cpts, account)
    neighbour(cpts)
    version = published(cpts, account, at=NOON + timedelta(minutes=1))
    document = publications.frozen(version)
    assert document
    lost = [
        (chapter.key, anchor)
        for chapter in (cover_chapter(document), *document.chapters)
        if chapter.key != "changes"
        for anchor in anchors(chapter)
        if not is_told(cpts, version, change_in(chapter, anchor))
    ]
    assert lost == []


def anchors(chapter: Chapter) -> list[str]:
    headings = [one for one in chapter.blocks if isinstance(one, Heading) and one.level <= 2]
    return ["", *(one.anchor or one.text for one in headings)]


def change_in(chapter: Chapter, anchor: str) -> Change:
    return Change(ChangeKind.CHANGED, chapter.title, anchor, "Texte modifié.", chapter_key=chapter.key, anchor=anchor)


def is_told(cpts: Cpts, version: Publication, change: Change) -> bool:
    return any(one.changes for one in things.things(cpts, version, [change], TODAY))


def test_what_is_taken_out_of_the_plan_is_a_line_that_leads_to_the_list(
    cpts: Cpts, account: Account, base: Publication
) -> None:
    place_id = add_place(cpts, account)
    near = neighbour(cpts, "Plan blanc")
    db.session.commit()
    plan_id = near.id
    published(cpts, account, at=NOON + timedelta(minutes=1))
    (card,) = responses.cards(cpts)
    card_id, title = card.id, card.title
    places.remove(known_places.place_or_404(cpts, place_id), by=account, at=NOON)
    db.session.delete(neighbours.plans(cpts)[0])
    db.session.delete(card)
    db.session.commit()
    found = {name: line.thing for name, line in lines(cpts).items() if line.state is ThingState.CHANGED}
    told = [
        (one.label, one.endpoint, one.changes)
        for one in (found[f"card:{card_id}"], found[f"place:{place_id}"], found[f"neighbour:{plan_id}"])
    ]
    assert told == [
        (title, "cpts.responses.index", ("Fiche retirée.",)),
        ("Foyer communal", "cpts.places.index", ("Lieu retiré.",)),
        ("Plan blanc", "cpts.neighbours.index", ("Plan retiré.",)),
    ]


@pytest.mark.parametrize("days", [1, 100, 400])
def test_time_alone_changes_nothing(cpts: Cpts, base: Publication, days: int) -> None:
    add_place(cpts, base.author)
    published(cpts, base.author, at=NOON + timedelta(hours=1))
    update = queries.update_of(cpts, TODAY + timedelta(days=days))
    assert update
    assert update.progress.changed == 0
