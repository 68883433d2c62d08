"""`flask verify-logbooks` and `flask erase-entry`: what only the keeper of the installation does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import click

from crisis_plan import clock
from crisis_plan.access import orders
from crisis_plan.access.models import Account
from crisis_plan.errors import RuleBroken
from crisis_plan.pilotage.logbook import citations, erasing, repeats, verification
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.repeats import MayRepeat, Repeats
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.logbook.verification import Log, Reading
from crisis_plan.pilotage.logbook.witnesses import Witness, read_witness

SAME_WORDS = " (qui dit les mêmes mots)"
IDENTITY_OF_A_CRISIS = "Identifiant de la crise, tel qu’il figure dans son adresse."


@click.command("verify-logbooks")
@click.option("--crisis", "crisis_id", type=click.UUID, help=f"{IDENTITY_OF_A_CRISIS} Toutes, sinon.")
@click.option(
    "--expects",
    "expected",
    multiple=True,
    metavar="N°:SCEAU",
    help="Numéro et sceau imprimés ou reçus par courriel (annexe-2:… pour l’annexe) ; avec --crisis.",
)
def verify_logbooks(crisis_id: UUID | None, expected: tuple[str, ...]) -> None:
    """Read every logbook again: numbers, seals, contents, documents, and what cites them."""
    if expected and crisis_id is None:
        raise click.ClickException("Dites de quelle crise est ce témoin, avec --crisis.")
    witnesses = [_witness(written) for written in expected]
    verification.whole_view()
    found = verification.logs(crisis_id)
    if crisis_id and not found:
        raise click.ClickException("Aucune crise n’a cet identifiant.")
    broken = [log for log in found if not _told(log, witnesses)]
    strays = [] if crisis_id else list(citations.strays())
    for stray in strays:
        click.echo(f"ROMPU – {stray}.")
    if broken or strays:
        sys.exit(1)
    click.echo(f"{len(found)} journal(aux) relu(s), tous intacts.")


def _told(log: Log, witnesses: list[Witness]) -> bool:
    """Read one log again and say what was found. Whether it is whole."""
    reading = verification.read_again(log, {one.place: one for one in witnesses})
    click.echo(f"{log.name} ({log.crisis_id})\u00a0: {_sentence(reading)}")
    return reading.is_whole


def _sentence(reading: Reading) -> str:
    if not reading.is_whole:
        return f"ROMPU – {reading.wrong}."
    if not reading.last:
        return "intact, aucune entrée."
    return f"intact jusqu’à l’entrée {reading.last}, sceau {reading.seal}"


def _witness(written: str) -> Witness:
    try:
        return read_witness(written)
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None


@dataclass(frozen=True)
class Above:
    """What is made of entries by features that the logbook does not know: the command erases there too."""

    goes_with: Callable[[LogbookEntry], Sequence[str]]
    """What goes with the entry whatever is answered, in words."""
    repeats: Callable[[LogbookEntry], Repeats]
    may_repeat: Callable[[LogbookEntry], Sequence[MayRepeat]]
    """What is asked about one by one."""
    forget: Callable[..., Sequence[str]]
    """Given the entry once it is erased, `with_repeats`, `chosen` keys, `by` and `at`; what went, in words."""


def erasing_entries(above: Above) -> click.Command:
    """`flask erase-entry`, which also takes away what these features made of the entry."""

    @click.command("erase-entry")
    @click.option("--crisis", "crisis_id", type=click.UUID, prompt="Identifiant de la crise", help=IDENTITY_OF_A_CRISIS)
    @click.option("--number", type=click.IntRange(min=1), prompt="Numéro de l’entrée")
    @click.option("--annex", is_flag=True, help="L’entrée est dans l’annexe du journal.")
    @orders.asked
    def erase_entry(crisis_id: UUID, number: int, annex: bool, order: orders.Order) -> None:
        """Erase what an entry of a logbook says, on a legal order: it stays, numbered and sealed, and says nothing."""
        entry = erasing.entry_of(crisis_id, Part.ANNEX if annex else Part.MAIN, number)
        if entry is None:
            raise click.ClickException("Aucun journal de cette crise n’a d’entrée de ce numéro.")
        _erase(entry, order, above)

    return erase_entry


def _erase(entry: LogbookEntry, order: orders.Order, above: Above) -> None:
    """Ask what the order is about, erase it, and say what is left to look at."""
    by = order.carried_out_by(entry.crisis.cpts)
    found = _everywhere(repeats.of_entry(entry.crisis, entry), above.repeats(entry))
    with_repeats, chosen = _also(found), _chosen(above.may_repeat(entry))
    also = [*above.goes_with(entry), *(found.erasable if with_repeats else ()), *chosen.values()]
    beside = f", avec ce qui la répète\u00a0: {', '.join(also)}" if also else ""
    what = f"le contenu et les pièces de l’entrée {entry.name} ({entry.crisis.name}){beside}"
    orders.confirm(what, entry.number)
    try:
        with orders.wiping():
            said = _erased(entry, order, with_repeats=with_repeats, and_more=bool(chosen), by=by)
            above.forget(entry, with_repeats=with_repeats, chosen=chosen.keys(), by=by, at=clock.now())
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"C’est fait\u00a0: {said}.")
    for other in found.others if with_repeats else found.names:
        click.echo(f"À voir aussi\u00a0: {other} peut répéter ce qu’elle disait.")
    click.echo(orders.ELSEWHERE)


def _everywhere(found: Repeats, above: Repeats) -> Repeats:
    return Repeats((*found.erasable, *above.erasable), (*found.others, *above.others))


def _also(found: Repeats) -> bool:
    """Whether the order is about what repeats the entry too."""
    if not found.erasable:
        return False
    return _says_yes(", ".join(found.erasable))


def _chosen(found: Sequence[MayRepeat]) -> dict[str, str]:
    """What the order is about too, by key: each is asked, since only a person knows whether it says the same."""
    if found:
        click.echo("Ce qui suit peut répéter l’entrée\u00a0: lisez-le avant de répondre.")
    return {one.key: one.name for one in found if _says_yes(one.name + (SAME_WORDS if one.says_the_same else ""))}


def _says_yes(name: str) -> bool:
    asked = f"Effacer aussi\u00a0: {name}\u00a0? (oui ou non)"
    return bool(click.prompt(asked, default="non").strip().lower() in ("oui", "o"))


def _erased(entry: LogbookEntry, order: orders.Order, *, with_repeats: bool, and_more: bool, by: Account) -> str:
    """What was done, in words; of an entry that is erased already, only what repeats it is left to erase."""
    if entry.is_erased and (with_repeats or and_more):
        if with_repeats:
            erasing.erase_what_repeats(entry, by=by, at=clock.now())
        return "ce qui la répétait est effacé"
    told = erasing.erase_content(entry, ordered_by=order.words, with_repeats=with_repeats, by=by, at=clock.now())
    return f"l’entrée {told.name} le dit, sans le contenu"
