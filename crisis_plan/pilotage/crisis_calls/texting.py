"""Everyone of a call list by SMS: who has a mobile, in groups that a telephone takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.pilotage.communication.sms import with_plain_signs
from crisis_plan.pilotage.communication.sms_links import ToText, to_mobiles

if TYPE_CHECKING:
    from crisis_plan.pilotage.calls.models import CallLine, CallList


def to_text(call_list: CallList, lines: Iterable[CallLine]) -> ToText:
    """The message of this list, to every mobile of its people."""
    text = with_plain_signs(f"{call_list.purpose.prefix}{call_list.message}")
    return to_mobiles(text, [(line.name, mobile_of(line)) for line in lines])


def mobile_of(line: CallLine) -> str:
    """The mobile that reaches this person first; empty where the directory has none."""
    phones = line.contact.phones_direct_first if line.contact else ()
    return next((phone.number for phone in phones if is_mobile(phone.number)), "")
