"""A card that says something in every part, arranged in a few lines."""

from __future__ import annotations

from typing import Any

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.adaptation.places.models import Place
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardMessage, CardStep
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock.models import StockItem
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from tests.factories import NOON, TODAY, ContactFactory

PRIVATE = "+33612345678"
WORK = "+33466220000"


def card(cpts: Cpts, title: str = "Épisode de canicule", **said: Any) -> ActionCard:
    """A card with a title and what the test says of it, after those that are there."""
    given = {"position": 1, "reread_on": TODAY, "created_at": NOON, "updated_at": NOON, **said}
    made = ActionCard(cpts_id=cpts.id, title=title, **given)
    db.session.add(made)
    db.session.flush()
    return made


def step(phase: Phase, position: int, text: str, **said: Any) -> CardStep:
    return CardStep(phase=phase, phase_rank=phase.rank, position=position, text=text, **said)


def function(cpts: Cpts, name: str = "Secrétariat", *, held_by: Contact | None = None) -> CellFunction:
    """A function of the cell, and its titular since today where there is one."""
    made = CellFunction(cpts_id=cpts.id, position=0, name=name)
    db.session.add(made)
    db.session.flush()
    if held_by:
        duty = {"contact_id": held_by.id, "rank": Rank.TITULAR, "starts_on": TODAY, "created_at": NOON}
        db.session.add(CellDuty(function_id=made.id, **duty))
    db.session.flush()
    return made


def service(cpts: Cpts, name: str, *numbers: str, is_private: bool = False) -> Contact:
    phones = [ContactPhone(position=rank, number=one, is_private=is_private) for rank, one in enumerate(numbers)]
    made: Contact = ContactFactory(
        cpts_id=cpts.id,
        kind=ContactKind.INSTITUTION,
        is_service=True,
        family_name=name,
        given_name="",
        profession="",
        joined_on=None,
        sort_name=folded(name),
        phones=phones,
    )
    return made


def nurse(cpts: Cpts) -> Contact:
    """Someone with a number at work and a private one."""
    phones = [
        ContactPhone(position=0, number=WORK),
        ContactPhone(position=1, number=PRIVATE, is_private=True),
    ]
    made: Contact = ContactFactory(cpts_id=cpts.id, family_name="Rey", given_name="Anne", phones=phones)
    return made


def level(cpts: Cpts, name: str, position: int = 0) -> Level:
    made = Level(
        cpts_id=cpts.id, position=position, name=name, folded_name=folded(name), created_at=NOON, updated_at=NOON
    )
    db.session.add(made)
    return made


def whole_card(cpts: Cpts) -> ActionCard:
    """Every part is written; the secretariat is held by Anne Rey, who has a private number."""
    secretariat = function(cpts, held_by=nurse(cpts))
    stored = {"created_at": NOON, "updated_at": NOON}
    fluids = StockItem(cpts_id=cpts.id, name="Solutés", folded_name="solutes", unit="poche", **stored)
    hall = Place(
        cpts_id=cpts.id,
        name="Salle des fêtes",
        folded_name="salle des fetes uzes",
        address="1 place de l’Exemple",
        commune="Uzès",
        capacity=80,
        keys="Clé sous le pot de fleurs",
        **stored,
    )
    db.session.add_all((fluids, hall))
    made = card(
        cpts,
        crisis_types=[CrisisType.ILL.value],
        orsan_plans=["epi_clim"],
        professions=["Infirmier"],
        trigger="Vigilance orange du préfet",
        protection="Boire, se relayer.\n\n- Pas de visite seul entre 13 h et 17 h",
        material_note="Glacières des pharmacies",
        places_note="Le gymnase si la salle est prise",
        stop="Fin de la vigilance",
        levels=[level(cpts, "Alerte", 1)],
        functions=[secretariat],
        places=[hall],
    )
    made.steps = [
        step(
            Phase.FIRST_HOUR,
            0,
            "Ouvrir le journal de bord",
            function=secretariat,
            delay_minutes=15,
            proof="heure notée",
        ),
        step(Phase.FIRST_HOUR, 1, "Appeler les mairies", who="Référent", delay_minutes=30),
        step(Phase.THEN, 0, "Organiser les tournées", delay_minutes=120),
        step(Phase.CONTINUITY, 0, "Compter les bouteilles", care=CareKind.OXYGEN, who="Pharmaciens"),
    ]
    made.materials = [CardMaterial(item=fluids, quantity=40)]
    made.contacts = [
        CardContact(label="Secrétariat de la cellule", function=secretariat),
        CardContact(label="SAMU, régulation", contact=service(cpts, "SAMU 30", "15")),
        CardContact(label="Astreinte de l’EHPAD"),
    ]
    made.messages = [CardMessage(audience="Adhérents", text="Nous activons la fiche canicule.")]
    db.session.commit()
    return made
