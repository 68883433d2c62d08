"""Whether a CPTS has someone to begin its plan."""

from __future__ import annotations

from enum import StrEnum


class FirstReferent(StrEnum):
    """Where the first referent's account stands."""

    OPENED = "opened"
    INVITED = "invited"
    NONE = "none"

    @property
    def label(self) -> str:
        return {"opened": "Compte ouvert", "invited": "Invitation créée", "none": "À inviter"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it."""
        return {"opened": "ok", "invited": "info", "none": "warning"}[self.value]


def first_referent(*, has_account: bool, is_invited: bool) -> FirstReferent:
    if has_account:
        return FirstReferent.OPENED
    return FirstReferent.INVITED if is_invited else FirstReferent.NONE
