"""What a prepared message is: when it is sent, how its blanks are filled, and what the plan still lacks.

Sources: domain, sections 3 (S004), 6 (one spokesperson) and 8 (first message, stand-down). The moments and the blanks
are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from crisis_plan.adaptation.crisis_types import CrisisType

SPOKESPERSON = "external-communication"
"""The key of the function of the cell that speaks for the CPTS: held there, and only shown here."""


class ChannelKind(StrEnum):
    """By what a message travels."""

    EMAIL = "courriel"
    SMS = "sms"
    CHAT = "messagerie"
    TELEPHONE = "telephone"
    POSTER = "affiche"
    WEB = "site"
    PRESS = "presse"
    MEETING = "rencontre"
    OTHER = "autre"

    @property
    def label(self) -> str:
        return {
            "courriel": "Courriel",
            "sms": "SMS",
            "messagerie": "Messagerie instantanée",
            "telephone": "Téléphone",
            "affiche": "Affiche",
            "site": "Site ou réseaux sociaux",
            "presse": "Presse et radio",
            "rencontre": "Rencontre, messager",
            "autre": "Autre",
        }[self.value]

    @property
    def needs_network(self) -> bool:
        """Whether it stops with the telephone and the internet, so that a fallback must be said."""
        return self not in (ChannelKind.POSTER, ChannelKind.MEETING, ChannelKind.OTHER)


class Moment(StrEnum):
    """When a prepared message is taken out, in the order of a crisis."""

    ALERT = "alerte"
    ACTIVATION = "activation"
    REPORT = "point"
    RELIEF = "renforts"
    PUBLIC = "population"
    STAND_DOWN = "levee"
    EXERCISE = "exercice"

    @property
    def label(self) -> str:
        return {
            "alerte": "Alerte",
            "activation": "Activation",
            "point": "Point de situation",
            "renforts": "Renforts et relèves",
            "population": "Population et presse",
            "levee": "Levée",
            "exercice": "Exercice",
        }[self.value]


class AtMoment(Protocol):
    @property
    def moment(self) -> Moment: ...


Said = TypeVar("Said", bound=AtMoment)


def by_moment(messages: Iterable[Said]) -> list[tuple[Moment, list[Said]]]:
    """The messages under the moment of each, in the order of a crisis; a moment without message is left out."""
    known = list(messages)
    grouped = ((moment, [one for one in known if one.moment is moment]) for moment in Moment)
    return [(moment, found) for moment, found in grouped if found]


class Typed(Protocol):
    @property
    def crisis_types(self) -> Sequence[str]: ...


def serves(message: Typed, crisis_type: CrisisType | None) -> bool:
    """Whether the message is for this type of crisis; one that names no type is for every crisis."""
    return crisis_type is None or not message.crisis_types or crisis_type.value in message.crisis_types


@dataclass(frozen=True)
class Held:
    """The function of the spokesperson: what the CPTS calls it, and whether one can call whoever holds it."""

    name: str
    is_reached: bool


class WithFallback(Protocol):
    @property
    def kind(self) -> ChannelKind: ...
    @property
    def fallback(self) -> str: ...


def lacks(
    channels: Sequence[WithFallback], types_of_models: Sequence[Sequence[str]], spokesperson: Held | None
) -> tuple[str, ...]:
    """What the requirement « communication » lacks: a spokesperson, channels with a fallback, a message per type."""
    return (*_lacks_of_spokesperson(spokesperson), *_lacks_of_channels(channels), *_lacks_of_models(types_of_models))


def _lacks_of_spokesperson(spokesperson: Held | None) -> tuple[str, ...]:
    if spokesperson is None:
        return (
            "La fonction de porte-parole, «\u00a0Communication externe\u00a0», n’est pas dans la cellule de crise.",
        )
    if not spokesperson.is_reached:
        return (f"Personne que l’on puisse appeler ne tient la fonction «\u00a0{spokesperson.name}\u00a0».",)
    return ()


def _lacks_of_channels(channels: Sequence[WithFallback]) -> tuple[str, ...]:
    if not channels:
        return ("Aucun canal n’est décrit\u00a0: dites par quoi la CPTS prévient ses membres.",)
    if not any(channel.fallback or not channel.kind.needs_network for channel in channels):
        return ("Aucun canal ne dit ce qui le remplace quand le réseau tombe.",)
    return ()


def _lacks_of_models(types_of_models: Sequence[Sequence[str]]) -> tuple[str, ...]:
    if not types_of_models:
        return ("Aucun message n’est préparé\u00a0: reprenez ceux qui sont proposés, ou écrivez le premier.",)
    if any(not types for types in types_of_models):
        return ()
    covered = {value for types in types_of_models for value in types}
    return tuple(
        f"Aucun message n’est préparé pour le type {one.number}\u00a0: {one.label.lower()}."
        for one in CrisisType
        if one.value not in covered
    )


def reading_due(unread: int) -> str:
    """What there is to read again, as a sentence for « À faire »; empty when all was read."""
    if not unread:
        return ""
    if unread == 1:
        return "1 message proposé n’a pas encore été relu."
    return f"{unread} messages proposés n’ont pas encore été relus."
