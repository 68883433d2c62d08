"""The directory's rules, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.anticipation.directory import drafts, identifiers, rules, telephones
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.rules import ContactKind, is_stale, search_words
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
    verified_on=st.none() | st.dates(),
    places=st.lists(st.builds(PlaceDraft, structure=texts, commune=texts), max_size=2).map(tuple),
    phones=st.lists(st.builds(PhoneDraft, number=texts, is_private=st.booleans()), max_size=2).map(tuple),
    emails=st.lists(st.builds(EmailDraft, address=texts, is_private=st.booleans()), max_size=2).map(tuple),
)


@given(contacts)
def test_a_draft_comes_back_equal_from_a_report(draft):
    assert drafts.from_json(drafts.to_json(draft)) == draft
