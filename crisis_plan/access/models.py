"""Accounts, what ties them to a CPTS or an institution, and the invitations that open them."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.access.policy import Role
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.organisations.models import Cpts, Institution


class Account(UserMixin, Identified, Base):
    """Who signs in. What they may do comes from memberships, readerships, or being an operator."""

    __tablename__ = "accounts"

    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(160))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    session_stamp: Mapped[str] = mapped_column(sa.String(32))
    """Changes with the password: sessions that carry another stamp are over."""
    is_operator: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    memberships: Mapped[list[Membership]] = relationship(back_populates="account", cascade="all, delete-orphan")
    readerships: Mapped[list[Readership]] = relationship(back_populates="account", cascade="all, delete-orphan")

    def get_id(self) -> str:
        return f"{self.id}:{self.session_stamp}"


class Membership(Identified, Base):
    """An account's role in one CPTS."""

    __tablename__ = "memberships"
    __table_args__ = (sa.UniqueConstraint("account_id", "cpts_id"),)

    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"))
    """The line of the directory that is this account's own."""
    added_at: Mapped[datetime]

    account: Mapped[Account] = relationship(back_populates="memberships")
    cpts: Mapped[Cpts] = relationship()


class Readership(Identified, Base):
    """An account that reads for an institution, over the institution's area."""

    __tablename__ = "readerships"
    __table_args__ = (sa.UniqueConstraint("account_id", "institution_id"),)

    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    institution_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("institutions.id", ondelete="CASCADE"), index=True)
    added_at: Mapped[datetime]

    account: Mapped[Account] = relationship(back_populates="readerships")
    institution: Mapped[Institution] = relationship()


class Invitation(Identified, Base):
    """A personal link that gives a role to whoever holds the address. The link is signed, not stored."""

    __tablename__ = "invitations"

    email: Mapped[str] = mapped_column(sa.String(254))
    name: Mapped[str] = mapped_column(sa.String(160))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    cpts_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    institution_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("institutions.id", ondelete="CASCADE"))
    invited_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    cpts: Mapped[Cpts | None] = relationship()
    institution: Mapped[Institution | None] = relationship()
    invited_by: Mapped[Account] = relationship()


class SignInDelay(Identified, Base):
    """Failed sign-ins of one account from one address: nobody can lock a referent out from elsewhere."""

    __tablename__ = "sign_in_delays"
    __table_args__ = (sa.UniqueConstraint("email", "address"),)

    email: Mapped[str] = mapped_column(sa.String(254))
    address: Mapped[str] = mapped_column(sa.String(45))
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime]
