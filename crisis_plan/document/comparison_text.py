"""Two wordings of one text as one: words gone, words come, words kept, each with its look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from crisis_plan.document.blocks import Cell, Span, Text, words
from crisis_plan.document.comparison_order import ALIKE, Sketch, Step, matching, steps
from crisis_plan.document.revisions import Revision

TOKENS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}|\d(?:[ .,/\u00a0\u202f-]?\d)*|\w+|\s+|.", re.DOTALL)
"""An address, a number with its separators (a telephone, a date, an amount), a word, a space, a sign."""


Token = tuple[str, int]
"""A word, and the rank of its look among those of both texts."""

OF_SPANS = Span("")


def merged_text(old: Text, new: Text) -> Text | None:
    """One text that holds both; none where the spans of either could not be told from it again."""
    if old == new:
        return new
    if not (is_joined(old) and is_joined(new)):
        return None
    looks: dict[Span, int] = {}
    before, after = _tokens(old, looks), _tokens(new, looks)
    woven = _without_crumbs(list(steps(before, after, matching(before, after))))
    kept = sum(len(now[0]) for was, now in woven if was and now)
    if kept < ALIKE * max(_long(old), _long(new)):
        woven = [*((one, None) for one in before), *((None, one) for one in after)]
    return _spelled(woven, list(looks))


def merged_cell(old: Cell, new: Cell) -> Cell | None:
    """The same for a cell; an empty span opens one that held spans on both sides, even where they have no look."""
    if old == new:
        return new
    if not isinstance(old, str) and not isinstance(new, str):
        text = merged_text(old, new)
        return (OF_SPANS, *text) if text is not None else None
    if not (_is_plainest(old) and _is_plainest(new)):
        return None
    return merged_text(spans_of(old), spans_of(new))


def spans_of(cell: Cell) -> Text:
    return cell if not isinstance(cell, str) else (Span(cell),) if cell else ()


def joined(spans: Iterable[Span]) -> Text:
    """Neighbours of one look and one mark are one span; none is empty."""
    found: list[Span] = []
    for look, run in groupby((span for span in spans if span.text), lambda span: replace(span, text="")):
        found.append(replace(look, text="".join(span.text for span in run)))
    return tuple(found)


def is_joined(text: Text) -> bool:
    return joined(text) == text


def sketched(shape: Hashable, said: Iterable[str]) -> Sketch:
    """What a thing of this shape says, its words counted."""
    return Sketch(shape, Counter(token for text in said for token in TOKENS.findall(text) if _is_word(token)))


def _is_word(token: str) -> bool:
    return any(character.isalnum() for character in token)


def _is_plainest(cell: Cell) -> bool:
    if isinstance(cell, str):
        return True
    return is_joined(cell) and bool(cell) and cell != (Span(words(cell)),)


def _tokens(text: Text, looks: dict[Span, int]) -> list[Token]:
    ranks = [looks.setdefault(replace(span, text=""), len(looks)) for span in text]
    return [(token, rank) for span, rank in zip(text, ranks, strict=True) for token in TOKENS.findall(span.text)]


def _without_crumbs(woven: list[Step[Token]]) -> list[Step[Token]]:
    """A space or a comma alone between two changes is read with them."""
    runs = [(kept, list(run)) for kept, run in groupby(woven, lambda step: None not in step)]
    found: list[Step[Token]] = []
    changed: list[Step[Token]] = []
    for rank, (kept, run) in enumerate(runs):
        if kept and 0 < rank < len(runs) - 1 and not any(_is_word(now[0]) for _, now in run if now):
            changed += run
        elif kept:
            found += [*_apart(changed), *run]
            changed = []
        else:
            changed += run
    return [*found, *_apart(changed)]


def _apart(run: list[Step[Token]]) -> Iterator[Step[Token]]:
    """All that was, then all that is."""
    yield from ((was, None) for was, _ in run if was)
    yield from ((None, now) for _, now in run if now)


def _spelled(woven: Iterable[Step[Token]], looks: Sequence[Span]) -> Text:
    """One span for each run of one look and one mark."""
    marked = ((now or was or ("", 0), _mark(was, now)) for was, now in woven)
    runs = groupby(marked, lambda one: (one[0][1], one[1]))
    return tuple(
        replace(looks[rank], text="".join(token for (token, _), _ in run), mark=mark) for (rank, mark), run in runs
    )


def _mark(was: Token | None, now: Token | None) -> Revision:
    if was and now:
        return Revision.KEPT
    return Revision.REMOVED if was else Revision.ADDED


def _long(text: Text) -> int:
    return sum(len(span.text) for span in text)
