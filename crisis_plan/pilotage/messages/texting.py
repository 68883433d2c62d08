"""A message by SMS to whom its e-mail did not reach: the short text of the same model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.pilotage.communication.preview import preview
from crisis_plan.pilotage.communication.sms import with_plain_signs
from crisis_plan.pilotage.communication.sms_links import ToText, to_mobiles
from crisis_plan.pilotage.messages.rules import prefixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crisis_plan.pilotage.communication.models import MessageModel
    from crisis_plan.pilotage.crises.models import Crisis
    from crisis_plan.pilotage.messages.models import CrisisMessage, MessageRecipient


def to_text(
    crisis: Crisis,
    message: CrisisMessage,
    model: MessageModel | None,
    values: Mapping[str, str],
    missed: Iterable[MessageRecipient],
) -> ToText:
    """The short text of its model, else what was sent itself, to the mobiles of these people."""
    short = preview(model, values).short_text if model else ""
    text = with_plain_signs(prefixed(crisis.mode.prefix, short or message.text))
    return to_mobiles(text, [(one.name, mobile_of(one)) for one in missed])


def mobile_of(recipient: MessageRecipient) -> str:
    """The mobile that reaches this person first; empty where the directory has none."""
    phones = recipient.contact.phones_direct_first if recipient.contact else ()
    return next((phone.number for phone in phones if is_mobile(phone.number)), "")
