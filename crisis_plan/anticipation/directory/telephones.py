"""Telephones as people write them, to E.164; short numbers stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

MAINLAND = "FR"
OVERSEAS = {"971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT", "977": "BL", "978": "MF"}
"""Département or collectivité to the telephone library's region."""
REGIONS = (MAINLAND, "RE", "GP", "MQ", "GF", "YT", "PM")
FRENCH_PLACES = tuple(f"+33{digit}" for digit in "1234589")
"""What numbers that are no mobiles begin with: most of a directory."""
UNREADABLE = "Ce numéro de téléphone n’existe pas : écrivez-le comme 04 65 71 00 00."


def region_of(departements: Iterable[str]) -> str:
    """Where a CPTS telephones from."""
    return next((OVERSEAS[code] for code in departements if code in OVERSEAS), MAINLAND)


def parsed(typed: str, region: str = MAINLAND) -> str:
    """The number as it is stored. Raises `ValueError` when nobody could be reached by it.

    Understands dots and spaces, `+33`, `0033`, a leading 0 lost by a spreadsheet, and overseas numbers typed from
    anywhere.
    """
    text = typed.strip().lstrip("'").strip()
    if text.startswith("00"):
        text = f"+{text[2:]}"
    digits = re.sub(r"[\s.\-]", "", text)
    own_first = (region, *(other for other in REGIONS if other != region))
    if digits.isascii() and digits.isdigit() and len(digits) <= 6:
        return _short(digits, own_first)
    for tried in own_first:
        if number := _valid(text, tried):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if (number := _parse(text, MAINLAND)) and _has_mainland_shape(number):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise ValueError(UNREADABLE)


def is_mobile(stored: str) -> bool:
    """Whether a stored number is that of a pocket rather than of a place."""
    if re.fullmatch(r"\+33[67][0-9]{8}", stored):
        return True
    number = _parse(stored, MAINLAND) if stored.startswith("+") else None
    return number is not None and phonenumbers.number_type(number) == PhoneNumberType.MOBILE


def _short(digits: str, regions: Iterable[str]) -> str:
    for region in regions:
        number = _parse(digits, region)
        if number and phonenumbers.is_valid_short_number_for_region(number, region):
            return digits
    raise ValueError(UNREADABLE)


def _valid(text: str, region: str) -> PhoneNumber | None:
    number = _parse(text, region)
    return number if number and phonenumbers.is_valid_number(number) else None


def _has_mainland_shape(number: PhoneNumber) -> bool:
    """Nine digits after +33: a range too new for the library's tables, or reserved for fiction, is still accepted."""
    return number.country_code == 33 and re.fullmatch(r"[1-9][0-9]{8}", str(number.national_number)) is not None


def _parse(text: str, region: str) -> PhoneNumber | None:
    if len(text) > 40 or not re.fullmatch(r"[0-9+().\s\u00a0\u202f/\-–]+", text):
        return None
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None
