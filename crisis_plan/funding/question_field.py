"""Radio buttons that ask one thing."""

from __future__ import annotations

from wtforms import RadioField
from wtforms.form import BaseForm


class QuestionField(RadioField):
    """Left without an answer, it leaves its own sentence to say what to choose, rather than the list's."""

    def pre_validate(self, form: BaseForm) -> None:
        if self.data not in (None, "", "None"):
            super().pre_validate(form)
