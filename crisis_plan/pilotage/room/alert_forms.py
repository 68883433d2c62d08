"""What is known of the alert (M/ETHANE), and what two people who complete it at the same time are shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, HiddenField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan import clock
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.room.wording import in_words
from crisis_plan.web.fields import EditForm, at_most
from crisis_plan.web.formats import moment
from crisis_plan.web.moments import MomentField, as_typed
from crisis_plan.web.nobody import NobodyNamed
from crisis_plan.web.times import CLOCKS_DIFFER

if TYPE_CHECKING:
    from crisis_plan.pilotage.crises.models import CrisisAlert

COUNTS = "Des nombres, jamais de noms."
IN_THE_FUTURE = "Cette heure est dans l’avenir\u00a0: indiquez quand l’alerte est arrivée."


class AlertFields(NobodyNamed):
    """What is known of the alert: nothing is required, everything may follow."""

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
        at = field.at(self.cpts)
        if at and at > clock.now() + CLOCKS_DIFFER:
            raise ValidationError(IN_THE_FUTURE)

    @property
    def told(self) -> dict[str, Any]:
        """What the form says, by the columns of the alert."""
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
SHOWN = (
    *("received_at", "sender", "body", "callback", "is_callback_checked", "nature", "place", "communes", "hazards"),
    *("access", "people", "services", "asked", "asked_until", "wanted_back", "taken_by"),
)
"""All of them, in the order of the form."""


class AlertForm(AlertFields, EditForm):
    """What is known of the alert, to be completed: a field that nobody touched says nothing."""

    opened_on = HiddenField()
    """A mark for each field of what it held when the form was shown."""

    @classmethod
    def of(cls, cpts: Cpts, alert: CrisisAlert) -> AlertForm:
        known = {name: getattr(alert, name) for name in (*PLAIN, "communes", "is_callback_checked")}
        received_at = as_typed(alert.received_at, cpts)
        form = cls(cpts, formdata=None, received_at=received_at, seen_version=alert.version, **known)
        form.opened_on.data = " ".join(form._marks())
        return form

    @property
    def typed(self) -> dict[str, Any]:
        """What was changed on this form, and nothing else; everything where it does not say what it was opened on."""
        opened = str(self.opened_on.data or "").split()
        told = self.told
        if len(opened) != len(SHOWN):
            return told
        kept = {name for name, before, now in zip(SHOWN, opened, self._marks(), strict=True) if before == now}
        return {name: value for name, value in told.items() if name not in kept}

    def reopen_on(self, alert: CrisisAlert) -> list[tuple[str, str, str]]:
        """After a conflict: what was not changed here becomes what is stored. Each field, as stored and as it now is."""
        stored, typed = AlertForm.of(self.cpts, alert), self.typed
        for name in SHOWN:
            if name not in typed:
                self[name].data, self[name].raw_data = stored[name].data, None
        self.opened_on.data = stored.opened_on.data
        self.reopen_at(alert.version)
        return [(name, _read(stored, name), _read(self, name)) for name in SHOWN]

    def _marks(self) -> Iterable[str]:
        """One short word for what each field holds, as a browser would send it back untouched."""
        offered = {one.value for one in self.communes.choices or ()}
        typed = self.received_at.data
        held = {name: self[name].data or "" for name in PLAIN} | {
            "received_at": f"{typed:%Y-%m-%dT%H:%M}" if typed else "",
            "is_callback_checked": bool(self.is_callback_checked.data),
            "communes": sorted(set(self.communes.data or ()) & offered),
        }
        return [hashlib.sha256(json.dumps(held[name]).encode()).hexdigest()[:12] for name in SHOWN]


def _read(form: AlertForm, name: str) -> str:
    """What a field says, in words."""
    if name == "received_at":
        return moment(form.received_at.at(form.cpts), form.cpts)
    return in_words(name, form[name].data)
