"""The sentences of a description, from what is known: dates and counts, no name and no judgement; without a database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crisis_plan import clock
from crisis_plan.clock import HasTimeZone
from crisis_plan.evaluation.figures.rules import Figure, FigureKey, Line
from crisis_plan.evaluation.figures.wording import length
from crisis_plan.evaluation.figures.work import NOT_MEASURED
from crisis_plan.web.formats import long_date

MARKDOWN = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)")
SPACES = re.compile(r"[ \t\r\n]+")
"""What one line has once; no-break spaces stay."""
MOST_LINES = 12
"""Lines of one list: the figure's own page has them all."""

Known = Mapping[FigureKey, Figure]


@dataclass(frozen=True)
class Story:
    """What is said of a crisis beside its figures."""

    what: str
    """« La crise », « L’exercice »."""
    is_exercise: bool
    opened_at: datetime
    stood_down_at: datetime | None
    closed_at: datetime | None
    now: datetime
    title: str
    crisis_type: str
    alert: Mapping[str, str]
    """What is known of the alert, in words, by the name of its field."""
    received_at: datetime | None = None
    communes: Sequence[str] = ()
    requested: Sequence[str] = ()
    """What an authority asked for, as the facts that stand say it."""
    opened_because: str = ""
    stood_down_because: str = ""


def typed(text: str) -> str:
    """What somebody typed, on one line, so that no sign in it is read as Markdown."""
    return MARKDOWN.sub(lambda sign: f"\\{sign[0]}", SPACES.sub(" ", text.strip()))


def sentence(text: str) -> str:
    """What somebody typed, ended as a sentence is."""
    said = typed(text)
    return said if not said or said[-1] in ".!?…" else f"{said}."


def on_the(at: datetime, place: HasTimeZone) -> str:
    """« le 12 août 2026 à 14:05 »."""
    here = clock.local(at, place)
    return f"le {long_date(here.date())} à {here:%H:%M}"


def alert(story: Story, place: HasTimeZone) -> list[str]:
    """What was told, by whom and when."""
    kind = f"{story.what} «\u00a0{typed(story.title)}\u00a0» est de type «\u00a0{story.crisis_type}\u00a0»."
    body = typed(story.alert.get("body", ""))
    received = ""
    if story.received_at:
        by = f" ({body})" if body else ""
        received = f" L’alerte a été reçue {on_the(story.received_at, place)}{by}."
    elif body:
        received = f" L’alerte a été reçue ({body})\u00a0; son heure n’est pas notée."
    told = [
        ("Événement annoncé", story.alert.get("nature", "")),
        ("Lieu", story.alert.get("place", "")),
        ("Communes touchées", ", ".join(story.communes)),
        ("Personnes concernées", story.alert.get("people", "")),
        ("Services déjà engagés", story.alert.get("services", "")),
    ]
    return [kind + received, listed(f"{label}\u00a0: {typed(said)}" for label, said in told if said)]


def facts(known: Known) -> list[str]:
    """What stands of each of the three."""
    return [_lines(known[FigureKey.FACTS].lines)]


def opening(story: Story, known: Known, place: HasTimeZone) -> list[str]:
    """When it opened, why, how fast the cell was there, and the levels one after the other."""
    opened = f"{story.what} a été {_agreed(story, 'ouvert')} {on_the(story.opened_at, place)}."
    because = f" Raison\u00a0: {sentence(story.opened_because)}" if story.opened_because else ""
    steps = known[FigureKey.LEVELS].lines
    level = f" Niveau à l’ouverture\u00a0: {typed(steps[0].value)}." if steps else ""
    paragraphs = [opened + level + because]
    paragraphs.append("Le niveau n’a pas changé." if len(steps) < 2 else _lines(steps))
    cell = known[FigureKey.CELL_REACHED]
    if cell.value != NOT_MEASURED:
        paragraphs.append(f"Personnes de la cellule jointes par la première liste d’appel\u00a0: {cell.value}.")
    return paragraphs


def asked(story: Story, known: Known) -> list[str]:
    """What the CPTS was asked for, and what the communes needed."""
    told = [sentence(one) for one in (story.alert.get("asked", ""), *story.requested) if one.strip()]
    until = story.alert.get("asked_until", "")
    paragraphs = [" ".join(dict.fromkeys(told)) or "Le journal ne dit pas ce qui était demandé à la CPTS."]
    if until:
        paragraphs.append(f"Jusqu’à\u00a0: {sentence(until)}")
    needs = known[FigureKey.COMMUNES]
    if needs.lines:
        paragraphs += [f"Au tableau des besoins\u00a0: {needs.value}.", _lines(needs.lines)]
    return paragraphs


def means(story: Story, known: Known) -> list[str]:
    """Who worked, what was carried out, what left the stock, what was told."""
    people, actions, stock = (
        known[key] for key in (FigureKey.PROFESSIONALS, FigureKey.ACTIONS, FigureKey.STOCK)
    )  # fmt: skip
    paragraphs = [f"Professionnels mobilisés\u00a0: {people.value}.", _lines(people.lines)]
    paragraphs += [f"Actions du plan menées\u00a0: {actions.value}.", _lines(actions.lines)]
    if stock.lines:
        paragraphs += [f"Matériel sorti du stock\u00a0: {stock.value}.", _lines(stock.lines)]
    counted = (
        (FigureKey.DECISIONS, "Décisions notées"),
        (FigureKey.TASKS, "Tâches"),
        (FigureKey.MESSAGES, "Messages envoyés"),
        (FigureKey.SITUATION_REPORTS, "Points de situation"),
    )
    paragraphs.append("En nombre\u00a0:")  # two lists that follow each other would be one
    paragraphs.append(listed(f"{label}\u00a0: {known[key].value}" for key, label in counted))
    if story.is_exercise:
        paragraphs.append("C’était un exercice\u00a0: ces comptes ne servent à aucune demande de paiement.")
    return paragraphs


def ending(story: Story, known: Known, place: HasTimeZone) -> list[str]:
    """The stand-down, then the closing."""
    told = []
    if story.stood_down_at:
        after = length(story.stood_down_at - story.opened_at)
        told.append(f"La levée a été prononcée {on_the(story.stood_down_at, place)}, {after} après l’ouverture.")
        if story.stood_down_because:
            told.append(f"Raison\u00a0: {sentence(story.stood_down_because)}")
    entries = known[FigureKey.ENTRIES].value
    if story.closed_at:
        told.append(f"Le journal a été clos {on_the(story.closed_at, place)}. Entrées\u00a0: {entries}.")
    else:
        told.append(f"Le journal était encore ouvert {on_the(story.now, place)}. Entrées\u00a0: {entries}.")
    return [" ".join(told)]


def chapters(parts: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Light Markdown: each part under its heading, those that say nothing left out."""
    said = [(title, [one for one in paragraphs if one]) for title, paragraphs in parts]
    return "\n\n".join(one for title, paragraphs in said if paragraphs for one in (f"### {title}", *paragraphs))


def _agreed(story: Story, participle: str) -> str:
    """« ouverte » of a crisis, « ouvert » of an exercise."""
    return participle if story.is_exercise else f"{participle}e"


def _lines(lines: Sequence[Line]) -> str:
    return listed(f"{typed(one.label)}\u00a0: {typed(one.value)}" for one in lines)


def listed(lines: Iterable[str]) -> str:
    """One a line; what is beyond the most is counted."""
    known = list(lines)
    left = len(known) - MOST_LINES
    more = [f"- et {left}\u00a0{'autre' if left < 2 else 'autres'}"] if left > 0 else []
    return "\n".join([*(f"- {one}" for one in known[:MOST_LINES]), *more])
