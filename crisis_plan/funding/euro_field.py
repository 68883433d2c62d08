"""An amount, as people type it."""

from __future__ import annotations

import re
from typing import Any

from wtforms import Field
from wtforms.widgets import TextInput

from crisis_plan.web.formats import euros

SHAPE = re.compile(r"([0-9]{1,9})(?:,([0-9]{1,2}))?€?")
SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009"))
MOST_EUROS = 10_000_000
"""Well above any line, and within what the database counts in cents."""
UNREADABLE = "Écrivez un montant en euros, comme 37 500 ou 3 750,50."
TOO_MUCH = f"Un montant ne dépasse pas {euros(MOST_EUROS * 100)}\u00a0: vérifiez ce qui est écrit."


class EuroField(Field):
    """Euros typed as 37 500, 37500 € or 3 750,50; `data` is in cents."""

    widget = TextInput()
    data: Any

    def __init__(self, label: str = "", validators: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label, validators, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = cents_of(valuelist[0]) if valuelist and valuelist[0].strip() else None

    def _value(self) -> str:
        if self.raw_data and isinstance(self.raw_data[0], str):
            return self.raw_data[0]
        return euros(self.data) if isinstance(self.data, int) else ""


def cents_of(typed: str) -> int:
    """The amount in cents. Raises `ValueError` with what to write."""
    found = SHAPE.fullmatch(typed.translate(SPACES).replace(".", ","))
    if not found:
        raise ValueError(UNREADABLE)
    cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    if cents > MOST_EUROS * 100:
        raise ValueError(TOO_MUCH)
    return cents
