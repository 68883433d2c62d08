"""Numbers drawn as bars: the number stands beside its bar, so that a drawing is never alone."""

from __future__ import annotations

from collections.abc import Iterable


def figure(text: str) -> int:
    """The number that a cell says: « 1 200 », « 45 % »; 0 where it says none."""
    digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    return int(digits[:9] or 0)


def bar_length(text: str, column: Iterable[str]) -> float:
    """From 0 to 1: how long the bar of this number is beside the others of its column."""
    largest = max(map(figure, column), default=0)
    return min(figure(text) / largest, 1.0) if largest else 0.0
