"""What people write of a level."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wtforms import SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.adaptation.duration_field import DurationField
from crisis_plan.adaptation.durations import in_words
from crisis_plan.adaptation.levels.descriptions import LevelDescription
from crisis_plan.adaptation.levels.rules import SILENCE_REMINDER_MINUTES
from crisis_plan.web.fields import CreateForm, EditForm, at_most, required
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.adaptation.levels.models import Level
    from crisis_plan.adaptation.levels.queries import Means

TYPED_LIKE = "Par exemple «\u00a030 min\u00a0», «\u00a04 h\u00a0», «\u00a01 h 30\u00a0» ou «\u00a090\u00a0» (minutes)."


def several(label: str, description: str = "") -> SelectMultipleField:
    """Boxes to tick; what can be ticked is told by the form."""
    return SelectMultipleField(
        label, description=description, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )


class LevelFields(NobodyNamed):
    """A level; what it may mobilise is what the CPTS has."""

    name = StringField(
        "Nom du niveau", [required("Donnez un nom au niveau, comme «\u00a0Pré-alerte\u00a0»."), at_most(80)]
    )
    criteria = TextAreaField(
        "Critères",
        [at_most(2_000)],
        description="Des faits que l’on constate\u00a0: qui a demandé quoi, ce qui manque, où, depuis quand.",
    )
    decided_by = StringField(
        "Qui décide", [at_most(300)], description="Une fonction plutôt qu’un nom\u00a0: les personnes changent."
    )
    functions = several("Fonctions de la cellule mobilisées")
    stock_items = several("Articles du stock engagés")
    places = several("Lieux à ouvrir")
    mobilises = TextAreaField(
        "Ce que ce niveau déclenche d’autre",
        [at_most(2_000)],
        description="Les fiches actions n’ont pas à être recopiées\u00a0: chacune dit à quels niveaux elle sert.",
    )
    report_every_minutes = DurationField(
        "Un point de situation toutes les…", description=f"{TYPED_LIKE} Vide\u00a0: à la demande."
    )
    silence_reminder_minutes = DurationField(
        "Rappeler la cellule après un silence de…",
        description=f"Sans rien d’écrit au journal de bord pendant cette durée. {TYPED_LIKE} Vide\u00a0: jamais.",
        default=SILENCE_REMINDER_MINUTES,
    )

    def __init__(self, means: Means, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.means = means
        for name, attribute in CHOSEN.items():
            self[name].choices = [SelectChoice(str(one.id), one.name) for one in getattr(means, attribute)]

    def description(self) -> LevelDescription:
        """What the accepted form says."""
        chosen: dict[str, Any] = {attribute: self._chosen(name) for name, attribute in CHOSEN.items()}
        return LevelDescription(**{name: self[name].data for name in STORED_AS_READ}, **chosen)

    def _chosen(self, name: str) -> tuple[Any, ...]:
        ticked = set(self[name].data or ())
        return tuple(one for one in getattr(self.means, CHOSEN[name]) if str(one.id) in ticked)

    def beside(self, level: Level) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        typed = self.description()
        texts = [(name, getattr(level, name), getattr(typed, name)) for name in TEXTS]
        durations = [(name, in_words(getattr(level, name)), in_words(getattr(typed, name))) for name in DURATIONS]
        chosen = [
            (name, names(getattr(level, attribute)), names(getattr(typed, attribute)))
            for name, attribute in CHOSEN.items()
        ]
        return [*texts, *chosen, *durations]


class AddLevelForm(LevelFields, CreateForm):
    """A level to add."""


class LevelForm(LevelFields, EditForm):
    """A level as it stands."""

    @classmethod
    def of(cls, level: Level, means: Means) -> LevelForm:
        known: dict[str, Any] = {name: getattr(level, name) for name in STORED_AS_READ}
        for name, attribute in CHOSEN.items():
            known[name] = [str(one.id) for one in getattr(level, attribute)]
        return cls(means, formdata=None, seen_version=level.version, **known)


TEXTS = ("name", "criteria", "decided_by", "mobilises")
DURATIONS = ("report_every_minutes", "silence_reminder_minutes")
STORED_AS_READ = (*TEXTS, *DURATIONS)
"""Fields whose value is stored as it is read."""
CHOSEN = {"functions": "functions", "stock_items": "items", "places": "places"}
"""Fields of boxes, and what they choose among."""


def names(chosen: Iterable[Any]) -> str:
    """What was chosen, by name."""
    return ", ".join(one.name for one in chosen)
