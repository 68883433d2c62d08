"""The directory: people and services, where they practise, how they are reached."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.anticipation.directory.rules import ContactKind, VerifiedHow
from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.db import Base, Identified, enum_column


class Contact(Identified, Base):
    """A person, or a service that answers (a mairie, an EHPAD, the SAMU)."""

    __tablename__ = "contacts"
    __table_args__ = (
        sa.UniqueConstraint("cpts_id", "national_id"),
        sa.Index("ix_contacts_cpts_id_sort_name", "cpts_id", "sort_name"),
    )

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    kind: Mapped[ContactKind] = mapped_column(enum_column(ContactKind))
    is_service: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(sa.String(20), default="")
    """« Docteur », « Mme »…"""
    family_name: Mapped[str] = mapped_column(sa.String(160))
    """Of a service: its whole name."""
    given_name: Mapped[str] = mapped_column(sa.String(160), default="")
    profession: Mapped[str] = mapped_column(sa.String(120), default="")
    speciality: Mapped[str] = mapped_column(sa.String(160), default="")
    category: Mapped[str] = mapped_column(sa.String(80), default="")
    """Of a service: « Mairie », « EHPAD », « ARS »…"""
    function: Mapped[str] = mapped_column(sa.String(160), default="")
    national_id: Mapped[str | None] = mapped_column(sa.String(14))
    """National identifier: `8` and the RPPS number, or another register's prefix and number."""
    finess: Mapped[str] = mapped_column(sa.String(9), default="", server_default="")
    """Of an establishment: its number in the national register."""
    joined_on: Mapped[date | None]
    """When an adherent joined the association."""
    skills: Mapped[str] = mapped_column(sa.String(400), default="")
    volunteer_for: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    """Values of `CrisisType` for which this person offered to help."""
    availability: Mapped[str] = mapped_column(sa.String(400), default="")
    mobile_consent_on: Mapped[date | None]
    """When this person agreed that the private mobile be kept for crises."""
    note: Mapped[str] = mapped_column(sa.Text, default="")
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(sa.String(160), default="", server_default="")
    """Who confirmed: a colleague's name, or « la personne elle-même »."""
    verified_how: Mapped[VerifiedHow | None] = mapped_column(enum_column(VerifiedHow))
    source: Mapped[str] = mapped_column(sa.String(40), default="")
    """Where the line came from: « saisie », « import d’un tableau » (« import CSV » autrefois), « Annuaire Santé »."""
    official: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What the last Annuaire Santé extraction said: what differs from it was corrected by a person."""
    official_on: Mapped[date | None]
    """The day of the last extraction that named this person."""
    sort_name: Mapped[str] = mapped_column(sa.String(330))
    """Name without accents or case, as lists are ordered."""
    search_text: Mapped[str] = mapped_column(sa.Text)
    """Everything a search looks into, without accents or case."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    places: Mapped[list[ContactPlace]] = relationship(cascade="all, delete-orphan", order_by="ContactPlace.position")
    phones: Mapped[list[ContactPhone]] = relationship(cascade="all, delete-orphan", order_by="ContactPhone.position")
    emails: Mapped[list[ContactEmail]] = relationship(cascade="all, delete-orphan", order_by="ContactEmail.position")

    @property
    def name(self) -> str:
        """« Docteur Sofiane DUPUY », or the service's name."""
        if self.is_service:
            return self.family_name
        return " ".join(part for part in (self.given_name, self.family_name.upper()) if part)

    @property
    def what(self) -> str:
        """What they are: profession and speciality, or category and function."""
        return ", ".join(part for part in (self.profession or self.category, self.speciality or self.function) if part)

    @property
    def phones_direct_first(self) -> list[ContactPhone]:
        """Private numbers and mobiles first: those that answer at night."""
        return sorted(self.phones, key=lambda phone: not (phone.is_private or is_mobile(phone.number)))


class ContactPlace(Identified, Base):
    """A place of practice."""

    __tablename__ = "contact_places"

    contact_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    structure: Mapped[str] = mapped_column(sa.String(200), default="")
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    postal_code: Mapped[str] = mapped_column(sa.String(5), default="")
    commune: Mapped[str] = mapped_column(sa.String(120), default="")
    commune_code: Mapped[str] = mapped_column(sa.String(5), default="")


class ContactPhone(Identified, Base):
    """A telephone; a private one never leaves the restricted edition."""

    __tablename__ = "contact_phones"

    contact_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(20))
    """E.164 (`+33465710000`), or a short number (`15`)."""
    is_private: Mapped[bool] = mapped_column(default=False)


class ContactEmail(Identified, Base):
    """An e-mail address."""

    __tablename__ = "contact_emails"

    contact_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    address: Mapped[str] = mapped_column(sa.String(254))
    is_private: Mapped[bool] = mapped_column(default=False)


class ContactDistinction(Identified, Base):
    """Two lines that look alike, and that someone said to be two persons. It goes with either of them."""

    __tablename__ = "contact_distinctions"
    __table_args__ = (sa.UniqueConstraint("first_id", "second_id"),)

    first_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("contacts.id", ondelete="CASCADE"))
    second_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True)


class ContactOpposition(Identified, Base):
    """Someone who asked not to be in the directory: no import brings them back. Only digests are kept."""

    __tablename__ = "contact_oppositions"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "opposition_id", "digest"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    opposition_id: Mapped[uuid.UUID]
    """What the digests of one person have in common: they are lifted together."""
    digest: Mapped[str] = mapped_column(sa.String(64))
    """HMAC-SHA-256, keyed by the installation, of the CPTS's id and of what an import would recognise: national
    identifier, or name and commune."""
    opposed_on: Mapped[date]
