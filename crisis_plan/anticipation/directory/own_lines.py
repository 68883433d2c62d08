"""Whose line of the directory is it? Recognised by the e-mail address that it bears."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import sqlalchemy as sa

from crisis_plan.access import queries as access
from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.directory.drafts import ContactDraft
from crisis_plan.anticipation.directory.models import Contact, ContactEmail
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts


class AddressOfAnother(RuleBroken):
    """An account is recognised by its address: nobody writes somebody else's into their own line."""

    status = 422

    def __str__(self) -> str:
        address = super().__str__()
        return (
            f"L’adresse {address} est celle d’un autre compte de la CPTS : vous ne pouvez pas l’écrire sur votre "
            "fiche. Si elle est à vous, demandez à la CPTS."
        )


def lines_bearing(cpts: Cpts, email: str) -> list[Contact]:
    """The persons of the CPTS who are written to at this address: two at most, enough to know that it is shared."""
    return list(
        db.session.scalars(
            sa.select(Contact)
            .where(
                Contact.cpts_id == cpts.id,
                Contact.is_service.is_(False),
                Contact.emails.any(sa.func.lower(ContactEmail.address) == email.strip().lower()),
            )
            .limit(2)
        )
    )


def line_bearing(cpts: Cpts, email: str) -> Contact | None:
    """The one person of the CPTS who is written to at this address; none when nobody is, or several are."""
    found = lines_bearing(cpts, email)
    return found[0] if len(found) == 1 else None


def refuse_addresses_of_others(cpts: Cpts, contact: Contact, addresses: Collection[str], *, own: str = "") -> None:
    """Raises `AddressOfAnother` when one of the addresses, new on this line, is that of another account of the CPTS.

    `own`: the address of the account that acts.
    """
    known = {email.address.lower() for email in contact.emails} | {own.lower()}
    new = {address.lower() for address in addresses} - known
    for address in access.addresses_of_others(cpts, new, contact.id) if new else ():
        raise AddressOfAnother(address)


def without_private_mobiles(draft: ContactDraft) -> ContactDraft:
    """What is left of a line once the person took back the agreement to keep the private mobile: it goes at once."""
    kept = [one for one in draft.phones if not (one.is_private and telephones.is_mobile(one.number))]
    return replace(draft, phones=tuple(kept))
