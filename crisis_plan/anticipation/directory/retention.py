"""Until when evidence that names people is kept, and why. Source: domain, section 12."""

from __future__ import annotations

from datetime import date, timedelta

from crisis_plan.months import add_months

CONTRACT_LASTS = 5
"""Years from the signature of the contract (ACI) to its end."""
EVIDENCE_OUTLIVES_CONTRACT = 5
"""Years for which what proves the mission is kept once the contract is over."""

PURPOSE = (
    "Préparer la réponse aux crises sanitaires sur le territoire de la CPTS, et joindre le jour venu celles et ceux "
    "qui peuvent y répondre."
)
LEGAL_GROUND = (
    "Base retenue par défaut, à confirmer par l’association, responsable de ces données : son intérêt légitime à "
    "préparer la réponse aux crises, mission de son contrat (RGPD, article 6, paragraphe 1, f)."
)
EVIDENCE_GROUND = (
    "Motif retenu par défaut, à confirmer par l’association, responsable de ces données : pouvoir prouver qu’elle a "
    "rempli la mission de son contrat (RGPD, article 17, paragraphe 3, e)."
)
"""Both are proposals: which ground holds is for the controller to decide, not for this application."""


def contract_ends_on(contract_signed_on: date | None) -> date | None:
    """The anniversary on which the contract is over; none when its signature is not known."""
    return _years_after(contract_signed_on, CONTRACT_LASTS)


def evidence_kept_until(contract_signed_on: date | None) -> date | None:
    """Last day of what is kept as evidence; none when the signature of the contract is not known."""
    return _years_after(contract_ends_on(contract_signed_on), EVIDENCE_OUTLIVES_CONTRACT)


def forgotten_before(contract_signed_on: date | None, today: date) -> date | None:
    """Evidence older than this day is to be erased; none while it is kept, or when no signature is known."""
    kept_until, ends_on = evidence_kept_until(contract_signed_on), contract_ends_on(contract_signed_on)
    return ends_on + timedelta(days=1) if kept_until and ends_on and today > kept_until else None


def _years_after(day: date | None, years: int) -> date | None:
    return add_months(day, 12 * years) if day else None
