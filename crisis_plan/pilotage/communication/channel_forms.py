"""What people write of a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import SelectField, StringField

from crisis_plan.anticipation.directory.contact_field import ChoosingForm, ContactField
from crisis_plan.pilotage.communication.descriptions import ChannelDescription
from crisis_plan.pilotage.communication.rules import ChannelKind
from crisis_plan.web.fields import CreateForm, EditForm, at_most, choices, required
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.choosing import Chooser
    from crisis_plan.pilotage.communication.models import Channel


class ChannelFields(NobodyNamed, ChoosingForm):
    """A channel, who holds it, whom it reaches, what takes its place."""

    kind = SelectField("Moyen", choices=choices(ChannelKind))
    name = StringField(
        "Nom du canal",
        [required("Donnez un nom au canal, comme «\u00a0Groupe des infirmiers\u00a0»."), at_most(160)],
        description="Par exemple «\u00a0Liste de tous les adhérents\u00a0». Pas de lien d’invitation ni de mot de passe.",
    )
    serves = StringField(
        "Pour qui",
        [at_most(300)],
        description="Ceux que ce canal touche\u00a0: adhérents, mairies, population, presse.",
    )
    contact = ContactField(
        "Qui le tient, dans l’annuaire",
        nobody="Personne de l’annuaire",
        description="La personne qui peut y écrire. Ses numéros viennent de l’annuaire.",
    )
    held_by = StringField(
        "Qui le tient, en toutes lettres",
        [at_most(200)],
        description="Une fonction ou un service plutôt qu’une personne\u00a0: «\u00a0secrétariat de la CPTS\u00a0».",
    )
    fallback = StringField(
        "Secours quand le réseau tombe",
        [at_most(300)],
        description="Ce qui le remplace sans téléphone ni internet\u00a0: affichage à un lieu connu, messager, rencontre à heure fixe.",
    )

    def description(self) -> ChannelDescription:
        """What the accepted form says."""
        return ChannelDescription(
            **{name: self[name].data or "" for name in PLAIN},
            kind=ChannelKind(self.kind.data),
            contact_id=self.contact.contact_id,
        )

    def beside(self, channel: Channel) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed, in words."""
        typed = self.description()
        return [
            ("kind", channel.kind.label, typed.kind.label),
            *((name, getattr(channel, name), getattr(typed, name)) for name in PLAIN),
            ("contact", channel.contact.name if channel.contact else "", self.contact.chosen_name),
        ]


class AddChannelForm(ChannelFields, CreateForm):
    """A channel to add."""


class ChannelForm(ChannelFields, EditForm):
    """A channel as it stands."""

    @classmethod
    def of(cls, channel: Channel, chooser: Chooser) -> ChannelForm:
        known = {name: getattr(channel, name) for name in (*PLAIN, "kind")}
        return cls(chooser, formdata=None, contact=channel.contact_id, seen_version=channel.version, **known)


PLAIN = ("name", "serves", "held_by", "fallback")
"""Fields whose value is stored as it is typed."""
