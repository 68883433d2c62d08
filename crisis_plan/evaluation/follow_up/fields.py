"""What will be done, by whom, where in the plan: fields that several forms share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from wtforms import Field, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.access import queries as access
from crisis_plan.access.policy import Permission, may
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.evaluation.improvements.operations import Owner, Target
from crisis_plan.evaluation.improvements.rules import LONGEST_TEXT, ImprovementState
from crisis_plan.plan.requirements import REQUIREMENTS
from crisis_plan.web.fields import Form, at_most, choices, required

if TYPE_CHECKING:
    from crisis_plan.organisations.models import Cpts

OTHER = "autre"
"""How the list of accounts names somebody who has none."""
SECTION, CARD = "rubrique:", "fiche:"
OUTSIDE = "Hors du texte du plan"


class Owned(Protocol):
    """What somebody is in charge of: an improvement, a debrief."""

    @property
    def owner_account_id(self) -> UUID | None: ...
    @property
    def owner_name(self) -> str: ...


class Aimed(Protocol):
    """What is about a place of the plan: an improvement, a finding."""

    @property
    def section_key(self) -> str: ...
    @property
    def card_id(self) -> UUID | None: ...
    @property
    def target(self) -> str: ...


class CptsForm(Form):
    """A form whose lists are those of a CPTS: it is given first, the rest by name."""

    def __init__(self, cpts: Cpts, **kwargs: Any) -> None:
        super().__init__(**kwargs)


class WantedFields(Form):
    """What will be done; the first of the fields, and so of what is refused."""

    text = TextAreaField(
        "Ce qui sera fait",
        [required("Dites ce qui sera fait, en commençant par un verbe."), at_most(LONGEST_TEXT)],
        description="Une phrase qui commence par un verbe\u00a0: «\u00a0Ajouter les horaires d’été à la fiche\u00a0».",
    )


class StateFields(Form):
    """How far an improvement is; asked before who does it."""

    state = RadioField("Où elle en est", choices=choices(ImprovementState))


class OwnerFields(CptsForm):
    """Who does it: an account of the cell, or somebody else by name; exactly one."""

    owner_choice = SelectField("Responsable", description="Qui s’en occupe et reçoit les rappels.")
    owner_name = StringField(
        "Nom de cette autre personne",
        [at_most(160)],
        description="À remplir seulement si vous choisissez «\u00a0Quelqu’un d’autre\u00a0».",
        render_kw={"autocomplete": "off"},
    )

    def __init__(self, cpts: Cpts, **kwargs: Any) -> None:
        super().__init__(cpts, **kwargs)
        self.owner_choice.flags.required = True
        members = [one for one in access.members_of(cpts) if may([one.role], Permission.PREPARE_DEBRIEF)]
        self.owner_choice.choices = [
            SelectChoice("", "Choisissez"),
            *(SelectChoice(str(one.account_id), one.account.name) for one in members),
            SelectChoice(OTHER, "Quelqu’un d’autre"),
        ]
        if self.owner_choice.raw_data is None and self.owner_name.data:
            self._settle()

    def _settle(self) -> None:
        """What is stored, as one fills these fields: an account alone; whoever is no longer of the cell, by name."""
        if self.owner_choice.data in {str(one.value) for one in self.owner_choice.choices}:
            self.owner_name.data = "" if self.owner_choice.data != OTHER else self.owner_name.data
        else:
            self.owner_choice.data = OTHER

    @staticmethod
    def stored_owner(row: Owned) -> dict[str, Any]:
        """The values of these fields for what is stored, to be given to the form."""
        if not row.owner_name:
            return {}
        return {"owner_choice": str(row.owner_account_id or OTHER), "owner_name": row.owner_name}

    def validate_owner_choice(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Choisissez qui s’en occupe.")

    def validate_owner_name(self, field: Field) -> None:
        if self.owner_choice.data == OTHER and not field.data:
            raise ValidationError("Écrivez le nom de la personne qui s’en occupe.")
        if self.owner_choice.data not in ("", None, OTHER) and field.data:
            raise ValidationError(
                "Un seul responsable\u00a0: effacez ce nom, ou choisissez «\u00a0Quelqu’un d’autre\u00a0» au-dessus."
            )

    def owner(self) -> Owner:
        """Whom the accepted form names."""
        if self.owner_choice.data == OTHER:
            return Owner(name=self.owner_name.data or "")
        return Owner(UUID(self.owner_choice.data), _label_of(self.owner_choice))


class TargetFields(CptsForm):
    """Where in the plan: a section of the trame, an action card, or outside of its text, in words."""

    place = SelectField("Dans le plan", description="La rubrique ou la fiche action à changer.")
    place_words = StringField(
        "Où, si c’est hors du texte du plan",
        [at_most(200)],
        description="Par exemple «\u00a0stock de la CPTS\u00a0», «\u00a0convention avec le SAMU\u00a0».",
    )

    def __init__(self, cpts: Cpts, **kwargs: Any) -> None:
        super().__init__(cpts, **kwargs)
        self.place.choices = [
            SelectChoice("", OUTSIDE),
            *(SelectChoice(f"{SECTION}{one.key}", one.label, optgroup="Rubriques") for one in REQUIREMENTS),
            *(
                SelectChoice(f"{CARD}{card_id}", title, optgroup="Fiches actions")
                for card_id, title in responses.titles(cpts)
            ),
        ]

    @staticmethod
    def stored_target(row: Aimed) -> dict[str, Any]:
        """The values of these fields for what is stored; a card that is gone is a place in words."""
        if row.section_key:
            return {"place": f"{SECTION}{row.section_key}"}
        return {"place": f"{CARD}{row.card_id}"} if row.card_id else {"place": "", "place_words": row.target}

    def validate_place_words(self, field: Field) -> None:
        if self.place.data and field.data:
            raise ValidationError(
                f"Un seul endroit\u00a0: effacez ces mots, ou choisissez «\u00a0{OUTSIDE}\u00a0» au-dessus."
            )

    def target(self) -> Target:
        """Where the accepted form says, under the title that it has today."""
        chosen: str = self.place.data or ""
        if chosen.startswith(SECTION):
            return Target(section_key=chosen.removeprefix(SECTION), title=_label_of(self.place))
        if chosen.startswith(CARD):
            return Target(card_id=UUID(chosen.removeprefix(CARD)), title=_label_of(self.place))
        return Target(title=self.place_words.data or "")


def asked_place(section_key: str, card_id: str) -> str:
    """How `TargetFields` names the section or the card of an address; outside where neither is asked for."""
    return f"{SECTION}{section_key}" if section_key else f"{CARD}{card_id}" if card_id else ""


def _label_of(field: Any) -> str:
    """What the chosen option says."""
    return next((str(one.label) for one in field.choices if str(one.value) == field.data), "")
