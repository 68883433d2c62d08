"""A form of a crisis whose act is one entry of the logbook."""

from __future__ import annotations

import uuid

from crisis_plan.web.fields import CreateForm


class KeyedForm(CreateForm):
    """A form whose act is one entry of the logbook, known by the same key."""

    @property
    def key(self) -> uuid.UUID | None:
        try:
            return uuid.UUID(self.creation_key.data or "")
        except ValueError:
            return None
