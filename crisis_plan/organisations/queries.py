"""The tenants, their territory, and the institutions of an area."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort

from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations import communes
from crisis_plan.organisations.communes import Commune
from crisis_plan.organisations.models import Cpts, CptsCommune, Institution
from crisis_plan.organisations.rules import SizeStanding, size_standing

TOO_VAGUE = 1_000
"""Words that this many communes bear, such as « saint », name none."""


@dataclass(frozen=True)
class Territory:
    """The communes of a CPTS, who lives there, and the size that follows."""

    communes: Sequence[Commune]
    gone: Sequence[str]
    """Codes that were chosen and no longer name a commune."""
    inhabitants: int
    stated_inhabitants: int | None
    size: SizeStanding

    @property
    def departements(self) -> list[str]:
        """Where the communes are."""
        return sorted({commune.departement for commune in self.communes})


def territory(cpts: Cpts) -> Territory:
    """The territory, its inhabitants and its size, all computed: never out of date."""
    codes = [chosen.code for chosen in cpts.communes]
    counted = communes.inhabitants(codes)
    return Territory(
        communes=communes.communes(codes),
        gone=[code for code in codes if communes.commune(code) is None],
        inhabitants=counted,
        stated_inhabitants=cpts.stated_inhabitants,
        size=size_standing(stated=cpts.stated_size, stated_inhabitants=cpts.stated_inhabitants, of_communes=counted),
    )


def missing_territory(cpts: Cpts) -> tuple[str, ...]:
    """What the territory still lacks for the plan."""
    if not cpts.communes:
        return ("Les communes du territoire restent à choisir.",)
    gone = [chosen.code for chosen in cpts.communes if communes.commune(chosen.code) is None]
    if not gone:
        return ()
    return (f"Ces codes ne sont plus ceux de communes actuelles : {', '.join(gone)}.",)


def commune_counts(cpts_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many communes each of these CPTS has; one without any is absent."""
    query = (
        sa.select(CptsCommune.cpts_id, sa.func.count().label("communes"))
        .where(CptsCommune.cpts_id.in_(cpts_ids))
        .group_by(CptsCommune.cpts_id)
    )
    return {row.cpts_id: row.communes for row in db.session.execute(query)}


def every_cpts() -> list[Cpts]:
    """All the tenants, by name."""
    return _by_name(db.session.scalars(sa.select(Cpts)))


def cpts_of_area(institutions: Collection[Institution]) -> list[Cpts]:
    """Every CPTS that one of these institutions follows, by name."""
    return [cpts for cpts in every_cpts() if any(institution.covers(cpts) for institution in institutions)]


def matching(text: str, among: Iterable[Cpts]) -> list[Cpts]:
    """Those whose name, address or département has all these words, or that hold a commune of this name or code."""
    words = folded(text).split()
    if not words:
        return list(among)
    named = communes.search(text, most=TOO_VAGUE)
    holding = holding_communes([commune.code for commune in named] if len(named) < TOO_VAGUE else [])
    return [cpts for cpts in among if cpts.id in holding or all(word in _search_text(cpts) for word in words)]


def holding_communes(codes: Collection[str]) -> set[uuid.UUID]:
    """The CPTS that have one of these communes."""
    return set(db.session.scalars(sa.select(CptsCommune.cpts_id).where(CptsCommune.code.in_(codes))))


def cpts_or_404(cpts_id: uuid.UUID) -> Cpts:
    return db.session.get(Cpts, cpts_id) or abort(404)


def is_slug_taken(slug: str) -> bool:
    return db.session.scalar(sa.select(Cpts.id).where(Cpts.slug == slug)) is not None


def institutions() -> Sequence[Institution]:
    """Every institution, by kind and name."""
    return db.session.scalars(sa.select(Institution).order_by(Institution.kind, Institution.name)).all()


def institution_or_404(institution_id: uuid.UUID) -> Institution:
    return db.session.get(Institution, institution_id) or abort(404)


def _by_name(found: Iterable[Cpts]) -> list[Cpts]:
    return sorted(found, key=lambda cpts: (folded(cpts.name), cpts.slug))


def _search_text(cpts: Cpts) -> str:
    return f"{folded(cpts.name)} {cpts.slug} {folded(communes.departement_names(cpts.departements))}"
