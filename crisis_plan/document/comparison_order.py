"""Which things of a sequence are still there in another, in their order; never dearer than a few readings of both.

Where a thing comes once on each side it is an anchor; between anchors the same again; a short stretch is compared
each with each. A long stretch without any anchor has nothing in common that a reader would see.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Pair = tuple[int, int]
"""A place in the older sequence, and one in the newer."""

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

Step = tuple[T | None, T | None]
"""A thing in both sequences, or in one of them only."""

SMALL = 10_000
"""Pairs that are compared each with each."""
ALIKE = 0.3
"""The share of what they say under which two things are not one that was reworded."""
DEEPEST = 40
"""Anchors inside anchors: each level reads the whole once."""


def matching(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Places that hold equal things, increasing on both sides."""
    found: list[Pair] = []
    waiting = [(0, len(old), 0, len(new), 0)]
    while waiting:
        start, end, since, until, depth = waiting.pop()
        while start < end and since < until and old[start] == new[since]:
            found.append((start, since))
            start, since = start + 1, since + 1
        while start < end and since < until and old[end - 1] == new[until - 1]:
            end, until = end - 1, until - 1
            found.append((end, until))
        if start == end or since == until:
            continue
        if (end - start) * (until - since) <= SMALL:
            likeness = [[float(one == other) for other in new[since:until]] for one in old[start:end]]
            found += ((start + i, since + j) for i, j in heaviest(likeness))
            continue
        anchors = _anchors(old[start:end], new[since:until]) if depth < DEEPEST else []
        stretches = zip([(-1, -1), *anchors], [*anchors, (end - start, until - since)], strict=True)
        found += ((start + i, since + j) for i, j in anchors)
        if anchors:
            waiting += ((start + i + 1, start + k, since + j + 1, since + m, depth + 1) for (i, j), (k, m) in stretches)
    return sorted(found)


def heaviest(likeness: Sequence[Sequence[float]]) -> list[Pair]:
    """The pairs, increasing on both sides, whose likenesses add up to the most; none of a likeness of 0."""
    width = len(likeness[0]) if likeness else 0
    best = [[0.0] * (width + 1) for _ in range(len(likeness) + 1)]
    for i in range(len(likeness) - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(width - 1, -1, -1):
            row[j] = max(below[j], row[j + 1], below[j + 1] + likeness[i][j])
    found: list[Pair] = []
    i = j = 0
    while i < len(likeness) and j < width:
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def steps(old: Sequence[T], new: Sequence[T], pairs: Sequence[Pair]) -> Iterator[Step[T]]:
    """Both sequences read together: what is gone before what came."""
    i = j = 0
    for k, m in (*pairs, (len(old), len(new))):
        yield from ((one, None) for one in old[i:k])
        yield from ((None, one) for one in new[j:m])
        if k < len(old):
            yield old[k], new[m]
        i, j = k + 1, m + 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is enough to tell whether two things are one that was reworded."""

    shape: Hashable
    """Things of two shapes are never the same."""
    words: Counter[str]

    def likeness(self, other: Sketch) -> float:
        """The share of the words that both say, from 0 to 1, in whatever order; 0 where it is not worth a word."""
        if self.shape != other.shape:
            return 0.0
        total = self.words.total() + other.words.total()
        share = 2 * (self.words & other.words).total() / total if total else 1.0
        return share if share >= ALIKE else 0.0


def paired(old: Sequence[H], new: Sequence[H], sketch: Callable[[H], Sketch]) -> Iterator[Step[H]]:
    """Equal things first; between them, the likest, a thing reworded being still the same."""
    names: dict[H, int] = {}
    known, found = ([names.setdefault(one, len(names)) for one in side] for side in (old, new))
    pairs = matching(known, found)
    liked: list[Pair] = []
    for (i, j), (k, m) in zip([(-1, -1), *pairs], [*pairs, (len(old), len(new))], strict=True):
        if 0 < (k - i - 1) * (m - j - 1) <= SMALL:
            here, there = [sketch(one) for one in old[i + 1 : k]], [sketch(one) for one in new[j + 1 : m]]
            table = [[one.likeness(other) for other in there] for one in here]
            liked += ((i + 1 + a, j + 1 + b) for a, b in heaviest(table))
    return steps(old, new, sorted([*pairs, *liked]))


def ranked(keys: Sequence[Hashable]) -> list[tuple[Hashable, int]]:
    """Each key with its rank among those that are the same: no two are then."""
    seen: Counter[Hashable] = Counter()
    found: list[tuple[Hashable, int]] = []
    for key in keys:
        seen[key] += 1
        found.append((key, seen[key]))
    return found


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """What comes once on each side, but for what crosses: the longest increasing run."""
    here, there = Counter(old), Counter(new)
    places = {one: place for place, one in enumerate(new) if there[one] == 1}
    pairs = [(place, places[one]) for place, one in enumerate(old) if here[one] == 1 and one in places]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for rank, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length:], last[length:] = ([place, *ends[length + 1 :]], [rank, *last[length + 1 :]])
    run: list[Pair] = []
    rank = last[-1] if last else -1
    while rank >= 0:
        run.append(pairs[rank])
        rank = before[rank]
    return run[::-1]
