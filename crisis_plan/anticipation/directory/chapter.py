"""The directory, as the plan prints it: a summary in its theme, everyone in an annex."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from crisis_plan.anticipation.directory import headcounts, queries
from crisis_plan.anticipation.directory.headcounts import Headcount
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.overview import Overview
from crisis_plan.anticipation.directory.queries import Filters
from crisis_plan.anticipation.directory.rules import PEOPLE, ContactKind
from crisis_plan.document.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Row,
    Span,
    Table,
    plain,
)
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted, long_date, number, short_date, telephone

COLUMNS = (
    Column("Nom", 1.7),
    Column("Profession ou fonction", 1.7),
    Column("Commune", 1.2),
    Column("Téléphones", 1.3),
    Column("Courriel", 1.9),
    Column("Vérifié le", 0.9, passing=True),
)
ANNEX_ORDER = (
    ContactKind.INSTITUTION,
    ContactKind.PARTNER,
    ContactKind.ESTABLISHMENT,
    ContactKind.ADHERENT,
    ContactKind.PROFESSIONAL,
)
SERVICES = (ContactKind.INSTITUTION, ContactKind.ESTABLISHMENT)
UNSAID, STRUCTURES = "Profession non précisée", "Structures"
COMMUNE_COLUMNS = (
    Column("Commune", 2),
    Column("Professionnels, adhérents compris", 3, drawn=True),
    Column("dont adhérents", numeric=True),
)
COMMUNES_SHOWN = 40
"""Beyond, a bar chart is a directory: the others are counted together."""


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """How many contacts of each kind, how fresh they are, and the services that everyone needs at hand."""
    known = queries.overview(cpts, today)
    services = [one for kind in SERVICES for one in queries.contacts(cpts, Filters(kind=kind))]
    return (
        Facts(_counts(known, today)),
        Table(
            "Institutions et établissements",
            COLUMNS,
            _rows(services),
            empty="Aucune institution ni aucun établissement dans l’annuaire.",
        ),
        *_counted_heads(cpts),
    )


def _counted_heads(cpts: Cpts) -> tuple[Block, ...]:
    """Where people practise, drawn with its figures; the territory's chapter counts them by profession."""
    communes = headcounts.by_commune(cpts)
    if not communes:
        return ()
    shown, others = communes[:COMMUNES_SHOWN], communes[COMMUNES_SHOWN:]
    also = f" Les {len(others)} autres communes ne sont pas dessinées." if others else ""
    return (
        Table("Professionnels par commune d’exercice", COMMUNE_COLUMNS, tuple(map(_head_row, shown))),
        Paragraph(plain(f"Qui exerce dans deux communes est compté dans chacune.{also}")),
    )


def _head_row(one: Headcount) -> Row:
    return Row((one.heading, number(one.people), number(one.adherents)))


def annex(cpts: Cpts, today: date) -> Chapter:
    """Every contact: by kind, then by profession or category, then by name."""
    by_kind: dict[ContactKind, list[Contact]] = {kind: [] for kind in ANNEX_ORDER}
    for contact in queries.contacts(cpts):
        by_kind[contact.kind].append(contact)
    blocks: list[Block] = [Facts((Fact("Annuaire au", long_date(today), passing=True),))]
    for kind, contacts in by_kind.items():
        if contacts:
            blocks += [Heading(kind.plural, 2, anchor=f"annexe-annuaire-{kind.value}"), *_tables(kind, contacts)]
    if len(blocks) == 1:
        blocks.append(Paragraph(plain("L’annuaire ne contient encore aucun contact.")))
    return Chapter("annexe-annuaire", "Annuaire", tuple(blocks), Part.ANNEX)


def _counts(known: Overview, today: date) -> tuple[Fact, ...]:
    members = known.by_kind[ContactKind.ADHERENT]
    others = [kind for kind in ContactKind if kind is not ContactKind.ADHERENT]
    share = f"{known.verified_share}\u00a0% ({number(known.verified)} sur {number(known.total)})"
    return (
        Fact("Adhérents de l’association", counted(members, "adhérent")),
        *(Fact(kind.plural, number(known.by_kind[kind])) for kind in others),
        Fact("Contacts vérifiés depuis moins de 12 mois", share if known.total else "aucun contact", passing=True),
    )


def _tables(kind: ContactKind, contacts: Iterable[Contact]) -> Iterable[Block]:
    """A table a profession; services of one kind are few, and stay in one."""
    if kind not in PEOPLE:
        yield Table(kind.plural, COLUMNS, _rows(contacts))
        return
    by_profession: dict[str, list[Contact]] = {}
    for contact in contacts:
        by_profession.setdefault(STRUCTURES if contact.is_service else contact.profession or UNSAID, []).append(contact)
    for profession in sorted(by_profession, key=lambda said: (said in (STRUCTURES, UNSAID), folded(said))):
        yield Table(f"{kind.plural} – {profession}", COLUMNS, _rows(by_profession[profession]))


def _rows(contacts: Iterable[Contact]) -> tuple[Row, ...]:
    return tuple(
        Row(
            (
                contact.name,
                contact.what,
                ", ".join(dict.fromkeys(place.commune for place in contact.places if place.commune)),
                _cell([(telephone(phone.number), phone.is_private) for phone in contact.phones]),
                _cell([(email.address, email.is_private) for email in contact.emails]),
                short_date(contact.verified_on) or "jamais",
            ),
            key=str(contact.id),
        )
        for contact in contacts
    )


def _cell(items: Sequence[tuple[str, bool]]) -> Cell:
    """A plain string; with private items, spans that the public edition leaves out, their comma with them."""
    public = ", ".join(text for text, is_private in items if not is_private)
    private = ", ".join(text for text, is_private in items if is_private)
    if not private:
        return public
    if not public:
        return plain(private, restricted=True)
    return (Span(public), Span(f", {private}", restricted=True))
