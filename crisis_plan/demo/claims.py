"""The claims of the fictional CPTS: one paid, one corrected after a complement, one being prepared."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crisis_plan import clock
from crisis_plan.access import queries as accounts
from crisis_plan.access.models import Account
from crisis_plan.db import commit
from crisis_plan.demo.fictional_acts import paper
from crisis_plan.demo.people import People
from crisis_plan.folding import folded
from crisis_plan.funding.claims import answering, operations, submitting
from crisis_plan.funding.claims.readers import caisse_of
from crisis_plan.funding.claims.steps import Said
from crisis_plan.funding.lines import Need, StepKind
from crisis_plan.funding.models import Claim
from crisis_plan.funding.offers import YEAR_1, crisis_subject, update_subject
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.mobilisation import queries as mobilisation

CPAM = "cpam@demo.example"
COMPLEMENT = (
    "Merci de joindre la feuille d’émargement de la réunion du 3e jour avec les communes, citée dans le journal de bord, "
    "et de dire combien d’infirmiers sont intervenus à domicile."
)
CRISIS_NOTE = (
    "Réponse au complément\u00a0: la feuille d’émargement est jointe. {} infirmiers sont intervenus à domicile\u00a0; leurs "
    "heures sont comptées une fois dans le tableau par profession, même quand deux actions se suivent."
)
AT_HOME = ("malades nombreux", "visite")
"""How the actions that are done at home begin."""
NURSE = "infirmi"
SHEET = "Feuille d’émargement fictive de la réunion avec les communes, pendant la canicule."
NOTICE = "Avis de virement fictif de la caisse, reçu par la CPTS."
UPDATE_NOTE = "La diffusion se poursuit auprès des partenaires\u00a0: chaque remise est au registre."


def tell_claims(cpts: Cpts, people: People, *, today: date) -> None:
    """Year 1 submitted, accepted and paid; the heatwave corrected and waiting; the update being prepared."""
    cpam = accounts.account_by_email(CPAM) or people.operator
    _paid(cpts, people, cpam, today=today)
    _corrected(cpts, people, cpam, today=today)
    _prepared(cpts, people, today=today)
    commit()


def _paid(cpts: Cpts, people: People, cpam: Account, *, today: date) -> None:
    claim = operations.open_claim(cpts, YEAR_1, by=people.coordinator, at=_day(today, -568))
    _submit(claim, people.referent, at=_day(today, -565))
    agreed = Said(today - timedelta(days=535), "Plan conforme à la trame.", claim.asked_cents)
    _answer(claim, StepKind.ACCEPTED, agreed, by=cpam, at=_day(today, -534))
    day = today - timedelta(days=510)
    notice = paper("Avis de virement", "Avis (fictif)", "avis-de-virement-fictif.pdf", NOTICE, signed_on=day)
    paid = Said(day, amount_cents=claim.asked_cents, document=notice)
    answering.answer(
        claim,
        StepKind.PAID,
        paid,
        institution=None,
        seen_steps=len(claim.steps),
        by=people.coordinator,
        at=_day(today, -509),
    )


def _corrected(cpts: Cpts, people: People, cpam: Account, *, today: date) -> None:
    recognised = facts.recognitions(cpts)
    crisis = min((one for one in crises.real_crises(cpts) if one.id in recognised), key=lambda one: one.opened_at)
    claim = operations.open_claim(cpts, crisis_subject(crisis), by=people.coordinator, at=_day(today, -64))
    _submit(claim, people.coordinator, at=_day(today, -60))
    _answer(
        claim, StepKind.COMPLEMENT_ASKED, Said(today - timedelta(days=46), COMPLEMENT), by=cpam, at=_day(today, -46)
    )
    at = _day(today, -33)
    met_on = clock.local(crisis.opened_at, cpts).date() + timedelta(days=2)
    sheet = paper("Réunion avec les communes", "Émargement (fictif)", "emargement-fictif.pdf", SHEET, signed_on=met_on)
    label = "Feuille d’émargement, réunion avec les communes"
    operations.attach(claim, Need.APPLIED, label, sheet, by=people.coordinator, at=at)
    note = CRISIS_NOTE.format(nurses_at_home(crisis))
    operations.write(claim, note=note, wanted_cents=None, seen_version=claim.version, by=people.coordinator, at=at)
    _submit(claim, people.referent, at=_day(today, -30))


def nurses_at_home(crisis: Crisis) -> int:
    """The nurses who carried out one of the actions at home, as they are counted."""
    return sum(
        NURSE in folded(line.profession) and any(folded(one.label).startswith(AT_HOME) for one in line.actions)
        for line in mobilisation.people(crisis)
    )


def _prepared(cpts: Cpts, people: People, *, today: date) -> None:
    at = _day(today, -5)
    claim = operations.open_claim(cpts, update_subject(2), by=people.coordinator, at=at)
    operations.write(
        claim, note=UPDATE_NOTE, wanted_cents=None, seen_version=claim.version, by=people.coordinator, at=at
    )


def _submit(claim: Claim, by: Account, *, at: datetime) -> None:
    commit()  # printing reads what is committed, then takes the lock
    role = "référent de crise" if by.email.startswith("referent") else "coordination"
    submitting.submit(claim, role=role, without_missing=True, seen_version=claim.version, by=by, at=at)
    commit()


def _answer(claim: Claim, kind: StepKind, said: Said, *, by: Account, at: datetime) -> None:
    institution = caisse_of(by, claim.cpts)
    answering.answer(claim, kind, said, institution=institution, seen_steps=len(claim.steps), by=by, at=at)


def _day(today: date, offset: int) -> datetime:
    return datetime.combine(today + timedelta(days=offset), time(10), tzinfo=ZoneInfo("Europe/Paris"))
