"""The lanes of a time line: a bounded number of marks and bands, whatever the length of the logbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from crisis_plan.document.lanes import Band, Lane, Mark, Shape
from crisis_plan.evaluation.figures.axis import Axis
from crisis_plan.evaluation.figures.happenings import Happening, Sort
from crisis_plan.evaluation.figures.wording import length
from crisis_plan.web.formats import number

MOST_APART = 12
"""Facts and stages that are drawn one by one, with their words; beyond, as the others are."""
MOST_BANDS = 24
"""Of one lane; beyond, the longest ones."""


def lanes(happened: Sequence[Happening], axis: Axis, shortest_silence: timedelta | None) -> tuple[Lane, ...]:
    """Facts, levels, decisions, messages, situation reports, silences, in the order in which they are looked for."""
    decisions = _of(happened, Sort.DECISION)
    unsaid = [one for one in decisions if one.lacks_reason]
    silences = _of(happened, Sort.SILENCE)
    return (
        Lane("Faits datés", Shape.FLAG, _told(_of(happened, Sort.FACT), axis), empty="Aucun fait consigné."),
        _levels(happened, axis),
        _lane("Décisions", Shape.DISC, decisions, axis, "Aucune décision."),
        *([_lane("dont sans raison écrite", Shape.RING, unsaid, axis)] if unsaid else []),
        _lane("Messages", Shape.SQUARE, _of(happened, Sort.MESSAGE), axis, "Aucun message."),
        _lane("Points de situation", Shape.HOUSE, _of(happened, Sort.REPORT), axis, "Aucun point de situation."),
        Lane(
            _named(f"Silences de plus de {length(shortest_silence)}" if shortest_silence else "Silences", silences),
            bands=_bands(silences, axis),
            is_gap=True,
            empty="Aucun silence.",
        ),
    )


def _levels(happened: Sequence[Happening], axis: Axis) -> Lane:
    bands, marks = _bands(_of(happened, Sort.LEVEL), axis), _told(_of(happened, Sort.STAGE), axis)
    return Lane("Niveaux", Shape.FLAG, marks, bands, empty="Aucun niveau consigné.")


def _lane(name: str, shape: Shape, of_one: Sequence[Happening], axis: Axis, empty: str = "") -> Lane:
    return Lane(_named(name, of_one), shape, _grouped(of_one, axis), empty=empty)


def _named(name: str, of_one: Sequence[Happening]) -> str:
    """« Décisions : 12 »; what is not drawn for want of room is said."""
    if not of_one:
        return name
    drawn = f" (les {MOST_BANDS} plus longs)" if of_one[0].sort is Sort.SILENCE and len(of_one) > MOST_BANDS else ""
    return f"{name}\u00a0:\u00a0{number(len(of_one))}{drawn}"


def _told(of_one: Sequence[Happening], axis: Axis) -> tuple[Mark, ...]:
    """Each with its words and its moment."""
    if len(of_one) > MOST_APART:
        return _grouped(of_one, axis)
    found = []
    for one in of_one:
        moment = axis.moment_words(one.at).replace(" ", "\u00a0")  # two lines break before it, not in it
        word = f"{one.what[:1].upper()}{one.what[1:]}, {moment}"
        found.append(Mark(axis.position(one.at), f"{word}, {one.name}", word))
    return tuple(found)


def _grouped(of_one: Sequence[Happening], axis: Axis) -> tuple[Mark, ...]:
    """Those of the same hour or day, by the length of the axis, under one mark at their middle."""
    places = axis.by_place(sorted(of_one, key=lambda one: one.at))
    return tuple(_mark(place, together, axis) for place, together in places.items())


def _mark(place: datetime, together: Sequence[Happening], axis: Axis) -> Mark:
    first, count = together[0], len(together)
    if count == 1:
        label = ", ".join((axis.moment_words(first.at), f"{first.sort.label.lower()} {first.name}"))
        return Mark(axis.position(first.at), label)
    middle = sum((axis.inside(one.at) - axis.start for one in together), timedelta()) / count
    return Mark(
        axis.position(axis.start + middle),
        f"{number(count)} {first.sort.several} {axis.place_words(place)}",
        count=count,
    )


def _bands(of_one: Sequence[Happening], axis: Axis) -> tuple[Band, ...]:
    """The longest ones, where they are too many to be seen."""
    kept = sorted(of_one, key=_length, reverse=True)[:MOST_BANDS]
    return tuple(_band(one, axis) for one in sorted(kept, key=lambda one: one.at))


def _band(one: Happening, axis: Axis) -> Band:
    word = length(_length(one)) if one.sort is Sort.SILENCE else one.what
    until = axis.moment_words(one.ends_at or one.at)
    label = f"{one.what}, de {axis.moment_words(one.at)} à {until}, {one.name}"
    return Band(axis.position(one.at), axis.position(one.ends_at or one.at), label, word)


def _length(one: Happening) -> timedelta:
    return (one.ends_at or one.at) - one.at


def _of(happened: Sequence[Happening], sort: Sort) -> list[Happening]:
    return [one for one in happened if one.sort is sort]
