"""What people type, and the words that the directory holds: official registers write « Infirmier », « EHPAD »."""

from __future__ import annotations

from collections.abc import Iterator

SYNONYMS = {
    "maison de retraite": ("ehpad",),
    "maisons de retraite": ("ehpad",),
    "medecin traitant": ("medecin",),
    "medecin de famille": ("medecin",),
    "medecin generaliste": ("medecin",),
    "medecins generalistes": ("medecin",),
    "laboratoire": ("laboratoire", "biolog"),
    "aide soignante": ("aide soignant",),
    "docteur": ("medecin",),
    "docteure": ("medecin",),
    "generaliste": ("medecin",),
    "generalistes": ("medecin",),
    "toubib": ("medecin",),
    "idel": ("infirmier",),
    "idels": ("infirmier",),
    "ide": ("infirmier",),
    "ipa": ("pratique avancee",),
    "kines": ("kinesitherapeute",),
    "dentiste": ("chirurgien dentiste", "dentaire"),
    "dentistes": ("chirurgien dentiste", "dentaire"),
    "pharmacie": ("pharmacien",),
    "pharmacies": ("pharmacie", "pharmacien"),
    "maieuticien": ("sage femme",),
    "podologue": ("pedicure",),
    "psy": ("psycholog", "psychiatr"),
    "hopital": ("hospitalier", "clinique"),
    "ambulance": ("transport sanitaire",),
}
"""By words without accents or case: other words that answer as well."""
ENDINGS = (
    ("iere", "ier"), ("ienne", "ien"), ("trice", "teur"), ("teur", "trice"), ("euse", "eur"), ("ante", "ant"),
)  # fmt: skip
"""Feminine and masculine; « infirmier » is in « infirmière » already, « directeur » is not in « directrice »."""
SHORTEST = 5
LONGEST_PHRASE = max(len(words.split()) for words in SYNONYMS)

Answers = tuple[tuple[str, ...], ...]
"""Several ways of being found; all the words of one of them are enough."""


def looked_for(words: list[str]) -> Iterator[Answers]:
    """For each word typed, or words that go together, everything that answers to them."""
    rank = 0
    while rank < len(words):
        size = next(
            (size for size in range(LONGEST_PHRASE, 1, -1) if " ".join(words[rank : rank + size]) in SYNONYMS), 1
        )
        phrase = words[rank : rank + size]
        rank += size
        others = [(one,) for one in SYNONYMS.get(" ".join(phrase), ())]
        if size == 1:
            others += [(form,) for form in _forms(phrase[0])]
        yield tuple(dict.fromkeys((tuple(phrase), *others)))


def _forms(word: str) -> Iterator[str]:
    """The word in the singular, and of the other gender."""
    if len(word) < SHORTEST:
        return
    singular = word.removesuffix("s")
    yield singular
    yield from (singular.removesuffix(ending) + other for ending, other in ENDINGS if singular.endswith(ending))
