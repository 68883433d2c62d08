"""A duration typed kindly; what was typed stays as it was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field
from wtforms.widgets import TextInput

from crisis_plan.adaptation.durations import in_words, minutes_in

NOTHING = "Écrivez une durée plus longue que zéro, ou laissez vide."


class DurationField(Field):
    """A duration in minutes; a number alone counts in units of `alone` minutes. Empty: none."""

    widget = TextInput()
    data: int | None

    def __init__(self, label: str = "", validators: Sequence[Any] = (), *, alone: int = 1, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.alone = alone

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else in_words(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        minutes = minutes_in(valuelist[0], alone=self.alone)
        if not minutes:
            raise ValueError(NOTHING)
        self.data = minutes
