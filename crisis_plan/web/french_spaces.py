"""French spacing in templates: a line never begins with « : », nor ends with « « »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

NO_BREAK = "\u00a0"
BEFORE = re.compile(r" (?=[:;?!»](?:[\s<&\"')…]|$))")
AFTER = re.compile(r"(?<=«) ")
SAID = frozenset(("data", "string"))
"""What of a template reaches a reader: its text, and the strings of its expressions."""


def spaced(text: str) -> str:
    """The same words; the spaces that French typography asks for no longer break."""
    return AFTER.sub(NO_BREAK, BEFORE.sub(NO_BREAK, text))


class FrenchSpaces(Extension):
    """Applied once, when a template is compiled: templates are written with the space bar."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            yield Token(token.lineno, token.type, spaced(token.value)) if token.type in SAID else token


def french_spaces(app: Flask) -> None:
    """Every template of the application is read so."""
    app.jinja_env.add_extension(FrenchSpaces)
