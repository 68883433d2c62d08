"""A list of three asks the database as often as a list of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask, current_app

from crisis_plan import clock
from crisis_plan.access import invitations
from crisis_plan.access.models import Account, Membership
from crisis_plan.access.policy import Role
from crisis_plan.adaptation.arrangements.models import Arrangement
from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.adaptation.places import operations as places
from crisis_plan.adaptation.places.descriptions import PlaceDescription
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.risks import operations as risks
from crisis_plan.adaptation.risks.descriptions import RiskDescription
from crisis_plan.adaptation.risks.rules import Likelihood, Severity
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock import means_operations as means
from crisis_plan.anticipation.stock.kinds import MeansKind, MovementKind
from crisis_plan.anticipation.stock.means_operations import MeansDescription
from crisis_plan.anticipation.stock.models import StockBatch, StockItem, StockMovement
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts, InstitutionKind
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.plan.models import Section
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.publication.rules import FileKind, PublicationKind
from tests.anticipation.campaigns import factories as campaigns
from tests.anticipation.exercises import factories as exercises
from tests.browser import Browser
from tests.crawl import visit
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory, InstitutionFactory, member, reader
from tests.opinions import factories as opinions
from tests.orsan import factories as orsan
from tests.pilotage.calls import factories as calls
from tests.statements import most_statements


@dataclass(frozen=True)
class Row:
    """Where the n-th row of a list is added, and by whom."""

    cpts: Cpts
    by: Account
    number: int


def contact(row: Row) -> None:
    ContactFactory(cpts_id=row.cpts.id)


def stock_item(row: Row) -> None:
    item = StockItem(
        cpts_id=row.cpts.id,
        name=f"Article {row.number}",
        folded_name=f"article {row.number}",
        created_at=NOON,
        updated_at=NOON,
    )
    item.batches = [StockBatch(position=n, expires_on=TODAY + timedelta(days=30 * n)) for n in range(2)]
    for batch in item.batches:
        opening = StockMovement(kind=MovementKind.OPENING, change=5, happened_on=TODAY, recorded_at=NOON)
        batch.movements = [opening]
    db.session.add(item)


def referent_duty(row: Row) -> None:
    """One is on duty today, the others were before."""
    day = TODAY - timedelta(days=100 * row.number)
    held_by = ContactFactory(cpts_id=row.cpts.id)
    db.session.add(
        ReferentDuty(
            cpts_id=row.cpts.id,
            contact=held_by,
            rank=Rank.TITULAR,
            starts_on=day - timedelta(days=99),
            ends_on=day,
            created_at=NOON,
        )
    )


def cell_function(row: Row) -> None:
    function = CellFunction(cpts_id=row.cpts.id, position=row.number, name=f"Fonction {row.number}")
    since = TODAY - timedelta(days=30)
    function.duties = [
        CellDuty(contact=ContactFactory(cpts_id=row.cpts.id), rank=rank, starts_on=since, created_at=NOON)
        for rank in Rank
    ]
    db.session.add(function)


def account_and_invitation(row: Row) -> None:
    member(row.cpts, Role.ADHERENT)
    email = f"invite{row.number}@exemple.fr"
    invitations.invite(email=email, name="Invitée", role=Role.ADHERENT, cpts=row.cpts, by=row.by, at=NOON)


def section(row: Row) -> None:
    keys = ("territoire", "alerte", "journal")  # where a text leaves nothing to ask of the data, less is asked
    author = AccountFactory()
    db.session.add(
        Section(cpts_id=row.cpts.id, key=keys[row.number], text="Un texte.", edited_at=NOON, edited_by_id=author.id)
    )


def version(row: Row) -> None:
    published = Publication(
        cpts_id=row.cpts.id,
        kind=PublicationKind.PUBLISHED,
        number=row.number + 1,
        dated_on=TODAY,
        published_at=NOON,
        author=AccountFactory(),
        author_name="Claire Vidal",
    )
    published.files = [
        PublicationFile(kind=kind, content=b"%PDF", sha256="0" * 64, size=4)
        for kind in (FileKind.RESTRICTED, FileKind.PUBLIC)
    ]
    db.session.add(published)


def cpts_of_the_region(row: Row) -> None:
    """Another CPTS, with someone to call, a version and a first referent."""
    other = CptsFactory()
    member(other, Role.REFERENT)
    there = Row(other, row.by, 0)
    referent_duty(there)
    version(there)


def institution(row: Row) -> None:
    InstitutionFactory(name=f"Institution {row.number}")


def place(row: Row) -> None:
    """One more CPTS that the same person works for."""
    db.session.add(Membership(account_id=row.by.id, cpts_id=CptsFactory().id, role=Role.COORDINATOR, added_at=NOON))


def twins(row: Row) -> None:
    """Two lines of one person."""
    for _ in range(2):
        ContactFactory(cpts_id=row.cpts.id, family_name=f"Jumeau{row.number}", phones=[])


def campaign(row: Row) -> None:
    ContactFactory(cpts_id=row.cpts.id)
    campaigns.launched(current_app, row.cpts, by=row.by)


def other_means(row: Row) -> None:
    keeper = ContactFactory(cpts_id=row.cpts.id)
    described = MeansDescription(MeansKind.VEHICLE, f"Véhicule {row.number}", contact_id=keeper.id)
    means.add_means(row.cpts, described, by=row.by, at=NOON)


def place_to_open(row: Row) -> None:
    asked = ContactFactory(cpts_id=row.cpts.id)
    described = PlaceDescription(name=f"Gymnase {row.number}", contact_id=asked.id)
    places.add(row.cpts, described, today=TODAY, by=row.by, at=NOON)


def exercise(row: Row) -> None:
    exercises.exercise(row.cpts, f"Exercice {row.number}", clock.today(row.cpts))


def call_list(row: Row) -> None:
    calls.call_list(row.cpts, [calls.person(row.cpts, f"Roux{row.number}")])


def risk(row: Row) -> None:
    described = RiskDescription(f"Risque {row.number}", likelihood=Likelihood.LIKELY, severity=Severity.GRAVE)
    risks.add(row.cpts, described, today=TODAY, by=row.by, at=NOON)


def level(row: Row) -> None:
    db.session.add(
        Level(
            cpts_id=row.cpts.id,
            position=row.number,
            name=f"Niveau {row.number}",
            folded_name=f"niveau {row.number}",
            functions=[CellFunction(cpts_id=row.cpts.id, position=row.number, name=f"Fonction {row.number}")],
            created_at=NOON,
            updated_at=NOON,
        )
    )


def arrangement(row: Row) -> None:
    db.session.add(
        Arrangement(
            cpts_id=row.cpts.id,
            kind=ArrangementKind.NEED,
            position=row.number,
            what=f"Besoin {row.number}",
            function=CellFunction(cpts_id=row.cpts.id, position=row.number, name=f"Fonction {row.number}"),
            created_at=NOON,
            updated_at=NOON,
        )
    )


def card(row: Row) -> None:
    made = ActionCard(
        cpts_id=row.cpts.id, position=row.number, title=f"Fiche {row.number}", created_at=NOON, updated_at=NOON
    )
    made.crisis_types = [CrisisType.ILL.value]
    made.functions = [CellFunction(cpts_id=row.cpts.id, position=row.number, name=f"Fonction {row.number}")]
    db.session.add(made)


def neighbour(row: Row) -> None:
    orsan.neighbour(row.cpts, f"Plan {row.number}")


def opinion(row: Row) -> None:
    opinions.opinion(row.cpts, opinions.version(row.cpts, number=row.number + 1), row.by)


REFERENT, ARS, OPERATOR = "referent", "ars_reader", "operator"
LISTS: dict[str, tuple[str, Callable[[Row], None]]] = {
    "cpts.directory.index": (REFERENT, contact),
    "cpts.stock.index": (REFERENT, stock_item),
    "cpts.referents.index": (REFERENT, referent_duty),
    "cpts.crisis_cell.index": (REFERENT, cell_function),
    "cpts.directory.duplicates": (REFERENT, twins),
    "cpts.campaigns.index": (REFERENT, campaign),
    "cpts.means.index": (REFERENT, other_means),
    "cpts.places.index": (REFERENT, place_to_open),
    "cpts.exercises.index": (REFERENT, exercise),
    "cpts.risks.index": (REFERENT, risk),
    "cpts.levels.index": (REFERENT, level),
    "cpts.arrangements.index": (REFERENT, arrangement),
    "cpts.responses.index": (REFERENT, card),
    "cpts.responses.order": (REFERENT, card),
    "cpts.orsan.show": (REFERENT, neighbour),
    "cpts.neighbours.index": (REFERENT, neighbour),
    "cpts.opinions.index": (REFERENT, opinion),
    "cpts.calls.index": (REFERENT, call_list),
    "cpts.calendars.show": (REFERENT, exercise),
    "cpts.accounts.show": (REFERENT, account_and_invitation),
    "cpts.publication.index": (REFERENT, version),
    "cpts.plan.show": (REFERENT, section),
    "cpts.dashboard.show": (REFERENT, referent_duty),
    "regional.index": (ARS, cpts_of_the_region),
    "regional.as_csv": (ARS, cpts_of_the_region),
    "installation.index": (OPERATOR, cpts_of_the_region),
    "installation.institutions.index": (OPERATOR, institution),
    "home": (REFERENT, place),
}


def person(app: Flask, cpts: Cpts, who: str) -> Browser:
    if who == ARS:
        account = reader(InstitutionKind.ARS)
    elif who == OPERATOR:
        account = AccountFactory(is_operator=True)
    else:
        account = member(cpts, Role.REFERENT)
    db.session.commit()
    return Browser(app, account, cpts)


@pytest.mark.parametrize(("endpoint", "who", "add"), [(name, *one) for name, one in LISTS.items()], ids=LISTS.keys())
def test_a_longer_list_asks_the_database_no_more_often(
    app: Flask, cpts: Cpts, endpoint: str, who: str, add: Callable[[Row], None]
) -> None:
    browser = person(app, cpts, who)
    asked = []
    for numbers in ((0,), (1, 2)):
        with app.test_request_context():
            for number in numbers:
                add(Row(cpts, browser.account, number))
            db.session.commit()
        seen = visit(browser, browser.address(endpoint))
        assert seen.page.status == 200
        asked.append(seen.statements)
    one, three = asked
    assert len(one) == len(three), "\n".join(sorted(set(three) - set(one)) or three)
    assert len(three) <= most_statements(endpoint)
