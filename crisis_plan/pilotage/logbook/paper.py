"""The logbook on paper and as a spreadsheet: everything in its order, the last number and seal on each page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document.blocks import (
    Block,
    Chapter,
    Column,
    Document,
    Fact,
    Facts,
    Notice,
    Paragraph,
    Part,
    Row,
    Table,
    plain,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import paper
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.wording import between_whom, sentences, witness
from crisis_plan.web.formats import counted, moment

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry

COLUMNS = (
    Column("N°", 0.5, numeric=True),
    Column("Fait à", 1.0),
    Column("Noté à", 1.0),
    Column("Nature", 1.2),
    Column("De, à", 1.2),
    Column("Ce qui est noté", 4.0),
    Column("Par", 1.1),
)
HEADINGS = (
    "Partie", "Numéro", "Fait le", "Noté le", "Heure de l’appareil", "Nature", "De", "À", "Canal", "Texte", "Mot pour mot",
    "Analyse", "Options", "Raison", "Ce que l’on savait", "Décidé par", "Saisie tardive", "Corrige", "Pièces", "Par", "Sceau",
)  # fmt: skip
HOW_TO_CHECK = (
    "Chaque entrée porte un sceau calculé sur ce qu’elle dit et sur le sceau de la précédente\u00a0: rien ne peut être "
    "changé, ajouté ni retiré sans que la suite ne le montre. Le sceau imprimé au bas des pages, et celui qui a été "
    "envoyé à la clôture, permettent à un tiers de le vérifier."
)
NOBODY_NAMED = "Ce journal ne doit nommer aucun patient\u00a0: des nombres, jamais des noms."


def logbook_paper(
    cpts: Cpts, crisis: Crisis, entries: Sequence[LogbookEntry], annex: Sequence[LogbookEntry], *, at: datetime
) -> Document:
    """The whole log, oldest first, as it stands."""
    last = entries[-1] if entries else None
    chapters = [
        Chapter("journal", f"Journal de bord\u00a0: {crisis.name}", tuple(_first_page(cpts, crisis, entries, annex))),
        Chapter("entrees", "Entrées", (entries_table(cpts, entries),), Part.ANNEX),
    ]
    if annex:
        chapters.append(Chapter("annexe", "Arrivé après la clôture", (entries_table(cpts, annex),), Part.ANNEX))
    return paper.document(
        cpts,
        crisis,
        tuple(chapters),
        at=at,
        title="Journal de bord",
        author=crisis.opened_by_name,
        witness=witness(last),
    )


def _first_page(
    cpts: Cpts, crisis: Crisis, entries: Sequence[LogbookEntry], annex: Sequence[LogbookEntry]
) -> Iterable[Block]:
    yield Facts(
        (
            Fact("Titre", crisis.title),
            Fact("Type de crise", crisis.crisis_type.label),
            Fact("Ouvert", f"{moment(crisis.opened_at, cpts)} par {crisis.opened_by_name}"),
            Fact("Niveau", crisis.level_name),
            Fact("Levée", moment(crisis.stood_down_at, cpts) or "pas encore"),
            Fact("Clôture", moment(crisis.closed_at, cpts) or "pas encore"),
            Fact("Entrées", counted(len(entries), "entrée")),
            Fact("Arrivées après la clôture", counted(len(annex), "entrée")),
            Fact("Dernier sceau", entries[-1].seal if entries else "aucun"),
            *((Fact("Sceau de l’annexe", annex[-1].seal),) if annex else ()),
            Fact("Heures", f"Celles du fuseau de la CPTS ({cpts.time_zone}), sur 24 heures."),
        )
    )
    if crisis.is_open:
        yield Notice(plain("Ce journal n’est pas clos\u00a0: d’autres entrées peuvent suivre."))
    yield Paragraph(plain(HOW_TO_CHECK))
    yield Paragraph(plain(NOBODY_NAMED))


def entries_table(cpts: Cpts, entries: Sequence[LogbookEntry]) -> Table:
    """These entries as the log prints them, each with the one of them that corrects it."""
    corrected = {entry.corrects: entry.number for entry in entries if entry.corrects}
    rows = (
        Row(
            (
                str(entry.number),
                _hour(entry.happened_at, cpts),
                _entered(entry, cpts),
                entry.kind.label,
                between_whom(entry),
                "\n".join(sentences(entry, corrected.get(entry.number))),
                entry.author_name,
            ),
            key=f"{entry.part}-{entry.number}",
        )
        for entry in entries
    )
    return Table("", COLUMNS, tuple(rows), empty="Rien n’a été noté.")


def _hour(at: datetime, cpts: Cpts) -> str:
    return f"{clock.local(at, cpts):%d/%m/%y %H:%M}"


def _entered(entry: LogbookEntry, cpts: Cpts) -> str:
    entered = _hour(entry.entered_at, cpts)
    return f"{entered}\nappareil {_hour(entry.device_at, cpts)}" if entry.device_at else entered


def spreadsheet(cpts: Cpts, entries: Iterable[LogbookEntry]) -> Iterable[tuple[object, ...]]:
    """A line an entry, in its order."""
    for entry in entries:
        said = entry.said
        yield (
            "Journal" if entry.part == "main" else "Annexe",
            entry.number,
            *(f"{clock.local(at, cpts):%d/%m/%Y %H:%M:%S}" if at else "" for at in _times(entry)),
            entry.kind.label,
            said.origin,
            said.recipient,
            said.channel,
            "\n".join(sentences(entry)) if entry.is_erased else said.text,
            said.quote,
            said.analysis,
            said.options,
            said.reason,
            said.known,
            said.decided_by,
            said.late_reason,
            entry.corrects or "",
            "\n".join(f"{one['file_name']} sha256 {one['sha256']}" for one in said.attachments),
            entry.author_name,
            entry.seal,
        )


def _times(entry: LogbookEntry) -> tuple[datetime | None, ...]:
    return entry.happened_at, entry.entered_at, entry.device_at
