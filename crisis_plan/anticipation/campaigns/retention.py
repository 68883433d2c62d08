"""Letters of verification campaigns that are evidence no longer (domain, section 12)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign
from crisis_plan.anticipation.directory import retention
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts


def forget(cpts: Cpts, today: date) -> int:
    """Erase the letters of campaigns that are over, of a contract whose evidence was kept long enough; how many."""
    limit = retention.forgotten_before(cpts.contract_signed_on, today)
    if limit is None:
        return 0
    over = sa.or_(VerificationCampaign.closed_at.is_not(None), VerificationCampaign.closes_on < today)
    old = sa.select(VerificationCampaign.id).where(
        VerificationCampaign.cpts_id == cpts.id, VerificationCampaign.opened_on < limit, over
    )
    erased = db.session.execute(
        sa.delete(CampaignLetter).where(CampaignLetter.campaign_id.in_(old)).returning(CampaignLetter.id)
    )
    return len(erased.all())
