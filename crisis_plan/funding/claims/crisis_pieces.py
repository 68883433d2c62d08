"""What proves a recognised crisis and the plan put to work in it. Source: domain, sections 5 and 10."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Edition
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.evaluation.room import printing
from crisis_plan.funding.claims.pieces import Found, Gap, Piece, together
from crisis_plan.funding.claims.plan_pieces import PDF, plan_of_the_crisis
from crisis_plan.funding.lines import Need
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.paper import logbook_paper
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.mobilisation.board import Board, board
from crisis_plan.pilotage.mobilisation.paper import mobilisation_paper
from crisis_plan.pilotage.mobilisation.queries import PlayedNotReal
from crisis_plan.pilotage.situation_reports import queries as reports
from crisis_plan.publication import queries as publication
from crisis_plan.web.attachments import EXTENSIONS

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief
    from crisis_plan.pilotage.crises.models import Crisis
    from crisis_plan.pilotage.facts.models import CrisisFact

ACTS = {
    FactKind.RECOGNITION: (Need.RECOGNITION, "Reconnaissance de la crise"),
    FactKind.ORSAN: (Need.APPLIED, "Déclenchement ORSAN"),
    FactKind.REQUEST: (Need.APPLIED, "Demande faite à la CPTS"),
}


def of_crisis(cpts: Cpts, crisis: Crisis, now: datetime) -> Found:
    """Recognition, plan, logbook, points, counts and debrief. Raises `PlayedNotReal` for an exercise."""
    if crisis.is_exercise:
        raise PlayedNotReal
    version = publication.with_id(cpts, crisis.publication_id) if crisis.publication_id else None
    return together(
        (
            _acts(crisis),
            plan_of_the_crisis(version) if version else Found(),
            _log(cpts, crisis, now),
            Found(tuple(_situation_reports(crisis))),
            _counted(cpts, crisis, now),
            _debrief(cpts, crisis),
        )
    )


def _acts(crisis: Crisis) -> Found:
    """What the authorities did, by the documents that were joined when it was recorded."""
    pieces: list[Piece] = []
    gaps: list[Gap] = []
    for one in facts.strip(crisis):
        need, label = ACTS[one.kind]
        holders = {holder.id: holder for said in one.stands if (holder := one.acts.get(said.id))}
        pieces += [piece for holder in holders.values() for piece in _documents(crisis, holder, need, label)]
        if one.kind is FactKind.RECOGNITION and not holders:
            sentence = "Aucun document n’est joint à la reconnaissance de la crise."
            values = {"crisis_id": crisis.id}
            gaps.append(Gap(need, sentence, "Ouvrir les faits datés de la crise", "cpts.facts.index", values))
    return Found(tuple(pieces), tuple(gaps))


def _documents(crisis: Crisis, fact: CrisisFact, need: Need, label: str) -> Iterator[Piece]:
    """The documents of the entry that recorded a fact; their names and hashes are sealed with it."""
    entry = fact.entry
    for position, document in enumerate(entry.said.attachments, start=1):
        stem = str(document["file_name"]).rpartition(".")[0]
        yield Piece(
            key=f"acte-{document['id']}",
            need=need,
            label=f"{label}, {fact.body}, {stem}",
            extension=EXTENSIONS.get(str(document["media_type"]), "bin"),
            mark=str(document["sha256"]),
            read=_document(crisis, entry.number, entry.part, position),
        )


def _document(crisis: Crisis, number: int, part: Part, position: int) -> Callable[[], bytes]:
    return lambda: logbook.document_or_404(crisis, number, part, position).content


def _log(cpts: Cpts, crisis: Crisis, now: datetime) -> Found:
    """The whole logbook with its annex, the last seal on each page."""
    last, late = logbook.last(crisis), logbook.last(crisis, Part.ANNEX)

    def printed() -> bytes:
        entries, annex = logbook.whole(crisis, Part.MAIN), logbook.whole(crisis, Part.ANNEX)
        return leaflet.render(logbook_paper(cpts, crisis, entries, annex, at=now), Edition.RESTRICTED)

    mark = " ".join(one.seal for one in (last, late) if one)
    piece = Piece("journal", Need.APPLIED, f"Journal de bord, {crisis.name}", PDF, mark, printed)
    gaps = (
        ()
        if crisis.closed_at
        else (
            Gap(
                Need.APPLIED,
                "Le journal de bord n’est pas clos\u00a0: d’autres entrées peuvent suivre.",
                "Ouvrir la clôture",
                "cpts.closing.show",
                {"crisis_id": crisis.id},
            ),
        )
    )
    return Found((piece,), gaps)


def _situation_reports(crisis: Crisis) -> Iterator[Piece]:
    """The points as they were issued, the first one first; one that an order erased is left out."""
    first = reports.page_of_issued(crisis, 1)
    others = [reports.page_of_issued(crisis, page) for page in range(2, first.count + 1)]
    issued = [one for page in (first, *others) for one in page.items]
    for one in reversed(issued):
        if one.number and one.pdf_sha256:
            yield Piece(f"point-{one.number}", Need.APPLIED, one.name, PDF, one.pdf_sha256, _point(crisis, one.number))


def _point(crisis: Crisis, number: int) -> Callable[[], bytes]:
    return lambda: reports.printed_or_404(crisis, number).pdf or b""


def _counted(cpts: Cpts, crisis: Crisis, now: datetime) -> Found:
    """Professionals and actions, line by line, with the hours by profession."""
    counted = board(crisis, now)
    gaps = [
        Gap(need, sentence, "Compléter les temps et les actions", "cpts.mobilisation.index", {"crisis_id": crisis.id})
        for need, count, sentence in (
            (Need.PROFESSIONALS, counted.totals.professionals, "Aucun professionnel mobilisé n’est noté."),
            (Need.ACTIONS, counted.totals.actions, "Aucune action du plan n’est notée comme menée."),
        )
        if not count
    ]
    totals = counted.totals
    if not totals.professionals and not totals.actions:
        return Found(gaps=tuple(gaps))
    piece = Piece(
        "professionnels-et-actions",
        Need.PROFESSIONALS,
        "Professionnels et actions, un par ligne",
        PDF,
        f"{totals.professionals} {totals.actions} {totals.minutes}",
        lambda: leaflet.render(mobilisation_paper(cpts, counted, logbook.last(crisis), at=now), Edition.RESTRICTED),
        also=(Need.ACTIONS,),
    )
    return Found((piece,), tuple(gaps), _doubts(counted))


def _doubts(counted: Board) -> tuple[str, ...]:
    """What the counts leave to look at again: said, not hidden."""
    return tuple(one.text for one in counted.doubts)


def _debrief(cpts: Cpts, crisis: Crisis) -> Found:
    """The validated debrief and its addenda."""
    debrief = debriefs.of_crisis(cpts, crisis.id)
    if debrief is None:
        sentence = "Le bilan n’est pas ouvert\u00a0: il s’ouvre à la clôture du journal."
        gap = Gap(Need.DEBRIEF, sentence, "Ouvrir la clôture", "cpts.closing.show", {"crisis_id": crisis.id})
        return Found(gaps=(gap,))
    if not debrief.is_validated:
        values = {"debrief_id": debrief.id}
        gap = Gap(Need.DEBRIEF, "Le bilan n’est pas validé.", "Ouvrir le bilan", "cpts.debriefs.show", values)
        return Found(gaps=(gap,))
    pieces = [_printed(debrief, 0, "Bilan de la crise", debrief.content_sha256)]
    pieces += [
        _printed(debrief, one.number, f"Additif n° {one.number} au bilan", str(one.id)) for one in debrief.addenda
    ]
    return Found(tuple(pieces))


def _printed(debrief: Debrief, addendum: int, label: str, mark: str) -> Piece:
    """Its restricted edition as it was stored; nothing once an order erased it, which the file then says."""

    def read() -> bytes:
        stored = printing.stored(debrief, Edition.RESTRICTED, addendum=addendum)
        return stored.content or b"" if stored else b""

    return Piece(f"bilan-{addendum}", Need.DEBRIEF, label, PDF, mark, read)
