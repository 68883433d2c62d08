"""Creating and changing CPTS, their territory, and institutions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from crisis_plan import history
from crisis_plan.db import db, take
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts, CptsCommune, Institution, InstitutionKind
from crisis_plan.organisations.rules import MissionSource, Size
from crisis_plan.organisations.time_zones import PARIS


class SlugTaken(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Une autre CPTS a déjà cette adresse : choisissez-en une autre."


class UnknownCommune(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Une des communes n’est pas une commune actuelle de ce département."


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What is known of a CPTS, apart from its address and its communes."""

    name: str
    region: str
    departements: Sequence[str]
    legal_name: str = ""
    siret: str = ""
    address: str = ""
    president: str = ""
    cpam_name: str = ""
    stated_inhabitants: int | None = None
    stated_size: Size | None = None
    contract_signed_on: date | None = None
    amendment_signed_on: date | None = None
    deadlines_from: MissionSource | None = None
    mission_started_on: date | None = None
    time_zone: str = PARIS


def create_cpts(*, slug: str, identity: Identity, by: history.Actor | None, at: datetime) -> Cpts:
    """Open a tenant. Raises `SlugTaken`."""
    cpts = Cpts(slug=slug, created_at=at, version=1, **_values(identity))
    try:
        with db.session.begin_nested():
            db.session.add(cpts)
    except IntegrityError:
        raise SlugTaken from None
    history.record(history.Verb.CREATED, "cpts", cpts.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return cpts


def change_cpts(cpts: Cpts, *, seen_version: int, by: history.Actor, at: datetime, **changes: Any) -> None:
    """Change some of a CPTS's identity, by the names of `Identity`; its address never changes. Raises `Stale`."""
    if unknown := changes.keys() - {field.name for field in fields(Identity)}:
        raise TypeError(f"not of a CPTS's identity: {sorted(unknown)}")
    changed = _change(cpts, changes, seen_version=seen_version)
    if changed:
        history.record(history.Verb.CHANGED, "cpts", cpts.id, cpts_id=cpts.id, by=by, at=at, fields=changed)
        db.session.flush()


def choose_communes(
    cpts: Cpts, codes: Collection[str], *, departement: str, seen_version: int, by: history.Actor | None, at: datetime
) -> None:
    """The communes of the territory in this département are these; those of other départements stay.

    Raises `Stale` and `UnknownCommune`.
    """
    take(cpts, seen_version)
    choosable = {commune.code for commune in communes.of_departement(departement)}
    wanted = set(codes)
    if not wanted <= choosable:
        raise UnknownCommune
    before = {chosen.code for chosen in cpts.communes}
    after = {code for code in before if not _is_in(departement, code)} | wanted
    if after == before:
        return
    cpts.communes = [chosen for chosen in cpts.communes if chosen.code in after]
    cpts.communes += [CptsCommune(code=code) for code in sorted(after - before)]
    cpts.version += 1
    history.record(history.Verb.CHANGED, "cpts", cpts.id, cpts_id=cpts.id, by=by, at=at, fields=["communes"])
    db.session.flush()


def create_institution(
    *,
    kind: InstitutionKind,
    name: str,
    region: str,
    departements: Sequence[str] = (),
    by: history.Actor | None,
    at: datetime,
) -> Institution:
    """Add an institution that reads its area: these départements, or the whole région when there are none."""
    institution = Institution(
        kind=kind, name=name, region=region, departements=list(departements), created_at=at, version=1
    )
    db.session.add(institution)
    db.session.flush()
    history.record(history.Verb.CREATED, "institution", institution.id, cpts_id=None, by=by, at=at)
    db.session.flush()
    return institution


def change_institution(
    institution: Institution,
    *,
    name: str,
    region: str,
    departements: Sequence[str],
    seen_version: int,
    by: history.Actor,
    at: datetime,
) -> None:
    """Change an institution's name or area; its kind never changes, since its readers' role comes from it.

    Raises `Stale`.
    """
    changes = {"name": name, "region": region, "departements": list(departements)}
    changed = _change(institution, changes, seen_version=seen_version)
    if changed:
        history.record(history.Verb.CHANGED, "institution", institution.id, cpts_id=None, by=by, at=at, fields=changed)
        db.session.flush()


def _change(row: Cpts | Institution, changes: Mapping[str, Any], *, seen_version: int) -> list[str]:
    """Set what differs and count one more version; gives the names of what changed."""
    take(row, seen_version)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    row.version += bool(changed)
    return changed


def _values(identity: Identity) -> dict[str, Any]:
    values = {field.name: getattr(identity, field.name) for field in fields(identity)}
    return values | {"departements": list(identity.departements)}


def _is_in(departement: str, code: str) -> bool:
    """Whether a stored code is of this département, even one that is no longer a commune."""
    known = communes.commune(code)
    return known.departement == departement if known else code.startswith(departement)
