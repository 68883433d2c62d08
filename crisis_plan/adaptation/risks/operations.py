"""Keeping the list of the risks of the territory."""

from __future__ import annotations

from datetime import date, datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation.risks import queries
from crisis_plan.adaptation.risks.descriptions import RiskDescription, RiskRefused
from crisis_plan.adaptation.risks.models import Risk
from crisis_plan.adaptation.risks.rules import MOST, NAMED_BY_S004
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts

SUBJECT = "risk"


class NameTaken(RiskRefused):
    def __str__(self) -> str:
        return "Un risque porte déjà ce nom\u00a0: complétez-le, ou choisissez un autre nom."


class TooMany(RiskRefused):
    def __str__(self) -> str:
        return f"La liste ne peut pas dépasser {MOST} risques\u00a0: regroupez ceux qui appellent la même réponse."


class Unexplained(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Dites pourquoi ce risque est écarté\u00a0: le plan imprime la raison."


def take_named(cpts: Cpts, *, by: Account, at: datetime) -> list[Risk]:
    """Put in the list the risks and threats named by S004 whose kind is not there yet, to be judged. Raises `TooMany`."""
    hold(cpts)
    known = queries.risks(cpts)
    told = {risk.kind for risk in known}
    wanted = [RiskDescription(kind.label, kind) for kind in NAMED_BY_S004 if kind not in told]
    if len(known) + len(wanted) > MOST:
        raise TooMany
    return [_create(cpts, described.stored, None, by=by, at=at) for described in wanted]


def add(cpts: Cpts, description: RiskDescription, *, today: date, by: Account, at: datetime) -> Risk:
    """Add a risk; to judge it is to review it. Raises `RiskRefused`, by one of its names."""
    hold(cpts)
    written = description.stored
    if queries.risk_named(cpts, written["folded_name"]):
        raise NameTaken
    if len(queries.risks(cpts)) >= MOST:
        raise TooMany
    return _create(cpts, written, today if description.is_judged else None, by=by, at=at)


def change(
    cpts: Cpts,
    risk: Risk,
    description: RiskDescription,
    *,
    seen_version: int,
    today: date,
    by: Account,
    at: datetime,
) -> None:
    """Say otherwise what a risk is. Raises `Stale` or `RiskRefused`, by one of its names."""
    hold(cpts)
    take(risk, seen_version)
    written = description.stored
    twin = queries.risk_named(cpts, written["folded_name"])
    if twin and twin is not risk:
        raise NameTaken
    is_answered = description.is_judged or bool(risk.set_aside)
    history.rewrite(risk, {**written, "reviewed_on": today if is_answered else None}, subject=SUBJECT, by=by, at=at)


def review(risk: Risk, *, seen_version: int, on: date, by: Account, at: datetime) -> None:
    """Somebody made sure on this day that what they read of the risk still holds. Raises `Stale`."""
    take(risk, seen_version)
    history.rewrite(risk, {"reviewed_on": on}, subject=SUBJECT, by=by, at=at)


def set_aside(risk: Risk, reason: str, *, seen_version: int, today: date, by: Account, at: datetime) -> None:
    """Say why a risk is not retained for this territory. Raises `Stale` or `Unexplained`."""
    take(risk, seen_version)
    if not reason.strip():
        raise Unexplained
    history.rewrite(risk, {"set_aside": reason, "reviewed_on": today}, subject=SUBJECT, by=by, at=at)


def take_back(risk: Risk, *, by: Account, at: datetime) -> None:
    """Retain again a risk that was set aside, as it was judged before."""
    hold(risk)
    history.rewrite(risk, {"set_aside": ""}, subject=SUBJECT, by=by, at=at)


def remove(risk: Risk, *, by: Account, at: datetime) -> None:
    """Take a risk out of the list. Raises `Stale`."""
    hold(risk)
    db.session.delete(risk)
    _record(history.Verb.REMOVED, risk, by=by, at=at)


def _create(cpts: Cpts, written: dict[str, object], reviewed_on: date | None, *, by: Account, at: datetime) -> Risk:
    risk = Risk(cpts_id=cpts.id, reviewed_on=reviewed_on, created_at=at, updated_at=at, **written)
    db.session.add(risk)
    db.session.flush()
    _record(history.Verb.CREATED, risk, by=by, at=at)
    return risk


def _record(verb: history.Verb, risk: Risk, *, by: Account, at: datetime) -> None:
    history.record(verb, SUBJECT, risk.id, cpts_id=risk.cpts_id, by=by, at=at)
    db.session.flush()
