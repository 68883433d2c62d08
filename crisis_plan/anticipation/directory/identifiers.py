"""The national numbers of health professionals. Source: domain, section 11."""

from __future__ import annotations

import re

from crisis_plan.organisations.rules import has_luhn_key

RPPS_PREFIX = "8"


def is_rpps(text: str) -> bool:
    """11 digits, the last one a Luhn key."""
    return re.fullmatch(r"[0-9]{11}", text) is not None and has_luhn_key(text)


def national_id(typed: str) -> str | None:
    """`8` and the RPPS number, from either of them with or without spaces. Raises `ValueError` when it is neither."""
    digits = "".join(typed.split())
    if not digits:
        return None
    if len(digits) == 12 and digits.startswith(RPPS_PREFIX):
        digits = digits[1:]
    if not is_rpps(digits):
        raise ValueError("Le numéro RPPS compte 11 chiffres, et le dernier est une clé : vérifiez-le.")
    return RPPS_PREFIX + digits


def rpps(stored: str | None) -> str:
    """The RPPS number in a national identifier; nothing when it comes from another register."""
    return stored[1:] if stored and len(stored) == 12 and stored.startswith(RPPS_PREFIX) else ""


def finess(typed: str) -> str:
    """The 9 characters of a FINESS number, without spaces. Raises `ValueError` when it is none."""
    number = "".join(typed.split()).upper()
    if number and not re.fullmatch(r"(?:[0-9]{2}|2[AB])[0-9]{7}", number):
        raise ValueError("Le numéro FINESS compte 9 chiffres (2A ou 2B au début en Corse) : vérifiez-le.")
    return number
