"""What people write of one of the three dated facts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_wtf.file import FileField
from wtforms import SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan import clock
from crisis_plan.orsan.catalogue import OrsanPlan
from crisis_plan.pilotage.facts.operations import Told
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook.operations import LateWithoutReason, NotYetHappened
from crisis_plan.web.attachments import ACCEPTED, Attachment, read_attachment
from crisis_plan.web.fields import CreateForm, at_most, required
from crisis_plan.web.moments import MomentField, as_typed
from crisis_plan.web.nobody import NobodyNamed
from crisis_plan.web.uploads import AT_MOST

if TYPE_CHECKING:
    from crisis_plan.errors import RuleBroken
    from crisis_plan.organisations.models import Cpts
    from crisis_plan.pilotage.facts.models import CrisisFact

WHAT = {
    FactKind.ORSAN: "Ce qui est déclenché, et sur quel territoire",
    FactKind.REQUEST: "Ce qui est demandé, et jusqu’à quand",
    FactKind.RECOGNITION: "Ce que dit la décision",
}


class FactForm(NobodyNamed, CreateForm):
    """Who did it, when, what, and the document that shows it."""

    body = StringField("Autorité", [required("Dites quelle autorité\u00a0: ARS, préfet…"), at_most(160)])
    person = StringField("Personne", [at_most(160)], description="Qui signe, ou qui l’a dit.")
    happened_at = MomentField("Jour et heure", [required("Indiquez le jour et l’heure de la décision ou de l’appel.")])
    orsan_plans = SelectMultipleField(
        "Plans ORSAN",
        choices=[SelectChoice(one.value, f"{one.label}\u00a0: {one.subject}") for one in OrsanPlan],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    text = TextAreaField("Texte", [at_most(4_000)])
    document = FileField(
        "Document", description=f"L’acte ou le courriel. {ACCEPTED}, 10 Mo au plus.", render_kw=AT_MOST
    )
    late_reason = StringField(
        "Pourquoi est-ce noté maintenant",
        [at_most(300)],
        description="À dire si le fait date de plus d’un quart d’heure, par exemple «\u00a0acte reçu ce matin\u00a0».",
    )

    def __init__(self, cpts: Cpts, kind: FactKind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cpts, self.kind = cpts, kind
        self.text.label.text = WHAT[kind]
        if kind is not FactKind.ORSAN:
            del self.orsan_plans

    @classmethod
    def of(cls, cpts: Cpts, fact: CrisisFact) -> FactForm:
        """What is recorded, to be written again."""
        known = {name: getattr(fact, name) for name in ("body", "person", "text")}
        plans = {"orsan_plans": list(fact.orsan_plans)} if fact.kind is FactKind.ORSAN else {}
        return cls(cpts, fact.kind, formdata=None, happened_at=as_typed(fact.happened_at, cpts), **known, **plans)

    @classmethod
    def now(cls, cpts: Cpts, kind: FactKind, at: datetime) -> FactForm:
        """An empty form, at this hour."""
        return cls(cpts, kind, formdata=None, happened_at=clock.local(at, cpts).replace(tzinfo=None))

    def told(self, at: datetime) -> Told:
        """What the accepted form says."""
        plans = [OrsanPlan(one) for one in self.orsan_plans.data or ()] if self.kind is FactKind.ORSAN else []
        return Told(
            happened_at=self.happened_at.at(self.cpts) or at,
            body=self.body.data or "",
            person=self.person.data or "",
            text=self.text.data or "",
            orsan_plans=plans,
            late_reason=self.late_reason.data or "",
        )

    def attachments(self) -> list[Attachment]:
        """The document, if one was chosen. Raises `UploadRefused`."""
        chosen = self.document.data
        return [read_attachment(chosen)] if chosen and chosen.filename else []

    def refuse(self, refusal: RuleBroken) -> None:
        """Put what the logbook refuses beside the field that it is about."""
        name = {LateWithoutReason: "late_reason", NotYetHappened: "happened_at"}.get(type(refusal), "document")
        self[name].errors = [str(refusal)]


class WithdrawForm(NobodyNamed, CreateForm):
    """Why a fact did not happen."""

    reason = TextAreaField(
        "Pourquoi retirer ce fait", [required("Dites en quelques mots pourquoi ce fait est retiré."), at_most(2_000)]
    )
