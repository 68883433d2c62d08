"""Commands of an installation: `flask --app wsgi …`."""

from __future__ import annotations

import click
from flask import Flask, current_app

from crisis_plan import clock, db, once, outbox
from crisis_plan.access import operations, queries, resets, sign_in
from crisis_plan.access.rules import password_weakness
from crisis_plan.anticipation.campaigns import retention as campaign_retention
from crisis_plan.anticipation.directory.cli import import_annuaire
from crisis_plan.anticipation.referents import absences
from crisis_plan.demo.commands import demo, demo_accounts
from crisis_plan.evaluation.follow_up import reminding
from crisis_plan.evaluation.room import erasing as debriefs
from crisis_plan.imports.cli import purge as purge_imports
from crisis_plan.opinions.cli import erase_opinion
from crisis_plan.organisations import queries as organisations
from crisis_plan.pilotage.calls import retention as call_retention
from crisis_plan.pilotage.logbook.cli import Above, erasing_entries, verify_logbooks
from crisis_plan.pilotage.reminders.operations import remind_all
from crisis_plan.yearly_update.deadlines import reminding as deadlines


def commands(app: Flask) -> None:
    """Register every command."""
    above = Above(debriefs.goes_with, debriefs.repeats, debriefs.may_repeat, debriefs.forget_entry)
    for command in (
        *(create_operator, reset_link, send_outbox, purge, import_annuaire, demo, demo_accounts),
        *(verify_logbooks, erasing_entries(above), erase_opinion, remind),
    ):
        app.cli.add_command(command)


@click.command("create-operator")
@click.option("--email", prompt="Adresse e-mail")
@click.option("--name", prompt="Nom")
@click.password_option("--password", prompt="Mot de passe", confirmation_prompt="Mot de passe, encore")
def create_operator(email: str, name: str, password: str) -> None:
    """Open the first account of an installation."""
    if weakness := password_weakness(password, email=email, name=name):
        raise click.ClickException(weakness)
    if queries.account_by_email(email):
        raise click.ClickException("Un compte a déjà cette adresse.")
    operations.open_account(email=email, name=name, password=password, at=clock.now(), is_operator=True)
    db.commit()
    click.echo(f"Compte exploitant ouvert pour {email}.")


@click.command("reset-link")
@click.argument("email")
def reset_link(email: str) -> None:
    """Print a link with which this account chooses a new password (two hours, once)."""
    account = queries.account_by_email(email)
    if account is None:
        raise click.ClickException("Aucun compte n’a cette adresse.")
    with current_app.test_request_context(base_url=current_app.config["PUBLIC_ADDRESS"]):
        click.echo(resets.reset_link(account))


@click.command("purge")
def purge() -> None:
    """Erase what need not be kept (cron, once a day): message bodies, sign-in delays, keys of forms, previews, evidence past its end."""
    now = clock.now()
    outbox.purge_bodies(now)
    sign_in.forget_old_failures(now)
    once.forget_old_keys(now)
    purge_imports(now)
    for cpts in organisations.every_cpts():
        today = clock.today(cpts)
        for forget in (call_retention.forget, campaign_retention.forget, absences.forget_past):
            forget(cpts, today)
    db.commit()
    click.echo("C’est fait.")


@click.command("remind")
def remind() -> None:
    """Remind cells of a silent logbook or a missed point, owners of a debrief, people of a deadline (cron, every few minutes)."""
    if not outbox.keeps_mail():
        raise click.ClickException("SMTP_URL n’est pas réglé : aucun rappel ne peut partir.")
    with current_app.test_request_context(base_url=current_app.config["PUBLIC_ADDRESS"]):
        now = clock.now()
        cells, owners, keepers = remind_all(now), reminding.remind(now), deadlines.remind(now)
        for message_id in [*(one for posted in cells for one in posted), *owners, *keepers]:
            if outbox.sends_mail():
                outbox.send(message_id)
    click.echo(
        f"{len(cells)} crise(s) ou exercice(s) relancés, {len(owners)} rappel(s) de bilan ou d’amélioration, "
        f"{len(keepers)} rappel(s) d’échéance."
    )


@click.command("send-outbox")
def send_outbox() -> None:
    """Send the messages that are waiting (cron, every few minutes)."""
    if not outbox.sends_mail():
        raise click.ClickException("SMTP_URL n’est pas réglé : aucun message ne peut partir.")
    waiting = outbox.waiting(clock.now())
    db.db.session.rollback()
    sent = sum(outbox.send(message_id) for message_id in waiting)
    click.echo(f"{sent} message(s) envoyé(s) sur {len(waiting)}.")
