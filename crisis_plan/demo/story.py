"""The story of the fictional CPTS, told through the operations that people use.

Two years ago « Uzège – Pont du Gard » wrote its plan, published it, gave it to everyone and was paid for it; last
spring it read everything again and published its update, which partners are still to be given. The heatwave in between
is claimed. Its neighbour « Vallée du Vidourle » has only begun, and has a month left.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crisis_plan import db
from crisis_plan.anticipation.directory import queries as contacts
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents import operations as referents
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.tenure import Appointment
from crisis_plan.anticipation.stock import operations as stock
from crisis_plan.anticipation.stock import queries as stock_queries
from crisis_plan.anticipation.stock import stock_lines
from crisis_plan.demo.absences import tell_absences
from crisis_plan.demo.arrangements import tell_arrangements
from crisis_plan.demo.calls import tell_calls
from crisis_plan.demo.campaigns import tell_campaigns
from crisis_plan.demo.cards import tell_cards, tell_first_cards
from crisis_plan.demo.claims import tell_claims
from crisis_plan.demo.communication import tell_communication
from crisis_plan.demo.crises import tell_crises, who_acts
from crisis_plan.demo.deadlines import tell_contract
from crisis_plan.demo.debriefs import tell_debriefs, tell_heatwave_debrief, tell_lesson
from crisis_plan.demo.directory import fill_directory, verify
from crisis_plan.demo.distribution import tell_distribution
from crisis_plan.demo.exercises import tell_exercises, tell_first_exercises
from crisis_plan.demo.funding import tell_funding
from crisis_plan.demo.heatwave import tell_heatwave
from crisis_plan.demo.levels import tell_levels
from crisis_plan.demo.neighbour import begin_neighbour
from crisis_plan.demo.opinions import tell_opinions
from crisis_plan.demo.orsan import tell_orsan
from crisis_plan.demo.people import GARD, OCCITANIE, People, give_roles, open_accounts, open_institutions
from crisis_plan.demo.places import tell_places
from crisis_plan.demo.rights import tell_rights
from crisis_plan.demo.risks import tell_risks
from crisis_plan.demo.sections import write_sections
from crisis_plan.demo.signatures import tell_first_signatures, tell_signatures
from crisis_plan.demo.stock import tell_stock
from crisis_plan.demo.territory import COMMUNES
from crisis_plan.imports import spreadsheet
from crisis_plan.imports.rules import to_import
from crisis_plan.organisations import operations as organisations
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import duties as cell_duties
from crisis_plan.pilotage.crisis_cell import operations as crisis_cell
from crisis_plan.publication import operations as publication
from crisis_plan.publication.rules import PublicationKind

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

FOLDER = Path(__file__).parent
SLUG = "uzege-pont-du-gard"
FIRST_VERSION = timedelta(days=592)
SECOND_VERSION = timedelta(days=230)


def tell(*, today: date, now: datetime) -> Cpts:
    """Build everything, as of now. The database must be empty."""
    first_day, second_day = today - FIRST_VERSION, today - SECOND_VERSION
    began = _morning(first_day - timedelta(days=90))
    people = open_accounts(at=began)
    cpts = _open_cpts(people, first_day, at=began)
    open_institutions(people, at=began)
    give_roles(cpts, people, at=began)
    tell_contract(cpts, people, today=first_day - timedelta(days=55))
    fill_directory(cpts, people, today=first_day - timedelta(days=30), at=_morning(first_day - timedelta(days=30)))
    _fill_stock(cpts, people, today=today, at=_morning(first_day - timedelta(days=20)))
    _name_everyone(cpts, people, since=first_day - timedelta(days=60), at=_morning(first_day - timedelta(days=15)))
    tell_first_cards(cpts, people, today=first_day - timedelta(days=8))
    write_sections(cpts, ("uzege", "uzege-v1"), by=people.coordinator, at=_morning(first_day - timedelta(days=5)))
    _publish(cpts, people, day=first_day, note="Premier plan de la CPTS, après lecture par l’ARS et la CPAM.")
    tell_distribution(cpts, people, number=1, today=first_day, whole=True)
    who = who_acts(people)
    heatwave = tell_heatwave(cpts, who, today=today)
    tell_heatwave_debrief(cpts, who, heatwave, today=today)
    verify(cpts, 3, by=people.coordinator, since=first_day, days=(second_day - first_day).days)
    tell_places(cpts, people, today=second_day - timedelta(days=20))
    tell_first_exercises(cpts, people, today=second_day)
    tell_lesson(cpts, who, today=today)
    _adapt(cpts, people, today=second_day - timedelta(days=6))
    write_sections(cpts, ("uzege",), by=people.coordinator, at=_morning(second_day - timedelta(days=4)))
    tell_first_signatures(cpts, people, today=second_day - timedelta(days=2))
    _publish(cpts, people, day=second_day, note="Mise à jour annuelle : niveaux, mode dégradé et types de crise revus.")
    tell_distribution(cpts, people, number=2, today=second_day, whole=False)
    verify(cpts, 2, by=people.coordinator, since=second_day, days=SECOND_VERSION.days)
    _live_on(cpts, people, today=today, now=now)
    begin_neighbour(people, at=_morning(today - timedelta(days=40)))
    return cpts


def _live_on(cpts: Cpts, people: People, *, today: date, now: datetime) -> None:
    """What has happened since, and what is under way."""
    tell_stock(cpts, people, today=today)
    tell_exercises(cpts, people, today=today)
    tell_calls(cpts, people, today=today)
    tell_absences(cpts, people, today=today)
    tell_campaigns(cpts, people, today=today)
    tell_rights(cpts, people, today=today)
    tell_opinions(cpts, people, today=today)
    fire = tell_crises(cpts, people, now=now)
    tell_debriefs(cpts, who_acts(people), fire, today=today)
    tell_signatures(cpts, people, today=today)
    tell_funding(cpts, people, today=today)
    tell_claims(cpts, people, today=today)


def _adapt(cpts: Cpts, people: People, *, today: date) -> None:
    """What the second version says of risks, levels, cards, needs and the plans of others."""
    tell_risks(cpts, people, today=today)
    tell_levels(cpts, people, today=today)
    tell_arrangements(cpts, people, today=today)
    tell_cards(cpts, people, today=today)
    tell_orsan(cpts, people, today=today)
    tell_communication(cpts, people, today=today)


def _open_cpts(people: People, first_day: date, *, at: datetime) -> Cpts:
    identity = organisations.Identity(
        name="CPTS Uzège – Pont du Gard",
        legal_name="Association CPTS Uzège – Pont du Gard",
        siret="12345678200010",
        address="4 place de l’Exemple, 30700 Uzès",
        president="Dr Jeanne Rouvière",
        cpam_name="CPAM du Gard",
        region=OCCITANIE,
        departements=(GARD,),
        stated_inhabitants=105_452,
        contract_signed_on=first_day - timedelta(days=400),
        amendment_signed_on=first_day - timedelta(days=150),
        mission_started_on=first_day - timedelta(days=60),
    )
    cpts = organisations.create_cpts(slug=SLUG, identity=identity, by=people.operator, at=at)
    organisations.choose_communes(
        cpts, COMMUNES, departement=GARD, seen_version=cpts.version, by=people.referent, at=at
    )
    return cpts


def _fill_stock(cpts: Cpts, people: People, *, today: date, at: datetime) -> None:
    sheet = spreadsheet.read((FOLDER / "stock_excel.csv").read_bytes(), "stock_excel.csv")
    lines = stock_lines.assess(sheet, stock_queries.taken(cpts), today=today)
    stock.import_stock(cpts, map(stock_lines.stock_line, to_import(lines)), by=people.coordinator, at=at)


def _name_everyone(cpts: Cpts, people: People, *, since: date, at: datetime) -> None:
    """Referents, the crisis cell with its deputies, and where it meets."""
    adherents = _adherents(cpts)
    for rank, contact in zip(Rank, adherents, strict=False):
        referents.appoint(cpts, Appointment(contact, rank, since), by=people.referent, at=at)
    functions = crisis_cell.take_proposed_functions(cpts, by=people.referent, at=at)
    for position, function in enumerate(functions):
        for offset, rank in enumerate(Rank):
            holder = adherents[(position + offset * 3) % len(adherents)]
            cell_duties.appoint(function, Appointment(holder, rank, since), by=people.referent, at=at)
    place = crisis_cell.PlaceDescription(
        name="Maison de santé de Remoulins, salle de réunion",
        address="12 avenue de l’Exemple, 30210 Remoulins",
        access="Clé au secrétariat ; hors ouverture, code donné par le référent de crise.",
        video="https://visio.exemple.fr/cellule-uzege",
        telephone_bridge="04 65 71 09 90",
        fallback_name="Foyer communal de Saint-Quentin-la-Poterie",
        fallback_address="3 rue de l’Exemple, 30700 Saint-Quentin-la-Poterie",
        fallback_access="Clé à la mairie, élu d’astreinte.",
    )
    crisis_cell.describe_place(cpts, place, seen_version=0, by=people.referent, at=at)


def _adherents(cpts: Cpts) -> list[Contact]:
    """Adherents one can call."""
    found = contacts.contacts(cpts, contacts.Filters(kind=ContactKind.ADHERENT))
    return [contact for contact in found if contact.phones]


def _publish(cpts: Cpts, people: People, *, day: date, note: str) -> None:
    db.commit()  # publishing reads what is committed, then takes the lock
    publication.publish(
        cpts,
        kind=PublicationKind.PUBLISHED,
        adopted_by="le conseil d’administration",
        adopted_on=day - timedelta(days=3),
        note=note,
        by=people.referent,
        at=_morning(day),
        today=day,
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=ZoneInfo("Europe/Paris"))
