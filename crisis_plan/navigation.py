"""The menu as data: label, endpoint, permission."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_login import current_user

from crisis_plan.access import queries
from crisis_plan.access.guard import current_cpts, current_roles
from crisis_plan.access.policy import Permission, may


@dataclass(frozen=True)
class Entry:
    """A line of the menu, shown to who has the permission."""

    label: str
    endpoint: str
    permission: Permission


CPTS_MENU = (
    Entry("Tableau de bord", "cpts.dashboard.show", Permission.READ_WORKING_DATA),
    Entry("Plan", "cpts.plan.show", Permission.READ_WORKING_DATA),
    Entry("Annuaire", "cpts.directory.index", Permission.READ_WORKING_DATA),
    Entry("Référents", "cpts.referents.index", Permission.READ_WORKING_DATA),
    Entry("Stock", "cpts.stock.index", Permission.READ_WORKING_DATA),
    Entry("Cellule de crise", "cpts.crisis_cell.index", Permission.READ_WORKING_DATA),
    Entry("Versions publiées", "cpts.publication.index", Permission.READ_PLAN),
    Entry("Accès", "cpts.accounts.show", Permission.INVITE),
    Entry("Paramètres", "cpts.parameters.show", Permission.EDIT_PLAN),
)
GENERAL_MENU = (
    Entry("CPTS du territoire", "regional.index", Permission.READ_AREA),
    Entry("Installation", "installation.index", Permission.RUN_INSTALLATION),
)


@dataclass(frozen=True)
class Link:
    """An entry as the menu shows it."""

    label: str
    href: str
    is_current: bool


def menu() -> list[Link]:
    """The lines for whoever looks at this page."""
    if not current_user.is_authenticated:
        return []
    roles = current_roles()
    here = [entry for entry in CPTS_MENU if may(roles, entry.permission)] if current_cpts() else []
    everywhere = queries.roles_anywhere(current_user)
    shown = (*here, *(entry for entry in GENERAL_MENU if may(everywhere, entry.permission)))
    return [_link(entry) for entry in shown]


def _link(entry: Entry) -> Link:
    room = entry.endpoint.rpartition(".")[0]
    return Link(entry.label, url_for(entry.endpoint), f"{request.endpoint}.".startswith(f"{room}."))


def navigation(app: Flask) -> None:
    """Give templates `navigation()` and the page's own address, `here`."""

    @app.context_processor
    def offered() -> dict[str, object]:
        return {"navigation": menu, "here": request.full_path.rstrip("?"), "is_demo": app.config["DEMO"]}
