"""Imports every feature's models, for Alembic and nobody else."""

from crisis_plan.access import models as access
from crisis_plan.anticipation.directory import models as directory
from crisis_plan.anticipation.referents import models as referents
from crisis_plan.anticipation.stock import models as stock
from crisis_plan.history import HistoryEvent
from crisis_plan.imports.models import ImportReport
from crisis_plan.once import CreationKey
from crisis_plan.organisations import models as organisations
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.crisis_cell import models as crisis_cell
from crisis_plan.plan import models as plan
from crisis_plan.publication import models as publication

__all__ = [
    "CreationKey",
    "HistoryEvent",
    "ImportReport",
    "OutboxMessage",
    "access",
    "crisis_cell",
    "directory",
    "organisations",
    "plan",
    "publication",
    "referents",
    "stock",
]
