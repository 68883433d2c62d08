"""How words are compared: without accents, case or punctuation."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """« Saint-Geniès-de-Malgoirès » is found by « saint genies de malgoires »."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    kept = (letter if letter.isalnum() else " " for letter in decomposed if not unicodedata.combining(letter))
    return " ".join("".join(kept).casefold().split())
