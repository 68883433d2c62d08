"""A message of a crisis: who gets it, what leaves, what the logbook keeps."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import MOST_ATTEMPTS, OutboxMessage
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.communication import operations as communication
from crisis_plan.pilotage.communication.descriptions import ModelDescription
from crisis_plan.pilotage.communication.models import MessageModel
from crisis_plan.pilotage.communication.rules import Moment
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.messages import operations, queries
from crisis_plan.pilotage.messages.models import CrisisMessage, MessageChannel
from crisis_plan.pilotage.messages.operations import NobodyToWriteTo, NoMailServer, Outgoing
from crisis_plan.pilotage.messages.rules import Delivery
from tests.browser import Browser
from tests.crawl import visit
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory
from tests.pilotage.calls.factories import person
from tests.pilotage.crises.factories import a_crisis

NBSP = "\u00a0"
TYPED = {"audience": "adherents", "seen_audience": "adherents|", "subject": "Premier message", "email_text": "Bonjour."}


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


@pytest.fixture
def crisis(cpts: Cpts, account: Account) -> Crisis:
    made = a_crisis(cpts, account)
    db.session.commit()
    return made


@pytest.fixture
def keeps_mail(app: Flask) -> Iterator[None]:
    """Mail is kept to be read, as in a demonstration: no test sends any."""
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


@pytest.fixture
def three_people(cpts: Cpts) -> None:
    """Two who share an address, one who has none."""
    person(cpts, "Ada", email="cabinet@exemple.fr")
    person(cpts, "Bea", email="Cabinet@exemple.fr")
    person(cpts, "Cyr", phone="+33611223399")
    person(CptsFactory(), "Ailleurs", email="ailleurs@exemple.fr")
    db.session.commit()


def a_model(cpts: Cpts, by: Account, **said: object) -> MessageModel:
    described = {
        "title": "Premier message aux adhérents",
        "moment": Moment.ACTIVATION,
        "choice": Choice(Audience.ADHERENTS),
        "subject": "{cpts} : {titre}, {heure}",
        "email_text": "Niveau {niveau}, à {lieu_cellule}.\nConsigne : [consigne]",
        "short_text": "{titre}",
    }
    made = communication.add(cpts, ModelDescription(**{**described, **said}), today=TODAY, by=by, at=NOON)  # type: ignore[arg-type]
    db.session.commit()
    return made


def sent(browser: Browser, crisis: Crisis, by: str = "email", **typed: str) -> CrisisMessage:
    """The message that this form made."""
    page = browser.post("cpts.crisis_messages.send", {**TYPED, "par": by, **typed}, crisis_id=crisis.id)
    assert page.status == 303, page.text
    return db.session.scalars(sa.select(CrisisMessage).order_by(CrisisMessage.number.desc()).limit(1)).one()


def outgoing(channel: MessageChannel = MessageChannel.EMAIL, **said: object) -> Outgoing:
    return Outgoing(channel, "Adhérents", "Bonjour.", subject="Premier message", **said)  # type: ignore[arg-type]


def refused(browser: Browser, crisis: Crisis, **typed: str) -> list[str]:
    """What the page says of this form; what was typed is still there, nothing left."""
    page = browser.post("cpts.crisis_messages.send", {**TYPED, "par": "email", **typed}, crisis_id=crisis.id)
    assert page.status == 422
    assert page.texts("textarea[name=email_text]") == [typed.get("email_text", TYPED["email_text"])]
    assert logbook.last_number(crisis) == 0
    return page.texts(".error-summary li")


def test_a_message_leaves_for_each_address_once_and_the_log_says_to_whom(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis
) -> None:
    message = sent(cell_member, crisis)
    posted = db.session.scalars(sa.select(OutboxMessage)).all()
    assert [(one.recipient.lower(), one.subject, one.body) for one in posted] == [
        ("cabinet@exemple.fr", "Premier message", "Bonjour.")
    ]
    assert queries.told(message, NOON).counts == {Delivery.WAITING: 2, Delivery.NO_ADDRESS: 1}
    entry = logbook.entry_or_404(crisis, 1)
    assert (entry.kind, entry.said.channel) == (EntryKind.MESSAGE, "Courriel")
    assert entry.said.recipient == f"Adhérents, 3{NBSP}personnes"
    assert entry.said.text == (
        f"Message n°{NBSP}1, courriel, à{NBSP}: Adhérents, 3{NBSP}personnes.\n1{NBSP}personne sans courriel, à appeler.\n"
        f"Objet{NBSP}: Premier message\nBonjour."
    )


def test_the_log_holds_the_whole_text_that_was_sent(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis
) -> None:
    written = "Bonjour,\n\n" + "\n".join(f"{rank}. {'Consigne précise. ' * 10}".rstrip() for rank in range(12))
    sent(cell_member, crisis, email_text=written)
    assert logbook.entry_or_404(crisis, 1).said.text.endswith(f"\n{written}")


def test_an_exercise_is_said_in_subject_text_and_log(
    keeps_mail: None, three_people: None, cell_member: Browser, cpts: Cpts, account: Account
) -> None:
    drill = a_crisis(cpts, account, mode=Mode.EXERCISE)
    db.session.commit()
    message = sent(cell_member, drill, email_text="[EXERCICE] Bonjour.")
    assert (message.subject, message.text) == ("[EXERCICE] Premier message", "[EXERCICE] Bonjour.")
    (posted,) = db.session.scalars(sa.select(OutboxMessage)).all()
    assert (posted.subject, posted.body) == (message.subject, message.text)
    by_hand = sent(cell_member, drill, by="text", short_text="Venez")
    assert by_hand.text == "[EXERCICE] Venez"
    page = cell_member.get("cpts.crisis_messages.write", crisis_id=drill.id)
    assert page.texts("textarea[name=short_text]") == ["[EXERCICE]"]
    nothing = {"par": "text", "audience": "adherents", "short_text": "[EXERCICE]"}
    empty = cell_member.post("cpts.crisis_messages.send", nothing, crisis_id=drill.id)
    assert empty.texts(".error-summary li") == [
        "Texte court, pour SMS et messageries : Écrivez le texte qui a été envoyé."
    ]


def test_what_is_known_fills_the_model(cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account) -> None:
    crisis.place = "Mairie de Lussan"
    model = a_model(cpts, account)
    page = cell_member.get("cpts.crisis_messages.write", crisis_id=crisis.id, modele=model.id)
    (subject,) = page.html.select("input[name=subject]")
    assert subject["value"] == "Uzège : Feu de forêt, 13:00"
    assert page.texts("textarea[name=email_text]") == [
        "Niveau Activation partielle, à Mairie de Lussan. Consigne : [consigne]"
    ]
    assert page.texts("#reste") == ["À écrire avant l’envoi : [consigne]."]
    assert page.html.select_one("select[name=audience] option[selected]").get_text() == "Adhérents"  # type: ignore[union-attr]


def test_models_are_those_of_this_type_and_of_exercises_in_exercises(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    a_model(cpts, account, title="Tous types")
    a_model(cpts, account, title="Blessés", crisis_types=(CrisisType.INJURED,))
    a_model(cpts, account, title="Début d’exercice", moment=Moment.EXERCISE)
    drill = a_crisis(cpts, account, mode=Mode.EXERCISE)
    db.session.commit()
    real, played = (cell_member.get("cpts.crisis_messages.models", crisis_id=one.id) for one in (crisis, drill))
    assert real.texts("main .rows a") == ["Tous types"]
    assert played.texts("main .rows a") == ["Tous types", "Début d’exercice"]


def test_whoever_has_no_mail_is_listed_before_anything_leaves(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis
) -> None:
    page = cell_member.post(
        "cpts.crisis_messages.send", {"audience": "adherents", "email_text": "Bonjour."}, crisis_id=crisis.id
    )
    assert page.texts("#destinataires .stat dd") == ["3", "2", "1"]
    assert page.texts("#destinataires li") == ["Camille CYR Infirmier 06 11 22 33 99"]
    assert page.texts(".error-summary") == []
    assert page.texts("textarea[name=email_text]") == ["Bonjour."]
    assert logbook.last_number(crisis) == 0


def test_a_public_that_was_not_seen_is_shown_first(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis
) -> None:
    assert refused(cell_member, crisis, audience="annuaire") == [
        "À qui : Le public a changé : voici qui recevra ce message. Relisez, puis envoyez."
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"subject": ""}, "Objet du courriel : Écrivez l’objet du courriel."),
        ({"audience": "", "seen_audience": "|"}, "À qui : Choisissez à qui ce courriel est envoyé."),
        (
            {"email_text": "Consigne : [consigne]"},
            "Texte du courriel : Il reste à écrire : [consigne]. Complétez, ou cochez « Envoyer tel quel ».",
        ),
        (
            {"audience": "profession", "seen_audience": "profession|"},
            "Quelle profession, ou quelle commune : Précisez la profession ou la commune, ou choisissez un autre public.",
        ),
        (
            {"audience": "partenaires", "seen_audience": "partenaires|"},
            "Personne n’a de courriel dans ce choix : appelez, ou choisissez un autre public.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis, typed: dict[str, str], said: str
) -> None:
    assert refused(cell_member, crisis, **typed) == [said]


def test_a_blank_left_on_purpose_leaves_as_it_is(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis
) -> None:
    assert sent(cell_member, crisis, email_text="Lisez [1].", as_is="y").text == "Lisez [1]."


def test_what_looks_like_a_patient_is_asked_about_once(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis
) -> None:
    named = "Monsieur Martin, né le 12/03/1951"
    assert refused(cell_member, crisis, email_text=named)
    assert sent(cell_member, crisis, email_text=named, is_nobody="y").text == named


def test_sent_twice_it_leaves_once(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis, account: Account
) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        sent(cell_member, crisis, creation_key=key)
    assert logbook.last_number(crisis) == 1
    people = [person(crisis.cpts, "Dan", email="dan@exemple.fr")]
    again = uuid.uuid4()
    first, second = (
        operations.send(crisis, outgoing(contacts=people), key=again, by=account, at=NOON) for _ in range(2)
    )
    assert first is second
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 2


def test_without_a_mail_server_the_text_is_copied_and_the_sending_noted(
    three_people: None, cell_member: Browser, crisis: Crisis
) -> None:
    page = cell_member.get("cpts.crisis_messages.write", crisis_id=crisis.id)
    assert "Ce service n’envoie pas de courriels" in page.text
    shown = cell_member.post("cpts.crisis_messages.send", {**TYPED, "par": "email"}, crisis_id=crisis.id)
    assert shown.texts(".error-summary li")[0].startswith("Ce service n’envoie pas encore de courriels")
    assert [one.lower() for one in shown.texts("#adresses")] == ["cabinet@exemple.fr"]
    message = sent(cell_member, crisis, by="mailbox")
    assert queries.told(message, NOON).counts == {Delivery.BY_HAND: 3}
    assert logbook.entry_or_404(crisis, 1).said.channel == "Courriel envoyé d’une autre messagerie"


def test_a_text_copied_by_hand_is_noted_with_words_alone(cell_member: Browser, crisis: Crisis) -> None:
    message = sent(
        cell_member, crisis, by="text", audience="", subject="", email_text="", short_text="Venez",
        audience_words="Groupe WhatsApp",
    )  # fmt: skip
    assert (message.channel, message.audience, message.subject) == (MessageChannel.TEXT, "Groupe WhatsApp", "")
    page = cell_member.get("cpts.crisis_messages.show", crisis_id=crisis.id, number=1)
    assert "Les destinataires n’ont été dits qu’en toutes lettres : Groupe WhatsApp." in page.text
    assert "Groupe WhatsApp" in cell_member.get("cpts.crisis_messages.index", crisis_id=crisis.id).text


def test_a_text_says_to_whom_it_went(cell_member: Browser, crisis: Crisis) -> None:
    page = cell_member.post(
        "cpts.crisis_messages.send", {"par": "text", "audience": "", "short_text": "Venez"}, crisis_id=crisis.id
    )
    assert page.texts(".error-summary li") == ["À qui, en toutes lettres : Dites à qui ce message a été envoyé."]


def deliver(message: CrisisMessage, name: str, **outcome: object) -> None:
    """What the outbox noted of this person's copy."""
    found = next(one for one in message.recipients if name in one.name)
    db.session.execute(sa.update(OutboxMessage).where(OutboxMessage.id == found.outbox_id).values(outcome))
    db.session.commit()


def test_the_page_tells_what_became_of_each_copy(
    keeps_mail: None, cell_member: Browser, cpts: Cpts, crisis: Crisis
) -> None:
    for name in ("Ada", "Bea", "Dan", "Eve"):
        person(cpts, name, email=f"{name}@exemple.fr")
    person(cpts, "Cyr")
    db.session.commit()
    message = sent(cell_member, crisis)
    deliver(message, "ADA", sent_at=NOON)
    deliver(
        message, "BEA", attempts=MOST_ATTEMPTS, last_error="SMTPRecipientsRefused: {'bea@exemple.fr': (550, b'no')}"
    )
    deliver(message, "DAN", attempts=1, last_error="ConnectionRefusedError: [Errno 111]")
    page = cell_member.get("cpts.crisis_messages.show", crisis_id=crisis.id, number=1)
    rows = {texts.split(" Infirmier")[0]: texts for texts in page.texts("tbody tr")}
    assert list(rows) == ["Camille BEA", "Camille CYR", "Camille ADA", "Camille DAN", "Camille EVE"]
    assert "Échec le serveur de courriel refuse ce message ou cette adresse, 8 essais" in rows["Camille BEA"]
    assert "Sans adresse, à appeler" in rows["Camille CYR"]
    assert rows["Camille ADA"].endswith("Parti le 22/11/2026 à 13:00")
    assert "En attente le serveur de courriel ne répond pas, 1 essai" in rows["Camille DAN"]
    assert rows["Camille EVE"].endswith("En attente")
    later = queries.told(message, NOON + timedelta(days=3)).counts
    assert later == {Delivery.NO_ADDRESS: 1, Delivery.FAILED: 3, Delivery.SENT: 1}


def test_whom_the_mail_does_not_reach_is_written_the_short_text_of_the_same_model(
    keeps_mail: None, three_people: None, cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    model = a_model(cpts, account)
    person(cpts, "Fixe", phone="+33466220000")
    db.session.commit()
    sent(cell_member, crisis, model=str(model.id))
    shown = cell_member.get("cpts.crisis_messages.show", crisis_id=crisis.id, number=1)
    page = cell_member.open(shown.links()["2 sans courriel : écrire un SMS"])
    assert page.links()["SMS (Android) de 1 à 1"] == "sms:+33611223399?body=Feu%20de%20for%C3%AAt"
    assert page.texts("#texte") == ["Feu de forêt"]
    assert "Camille FIXE" in page.text


def test_the_live_page_hears_when_a_copy_leaves(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis
) -> None:
    message = sent(cell_member, crisis)
    seen = queries.told(message, NOON).mark
    here = {"crisis_id": crisis.id, "number": 1}
    assert cell_member.fragment("cpts.crisis_messages.show", **here, vu=seen).status == 204
    deliver(message, "ADA", sent_at=NOON)
    block = cell_member.fragment("cpts.crisis_messages.show", **here, vu=seen)
    assert "Parti : 2" in block.text
    assert "<html" not in block.source


def test_an_address_that_was_erased_leaves_a_trace_without_it(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis
) -> None:
    message = sent(cell_member, crisis)
    db.session.execute(sa.delete(OutboxMessage))
    db.session.commit()
    assert queries.told(message, NOON).counts == {Delivery.NO_ADDRESS: 1, Delivery.ERASED: 2}


def test_a_closed_crisis_sends_nothing_and_stays_readable(
    keeps_mail: None, three_people: None, cell_member: Browser, crisis: Crisis, account: Account
) -> None:
    sent(cell_member, crisis)
    crisis.closed_at = NOON
    db.session.commit()
    with pytest.raises(CrisisClosed):
        operations.send(crisis, outgoing(), by=account, at=NOON)
    db.session.rollback()
    for endpoint, more in (("index", {}), ("models", {}), ("write", {}), ("show", {"number": 1})):
        page = cell_member.get(f"cpts.crisis_messages.{endpoint}", crisis_id=crisis.id, **more)
        assert (page.status, page.html.select("main form, main [data-live]")) == (200, [])
    assert cell_member.post("cpts.crisis_messages.send", {**TYPED, "par": "email"}, crisis_id=crisis.id).status == 409


def test_mail_is_refused_by_name_when_it_cannot_leave(app: Flask, crisis: Crisis, account: Account) -> None:
    with pytest.raises(NoMailServer):
        operations.send(crisis, outgoing(contacts=[person(crisis.cpts, "Ada", email="a@b.fr")]), by=account, at=NOON)
    app.config["DEMO"] = True
    with pytest.raises(NobodyToWriteTo):
        operations.send(crisis, outgoing(contacts=[person(crisis.cpts, "Cyr")]), by=account, at=NOON)
    app.config["DEMO"] = False


def test_messages_of_another_crisis_are_not_found(
    keeps_mail: None, three_people: None, cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    sent(cell_member, crisis)
    other = a_crisis(cpts, account, title="Inondation")
    db.session.commit()
    assert cell_member.get("cpts.crisis_messages.show", crisis_id=other.id, number=1).status == 404
    assert "Premier message" not in cell_member.get("cpts.crisis_messages.index", crisis_id=other.id).text


def test_longer_lists_ask_the_database_no_more_often(
    keeps_mail: None, cell_member: Browser, cpts: Cpts, crisis: Crisis
) -> None:
    asked: list[list[int]] = []
    for rank in range(2):
        for more in range(1 + rank):
            person(cpts, f"Ada{rank}{more}", email=f"ada{rank}{more}@exemple.fr")
            person(cpts, f"Cyr{rank}{more}")
            db.session.commit()
            message = sent(cell_member, crisis)
        addresses = (
            cell_member.address("cpts.crisis_messages.index", crisis_id=crisis.id),
            cell_member.address("cpts.crisis_messages.show", crisis_id=crisis.id, number=message.number),
        )
        asked.append([len(visit(cell_member, address).statements) for address in addresses])
    assert asked[0] == asked[1]
    assert max(asked[1]) <= 12
