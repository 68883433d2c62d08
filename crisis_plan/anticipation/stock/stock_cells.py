"""Reading the cells of a line of stock: what they say, what is left out of them, what refuses the line."""

from __future__ import annotations

from datetime import date

from crisis_plan.anticipation.stock.descriptions import LONGEST_PACE
from crisis_plan.anticipation.stock.typed import parse_expiry, parse_quantity
from crisis_plan.web.formats import short_date


class LineRefused(ValueError):
    """The line cannot come in; the message says why."""


def quantity(cells: dict[str, str]) -> int | None:
    """How many; none when nothing was counted. Raises `LineRefused`."""
    typed = cells["quantity"]
    if not typed:
        if any(cells[column] for column in ("label", "place", "expires_on")):
            raise LineRefused("La quantité manque.")
        return None
    found = parse_quantity(typed)
    if found is None:
        raise LineRefused(
            f"«\u00a0{typed[:40]}\u00a0» n’est pas une quantité\u00a0: écrivez un nombre entier, comme 1\u202f200."
        )
    if found < 0:
        raise LineRefused(f"La quantité est négative ({typed[:40]})\u00a0: comptez de nouveau.")
    return found


def threshold(typed: str, warnings: list[str]) -> int | None:
    """The alert threshold; what is no number is left out, with a warning."""
    if not typed:
        return None
    found = parse_quantity(typed)
    if found is None or found < 0:
        warnings.append(f"Le seuil «\u00a0{typed[:40]}\u00a0» n’est pas un nombre\u00a0: l’article entre sans seuil.")
        return None
    return found


def pace(typed: str, warnings: list[str]) -> int | None:
    """Every how many months it is counted; what is no such number is left out, with a warning."""
    found = parse_quantity(typed) if typed else None
    if typed and (found is None or not 1 <= found <= LONGEST_PACE):
        warnings.append(
            f"«\u00a0{typed[:40]}\u00a0» n’est pas un nombre de mois de 1 à {LONGEST_PACE}\u00a0: l’article entre sans "
            "rythme de comptage."
        )
        return None
    return found


def expiry(typed: str, warnings: list[str], today: date) -> date | None:
    """The expiry; what is no date is left out, with a warning, and what is past is said."""
    if not typed:
        return None
    expires_on = parse_expiry(typed)
    if expires_on is None:
        warnings.append(
            f"La péremption «\u00a0{typed[:40]}\u00a0» n’est pas une date\u00a0: le lot entre sans péremption."
        )
    elif expires_on < today:
        warnings.append(f"Ce lot est périmé depuis le {short_date(expires_on)}.")
    return expires_on
