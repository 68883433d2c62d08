"""A CPTS whose plan is complete, arranged in a few lines."""

from __future__ import annotations

from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockItem, StockMovement
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction, CellPlace
from crisis_plan.plan import operations as plan
from crisis_plan.plan.requirements import REQUIREMENTS, MetBy
from crisis_plan.plan.rules import Answer
from tests.factories import NOON, TODAY, ContactFactory


def write_everything(cpts: Cpts, by: Account) -> None:
    """Every section written, every data there: ready to publish."""
    for requirement in REQUIREMENTS:
        if requirement.met_by is not MetBy.DATA:
            text = f"Ce que nous prévoyons pour « {requirement.label} »."
            plan.edit_section(cpts, requirement, Answer(text=text), seen_version=0, by=by, at=NOON)
    card = ActionCard(
        cpts_id=cpts.id, position=0, title="Toutes crises", reread_on=TODAY, created_at=NOON, updated_at=NOON
    )
    card.crisis_types = [one.value for one in CrisisType]
    db.session.add(card)
    pilot, deputy = ContactFactory(cpts_id=cpts.id), ContactFactory(cpts_id=cpts.id)
    service(cpts, "Mairie d’Uzès", ContactKind.PARTNER, "Mairie")
    service(cpts, "ARS Occitanie", ContactKind.INSTITUTION, "ARS")
    service(cpts, "CPAM du Gard", ContactKind.INSTITUTION, "CPAM")
    item = StockItem(cpts_id=cpts.id, name="Gants", folded_name="gants", created_at=NOON, updated_at=NOON)
    opening = StockMovement(kind=MovementKind.OPENING, change=60, happened_on=TODAY, recorded_at=NOON)
    item.batches = [StockBatch(position=0, movements=[opening], place="Cave secrète")]
    db.session.add(item)
    functions = [
        CellFunction(cpts_id=cpts.id, position=0, key="pilot", name="Direction"),
        CellFunction(cpts_id=cpts.id, position=1, key="secretariat", name="Secrétariat"),
    ]
    db.session.add_all(functions)
    db.session.flush()
    for rank, contact in ((Rank.TITULAR, pilot), (Rank.DEPUTY, deputy)):
        duty = {"contact_id": contact.id, "rank": rank, "starts_on": TODAY, "created_at": NOON}
        db.session.add(ReferentDuty(cpts_id=cpts.id, **duty))
        db.session.add_all(CellDuty(function_id=function.id, **duty) for function in functions)
    db.session.add(
        CellPlace(
            cpts_id=cpts.id,
            name="Maison de santé",
            address="1 rue de l’Exemple, Uzès",
            access="Clé chez la pharmacienne",
            fallback_name="Salle des fêtes",
            fallback_address="2 place de l’Exemple, Uzès",
            updated_at=NOON,
        )
    )
    db.session.commit()


def service(cpts: Cpts, name: str, kind: ContactKind, category: str) -> Contact:
    made: Contact = ContactFactory(
        cpts_id=cpts.id,
        kind=kind,
        is_service=True,
        family_name=name,
        given_name="",
        category=category,
        profession="",
        joined_on=None,
        sort_name=folded(name),
    )
    return made
