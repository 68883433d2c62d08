"""A claim on paper: what is asked, how it is computed, what proves it, what is not settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Chapter,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Row,
    Table,
    Text,
    Tone,
    plain,
)
from crisis_plan.funding.amounts import up_to
from crisis_plan.funding.claims.pieces import JOINED, Gap
from crisis_plan.funding.claims.prepared import Prepared
from crisis_plan.funding.lines import FundingLine, Need
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.mobilisation.board import board
from crisis_plan.pilotage.mobilisation.paper import mobilisation_paper
from crisis_plan.web.formats import euros, file_size, moment, short_date

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim

EVIDENCE = "Pièces justificatives"
STEPS = (Column("Calcul", 4), Column("Montant", 1, numeric=True))
PIECES = (Column("N°", 0.4, numeric=True), Column("Pièce", 2.6), Column("Ce qu’elle prouve", 2.2), Column("Fichier et empreinte SHA-256", 4))  # fmt: skip
CEILING = "Ce montant est un plafond («\u00a0jusqu’à\u00a0»)\u00a0: aucun texte trouvé ne dit s’il est payé en entier ou au prorata."
OUR_READING = "Le jour dont le barème s’applique est notre lecture, le texte ne le dit pas."


@dataclass(frozen=True)
class Numbered:
    """A piece as it is in the ZIP: its number, its name there, its bytes' hash."""

    number: int
    need: Need
    label: str
    proves: str
    file_name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Submission:
    """Which revision, by whom, on which day."""

    number: int
    by: str
    role: str


def claim_paper(
    prepared: Prepared,
    submission: Submission,
    pieces: Sequence[Numbered],
    counted: Sequence[Block],
    unread: Sequence[str],
) -> Document:
    """The whole file, frozen. `counted`: people and actions of a crisis; `unread`: pieces that hold nothing any more."""
    claim, cpts = prepared.claim, prepared.claim.cpts
    blocks = (
        *_front(prepared, submission),
        *prepared.basis,
        *_amount(prepared),
        *_doubts(prepared),
        *_note(claim),
        *_evidence(prepared, pieces, unread),
    )
    chapters = [Chapter("demande", f"{named(claim)}, {claim.title}", blocks)]
    if counted:
        chapters.append(Chapter("comptes", "Professionnels et actions, ligne à ligne", tuple(counted), Part.ANNEX))
    return Document(
        title="Demande de financement",
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=f"{named(claim)}, révision {submission.number}",
        dated_on=prepared.today,
        status=f"Déposée le {moment(prepared.now, cpts)} par {submission.by}",
        author=submission.by,
        cover=Facts(()),
        chapters=tuple(chapters),
        address="",
    )


def named(claim: Claim) -> str:
    """« Demande n° 2 »."""
    return f"Demande n°\u00a0{claim.number}"


def counted_blocks(prepared: Prepared) -> tuple[Block, ...]:
    """Of a crisis, the people and the actions one by one, with the hours by profession; nothing for another line."""
    crisis = prepared.claim.crisis
    if prepared.claim.line is not FundingLine.CRISIS or crisis is None:
        return ()
    last = logbook.last(crisis)
    return (
        mobilisation_paper(prepared.claim.cpts, board(crisis, prepared.now), last, at=prepared.now).chapters[0].blocks
    )


def _front(prepared: Prepared, submission: Submission) -> Iterator[Block]:
    claim, cpts = prepared.claim, prepared.claim.cpts
    known = (
        ("CPTS", cpts.legal_name or cpts.name),
        ("SIRET", cpts.siret),
        ("Adresse", cpts.address),
        ("Présidence", cpts.president),
        ("Ligne", f"{claim.line.label} ({claim.line.part.lower()})"),
        ("Année de la mission", str(claim.mission_year) if claim.line is FundingLine.UPDATE else ""),
        ("Montant demandé", up_to(prepared.asked_cents, is_ceiling=prepared.asks_up_to)),
        ("Déposée", f"le {moment(prepared.now, cpts)} par {submission.by} ({submission.role})"),
        ("Réponse attendue de", cpts.cpam_name or "la CPAM"),
    )
    yield Facts(tuple(Fact(label, value) for label, value in known if value))
    if submission.number > 1:
        yield Paragraph(plain(f"Cette révision remplace la révision {submission.number - 1}, qui reste consultable."))


def _amount(prepared: Prepared) -> Iterator[Block]:
    """The computation, line by line, and the set of amounts that it was made with."""
    found = prepared.computation
    if found is None or found.rate_set is None:
        return
    heading = "Calcul du montant"
    yield Heading(heading)
    rows = [Row((step.label, euros(step.cents)), key=str(rank)) for rank, step in enumerate(found.steps)]
    total = "Montant de la ligne, au plus" if found.is_ceiling else "Montant de la ligne"
    rows.append(Row((plain(total, bold=True), plain(euros(found.total_cents), bold=True)), key="total"))
    yield Table(heading, STEPS, tuple(rows))
    rates = found.rate_set
    yield Paragraph(
        plain(
            f"Barème\u00a0: {rates.cited}, en vigueur à partir du {short_date(rates.in_force_from)}. "
            f"{found.rate_day} {OUR_READING}"
        )
    )
    if found.is_ceiling:
        less = f" La CPTS demande {euros(prepared.asked_cents)}." if prepared.asked_cents < found.total_cents else ""
        yield Paragraph(plain(CEILING + less))


def _doubts(prepared: Prepared) -> Iterator[Block]:
    """What no text settles, each in a sentence; what the CPAM answered."""
    if prepared.doubts:
        yield Heading("Ce que les textes ne tranchent pas")
        yield _listed(f"{label}. {sentence}" for label, sentence in prepared.doubts)
    if prepared.answered:
        yield Heading("Ce que la CPAM a répondu")
        yield _listed(prepared.answered)
    if others := [one for one in prepared.notes if one not in prepared.answered]:
        yield Heading("À savoir du montant")
        yield _listed(others)


def _note(claim: Claim) -> Iterator[Block]:
    if claim.note:
        yield Heading("Note de la CPTS")
        yield from (Paragraph(plain(line)) for line in claim.note.split("\n") if line.strip())


def _evidence(prepared: Prepared, pieces: Sequence[Numbered], unread: Sequence[str]) -> Iterator[Block]:
    """The pieces by number; what is missing, named; what is to be known of them."""
    yield Heading(EVIDENCE)
    yield Table(EVIDENCE, PIECES, tuple(map(_row, pieces)), empty="Aucune pièce n’est jointe.")
    proof = prepared.evidence
    if proof.missing:
        yield Notice(_lines(proof.missing), Tone.WARNING, "La CPTS dépose sans ces pièces")
    if proof.to_check:
        yield Notice(_lines(proof.to_check, JOINED), Tone.WARNING, "Pièces jointes à la main par la CPTS, à vérifier")
    if remarks := [*proof.remarks, *(f"La pièce «\u00a0{one}\u00a0» a été effacée sur ordre." for one in unread)]:
        yield Heading("À noter")
        yield _listed(remarks)


def _lines(gaps: Sequence[Gap], *more: str) -> Text:
    return plain("\n".join((*(gap.sentence for gap in gaps), *more)))


def _row(piece: Numbered) -> Row:
    where = f"{piece.file_name} ({file_size(piece.size)})\n{piece.sha256}"
    return Row((str(piece.number), piece.label, piece.proves, where), key=str(piece.number))


def _listed(sentences: Iterator[str] | Sequence[str]) -> BulletList:
    return BulletList(tuple((Paragraph(plain(sentence)),) for sentence in sentences))
