"""What is chosen of two lines of the directory, and what the person saw when choosing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectChoice

from crisis_plan.anticipation.directory.differing import Difference, Side
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.web.fields import EditForm

NOTHING = "rien"


@dataclass(frozen=True)
class Moved:
    """What one of the two lines says otherwise since the page was opened."""

    label: str
    side: Side
    before: str
    now: str


class MergeFields(EditForm):
    """`seen_version` is that of the line kept."""

    other_version = IntegerField(widget=HiddenField.widget, default=0)
    seen = HiddenField()
    """What each line said when the page was opened, so that a conflict can tell what changed."""

    differences: Sequence[Difference] = ()

    @property
    def chosen(self) -> dict[str, Side]:
        return {one.name: Side(self[f"take_{one.name}"].data) for one in self.differences}

    @property
    def versions(self) -> tuple[int, int]:
        return self.seen_version.data or 0, self.other_version.data or 0

    def open_at(self, kept: Contact, other: Contact) -> None:
        """The lines as they are now are those that the person sees."""
        self.reopen_at(kept.version)
        self.other_version.data, self.other_version.raw_data = other.version, None
        self.seen.data = json.dumps({one.name: [one.kept, one.other] for one in self.differences})

    def moved(self) -> list[Moved]:
        """What changed since the page was opened, as far as it concerns a choice."""
        seen = _texts(self.seen.data)
        found = []
        for one in self.differences:
            for side, now in ((Side.KEPT, one.kept), (Side.OTHER, one.other)):
                before = seen.get(one.name, ["", ""])[side is Side.OTHER] if one.name in seen else NOTHING
                if before != now:
                    found.append(Moved(one.label, side, before, now))
        return found


def merge_form(differences: Sequence[Difference], **kwargs: Any) -> MergeFields:
    """One choice for each difference, the fuller one proposed; none where the names differ."""
    fields = {f"take_{one.name}": _choice(one) for one in differences}
    made: MergeFields = type("MergeForm", (MergeFields,), {**fields, "differences": tuple(differences)})(**kwargs)
    return made


def _choice(one: Difference) -> RadioField:
    said = ((Side.KEPT, one.kept), (Side.OTHER, one.other))
    return RadioField(
        one.label,
        choices=[SelectChoice(side.value, text or NOTHING) for side, text in said],
        default=one.proposed.value if one.proposed else None,
    )


def _texts(seen: str | None) -> Mapping[str, list[str]]:
    """What the page held; nothing when it does not read."""
    try:
        held = json.loads(seen or "")
    except ValueError:
        return {}
    if not isinstance(held, dict):
        return {}
    return {name: said for name, said in held.items() if isinstance(said, list) and len(said) == len(Side)}
