"""Signing what was read again, against the version in force and the plan as it stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from crisis_plan.access.models import Account
from crisis_plan.db import hold, writing
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries as publications
from crisis_plan.web.formats import counted, long_date
from crisis_plan.yearly_update.room.queries import Update
from crisis_plan.yearly_update.signatures import operations
from crisis_plan.yearly_update.signatures.operations import Signing

NAMED = 3
"""So many things are named in a sentence, the others are counted."""


class NothingChosen(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cochez au moins un élément que vous avez relu."


class NewVersion(RuleBroken):
    def __str__(self) -> str:
        return "Une nouvelle version a été publiée depuis\u00a0: rien n’a été signé. La liste ci-dessous part d’elle."


def sign(
    cpts: Cpts, update: Update, names: Collection[str], *, seen: int, note: str, by: Account, at: datetime, on: date
) -> Signing:
    """Sign these things, compared before the lock is taken: what changes after a signature counts more than it.

    `seen`: the number of the version that whoever signs had before them. Raises `NothingChosen`, `NewVersion`,
    `ChangedMeanwhile`.
    """
    base_id = update.base.id
    if update.base.number != seen:
        raise NewVersion
    wanted = update.named(names)
    if not wanted:
        raise NothingChosen
    with writing():
        hold(cpts)
        base = publications.current(cpts)
        if base is None or base.id != base_id:
            raise NewVersion
        return operations.sign(cpts, base, wanted, note=note, by=by, at=at, on=on)


def told(signing: Signing) -> str:
    """« 2 éléments signés. Déjà signé par Claire Vidal le 3 mars 2026 : Alerte. »."""
    said = [f"{counted(len(signing.made), 'élément signé', 'éléments signés')}."] if signing.made else []
    said += [
        f"Déjà signé par {one.signed_by_name} le {long_date(one.signed_on)}\u00a0: {one.label}."
        for one in signing.already[:NAMED]
    ]
    if (others := len(signing.already) - NAMED) > 0:
        one, several = "autre élément était déjà signé", "autres éléments étaient déjà signés"
        said.append(f"{counted(others, one, several)}.")
    return " ".join(said)
