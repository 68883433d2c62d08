"""Cards that a telephone takes in, read back by another library."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import vobject
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.directory.vcard import MOST_OCTETS, card

ID = uuid.UUID("6f1c7a52-0d4e-4a53-9d0b-1f2b7a4f9a10")


def contact(**values) -> Contact:
    plain = dict.fromkeys(
        ("title", "given_name", "profession", "speciality", "category", "function", "skills", "availability", "note"),
        "",
    )
    return Contact(
        **plain
        | {
            "id": ID,
            "kind": ContactKind.ADHERENT,
            "is_service": False,
            "family_name": "Barthélemy",
            "updated_at": datetime(2026, 11, 22, 16, 25, tzinfo=UTC),
        }
        | values
    )


def test_a_person_reads_exactly_so():
    person = contact(
        given_name="Zoé",
        title="Docteur",
        profession="Médecin",
        function="Présidente",
        availability="jour, nuit ; week-end",
        phones=[
            ContactPhone(number="+33639980001", is_private=True),
            ContactPhone(number="+33465710012", is_private=False),
        ],
        emails=[ContactEmail(address="zoe@exemple.fr", is_private=False)],
        places=[ContactPlace(structure="MSP", address="1, rue Haute", postal_code="30700", commune="Uzès")],
    )
    assert card(person).split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        f"UID:urn:uuid:{ID}",
        "REV:20261122T162500Z",
        "FN:Zoé BARTHÉLEMY",
        "N:Barthélemy;Zoé;;Docteur;",
        "ORG:MSP",
        "TITLE:Médecin",
        "ROLE:Présidente",
        "TEL;TYPE=cell,home:+33639980001",
        "TEL;TYPE=voice,work:+33465710012",
        "EMAIL;TYPE=work:zoe@exemple.fr",
        "ADR;TYPE=work:;;1\\, rue Haute;Uzès;;30700;France",
        "NOTE:Adhérent\\nDisponibilité\u00a0: jour\\, nuit \\; week-end",
        "END:VCARD",
        "",
    ]


def test_a_service_is_an_organisation():
    lines = card(contact(is_service=True, family_name="Mairie d’Uzès", category="Mairie", kind=ContactKind.PARTNER))
    assert {"KIND:org", "FN:Mairie d’Uzès", "ORG:Mairie d’Uzès", "TITLE:Mairie"} <= set(lines.split("\r\n"))


words = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from(',;\\\n:"^='), max_size=120)


@given(words, words, words, words, words)
def test_another_library_reads_back_what_was_written(family_name, given_name, structure, address, note):
    written = card(
        contact(
            family_name=family_name,
            given_name=given_name,
            note=note,
            phones=[ContactPhone(number="+33639980001", is_private=True)],
            emails=[ContactEmail(address="zoe@exemple.fr", is_private=True)],
            places=[ContactPlace(structure=structure, address=address, postal_code="30700", commune="Uzès")],
        )
    )
    assert all(len(line.encode()) <= MOST_OCTETS for line in written.split("\r\n"))
    read = vobject.readOne(written)
    assert (read.n.value.family, read.n.value.given) == (family_name, given_name)
    assert (read.adr.value.street, read.adr.value.city, read.adr.value.code) == (address, "Uzès", "30700")
    assert read.note.value == "\n".join(part for part in ("Adhérent", note) if part)
    assert (read.tel.value, read.email.value) == ("+33639980001", "zoe@exemple.fr")
    assert read.uid.value == f"urn:uuid:{ID}"
    assert not structure or read.org.value == [structure]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_nothing_typed_adds_a_line_of_its_own(note):
    lines = card(contact(note=note)).split("\r\n")
    assert [line.split(":")[0] for line in lines if line and not line.startswith(" ")] == [
        *("BEGIN", "VERSION", "KIND", "UID", "REV", "FN", "N", "NOTE", "END"),
    ]
