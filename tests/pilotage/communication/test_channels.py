from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.tenure import Appointment
from crisis_plan.db import db
from crisis_plan.document.blocks import Chapter, Facts, Notice, Table, words
from crisis_plan.document.editions import public_blocks
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.communication import chapter, queries
from crisis_plan.pilotage.communication.models import Channel
from crisis_plan.pilotage.communication.rules import ChannelKind, Moment
from crisis_plan.pilotage.crisis_cell import duties
from crisis_plan.pilotage.crisis_cell import operations as crisis_cell
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory
from tests.pilotage.communication.factories import channel, model
from tests.statements import counted_statements

SINCE = date(2026, 1, 1)


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def contact(cpts: Cpts, name: str = "Dupuy") -> Contact:
    phones = [
        ContactPhone(position=0, number="+33639980000", is_private=True),
        ContactPhone(position=1, number="+33465710009"),
    ]
    made: Contact = ContactFactory(cpts_id=cpts.id, family_name=name, phones=phones)
    db.session.commit()
    return made


def spokesperson(cpts: Cpts, name: str = "Rey") -> None:
    by = AccountFactory()
    functions = crisis_cell.take_proposed_functions(cpts, by=by, at=NOON)
    speaking = next(one for one in functions if one.key == "external-communication")
    duties.appoint(speaking, Appointment(contact(cpts, name), Rank.TITULAR, SINCE), by=by, at=NOON)
    db.session.commit()


def names(browser: Browser) -> list[str]:
    return [one.name for one in queries.channels_alone(cpts_of(browser))]


def test_an_empty_room_says_what_to_do_first(coordinator: Browser) -> None:
    page = coordinator.get("cpts.communication.index")
    assert len(page.texts("#missing li")) == 3
    assert "Ouvrir la cellule de crise" in page.links()
    assert "décrire un premier canal" in page.links()


def test_the_spokesperson_is_whoever_holds_the_function_of_the_cell(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    spokesperson(cpts)
    channel(cpts, fallback="Affiche à la mairie")
    model(cpts)
    page = coordinator.get("cpts.communication.index")
    assert "Camille REY" in page.text
    assert page.texts("main section .facts .badge") == ["Personne"]
    assert not page.html.select("#missing")
    assert queries.missing(cpts, TODAY) == ()
    assert "privé : ne pas diffuser" in page.text
    assert page.links()["Communication externe"].startswith("/cpts/uzege/cellule/fonctions/")


def test_what_the_page_lacks_is_what_the_plan_lacks(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    channel(cpts)
    said = coordinator.get("cpts.communication.index").texts("#missing li")
    assert said == [" ".join(one.split()) for one in queries.missing(cpts, TODAY)]


def test_a_channel_is_added_with_all_that_was_told_of_it(coordinator: Browser) -> None:
    mayor = contact(cpts_of(coordinator))
    typed = {
        "kind": "messagerie",
        "name": "Groupe des infirmiers",
        "serves": "Infirmiers",
        "contact": str(mayor.id),
        "held_by": "avec le secrétariat",
        "fallback": "Rencontre à 8 h à la mairie",
    }
    page = coordinator.submit(coordinator.get("cpts.communication.add_channel"), fields=typed).follow()
    (row,) = page.texts("tbody tr")
    assert all(said in row for said in ("Groupe des infirmiers", "Messagerie instantanée", "DUPUY", "Rencontre à 8 h"))
    stored = db.session.scalars(sa.select(Channel)).one()
    assert (stored.kind, stored.contact_id, stored.position) == (ChannelKind.CHAT, mayor.id, 1)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Donnez un nom au canal"),
        ("kind", "pigeon", "liste"),
        ("fallback", "x" * 301, "300 caractères au plus"),
        ("contact", "pas-un-identifiant", "n’est plus dans l’annuaire"),
        ("held_by", "Paul Durand né le 12/03/1951", "date de naissance"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    page = coordinator.post("cpts.communication.create_channel", {"name": "Liste", "kind": "sms", field: value})
    assert page.status == 422
    assert said in " ".join(page.texts(f"#{field}-error"))
    assert names(coordinator) == []


def test_the_form_sent_twice_adds_one_channel(coordinator: Browser) -> None:
    form = coordinator.get("cpts.communication.add_channel")
    assert [coordinator.submit(form, fields={"name": "Liste"}).status for _ in range(2)] == [303, 303]
    assert names(coordinator) == ["Liste"]


def test_while_one_searches_for_a_contact_all_that_was_typed_is_kept(coordinator: Browser) -> None:
    contact(cpts_of(coordinator))
    typed = {"name": "Liste", "kind": "sms", "contact-q": "dupuy", "search": "contact"}
    page = coordinator.submit(coordinator.get("cpts.communication.add_channel"), fields=typed)
    assert page.status == 422
    assert page.texts("#contact-choices label") == ["Camille DUPUY – Infirmier, Uzès"]
    assert page.texts("#kind option[selected]") == ["SMS"]


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    made = channel(cpts_of(referent))
    mine = referent.get("cpts.communication.edit_channel", channel_id=made.id)
    theirs = coordinator.get("cpts.communication.edit_channel", channel_id=made.id)
    coordinator.submit(theirs, fields={"serves": "Mairies", "kind": "sms"})
    refused = referent.submit(mine, fields={"serves": "Adhérents"})
    assert refused.status == 409
    assert {"Adhérents", "Mairies", "SMS", "Courriel"} <= set(refused.texts(".typed"))
    assert referent.submit(refused).status == 303
    db.session.refresh(made)
    assert (made.serves, made.kind) == ("Adhérents", ChannelKind.EMAIL)


def test_a_channel_survives_the_contact_who_leaves_the_directory(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    mayor = contact(cpts)
    channel(cpts, contact_id=mayor.id, held_by="Secrétariat")
    assert coordinator.post("cpts.directory.remove", contact_id=mayor.id).status == 303
    page = coordinator.get("cpts.communication.index")
    assert "DUPUY" not in page.text
    assert "Secrétariat" in page.text


def test_channels_are_put_in_order_by_buttons(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    channel(cpts, "Un")
    second = channel(cpts, "Deux")
    page = coordinator.get("cpts.communication.order_channels")
    coordinator.submit(page, f"#ligne-{second.id} form")
    assert names(coordinator) == ["Deux", "Un"]
    coordinator.post("cpts.communication.move_channel", channel_id=second.id, direction="monter")
    assert names(coordinator) == ["Deux", "Un"]


def test_a_channel_is_removed_after_a_confirmation(coordinator: Browser) -> None:
    made = channel(cpts_of(coordinator))
    page = coordinator.get("cpts.communication.confirm_channel_removal", channel_id=made.id)
    assert coordinator.submit(page).status == 303
    assert names(coordinator) == []


def test_a_channel_that_needs_the_network_says_when_nothing_takes_its_place(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    channel(cpts, "Liste", held_by="Secrétariat")
    channel(cpts, "Affiches", kind=ChannelKind.POSTER, held_by="Secrétariat")
    page = coordinator.get("cpts.communication.index")
    assert page.texts("tbody tr:first-child .badge") == ["Sans secours"]
    assert page.texts("tbody tr:last-child .badge") == []


def test_channels_of_another_cpts_are_not_found(referent: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    here: dict[str, Any] = {"channel_id": channel(elsewhere, "Canal voisin").id}
    for endpoint in ("edit_channel", "confirm_channel_removal"):
        assert referent.get(f"cpts.communication.{endpoint}", **here).status == 404
    for endpoint in ("save_channel", "remove_channel"):
        assert referent.post(f"cpts.communication.{endpoint}", **here).status == 404
    assert referent.post("cpts.communication.move_channel", direction="monter", **here).status == 404
    assert "Canal voisin" not in referent.get("cpts.communication.index").text
    refused = referent.post(
        "cpts.communication.create_channel", {"name": "Liste", "contact": str(contact(elsewhere).id)}
    )
    assert refused.status == 422


def said(blocks: Any) -> str:
    cells = [cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row.cells]
    cells += [fact.value for block in blocks if isinstance(block, Facts) for fact in block.facts]
    return " | ".join(words(cell) for cell in cells).replace("\u00a0", " ")


def test_the_plan_prints_who_speaks_by_what_and_what_is_ready(cpts: Cpts) -> None:
    spokesperson(cpts)
    channel(cpts, "Groupe", contact_id=contact(cpts).id, fallback="Affiche", serves="Infirmiers")
    model(cpts, "Premier message", choice=Choice(Audience.COMMUNE, "Uzès"))
    channel(cpts, "SMS", kind=ChannelKind.SMS)
    channel(cpts, "Affiches", kind=ChannelKind.POSTER)
    model(cpts, "Fin", moment=Moment.STAND_DOWN, choice=None)
    facts, channels, messages = chapter.summary(cpts, TODAY)
    assert isinstance(facts, Facts)
    assert [fact.label for fact in facts.facts] == [
        "Fonction de la cellule", "Porte-parole, titulaire", "Porte-parole, suppléant",
    ]  # fmt: skip
    assert isinstance(channels, Table)
    assert [words(cell) for cell in channels.rows[0].cells][1::2] == ["Infirmiers", "Affiche"]
    assert [words(row.cells[3]) for row in channels.rows] == ["Affiche", "À indiquer", "Se passe de réseau"]
    assert isinstance(messages, Table)
    assert [[words(cell) for cell in row.cells] for row in messages.rows] == [
        ["Activation", "Premier message", "Toute crise", "Commune\u00a0: Uzès"],
        ["Levée", "Fin", "Toute crise", "Choisi à l’envoi"],
    ]


def test_the_annex_prints_each_message_in_full_and_says_who_did_not_read_it(cpts: Cpts) -> None:
    read = model(cpts, subject="Objet", short_text="Court", email_text="Long\n\nsuite")
    annex = chapter.annex(cpts, TODAY)
    assert "Court" in said(annex.blocks)
    assert "Objet\nLong\nsuite" in said(annex.blocks)
    assert "Adhérents ; toute crise" in said(annex.blocks)
    assert chapter.NEVER_REREAD not in said(annex.blocks)
    read.reread_on = None
    db.session.commit()
    assert chapter.NEVER_REREAD in said(chapter.annex(cpts, TODAY).blocks)


def test_the_public_edition_tells_no_private_number(cpts: Cpts) -> None:
    spokesperson(cpts)
    channel(cpts, contact_id=contact(cpts).id)
    model(cpts)
    printed = (*chapter.summary(cpts, TODAY), *chapter.annex(cpts, TODAY).blocks)
    assert said(printed).count("06 39 98 00 00") == 2
    public = said(public_blocks(printed))
    assert public.count("04 65 71 00 09") == 2
    assert "06 39" not in public


def test_an_empty_room_prints_what_is_missing(cpts: Cpts) -> None:
    notice, channels, messages = chapter.summary(cpts, TODAY)
    assert isinstance(notice, Notice)
    assert isinstance(channels, Table)
    assert isinstance(messages, Table)
    assert (channels.empty, messages.empty) == (chapter.NO_CHANNEL, chapter.NO_MESSAGE)
    annex = chapter.annex(cpts, TODAY)
    assert isinstance(annex, Chapter)
    assert len(annex.blocks) == 1


def test_the_room_costs_the_same_for_one_row_and_for_sixty(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    spokesperson(cpts)

    def cost() -> int:
        with counted_statements() as sent:
            assert coordinator.get("cpts.communication.index").status == 200
        return len([one for one in sent if one.lstrip().upper().startswith("SELECT")])

    channel(cpts, contact_id=contact(cpts).id)
    model(cpts)
    for_one = cost()
    for number in range(60):
        channel(cpts, f"Canal {number}", contact_id=contact(cpts, f"Maire{number}").id)
        model(cpts, f"Message {number}")
    assert cost() == for_one <= 12
    assert len(coordinator.get("cpts.communication.index", page=2).texts("#models li a.row-link")) == 11
