from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.anticipation.referents import operations as referents
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.tenure import Appointment
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.communication import operations, queries
from crisis_plan.pilotage.communication.models import MessageModel
from crisis_plan.pilotage.communication.proposals import PROPOSED
from crisis_plan.pilotage.communication.rules import Moment
from crisis_plan.pilotage.communication.values import known_values
from tests.browser import Browser, Page
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory
from tests.pilotage.communication.factories import model


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(MessageModel)) or 0


def titles(page: Page) -> list[str]:
    return page.texts("#models li a.row-link")


TYPED = {"title": "Fumées", "moment": "population", "audience_words": "Population", "email_text": "Restez chez vous."}


def test_without_any_message_the_page_shows_the_proposed_ones_and_takes_them(coordinator: Browser) -> None:
    page = coordinator.get("cpts.communication.index")
    assert page.texts("#proposed dt") == [proposed.title.replace("\u00a0", " ") for proposed in PROPOSED]
    taken = coordinator.submit(page).follow()
    assert count() == len(PROPOSED)
    assert taken.texts("#models .badge") == ["À relire"] * len(PROPOSED)
    assert not taken.html.select("#proposed")
    assert queries.unread(cpts_of(coordinator)) == len(PROPOSED)
    day = coordinator.get("cpts.dashboard.show")
    assert f"{len(PROPOSED)} messages proposés n’ont pas encore été relus." in day.text
    assert [str(a["href"]) for a in day.html.select("main a") if a.text.startswith("Relire les messages")] == [
        coordinator.address("cpts.communication.index")
    ]


def test_the_proposed_messages_sent_twice_are_taken_once(coordinator: Browser) -> None:
    page = coordinator.get("cpts.communication.index")
    assert [coordinator.submit(page).status for _ in range(2)] == [303, 303]
    assert count() == len(PROPOSED)


def test_only_the_proposed_messages_that_are_missing_are_taken_again(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    by = AccountFactory()
    first, *_ = operations.take_proposed(cpts, by=by, at=NOON)
    operations.remove(first, by=by, at=NOON)
    db.session.commit()
    page = coordinator.get("cpts.communication.index")
    assert page.texts("#proposed dt") == [first.title]
    coordinator.submit(page, "main form[action$=proposes]")
    assert count() == len(PROPOSED)


def test_a_message_is_written_with_all_that_it_says(coordinator: Browser) -> None:
    typed = TYPED | {"crisis_types": ["nrc", "ill"], "subject": "Objet", "short_text": "{cpts} : fumées"}
    page = coordinator.submit(coordinator.get("cpts.communication.new"), fields=typed).follow()
    assert page.texts("h1") == ["Fumées"]
    assert page.texts("#short") == ["Uzège : fumées"]
    stored = db.session.scalars(sa.select(MessageModel)).one()
    assert (stored.moment, stored.crisis_types) == (Moment.PUBLIC, ["ill", "nrc"])
    assert (stored.for_whom, stored.choice) == ("Population", None)
    assert stored.reread_on is not None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Donnez un titre"),
        ("title", "x" * 161, "160 caractères au plus"),
        ("moment", "jamais", "liste"),
        ("crisis_types", "zombies", "liste"),
        ("audience", "personne", "liste"),
        ("audience", "profession", "Précisez la profession"),
        ("which", "Infirmier", "Choisissez d’abord"),
        ("email_text", "", "au moins un des deux textes"),
        ("email_text", "x" * 4001, "4 000 caractères au plus"),
        ("short_text", "x" * 1001, "1 000 caractères au plus"),
        ("short_text", "Mme Durand née le 12/03/1951", "date de naissance"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    page = coordinator.post("cpts.communication.create", TYPED | {field: value})
    assert page.status == 422
    beside = "which" if value == "profession" else field
    assert said in " ".join(page.texts(f"#{beside}-error")).replace("\u202f", " ").replace("\u00a0", " ")
    assert page.html.select_one("#audience_words")["value"] == "Population"  # type: ignore[index]
    assert count() == 0


def test_what_looks_like_an_identity_is_asked_about_once(coordinator: Browser) -> None:
    typed = TYPED | {"short_text": "Mme Durand née le 12/03/1951"}
    asked = coordinator.submit(coordinator.get("cpts.communication.new"), fields=typed)
    assert coordinator.submit(asked, fields={"is_nobody": "y"}).status == 303
    assert count() == 1


def test_the_form_sent_twice_writes_one_message(coordinator: Browser) -> None:
    form = coordinator.get("cpts.communication.new")
    assert [coordinator.submit(form, fields=TYPED).status for _ in range(2)] == [303, 303]
    assert count() == 1


def test_the_form_explains_each_blank_and_lists_those_that_nothing_fills(coordinator: Browser) -> None:
    page = coordinator.get("cpts.communication.new")
    assert page.texts("#blanks dt") == [
        "{cpts}", "{titre}", "{niveau}", "{referent}", "{telephone}", "{lieu_cellule}", "{heure}",
    ]  # fmt: skip
    assert not page.html.select("#unknown")
    refused = coordinator.post("cpts.communication.create", {"title": "", "short_text": "{ville}, {cpts}"})
    assert refused.texts("#unknown")[0].startswith("{ville} :")
    shown = coordinator.get(
        "cpts.communication.model", model_id=model(cpts_of(coordinator), short_text="{ville}, {cpts}").id
    )
    assert shown.texts("#unknown")[0].startswith("{ville} :")
    assert shown.texts("#short") == ["{ville}, Uzège"]


def test_a_message_for_a_profession_keeps_it(coordinator: Browser) -> None:
    made = model(cpts_of(coordinator), choice=Choice(Audience.PROFESSION, "Infirmier"))
    form = coordinator.get("cpts.communication.edit", model_id=made.id)
    assert coordinator.submit(form, fields={"title": "Renforts"}).status == 303
    db.session.refresh(made)
    assert (made.title, made.choice) == ("Renforts", Choice(Audience.PROFESSION, "Infirmier"))
    assert made.for_whom == "Profession\u00a0: Infirmier"


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    made = model(cpts_of(referent))
    mine = referent.get("cpts.communication.edit", model_id=made.id)
    theirs = coordinator.get("cpts.communication.edit", model_id=made.id)
    coordinator.submit(theirs, fields={"short_text": "Le leur", "moment": "levee"})
    refused = referent.submit(mine, fields={"short_text": "Le mien"})
    assert refused.status == 409
    assert {"Le mien", "Le leur", "Activation", "Levée"} <= set(refused.texts(".typed"))
    assert referent.submit(refused).status == 303
    db.session.refresh(made)
    assert (made.short_text, made.moment) == ("Le mien", Moment.ACTIVATION)


def test_a_proposed_message_is_read_again_in_one_press(coordinator: Browser) -> None:
    first, *_ = operations.take_proposed(cpts_of(coordinator), by=AccountFactory(), at=NOON)
    db.session.commit()
    page = coordinator.get("cpts.communication.model", model_id=first.id)
    assert "Texte proposé, à relire" in page.text
    read = coordinator.submit(page, "main form[action$=relu]").follow()
    assert "Texte proposé, à relire" not in read.text
    db.session.refresh(first)
    assert first.reread_on is not None


def test_a_message_that_changed_since_it_was_read_is_shown_again(referent: Browser, coordinator: Browser) -> None:
    first, *_ = operations.take_proposed(cpts_of(referent), by=AccountFactory(), at=NOON)
    db.session.commit()
    mine = referent.get("cpts.communication.model", model_id=first.id)
    coordinator.submit(
        coordinator.get("cpts.communication.edit", model_id=first.id), fields={"short_text": "Tout autre chose"}
    )
    refused = referent.submit(mine, "main form[action$=relu]")
    assert refused.status == 409
    assert refused.texts("#short") == ["Tout autre chose"]


def test_a_copy_says_the_same_and_is_written_once(coordinator: Browser) -> None:
    made = model(cpts_of(coordinator), "Premier", crisis_types=(CrisisType.NRC,))
    page = coordinator.get("cpts.communication.model", model_id=made.id)
    answers = [coordinator.submit(page, "main form[action$=copier]") for _ in range(2)]
    assert answers[0].location == answers[1].location
    copied = next(one for one in queries.models(cpts_of(coordinator)) if one.id != made.id)
    assert (copied.title, copied.crisis_types, copied.short_text) == ("Premier (copie)", ["nrc"], made.short_text)
    assert (copied.position, copied.proposal, count()) == (made.position + 1, "", 2)


def test_a_copy_of_a_long_title_still_fits(cpts: Cpts) -> None:
    made = model(cpts, "x" * 160)
    copied = operations.copy(cpts, made, by=AccountFactory(), at=NOON)
    assert len(copied.title) == 160
    assert copied.title.endswith("… (copie)")


def test_messages_are_put_in_order_within_their_moment(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    model(cpts, "Fin", moment=Moment.STAND_DOWN)
    model(cpts, "Un")
    second = model(cpts, "Deux")
    assert titles(coordinator.get("cpts.communication.index")) == ["Un", "Deux", "Fin"]
    page = coordinator.get("cpts.communication.order")
    coordinator.submit(page, f"#ligne-{second.id} form")
    assert titles(coordinator.get("cpts.communication.index")) == ["Deux", "Un", "Fin"]
    coordinator.post("cpts.communication.move", model_id=second.id, direction="monter")
    assert titles(coordinator.get("cpts.communication.index")) == ["Deux", "Un", "Fin"]


def test_a_message_that_changes_moment_goes_to_its_end(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    moved = model(cpts, "Un")
    for title in ("Deux", "Trois"):
        model(cpts, title, moment=Moment.STAND_DOWN)
    form = coordinator.get("cpts.communication.edit", model_id=moved.id)
    coordinator.submit(form, fields={"moment": "levee"})
    assert titles(coordinator.get("cpts.communication.index")) == ["Deux", "Trois", "Un"]


def test_the_filter_keeps_the_messages_of_a_type_and_those_of_every_crisis(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    model(cpts, "Toujours")
    model(cpts, "Fuite", crisis_types=(CrisisType.NRC,))
    model(cpts, "Grippe", crisis_types=(CrisisType.ILL,))
    assert titles(coordinator.get("cpts.communication.index", type=4)) == ["Toujours", "Fuite"]
    assert titles(coordinator.get("cpts.communication.index", type="x")) == ["Toujours", "Fuite", "Grippe"]
    fragment = coordinator.fragment("cpts.communication.index", type=4)
    assert fragment.texts("[data-announce]") == ["2 messages sur 3 · Voir tous les messages"]
    assert [one.title for one in queries.models(cpts, CrisisType.ILL)] == ["Toujours", "Grippe"]


def test_a_message_is_removed_after_a_confirmation(coordinator: Browser) -> None:
    made = model(cpts_of(coordinator))
    page = coordinator.get("cpts.communication.confirm_removal", model_id=made.id)
    assert coordinator.submit(page).status == 303
    assert count() == 0
    verbs = db.session.scalars(
        sa.select(HistoryEvent.verb).where(HistoryEvent.subject == operations.SUBJECT).order_by(HistoryEvent.at)
    ).all()
    assert verbs == ["created", "removed"]


def test_the_texts_can_be_copied_without_a_script(coordinator: Browser) -> None:
    made = model(cpts_of(coordinator), subject="{cpts}", email_text="Bonjour", short_text="L’alerte")
    page = coordinator.get("cpts.communication.model", model_id=made.id)
    areas = page.html.select("textarea[readonly]")
    assert [area.get_text().strip() for area in areas] == ["Uzège", "Bonjour", "L'alerte"]
    buttons = page.html.select("button[data-copy]")
    assert [str(button["data-copy"]) for button in buttons] == [str(area["id"]) for area in areas]
    assert all(button.has_attr("hidden") for button in buttons)
    assert "8 caractères, 1 SMS" in page.texts("#short-hint")[0]


def test_a_private_number_never_fills_a_blank(cpts: Cpts) -> None:
    private = ContactPhone(position=0, number="+33639980000", is_private=True)
    contact: Contact = ContactFactory(cpts_id=cpts.id, family_name="Dupuy", phones=[private])
    referents.appoint(cpts, Appointment(contact, Rank.TITULAR, TODAY), by=AccountFactory(), at=NOON)
    db.session.commit()
    assert known_values(cpts, TODAY) == {"cpts": "Uzège", "referent": "Camille DUPUY"}
    contact.phones.append(ContactPhone(position=1, number="+33465710009"))
    db.session.commit()
    assert known_values(cpts, TODAY)["telephone"] == "04 65 71 00 09".replace(" ", "\u00a0")


def test_a_cell_member_reads_and_cannot_change(cell_member: Browser) -> None:
    made = model(cpts_of(cell_member))
    page = cell_member.get("cpts.communication.model", model_id=made.id)
    assert page.status == 200
    assert not page.html.select("main form")
    assert cell_member.post("cpts.communication.remove", model_id=made.id).status == 403


def test_messages_of_another_cpts_are_not_found(referent: Browser, stranger: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    made = model(elsewhere, "Message voisin")
    here: dict[str, Any] = {"model_id": made.id}
    for endpoint in ("model", "edit", "confirm_removal"):
        assert referent.get(f"cpts.communication.{endpoint}", **here).status == 404
    for endpoint in ("save", "reread", "copy", "remove"):
        assert referent.post(f"cpts.communication.{endpoint}", **here).status == 404
    assert referent.post("cpts.communication.move", direction="monter", **here).status == 404
    assert "Message voisin" not in referent.get("cpts.communication.index").text
    assert stranger.get("cpts.communication.index").status == 404
