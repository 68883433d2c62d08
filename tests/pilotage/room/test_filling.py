"""What opening fills from the plan: functions and gaps, tasks of the right cards, mails, what is frozen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardStep
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.pilotage.tasks.models import CrisisTask
from tests.browser import Browser, Page
from tests.factories import NOON, ContactFactory

MOBILE = "+33639987595"
THREE = {"title": "Feu de forêt", "crisis_type": "ill", "mode": "real"}


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def keeping_mail(app: Flask) -> Iterator[None]:
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


@pytest.fixture
def ada(cpts: Cpts) -> Contact:
    found: Contact = ContactFactory(
        cpts_id=cpts.id,
        family_name="Lune",
        given_name="Ada",
        phones=[ContactPhone(position=0, number=MOBILE)],
        emails=[ContactEmail(position=0, address="ada@exemple.fr")],
    )
    return found


@pytest.fixture
def cell(cpts: Cpts, ada: Contact) -> list[CellFunction]:
    """Four functions: the pilot is held, the logbook is not; of two others, the level asks for one."""
    made = [
        CellFunction(cpts_id=cpts.id, position=rank, key=key, name=name)
        for rank, (key, name) in enumerate(
            [("pilot", "Pilote"), ("secretariat", "Journal"), ("care", "Soins"), ("", "Repas")]
        )
    ]
    made[0].duties.append(CellDuty(contact=ada, rank=Rank.TITULAR, starts_on=date(2026, 1, 1), created_at=NOON))
    db.session.add_all(made)
    db.session.commit()
    return made


@pytest.fixture
def levels(cpts: Cpts, cell: list[CellFunction]) -> list[Level]:
    """Two levels, the second of which asks for the care too."""
    made = [
        Level(cpts_id=cpts.id, position=rank, name=name, folded_name=name.lower(), created_at=NOON, updated_at=NOON)
        for rank, name in enumerate(["Orange", "Rouge"])
    ]
    made[1].functions.append(cell[2])
    db.session.add_all(made)
    db.session.commit()
    return made


def card(cpts: Cpts, title: str, *, types: tuple[str, ...] = (), levels: tuple[Level, ...] = ()) -> ActionCard:
    found = ActionCard(cpts_id=cpts.id, position=1, title=title, crisis_types=list(types), created_at=NOON,
                       updated_at=NOON, levels=list(levels))  # fmt: skip
    found.steps.append(
        CardStep(
            position=1,
            text=f"Étape de {title}",
            phase=Phase.FIRST_HOUR,
            phase_rank=Phase.FIRST_HOUR.rank,
            delay_minutes=15,
        )
    )
    db.session.add(found)
    db.session.commit()
    return found


def opened(browser: Browser, level: Level, **more: str) -> Page:
    answer = browser.post("cpts.room.open", {**THREE, "level": str(level.id), **more})
    assert answer.status == 303, answer.text
    return answer.follow()


def tasks() -> list[str]:
    return [task.text for task in db.session.scalars(sa.select(CrisisTask).order_by(CrisisTask.position))]


def test_gaps_are_said_in_words_where_the_level_asks(referent: Browser, levels: list[Level]) -> None:
    page = opened(referent, levels[0])
    assert page.texts(".function-gap") == ["Personne : Journal"]
    assert page.texts(".function-list dt") == ["Pilote"]


def test_a_heavier_level_asks_for_more_functions(referent: Browser, levels: list[Level]) -> None:
    assert opened(referent, levels[1]).texts(".function-gap") == ["Personne : Journal", "Personne : Soins"]


def test_the_cell_is_called_from_the_top_of_the_page(referent: Browser, levels: list[Level]) -> None:
    page = opened(referent, levels[0])
    assert page.texts(".reach-list strong") == ["Ada LUNE"]
    sms = page.links(".reach .actions a")["Écrire un SMS à toute la cellule"]
    assert sms.startswith(f"sms:{MOBILE}?body=")
    assert page.html.select_one(f".reach a[href='tel:{MOBILE}']")


def test_tasks_come_from_the_cards_of_that_type_and_level(referent: Browser, cpts: Cpts, levels: list[Level]) -> None:
    card(cpts, "toutes les crises")
    card(cpts, "ce type", types=("ill",))
    card(cpts, "autre type", types=("nrc",))
    card(cpts, "ce niveau", levels=(levels[0],))
    card(cpts, "autre niveau", levels=(levels[1],))
    opened(referent, levels[0])
    assert sorted(tasks()) == ["Étape de ce niveau", "Étape de ce type", "Étape de toutes les crises"]
    due = db.session.scalars(sa.select(CrisisTask.due_at)).all()
    assert set(due) == {NOON + timedelta(minutes=15)}


def test_the_cards_of_a_new_level_are_proposed_and_never_doubled(
    referent: Browser, cpts: Cpts, levels: list[Level]
) -> None:
    card(cpts, "toutes les crises")
    card(cpts, "niveau rouge", levels=(levels[1],))
    opened(referent, levels[0])
    crisis = db.session.scalars(sa.select(Crisis)).one()
    page = referent.get("cpts.room.level", crisis_id=crisis.id)
    typed = {"level": str(levels[1].id), "reason": "Le vent", "decided_by": "Pilote"}
    proposed = referent.submit(page, fields=typed).follow()
    assert proposed.texts("main form button") == ["Ajouter 1 tâche"]
    assert tasks() == ["Étape de toutes les crises"]
    for _ in range(2):
        referent.submit(proposed)
    assert tasks() == ["Étape de toutes les crises", "Étape de niveau rouge"]
    assert referent.get("cpts.room.show", crisis_id=crisis.id).texts(".function-gap")[-1] == "Personne : Soins"


@pytest.mark.usefixtures("keeping_mail")
@pytest.mark.parametrize(
    ("mode", "begins"), [("real", "Crise n°\u00a01"), ("exercise", "[EXERCICE] Exercice n°\u00a01")]
)
def test_the_cell_is_written_to(referent: Browser, levels: list[Level], mode: str, begins: str) -> None:
    opened(referent, levels[0], mode=mode)
    crisis = db.session.scalars(sa.select(Crisis)).one()
    (mail,) = db.session.scalars(sa.select(OutboxMessage)).all()
    assert mail.recipient == "ada@exemple.fr"
    assert mail.subject.startswith(begins)
    assert f"/crises/{crisis.id}/" in mail.body
    assert ("CECI EST UN EXERCICE" in mail.body) is (mode == "exercise")


@pytest.mark.usefixtures("keeping_mail")
def test_a_refused_twin_writes_to_nobody(referent: Browser, levels: list[Level]) -> None:
    opened(referent, levels[0])
    refused = referent.post("cpts.room.open", {**THREE, "level": str(levels[0].id)})
    assert refused.status == 409
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 1


def test_what_was_frozen_stays_when_the_directory_changes(referent: Browser, ada: Contact, levels: list[Level]) -> None:
    opened(referent, levels[0])
    crisis = db.session.scalars(sa.select(Crisis)).one()
    ada.family_name = "Soleil"
    db.session.commit()
    page = referent.get("cpts.room.frozen", crisis_id=crisis.id, key="annexe-annuaire")
    assert "Ada LUNE" in page.text
    assert "Soleil" not in page.text
    summary = referent.get("cpts.room.frozen", crisis_id=crisis.id)
    assert "Aucune version publiée" in summary.text
    assert len(summary.texts("dd")[-1]) == 64
    assert referent.get("cpts.room.frozen", crisis_id=crisis.id, key="lune").status == 404


def test_what_was_frozen_is_printed_for_the_cell(referent: Browser, levels: list[Level]) -> None:
    opened(referent, levels[0], mode="exercise")
    crisis = db.session.scalars(sa.select(Crisis)).one()
    answer = referent.get("cpts.room.frozen_pdf", crisis_id=crisis.id)
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer.response.headers["Cache-Control"]
    assert "etat-fige_exercice-1" in answer.response.headers["Content-Disposition"]


def test_two_who_press_at_the_same_instant_open_one(
    app: Flask, referent: Browser, coordinator: Browser, levels: list[Level]
) -> None:
    start, answers = Barrier(2), []
    typed = {**THREE, "level": str(levels[0].id)}
    addresses = [(one, one.address("cpts.room.open"), {"csrf_token": one.csrf_token(), **typed})
                 for one in (referent, coordinator)]  # fmt: skip

    def press(browser: Browser, address: str, fields: dict[str, str]) -> None:
        with app.app_context():
            start.wait()
            answer = browser.client.post(address, data=fields, headers={"Sec-Fetch-Site": "same-origin"})
            answers.append(answer.status_code)

    db.session.rollback()
    threads = [Thread(target=press, args=one) for one in addresses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Crisis)) == 1


def test_a_name_of_the_plan_is_not_someone_there(referent: Browser, levels: list[Level]) -> None:
    page = opened(referent, levels[0])
    (line,) = [one for one in page.texts(".first-hour .is-left") if "Remplir les fonctions" in one]
    assert "0 présent sur 2, 1 à confirmer, 1 sans personne" in line
    crisis = db.session.scalars(sa.select(Crisis)).one()
    board = referent.get("cpts.crisis_functions.index", crisis_id=crisis.id)
    referent.submit(board, form="form[action*=confirmer]")
    page = referent.get("cpts.room.show", crisis_id=crisis.id)
    assert "1 présent sur 2, 1 sans personne" in " ".join(page.texts(".first-hour .is-left"))


def test_functions_are_filled_once_everyone_asked_for_said_so(
    referent: Browser, cell: list[CellFunction], ada: Contact, levels: list[Level]
) -> None:
    cell[1].duties.append(CellDuty(contact=ada, rank=Rank.TITULAR, starts_on=date(2026, 1, 1), created_at=NOON))
    db.session.commit()
    opened(referent, levels[0])
    crisis = db.session.scalars(sa.select(Crisis)).one()
    for said in ("0 présent sur 2, 2 à confirmer", "1 présent sur 2, 1 à confirmer"):
        board = referent.get("cpts.crisis_functions.index", crisis_id=crisis.id)
        assert said.capitalize() in board.texts("#fonctions .cluster")[0]
        assert board.html.select("#fonctions .cluster .badge.ok") == []
        referent.submit(board, form="form[action*=confirmer]")
    board = referent.get("cpts.crisis_functions.index", crisis_id=crisis.id)
    assert board.texts("#fonctions .cluster .badge.ok") == ["Complet"]
    room = referent.get("cpts.room.show", crisis_id=crisis.id)
    assert any("2 présents sur 2" in one for one in room.texts(".first-hour .is-done"))


@pytest.mark.usefixtures("keeping_mail")
def test_who_got_no_mail_is_named_in_the_log_and_where_one_calls(
    referent: Browser, cpts: Cpts, cell: list[CellFunction], levels: list[Level]
) -> None:
    luc = ContactFactory(cpts_id=cpts.id, family_name="Mars", given_name="Luc", emails=[])
    cell[1].duties.append(CellDuty(contact=luc, rank=Rank.TITULAR, starts_on=date(2026, 1, 1), created_at=NOON))
    db.session.commit()
    page = opened(referent, levels[0])
    said = "Courriel d’ouverture à 1 personne ; 1 sans adresse, à appeler : Luc MARS."
    assert said in page.texts(".reach p")[0]
    assert page.texts("#entrees .entry-text")[0] == said
    (line,) = [one for one in page.texts(".first-hour li") if "premier message" in one]
    assert line.startswith("À faire")


def test_where_no_mail_leaves_everyone_is_to_call(referent: Browser, levels: list[Level]) -> None:
    assert "Aucun courriel d’ouverture ; 1 à appeler : Ada LUNE." in opened(referent, levels[0]).text


def test_calling_comes_first_until_someone_answers(referent: Browser, levels: list[Level]) -> None:
    opened(referent, levels[0])
    crisis = db.session.scalars(sa.select(Crisis)).one()
    assert referent.get("cpts.room.show", crisis_id=crisis.id).html.select(".room-next > .reach")
    referent.submit(referent.get("cpts.crisis_functions.index", crisis_id=crisis.id), form="form[action*=confirmer]")
    page = referent.get("cpts.room.show", crisis_id=crisis.id)
    assert page.html.select(".room-next > .reach") == []
    assert page.html.select(".room-rest .reach")


def test_the_tasks_that_do_not_fit_are_all_counted(referent: Browser, cpts: Cpts, levels: list[Level]) -> None:
    found = card(cpts, "longue")
    for rank in range(2, 21):
        found.steps.append(CardStep(position=rank, text=f"Étape {rank}", phase=Phase.FIRST_HOUR,
                                    phase_rank=Phase.FIRST_HOUR.rank, delay_minutes=15))  # fmt: skip
    db.session.commit()
    page = opened(referent, levels[0])
    assert page.texts("#taches > .meta") == ["et 16 autres tâches"]


def test_late_tasks_are_said_on_top_of_the_page(
    referent: Browser, cpts: Cpts, levels: list[Level], monkeypatch: pytest.MonkeyPatch
) -> None:
    card(cpts, "urgente")
    opened(referent, levels[0])
    crisis = db.session.scalars(sa.select(Crisis)).one()
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=20))
    assert referent.get("cpts.room.show", crisis_id=crisis.id).texts("#bref-taches") == ["1 tâche en retard"]
