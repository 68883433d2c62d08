"""How long a text is for a telephone. Source: GSM 03.38, the alphabet of SMS, and the sizes of its parts."""

from __future__ import annotations

from dataclasses import dataclass

from crisis_plan.web.formats import counted

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
TAKES_TWO = frozenset("^{}\\[~]|€\f")
"""Signs of the same alphabet that count for two."""
ALONE, IN_PARTS = 160, 153
PLAIN_SIGNS = str.maketrans({
    "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": "...", "–": "-", "—": "-",
    "\u00a0": " ", "\u202f": " ", "œ": "oe", "Œ": "OE",
})  # fmt: skip
"""Typographic signs that no telephone needs, and that would make each SMS shorter."""
WIDE_ALONE, WIDE_IN_PARTS = 70, 67
"""Once a single sign is outside the alphabet, each SMS holds fewer of them."""


@dataclass(frozen=True)
class SmsLength:
    """Signs as one counts them, how many SMS carry them, and the signs that make each SMS shorter."""

    characters: int
    parts: int
    costly: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """« 182 caractères, 2 SMS »."""
        return f"{counted(self.characters, 'caractère')}, {self.parts} SMS"


def sms_length(text: str) -> SmsLength:
    """What it takes to send this text by SMS; an empty text takes none."""
    costly = tuple(dict.fromkeys(sign for sign in text if sign not in BASIC and sign not in TAKES_TWO))
    if costly:
        units, alone, in_parts = len(text.encode("utf-16-le")) // 2, WIDE_ALONE, WIDE_IN_PARTS
    else:
        units, alone, in_parts = len(text) + sum(sign in TAKES_TWO for sign in text), ALONE, IN_PARTS
    parts = min(units, 1) if units <= alone else -(-units // in_parts)
    return SmsLength(len(text), parts, costly)


def with_plain_signs(text: str) -> str:
    """The same words, with the apostrophes, quotes and spaces of a keyboard."""
    return text.translate(PLAIN_SIGNS)
