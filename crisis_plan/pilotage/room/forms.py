"""What people type to open a crisis and to keep its frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.room.alert_forms import PLAIN, AlertFields
from crisis_plan.pilotage.room.openings import ChosenLevel, Opening
from crisis_plan.web.fields import NOT_OF_THE_LIST, CreateForm, EditForm, Form, at_most, choices, required
from crisis_plan.web.moments import MomentField
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.access.models import Account


class OpeningForm(AlertFields, CreateForm):
    """A crisis or an exercise: three things are required, each one gesture."""

    mode = HiddenField(validators=[AnyOf([one.value for one in Mode], message=NOT_OF_THE_LIST)])
    title = StringField(
        "Que se passe-t-il, en quelques mots",
        [required("Donnez un titre en quelques mots, comme «\u00a0Feu de forêt à Lussan\u00a0»."), at_most(160)],
    )
    crisis_type = RadioField(
        "Type de crise", [required("Choisissez le type de crise le plus proche.")], choices=choices(CrisisType)
    )
    level = RadioField("Niveau", [required("Choisissez le niveau\u00a0: chaque bouton ouvre à ce niveau.")])
    reason = TextAreaField("Pourquoi ce niveau", [at_most(4_000)])
    decided_by = StringField("Décidé par", [at_most(160)])

    def __init__(self, cpts: Cpts, levels: Sequence[ChosenLevel], **kwargs: Any) -> None:
        super().__init__(cpts, **kwargs)
        self.level.choices = level_choices(levels)

    @property
    def asked_mode(self) -> Mode:
        """Real unless it says otherwise: whoever cannot be read is not playing."""
        return Mode.EXERCISE if self.mode.data == Mode.EXERCISE else Mode.REAL

    @property
    def opens_details(self) -> bool:
        """Whether something was typed or refused beyond the three required: it is then shown."""
        beyond = (self[name] for name in (*PLAIN, "received_at", "communes", "reason", "decided_by"))
        return any(field.errors or field.data for field in beyond)

    def opening(self, level: ChosenLevel, *, anyway: bool) -> Opening:
        """What the accepted form says."""
        return Opening(
            mode=self.asked_mode,
            title=self.title.data or "",
            crisis_type=CrisisType(self.crisis_type.data),
            level=level,
            reason=self.reason.data or "",
            decided_by=self.decided_by.data or "",
            alert=self.told,
            anyway=anyway,
            client_key=self.key,
        )


class LevelForm(NobodyNamed, EditForm):
    """Another level, why, and who decided it."""

    level = RadioField("Nouveau niveau", [required("Choisissez le nouveau niveau.")])
    reason = TextAreaField("Pourquoi", [required("Dites en quelques mots pourquoi le niveau change."), at_most(4_000)])
    decided_by = StringField(
        "Décidé par",
        [required("Dites qui décide\u00a0: une fonction, un nom."), at_most(300)],
        render_kw={"list": "decideurs", "autocomplete": "off"},
    )

    def __init__(self, levels: Sequence[ChosenLevel], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.level.choices = level_choices(levels)


class NextPointForm(EditForm):
    """When the cell next takes stock."""

    next_point_at = MomentField("Prochain point", [required("Indiquez le jour et l’heure du prochain point.")])


class PlaceForm(NobodyNamed, EditForm):
    """Where the cell sits."""

    place = StringField("Lieu de la cellule", [required("Dites où siège la cellule."), at_most(500)])


class PenForm(Form):
    """To whom the pen goes."""

    account = SelectField("À qui", [required("Choisissez qui prend la plume.")])

    def __init__(self, accounts: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.account.choices = [SelectChoice("", "Choisir…"), *(SelectChoice(str(a.id), a.name) for a in accounts)]
        self.accounts = {str(one.id): one for one in accounts}


def level_choices(levels: Sequence[ChosenLevel]) -> list[SelectChoice]:
    return [SelectChoice(level.key, level.name) for level in levels]
