"""The inside of a paragraph: Markdown's inline nodes to spans, with French typography."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from markdown_it.tree import SyntaxTreeNode

from crisis_plan.document.blocks import Span, Text
from crisis_plan.document.typography import french

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def safe_href(address: str) -> str:
    """The address if a reader may follow it, else nothing: the words stay, the link goes."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    has_target = bool(parts.netloc if parts.scheme in ("http", "https") else parts.path)
    return address.strip() if parts.scheme in SAFE_SCHEMES and has_target else ""


def spans(nodes: Iterable[SyntaxTreeNode]) -> Text:
    """Inline text; neighbours with the same look are one span."""
    text = tuple(_joined(_walk(nodes, Span(""))))
    return text if any(span.text.strip() for span in text) else ()


def _walk(nodes: Iterable[SyntaxTreeNode], look: Span) -> Iterable[Span]:
    for node in nodes:
        match node.type:
            case "text" | "html_inline" | "text_special":
                yield replace(look, text=french(node.content))
            case "code_inline":
                yield replace(look, text=node.content)
            case "softbreak" | "hardbreak":  # in a form's text area, people mean the line they see
                yield replace(look, text="\n")
            case "strong":
                yield from _walk(node.children, replace(look, bold=True))
            case "em":
                yield from _walk(node.children, replace(look, italic=True))
            case "link":
                yield from _walk(node.children, replace(look, href=safe_href(str(node.attrs.get("href", "")))))
            case _:  # an image is its words
                yield from _walk(node.children, look)


def _joined(pieces: Iterable[Span]) -> Iterable[Span]:
    last: Span | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and replace(piece, text=last.text) == last:
            last = replace(last, text=last.text + piece.text)
            continue
        if last is not None:
            yield last
            piece = _spaced(last, piece)
        last = piece
    if last is not None:
        yield last


def _spaced(before: Span, after: Span) -> Span:
    """The no-break space that a mark such as the colon of « **Attention**: » wants before it."""
    if before.text[-1:].isalpha() and after.text.startswith((":", ";", "!", "?")):
        return replace(after, text=french("e" + after.text)[1:])
    return after
