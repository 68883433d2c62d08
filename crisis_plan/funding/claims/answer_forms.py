"""What a caisse answers, or what the CPTS was told that it answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField, IntegerField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.errors import RuleBroken
from crisis_plan.funding.claims.rules import Answer, too_early
from crisis_plan.funding.claims.steps import Said
from crisis_plan.funding.euro_field import EuroField
from crisis_plan.funding.lines import StepKind
from crisis_plan.funding.question_field import QuestionField
from crisis_plan.web.attachments import ACCEPTED, Attachment, read_attachment
from crisis_plan.web.fields import CreateForm, FrenchDateField, at_most, choices, required
from crisis_plan.web.formats import euros
from crisis_plan.web.nobody import NobodyNamed
from crisis_plan.web.uploads import AT_MOST

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim

LONGEST_REASON = 2_000
FORMATS = f"{ACCEPTED}, 10 Mo au plus"


class AnswerForm(NobodyNamed, CreateForm):
    """The day of the act and its document; it knows how many steps whoever answers had read."""

    kind: ClassVar[StepKind] = StepKind.COMPLEMENT_ASKED

    seen_steps = IntegerField(widget=HiddenField.widget, default=0)
    dated_on = FrenchDateField("Date de l’acte", [required("Écrivez le jour de l’acte, comme 31/12/2026.")])
    document = FileField("Document", description=f"{FORMATS}.", render_kw=AT_MOST)

    def __init__(self, claim: Claim, *, today: date, is_consigned: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.claim, self.today = claim, today
        if is_consigned:
            self.document.description = (
                f"Le courrier ou le courriel de la caisse, qui prouve ce que vous consignez\u00a0: {FORMATS}."
            )

    @classmethod
    def on(cls, claim: Claim, *, today: date, is_consigned: bool) -> AnswerForm:
        """An empty form, for the claim as it stands."""
        return cls(
            claim, today=today, is_consigned=is_consigned, formdata=None, dated_on=today, seen_steps=len(claim.steps)
        )

    @property
    def seen(self) -> int:
        return self.seen_steps.data or 0

    @property
    def step(self) -> StepKind:
        """What it records."""
        return self.kind

    def reopen(self) -> None:
        """More happened meanwhile, and is now shown: sending again comes after it."""
        self.seen_steps.data, self.seen_steps.raw_data = len(self.claim.steps), None

    def refuse(self, refusal: RuleBroken) -> None:
        """Say beside the document what is wrong with it."""
        self.document.errors = [*self.document.errors, str(refusal)]

    def validate_dated_on(self, field: Field) -> None:
        submitted_on = self.claim.revisions[-1].submitted_on if self.claim.revisions else None
        if field.data and (wrong := too_early(field.data, submitted_on, self.today)):
            raise ValidationError(wrong)

    def said(self) -> Said:
        """What the accepted form says. Raises `UploadRefused`."""
        chosen = self.document.data
        document: Attachment | None = read_attachment(chosen) if chosen and chosen.filename else None
        return Said(self.dated_on.day, document=document, **self._words())

    def _words(self) -> dict[str, Any]:
        return {}


class ComplementForm(AnswerForm):
    """What is missing: never asked without a word."""

    kind = StepKind.COMPLEMENT_ASKED
    reason = TextAreaField(
        "Ce qui est demandé",
        [
            required("Dites quel complément est demandé\u00a0: la CPTS y répond point par point."),
            at_most(LONGEST_REASON),
        ],
    )

    def _words(self) -> dict[str, Any]:
        return {"reason": self.reason.data}


class Confirmed(AnswerForm):
    """An amount above what it should not pass: asked about once, never refused, for it records what was decided."""

    is_right = BooleanField("Ce montant est bien celui de la caisse")

    def over(self, field: Field, most: int | None, told: str) -> None:
        """Ask once about an amount above `most`."""
        if most is not None and field.data is not None and field.data > most and not self.is_right.data:
            raise ValidationError(f"{told} {euros(most)}\u00a0: vérifiez, ou cochez la case sous ce montant.")


class DecisionForm(Confirmed):
    """Accepted, for how much; or refused, and why."""

    outcome = QuestionField(
        "Décision",
        [required("Choisissez la décision.")],
        choices=choices((StepKind.ACCEPTED, StepKind.REFUSED)),
    )
    amount = EuroField("Montant accordé", description="Si la demande est acceptée.")
    reason = TextAreaField("Motif", [at_most(LONGEST_REASON)], description="Obligatoire si la demande est refusée.")

    @property
    def step(self) -> StepKind:
        return StepKind(self.outcome.data)

    def validate_amount(self, field: Field) -> None:
        if self.outcome.data == StepKind.ACCEPTED.value and field.data is None and not field.errors:
            raise ValidationError("Écrivez le montant accordé, comme 37 500.")
        self.over(field, self.claim.asked_cents, "C’est plus que ce qui est demandé,")

    def validate_reason(self, field: Field) -> None:
        if self.outcome.data == StepKind.REFUSED.value and not field.data:
            raise ValidationError("Dites pourquoi la demande est refusée.")

    def _words(self) -> dict[str, Any]:
        amount = self.amount.data if self.step is StepKind.ACCEPTED else None
        return {"reason": self.reason.data, "amount_cents": amount}


class PaymentForm(Confirmed):
    """The total paid so far: a second payment, or a correction, is recorded the same way."""

    kind = StepKind.PAID
    amount = EuroField(
        "Total versé à ce jour",
        [required("Écrivez le total versé, comme 37 500.")],
        description="Tous les versements de cette demande, y compris celui-ci.",
    )

    def validate_amount(self, field: Field) -> None:
        self.over(field, self.claim.agreed_cents, "C’est plus que ce qui est accordé,")

    def _words(self) -> dict[str, Any]:
        return {"amount_cents": self.amount.data}


FORMS: dict[Answer, type[AnswerForm]] = {
    Answer.COMPLEMENT: ComplementForm,
    Answer.DECISION: DecisionForm,
    Answer.PAYMENT: PaymentForm,
}
