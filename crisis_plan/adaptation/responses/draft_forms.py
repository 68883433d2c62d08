"""Which of the shipped drafts to take."""

from __future__ import annotations

from collections.abc import Collection

from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.responses.draft_texts import DRAFTS
from crisis_plan.adaptation.responses.taking import DraftsRefused
from crisis_plan.web.fields import CreateForm


class TakeDraftsForm(CreateForm):
    """The drafts; ticked but for those taken already, which are no longer offered."""

    drafts = SelectMultipleField(
        "Fiches à prendre",
        choices=[SelectChoice(draft.key, "Prendre cette fiche") for draft in DRAFTS],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    @classmethod
    def all_but(cls, taken: Collection[str]) -> TakeDraftsForm:
        form = cls(formdata=None, drafts=[draft.key for draft in DRAFTS])
        form.offer_all_but(taken)
        return form

    def offer_all_but(self, taken: Collection[str]) -> None:
        """Only what may still be taken is shown; whoever asked for more was told so."""
        self.drafts.choices = [choice for choice in self.drafts.choices if choice.value not in taken]

    def refuse(self, refusal: DraftsRefused) -> None:
        self.drafts.errors = [str(refusal)]
