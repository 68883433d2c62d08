"""What is said when a crisis ends."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from crisis_plan.pilotage.closing.operations import StandDown
from crisis_plan.web.fields import CreateForm, FrenchDateField, at_most, required
from crisis_plan.web.nobody import NobodyNamed


class StandDownForm(NobodyNamed, CreateForm):
    """Domain, section 8: the stand-down."""

    decided_by = StringField(
        "Qui décide la levée",
        [required("Dites qui décide\u00a0: le pilote de la cellule, l’ARS…"), at_most(300)],
        render_kw={"list": "decideurs", "autocomplete": "off"},
    )
    reason = TextAreaField(
        "Pourquoi maintenant", [required("Dites en quelques mots ce qui permet la levée."), at_most(2000)]
    )
    handed_over = TextAreaField(
        "Besoins qui demeurent, et qui les reprend",
        [at_most(4000)],
        description="Des nombres, jamais des noms de patients.",
    )
    stock = TextAreaField("Stock à reconstituer", [at_most(2000)])
    hot_debrief_on = FrenchDateField("Retour à chaud, le")
    cold_debrief_on = FrenchDateField("Retour à froid, le")

    def said(self) -> StandDown:
        """What was typed, once accepted."""
        return StandDown(
            decided_by=self.decided_by.data or "",
            reason=self.reason.data or "",
            handed_over=self.handed_over.data or "",
            stock=self.stock.data or "",
            hot_debrief_on=self.hot_debrief_on.data,
            cold_debrief_on=self.cold_debrief_on.data,
        )


class DropForm(NobodyNamed, CreateForm):
    """One word for every task of which nobody said anything."""

    word = StringField(
        "En un mot, pourquoi", [required("Dites en un mot pourquoi, comme «\u00a0sans objet\u00a0»."), at_most(300)]
    )


class ResumeForm(NobodyNamed, CreateForm):
    """What was over is not."""

    why = TextAreaField(
        "Pourquoi reprendre",
        [required("Dites en quelques mots pourquoi, comme «\u00a0reprise du feu\u00a0»."), at_most(2000)],
    )


class CloseForm(NobodyNamed, CreateForm):
    """The referent closes, over what is left open where they say why."""

    reason = TextAreaField(
        "Pourquoi clore quand même",
        [at_most(2000)],
        description="Obligatoire\u00a0: ce qui est listé plus haut n’est pas terminé.",
    )
