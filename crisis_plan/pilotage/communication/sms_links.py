"""One SMS to many telephones: the links that a telephone understands. Source: RFC 5724; what iOS reads is its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

MOST_IN_A_GROUP = 10
"""Some telephones refuse a message to more people (our own choice)."""


@dataclass(frozen=True)
class Group:
    """People who get one SMS together: `first` to `last` of those who have a mobile."""

    first: int
    last: int
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    text: str

    @property
    def android(self) -> str:
        return f"sms:{','.join(self.numbers)}?body={quote(self.text)}"

    @property
    def iphone(self) -> str:
        return f"sms:/open?addresses={','.join(self.numbers)}&body={quote(self.text)}"


def groups(mobiles: Sequence[tuple[str, str]], text: str) -> tuple[Group, ...]:
    """These people by name and number, ten at a time; a number that two share is written to once."""
    by_number: dict[str, str] = {}
    for name, number in mobiles:
        by_number.setdefault(number, name)
    known = list(by_number.items())
    return tuple(
        Group(
            first=start + 1,
            last=start + len(some),
            numbers=tuple(number for number, _ in some),
            names=tuple(name for _, name in some),
            text=text,
        )
        for start in range(0, len(known), MOST_IN_A_GROUP)
        if (some := known[start : start + MOST_IN_A_GROUP])
    )


@dataclass(frozen=True)
class ToText:
    """The text, the groups it goes to, and whom no SMS reaches."""

    text: str
    groups: tuple[Group, ...]
    without: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(number for group in self.groups for number in group.numbers)


def to_mobiles(text: str, people: Sequence[tuple[str, str]]) -> ToText:
    """This text to these people, by name and mobile; an empty one: no SMS reaches them."""
    reached = [(name, number) for name, number in people if number]
    return ToText(text, groups(reached, text), tuple(name for name, number in people if not number))
