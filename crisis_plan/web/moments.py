"""A day and an hour, as the clocks of a place show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField

from crisis_plan import clock

SHAPES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y à %H:%M", "%d/%m/%Y %Hh%M"]
NOT_A_MOMENT = "Cette date ou cette heure n’existe pas\u00a0: écrivez-les comme 31/12/2026 14:30."


class MomentField(DateTimeLocalField):
    """A day and an hour, picked by the browser or typed as JJ/MM/AAAA HH:MM; `at` says which moment that is there."""

    data: Any

    def __init__(self, label: str = "", validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, format=list(SHAPES), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata([valuelist[0].replace("\x00", "").strip()])
        except ValueError:
            raise ValueError(NOT_A_MOMENT) from None
        if isinstance(self.data, datetime) and not 1900 <= self.data.year <= 2200:
            self.data = None
            raise ValueError(NOT_A_MOMENT)

    def at(self, place: clock.HasTimeZone) -> datetime | None:
        """The moment, in UTC; none when nothing was typed."""
        if not isinstance(self.data, datetime):
            return None
        return self.data.replace(tzinfo=ZoneInfo(place.time_zone)).astimezone(UTC)


def as_typed(moment: datetime | None, place: clock.HasTimeZone) -> datetime | None:
    """What such a field is filled with to show this moment."""
    return clock.local(moment, place).replace(tzinfo=None) if moment else None
