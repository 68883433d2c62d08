"""Channels and prepared messages to arrange a test with."""

from __future__ import annotations

from typing import Any

from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.communication import channel_operations, operations
from crisis_plan.pilotage.communication.descriptions import ChannelDescription, ModelDescription
from crisis_plan.pilotage.communication.models import Channel, MessageModel
from crisis_plan.pilotage.communication.rules import ChannelKind, Moment
from tests.factories import NOON, TODAY, AccountFactory


def channel(cpts: Cpts, name: str = "Liste des adhérents", **told: Any) -> Channel:
    described = ChannelDescription(**{"kind": ChannelKind.EMAIL, "name": name, **told})
    made = channel_operations.add_channel(cpts, described, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def model(cpts: Cpts, title: str = "Premier message", **told: Any) -> MessageModel:
    usual = {"moment": Moment.ACTIVATION, "choice": Choice(Audience.ADHERENTS), "short_text": "{cpts} : {titre}"}
    described = ModelDescription(**{"title": title, **usual, **told})
    made = operations.add(cpts, described, today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made
