"""Two lines of one person become one: nothing that named either is lost."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.anticipation.directory import differing, duplicates
from crisis_plan.anticipation.directory.differing import Side
from crisis_plan.anticipation.directory.models import (
    Contact,
    ContactDistinction,
    ContactEmail,
    ContactPhone,
    ContactPlace,
)
from crisis_plan.anticipation.directory.references import PARTS, naming_columns
from crisis_plan.anticipation.directory.rules import ContactKind, VerifiedHow
from crisis_plan.db import Base, db
from crisis_plan.history import HistoryEvent
from tests.anticipation.directory.everywhere import ids, name_everywhere, named_in, written
from tests.factories import NOON, ContactFactory, CptsFactory

RPPS, OTHER_RPPS = "810000105121", "810100000007"
TABLES = Base.metadata.tables
FORM = "#merging"


def line(cpts, family_name="Barthélemy", given_name="Zoé", *, communes=("Uzès",), phones=(), emails=(), **values):
    """A line of the directory."""
    made = ContactFactory(
        cpts_id=cpts.id,
        family_name=family_name,
        given_name=given_name,
        places=[ContactPlace(position=rank, commune=one) for rank, one in enumerate(communes)],
        phones=[ContactPhone(position=rank, number=one) for rank, one in enumerate(phones)],
        emails=[ContactEmail(position=rank, address=one) for rank, one in enumerate(emails)],
        **values,
    )
    db.session.commit()
    return made


def compared(browser, kept, other):
    return browser.get("cpts.directory.compare", contact_id=kept.id, other_id=other.id)


def merged(browser, kept, other, **choices):
    """Merge as the page proposes, but for what is chosen."""
    page = compared(browser, kept, other)
    answer = browser.submit(page, FORM, {f"take_{name}": side for name, side in choices.items()})
    assert answer.status == 303, answer.text
    return answer.follow()


def test_two_lines_become_one_with_what_was_chosen(referent):
    kept = line(referent.cpts, phones=["+33465710000"], note="Préfère le matin", joined_on=date(2025, 1, 1))
    other = line(
        referent.cpts, communes=["Nîmes", "UZES"], phones=["+33465710000", "+33639980001"], emails=["zoe@exemple.fr"],
        note="Le soir", speciality="IPA", national_id=RPPS, joined_on=date(2024, 1, 1),
    )  # fmt: skip
    other_id = other.id
    page = merged(referent, kept, other, note="other")
    assert "n’en font plus qu’une" in page.html.get_text()
    kept = db.session.scalars(sa.select(Contact)).one()
    assert (kept.note, kept.speciality, kept.national_id) == ("Le soir", "IPA", RPPS)
    assert kept.joined_on == date(2024, 1, 1)
    assert [one.commune for one in kept.places] == ["Uzès", "Nîmes"]
    assert [one.number for one in kept.phones] == ["+33465710000", "+33639980001"]
    assert [one.address for one in kept.emails] == ["zoe@exemple.fr"]
    assert "nimes" in kept.search_text
    assert kept.version == 2
    parts = {
        model: db.session.scalar(sa.select(sa.func.count()).select_from(model))
        for model in (ContactPlace, ContactPhone)
    }
    assert parts == {ContactPlace: 2, ContactPhone: 2}
    events = db.session.scalars(sa.select(HistoryEvent)).all()
    events.sort(key=lambda one: one.subject_id != str(kept.id))
    assert [(one.verb, one.subject_id) for one in events] == [("merged", str(kept.id)), ("merged", str(other_id))]
    assert events[1].fields == [str(kept.id)]
    assert events[0].fields == ["emails", "joined_on", "national_id", "note", "phones", "places", "speciality"]


def test_the_fuller_value_is_proposed(referent):
    kept = line(
        referent.cpts, kind=ContactKind.PROFESSIONAL, note="Le soir", skills="", joined_on=None,
        verified_on=date(2026, 1, 1), verified_how=VerifiedHow.CALL, availability="Nuit et jour", title="Mme",
    )  # fmt: skip
    other = line(
        referent.cpts, kind=ContactKind.ADHERENT, note="", skills="Tri", joined_on=date(2024, 1, 1),
        verified_on=date(2026, 2, 1), verified_how=VerifiedHow.LINK, availability="Nuit", speciality="IPA",
    )  # fmt: skip
    assert {one.name: one.proposed for one in differing.differences(kept, other)} == {
        "kind": Side.OTHER,
        "family_name": Side.KEPT,
        "profession": Side.OTHER,
        "skills": Side.OTHER,
        "availability": Side.KEPT,
        "note": Side.KEPT,
        "verified_on": Side.OTHER,
    }
    merged(referent, kept, other)
    assert (kept.verified_on, kept.verified_how) == (date(2026, 2, 1), VerifiedHow.LINK)
    assert (kept.kind, kept.joined_on) == (ContactKind.ADHERENT, date(2024, 1, 1))
    assert (kept.title, kept.profession, kept.speciality) == ("Mme", "Infirmier", "IPA")


def test_two_names_are_never_mixed_and_nothing_is_chosen_in_the_persons_place(referent):
    anne = line(referent.cpts, "Martin", "Anne", title="Dr", phones=["+33639980001"], national_id=RPPS)
    paul = line(referent.cpts, "Bernard", "Paul", phones=["+33639980001"], profession="Kinésithérapeute")
    page = compared(referent, anne, paul)
    assert "Noms différents : est-ce bien la même personne ?" in page.text.replace("\xa0", " ")
    assert page.html.select("[type=radio][checked]") == []
    refused = referent.submit(page, FORM)
    assert refused.status == 422
    assert "Nom : Choisissez une valeur de la liste" in refused.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 2
    answers = {f"take_{one.name}": "kept" for one in differing.differences(anne, paul)}
    assert referent.submit(refused, FORM, {**answers, "take_family_name": "other"}).status == 303
    assert (anne.title, anne.given_name, anne.family_name) == ("", "Paul", "Bernard")


def test_of_two_names_and_two_numbers_each_number_goes_with_its_name(referent):
    anne = line(referent.cpts, "Martin", "Anne", national_id=RPPS)
    paul = line(referent.cpts, "Bernard", "Paul", national_id=OTHER_RPPS)
    answer = referent.submit(compared(referent, anne, paul), FORM, {"take_family_name": "other"})
    assert answer.status == 303, answer.text
    assert (anne.family_name, anne.national_id) == ("Bernard", OTHER_RPPS)


def test_what_one_of_the_two_keeps_private_stays_private(referent):
    kept = line(referent.cpts, phones=["+33639980001", "+33465710000"], emails=["zoe@exemple.fr"])
    other = line(referent.cpts, phones=["+33639980001"], emails=["Zoe@exemple.fr"])
    other.phones[0].is_private = other.emails[0].is_private = True
    db.session.commit()
    page = compared(referent, kept, other)
    said = page.text.replace("\xa0", " ")
    assert "Deviennent privés, parce que l’autre fiche les garde ainsi : 06 39 98 00 01, zoe@exemple.fr." in said
    merged(referent, kept, other)
    assert [(one.number, one.is_private) for one in kept.phones] == [("+33639980001", True), ("+33465710000", False)]
    assert [(one.address, one.is_private) for one in kept.emails] == [("zoe@exemple.fr", True)]


@pytest.mark.parametrize(
    ("mine", "theirs", "left"),
    [
        (date(2025, 1, 1), None, None),
        (None, date(2025, 1, 1), None),
        (date(2025, 1, 1), date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2025, 1, 1), date(2026, 1, 1)),
    ],
)
def test_an_agreement_that_one_line_lacks_is_asked_for_again(referent, mine, theirs, left):
    kept, other = line(referent.cpts, mobile_consent_on=mine), line(referent.cpts, mobile_consent_on=theirs)
    merged(referent, kept, other)
    assert kept.mobile_consent_on == left


def test_two_persons_told_apart_are_not_proposed_again(referent):
    first, second = line(referent.cpts), line(referent.cpts)
    page = compared(referent, first, second)
    said = referent.submit(page, "form[action*=distinguer]").follow()
    assert "deux personnes, c’est noté" in said.html.get_text()
    assert "Aucun doublon en vue" in said.text
    assert referent.post("cpts.directory.tell_apart", contact_id=second.id, other_id=first.id).status == 303
    assert referent.get("cpts.directory.merge", contact_id=first.id).texts(".rows strong") == []
    told = sa.select(sa.func.count()).select_from(HistoryEvent).where(HistoryEvent.subject == "contact_distinction")
    assert db.session.scalar(told) == 1


def test_who_was_told_apart_from_a_line_is_from_the_one_that_it_becomes(referent):
    kept, other, third = line(referent.cpts), line(referent.cpts), line(referent.cpts)
    for one in (third, kept):
        referent.post("cpts.directory.tell_apart", contact_id=other.id, other_id=one.id)
    merged(referent, kept, other)
    assert pairs(referent.cpts) == []
    referent.post("cpts.directory.remove", contact_id=third.id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ContactDistinction)) == 0


def test_a_line_of_another_cpts_is_not_told_apart(referent):
    mine, elsewhere = line(referent.cpts), line(CptsFactory())
    assert referent.post("cpts.directory.tell_apart", contact_id=mine.id, other_id=elsewhere.id).status == 404


def test_two_names_that_share_a_telephone_come_last(referent):
    line(referent.cpts, "Albert", "Anne", phones=["+33639980001"])
    line(referent.cpts, "Bernard", "Paul", phones=["+33639980001"])
    line(referent.cpts)
    line(referent.cpts)
    assert pairs(referent.cpts) == [
        ({"Zoé BARTHÉLEMY"}, "même nom"),
        ({"Anne ALBERT", "Paul BERNARD"}, "même téléphone"),
    ]


def test_what_the_extraction_said_follows_the_national_identifier(referent):
    kept = line(referent.cpts)
    other = line(referent.cpts, national_id=RPPS, official={"family_name": "BARTHELEMY"}, official_on=date(2026, 5, 1))
    merged(referent, kept, other)
    assert (kept.official, kept.official_on) == ({"family_name": "BARTHELEMY"}, date(2026, 5, 1))


def test_everything_that_named_the_other_names_the_one_kept(referent):
    kept, other = line(referent.cpts), line(referent.cpts)
    rows = name_everywhere(other)
    other_id = other.id
    merged(referent, kept, other)
    assert named_in(Contact(id=other_id)) == set()
    for column in naming_columns():
        if column.table.name not in PARTS:
            assert ids(column, kept) == [rows[column.table.name]], column.table.name


def test_of_two_rows_that_cannot_stand_side_by_side_the_fuller_stays(referent):
    kept, other = line(referent.cpts), line(referent.cpts)
    participants = TABLES["exercise_participants"]
    first = written(participants, kept, {"contact_id": kept.id, "was_present": False, "what": "Infirmier"})
    exercise = db.session.scalar(sa.select(participants.c.exercise_id).where(participants.c.id == first))
    came = written(
        participants, other,
        {"contact_id": other.id, "exercise_id": exercise, "was_present": True, "what": "Infirmier"},
    )  # fmt: skip
    db.session.commit()
    merged(referent, kept, other)
    assert db.session.execute(sa.select(participants.c.id, participants.c.was_present)).all() == [(came, True)]
    assert db.session.scalar(sa.select(participants.c.contact_id)) == kept.id


def test_a_call_line_that_attempts_depend_on_stays_without_pointing_at_anybody(referent):
    kept, other = line(referent.cpts), line(referent.cpts)
    lines, attempts = TABLES["call_lines"], TABLES["call_attempts"]
    first = written(lines, kept, {"contact_id": kept.id})
    call_list = db.session.scalar(sa.select(lines.c.list_id).where(lines.c.id == first))
    twin = written(lines, other, {"contact_id": other.id, "list_id": call_list, "name": "Zoé BARTHÉLEMY"})
    written(attempts, other, {"line_id": twin})
    db.session.commit()
    merged(referent, kept, other)
    found = {row.id: row.contact_id for row in db.session.execute(sa.select(lines.c.id, lines.c.contact_id))}
    assert found == {first: kept.id, twin: None}
    assert db.session.scalar(sa.select(attempts.c.line_id)) == twin


def test_overlapping_periods_stay(referent):
    kept, other = line(referent.cpts), line(referent.cpts)
    name_everywhere(kept)
    name_everywhere(other)
    merged(referent, kept, other)
    duties = TABLES["referent_duties"].c.contact_id
    assert len(ids(duties, kept)) == 2


@pytest.mark.parametrize("changed", ["kept", "other"])
def test_a_line_that_changed_meanwhile_is_shown_again_and_choices_stay(referent, changed):
    kept, other = line(referent.cpts, note="Le soir"), line(referent.cpts, note="Le matin")
    page = compared(referent, kept, other)
    moved = {"kept": kept, "other": other}[changed]
    moved.note, moved.version = "Jamais le lundi", moved.version + 1
    db.session.commit()
    answer = referent.submit(page, FORM, {"take_note": "kept"})
    assert answer.status == 409
    before = {"kept": "Le soir", "other": "Le matin"}[changed]
    assert f"« {before} » est devenu « Jamais le lundi »" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 2
    checked = [one["value"] for one in answer.html.select("[name=take_note][checked]")]
    assert checked == ["kept"]
    assert referent.submit(answer, FORM).status == 303
    assert kept.note == {"kept": "Jamais le lundi", "other": "Le soir"}[changed]


def test_a_line_merged_already_is_not_found(referent):
    kept, other = line(referent.cpts), line(referent.cpts)
    page = compared(referent, kept, other)
    assert referent.submit(page, FORM).status == 303
    assert referent.submit(page, FORM).status == 404


def test_a_choice_that_is_none_is_refused(referent):
    kept, other = line(referent.cpts, note="Le soir"), line(referent.cpts, note="Le matin")
    answer = referent.submit(compared(referent, kept, other), FORM, {"take_note": "both"})
    assert answer.status == 422
    assert "Choisissez une valeur de la liste" in answer.text


def test_a_line_is_not_merged_with_itself_nor_with_that_of_another_cpts(referent):
    kept, elsewhere = line(referent.cpts), line(CptsFactory())
    for other_id in (kept.id, elsewhere.id, uuid.uuid4()):
        values = {"contact_id": kept.id, "other_id": other_id}
        assert referent.get("cpts.directory.compare", **values).status == 404
        assert referent.post("cpts.directory.make_one", **values).status == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 2


def test_two_national_identifiers_are_warned_of(referent):
    kept, other = line(referent.cpts, national_id=RPPS), line(referent.cpts, national_id=OTHER_RPPS)
    assert "Deux identifiants nationaux différents" in compared(referent, kept, other).text
    merged(referent, kept, other)
    assert kept.national_id == RPPS


def pairs(cpts):
    return [({one.first.name, one.second.name}, *one.reasons) for one in duplicates.page(cpts, 1).items]


def test_the_same_name_in_the_same_commune_or_without_one_is_a_possible_duplicate(referent):
    line(referent.cpts, communes=["Uzès"])
    line(referent.cpts, "BARTHELEMY", "Zoe", communes=["UZES"])
    line(referent.cpts, "Martin", "Anne", communes=["Uzès"])
    line(referent.cpts, "Martin", "Anne", communes=["Nîmes"])
    line(referent.cpts, "Petit", "Paul", communes=["Nîmes"])
    line(referent.cpts, "Petit", "Paul", communes=[])
    assert pairs(referent.cpts) == [({"Zoé BARTHÉLEMY", "Zoe BARTHELEMY"}, "même nom"), ({"Paul PETIT"}, "même nom")]


def test_the_same_telephone_or_e_mail_is_a_possible_duplicate_but_no_switchboard(referent):
    line(referent.cpts, "Barthélemy", phones=["+33639980001"], emails=["zoe@exemple.fr"])
    line(referent.cpts, "Barthelmy", phones=["+33639980001"], emails=["zoe@exemple.fr"])
    for name in ("Un", "Deux", "Trois", "Quatre"):
        line(referent.cpts, name, phones=["+33465710000"])
    line(referent.cpts, "Mairie", "", phones=["+33639980001"], is_service=True)
    assert pairs(referent.cpts) == [({"Zoé BARTHÉLEMY", "Zoé BARTHELMY"}, "même téléphone", "même courriel")]


def test_two_national_identifiers_or_two_cpts_are_no_duplicates(referent):
    line(referent.cpts, national_id=RPPS)
    line(referent.cpts, national_id=OTHER_RPPS)
    line(CptsFactory())
    page = referent.get("cpts.directory.duplicates")
    assert "Aucun doublon en vue" in page.text


def test_the_page_of_duplicates_leads_to_the_comparison(referent):
    first, second = line(referent.cpts), line(referent.cpts)
    page = referent.get("cpts.directory.duplicates")
    assert "1 paire se ressemble" in page.text.replace("\xa0", " ")
    there = next(href for said, href in page.links("tbody a").items() if said.startswith("Comparer"))
    assert {str(first.id), str(second.id)} <= set(there.split("/"))
    assert referent.open(there).status == 200


def test_the_other_line_is_proposed_or_searched(referent):
    kept = line(referent.cpts)
    line(referent.cpts)
    line(referent.cpts, "Martin", "Anne", communes=["Nîmes"], search_text="anne martin nimes")
    page = referent.get("cpts.directory.merge", contact_id=kept.id)
    assert page.texts(".rows strong") == ["Zoé BARTHÉLEMY"]
    page = referent.get("cpts.directory.merge", contact_id=kept.id, q="martin")
    assert page.texts(".rows strong") == ["Anne MARTIN"]
    page = referent.get("cpts.directory.merge", contact_id=kept.id, q="personne de ce nom")
    assert "Aucune autre fiche ne répond à ces mots" in page.text


@pytest.mark.parametrize("count", [2, 3])
def test_the_page_of_duplicates_costs_the_same_for_more_pairs(referent, count, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=1))
    for rank in range(count):
        for _ in range(2):
            line(referent.cpts, f"Nom{rank}")
    statements = []
    listener = lambda *said: statements.append(said[2])  # noqa: E731
    sa.event.listen(db.engine, "before_cursor_execute", listener)
    referent.get("cpts.directory.duplicates")
    sa.event.remove(db.engine, "before_cursor_execute", listener)
    assert len([one for one in statements if one.startswith("SELECT")]) <= 12
