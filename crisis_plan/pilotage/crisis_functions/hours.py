"""Hours as people say them in a crisis: the day only where it is not today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crisis_plan import clock
from crisis_plan.adaptation.durations import in_words

DAYS = {-1: "hier à", 1: "demain à"}


@dataclass(frozen=True)
class Hours:
    """Hours by the CPTS's clocks, as they are said at one moment."""

    place: clock.HasTimeZone
    now: datetime

    def __call__(self, moment: datetime | None) -> str:
        """« 14:05 », « demain à 08:00 », « le 25/11 à 08:00 »; nothing for no moment."""
        if moment is None:
            return ""
        meant, here = clock.local(moment, self.place), clock.local(self.now, self.place)
        away = (meant.date() - here.date()).days
        day = "" if away == 0 else DAYS.get(away, f"le {meant:%d/%m} à")
        return f"{day} {meant:%H:%M}".strip().replace(" ", "\u00a0")

    def late_by(self, moment: datetime) -> str:
        """« 20 min », « 1 h 05 »: how long ago it was."""
        return in_words(int((self.now - moment) / timedelta(minutes=1)))
