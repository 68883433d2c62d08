"""`flask demo`: an installation that one can look at."""

from __future__ import annotations

import click
from flask import current_app

from crisis_plan import clock, db
from crisis_plan.access import queries
from crisis_plan.access.routes import DEMO_PASSWORD
from crisis_plan.demo import story


@click.command("demo")
def demo() -> None:
    """Tell the story of the fictional CPTS in an empty database; a told one is left as it is."""
    if not current_app.config["DEMO"]:
        raise click.ClickException(
            "CRISIS_PLAN_DEMO=1 n’est pas réglé : ces comptes ont un mot de passe connu de tous."
        )
    if queries.cpts_by_slug(story.SLUG):
        click.echo("La démonstration est déjà prête ; « make demo-reset » la recommence.")
        return
    with current_app.test_request_context(base_url=current_app.config["PUBLIC_ADDRESS"]):
        story.tell(today=clock.today(clock.PARIS), now=clock.now())
        db.commit()
    click.echo("La démonstration est prête.")


@click.command("demo-accounts")
def demo_accounts() -> None:
    """Print the accounts and where to go."""
    click.echo(f"\n  {current_app.config['PUBLIC_ADDRESS']}/    mot de passe pour tous : {DEMO_PASSWORD}\n")
    for account in queries.demo_accounts():
        click.echo(f"  {account.email:34} {queries.described(account)}")
    click.echo()
