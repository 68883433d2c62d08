"""What people write of time and actions: who, from when to when, what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wtforms import Field, SelectChoice, SelectField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.anticipation.directory.contact_field import ChoosingForm, ContactField
from crisis_plan.clock import HasTimeZone
from crisis_plan.pilotage.mobilisation.acting import Done
from crisis_plan.pilotage.mobilisation.refusals import NotRecorded
from crisis_plan.pilotage.mobilisation.rules import contact_key
from crisis_plan.pilotage.mobilisation.who import Roll, Who, in_words
from crisis_plan.web.fields import CreateForm, at_most, required
from crisis_plan.web.moments import MomentField, as_typed
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.adaptation.crisis_types import CrisisType
    from crisis_plan.adaptation.responses.models import ActionCard
    from crisis_plan.pilotage.mobilisation.models import TimeSpent

LONGEST_NAME = 160
LONGEST_PROFESSION = 120
MOST_AT_ONCE = 200
NO_CARD = SelectChoice("", "Aucune de ces fiches")


def boxes(label: str, description: str = "") -> SelectMultipleField:
    return SelectMultipleField(
        label, description=description, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class WhoFields(NobodyNamed, ChoosingForm, CreateForm):
    """Several people at once: ticked, found in the directory one after the other, or written in words."""

    ticked = boxes("Qui", "Les personnes déjà notées, de service, ou qui ont répondu qu’elles viennent.")
    contact = ContactField("Quelqu’un d’autre de l’annuaire", nobody="Personne d’autre")
    add = SubmitField("Ajouter à la liste")
    others = TextAreaField(
        "Hors annuaire",
        [at_most(10_000)],
        description="Une personne par ligne\u00a0: son nom, une virgule, sa profession. Jamais le nom d’un patient.",
    )

    def __init__(self, roll: Roll, **kwargs: Any) -> None:
        super().__init__(roll.chooser, **kwargs)
        self.roll = roll
        roll.add(self.ticked.data or ())
        if self.add.data and self.contact.chosen:
            self._move_to_the_list()
        self.ticked.choices = [SelectChoice(who.key, who.label) for who in roll.offered.values()]

    def _move_to_the_list(self) -> None:
        """Whoever was found is ticked, and the search is free for the next one."""
        key = contact_key(self.contact.required_id)
        self.roll.add([key])
        self.ticked.data = [*(self.ticked.data or ()), key]
        self.contact.data = self.contact.words = self.contact.answered = ""
        del self.contact.chosen

    def validate(self, extra_validators: Any = None) -> bool:
        """Nothing is saved while the list is being made."""
        return False if self.add.data else super().validate(extra_validators)

    def validate_others(self, field: Field) -> None:
        people = list(self._in_words())
        if len(people) > MOST_AT_ONCE:
            raise ValidationError(f"{MOST_AT_ONCE} personnes au plus à la fois.")
        for name, profession in people:
            if not name or len(name) > LONGEST_NAME or len(profession) > LONGEST_PROFESSION:
                raise ValidationError("Écrivez par ligne un nom, une virgule, puis une profession, sans autre phrase.")

    def people(self) -> list[Who]:
        """Everyone whom the accepted form names, each once."""
        keys = list(self.ticked.data or ())
        if self.contact.data:
            keys.append(contact_key(self.contact.required_id))
            self.roll.add(keys)
        found = {key: self.roll.offered[key] for key in keys if key in self.roll.offered}
        for name, profession in self._in_words():
            who = in_words(name, profession)
            found.setdefault(who.key, who)
        return list(found.values())

    def refuse(self, refusal: NotRecorded) -> None:
        """Put the refusal beside the field that it is about."""
        self[refusal.field].errors = [str(refusal)]

    def _in_words(self) -> Iterable[tuple[str, str]]:
        for line in (self.others.data or "").splitlines():
            if line.strip():
                name, _, profession = line.partition(",")
                yield " ".join(name.split()), " ".join(profession.split())


class TimeForm(WhoFields):
    """Some people worked from then to then."""

    starts = MomentField("Du", [required("Dites à partir de quand.")])
    ends = MomentField("Au", description="Laissez vide\u00a0: toujours au travail.")
    what = StringField("Ce qui a été fait", [at_most(300)])

    def worked(self, place: HasTimeZone) -> dict[str, Any]:
        """From when to when, and what, of an accepted form."""
        return {"starts_at": self.starts.at(place), "ends_at": self.ends.at(place), "what": self.what.data or ""}


class ActionForm(WhoFields):
    """An action of the plan was carried out."""

    card = SelectField("Fiche action du plan", default="")
    label = StringField(
        "Ou une action du plan, en ses mots",
        [at_most(160)],
        description="Comme le plan la nomme\u00a0: deux noms différents comptent pour deux actions.",
    )
    happened = MomentField("Quand", [required("Dites quand cela a été fait.")])
    what = TextAreaField("Ce qui a été fait", [at_most(500)])

    def __init__(self, roll: Roll, cards: Sequence[ActionCard], crisis_type: CrisisType, **kwargs: Any) -> None:
        super().__init__(roll, **kwargs)
        first = [card for card in cards if not card.crisis_types or crisis_type in card.crisis_types]
        self.card.choices = {"Sans fiche": [NO_CARD]} | {
            name: [SelectChoice(str(card.id), card.title) for card in group]
            for name, group in (
                ("Pour ce type de crise", first),
                ("Autres fiches du plan", [card for card in cards if card not in first]),
            )
            if group
        }
        self.ids = {str(card.id): card.id for card in cards}

    def validate_card(self, field: Field) -> None:
        if field.data and self.label.data:
            raise ValidationError("Choisissez une fiche ou écrivez une action, pas les deux.")

    def done(self, place: HasTimeZone) -> Done:
        happened_at = self.happened.at(place)
        if happened_at is None:
            raise TypeError("no moment was accepted")
        return Done(happened_at, self.ids.get(self.card.data or ""), self.label.data or "", self.what.data or "")


class FinishForm(CreateForm):
    """Some of those at work stop."""

    ticked = boxes("Qui a terminé")
    ends = MomentField("Fin", [required("Dites quand le travail s’est terminé.")])

    def __init__(self, times: Sequence[TimeSpent], place: HasTimeZone, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        hours = {one.id: as_typed(one.starts_at, place) for one in times}
        self.ticked.choices = [
            SelectChoice(str(one.id), f"{one.name}, depuis le {hours[one.id]:%d/%m à %H:%M}") for one in times
        ]

    def chosen(self, times: Sequence[TimeSpent]) -> list[TimeSpent]:
        return [one for one in times if str(one.id) in (self.ticked.data or ())]

    def ends_at(self, place: HasTimeZone) -> datetime:
        moment = self.ends.at(place)
        if moment is None:
            raise TypeError("no moment was accepted")
        return moment

    def refuse(self, refusal: NotRecorded) -> None:
        """Put the refusal beside the field that it is about."""
        self["ticked" if refusal.field == "others" else "ends"].errors = [str(refusal)]


class OwnTimeForm(CreateForm):
    """« Je commence », « je termine »: one gesture."""


class WithdrawForm(NobodyNamed, CreateForm):
    """Why what was recorded is not counted."""

    reason = StringField("Pourquoi", [required("Dites en quelques mots pourquoi."), at_most(300)])
