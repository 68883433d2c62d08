"""Loading the contact that another feature’s row names, and asking about it, without reading the directory’s tables.

`relationship` is the attribute of that row which leads to the contact: `CallLine.contact`, `Place.contact`…
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from crisis_plan.anticipation.directory.models import Contact

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy.orm.strategy_options import _AbstractLoad

PLACES = selectinload(Contact.places)
PHONES = selectinload(Contact.phones)
EMAILS = selectinload(Contact.emails)
"""What a contact has several of, one statement each: `contains_eager(relationship).options(PHONES)`."""

BY_NAME = Contact.sort_name
"""What lists are ordered by; the contact must be joined: `.join(relationship)`."""
VERIFIED_ON = Contact.verified_on
"""The day of the last verification; the contact must be joined."""


def with_phones(relationship: InstrumentedAttribute[Any]) -> _AbstractLoad:
    """Load the contact and its telephones in the same statement; the result must be made `unique()`."""
    return joinedload(relationship).joinedload(Contact.phones)


def reachable(relationship: InstrumentedAttribute[Any]) -> _AbstractLoad:
    """Load the contact with its telephones and e-mail addresses: three more statements, whatever the rows."""
    return selectinload(relationship).options(PHONES, EMAILS)


def whole(relationship: InstrumentedAttribute[Any]) -> _AbstractLoad:
    """Load the contact with all that it is reached by, places included: four more statements."""
    return selectinload(relationship).options(PLACES, PHONES, EMAILS)


def has_phone(relationship: InstrumentedAttribute[Any]) -> sa.ColumnElement[bool]:
    """The row names a contact who has a telephone."""
    return relationship.has(Contact.phones.any())


def has_email(relationship: InstrumentedAttribute[Any]) -> sa.ColumnElement[bool]:
    """The row names a contact who has an e-mail address."""
    return relationship.has(Contact.emails.any())
