"""The neighbour « Vallée du Vidourle », whose plan has only begun and is wanted within a month."""

from __future__ import annotations

from datetime import datetime, timedelta

from crisis_plan.access import operations as access
from crisis_plan.access.policy import Role
from crisis_plan.demo.people import GARD, OCCITANIE, People
from crisis_plan.demo.sections import write_sections
from crisis_plan.organisations import operations as organisations
from crisis_plan.organisations.rules import MissionSource


def begin_neighbour(people: People, *, at: datetime) -> None:
    """A second, small CPTS whose plan is unfinished."""
    identity = organisations.Identity(
        name="CPTS Vallée du Vidourle",
        legal_name="Association CPTS Vallée du Vidourle",
        address="2 rue de l’Exemple, 30250 Sommières",
        president="Alain Teissier",
        cpam_name="CPAM du Gard",
        region=OCCITANIE,
        departements=(GARD,),
        contract_signed_on=at.date() - timedelta(days=120),
        deadlines_from=MissionSource.CONTRACT,
        mission_started_on=at.date() - timedelta(days=30),
    )
    cpts = organisations.create_cpts(slug="vallee-du-vidourle", identity=identity, by=people.operator, at=at)
    communes = ("30321", "30019", "30136", "30181", "30306")
    organisations.choose_communes(
        cpts, communes, departement=GARD, seen_version=cpts.version, by=people.neighbour, at=at
    )
    access.give_role(people.neighbour, cpts, Role.REFERENT, by=people.operator, at=at)
    write_sections(cpts, ("vidourle",), by=people.neighbour, at=at)
