"""What is missing to count the deadlines, and dates that contradict each other: said, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crisis_plan.organisations.rules import MissionSource
from crisis_plan.web.formats import long_date
from crisis_plan.yearly_update.deadlines.rules import Contract, signed_on

NOT_CHOSEN = (
    "Dites si les échéances se comptent depuis le contrat ou depuis l’avenant\u00a0: sans cela, le démarrage (6 mois) et "
    "le déploiement (18 mois) ne peuvent pas être datés."
)
NO_DATE = {
    MissionSource.CONTRACT: "Vous comptez les échéances depuis le contrat, mais la date de sa signature manque.",
    MissionSource.AMENDMENT: "Vous comptez les échéances depuis l’avenant, mais la date de sa signature manque.",
}
NO_START = "La date de début de la mission manque\u00a0: ses années et leur fin ne peuvent pas être comptées."
NO_CONTRACT = "La date de signature du contrat manque\u00a0: ses anniversaires ne peuvent pas être datés."


def missing(contract: Contract) -> tuple[str, ...]:
    """What keeps some deadline from being counted."""
    return tuple(_missing(contract))


def _missing(contract: Contract) -> Iterator[str]:
    if contract.deadlines_from is None:
        yield NOT_CHOSEN
    elif signed_on(contract) is None:
        yield NO_DATE[contract.deadlines_from]
    if contract.mission_started_on is None:
        yield NO_START
    if contract.contract_signed_on is None and contract.deadlines_from is not MissionSource.CONTRACT:
        yield NO_CONTRACT


def contradictions(contract: Contract, today: date) -> tuple[str, ...]:
    """Dates to read again; the texts forbid none of them, so they are kept as they were typed."""
    return tuple(_contradictions(contract, today))


def _contradictions(contract: Contract, today: date) -> Iterator[str]:
    signed, amended = contract.contract_signed_on, contract.amendment_signed_on
    if signed and amended and amended < signed:
        yield (
            f"L’avenant est daté du {long_date(amended)}, avant le contrat du {long_date(signed)}\u00a0: vérifiez ces "
            "deux dates."
        )
    for name, day in (("Le contrat", signed), ("L’avenant", amended)):
        if day and day > today:
            yield f"{name} est daté du {long_date(day)}, un jour à venir\u00a0: vérifiez la date de sa signature."
    counted_from, started = signed_on(contract), contract.mission_started_on
    if counted_from and started and started < counted_from:
        yield (
            f"La mission commence le {long_date(started)}, avant la signature qui compte, le "
            f"{long_date(counted_from)}\u00a0: vérifiez ces deux dates."
        )
