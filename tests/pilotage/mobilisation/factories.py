"""People and times of a crisis to arrange a test with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.mobilisation import operations
from crisis_plan.pilotage.mobilisation.rules import contact_key
from crisis_plan.pilotage.mobilisation.who import Who, in_words
from tests.factories import ContactFactory

if TYPE_CHECKING:
    from crisis_plan.organisations.models import Cpts
    from crisis_plan.pilotage.mobilisation.models import TimeSpent


def known(cpts: Cpts, family_name: str = "Petit", given_name: str = "Anne", profession: str = "Infirmier") -> Who:
    """Someone of the directory."""
    one = ContactFactory(cpts_id=cpts.id, family_name=family_name, given_name=given_name, profession=profession)
    return Who(contact_key(one.id), one.name, one.profession, one.id)


def unknown(name: str = "Paul Roux", profession: str = "médecin") -> Who:
    """Someone outside the directory."""
    return in_words(name, profession)


def worked(crisis: Crisis, by: Account, starts_at: datetime, ends_at: datetime | None, *people: Who) -> list[TimeSpent]:
    """These people worked from then to then, noted at once."""
    return operations.note_time(crisis, people, starts_at=starts_at, ends_at=ends_at, by=by, at=ends_at or starts_at)
