"""What a person may say of their line: kept as differences, and put over what is stored."""

from __future__ import annotations

import json
from datetime import date

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.campaigns import own_words
from crisis_plan.anticipation.campaigns.own_words import OwnWords
from crisis_plan.anticipation.directory.drafts import EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.organisations.models import Cpts
from tests.anticipation.campaigns.factories import contact_with_mail

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
WORDS = st.builds(
    OwnWords,
    title=TEXT,
    family_name=TEXT,
    function=TEXT,
    availability=TEXT,
    phones=st.lists(st.builds(PhoneDraft, TEXT, st.booleans()), max_size=3).map(tuple),
    emails=st.lists(st.builds(EmailDraft, TEXT, st.booleans()), max_size=3).map(tuple),
    places=st.lists(st.builds(PlaceDraft, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=3).map(tuple),
    volunteer_for=st.lists(st.sampled_from([one.value for one in CrisisType]), unique=True).map(tuple),
    mobile_consent=st.booleans(),
)


@given(stored=WORDS, said=WORDS)
def test_a_correction_survives_being_kept(stored: OwnWords, said: OwnWords) -> None:
    kept = json.loads(json.dumps(own_words.correction(stored, said)))
    assert own_words.corrected(stored, kept) == said
    assert own_words.correction(said, own_words.corrected(stored, kept)) == {}


@given(words=WORDS)
def test_the_same_words_are_no_correction(words: OwnWords) -> None:
    assert own_words.correction(words, words) == {}


def test_a_correction_leaves_alone_what_is_not_shown(app: Flask, cpts: Cpts) -> None:
    contact = contact_with_mail(cpts, note="Clé chez la voisine", national_id="810001234567", finess="300000000")
    kept = {"function": "Cadre de santé", "mobile_consent": True, "volunteer_for": ["ill"]}
    draft = own_words.draft_with(contact, kept, on=date(2026, 11, 22), how=VerifiedHow.LINK)
    assert (draft.note, draft.national_id, draft.finess) == ("Clé chez la voisine", "810001234567", "300000000")
    assert (draft.kind, draft.joined_on) == (contact.kind, contact.joined_on)
    assert (draft.function, draft.mobile_consent_on) == ("Cadre de santé", date(2026, 11, 22))
    assert draft.volunteer_for == (CrisisType.ILL,)
    assert [phone.number for phone in draft.phones] == [phone.number for phone in contact.phones]
    assert (draft.verified_on, draft.verified_by) == (date(2026, 11, 22), "la personne elle-même")


def test_an_older_answer_does_not_hide_a_later_verification(app: Flask, cpts: Cpts) -> None:
    contact = contact_with_mail(cpts, verified_on=date(2026, 11, 20), verified_by="Nadia")
    draft = own_words.draft_with(contact, {"function": "Cadre"}, on=date(2026, 11, 10), how=VerifiedHow.LINK)
    assert (draft.verified_on, draft.verified_by) == (date(2026, 11, 20), "Nadia")


def test_an_agreement_given_before_keeps_its_date(app: Flask, cpts: Cpts) -> None:
    contact = contact_with_mail(cpts, mobile_consent_on=date(2025, 3, 1))
    again = own_words.draft_with(contact, {"mobile_consent": True}, on=date(2026, 11, 22), how=VerifiedHow.LINK)
    withdrawn = own_words.draft_with(contact, {"mobile_consent": False}, on=date(2026, 11, 22), how=VerifiedHow.LINK)
    assert (again.mobile_consent_on, withdrawn.mobile_consent_on) == (date(2025, 3, 1), None)
