"""What people write to go on with a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import HiddenField, IntegerField

from crisis_plan.opinions.rules import MessageKind
from crisis_plan.opinions.wording import KindForm, WordsForm

if TYPE_CHECKING:
    from crisis_plan.opinions.models import Opinion


class FollowingForm(WordsForm):
    """The next word: it knows the last one that was on the page."""

    seen_number = IntegerField(widget=HiddenField.widget, default=0)

    @classmethod
    def after(cls, opinion: Opinion) -> FollowingForm:
        """An empty form under the conversation as it stands."""
        return cls(formdata=None, seen_number=opinion.messages[-1].number)

    @property
    def seen(self) -> int:
        return self.seen_number.data or 0

    def reopen_after(self, opinion: Opinion) -> None:
        """More was said meanwhile, and is now shown: sending again comes after it."""
        self.seen_number.data = opinion.messages[-1].number
        self.seen_number.raw_data = None


class AnswerForm(FollowingForm):
    """What the CPTS answers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.text.label.text = "Réponse de la CPTS"
        self.text.flags.required = True

    def chosen_kind(self) -> MessageKind:
        return MessageKind.ANSWER


class ReplyForm(KindForm, FollowingForm):
    """What the reader says once answered."""
