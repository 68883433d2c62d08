"""The directory's rules, without a database."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.directory import changes, drafts, identifiers, operations, rules, telephones
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.rules import ContactKind, Freshness, VerifiedHow, is_stale, search_words
from crisis_plan.folding import folded

TODAY = date(2026, 11, 22)
texts = st.text(max_size=30)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("465710000", "+33465710000"),
        ("4 65 71 03 00", "+33465710300"),
        ("04.65.71.01.01", "+33465710101"),
        ("+33 4 65 71 02 00", "+33465710200"),
        ("+33 (0)4 65 71 02 00", "+33465710200"),
        ("0033 4 65 71 02 00", "+33465710200"),
        ("'+33465710200", "+33465710200"),
        ("06 39 98 00 01", "+33639980001"),
        ("0262 20 00 00", "+262262200000"),
        ("+32 2 555 12 12", "+3225551212"),
        ("15", "15"),
        ("18", "18"),
        ("112", "112"),
        ("115", "115"),
        ("116 117", "116117"),
    ],
)
@pytest.mark.parametrize("region", ["FR", "RE"])
def test_telephones_are_read_as_people_write_them(typed, stored, region):
    assert telephones.parsed(typed, region) == stored


@pytest.mark.parametrize("typed", ["", "12", "99", "04 65 71", "=1+1", "bonjour", "04 65 71 00 00 poste 12", "0" * 60])
def test_what_reaches_nobody_is_no_telephone(typed):
    with pytest.raises(ValueError, match="n’existe pas"):
        telephones.parsed(typed)


@given(st.text(max_size=45))
def test_any_text_is_a_telephone_or_is_refused(typed):
    try:
        stored = telephones.parsed(typed)
    except ValueError:
        return
    assert stored.isdigit() or stored.startswith("+")
    assert len(stored) <= 20
    assert telephones.parsed(stored) == stored


@pytest.mark.parametrize(
    ("departements", "region"), [(["30"], "FR"), (["974"], "RE"), (["971"], "GP"), (["976"], "YT"), ([], "FR")]
)
def test_a_cpts_telephones_from_its_departement(departements, region):
    assert telephones.region_of(departements) == region


def test_a_local_number_of_la_reunion_belongs_there():
    assert telephones.parsed("0262 20 00 00", "RE") == telephones.parsed("262 20 00 00", "RE") == "+262262200000"


@pytest.mark.parametrize("typed", ["10000105121", "810000105121", "10 00010 5121"])
def test_a_national_identifier_is_8_and_the_rpps_number(typed):
    assert identifiers.national_id(typed) == "810000105121"
    assert identifiers.rpps("810000105121") == "10000105121"


@pytest.mark.parametrize("typed", ["10000105122", "1000010512", "abc", "\uff19" * 11, "910000105121"])
def test_an_rpps_number_with_a_wrong_key_is_refused(typed):
    with pytest.raises(ValueError, match="RPPS"):
        identifiers.national_id(typed)


def test_no_rpps_number_is_no_identifier():
    assert identifiers.national_id("  ") is None
    assert identifiers.rpps(None) == identifiers.rpps("0300012345") == ""


@pytest.mark.parametrize(
    ("verified_on", "stale"),
    [(None, True), (date(2025, 11, 21), True), (date(2025, 11, 22), False), (TODAY, False)],
)
def test_a_contact_is_stale_after_twelve_months(verified_on, stale):
    assert is_stale(verified_on, TODAY) is stale


@pytest.mark.parametrize(
    ("verified_on", "found"),
    [
        (None, Freshness.STALE),
        (date(2025, 11, 21), Freshness.STALE),
        (date(2025, 11, 22), Freshness.AGEING),
        (date(2026, 5, 22), Freshness.AGEING),
        (date(2026, 5, 23), Freshness.FRESH),
        (TODAY, Freshness.FRESH),
    ],
)
def test_a_contact_is_looked_at_again_from_six_months_on(verified_on, found):
    assert rules.freshness(verified_on, TODAY) is found


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, days, st.integers(0, 400))
def test_a_contact_never_becomes_fresher_by_waiting(verified_on, today, more):
    order = list(Freshness)
    now, later = (rules.freshness(verified_on, day) for day in (today, today + timedelta(more)))
    assert order.index(now) <= order.index(later)


@given(days)
def test_who_was_verified_today_is_fresh(today):
    assert rules.freshness(today, today) is Freshness.FRESH


@pytest.mark.parametrize(
    ("is_service", "agreed_on", "numbers", "to_ask"),
    [
        (False, None, ["+33639980001"], True),
        (False, None, ["+33465710000"], False),
        (False, None, [], False),
        (False, TODAY, ["+33639980001"], False),
        (True, None, ["+33639980001"], False),
        (False, None, ["+262692000000"], True),
    ],
)
def test_a_person_agrees_that_a_private_mobile_is_kept(is_service, agreed_on, numbers, to_ask):
    asked = rules.needs_mobile_consent(is_service=is_service, mobile_consent_on=agreed_on, private_numbers=numbers)
    assert asked is to_ask


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("300012345", "300012345"), (" 30 0012345 ", "300012345"), ("2a0001234", "2A0001234"), ("", "")],
)
def test_a_finess_number_has_nine_characters_corsica_included(typed, stored):
    assert identifiers.finess(typed) == stored


@pytest.mark.parametrize("typed", ["30001234", "3000123456", "2C0001234", "302A01234", "\uff13" * 9, "abcdefghi"])
def test_what_is_no_finess_number_is_refused(typed):
    with pytest.raises(ValueError, match="FINESS"):
        identifiers.finess(typed)


def test_twelve_months_before_a_29_february_is_a_28():
    assert rules.fresh_since(date(2028, 2, 29)) == date(2027, 2, 28)


def test_the_trame_asks_for_an_adherent_a_partner_the_ars_and_the_cpam():
    assert len(rules.missing([])) == 4
    assert rules.missing([(ContactKind.ADHERENT, ""), (ContactKind.PROFESSIONAL, "")]) == rules.missing([])[1:]
    complete = [
        (ContactKind.ADHERENT, ""),
        (ContactKind.PARTNER, "Mairie"),
        (ContactKind.INSTITUTION, "ARS"),
        (ContactKind.INSTITUTION, "CPAM du Gard"),
    ]
    assert rules.missing(complete) == ()


def test_an_establishment_is_a_partner_but_a_partner_named_ars_is_no_institution():
    said = rules.missing(
        [(ContactKind.ADHERENT, ""), (ContactKind.ESTABLISHMENT, "EHPAD"), (ContactKind.PARTNER, "ARS")]
    )
    assert [sentence[:7] for sentence in said] == ["L’ARS m", "La CPAM"]


@given(texts)
def test_folding_twice_changes_nothing_and_leaves_no_wildcard(text):
    assert folded(folded(text)) == folded(text)
    assert not set("%_\\'\x00") & set(folded(text))


def test_a_search_ignores_accents_case_and_punctuation():
    assert search_words("  BARTHÉLÉMY, l'Uzès ") == ["barthelemy", "l", "uzes"]
    assert len(search_words("a " * 500)) == rules.MOST_WORDS


contacts = st.builds(
    ContactDraft,
    kind=st.sampled_from(ContactKind),
    family_name=texts.filter(bool),
    is_service=st.booleans(),
    given_name=texts,
    national_id=st.none() | texts.filter(bool),
    joined_on=st.none() | st.dates(),
    finess=texts,
    volunteer_for=st.sets(st.sampled_from(CrisisType)).map(lambda found: tuple(crisis_types(found))),
    mobile_consent_on=st.none() | st.dates(),
    verified_on=st.none() | st.dates(),
    verified_by=texts,
    verified_how=st.none() | st.sampled_from(VerifiedHow),
    places=st.lists(st.builds(PlaceDraft, structure=texts, commune=texts), max_size=2).map(tuple),
    phones=st.lists(st.builds(PhoneDraft, number=texts, is_private=st.booleans()), max_size=2).map(tuple),
    emails=st.lists(st.builds(EmailDraft, address=texts, is_private=st.booleans()), max_size=2).map(tuple),
)


@given(contacts)
def test_a_draft_comes_back_equal_from_a_report(draft):
    assert drafts.from_json(json.loads(json.dumps(drafts.to_json(draft)))) == draft


def test_every_field_of_a_contact_has_a_name_in_its_history():
    assert set(drafts.SCALARS) | set(operations.PARTS) == set(changes.FIELDS)
    assert changes.in_words(["phones", "kind"]) == ("type de contact", "téléphones")
    assert changes.in_words(["something_new"]) == (changes.ANOTHER,)
