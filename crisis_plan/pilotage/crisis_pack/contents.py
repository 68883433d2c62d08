"""The files of the pack, subject by subject, as they stand at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crisis_plan.adaptation.responses import chapter as responses
from crisis_plan.adaptation.responses import papers as card_papers
from crisis_plan.anticipation.directory import export
from crisis_plan.anticipation.directory.vcard import card as vcard
from crisis_plan.anticipation.stock import means_queries, place_queries, state_paper
from crisis_plan.anticipation.stock import papers as stock_papers
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.document.blocks import Edition
from crisis_plan.pilotage.crisis_pack import log_sheets, pages
from crisis_plan.pilotage.crisis_pack.pieces import DIRECTORY, PIECES, STOCK, Piece
from crisis_plan.pilotage.crisis_pack.reading import Reading
from crisis_plan.pilotage.crisis_pack.rules import USUAL_SHEETS, file_name, last_number
from crisis_plan.publication import queries as publications
from crisis_plan.publication.rules import FileKind
from crisis_plan.web.downloads import csv_content
from crisis_plan.web.formats import long_date

CARDS_RANK, LOG_RANK, PLAN_RANK = 4, 10, 14
CARDS_FOLDER = "fiches-actions"


@dataclass(frozen=True)
class PackFile:
    """One file: what its link says, where it is in the folder."""

    label: str
    path: str
    content: bytes


@dataclass(frozen=True)
class Subject:
    """A paper in all its forms, or several that are wanted together."""

    rank: int
    title: str
    what: str
    files: tuple[PackFile, ...]


@dataclass(frozen=True)
class Log:
    """The blank sheets of the logbook that the pack carries: for the crisis of this title, from its next number on."""

    title: str = ""
    first: int = 1
    sheets: int = USUAL_SHEETS
    watermark: str = ""


def subjects(reading: Reading, log: Log) -> list[Subject]:
    """Everything that there is today, in the order of the folder."""
    found = [_of_piece(piece, reading) for piece in PIECES]
    found += [*_cards(reading), _log(reading, log), *_plan(reading)]
    return sorted(found, key=lambda one: one.rank)


def _of_piece(piece: Piece, reading: Reading) -> Subject:
    chapters = piece.chapters(reading)
    paper = PackFile("PDF", _path(piece.stem, reading, "pdf"), piece.pdf(reading, chapters))
    others = (paper, *_also(piece, reading))
    beside = tuple((one.label, one.path) for one in others)
    page = pages.document(reading, piece.title, chapters, other_forms=beside)
    return Subject(
        piece.rank, piece.title, piece.what, (PackFile("Page", _path(piece.stem, reading, "html"), page), *others)
    )


def _also(piece: Piece, reading: Reading) -> Iterator[PackFile]:
    """What some papers are also given as."""
    if piece is DIRECTORY:
        rows = csv_content(export.HEADINGS, map(export.row, reading.contacts))
        yield PackFile("Tableau pour Excel", _path(piece.stem, reading, "csv"), rows)
        cards = "".join(map(vcard, reading.contacts)).encode()
        yield PackFile("Contacts pour un téléphone", _path(piece.stem, reading, "vcf"), cards)
    if piece is STOCK:
        yield from _stock_papers(reading)


def _stock_papers(reading: Reading) -> Iterator[PackFile]:
    cpts, today = reading.cpts, reading.today
    held, others = stock.held_items(cpts, today), means_queries.other_means(cpts)
    state = state_paper.state(cpts, held, others, today)
    yield PackFile("État du stock", _path("06-etat-du-stock", reading, "pdf"), state)
    batches = place_queries.batches_to_count(cpts)
    sheet = stock_papers.count_sheet(cpts, batches, today, shows_expected=True)
    yield PackFile("Feuille de comptage", _path("06-feuille-de-comptage", reading, "pdf"), sheet)


def _cards(reading: Reading) -> Iterator[Subject]:
    """The booklet, a sheet a card, then each card as a page; nothing while there is no card."""
    cpts, today = reading.cpts, reading.today
    chapters = responses.pages(cpts, today)
    if not chapters:
        return
    booklet = _path(f"{CARDS_RANK:02d}-fiches-actions", reading, "pdf")
    content = card_papers.booklet(cpts, chapters, Edition.RESTRICTED, today=today)
    files = [PackFile("Livret PDF, une feuille par fiche", booklet, content)]
    for number, chapter in enumerate(chapters, start=1):
        path = f"{CARDS_FOLDER}/{_path(f'fiche-action-{number}', reading, 'html')}"
        page = pages.card(reading, number, chapter, booklet=booklet)
        files.append(PackFile(f"{number}. {chapter.title}", path, page))
    yield Subject(CARDS_RANK, "Fiches actions", "Une page par fiche, à sortir ou à afficher.", tuple(files))


def _log(reading: Reading, log: Log) -> Subject:
    content = log_sheets.blank_sheets(
        reading.cpts,
        title=log.title,
        first=log.first,
        sheets=log.sheets,
        day=reading.today,
        watermark=log.watermark,
    )
    numbers = f"lignes {log.first} à {last_number(log.first, log.sheets)}"
    what = f"Feuilles à écrire à la main, {numbers}\u00a0: quand l’application ne répond plus."
    path = _path(f"{LOG_RANK}-feuilles-de-journal", reading, "pdf")
    return Subject(LOG_RANK, "Feuilles de journal", what, (PackFile("PDF", path, content),))


def _plan(reading: Reading) -> Iterator[Subject]:
    """The exact bytes of the version in force; nothing before the first one."""
    version = publications.current(reading.cpts)
    if version is None:
        return
    content = publications.file_or_404(version, FileKind.RESTRICTED).content
    path = f"{PLAN_RANK}-{version.file_name(FileKind.RESTRICTED)}"
    what = f"{version.name} du {long_date(version.dated_on)}, telle qu’elle est publiée."
    yield Subject(PLAN_RANK, "Plan publié", what, (PackFile("PDF", path, content),))


def absent(found: Iterable[Subject]) -> tuple[str, ...]:
    """What a complete pack would hold besides, as French sentences."""
    ranks = {one.rank for one in found}
    sentences = {
        CARDS_RANK: "Aucune fiche action n’est encore écrite.",
        PLAN_RANK: "Aucune version du plan n’est encore publiée.",
    }
    return tuple(sentence for rank, sentence in sentences.items() if rank not in ranks)


def _path(stem: str, reading: Reading, ending: str) -> str:
    return file_name(stem, reading.cpts.slug, reading.today, ending)
