"""Imports every feature's models: tables name each other, so all of them are known before anyone asks one."""

from crisis_plan.access import models as access
from crisis_plan.adaptation.arrangements import models as arrangements
from crisis_plan.adaptation.levels import models as levels
from crisis_plan.adaptation.places import models as places
from crisis_plan.adaptation.responses import models as responses
from crisis_plan.adaptation.risks import models as risks
from crisis_plan.anticipation.campaigns import models as campaigns
from crisis_plan.anticipation.directory import models as directory
from crisis_plan.anticipation.exercises import models as exercises
from crisis_plan.anticipation.referents import models as referents
from crisis_plan.anticipation.stock import models as stock
from crisis_plan.calendars import models as calendars
from crisis_plan.distribution import models as distribution
from crisis_plan.evaluation.debriefs import models as debriefs
from crisis_plan.evaluation.improvements import models as improvements
from crisis_plan.funding import models as funding
from crisis_plan.history import HistoryEvent
from crisis_plan.imports import models as imports
from crisis_plan.once import CreationKey
from crisis_plan.opinions import models as opinions
from crisis_plan.organisations import models as organisations
from crisis_plan.orsan.matrix import models as orsan_matrix
from crisis_plan.orsan.neighbours import models as neighbours
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.calls import models as calls
from crisis_plan.pilotage.communication import models as communication
from crisis_plan.pilotage.crises import models as crises
from crisis_plan.pilotage.crisis_calls import models as crisis_calls
from crisis_plan.pilotage.crisis_cell import models as crisis_cell
from crisis_plan.pilotage.crisis_functions import models as crisis_functions
from crisis_plan.pilotage.devices import models as devices
from crisis_plan.pilotage.facts import models as facts
from crisis_plan.pilotage.logbook import models as logbook
from crisis_plan.pilotage.messages import models as messages
from crisis_plan.pilotage.mobilisation import models as mobilisation
from crisis_plan.pilotage.needs import models as needs
from crisis_plan.pilotage.situation_reports import models as situation_reports
from crisis_plan.pilotage.stock_out import models as stock_out
from crisis_plan.pilotage.tasks import models as tasks
from crisis_plan.plan import models as plan
from crisis_plan.publication import models as publication
from crisis_plan.yearly_update.deadlines import models as deadlines
from crisis_plan.yearly_update.signatures import models as signatures

__all__ = [
    "CreationKey",
    "HistoryEvent",
    "OutboxMessage",
    "access",
    "arrangements",
    "calendars",
    "calls",
    "campaigns",
    "communication",
    "crises",
    "crisis_calls",
    "crisis_cell",
    "crisis_functions",
    "deadlines",
    "debriefs",
    "devices",
    "directory",
    "distribution",
    "exercises",
    "facts",
    "funding",
    "imports",
    "improvements",
    "levels",
    "logbook",
    "messages",
    "mobilisation",
    "needs",
    "neighbours",
    "opinions",
    "organisations",
    "orsan_matrix",
    "places",
    "plan",
    "publication",
    "referents",
    "responses",
    "risks",
    "signatures",
    "situation_reports",
    "stock",
    "stock_out",
    "tasks",
]
