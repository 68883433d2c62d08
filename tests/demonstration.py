"""The demonstration as a whole, told in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from crisis_plan import clock, create_app
from crisis_plan.access.queries import account_by_email
from crisis_plan.anticipation.directory.annuaire_forms import EVERY_PROFESSION
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.demo import story
from crisis_plan.demo.territory import COMMUNES
from crisis_plan.funding.rates import LINES, SIZES
from crisis_plan.organisations.models import Cpts, Institution
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.settings import Settings
from tests.browser import Browser, Page
from tests.databases import copied

TO_REDO = "Nom;Type;Vérifié le\r\nPharmacie du Duché;Partenaire;31/02/2026\r\n"
STOCK_TO_REDO = "Désignation;Quantité\r\nConcentrateur;-3\r\nBrancards;4\r\n"


@contextmanager
def opened(url: str, *, demo: bool = False) -> Iterator[Flask]:
    """The application on this database."""
    app = create_app(Settings(SQLALCHEMY_DATABASE_URI=url, TESTING=True, DEMO=demo, PUBLIC_ADDRESS="http://localhost"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def installation() -> Iterator[Flask]:
    """The demonstration's application, whose database is migrated and empty."""
    with copied("migrated", migrate) as found, opened(found.url, demo=True) as app:
        yield app


@contextmanager
def demonstration() -> Iterator[Flask]:
    """The demonstration, told and lived on: the same rows, with the same identities, for everyone of the run."""
    with copied("told", tell_all) as found, opened(found.url, demo=True) as app:
        yield app


def migrate(url: str) -> None:
    """Bring this empty database to the schema of today."""
    with opened(url) as app, app.app_context():
        upgrade()


def tell_all(url: str) -> None:
    """Bring this empty database to the demonstration."""
    migrate(url)
    with opened(url, demo=True) as app:
        tell(app)
        live_on(app)


def live_on(app: Flask) -> None:
    """What people do next: invite, read a file, ask for opinions, keep an earlier plan; so that every page has a reason to be."""
    with app.app_context():
        cpts = db.session.scalars(sa.select(Cpts).where(Cpts.slug == story.SLUG)).one()
        referent, operator = (
            Browser(app, account_by_email(f"{name}@demo.example"), cpts) for name in ("referent", "operateur")
        )
        institution = db.session.scalars(sa.select(Institution)).first()
        expect_done(operator.post("rates.create", later_rates(clock.today(cpts))))
        for browser, endpoint, values, fields in (
            (referent, "cpts.accounts.send_invitation", {}, {"role": "cell_member"}),
            (operator, "installation.tenants.send_invitation", {"cpts_id": cpts.id}, {}),
            (operator, "installation.institutions.send_invitation", {"institution_id": institution.id}, {}),
        ):
            guest = {"name": "Sofia Blanc", "email": f"sofia{len(endpoint)}@exemple.fr", **fields}
            expect_done(browser.post(endpoint, guest, **values))
        for room, text in (("directory", TO_REDO), ("stock", STOCK_TO_REDO)):
            expect_done(referent.post(f"cpts.{room}.read_import", {"file": (BytesIO(text.encode()), "liste.csv")}))
        asked = {"communes": list(COMMUNES), "professions": list(EVERY_PROFESSION)}
        with (story.FOLDER / "annuaire-sante_extrait.txt").open("rb") as extraction:
            expect_done(referent.post("cpts.directory.read_annuaire", {**asked, "file": (extraction, "extrait.txt")}))
        expect_done(referent.post("cpts.publication.publish_provisional", {"note": "Votre avis sur les circuits ?"}))
        hand_over(cpts)
        earlier = {"document": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "plan.pdf"), "dated_on": "2024-03-01"}
        expect_done(referent.post("cpts.publication.record_earlier", earlier))


def later_rates(today: date) -> dict[str, str]:
    """A set of amounts that an operator adds, in force in a year: nothing of today is computed with it."""
    amounts = {f"{line.value}_{size.value}": "1000" for line in LINES for size in SIZES}
    fields = {"label": "Barème à venir", "source": "Texte d’essai, article 1", "is_read_again": "y"}
    members = {"majoration_percent": "10", "majoration_members": "100"}
    return {**amounts, **fields, **members, "in_force_from": (today + timedelta(days=365)).isoformat()}


def expect_done(page: Page) -> None:
    assert page.status == 303, f"{page.response.request.path}: {page.status} {page.text[:300]}"


def hand_over(cpts: Cpts) -> None:
    """Who takes over next month, as referent and in the cell."""
    for kind, mine in (
        (ReferentDuty, ReferentDuty.cpts_id == cpts.id),
        (CellDuty, CellDuty.function.has(CellFunction.cpts_id == cpts.id)),
    ):
        duty = db.session.scalars(sa.select(kind).where(mine, kind.rank == Rank.DEPUTY)).first()
        today = clock.today(cpts)
        duty.ends_on = today + timedelta(days=30)
        place = {"cpts_id": cpts.id} if kind is ReferentDuty else {"function_id": duty.function_id}
        taken_over = {"rank": duty.rank, "starts_on": today + timedelta(days=31), "created_at": duty.created_at}
        db.session.add(kind(contact_id=duty.contact_id, **taken_over, **place))
    db.session.commit()


def tell(app: Flask) -> None:
    """The story of the fictional CPTS, as `flask demo` tells it."""
    with app.test_request_context(base_url=app.config["PUBLIC_ADDRESS"]):
        story.tell(today=clock.today(clock.PARIS), now=clock.now())
        db.session.commit()
