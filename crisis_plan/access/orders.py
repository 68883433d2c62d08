"""A legal order to erase what never changes otherwise: who orders, who carries it out, and how the bytes go too.

The door is the installation's, a command: never a button.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click
import sqlalchemy as sa

from crisis_plan import db
from crisis_plan.access import queries
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.organisations.models import Cpts

LONGEST = 300
"""Characters of the authority and its reference, together."""
ELSEWHERE = (
    "Les sauvegardes, les PDF déjà imprimés ou envoyés et les courriels partis gardent ce qu’ils contenaient\u00a0: "
    "traitez-les selon la même décision."
)


@dataclass(frozen=True)
class Order:
    """What the authority decided, and whose account carries it out."""

    authority: str
    reference: str
    email: str

    @property
    def words(self) -> str:
        """« Tribunal judiciaire de Nîmes, ordonnance n° 26/123 »."""
        return f"{self.authority.strip()}, {self.reference.strip()}"

    def carried_out_by(self, cpts: Cpts) -> Account:
        """The account of this operator, or of this referent of the CPTS. Raises `click.ClickException`."""
        account = queries.account_by_email(self.email)
        if account and (account.is_operator or Role.REFERENT in queries.roles_in(account, cpts)):
            return account
        raise click.ClickException(
            "Cette adresse n’est celle ni d’un exploitant du service ni d’un référent de crise de cette CPTS."
        )


def asked(command: Callable[..., Any]) -> Callable[..., Any]:
    """Ask for the authority, the reference of its decision and the account; the command is given an `Order`."""

    @click.option("--authority", prompt="Autorité qui ordonne l’effacement")
    @click.option("--reference", prompt="Référence de sa décision")
    @click.option("--account", "email", prompt="Adresse e-mail du compte (exploitant ou référent) qui l’exécute")
    @wraps(command)
    def with_order(authority: str, reference: str, email: str, **asked_beside: Any) -> Any:
        order = Order(authority, reference, email)
        if not authority.strip() or not reference.strip():
            raise click.ClickException("Dites quelle autorité ordonne cet effacement, et la référence de sa décision.")
        if len(order.words) > LONGEST:
            raise click.ClickException(f"L’autorité et la référence tiennent en {LONGEST}\u00a0caractères.")
        return command(order=order, **asked_beside)

    return with_order


def confirm(what: str, number: int) -> None:
    """Ask for the number once more: nothing brings back what is erased. Raises `click.ClickException`."""
    click.echo(f"Vont être effacés sans retour\u00a0: {what}.")
    if click.prompt("Pour confirmer, tapez de nouveau ce numéro").strip() != str(number):
        raise click.ClickException("Rien n’a été effacé.")


@contextmanager
def wiping() -> Iterator[None]:
    """A transaction after which SQLite's file does not keep what it erased; PostgreSQL's own vacuum sees to its own."""
    is_sqlite = db.db.engine.dialect.name == "sqlite"
    with db.writing():
        if is_sqlite:
            db.db.session.execute(sa.text("PRAGMA secure_delete=ON"))
        yield
        db.commit()
    if is_sqlite:
        with db.db.engine.connect() as connection:
            connection.rollback()
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
