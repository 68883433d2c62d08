"""Plain tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1) -> str:
    """Columns under their headings: the first `words` on the left, figures on the right."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        placed = zip(range(len(cells)), cells, widths, strict=True)
        return "  ".join(cell.ljust(width) if rank < words else cell.rjust(width) for rank, cell, width in placed)

    return "\n".join(
        (f"\n{title}", "", line(headings).rstrip(), line(["-" * width for width in widths]), *map(line, rows))
    )
