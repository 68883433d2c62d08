"""Crisis communication, as the plan prints it: who speaks, by what, and in an annex each prepared message in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.anticipation.referents.chapter import reached
from crisis_plan.document.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Row,
    Span,
    Table,
    Tone,
    plain,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.communication import queries
from crisis_plan.pilotage.communication.blanks import Blank
from crisis_plan.pilotage.communication.models import Channel, MessageModel
from crisis_plan.pilotage.communication.rules import by_moment

KEY = "annexe-messages"
TITLE = "Messages préparés"
EVERY_TYPE = "Toute crise"
ON_THE_DAY = "Choisi à l’envoi"
NEVER_REREAD = "Texte proposé, pas encore relu par la CPTS."
NO_SPOKESPERSON = "La fonction de porte-parole n’est pas dans la cellule de crise."
NOBODY = "À désigner"
NO_CHANNEL = "Aucun canal n’est décrit."
NO_MESSAGE = "Aucun message n’est préparé."

CHANNEL_COLUMNS = (
    Column("Canal", 1.8),
    Column("Pour qui", 1.8),
    Column("Qui le tient", 1.8),
    Column("Secours sans réseau", 2),
)
MESSAGE_COLUMNS = (Column("Quand", 1.2), Column("Message", 2.4), Column("Type de crise", 1.6), Column("À qui", 2))


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """Who speaks for the CPTS, the channels in order, and the list of the messages that are ready."""
    channels, models = queries.channels(cpts), queries.models(cpts)
    return (
        _spokesperson(cpts, today),
        Table("Canaux, dans l’ordre où on les essaie", CHANNEL_COLUMNS, tuple(map(_channel, channels)), NO_CHANNEL),
        Table(TITLE, MESSAGE_COLUMNS, tuple(map(_message, models)), NO_MESSAGE),
    )


def annex(cpts: Cpts, today: date) -> Chapter:
    """Every message with its texts, under the moment when it is sent, and what its blanks mean."""
    models = queries.models(cpts)
    if not models:
        return Chapter(KEY, TITLE, (Paragraph(plain(NO_MESSAGE)),), Part.ANNEX)
    blocks = [block for moment, found in by_moment(models) for block in _texts_of(moment.label, found)]
    return Chapter(KEY, TITLE, (Paragraph(plain(_legend())), *blocks), Part.ANNEX)


def _spokesperson(cpts: Cpts, today: date) -> Block:
    """The function of the cell and who holds it; private numbers only in the restricted edition."""
    held = queries.spokesperson(cpts, today)
    if held is None:
        return Notice(plain(NO_SPOKESPERSON), Tone.WARNING)
    people = (
        Fact(f"Porte-parole, {rank.label.lower()}", reached(duty.contact) if duty and duty.contact else NOBODY)
        for rank, duty in held.held_by
    )
    return Facts((Fact("Fonction de la cellule", held.function.name), *people))


def _channel(channel: Channel) -> Row:
    name = (Span(channel.name, bold=True), Span(f"\n{channel.kind.label}"))
    return Row((name, channel.serves, _holder(channel), _fallback(channel)), key=f"canal-{channel.id}")


def _holder(channel: Channel) -> Cell:
    """Who holds it as the directory knows them, then in words."""
    if channel.contact is None:
        return channel.held_by or "À indiquer"
    return (*reached(channel.contact), *((Span(f"\n{channel.held_by}"),) if channel.held_by else ()))


def _fallback(channel: Channel) -> str:
    """What takes its place, or that something must."""
    return channel.fallback or ("À indiquer" if channel.kind.needs_network else "Se passe de réseau")


def _message(model: MessageModel) -> Row:
    cells = (model.moment.label, plain(model.title, bold=True), _types(model), model.for_whom or ON_THE_DAY)
    return Row(cells, key=f"message-{model.id}")


def _texts_of(moment: str, models: Sequence[MessageModel]) -> Iterable[Block]:
    yield Heading(moment)
    for model in models:
        yield Heading(model.title, level=3)
        yield Facts(tuple(_told(model)))


def _told(model: MessageModel) -> Iterable[Fact]:
    """What a message says, without what it leaves empty."""
    told: tuple[tuple[str, Cell], ...] = (
        ("À qui", f"{model.for_whom or ON_THE_DAY}\u00a0; {_types(model)[0].lower()}{_types(model)[1:]}"),
        ("Courriel ou affiche", _long_text(model)),
        ("Texte court", model.short_text),
        ("Relecture", "" if model.reread_on else NEVER_REREAD),
    )
    return (Fact(label, value) for label, value in told if value)


def _long_text(model: MessageModel) -> Cell:
    """The subject, then the text without its blank lines: an annex is read, and copied by hand when nothing works."""
    subject = (Span(f"{model.subject}\n", bold=True),) if model.subject else ()
    text = "\n".join(line for line in model.email_text.splitlines() if line.strip())
    return (*subject, Span(text)) if text else ""


def _types(model: MessageModel) -> str:
    return ", ".join(one.label for one in crisis_types(model.crisis_types)) or EVERY_TYPE


def _legend() -> str:
    """What stands in curly brackets, and in square ones."""
    meant = "\u00a0; ".join(f"{blank.written}, {blank.label[0].lower()}{blank.label[1:]}" for blank in Blank)
    return f"Entre accolades, ce que l’outil remplit\u00a0: {meant}. Entre crochets, ce que l’on écrit avant l’envoi."
