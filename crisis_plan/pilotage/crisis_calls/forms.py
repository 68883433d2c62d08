"""Opening a call list in a crisis."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from crisis_plan.pilotage.calls.forms import OpenForm
from crisis_plan.web.fields import at_most, required
from crisis_plan.web.nobody import NobodyNamed


class OpenInCrisisForm(NobodyNamed, OpenForm):
    """Everything is proposed: one press opens the list."""

    title = StringField("Titre", [required("Donnez un titre à cette liste."), at_most(160)])
    message = TextAreaField(
        "Message",
        [required("Écrivez ce qui sera dit ou envoyé."), at_most(1_000)],
        description="Ce que disent les appelants, ou ce qui est envoyé. Jamais le nom d’un patient.",
    )
