"""What is common to all who write in a conversation: a kind, a text, and no patient in it."""

from __future__ import annotations

from wtforms import BooleanField, Field, RadioField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.identities import looks_like_nir
from crisis_plan.opinions.rules import LONGEST_TEXT, OF_A_READER, MessageKind, Words
from crisis_plan.web.fields import CreateForm, at_most, choices

NO_PATIENT = "Aucun nom de patient, aucun numéro de Sécurité sociale. Ce qui est envoyé reste\u00a0: rien ne s’efface."


class KindForm(CreateForm):
    """What a reader's word is; above the text, as on the page."""

    kind = RadioField("Votre avis", choices=choices(OF_A_READER), validate_choice=False)
    kind_hints = {
        MessageKind.REMARK.value: "Un complément, une précision.",
        MessageKind.QUESTION.value: "La CPTS vous répondra ici.",
        MessageKind.TO_CORRECT.value: "Quelque chose est faux, manque ou ne convient pas.",
        MessageKind.AGREED.value: "Rien à redire\u00a0: le texte est facultatif.",
    }

    def chosen_kind(self) -> MessageKind | None:
        """One of the four of a reader; none while none is chosen."""
        return next((one for one in OF_A_READER if one.value == self.kind.data), None)

    def validate_kind(self, _field: Field) -> None:
        if self.chosen_kind() is None:
            raise ValidationError("Choisissez ce que dit votre message.")


class WordsForm(CreateForm):
    """A text; whoever extends it says of which kind it is."""

    text = TextAreaField("Votre texte", [at_most(LONGEST_TEXT)], description=NO_PATIENT)
    is_no_nir = BooleanField("Ce n’est pas un numéro de Sécurité sociale\u00a0: envoyer ce texte tel quel")

    def chosen_kind(self) -> MessageKind | None:
        """The kind of what is written; none while it is not chosen."""
        raise NotImplementedError

    def words(self) -> Words:
        """What the accepted form says. Raises `TypeError` before it is accepted."""
        kind = self.chosen_kind()
        if kind is None:
            raise TypeError("no kind was accepted")
        return Words(kind, self.text.data or "")

    @property
    def doubts(self) -> bool:
        """Whether the text holds what may be a social security number: asked once, never refused."""
        return looks_like_nir(self.text.data or "")

    def validate_text(self, field: Field) -> None:
        if not field.data and self.chosen_kind() is not MessageKind.AGREED:
            raise ValidationError("Écrivez votre texte\u00a0: seul «\u00a0D’accord\u00a0» peut s’en passer.")
        if self.doubts and not self.is_no_nir.data:
            raise ValidationError(
                "Ce texte semble contenir un numéro de Sécurité sociale. Retirez-le, ou cochez la case qui suit."
            )


class ReaderForm(KindForm, WordsForm):
    """What a reader says: a kind and a text."""
