"""Writing in a debrief: its texts, who keeps it, its meetings, what is said of a figure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import meetings, queries, texts
from crisis_plan.evaluation.debriefs.dates import BeforeTheEnd
from crisis_plan.evaluation.debriefs.meetings import Told
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.improvements.operations import Owner
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief, a_programme_debrief, a_validated_debrief
from tests.factories import NOON, TODAY

FORM = "main form.stack"
NIR = "Le patient 1 84 12 76 451 089 46 attendait."


@pytest.fixture
def debrief(cpts: Cpts, by: Account) -> Debrief:
    return a_debrief(cpts, by)


def fields_of_history() -> list[str]:
    """What the history of the debrief says was changed."""
    events = db.session.query(HistoryEvent).filter_by(subject="debrief", verb="changed")
    return [name for event in events for name in event.fields]


def test_the_description_begins_with_what_the_logbook_says(cell_member: Browser, debrief: Debrief) -> None:
    page = cell_member.get("cpts.debriefs.description", debrief_id=debrief.id)
    text = page.html.select_one("textarea").get_text()  # type: ignore[union-attr]
    assert "La crise a été ouverte le 22 novembre 2026" in text
    done = cell_member.submit(page, FORM, {"text": f"{text.strip()}\n\nLe vent a tourné à midi."})
    shown = done.follow().text
    assert "Le vent a tourné à midi." in shown
    assert "Ce texte est tiré du journal" not in shown
    assert fields_of_history() == ["description"]


def test_left_as_it_is_the_description_goes_on_following_the_logbook(referent: Browser, debrief: Debrief) -> None:
    page = referent.get("cpts.debriefs.description", debrief_id=debrief.id)
    assert "Ce texte est tiré du journal" in referent.submit(page, FORM).follow().text
    assert debrief.description == ""
    assert fields_of_history() == []


def test_the_text_of_the_logbook_can_be_taken_again(referent: Browser, debrief: Debrief) -> None:
    page = referent.get("cpts.debriefs.description", debrief_id=debrief.id)
    referent.submit(page, FORM, {"text": "En deux mots."})
    page = referent.get("cpts.debriefs.description", debrief_id=debrief.id)
    shown = referent.submit(page, "main details form").follow().text
    assert "Ce texte est tiré du journal" in shown
    assert "En deux mots." not in shown


def test_it_is_not_taken_again_over_what_somebody_just_wrote(
    referent: Browser, cell_member: Browser, debrief: Debrief
) -> None:
    page = referent.get("cpts.debriefs.description", debrief_id=debrief.id)
    referent.submit(page, FORM, {"text": "En deux mots."})
    seen = referent.get("cpts.debriefs.description", debrief_id=debrief.id)
    other = cell_member.get("cpts.debriefs.description", debrief_id=debrief.id)
    cell_member.submit(other, FORM, {"text": "En trois mots."})
    assert referent.submit(seen, "main details form").status == 409
    assert debrief.description == "En trois mots."


def test_of_an_exercise_of_the_programme_there_is_no_logbook_to_go_back_to(
    cpts: Cpts, referent: Browser, by: Account
) -> None:
    rehearsed = a_programme_debrief(cpts, by)
    page = referent.get("cpts.debriefs.show", debrief_id=rehearsed.id)
    assert "Ce texte est tiré du journal" not in page.text
    assert (
        referent.post(
            "cpts.debriefs.save_description",
            {"text": "Autour d’une table.", "seen_version": 0},
            debrief_id=rehearsed.id,
        )
        .follow()
        .text.count("Autour d’une table.")
    )


def test_two_people_write_two_headings_and_none_is_in_the_way(
    referent: Browser, cell_member: Browser, debrief: Debrief
) -> None:
    first = referent.get("cpts.debriefs.lessons", debrief_id=debrief.id)
    second = cell_member.get("cpts.debriefs.description", debrief_id=debrief.id)
    assert cell_member.submit(second, FORM, {"text": "Le récit."}).status == 303
    shown = referent.submit(first, FORM, {"text": "Une leçon."}).follow().text
    assert "Une leçon." in shown
    assert "Le récit." in shown


def test_two_people_write_the_same_heading_and_nothing_is_lost(
    referent: Browser, cell_member: Browser, debrief: Debrief
) -> None:
    pages = [one.get("cpts.debriefs.lessons", debrief_id=debrief.id) for one in (referent, cell_member)]
    cell_member.submit(pages[1], FORM, {"text": "Leur leçon."})
    both = referent.submit(pages[0], FORM, {"text": "Ma leçon."})
    assert both.status == 409
    assert both.texts("textarea") == ["Ma leçon."]
    assert "Leur leçon." in both.texts("section[aria-labelledby=stored]")[0]
    assert referent.submit(both, FORM, {"text": "Nos leçons."}).status == 303
    assert debrief.lessons == "Nos leçons."


def test_a_text_that_may_name_a_patient_is_asked_about_once(referent: Browser, debrief: Debrief) -> None:
    page = referent.get("cpts.debriefs.lessons", debrief_id=debrief.id)
    asked = referent.submit(page, FORM, {"text": NIR})
    assert asked.status == 422
    assert NIR in asked.texts("textarea")[0]
    assert referent.submit(asked, FORM, {"is_nobody": "y"}).status == 303


def test_who_keeps_the_debrief_and_until_when(referent: Browser, debrief: Debrief, by: Account) -> None:
    page = referent.get("cpts.debriefs.dates", debrief_id=debrief.id)
    told = {"owner_choice": "autre", "owner_name": "Camille Martin", "report_on": "31/12/2026"}
    shown = referent.submit(page, FORM, told).follow().text
    assert "Tenu par Camille Martin." in shown
    assert "Validation du bilan : 31 décembre 2026" in shown
    assert fields_of_history() == ["owner_account_id", "owner_name", "report_on"]


def test_a_debrief_has_an_owner_and_a_date(referent: Browser, debrief: Debrief) -> None:
    page = referent.get("cpts.debriefs.dates", debrief_id=debrief.id)
    refused = referent.submit(page, FORM, {"owner_choice": "", "report_on": "plus tard"})
    assert refused.status == 422
    assert refused.html.select_one("[name=report_on]")["value"] == "plus tard"  # type: ignore[index]


def test_two_people_change_the_date(referent: Browser, cell_member: Browser, debrief: Debrief) -> None:
    pages = [one.get("cpts.debriefs.dates", debrief_id=debrief.id) for one in (referent, cell_member)]
    cell_member.submit(pages[1], FORM, {"report_on": "2027-01-02"})
    both = referent.submit(pages[0], FORM, {"report_on": "2027-01-03"})
    assert both.status == 409
    assert "02/01/2027" in both.text
    assert referent.submit(both, FORM).status == 303
    assert str(debrief.report_on) == "2027-01-03"


def meeting(browser: Browser, debrief: Debrief, fields: dict[str, Any], which: str = "a-chaud"):  # type: ignore[no-untyped-def]
    """What comes of saying this of a meeting."""
    page = browser.get("cpts.debriefs.meeting", debrief_id=debrief.id, meeting=which)
    return browser.submit(page, FORM, fields)


def test_a_meeting_was_held(cell_member: Browser, debrief: Debrief) -> None:
    told = {"held_on": TODAY.isoformat(), "facilitator": "Camille Martin", "participants": "Pilote\n\nMaire d’Uzès"}
    page = meeting(cell_member, debrief, told).follow()
    assert "Tenu le 22 novembre 2026, animé par Camille Martin" in page.text
    assert page.texts("#retours ~ .cards details li, .cards details li") == ["Pilote", "Maire d’Uzès"]
    assert "Aucun retour n’a encore été tenu" not in page.text


def test_a_meeting_that_was_never_planned_was_planned_for_the_day_on_which_it_was_held(
    referent: Browser, debrief: Debrief
) -> None:
    meeting(referent, debrief, {"planned_on": "", "held_on": TODAY.isoformat()})
    assert debrief.meetings[0].planned_on == TODAY


def test_a_meeting_will_not_be_held_and_one_says_why(referent: Browser, debrief: Debrief) -> None:
    refused = meeting(referent, debrief, {"is_dropped": "y"}, "partenaires")
    assert refused.status == 422
    assert "Dites pourquoi ce retour ne se tiendra pas" in refused.text
    page = referent.submit(refused, FORM, {"notes": "Aucun partenaire n’est intervenu."}).follow()
    assert "Ne se tiendra pas Aucun partenaire n’est intervenu." in page.text
    assert "Retour avec les partenaires : 20 décembre" not in page.text
    back = meeting(referent, debrief, {"is_dropped": [], "planned_on": "2026-12-21"}, "partenaires").follow()
    assert "Retour avec les partenaires : 21 décembre 2026" in back.text


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"held_on": "2199-01-01"}, "Cette date n’est pas encore passée"),
        ({"planned_on": ""}, "Indiquez pour quand il est prévu"),
        ({"held_on": "2026-11-21"}, "Ce jour est avant la fin, le 22 novembre 2026"),
        ({"planned_on": "2026-11-21"}, "Ce jour est avant la fin, le 22 novembre 2026"),
        ({"held_on": TODAY.isoformat(), "is_dropped": "y", "notes": "Non"}, "Il a eu lieu, ou il ne se tiendra pas"),
        ({"participants": NIR}, "Ce texte semble contenir un numéro de sécurité sociale"),
    ],
)
def test_what_cannot_be_said_of_a_meeting(
    referent: Browser, debrief: Debrief, told: dict[str, Any], refusal: str
) -> None:
    page = meeting(referent, debrief, {"facilitator": "Camille", **told})
    assert (page.status, refusal in page.text) == (422, True)
    assert page.html.select_one("[name=facilitator]")["value"] == "Camille"  # type: ignore[index]


def test_a_day_before_the_end_that_the_stand_down_announced_stays(
    referent: Browser, cpts: Cpts, debrief: Debrief
) -> None:
    debrief.meetings[0].planned_on = TODAY - timedelta(days=1)
    db.session.commit()
    assert meeting(referent, debrief, {"held_on": TODAY.isoformat()}).status == 303
    assert debrief.meetings[0].held_on == TODAY


def test_the_operations_refuse_a_day_before_the_end(debrief: Debrief, by: Account) -> None:
    early, first = TODAY - timedelta(days=1), debrief.meetings[0]
    for told in (Told(TODAY, early), Told(early)):
        with pytest.raises(BeforeTheEnd):
            meetings.tell(debrief, first, told, seen_version=1, today=TODAY, by=by, at=NOON)
    seen = texts.mark_of_course(debrief)
    with pytest.raises(BeforeTheEnd):
        texts.set_course(debrief, Owner(name="Camille"), early, seen=seen, by=by, at=NOON)


def test_a_debrief_is_not_validated_before_the_end(referent: Browser, debrief: Debrief) -> None:
    page = referent.get("cpts.debriefs.dates", debrief_id=debrief.id)
    refused = referent.submit(page, FORM, {"report_on": "21/11/2026"})
    assert (refused.status, "Ce jour est avant la fin, le 22 novembre 2026" in refused.text) == (422, True)
    assert refused.html.select_one("[name=report_on]")["value"] == "21/11/2026"  # type: ignore[index]
    assert referent.submit(page, FORM, {"report_on": "22/11/2026"}).status == 303


def test_two_people_disagree_on_whether_a_meeting_is_held(
    referent: Browser, cell_member: Browser, debrief: Debrief
) -> None:
    page = referent.get("cpts.debriefs.meeting", debrief_id=debrief.id, meeting="a-froid")
    meeting(cell_member, debrief, {"is_dropped": "y", "notes": "Personne ne vient."}, "a-froid")
    both = referent.submit(page, FORM, {"facilitator": "Dominique"})
    assert both.status == 409
    rows = [row.get_text(" ", strip=True) for row in both.html.select("tbody tr")]
    assert "Ce retour ne se tiendra pas Non Oui" in rows


def test_two_people_speak_of_one_meeting(referent: Browser, cell_member: Browser, debrief: Debrief) -> None:
    page = referent.get("cpts.debriefs.meeting", debrief_id=debrief.id, meeting="a-froid")
    meeting(cell_member, debrief, {"facilitator": "Camille"}, "a-froid")
    both = referent.submit(page, FORM, {"facilitator": "Dominique"})
    assert both.status == 409
    assert "Camille" in both.text
    assert referent.submit(both, FORM).status == 303
    assert debrief.meetings[1].facilitator == "Dominique"


def test_there_are_three_meetings_and_no_other(referent: Browser, debrief: Debrief) -> None:
    assert referent.get("cpts.debriefs.meeting", debrief_id=debrief.id, meeting="a-tiede").status == 404


def test_a_figure_is_commented_and_never_edited(cell_member: Browser, debrief: Debrief) -> None:
    page = cell_member.get("cpts.debriefs.figure", debrief_id=debrief.id, key="duree")
    assert page.texts("main [name]:not([type=hidden])") == [""]
    done = cell_member.submit(page, FORM, {"text": "La nuit comprise."})
    assert "La nuit comprise." in done.follow().text
    shown = cell_member.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert "Commentaire : La nuit comprise." in shown.text
    page = cell_member.get("cpts.debriefs.figure", debrief_id=debrief.id, key="duree")
    assert "n’a plus de commentaire" in cell_member.submit(page, FORM, {"text": ""}).follow().html.get_text()
    assert queries.comment_on(debrief, "duration") is None
    assert fields_of_history() == ["comment.duration", "comment.duration"]


def test_two_people_comment_one_figure(referent: Browser, cell_member: Browser, debrief: Debrief) -> None:
    pages = [
        one.get("cpts.debriefs.figure", debrief_id=debrief.id, key="trois-faits-dates")
        for one in (referent, cell_member)
    ]
    cell_member.submit(pages[1], FORM, {"text": "Leur mot."})
    both = referent.submit(pages[0], FORM, {"text": "Mon mot."})
    assert both.status == 409
    assert "Leur mot." in both.text
    assert both.texts("textarea") == ["Mon mot."]
    assert referent.submit(both, FORM, {"text": "Nos mots."}).status == 303
    said = queries.comment_on(debrief, "facts")
    assert said
    assert (said.text, said.version) == ("Nos mots.", 2)


@pytest.mark.parametrize(
    ("endpoint", "fields", "more"),
    [
        ("save_description", {"text": "Trop tard."}, {}),
        ("restore_description", {}, {}),
        ("save_lessons", {"text": "Trop tard."}, {}),
        ("save_dates", {"report_on": "2027-01-02"}, {}),
        ("save_meeting", {"planned_on": "2027-01-02"}, {"meeting": "a-chaud"}),
        ("comment", {"text": "Trop tard."}, {"key": "duree"}),
        ("create_finding", {"kind": "weak", "as_said": "Trop tard."}, {}),
    ],
)
def test_nothing_is_written_in_a_validated_debrief(
    cpts: Cpts, referent: Browser, by: Account, endpoint: str, fields: dict[str, str], more: dict[str, str]
) -> None:
    debrief = a_validated_debrief(cpts, by)
    version = debrief.version
    page = referent.post(f"cpts.debriefs.{endpoint}", fields, debrief_id=debrief.id, **more)
    assert (page.status, "Ce bilan est validé" in page.text) == (409, True)
    assert debrief.version == version


def test_who_reads_does_not_write(cpts: Cpts, ars_reader: Browser, adherent: Browser, debrief: Debrief) -> None:
    for browser in (ars_reader, adherent):
        page = browser.post("cpts.debriefs.save_lessons", {"text": "Bonjour"}, debrief_id=debrief.id)
        assert page.status == 403
    assert debrief.lessons == ""
