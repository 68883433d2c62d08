"""What the page of the pack lists: each paper with its addresses, without making any of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_pack.contents import CARDS_RANK, LOG_RANK, PLAN_RANK
from crisis_plan.pilotage.crisis_pack.pieces import DIRECTORY, PIECES, STOCK, Piece
from crisis_plan.publication import queries as publications
from crisis_plan.web.formats import counted, long_date


@dataclass(frozen=True)
class Line:
    """A paper and where each of its forms is."""

    rank: int
    title: str
    what: str
    links: tuple[tuple[str, str], ...] = ()


def lines(cpts: Cpts) -> list[Line]:
    """What the archive would hold now, in the order of its folder; what is missing is said. Two statements."""
    found = [Line(piece.rank, piece.title, piece.what, tuple(_links(piece))) for piece in PIECES]
    sheets = "Des lignes numérotées, à écrire à la main."
    log = Line(LOG_RANK, "Feuilles de journal", sheets, (("PDF", url_for(".blank_log_sheets")),))
    return sorted((*found, _cards(cpts), log, _plan(cpts)), key=lambda line: line.rank)


def _links(piece: Piece) -> Iterator[tuple[str, str]]:
    yield "PDF", url_for(".piece", key=piece.key)
    if piece is DIRECTORY:
        yield "Tableau pour Excel", url_for("cpts.directory.export_csv")
        yield "Contacts pour un téléphone", url_for("cpts.directory.export_vcards")
    if piece is STOCK:
        yield "État du stock", url_for("cpts.stock.state_pdf")
        yield "Feuille de comptage", url_for("cpts.stock.count_sheet", attendu=1)


def _cards(cpts: Cpts) -> Line:
    title, count = "Fiches actions", len(responses.titles(cpts))
    if not count:
        return Line(CARDS_RANK, title, "Aucune fiche action n’est encore écrite.")
    said = f"{counted(count, 'fiche')}, une page chacune, à sortir ou à afficher."
    return Line(CARDS_RANK, title, said, (("Livret", url_for("cpts.responses.booklet")),))


def _plan(cpts: Cpts) -> Line:
    title, version = "Plan publié", publications.current(cpts)
    if version is None:
        return Line(PLAN_RANK, title, "Aucune version du plan n’est encore publiée.")
    said = f"{version.name} du {long_date(version.dated_on)}, telle qu’elle est publiée."
    return Line(PLAN_RANK, title, said, (("PDF", url_for("cpts.publication.current_pdf")),))
