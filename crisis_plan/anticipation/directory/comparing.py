"""A contact beside what the Annuaire Santé says of it, now and the last time.

What is still as the last extraction said follows the new one. What a person corrected is never overwritten: where the
new extraction says otherwise, the difference is proposed. Source: product, section 4.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from crisis_plan.anticipation.directory.completing import same_place
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.folding import folded
from crisis_plan.web.formats import telephone

TEXTS = {
    "title": "Civilité", "family_name": "Nom", "given_name": "Prénom", "profession": "Profession",
    "speciality": "Spécialité", "function": "Fonction",
}  # fmt: skip
HERE, THERE = "dans l’annuaire", "à l’Annuaire Santé"
Official = Mapping[str, Any]
"""What an extraction said of a contact, field by field, as `official_of` writes it."""


@dataclass(frozen=True)
class Difference:
    """What the Annuaire Santé says otherwise than a person wrote; `taken` gives its value."""

    key: str
    sentence: str
    field: str
    value: str | PlaceDraft | PhoneDraft | EmailDraft


@dataclass(frozen=True)
class Comparison:
    """The contact as it becomes, and what is left for people to decide."""

    merged: ContactDraft
    differences: tuple[Difference, ...]

    def taken(self, keys: Collection[str]) -> ContactDraft:
        """The contact as it becomes when these differences are taken."""
        draft = self.merged
        for one in self.differences:
            if one.key in keys:
                draft = _with(draft, one)
        return draft


def official_of(said: ContactDraft) -> dict[str, Any]:
    """What an extraction says of someone, as the contact keeps it; private coordinates come from elsewhere."""
    return {name: getattr(said, name) for name in TEXTS} | {
        "places": [dict(vars(place)) for place in said.places],
        "phones": [phone.number for phone in said.phones if not phone.is_private],
        "emails": [email.address for email in said.emails if not email.is_private],
    }


def compare(mine: ContactDraft, before: Official, said: ContactDraft, communes: Collection[str]) -> Comparison:
    """What becomes of a contact. `communes`: where the extraction was read, so where a place may have closed."""
    texts, differences = _texts(mine, before, said)
    phones, more = _reached(mine.phones, before.get("phones", ()), said.phones, "phones")
    differences += more
    emails, more = _reached(mine.emails, before.get("emails", ()), said.emails, "emails")
    differences += more
    places, more = _places(mine.places, before.get("places", ()), said.places, communes)
    differences += more
    merged = replace(
        mine, **texts, phones=phones, emails=emails, places=places, national_id=mine.national_id or said.national_id
    )
    return Comparison(merged, tuple(differences))


def _texts(mine: ContactDraft, before: Official, said: ContactDraft) -> tuple[dict[str, Any], list[Difference]]:
    taken: dict[str, Any] = {}
    differences = []
    for name, label in TEXTS.items():
        ours, theirs = getattr(mine, name), getattr(said, name)
        if not theirs or theirs == ours:
            continue
        if ours == before.get(name, ""):
            taken[name] = theirs
        elif folded(ours) != folded(theirs):
            said_here = f"« {ours} » {HERE}" if ours else f"vide {HERE}"
            differences.append(Difference(name, f"{label} : {said_here}, « {theirs} » {THERE}", name, theirs))
    return taken, differences


def _reached(
    mine: Iterable[Any], before: Collection[str], said: Iterable[Any], field: str
) -> tuple[tuple[Any, ...], list[Difference]]:
    """Telephones or e-mails: those that came, those that left; one that a person took off stays off."""
    theirs = {_address(one): one for one in said}
    kept = [
        one for one in mine if one.is_private or not theirs or _address(one) in theirs or _address(one) not in before
    ]
    known, differences = {_address(one) for one in kept}, []
    for address, one in theirs.items():
        if address in known:
            continue
        if address in before:
            shown = telephone(address) if field == "phones" else address
            sentence = f"{shown} : retiré de la fiche, toujours {THERE}"
            differences.append(Difference(f"{field}:{address}", sentence, field, one))
        else:
            kept.append(one)
    return tuple(kept), differences


def _address(one: Any) -> str:
    return str(one.number if isinstance(one, PhoneDraft) else one.address)


def _places(
    mine: Iterable[PlaceDraft],
    before: Iterable[Mapping[str, str]],
    said: Iterable[PlaceDraft],
    communes: Collection[str],
) -> tuple[tuple[PlaceDraft, ...], list[Difference]]:
    told = {_key(place): place for place in (PlaceDraft(**one) for one in before)}
    theirs = {_key(place): place for place in said}
    kept = [place for place in mine if not _has_closed(place, told, theirs, communes)]
    differences = []
    for key, place in theirs.items():
        rank = _rank(kept, place)
        if rank is None and key in told:
            sentence = f"{_in_words(place)} : lieu retiré de la fiche, toujours {THERE}"
            differences.append(Difference(f"places:{'|'.join(key)}", sentence, "places", place))
        elif rank is None:
            kept.append(place)
        elif kept[rank] == told.get(key):
            kept[rank] = place
        else:
            kept[rank] = _filled(kept[rank], place)
            if not _says_the_same(kept[rank], place):
                sentence = f"Lieu : {_in_words(kept[rank])} {HERE}, {_in_words(place)} {THERE}"
                differences.append(Difference(f"places:{'|'.join(key)}", sentence, "places", place))
    return tuple(kept), differences


def _has_closed(
    place: PlaceDraft,
    told: Mapping[tuple[str, str], PlaceDraft],
    theirs: Collection[tuple[str, str]],
    communes: Collection[str],
) -> bool:
    """Whether the extraction no longer names a place that it gave, in a commune that it was read for."""
    return place == told.get(_key(place)) and _key(place) not in theirs and place.commune_code in communes


def _key(place: PlaceDraft) -> tuple[str, str]:
    return folded(place.structure), folded(place.commune)


def _rank(places: list[PlaceDraft], place: PlaceDraft) -> int | None:
    exact = [rank for rank, one in enumerate(places) if _key(one) == _key(place)]
    alike = [rank for rank, one in enumerate(places) if not one.structure and same_place(one, place)]
    return next(iter([*exact, *alike]), None)


def _filled(known: PlaceDraft, place: PlaceDraft) -> PlaceDraft:
    return replace(known, **{name: value for name, value in vars(place).items() if not getattr(known, name)})


def _says_the_same(one: PlaceDraft, other: PlaceDraft) -> bool:
    return all(folded(getattr(one, name)) == folded(getattr(other, name)) for name in ("address", "postal_code"))


def _in_words(place: PlaceDraft) -> str:
    words = ", ".join(part for part in (place.structure, place.address, place.commune) if part)
    return f"« {words} »"


def _with(draft: ContactDraft, one: Difference) -> ContactDraft:
    value: dict[str, Any] = {one.field: one.value}
    if isinstance(one.value, str):
        return replace(draft, **value)
    if isinstance(one.value, PlaceDraft):
        places, rank = list(draft.places), _rank(list(draft.places), one.value)
        if rank is None:
            return replace(draft, places=(*places, one.value))
        places[rank] = one.value
        return replace(draft, places=tuple(places))
    value[one.field] = (*getattr(draft, one.field), one.value)
    return replace(draft, **value)
