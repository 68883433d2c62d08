"""The room at a glance: who speaks, by what, and what is ready to be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.communication import queries
from crisis_plan.pilotage.communication.models import Channel, MessageModel
from crisis_plan.pilotage.communication.proposals import PROPOSED, ProposedMessage
from crisis_plan.pilotage.communication.rules import Held, Moment, by_moment, lacks, serves
from crisis_plan.pilotage.crisis_cell.queries import FunctionToday
from crisis_plan.web.pages import Page, page_of_list


@dataclass(frozen=True)
class Overview:
    """What the page of the room shows."""

    spokesperson: FunctionToday | None
    channels: Sequence[Channel]
    page: Page[MessageModel]
    """The messages of the crisis type that is asked for."""
    total: int
    asked: CrisisType | None
    missing: tuple[str, ...]
    untaken: tuple[ProposedMessage, ...]
    """The proposed messages that this CPTS has not, or has no longer."""

    @property
    def groups(self) -> list[tuple[Moment, list[MessageModel]]]:
        """The messages of this page, under their moments."""
        return by_moment(self.page.items)

    @property
    def shows_private_numbers(self) -> bool:
        """Whether a number on the page must not be passed on."""
        held_by = self.spokesperson.held_by if self.spokesperson else ()
        contacts = (*(duty.contact for _, duty in held_by if duty), *(channel.contact for channel in self.channels))
        return any(phone.is_private for contact in contacts if contact for phone in contact.phones)


def overview(cpts: Cpts, today: date, asked: CrisisType | None, *, page: int) -> Overview:
    """The room, with the messages that serve this type of crisis."""
    spokesperson, channels = queries.spokesperson(cpts, today), queries.channels(cpts)
    models = queries.models(cpts)
    taken = {model.proposal for model in models}
    return Overview(
        spokesperson,
        channels,
        page_of_list([model for model in models if serves(model, asked)], page),
        total=len(models),
        asked=asked,
        missing=lacks(channels, [model.crisis_types for model in models], _held(spokesperson)),
        untaken=tuple(proposed for proposed in PROPOSED if proposed.key not in taken),
    )


def _held(spokesperson: FunctionToday | None) -> Held | None:
    if spokesperson is None:
        return None
    contacts = (duty.contact for _, duty in spokesperson.held_by if duty)
    return Held(spokesperson.function.name, any(contact and contact.phones for contact in contacts))
