"""Two rounds of the directory: the adherents last season, and the professionals who were forgotten since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crisis_plan.access import operations as access
from crisis_plan.access import queries as accounts
from crisis_plan.access.models import Account
from crisis_plan.anticipation.campaigns import answers, letters, operations, own_words
from crisis_plan.anticipation.campaigns.rules import Audience, Freshness
from crisis_plan.anticipation.directory import operations as directory
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.rules import ContactKind, VerifiedHow
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign

FIRST, SECOND = timedelta(days=150), timedelta(days=24)
LAST_WEEK = timedelta(days=6)
ADHERENTS = (("Luc", "Fabre", "cellule@demo.example"), ("Inès", "Roca", "adherent@demo.example"))
CORRECTIONS: tuple[dict[str, Any], ...] = (
    {"availability": "Joignable le soir ; absente le jeudi"},
    {"phones": (PhoneDraft("+33639980901", is_private=True),), "mobile_consent": True},
    {"volunteer_for": ("ill", "infectious"), "skills": "Vaccination, gériatrie"},
    {"function": "Remplaçante jusqu’en juin"},
    {"availability": "Ne peut se libérer qu’en journée"},
)


def tell_campaigns(cpts: Cpts, people: People, *, today: date) -> None:
    """A round that is over, one under way with answers to decide, and accounts that know their own line."""
    _adherents_with_accounts(cpts, people, at=_morning(today - FIRST - timedelta(days=200)))
    _last_season(cpts, people, day=today - FIRST)
    _under_way(cpts, people, today=today)


def _adherents_with_accounts(cpts: Cpts, people: People, *, at: datetime) -> None:
    """Both have a line; one has said that it is theirs, the other is about to be asked."""
    members = {member.account.email: member for member in accounts.members_of(cpts)}
    for rank, (given_name, family_name, email) in enumerate(ADHERENTS):
        draft = ContactDraft(
            kind=ContactKind.ADHERENT,
            family_name=family_name,
            given_name=given_name,
            profession="Infirmier",
            joined_on=at.date(),
            phones=(PhoneDraft(f"+3363998100{rank}", is_private=True),),
            emails=(EmailDraft(email),),
            places=(PlaceDraft(structure="Cabinet infirmier de l’Exemple", postal_code="30700", commune="Uzès"),),
        )
        contact = directory.add(cpts, draft, by=people.coordinator, at=at)
    tied = members[ADHERENTS[-1][2]]
    access.tie_contact(tied, contact.id, by=tied.account, at=at)


def _last_season(cpts: Cpts, people: People, *, day: date) -> None:
    """Adherents: most answered, the others were reminded, then called; the links no longer answer."""
    campaign = _launch(cpts, "Relecture par les adhérents", Audience(ContactKind.ADHERENT), people, day=day)
    letters = _older_than(_letters(campaign), day)
    by_mail = [letter for letter in letters if letter.email]
    for rank, letter in enumerate(by_mail[::2]):
        _confirm(letter, day + timedelta(days=1 + rank % 6))
    reminded = day + timedelta(days=20)
    operations.remind(cpts, campaign, by=people.coordinator, at=_morning(reminded), today=reminded)
    for letter in by_mail[1::4]:
        _confirm(letter, reminded + timedelta(days=1))
    called = reminded + timedelta(days=5)
    for letter in [letter for letter in letters if not letter.email][::2]:
        directory.verify(letter.contact, on=called, how=VerifiedHow.CALL, by=people.coordinator, at=_morning(called))
    operations.close(campaign, by=people.coordinator, at=_morning(day + timedelta(days=31)))


def _under_way(cpts: Cpts, people: People, *, today: date) -> None:
    """Professionals who were not verified for a year: answers come in, some corrections wait, a week is left."""
    day = today - SECOND
    asked = Audience(ContactKind.PROFESSIONAL, Freshness.STALE)
    campaign = _launch(
        cpts, "Professionnels à vérifier", asked, people, day=day, last_day=today + LAST_WEEK, applies_answers=False
    )
    letters = [letter for letter in _letters(campaign) if letter.email]
    for rank, letter in enumerate(letters[len(CORRECTIONS) :: 2]):
        _confirm(letter, day + timedelta(days=1 + rank % 12))
    for rank, (letter, said) in enumerate(zip(letters, CORRECTIONS, strict=False)):
        _correct(letter, said, day + timedelta(days=2 + rank))
    for letter, decide in zip(letters, (_apply, _decline), strict=False):
        decide(cpts, letter, people.coordinator, at=_morning(today - timedelta(days=2)))


def _launch(
    cpts: Cpts,
    title: str,
    audience: Audience,
    people: People,
    *,
    day: date,
    last_day: date | None = None,
    applies_answers: bool = True,
) -> VerificationCampaign:
    plan = operations.Plan(title, audience, last_day or day + timedelta(days=30), applies_answers)
    return operations.launch(cpts, plan, by=people.coordinator, at=_morning(day), today=day)


def _letters(campaign: VerificationCampaign) -> Sequence[CampaignLetter]:
    return letters.every_letter(campaign)


def _older_than(letters: Sequence[CampaignLetter], day: date) -> list[CampaignLetter]:
    """Those whose line was not verified since: nobody answers twice."""
    return [one for one in letters if one.contact.verified_on is None or one.contact.verified_on < day]


def _confirm(letter: CampaignLetter, day: date) -> None:
    answers.confirm(letter, seen_version=letter.contact.version, at=_morning(day), today=day)


def _correct(letter: CampaignLetter, said: dict[str, Any], day: date) -> None:
    words = replace(own_words.words_of(letter.contact), **said)
    answers.correct(letter, words, seen_version=letter.contact.version, at=_morning(day), today=day)


def _apply(cpts: Cpts, letter: CampaignLetter, by: Account, *, at: datetime) -> None:
    answers.apply_correction(cpts, letter, seen_version=letter.contact.version, by=by, at=at)


def _decline(_cpts: Cpts, letter: CampaignLetter, by: Account, *, at: datetime) -> None:
    answers.decline_correction(letter, by=by, at=at)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=ZoneInfo("Europe/Paris"))
