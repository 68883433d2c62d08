"""The accounts of the demonstration; the password is published, so these accounts exist nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crisis_plan.access import operations
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.access.routes import DEMO_PASSWORD
from crisis_plan.organisations import operations as organisations
from crisis_plan.organisations.models import Cpts, InstitutionKind

OCCITANIE, GARD = "76", "30"


@dataclass(frozen=True)
class People:
    """Those who act in the story."""

    operator: Account
    referent: Account
    coordinator: Account
    neighbour: Account


def open_accounts(*, at: datetime) -> People:
    """The accounts, without any role yet."""
    return People(
        operator=_account("operateur", "Exploitation du service", at=at, is_operator=True),
        referent=_account("referent", "Claire Vidal", at=at),
        coordinator=_account("coordination", "Nadia Benali", at=at),
        neighbour=_account("referent-vidourle", "Marc Estève", at=at),
    )


def give_roles(cpts: Cpts, people: People, *, at: datetime) -> None:
    """Everyone of the first CPTS."""
    cell_member, adherent = _account("cellule", "Luc Fabre", at=at), _account("adherent", "Inès Roca", at=at)
    for account, role in (
        (people.referent, Role.REFERENT),
        (people.coordinator, Role.COORDINATOR),
        (cell_member, Role.CELL_MEMBER),
        (adherent, Role.ADHERENT),
    ):
        operations.give_role(account, cpts, role, by=people.operator, at=at)


def open_institutions(people: People, *, at: datetime) -> None:
    """The ARS of the region, the CPAM and the MSA of the département, and who reads for them."""
    ars = (InstitutionKind.ARS, "ARS Occitanie", ())
    cpam = (InstitutionKind.CPAM, "CPAM du Gard", (GARD,))
    for (kind, name, departements), email, reader in ((ars, "ars", "Hélène Caumont"), (cpam, "cpam", "Paul Serres")):
        institution = organisations.create_institution(
            kind=kind, name=name, region=OCCITANIE, departements=departements, by=people.operator, at=at
        )
        operations.give_reading(_account(email, reader, at=at), institution, by=people.operator, at=at)
    organisations.create_institution(
        kind=InstitutionKind.MSA,
        name="MSA du Languedoc",
        region=OCCITANIE,
        departements=(GARD, "48"),
        by=people.operator,
        at=at,
    )


def _account(name: str, person: str, *, at: datetime, is_operator: bool = False) -> Account:
    email = f"{name}@demo.example"
    return operations.open_account(email=email, name=person, password=DEMO_PASSWORD, at=at, is_operator=is_operator)
