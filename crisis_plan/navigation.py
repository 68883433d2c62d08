"""The menu as data: label, endpoint, permission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, g, request, url_for
from flask_login import current_user

from crisis_plan.access import queries
from crisis_plan.access.guard import current_cpts, current_roles
from crisis_plan.access.policy import Permission, Role, may
from crisis_plan.pilotage.crises import queries as crises

if TYPE_CHECKING:
    from crisis_plan.pilotage.crises.models import Crisis


@dataclass(frozen=True)
class Entry:
    """A line of the menu, shown to who has the permission."""

    label: str
    endpoint: str
    permission: Permission
    also: tuple[str, ...] = ()
    """Other rooms whose pages are found under this line."""

    @property
    def rooms(self) -> tuple[str, ...]:
        """Every room whose pages are found under it."""
        return (self.endpoint.rpartition(".")[0], *self.also)


@dataclass(frozen=True)
class Group:
    """Lines of the menu under one heading: the trame's own themes, so that its readers find their way."""

    label: str
    entries: tuple[Entry, ...]


CPTS_MENU = (
    Group(
        "",
        (
            Entry("Tableau de bord", "cpts.dashboard.show", Permission.READ_WORKING_DATA),
            Entry("Ce qui me concerne", "cpts.own_cards.index", Permission.READ_OWN_CARDS),
            Entry("Plan", "cpts.plan.show", Permission.READ_WORKING_DATA),
            Entry("Versions publiées", "cpts.publication.index", Permission.READ_PLAN),
            Entry("Avis", "cpts.opinions.index", Permission.READ_PROVISIONAL),
            Entry("Calendrier", "cpts.calendars.show", Permission.READ_WORKING_DATA),
        ),
    ),
    Group(
        "Anticipation",
        (
            Entry("Annuaire", "cpts.directory.index", Permission.READ_WORKING_DATA, also=("cpts.campaigns",)),
            Entry("Risques", "cpts.risks.index", Permission.READ_WORKING_DATA),
            Entry("Stock", "cpts.stock.index", Permission.READ_WORKING_DATA, also=("cpts.means",)),
            Entry("Référents", "cpts.referents.index", Permission.READ_WORKING_DATA),
            Entry("Exercices", "cpts.exercises.index", Permission.READ_WORKING_DATA),
        ),
    ),
    Group(
        "Adaptation",
        (
            Entry("Fiches actions", "cpts.responses.index", Permission.READ_WORKING_DATA),
            Entry("Niveaux", "cpts.levels.index", Permission.READ_WORKING_DATA),
            Entry("Besoins et continuité", "cpts.arrangements.index", Permission.READ_WORKING_DATA),
            Entry("Lieux", "cpts.places.index", Permission.READ_WORKING_DATA),
            Entry("ORSAN, plans voisins", "cpts.orsan.show", Permission.READ_WORKING_DATA, also=("cpts.neighbours",)),
        ),
    ),
    Group(
        "Pilotage",
        (
            Entry("Crises", "cpts.room.index", Permission.READ_WORKING_DATA),
            Entry("Cellule de crise", "cpts.crisis_cell.index", Permission.READ_WORKING_DATA),
            Entry("Communication", "cpts.communication.index", Permission.READ_WORKING_DATA),
            Entry("Appels", "cpts.calls.index", Permission.READ_WORKING_DATA),
            Entry("Kit de crise", "cpts.crisis_pack.show", Permission.READ_WORKING_DATA),
        ),
    ),
    Group(
        "Évaluation",
        (
            Entry("Bilans", "cpts.debriefs.index", Permission.READ_DEBRIEF),
            Entry("Améliorations", "cpts.improvements.index", Permission.READ_WORKING_DATA),
        ),
    ),
    Group(
        "Vie du plan",
        (
            Entry("Mise à jour", "cpts.yearly_update.show", Permission.READ_WORKING_DATA),
            Entry("Échéances", "cpts.deadlines.show", Permission.READ_WORKING_DATA),
            Entry("Diffusion", "cpts.distribution.index", Permission.READ_WORKING_DATA),
            Entry("Financements", "cpts.funding.index", Permission.READ_CLAIM, also=("cpts.claims",)),
        ),
    ),
    Group(
        "CPTS",
        (
            Entry("Mes coordonnées", "cpts.own_account_contact.show", Permission.CONFIRM_OWN_CONTACT),
            Entry("Accès", "cpts.accounts.show", Permission.INVITE),
            Entry("Paramètres", "cpts.parameters.show", Permission.EDIT_PLAN),
        ),
    ),
)
CRISIS_ROOMS = (
    Entry("Salle de crise", "cpts.room.show", Permission.READ_WORKING_DATA),
    Entry("Journal", "cpts.logbook.index", Permission.READ_WORKING_DATA),
    Entry("Tâches", "cpts.crisis_tasks.index", Permission.READ_WORKING_DATA),
    Entry("Fonctions", "cpts.crisis_functions.index", Permission.READ_WORKING_DATA),
    Entry("Appels", "cpts.crisis_calls.index", Permission.READ_WORKING_DATA, also=("cpts.calls",)),
    Entry("Messages", "cpts.crisis_messages.index", Permission.READ_WORKING_DATA),
    Entry("Besoins", "cpts.needs.index", Permission.READ_WORKING_DATA),
    Entry("Matériel", "cpts.stock_out.index", Permission.READ_WORKING_DATA),
    Entry("Temps et actions", "cpts.mobilisation.index", Permission.READ_WORKING_DATA),
    Entry("Points de situation", "cpts.situation_reports.index", Permission.READ_WORKING_DATA),
    Entry("Levée et clôture", "cpts.closing.show", Permission.READ_WORKING_DATA),
)
GENERAL_MENU = Group(
    "",
    (
        Entry("CPTS du territoire", "regional.index", Permission.READ_AREA),
        Entry("Installation", "installation.index", Permission.RUN_INSTALLATION),
    ),
)


@dataclass(frozen=True)
class Link:
    """An entry as the menu shows it."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class LinkGroup:
    """A group as the menu shows it."""

    label: str
    entries: list[Link]


def menu() -> list[LinkGroup]:
    """The lines for whoever looks at this page; a group of which nothing is permitted is not shown."""
    if not current_user.is_authenticated:
        return []
    here = [_shown(group, current_roles()) for group in CPTS_MENU] if current_cpts() else []
    everywhere = _shown(GENERAL_MENU, queries.roles_anywhere(current_user))
    return [group for group in (*here, everywhere) if group.entries]


def crisis_rooms(crisis: Crisis) -> list[Link]:
    """The rooms of one crisis, for whoever looks at this page."""
    here = (request.endpoint or "").rpartition(".")[0]
    return [
        Link(entry.label, url_for(entry.endpoint, crisis_id=crisis.id), here in entry.rooms)
        for entry in CRISIS_ROOMS
        if may(current_roles(), entry.permission)
    ]


def crises_under_way() -> Sequence[Crisis]:
    """What is open in the CPTS of this page, for who may read it: one statement a page, whatever its parts ask."""
    cpts = current_cpts()
    if cpts is None or not may(current_roles(), Permission.READ_WORKING_DATA):
        return ()
    if "crises_under_way" not in g:
        g.crises_under_way = crises.open_crises(cpts)
    found: Sequence[Crisis] = g.crises_under_way
    return found


def _shown(group: Group, roles: Iterable[Role]) -> LinkGroup:
    known = frozenset(roles)
    return LinkGroup(group.label, [_link(entry) for entry in group.entries if may(known, entry.permission)])


def _link(entry: Entry) -> Link:
    return Link(entry.label, url_for(entry.endpoint), (request.endpoint or "").rpartition(".")[0] in entry.rooms)


def navigation(app: Flask) -> None:
    """Give templates `navigation()` and the page's own address, `here`."""

    @app.context_processor
    def offered() -> dict[str, object]:
        return {
            "navigation": menu,
            "crisis_rooms": crisis_rooms,
            "crises_under_way": crises_under_way,
            "here": request.full_path.rstrip("?"),
            "is_demo": app.config["DEMO"],
        }
