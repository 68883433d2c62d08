"""Until when evidence that names people is kept, and why. Source: domain, section 12."""

from __future__ import annotations

from datetime import date

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
    "L’intérêt légitime de l’association à préparer la réponse aux crises, mission de son contrat "
    "(RGPD, article 6, paragraphe 1, f)."
)
EVIDENCE_GROUND = (
    "L’association doit pouvoir prouver qu’elle a rempli la mission de son contrat (RGPD, article 17, paragraphe 3, e)."
)


def contract_ends_on(contract_signed_on: date | None) -> date | None:
    """The anniversary on which the contract is over; none when its signature is not known."""
    return _years_after(contract_signed_on, CONTRACT_LASTS)


def evidence_kept_until(contract_signed_on: date | None) -> date | None:
    """Last day of what is kept as evidence; none when the signature of the contract is not known."""
    return _years_after(contract_ends_on(contract_signed_on), EVIDENCE_OUTLIVES_CONTRACT)


def _years_after(day: date | None, years: int) -> date | None:
    return add_months(day, 12 * years) if day else None
