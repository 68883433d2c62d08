"""The risks of the territory, and where each commune holds its register, as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort

from crisis_plan.adaptation.risks import rules
from crisis_plan.adaptation.risks.models import CommuneRegister, Risk
from crisis_plan.adaptation.risks.ranking import Numbered, numbered
from crisis_plan.adaptation.risks.rules import Standing, standing
from crisis_plan.db import db
from crisis_plan.organisations import communes
from crisis_plan.organisations.communes import Commune
from crisis_plan.organisations.models import Cpts


@dataclass(frozen=True)
class RiskList:
    """The risks as they are read: those retained, numbered; those to judge; those set aside."""

    retained: list[Numbered[Risk]]
    to_judge: list[Risk]
    set_aside: list[Risk]

    @property
    def everything(self) -> list[Risk]:
        return [*(one.risk for one in self.retained), *self.to_judge, *self.set_aside]


@dataclass(frozen=True)
class RegisterOf:
    """A commune, and where it holds its register; empty where that is not known."""

    commune: Commune
    held_by: str


def risks(cpts: Cpts) -> Sequence[Risk]:
    """Every risk, by name; one statement."""
    return db.session.scalars(sa.select(Risk).where(Risk.cpts_id == cpts.id).order_by(Risk.folded_name)).all()


def risk_list(cpts: Cpts) -> RiskList:
    """The risks by what was decided of them."""
    known = risks(cpts)
    return RiskList(
        numbered(known),
        [risk for risk in known if standing(risk) is Standing.TO_JUDGE],
        [risk for risk in known if standing(risk) is Standing.SET_ASIDE],
    )


def risk_or_404(cpts: Cpts, risk_id: uuid.UUID) -> Risk:
    query = sa.select(Risk).where(Risk.cpts_id == cpts.id, Risk.id == risk_id)
    return db.session.scalars(query).one_or_none() or abort(404)


def risk_named(cpts: Cpts, folded_name: str) -> Risk | None:
    return db.session.scalars(
        sa.select(Risk).where(Risk.cpts_id == cpts.id, Risk.folded_name == folded_name)
    ).one_or_none()


def registers(cpts: Cpts, codes: Collection[str] = ()) -> list[RegisterOf]:
    """These communes, or all of the territory, by name, each with where its register is held."""
    held_by = {code: register.held_by for code, register in register_rows(cpts).items()}
    asked = codes or [known.code for known in cpts.communes]
    return [RegisterOf(one, held_by.get(one.code, "")) for one in communes.communes(asked)]


def register_rows(cpts: Cpts) -> dict[str, CommuneRegister]:
    """What is stored, by commune."""
    query = sa.select(CommuneRegister).where(CommuneRegister.cpts_id == cpts.id)
    return {register.commune_code: register for register in db.session.scalars(query)}


def missing(cpts: Cpts) -> Sequence[str]:
    """What the requirement `risques` still asks, as sentences; empty when it is met."""
    return rules.missing(risks(cpts))
