"""Where the plan is edited: the boxes that say which open improvements a change answers, and what ticking one does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.improvements import operations, steps
from crisis_plan.web.fields import Form
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from crisis_plan.access.models import Account
    from crisis_plan.evaluation.improvements.models import Improvement

GONE = (
    "Une amélioration que vous aviez cochée n’était déjà plus ouverte\u00a0: elle reste comme elle est.",
    "Des améliorations que vous aviez cochées n’étaient déjà plus ouvertes\u00a0: elles restent comme elles sont.",
)


class NothingChanged(RuleBroken):
    """A change is said to answer an improvement, and nothing changed since that one was decided or taken up."""

    status = 422

    def __init__(self, improvement: Improvement) -> None:
        super().__init__()
        self.name = improvement.name

    def __str__(self) -> str:
        return (
            f"Rien n’a changé ici depuis que l’{self.name[0].lower()}{self.name[1:]} a été décidée ou reprise\u00a0: "
            "modifiez le texte, ou décochez-la."
        )


class AnsweringFields(Form):
    """An editing form that knows the open improvements of what it edits; one closed meanwhile is passed over."""

    answered = SelectMultipleField(
        "Cette modification répond à",
        validate_choice=False,
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="Cochez ce qui est désormais fait\u00a0: la preuve s’écrit toute seule.",
    )

    def __init__(self, *, improvements: Sequence[Improvement] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.improvements = improvements
        self.answered.choices = [SelectChoice(str(one.id), f"{one.name}\u00a0: {one.text}") for one in improvements]

    @property
    def ticked(self) -> list[Improvement]:
        """Those that are still open among the ticked ones."""
        return [one for one in self.improvements if str(one.id) in (self.answered.data or ())]

    @property
    def passed_over(self) -> str:
        """What is said when a ticked one is not open any more; empty when all are."""
        return _gone(len(set(self.answered.data or ())) - len(self.ticked))

    def refuse_answer(self, refusal: NothingChanged) -> None:
        """Say beside the boxes why."""
        self.answered.errors = [*self.answered.errors, str(refusal)]

    def outcome(self, at: datetime) -> str:
        """What the save of this moment did to the ticked ones, as the end of a message; empty when none was."""
        done = [one for one in self.ticked if one.changed_at == at]
        told = f"{counted(len(done), 'amélioration réalisée', 'améliorations réalisées')}." if done else ""
        gone = _gone(len(set(self.answered.data or ())) - len(done))
        return "".join(f" {sentence}" for sentence in (told, gone) if sentence)


def answer(
    improvements: Iterable[Improvement], proof: str, *, last_changed_at: datetime, by: Account, at: datetime
) -> None:
    """What was saved answers these. Raises `NothingChanged` where the last change is older than one of them.

    One that was taken up again was not answered by what the plan said then: only a later change answers it.
    """
    asked = list(improvements)
    opened = steps.opened(asked) if asked else {}
    for one in asked:
        if last_changed_at <= opened[one.id]:
            raise NothingChanged(one)
    operations.answer(asked, proof, by=by, at=at)


def _gone(count: int) -> str:
    one, several = GONE
    return (one if count == 1 else several) if count > 0 else ""
