"""French typography, for text typed in a hurry: it may be applied twice without harm."""

from __future__ import annotations

import re

NARROW = "\u202f"
"""Narrow no-break space: before ; ! ? and between thousands."""

WIDE = "\u00a0"
"""No-break space: before : and inside « »."""

_AS_TYPED = re.compile(
    r"""(
        (?:https?://|www\.|mailto:|tel:)\S+     # an address of the web
      | (?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,64}(?:\.[\w-]+)+  # an e-mail
      | \b\d{1,2}:\d{2}\b                       # a time
    )""",
    re.VERBOSE,
)

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[^\W\d_])'|^'(?=\w)"), "’"),
    (re.compile(r"[ \u00a0]+([;!?])"), NARROW + r"\1"),
    (re.compile(r"(?<=[^\W\d_])([;!?])(?=[ !?]|$)"), NARROW + r"\1"),
    (re.compile(r"[ \u202f]+:(?!//)"), WIDE + ":"),
    (re.compile(r"(?<=[^\W\d_]):(?= |$)"), WIDE + ":"),
    (re.compile(r"«[ \u202f\u00a0]*"), "«" + WIDE),
    (re.compile(r"[ \u202f\u00a0]*»"), WIDE + "»"),
)

_THOUSANDS = re.compile(r"(?<![\d.,/])(?<!\d )\d{1,3}(?: \d{3})+(?![\d])(?! \d)")


def french(text: str) -> str:
    """The same words with French apostrophes and no-break spaces; addresses and times stay as typed."""
    pieces = _AS_TYPED.split(text)
    pieces[::2] = [_set(piece) for piece in pieces[::2]]
    return "".join(pieces)


def _set(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return _THOUSANDS.sub(lambda number: number[0].replace(" ", NARROW), text)
