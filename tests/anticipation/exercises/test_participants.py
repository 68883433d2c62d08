from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.exercises import invitations
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseParticipant
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, ContactFactory, CptsFactory


@pytest.fixture
def made(cpts: Cpts) -> Exercise:
    return exercise(cpts)


def contact(cpts: Cpts, name: str, profession: str = "Infirmier", **more: object) -> object:
    found = ContactFactory(cpts_id=cpts.id, family_name=name, profession=profession, **more)
    db.session.commit()
    return found


def invited(made: Exercise, *contacts: object) -> list[ExerciseParticipant]:
    invitations.invite(made, contacts, by=AccountFactory(), at=NOON)  # type: ignore[arg-type]
    db.session.commit()
    return invitations.participants(made)


def people(made: Exercise) -> dict[str, bool]:
    return {one.contact.family_name if one.contact else "": one.was_present for one in invitations.participants(made)}


def test_an_audience_is_invited_at_once_and_nobody_twice(coordinator: Browser, cpts: Cpts, made: Exercise) -> None:
    for name in ("Alba", "Bosc", "Cros"):
        contact(cpts, name)
    contact(cpts, "Dumas", "Médecin")
    contact(cpts, "Mairie", "", kind=ContactKind.PARTNER)
    contact(CptsFactory(), "Ailleurs")
    invited(made, db.session.scalars(sa.select(ExerciseParticipant)).first() or contact(cpts, "Alric"))
    page = coordinator.get("cpts.exercises.find_people", exercise_id=made.id, profession="Infirmier")
    assert page.texts("#contacts legend") == ["Qui inviter"]
    assert len(page.html.select("#contacts input[type=checkbox]")) == 4
    assert len(page.html.select("#contacts input[disabled]")) == 1
    sent = coordinator.submit(page, "#contacts form", {"tous": "1"}).follow()
    assert "3 personnes ajoutées" in sent.text
    assert sorted(people(made)) == ["Alba", "Alric", "Bosc", "Cros"]
    again = coordinator.submit(page, "#contacts form", {"tous": "1"}).follow()
    assert "0 personne ajoutée" in again.text
    assert len(people(made)) == 4


def test_some_people_are_found_by_name_and_ticked(coordinator: Browser, cpts: Cpts, made: Exercise) -> None:
    alba, other = contact(cpts, "Alba"), contact(CptsFactory(), "Ailleurs")
    contact(cpts, "Bosc")
    page = coordinator.fragment("cpts.exercises.find_people", exercise_id=made.id, q="alba")
    assert [label.split(" ")[1] for label in page.texts(".choice label")] == ["ALBA"]
    ticked = [str(alba.id), str(other.id), "pas une identité"]  # type: ignore[attr-defined]
    coordinator.post("cpts.exercises.invite", {"contact": ticked}, exercise_id=made.id)
    assert list(people(made)) == ["Alba"]


def test_inviting_or_withdrawing_nobody_is_refused_with_a_sentence(
    coordinator: Browser, cpts: Cpts, made: Exercise
) -> None:
    invited(made, contact(cpts, "Alba"))
    for endpoint in ("invite", "withdraw"):
        page = coordinator.post(f"cpts.exercises.{endpoint}", exercise_id=made.id)
        assert page.status == 422
        assert "Cochez d’abord au moins une personne" in page.text


def test_attendance_is_ticked_and_two_people_may_tick_at_once(
    coordinator: Browser, referent: Browser, cpts: Cpts, made: Exercise
) -> None:
    alba, bosc, dumas = invited(made, contact(cpts, "Alba"), contact(cpts, "Bosc"), contact(cpts, "Dumas", "Médecin"))
    ids = {name: str(one.id) for name, one in (("Alba", alba), ("Bosc", bosc), ("Dumas", dumas))}
    mine = coordinator.get("cpts.exercises.participants", exercise_id=made.id)
    theirs = referent.get("cpts.exercises.participants", exercise_id=made.id)
    assert mine.texts("main legend") == ["Infirmier", "Médecin"]
    coordinator.submit(mine, "main form", {"present": [ids["Alba"], ids["Bosc"]]})
    referent.submit(theirs, "main form", {"present": [ids["Dumas"]]})
    assert people(made) == {"Alba": True, "Bosc": True, "Dumas": True}
    page = referent.get("cpts.exercises.participants", exercise_id=made.id)
    assert {str(one["value"]) for one in page.html.select("[name=avant]")} == set(ids.values())
    sent = referent.submit(
        page, "main form", {"avant": list(ids.values()), "present": [ids["Alba"], ids["Dumas"]]}
    ).follow()
    assert people(made) == {"Alba": True, "Bosc": False, "Dumas": True}
    assert "3 invités , 2 présents" in sent.text
    shown = coordinator.get("cpts.exercises.show", exercise_id=made.id)
    assert shown.texts("section tbody tr") == ["Infirmier 2 1", "Médecin 1 1"]


def test_the_attendance_of_another_exercise_is_out_of_reach(coordinator: Browser, cpts: Cpts, made: Exercise) -> None:
    (one,) = invited(exercise(cpts, "Autre"), contact(cpts, "Alba"))
    coordinator.post("cpts.exercises.mark", {"present": [str(one.id)]}, exercise_id=made.id)
    coordinator.post("cpts.exercises.withdraw", {"participant": [str(one.id)]}, exercise_id=made.id)
    db.session.refresh(one)
    assert one.was_present is False


def test_the_headcount_survives_who_leaves_the_directory(coordinator: Browser, cpts: Cpts, made: Exercise) -> None:
    gone = contact(cpts, "Alba")
    (one,) = invited(made, gone)
    coordinator.post("cpts.exercises.mark", {"present": [str(one.id)]}, exercise_id=made.id)
    db.session.delete(gone)
    db.session.commit()
    page = coordinator.get("cpts.exercises.participants", exercise_id=made.id)
    assert page.texts(".choice label") == ["N’est plus dans l’annuaire"]
    assert page.texts("main legend") == ["Infirmier"]
    assert "1 invité , 1 présent" in page.text
    assert "Alba" not in page.text


def test_a_profession_with_a_comma_is_one_profession(coordinator: Browser, cpts: Cpts, made: Exercise) -> None:
    gone = contact(cpts, "Alba", "Cadre de santé, IADE", speciality="Anesthésie")
    invited(made, gone, contact(cpts, "Bosc", "Cadre de santé"))
    page = coordinator.get("cpts.exercises.participants", exercise_id=made.id)
    assert page.texts("main legend") == ["Cadre de santé", "Cadre de santé, IADE"]
    db.session.delete(gone)
    db.session.commit()
    shown = coordinator.get("cpts.exercises.show", exercise_id=made.id)
    assert shown.texts("section tbody tr") == ["Cadre de santé 1 0", "Cadre de santé, IADE 1 0"]


def test_someone_is_withdrawn(coordinator: Browser, cpts: Cpts, made: Exercise) -> None:
    alba, _ = invited(made, contact(cpts, "Alba"), contact(cpts, "Bosc"))
    page = coordinator.get("cpts.exercises.choose_withdrawn", exercise_id=made.id)
    coordinator.submit(page, "main form", {"participant": [str(alba.id)]})
    assert list(people(made)) == ["Bosc"]


def test_who_only_reads_sees_who_came(cell_member: Browser, cpts: Cpts, made: Exercise) -> None:
    (one,) = invited(made, contact(cpts, "Alba"))
    one.was_present = True
    db.session.commit()
    page = cell_member.get("cpts.exercises.participants", exercise_id=made.id)
    assert page.texts("main .rows li") == ["Camille ALBA Présent"]
    assert page.html.select("main form") == []


def test_the_sheet_to_sign_bears_every_name(cell_member: Browser, cpts: Cpts, made: Exercise) -> None:
    invited(made, contact(cpts, "Alba"), contact(cpts, "Bosc"))
    answer = cell_member.get("cpts.exercises.sheet", exercise_id=made.id).response
    assert answer.mimetype == "application/pdf"
    assert "emargement_canicule_2026-11-22.pdf" in answer.headers["Content-Disposition"]
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.get_data())).pages)
    assert all(said in text for said in ("ALBA", "BOSC", "Signature", "Salle du conseil"))
