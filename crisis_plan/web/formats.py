"""How dates, numbers and telephones read in French."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import phonenumbers
from babel.dates import format_date
from babel.numbers import format_decimal

from crisis_plan import clock
from crisis_plan.folding import folded

if TYPE_CHECKING:
    from flask import Flask

COUNTRY = "FR"
REMEMBERED = 4096
"""Answers kept: a page says the same dates, numbers and telephones again and again, and each costs a parse."""


@lru_cache(REMEMBERED)
def long_date(day: date | None) -> str:
    """« 22 novembre 2026 », « 1er mars 2026 »."""
    if day is None:
        return ""
    text = format_date(day, "d MMMM y", locale="fr_FR")
    return text.replace("1 ", "1er ", 1) if day.day == 1 else text


def short_date(day: date | None) -> str:
    """« 22/11/2026 »."""
    return day.strftime("%d/%m/%Y") if day else ""


def moment(at: datetime | None, place: clock.HasTimeZone) -> str:
    """« 22/11/2026 à 16:25 », at the place's own clock."""
    return f"{clock.local(at, place):%d/%m/%Y à %H:%M}" if at else ""


@lru_cache(REMEMBERED)
def local_date(at: datetime, place: clock.HasTimeZone | None) -> str:
    """« 6 décembre 2026 », at the place's own date (Paris where there is none)."""
    return long_date(clock.local(at, place or clock.PARIS).date())


@lru_cache(REMEMBERED)
def number(value: int | float | None) -> str:
    """« 105 452 », with narrow no-break spaces."""
    return "" if value is None else format_decimal(value, locale="fr_FR")


@lru_cache(REMEMBERED)
def telephone(stored: str) -> str:
    """« 04 65 71 00 00 » for a French number, « +33 … » abroad, a short number as it is."""
    if not stored.startswith("+"):
        return stored
    try:
        parsed = phonenumbers.parse(stored)
    except phonenumbers.NumberParseException:
        return stored
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if _is_french(parsed) else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style).replace(" ", "\u00a0")


FRENCH_COUNTRY_CODES = frozenset({33, 262, 590, 594, 596, 508})


def _is_french(parsed: phonenumbers.PhoneNumber) -> bool:
    return parsed.country_code in FRENCH_COUNTRY_CODES


def euros(cents: int | None) -> str:
    """« 37 500 € », « 3 750,50 € »: the cents only where there are some."""
    if cents is None:
        return ""
    shape = "#,##0" if cents % 100 == 0 else "#,##0.00"
    return format_decimal(Decimal(cents) / 100, format=shape, locale="fr_FR") + "\u00a0€"


def counted(count: int, singular: str, plural: str = "") -> str:
    """« 1 contact », « 22 contacts », « 0 contact »."""
    word = singular if abs(count) < 2 else (plural or f"{singular}s")
    return f"{number(count)}\u00a0{word}"


def file_size(size: int) -> str:
    """Bytes in words: « 340 ko », « 2,4 Mo »."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1_000)))}\u00a0ko"
    return f"{number(round(size / 1_000_000, 1))}\u00a0Mo"


VOWELS = frozenset("aeiou")
MUTE_H = ("helene", "henri", "henriette", "honore", "hortense", "hugo", "hugues", "hubert", "hyacinthe", "hippolyte")
"""Given names whose h is not heard."""


def d_apostrophe(name: str) -> str:
    """« de Camille », « d’Anne », « d’Élodie », « d’Hélène »."""
    word = folded(name)
    is_vowel = word[:1] in VOWELS or (word[:1] == "y" and word[1:2] not in VOWELS)
    return f"d’{name}" if is_vowel or word.startswith(MUTE_H) else f"de {name}"


def formats(app: Flask) -> None:
    """Make them template filters."""
    app.jinja_env.filters.update(
        long_date=long_date,
        local_date=local_date,
        short_date=short_date,
        moment=moment,
        number=number,
        telephone=telephone,
        counted=counted,
        d_apostrophe=d_apostrophe,
        file_size=file_size,
        euros=euros,
    )
