"""What people write in a section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, Field, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.evaluation.improvements.answering import AnsweringFields
from crisis_plan.plan.models import Section
from crisis_plan.plan.requirements import Requirement
from crisis_plan.plan.rules import LONGEST_TEXT, LONGEST_WAIVER, Answer
from crisis_plan.web.fields import EditForm, at_most

if TYPE_CHECKING:
    from crisis_plan.evaluation.improvements.models import Improvement


class SectionForm(AnsweringFields, EditForm):
    """A text, or « sans objet » and why: both may be typed, the box decides which one counts. And what that answers."""

    text = TextAreaField(
        "Texte de la rubrique",
        [at_most(LONGEST_TEXT)],
        description="Titres « ### », listes « - », **gras**, *italique*, liens et tableaux simples sont mis en forme.",
    )
    is_waived = BooleanField("Cette rubrique est sans objet pour notre CPTS")
    waiver = TextAreaField("Pourquoi elle est sans objet", [at_most(LONGEST_WAIVER)])

    def __init__(self, requirement: Requirement, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not requirement.may_be_waived:
            del self.is_waived, self.waiver

    @classmethod
    def of(
        cls, requirement: Requirement, section: Section | None, improvements: Sequence[Improvement] = ()
    ) -> SectionForm:
        """The form as the section stands."""
        if section is None:
            return cls(requirement, improvements=improvements, formdata=None)
        return cls(
            requirement,
            improvements=improvements,
            formdata=None,
            text=section.text,
            waiver=section.waiver,
            is_waived=bool(section.waiver),
            seen_version=section.version,
        )

    def validate_waiver(self, field: Field) -> None:
        if self.is_waived.data and not field.data:
            raise ValidationError("Écrivez en une phrase pourquoi : c’est ce que l’ARS et la CPAM liront.")

    def answer(self) -> Answer:
        """What is to be saved; what was typed in the text stays even when the rubric is waived."""
        is_waived = "is_waived" in self and self.is_waived.data
        return Answer(text=self.text.data, waiver=self.waiver.data if is_waived else "")
