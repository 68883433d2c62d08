"""What a device says of itself."""

from __future__ import annotations

import uuid

from wtforms import HiddenField, IntegerField
from wtforms.validators import NumberRange, ValidationError

from crisis_plan.pilotage.devices.rules import MOST_WAITING
from crisis_plan.web.fields import Form


class HeartbeatForm(Form):
    """Nobody types it: the script of the page fills it."""

    device_key = HiddenField()
    device_name = HiddenField()
    waiting = IntegerField(validators=[NumberRange(0, MOST_WAITING)])

    def validate_device_key(self, field: HiddenField) -> None:
        try:
            uuid.UUID(field.data or "")
        except ValueError:
            raise ValidationError("Cet appareil n’a pas dit qui il est.") from None

    @property
    def key(self) -> uuid.UUID:
        return uuid.UUID(self.device_key.data or "")
