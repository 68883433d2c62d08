"""Who worked or carried out an action, as a form names them: a line of the directory, or a name and a profession."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.choosing import Chooser, chooser
from crisis_plan.anticipation.directory.professions import usual
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.mobilisation.rules import contact_key, contact_of, name_key


@dataclass(frozen=True)
class Who:
    """One person; `key` is what they are counted by."""

    key: str
    name: str
    profession: str = ""
    contact_id: UUID | None = None

    @property
    def label(self) -> str:
        """« Anne PETIT (Infirmier) »."""
        return f"{self.name} ({self.profession})" if self.profession else self.name


@dataclass
class Roll:
    """Who may be ticked on a form, and how someone of the directory is found."""

    chooser: Chooser
    find: Callable[[Collection[UUID]], Sequence[Who]]
    offered: dict[str, Who] = field(default_factory=dict)

    def add(self, keys: Iterable[str]) -> None:
        """Offer these lines of the directory too."""
        ids = {contact_of(key) for key in keys if key not in self.offered} - {None}
        if ids:
            self.offered |= {who.key: who for who in self.find({one for one in ids if one})}


def roll(cpts: Cpts, offered: Iterable[Who]) -> Roll:
    """Those to tick, and anyone else of the directory of this CPTS."""
    return Roll(
        chooser(cpts, people_only=True), lambda ids: from_directory(cpts, ids), {who.key: who for who in offered}
    )


def from_directory(cpts: Cpts, contact_ids: Collection[UUID]) -> list[Who]:
    """These people of the directory, by name; services are nobody."""
    found = directory.contacts_with_ids(cpts, contact_ids)
    return [Who(contact_key(one.id), one.name, one.profession, one.id) for one in found if not one.is_service]


def in_words(name: str, profession: str) -> Who:
    """Someone outside the directory; a profession is said by its usual word."""
    known = usual(profession)[0]
    return Who(name_key(name, known), name, known)


def oneself(cpts: Cpts, account: Account) -> Who:
    """Whoever is signed in, by their own line of the directory where they have one."""
    own = own_lines(cpts, account)
    return next(iter(from_directory(cpts, own)), None) or in_words(account.name, "")


def own_lines(cpts: Cpts, account: Account) -> list[UUID]:
    """The lines of the directory that are this account's own here: they came with the account."""
    return [one.contact_id for one in account.memberships if one.cpts_id == cpts.id and one.contact_id]
