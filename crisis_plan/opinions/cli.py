"""`flask erase-opinion`: the door of a legal order."""

from __future__ import annotations

from uuid import UUID

import click

from crisis_plan import clock
from crisis_plan.access import orders
from crisis_plan.errors import RuleBroken
from crisis_plan.opinions import erasing


@click.command("erase-opinion")
@click.option(
    "--opinion",
    "opinion_id",
    type=click.UUID,
    prompt="Identifiant de l’avis",
    help="Identifiant de l’avis, tel qu’il figure dans son adresse.",
)
@click.option("--number", type=click.IntRange(min=1), prompt="Rang du message, à partir de 1")
@orders.asked
def erase_opinion(opinion_id: UUID, number: int, order: orders.Order) -> None:
    """Erase what a word of an opinion says, on a legal order: who spoke, and when, stays."""
    found = erasing.message_of(opinion_id, number)
    if found is None:
        raise click.ClickException("Aucun avis n’a de message de ce rang.")
    cpts, message = found
    by = order.carried_out_by(cpts)
    orders.confirm(f"le texte du message {number} de cet avis ({cpts.name})", number)
    try:
        with orders.wiping():
            erasing.erase_text(cpts, message, ordered_by=order.words, by=by, at=clock.now())
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo("C’est fait\u00a0: le message reste à sa place, sans son texte.")
    click.echo(orders.ELSEWHERE)
