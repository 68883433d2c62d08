"""What people type to open a crisis and to keep its frame."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan import clock
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.room.openings import ChosenLevel, Opening
from crisis_plan.web.fields import NOT_OF_THE_LIST, CreateForm, EditForm, Form, at_most, choices, required
from crisis_plan.web.moments import MomentField, as_typed
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.access.models import Account
    from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert

COUNTS = "Des nombres, jamais de noms."
IN_THE_FUTURE = "Cette heure est dans l’avenir\u00a0: indiquez quand l’alerte est arrivée."
CLOCKS_DIFFER = timedelta(minutes=2)


class AlertFields(NobodyNamed):
    """What is known of the alert (M/ETHANE): nothing is required, everything may follow."""

    received_at = MomentField("Reçue le")
    sender = StringField("De qui", [at_most(160)], description="Nom et fonction de qui alerte.")
    body = StringField("Organisme", [at_most(160)], description="ARS, SAMU, mairie…")
    callback = StringField("Numéro de rappel", [at_most(80)], render_kw={"inputmode": "tel"})
    is_callback_checked = BooleanField("Numéro vérifié en rappelant")
    nature = TextAreaField("Que se passe-t-il", [at_most(4_000)])
    place = StringField("Lieu exact", [at_most(500)])
    communes = SelectMultipleField(
        "Communes touchées", option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    hazards = TextAreaField("Dangers", [at_most(4_000)], description="Présents, ou qui peuvent suivre.")
    access = TextAreaField("Accès", [at_most(4_000)], description="Par où passer, ce qui est fermé.")
    people = TextAreaField("Personnes concernées", [at_most(4_000)], description=COUNTS)
    services = TextAreaField("Services engagés", [at_most(4_000)], description="Qui est déjà sur place, ou attendu.")
    asked = TextAreaField("Ce qui est demandé à la CPTS", [at_most(4_000)])
    asked_until = StringField("Jusqu’à quand", [at_most(160)])
    wanted_back = TextAreaField("Ce que l’ARS attend en retour, et quand", [at_most(4_000)])
    taken_by = StringField("Alerte prise par", [at_most(160)])

    def __init__(self, cpts: Cpts, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cpts = cpts
        known = communes.communes([one.code for one in cpts.communes])
        self.communes.choices = [SelectChoice(one.code, one.name) for one in known]

    def validate_received_at(self, field: MomentField) -> None:
        moment = field.at(self.cpts)
        if moment and moment > clock.now() + CLOCKS_DIFFER:
            raise ValidationError(IN_THE_FUTURE)

    @property
    def told(self) -> dict[str, Any]:
        """What the accepted form says, by the columns of the alert."""
        plain = {name: self[name].data or "" for name in PLAIN}
        return plain | {
            "received_at": self.received_at.at(self.cpts),
            "is_callback_checked": bool(self.is_callback_checked.data),
            "communes": sorted(self.communes.data or ()),
        }


PLAIN = (
    *("sender", "body", "callback", "nature", "place", "hazards", "access", "people", "services"),
    *("asked", "asked_until", "wanted_back", "taken_by"),
)
"""Fields of the alert that are kept as they are typed."""


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
            client_key=key_of(self),
        )


class AlertForm(AlertFields, EditForm):
    """What is known of the alert, to be completed."""

    @classmethod
    def of(cls, cpts: Cpts, alert: CrisisAlert) -> AlertForm:
        known = {name: getattr(alert, name) for name in (*PLAIN, "communes", "is_callback_checked")}
        received_at = as_typed(alert.received_at, cpts)
        return cls(cpts, formdata=None, received_at=received_at, seen_version=alert.version, **known)


class LevelForm(NobodyNamed, EditForm):
    """Another level, why, and who decided it."""

    level = RadioField("Nouveau niveau", [required("Choisissez le nouveau niveau.")])
    reason = TextAreaField("Pourquoi", [required("Dites en quelques mots pourquoi le niveau change."), at_most(4_000)])
    decided_by = StringField("Décidé par", [required("Dites qui décide\u00a0: une fonction, un nom."), at_most(160)])

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


def key_of(form: CreateForm) -> uuid.UUID | None:
    """The key that the form carries; none when it carries none that can be read."""
    try:
        return uuid.UUID(str(form.creation_key.data))
    except ValueError:
        return None


def beside_alert(form: AlertForm, alert: CrisisAlert) -> list[tuple[str, Any, Any]]:
    """Field by field, what is stored and what was typed."""
    return [(name, getattr(alert, name), form[name].data) for name in PLAIN]


def beside_level(form: LevelForm, crisis: Crisis) -> list[tuple[str, Any, Any]]:
    """What stands now, and what was typed."""
    typed = next((one.label for one in form.level.choices if one.value == form.level.data), "")
    return [("level", crisis.level_name, typed)]
