"""Campaigns to arrange a test with: launched by the operation, answered by the tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.anticipation.campaigns import mails, operations
from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign
from crisis_plan.anticipation.campaigns.rules import Audience
from crisis_plan.anticipation.directory.models import Contact, ContactEmail
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.factories import AccountFactory, ContactFactory


def contact_with_mail(cpts: Cpts, address: str = "camille@exemple.fr", **values: Any) -> Contact:
    """A contact who is written to at this address."""
    made: Contact = ContactFactory(cpts_id=cpts.id, emails=[ContactEmail(position=0, address=address)], **values)
    return made


def launched(
    app: Flask,
    cpts: Cpts,
    *,
    applies_answers: bool = True,
    by: Account | None = None,
    at: datetime | None = None,
    today: date | None = None,
    last_day: date | None = None,
    audience: Audience | None = None,
) -> VerificationCampaign:
    """A campaign open today, committed."""
    day = today or clock.today(cpts)
    plan = operations.Plan(
        title="Vérification d’automne",
        audience=audience or Audience(),
        last_day=last_day or day + timedelta(days=30),
        applies_answers=applies_answers,
    )
    with app.test_request_context():
        made = operations.launch(cpts, plan, by=by or AccountFactory(), at=at or clock.now(), today=day)
        db.session.commit()
    return made


def letter_of(contact: Contact) -> CampaignLetter:
    """The last letter written about this contact."""
    return db.session.scalars(
        sa.select(CampaignLetter)
        .join(VerificationCampaign)
        .where(CampaignLetter.contact_id == contact.id)
        .order_by(VerificationCampaign.opened_at.desc())
    ).first()


def link_of(contact: Contact) -> str:
    """The path of this contact's own page."""
    return f"/mes-coordonnees/{mails.token_of(letter_of(contact))}"
