"""Contacts as vCards 4.0, that a telephone takes in. Source: RFC 6350; domain, section 11."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.web.downloads import attachment

if TYPE_CHECKING:
    from flask import Response

    from crisis_plan.anticipation.directory.models import Contact, ContactPhone, ContactPlace

MEDIA_TYPE = "text/vcard"
MOST_OCTETS = 75
"""Of a line, its end not counted; a longer one is folded (RFC 6350, section 3.2)."""


def vcard_file(contacts: Iterable[Contact], *, file_name: str) -> Response:
    """One card after another, in a file that a telephone takes in."""
    return attachment("".join(map(card, contacts)).encode(), media_type=MEDIA_TYPE, file_name=file_name)


def card(contact: Contact) -> str:
    """One contact: the same person has the same UID in every file, so a telephone replaces rather than doubles."""
    return "".join(f"{_folded(line)}\r\n" for line in ("BEGIN:VCARD", "VERSION:4.0", *_lines(contact), "END:VCARD"))


def _lines(contact: Contact) -> Iterator[str]:
    structure = next((place.structure for place in contact.places if place.structure), "")
    yield f"KIND:{'org' if contact.is_service else 'individual'}"
    yield f"UID:urn:uuid:{contact.id}"
    yield f"REV:{contact.updated_at:%Y%m%dT%H%M%SZ}"
    yield f"FN:{_text(contact.name)}"
    yield f"N:{_structured(contact.family_name, contact.given_name, '', contact.title, '')}"
    yield from _said("ORG", contact.family_name if contact.is_service else structure)
    yield from _said("TITLE", contact.profession or contact.category)
    yield from _said("ROLE", contact.function)
    for phone in contact.phones:
        yield f"TEL;TYPE={_phone_type(phone)}:{_text(phone.number)}"
    for email in contact.emails:
        yield f"EMAIL;TYPE={'home' if email.is_private else 'work'}:{_text(email.address)}"
    for place in contact.places:
        if place.address or place.postal_code or place.commune:
            yield f"ADR;TYPE=work:{_address(place)}"
    yield from _said("NOTE", _note(contact))


def _said(name: str, value: str) -> Iterator[str]:
    if value:
        yield f"{name}:{_text(value)}"


def _phone_type(phone: ContactPhone) -> str:
    """Where it rings, and whether in a pocket."""
    where = "home" if phone.is_private else "work"
    return f"cell,{where}" if is_mobile(phone.number) else f"voice,{where}"


def _address(place: ContactPlace) -> str:
    return _structured("", "", place.address, place.commune, "", place.postal_code, "France")


def _note(contact: Contact) -> str:
    """What helps to decide whom to call."""
    told = (
        ("", contact.kind.label),
        ("Spécialité\u00a0: ", contact.speciality),
        ("Compétences\u00a0: ", contact.skills),
        ("Disponibilité\u00a0: ", contact.availability),
        ("", contact.note),
    )
    return "\n".join(f"{label}{value}" for label, value in told if value)


def _structured(*parts: str) -> str:
    return ";".join(map(_text, parts))


def _text(value: str) -> str:
    """A value on one line: backslashes, commas, semicolons and line ends escaped, control characters left out."""
    text = value.replace("\r\n", "\n").replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    kept = (sign if sign == "\n" or unicodedata.category(sign) != "Cc" else " " for sign in text)
    return "".join(kept).replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line cut every 75 octets, never inside a letter; what follows a cut begins with a space."""
    pieces, octets = [""], 0
    for sign in line:
        length = len(sign.encode())
        if octets + length > MOST_OCTETS:
            pieces.append(" ")
            octets = 1
        pieces[-1] += sign
        octets += length
    return "\r\n".join(pieces)
