"""What two lines of the directory say otherwise, and whose words are proposed when one is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from crisis_plan import clock
from crisis_plan.anticipation.directory import rights, told
from crisis_plan.anticipation.directory.drafts import SCALARS
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.rules import ContactKind

IDENTITY = ("family_name", "given_name", "title", "is_service")
TOGETHER = (
    ("kind", "joined_on"),
    IDENTITY,
    ("profession", "speciality"),
    ("verified_on", "verified_by", "verified_how"),
)
"""Chosen together: halves of two names, of two professions or of two verifications describe nobody."""
LABELS = {
    "family_name": "Nom",
    "kind": "Type de contact",
    "profession": "Profession et spécialité",
    "verified_on": "Vérification",
}


class Side(StrEnum):
    """Which of the two lines a value is taken from."""

    KEPT = "kept"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"kept": "La fiche gardée", "other": "L’autre fiche"}[self.value]


@dataclass(frozen=True)
class Difference:
    """Something that the two lines say otherwise, in words, and whose words are proposed; nobody's in doubt."""

    fields: tuple[str, ...]
    kept: str
    other: str
    proposed: Side | None

    @property
    def name(self) -> str:
        return self.fields[0]

    @property
    def label(self) -> str:
        if "national_id" in self.fields and len(self.fields) > 1:
            return "Nom et identifiant national"
        return LABELS.get(self.name) or told.CONTACT[self.name]


def have_two_names(kept: Contact, other: Contact) -> bool:
    """Whether the two lines may be of two persons: their names are not the same, accents and case aside."""
    return kept.sort_name != other.sort_name


def groups(kept: Contact, other: Contact) -> list[tuple[str, ...]]:
    """What is chosen in one go, in the order of a contact's form. Of two numbers, each goes with its own name."""
    numbered = have_two_names(kept, other) and kept.national_id and other.national_id
    together = [(*group, "national_id") if numbered and group is IDENTITY else group for group in TOGETHER]
    first = {group[0]: group for group in together}
    grouped = {name for group in together for name in group}
    return [first.get(name, (name,)) for name in SCALARS if name in first or name not in grouped]


def differences(kept: Contact, other: Contact) -> list[Difference]:
    """What there is to choose between. Nothing is proposed when the names differ: the person must answer."""
    in_doubt = have_two_names(kept, other)
    found = []
    for fields in groups(kept, other):
        mine, theirs = _values(kept, fields), _values(other, fields)
        if mine != theirs:
            proposed = None if in_doubt else _fuller(fields[0], mine, theirs)
            found.append(Difference(fields, _said(fields, mine), _said(fields, theirs), proposed))
    return found


def _values(contact: Contact, fields: Sequence[str]) -> list[Any]:
    """What is stored, an absent text and an absent identifier being the same nothing."""
    found = [getattr(contact, name) for name in fields]
    return [value if isinstance(value, bool) else value or None for value in found]


def _said(fields: Sequence[str], values: Sequence[Any]) -> str:
    """One value in words, or several in one breath; a name is that of a service only when it is."""
    is_grouped = len(fields) > 1
    words = []
    for name, value in zip(fields, values, strict=True):
        if value is None or (is_grouped and value is False):
            continue
        if is_grouped and name == "is_service":
            words.append("un service")
        elif is_grouped and name == "joined_on":
            words.append(f"depuis le {rights.in_words(value, clock.PARIS)}")
        else:
            said = rights.spoken("volunteer_for", value) if isinstance(value, list) else value
            words.append(rights.in_words(said, clock.PARIS))
    return ", ".join(words)


def _fuller(name: str, mine: Sequence[Any], theirs: Sequence[Any]) -> Side:
    """The side that says more; for what a person agreed to, the one that says less."""
    if name == "mobile_consent_on":
        return _consent(mine[0], theirs[0])
    if name == "kind":
        return Side.OTHER if _membership(theirs) < _membership(mine) else Side.KEPT
    if name == "verified_on":
        return Side.OTHER if (theirs[0] or date.min) > (mine[0] or date.min) else Side.KEPT
    if name == "national_id" and mine[0] and theirs[0]:
        return Side.KEPT
    return Side.OTHER if _length(theirs) > _length(mine) else Side.KEPT


def _consent(mine: date | None, theirs: date | None) -> Side:
    """An agreement that one line lacks may have been withdrawn; of two, the later one."""
    if mine is None or theirs is None:
        return Side.KEPT if mine is None else Side.OTHER
    return Side.OTHER if theirs > mine else Side.KEPT


def _membership(values: Sequence[Any]) -> tuple[int, date]:
    """An adherent before anyone else, then whoever joined earlier."""
    return list(ContactKind).index(values[0]), values[1] or date.max


def _length(values: Sequence[Any]) -> tuple[int, int]:
    """How many of the values say something, then how much."""
    said = [value for value in values if value is not None and not isinstance(value, bool)]
    return len(said), sum(len(value) for value in said if isinstance(value, (str, list)))
