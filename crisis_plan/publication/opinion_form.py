"""What a reader writes of one section of a version."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from wtforms import SelectField

from crisis_plan.opinions.sections import WHOLE_PLAN, FrozenSection, section_of
from crisis_plan.opinions.wording import ReaderForm


class OpinionForm(ReaderForm):
    """Which section, what kind of remark, in which words."""

    section = SelectField("Rubrique")

    def __init__(self, known: Sequence[FrozenSection], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known
        themes = groupby(known, lambda one: one.theme or one.title)
        self.section.choices = {theme: [(one.key, one.title) for one in found] for theme, found in themes}

    def chosen_section(self) -> FrozenSection:
        """The section of the accepted form."""
        return section_of(self.known, self.section.data or "") or WHOLE_PLAN
