"""The register of circulation, printed: who received a version, and what proves it. It is evidence for the CPAM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from crisis_plan import clock
from crisis_plan.anticipation.directory.retention import evidence_kept_until
from crisis_plan.distribution import export, queries
from crisis_plan.distribution.listing import Line, Register
from crisis_plan.distribution.models import DeliveryDocument
from crisis_plan.distribution.proofs import handings
from crisis_plan.distribution.rules import Circulated, Group
from crisis_plan.distribution.sentences import not_given, standing_of
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Chapter,
    Column,
    Document,
    Edition,
    Fact,
    Facts,
    Notice,
    Paragraph,
    Part,
    Row,
    Table,
    Tone,
    plain,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from crisis_plan.web.formats import counted, file_size, long_date, moment, number, short_date

TITLE = "Registre de diffusion"
SUMMARY = (
    Column("Groupe", 1.6),
    Column("Destinataires", 1, numeric=True),
    Column("Envoyé ou remis", 1, numeric=True),
    Column("Ouvert", 0.8, numeric=True),
    Column("Accusé de réception", 1, numeric=True),
    Column("Premier envoi", 1),
)
COLUMNS = (
    Column("Destinataire", 1.9),
    Column("Édition", 0.9),
    Column("Comment", 1.5),
    Column("Parti ou remis", 1.4),
    Column("Preuve de la remise", 1.2),
    Column("Ouvert", 1.1),
    Column("Accusé de réception", 1.5),
    Column("Inscrit par", 1.1),
)
ALL_GIVEN = "Elle a été envoyée ou remise à tous\u00a0: l’ARS, les caisses, les adhérents et les partenaires."
HOW_IT_IS_PROVED = (
    "«\u00a0Parti\u00a0»\u00a0: le serveur de courriel a pris le message. «\u00a0Ouvert\u00a0»\u00a0: le destinataire a pressé le bouton de "
    "téléchargement de son lien personnel. «\u00a0Accusé de réception\u00a0»\u00a0: il l’a dit, sous le nom qu’il a écrit."
)


def register_pdf(cpts: Cpts, publication: Publication, now: datetime) -> bytes:
    """The register of one version: what is missing first, then each recipient by group."""
    return leaflet.render(register_document(cpts, publication, now), Edition.RESTRICTED)


def register_document(cpts: Cpts, publication: Publication, now: datetime) -> Document:
    """The same, as blocks: names of recipients, and no private e-mail or telephone."""
    found = queries.whole_register(cpts, publication, now)
    named = f"{TITLE}, {publication.name.lower()}"
    blocks = (*_summary(cpts, publication, found, now), *_recipients(cpts, found), *_sheets(cpts, found))
    return Document(
        title=TITLE,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=named,
        dated_on=clock.local(now, cpts).date(),
        status=f"Version datée du {long_date(publication.dated_on)}",
        author="",
        cover=Facts(()),
        chapters=(Chapter("registre", named, blocks, Part.ANNEX),),
        address="",
    )


def file_name(publication: Publication, extension: str) -> str:
    """« registre-diffusion_cpts_v2.pdf »."""
    return f"registre-diffusion_{publication.cpts.slug}_v{publication.number}.{extension}"


def _summary(cpts: Cpts, publication: Publication, found: Register, now: datetime) -> Iterator[Block]:
    lacking = not_given(standing_of(publication, found, now))
    if lacking:
        items = tuple((Paragraph(plain(one)),) for one in lacking)
        yield Notice(plain("Il manque encore à cette diffusion\u00a0:"), Tone.WARNING, title="Ce qui manque")
        yield BulletList(items)
    else:
        yield Notice(plain(ALL_GIVEN), title="Complet")
    facts = [Fact("Version", f"{publication.name}, datée du {long_date(publication.dated_on)}")]
    facts.append(Fact("Registre arrêté", f"le {moment(now, cpts)}"))
    if kept_until := evidence_kept_until(cpts.contract_signed_on):
        facts.append(Fact("Preuve gardée jusqu’au", long_date(kept_until)))
    yield Facts(tuple(facts))
    rows = tuple(
        _group_row(group, one) for group, one in found.circulation.items() if one.recipients or group in found.required
    )
    yield Table("Par groupe", SUMMARY, rows)
    yield Paragraph(plain(HOW_IT_IS_PROVED))


def _group_row(group: Group, one: Circulated) -> Row:
    figures = (one.recipients, one.given, one.opened, one.acknowledged)
    return Row((group.label, *map(number, figures), short_date(one.first_on)), key=group.value)


def _recipients(cpts: Cpts, found: Register) -> Iterator[Block]:
    pieces = {document.id: rank for rank, (document, _people) in enumerate(found.sheets, start=1)}
    for group in Group:
        lines = [one for one in found.lines if one.group is group]
        if lines:
            caption = f"{group.label}\u00a0: {counted(len(lines), 'destinataire')}"
            yield Table(caption, COLUMNS, tuple(_row(cpts, one, pieces) for one in lines))


def _row(cpts: Cpts, line: Line, pieces: Mapping[UUID, int]) -> Row:
    trace, delivery = line.trace, line.delivery
    left = (
        f"Parti le {moment(trace.left_at, cpts)}" if trace.left_at else "",
        f"Remis le {short_date(trace.handed_on)}" if trace.handed_on else "",
        "" if trace.is_given else line.state.label,
        f"Lien retiré le {moment(delivery.revoked_at, cpts)}" if delivery and delivery.revoked_at else "",
        *export.withdrawn(line),
    )
    acknowledged = (
        moment(trace.acknowledged_at, cpts),
        f"par {trace.acknowledged_by}" if trace.acknowledged_by else "",
    )
    return Row(
        (
            _lines((line.name, line.organisation)),
            line.edition.label.removeprefix("Édition ").capitalize(),
            _lines(export.channels(line)),
            _lines(left),
            _lines(_proofs(line, pieces)),
            _lines(export.opened(line, cpts)),
            _lines(acknowledged),
            delivery.created_by_name if delivery else "",
        ),
        key=str(delivery.id if delivery else line.name),
    )


def _proofs(line: Line, pieces: Mapping[UUID, int]) -> list[str]:
    """Of each handing, the number of the sheet or receipt; without one, who declared it."""
    handed = handings(line.delivery.events if line.delivery else [])
    said = (f"pièce {pieces[one.document_id]}" if one.document_id else f"déclaré par {one.by_name}" for one in handed)
    return list(dict.fromkeys(said))


def _sheets(cpts: Cpts, found: Register) -> Iterator[Block]:
    """The attendance sheets and receipts, each told apart from any other by its digest."""
    if kept := found.sheets:
        columns = (Column("Document", 2), Column("Pour", 1.2), Column("Déposé", 1.4), Column("Empreinte SHA-256", 3))
        yield Table("Feuilles de présence et reçus", columns, tuple(_sheet_rows(cpts, kept)))


def _sheet_rows(cpts: Cpts, kept: Iterable[tuple[DeliveryDocument, int]]) -> Iterator[Row]:
    for rank, (document, people) in enumerate(kept, start=1):
        named = f"Pièce {rank}\n{document.file_name}\n{file_size(document.size)}"
        cells = (named, counted(people, "remise"), moment(document.added_at, cpts), document.sha256)
        yield Row(cells, key=str(document.id))


def _lines(said: Sequence[str]) -> str:
    return "\n".join(one for one in said if one)
