"""The site map: which feature answers at which French address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, g

from crisis_plan import dashboard, pages
from crisis_plan.access import invitation_routes, member_routes
from crisis_plan.adaptation.arrangements import routes as arrangements
from crisis_plan.adaptation.levels import routes as levels
from crisis_plan.adaptation.places import routes as places
from crisis_plan.adaptation.responses import print_routes as responses
from crisis_plan.adaptation.risks import register_routes as risks
from crisis_plan.anticipation.campaigns import account_routes as own_account_contact
from crisis_plan.anticipation.campaigns import correction_routes as campaigns
from crisis_plan.anticipation.campaigns import own_routes as own_contact
from crisis_plan.anticipation.directory import merge_routes as directory
from crisis_plan.anticipation.exercises import routes as exercises
from crisis_plan.anticipation.referents import absence_routes as referents
from crisis_plan.anticipation.stock import import_routes as stock
from crisis_plan.anticipation.stock import means_routes as means
from crisis_plan.calendars import feed_routes as calendar_feeds
from crisis_plan.calendars import routes as calendars
from crisis_plan.distribution import giving_routes as distribution
from crisis_plan.distribution import link_routes as plan_links
from crisis_plan.evaluation.follow_up import routes as follow_up
from crisis_plan.evaluation.room import routes as debriefs
from crisis_plan.funding import claim_routes as claims
from crisis_plan.funding import rate_routes as rates
from crisis_plan.funding import routes as funding
from crisis_plan.installation import routes as installation
from crisis_plan.opinions import routes as opinions
from crisis_plan.orsan.matrix import routes as orsan
from crisis_plan.orsan.neighbours import edition_routes as neighbours
from crisis_plan.parameters import routes as parameters
from crisis_plan.pilotage.calls import answer_routes as call_answers
from crisis_plan.pilotage.calls import routes as calls
from crisis_plan.pilotage.closing import routes as closing
from crisis_plan.pilotage.communication import channel_routes as communication
from crisis_plan.pilotage.crisis_calls import routes as crisis_calls
from crisis_plan.pilotage.crisis_cell import duty_routes as crisis_cell
from crisis_plan.pilotage.crisis_functions import routes as crisis_functions
from crisis_plan.pilotage.crisis_pack import routes as crisis_pack
from crisis_plan.pilotage.devices import routes as devices
from crisis_plan.pilotage.facts import routes as facts
from crisis_plan.pilotage.logbook import sheet_routes as logbook
from crisis_plan.pilotage.messages import routes as crisis_messages
from crisis_plan.pilotage.mobilisation import routes as mobilisation
from crisis_plan.pilotage.needs import routes as needs
from crisis_plan.pilotage.room import record_routes as room
from crisis_plan.pilotage.situation_reports import routes as situation_reports
from crisis_plan.pilotage.stock_out import routes as stock_out
from crisis_plan.pilotage.tasks import routes as tasks
from crisis_plan.plan import routes as plan
from crisis_plan.publication import comparison_routes as publication
from crisis_plan.publication import own_card_routes as own_cards
from crisis_plan.regional import routes as regional
from crisis_plan.yearly_update.deadlines import routes as deadlines
from crisis_plan.yearly_update.room import routes as yearly_update


def mount(app: Flask) -> None:
    """Register every blueprint under its address."""
    for blueprint, address in (
        (pages.bp, None),
        (invitation_routes.bp, None),
        (rates.bp, "/installation/baremes"),
        (installation.bp, "/installation"),
        (regional.bp, "/region"),
        (own_contact.bp, "/mes-coordonnees"),
        (call_answers.bp, "/reponse"),
        (plan_links.bp, "/d"),
        (calendar_feeds.bp, "/calendrier"),
    ):
        app.register_blueprint(blueprint, url_prefix=address)
    app.register_blueprint(cpts_site(), url_prefix="/cpts/<slug>")
    app.add_url_rule("/", "home", pages.home)


def cpts_site() -> Blueprint:
    """Everything that belongs to one CPTS."""
    site = Blueprint("cpts", __name__)
    for blueprint, address in (
        (dashboard.bp, "/"),
        (plan.bp, "/plan"),
        (campaigns.bp, "/annuaire/campagnes"),
        (directory.bp, "/annuaire"),
        (own_account_contact.bp, "/mes-coordonnees"),
        (referents.bp, "/referents"),
        (means.bp, "/stock/autres-moyens"),
        (stock.bp, "/stock"),
        (places.bp, "/lieux"),
        (exercises.bp, "/exercices"),
        (risks.bp, "/risques"),
        (responses.bp, "/fiches-actions"),
        (own_cards.bp, "/mes-fiches"),
        (levels.bp, "/niveaux"),
        (arrangements.bp, "/dispositions"),
        (neighbours.bp, "/orsan/plans-voisins"),
        (orsan.bp, "/orsan"),
        (opinions.bp, "/avis"),
        (calls.bp, "/appels"),
        (crisis_cell.bp, "/cellule"),
        (communication.bp, "/communication"),
        (crisis_pack.bp, "/"),
        (room.bp, "/crises"),
        *crisis_rooms(),
        (debriefs.bp, "/bilans"),
        (follow_up.bp, "/ameliorations"),
        *life_of_the_plan(),
        (member_routes.bp, "/acces"),
        (calendars.bp, "/calendrier"),
        (parameters.bp, "/parametres"),
    ):
        site.register_blueprint(blueprint, url_prefix=address)

    @site.url_defaults
    def fill_slug(_endpoint: str, values: dict[str, Any]) -> None:
        """Templates of a CPTS write addresses without naming it again."""
        if "slug" not in values and "cpts" in g:
            values["slug"] = g.cpts.slug

    return site


def life_of_the_plan() -> tuple[tuple[Blueprint, str], ...]:
    """Its versions, to whom they are given, the yearly update and what pays for them."""
    return (
        (publication.bp, "/versions"),
        (distribution.bp, "/diffusion"),
        (deadlines.bp, "/mise-a-jour/echeances"),
        (yearly_update.bp, "/mise-a-jour"),
        (claims.bp, "/financements/demandes"),
        (funding.bp, "/financements"),
    )


def crisis_rooms() -> tuple[tuple[Blueprint, str], ...]:
    """The rooms of one crisis: every view of theirs receives its identity."""
    rooms = (
        (logbook.bp, "journal"),
        (facts.bp, "faits"),
        (crisis_functions.bp, "fonctions"),
        (tasks.bp, "taches"),
        (crisis_calls.bp, "appels"),
        (needs.bp, "besoins"),
        (stock_out.bp, "materiel"),
        (mobilisation.bp, "mobilisation"),
        (crisis_messages.bp, "messages"),
        (situation_reports.bp, "points-de-situation"),
        (devices.bp, "appareils"),
        (closing.bp, "cloture"),
    )
    return tuple((blueprint, f"/crises/<uuid:crisis_id>/{address}") for blueprint, address in rooms)
