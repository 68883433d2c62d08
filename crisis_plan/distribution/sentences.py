"""What distribution asks of people, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.distribution.listing import Asked
from crisis_plan.distribution.proofs import State
from crisis_plan.distribution.rules import Circulated, Group
from crisis_plan.due import Due, Rank
from crisis_plan.web.formats import counted, number

if TYPE_CHECKING:
    from crisis_plan.distribution.listing import Line, Register
    from crisis_plan.publication.models import Publication

INDEX = "cpts.distribution.index"


@dataclass(frozen=True)
class Standing:
    """How far one version went, as sentences tell it."""

    version: str
    """« Version 2 »."""
    number: int
    circulation: Mapping[Group, Circulated]
    required: tuple[Group, ...]
    in_directory: frozenset[Group]
    """The groups of which the directory has someone today."""
    missing: tuple[Group, ...]
    silent: int
    """Who was written to more than a week ago, and has not opened."""
    lost: int
    """Whose mail did not leave."""


def standing_of(publication: Publication, found: Register, now: datetime) -> Standing:
    """Read a register once, to be told in sentences."""
    return Standing(
        version=publication.name,
        number=publication.number,
        circulation=found.circulation,
        required=found.required,
        in_directory=found.in_directory,
        missing=found.missing,
        silent=len(found.to_remind(now)),
        lost=sum(one.state is State.LOST for one in found.lines),
    )


def not_given(standing: Standing) -> list[str]:
    """What is missing: the groups of which nobody has the version, then those of which some have not."""
    said = [_nobody(standing, group) for group in standing.missing]
    rest = {group: one.recipients - one.given for group, one in standing.circulation.items()}
    partly = [group for group in Group if group not in standing.missing and rest[group]]
    return [*said, *(_some(group, rest[group], standing.circulation[group].recipients) for group in partly)]


def without_email(lines: Sequence[Line]) -> str:
    """Who cannot be written to: « La MSA n’a pas de courriel dans l’annuaire »."""
    if len(lines) == 1:
        named = {Group.ARS: "L’ARS", Group.CPAM: "La CPAM", Group.MSA: "La MSA"}.get(lines[0].group, lines[0].name)
        return f"{named} n’a pas de courriel dans l’annuaire"
    return f"{counted(len(lines), 'personne n’a', 'personnes n’ont')} pas de courriel dans l’annuaire"


def distribution_tasks(standing: Standing | None) -> Iterator[Due]:
    """To whom the version in force must still go, whose mail did not leave, and who is to be reminded."""
    if standing is None:
        return
    for group in standing.missing:
        said, address = _nobody(standing, group), {"groupe": group.value}
        yield Due(said, "Ouvrir la diffusion", INDEX, address, rank=Rank.BLOCKS_PAYMENT)
    if standing.lost:
        said = counted(
            standing.lost, "courriel de diffusion n’est pas parti", "courriels de diffusion ne sont pas partis"
        )
        yield Due(f"{said}.", "Voir lesquels", INDEX, {"etat": Asked.LOST.value}, rank=Rank.BLOCKS_PAYMENT)
    if standing.silent:
        people = counted(standing.silent, "destinataire n’a pas ouvert", "destinataires n’ont pas ouvert")
        said = f"{people} la {standing.version.lower()}, envoyée il y a plus d’une semaine."
        yield Due(said, "Les relancer", INDEX, {"etat": Asked.SILENT.value})
    yield from _partly(standing)


def _partly(standing: Standing) -> Iterator[Due]:
    """Of the groups that must have it, how many people are still to be given it."""
    for group in standing.required:
        one = standing.circulation[group]
        if group not in standing.missing and one.given < one.recipients:
            said = f"{_some(group, one.recipients - one.given, one.recipients)[:-1]} de la {standing.version.lower()}."
            yield Due(said, "Ouvrir la diffusion", INDEX, {"groupe": group.value})


def _nobody(standing: Standing, group: Group) -> str:
    absent = (
        "" if group in standing.in_directory else f"\u00a0: l’annuaire n’a aucun contact «\u00a0{group.label}\u00a0»"
    )
    return f"La {standing.version.lower()} n’a pas été envoyée {group.to_them}{absent}."


def _some(group: Group, lacking: int, recipients: int) -> str:
    verb = "n’a rien reçu" if lacking == 1 else "n’ont rien reçu"
    return f"{group.label}\u00a0: {number(lacking)} sur {number(recipients)} {verb}."
