"""Reminding the cells, from cron."""

from __future__ import annotations

import click
from flask import current_app

from crisis_plan import clock, db, outbox
from crisis_plan.pilotage.reminders import operations, queries


@click.command("remind")
def remind() -> None:
    """Remind the cell of a silent logbook or a missed situation point (cron, every few minutes)."""
    if not outbox.keeps_mail():
        raise click.ClickException("SMTP_URL n’est pas réglé : aucun rappel ne peut partir.")
    with current_app.test_request_context(base_url=current_app.config["PUBLIC_ADDRESS"]):
        now, reminded = clock.now(), 0
        for crisis_id in queries.to_remind(now):
            with db.writing():
                posted = operations.remind(queries.crisis_with_id(crisis_id), at=now)
                db.commit()
            reminded += bool(posted)
            if outbox.sends_mail():
                for message_id in posted:
                    outbox.send(message_id)
    click.echo(f"{reminded} crise(s) ou exercice(s) relancés.")
