"""Rows to arrange a test with."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime

import factory
from factory.alchemy import SQLAlchemyModelFactory

from crisis_plan.access.models import Account, Membership, Readership
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.directory.models import Contact, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts, CptsCommune, Institution, InstitutionKind

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
PASSWORD = "marée haute lanterne"


class Factory(SQLAlchemyModelFactory):
    """Rows are flushed; the test commits."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "flush"


class CptsFactory(Factory):
    class Meta:
        model = Cpts

    slug = factory.Sequence(lambda n: f"cpts-{n}")
    name = factory.Sequence(lambda n: f"CPTS {n}")
    legal_name = factory.LazyAttribute(lambda made: f"Association {made.name}")
    region = "76"
    departements = factory.LazyFunction(lambda: ["30"])
    created_at = NOON
    communes = factory.LazyFunction(lambda: [CptsCommune(code="30334")])


class InstitutionFactory(Factory):
    class Meta:
        model = Institution

    kind = InstitutionKind.ARS
    name = "ARS Occitanie"
    region = "76"
    departements = factory.LazyFunction(list)
    created_at = NOON


class AccountFactory(Factory):
    class Meta:
        model = Account

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    name = factory.Sequence(lambda n: f"Personne {n}")
    password_hash = "!"
    session_stamp = factory.LazyFunction(lambda: secrets.token_hex(16))
    is_operator = False
    created_at = NOON


class ContactFactory(Factory):
    class Meta:
        model = Contact

    cpts_id = factory.LazyFunction(lambda: CptsFactory().id)
    kind = ContactKind.ADHERENT
    family_name = factory.Sequence(lambda n: f"Martin{n}")
    given_name = "Camille"
    profession = "Infirmier"
    joined_on = date(2025, 1, 1)
    sort_name = factory.LazyAttribute(lambda made: folded(f"{made.family_name} {made.given_name}"))
    search_text = factory.LazyAttribute(lambda made: folded(f"{made.family_name} {made.given_name} {made.profession}"))
    created_at = NOON
    updated_at = NOON
    phones = factory.LazyFunction(lambda: [ContactPhone(position=0, number="+33465710000")])
    places = factory.LazyFunction(lambda: [ContactPlace(position=0, commune="Uzès", postal_code="30700")])


def member(cpts: Cpts, role: Role) -> Account:
    """An account with this role in this CPTS."""
    account: Account = AccountFactory()
    db.session.add(Membership(account=account, cpts_id=cpts.id, role=role, added_at=NOON))
    db.session.flush()
    return account


def reader(kind: InstitutionKind, *, region: str = "76", departements: tuple[str, ...] = ()) -> Account:
    """An account that reads for a new institution of this area."""
    account: Account = AccountFactory()
    institution = InstitutionFactory(kind=kind, region=region, departements=list(departements))
    db.session.add(Readership(account=account, institution=institution, added_at=NOON))
    db.session.flush()
    return account
