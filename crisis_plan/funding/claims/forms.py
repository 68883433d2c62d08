"""What the CPTS types to prepare a claim and to submit it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.errors import RuleBroken
from crisis_plan.funding.euro_field import EuroField
from crisis_plan.funding.lines import NEEDS, Need
from crisis_plan.web.attachments import ACCEPTED
from crisis_plan.web.fields import CreateForm, EditForm, at_most, choices, required
from crisis_plan.web.formats import euros
from crisis_plan.web.nobody import NobodyNamed
from crisis_plan.web.uploads import AT_MOST

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim

LONGEST_NOTE = 4_000


class OpenForm(CreateForm):
    """Which line is claimed."""

    subject = StringField("Ligne", [required(), at_most(80)])


class NoteForm(NobodyNamed, EditForm):
    """What the CPTS adds to its file, and how much it asks of a ceiling."""

    wanted = EuroField(
        "Montant demandé",
        description="Laissez vide pour demander le plafond. Une demande ne dépasse jamais sa ligne.",
    )
    note = TextAreaField(
        "Note de la CPTS",
        [at_most(LONGEST_NOTE)],
        description="Imprimée dans la demande\u00a0: un contexte, une réponse au complément demandé. Jamais le nom d’un patient.",
    )

    def __init__(self, *, most_cents: int | None, **kwargs: Any) -> None:
        """`most_cents`: the ceiling of the line; none where nothing may be chosen today."""
        super().__init__(**kwargs)
        self.most_cents = most_cents
        if most_cents is None:
            del self.wanted

    @classmethod
    def of(cls, claim: Claim, most_cents: int | None) -> NoteForm:
        """The form as the claim stands."""
        known: dict[str, Any] = {"note": claim.note, "seen_version": claim.version}
        if most_cents is not None:
            known["wanted"] = claim.wanted_cents
        return cls(formdata=None, most_cents=most_cents, **known)

    @property
    def wanted_cents(self) -> int | None:
        """Less than the ceiling, or none: the ceiling of the day on which it is submitted."""
        return self.wanted.data if self.wanted.data != self.most_cents else None

    def validate_wanted(self, field: EuroField) -> None:
        if field.data is not None and field.data > (self.most_cents or 0):
            raise ValidationError(f"Cette ligne paie au plus {euros(self.most_cents)}.")
        if field.data == 0:
            raise ValidationError(
                "Une demande de 0\u00a0€ n’en est pas une\u00a0: laissez vide pour demander le plafond."
            )


class AttachForm(NobodyNamed, CreateForm):
    """A document, and what it proves."""

    need = SelectField("Ce que ce document prouve")
    label = StringField(
        "Nom du document",
        [required("Nommez ce document, comme «\u00a0Arrêté préfectoral du 12 août\u00a0»."), at_most(200)],
    )
    document = FileField(
        "Document",
        [FileRequired("Choisissez le document.")],
        description=f"{ACCEPTED}, 10 Mo au plus.",
        render_kw=AT_MOST,
    )

    def __init__(self, claim: Claim, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.need.choices = choices((*NEEDS[claim.line], Need.OTHER))

    def refuse(self, refusal: RuleBroken) -> None:
        """Say beside the document what is wrong with it."""
        self.document.errors = [*self.document.errors, str(refusal)]


class SubmitForm(CreateForm, EditForm):
    """Nothing to type: what the page shows is submitted."""

    without_missing = BooleanField(
        "Déposer sans ces pièces",
        description="La demande les nommera comme manquantes\u00a0: la caisse peut les demander.",
    )

    @classmethod
    def of(cls, claim: Claim) -> SubmitForm:
        return cls(formdata=None, seen_version=claim.version)


class AbandonForm(NobodyNamed, CreateForm):
    """Why a claim is given up."""

    reason = StringField(
        "Pourquoi abandonner", [required("Dites en quelques mots pourquoi cette demande est abandonnée."), at_most(300)]
    )


class TakeBackForm(NobodyNamed, CreateForm):
    """Why a submitted claim is taken back; the caisse reads it."""

    reason = StringField(
        "Pourquoi la retirer",
        [required("Dites en quelques mots pourquoi cette demande est retirée."), at_most(300)],
        description="La caisse lit cette raison.",
    )
