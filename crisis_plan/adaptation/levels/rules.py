"""The CPTS's own ladder: what is proposed, and what it lacks.

No national scale of levels for CPTS was found (domain, section 5): criteria and means below are proposals, which each
CPTS makes its own. No text gives a pace of reports: each CPTS writes its own. The reminder of silence is that of the
logbook (domain, section 7: 60 minutes), wherever a log is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from crisis_plan.pilotage.crisis_cell.functions import PILOT, SECRETARIAT
from crisis_plan.pilotage.crisis_cell.functions import PROPOSED as FUNCTIONS

SILENCE_REMINDER_MINUTES = 60
FEWEST_LEVELS = 2
DECIDED_BY = "Le référent de crise ou son suppléant, qui en informe ensuite l’ARS."
"""At every level, as page 2 of the plan and the card of the first hour say it."""

NO_NATIONAL_SCALE = "Aucune échelle nationale de niveaux n’a été trouvée pour les CPTS\u00a0: chacune fait la sienne."
OWN_SCALE = f"{NO_NATIONAL_SCALE} Celle-ci est propre à cette CPTS."
"""Said on screen and on paper, so that nobody takes the ladder for an official one."""


class Described(Protocol):
    """A level, as its requirement reads it."""

    @property
    def name(self) -> str: ...
    @property
    def criteria(self) -> str: ...
    @property
    def decided_by(self) -> str: ...


@dataclass(frozen=True)
class ProposedLevel:
    """A level that a CPTS may take as it is, reword or leave."""

    name: str
    criteria: str
    mobilises: str
    function_keys: tuple[str, ...] = ()
    """Functions of the cell, by the key that the proposed list gives them."""
    silence_reminder_minutes: int | None = SILENCE_REMINDER_MINUTES
    report_every_minutes: int | None = None
    """None is proposed: the CPTS agrees on it with the ARS, then writes it."""
    decided_by: str = DECIDED_BY


PROPOSED = (
    ProposedLevel(
        "Veille",
        "Un événement est annoncé ou commence, sans effet encore sur les soins du territoire\u00a0: vigilance "
        "météorologique, message d’information de l’ARS, cas signalés dans un territoire voisin.",
        "Le référent suit les messages des autorités et vérifie que l’annuaire, le stock et les suppléances tiennent.",
        silence_reminder_minutes=None,
    ),
    ProposedLevel(
        "Pré-alerte",
        "L’ARS, la préfecture ou le SAMU demande de se tenir prêts\u00a0; ou plusieurs professionnels constatent le "
        "même jour que des patients ne trouvent plus de réponse.",
        "Les titulaires de la cellule sont prévenus et disent s’ils sont joignables. Le secrétariat ouvre le journal "
        "de bord. Le stock utile est compté.",
        (PILOT, SECRETARIAT, "logistics"),
    ),
    ProposedLevel(
        "Activation partielle",
        "L’ARS demande à la CPTS d’agir\u00a0; ou une partie du territoire, une profession ou un produit manque et la "
        "réponse ordinaire ne suffit plus.",
        "Les fonctions nécessaires de la cellule siègent, à distance ou sur place. Les fiches actions du type de crise "
        "sont lancées. Les volontaires des communes touchées sont appelés.",
        (PILOT, "coordination", SECRETARIAT, "care", "liaison"),
    ),
    ProposedLevel(
        "Activation totale",
        "Tout le territoire est touché, plusieurs types de besoins se cumulent, ou la réponse doit durer plus que ce "
        "qu’une équipe peut tenir sans relève.",
        "Toute la cellule siège, avec des relèves. Tous les adhérents sont appelés, les lieux mobilisables ouverts, le "
        "stock engagé, les renforts demandés à l’ARS.",
        tuple(function.key for function in FUNCTIONS),
    ),
)


def lacks(levels: Sequence[Described]) -> tuple[str, ...]:
    """What the requirement « gravite » lacks: at least two levels, each with its criteria and who decides."""
    if not levels:
        return ("L’échelle n’a pas encore de niveau\u00a0: décrivez-en au moins deux, ou écrivez un texte.",)
    sentences = [] if len(levels) >= FEWEST_LEVELS else ["L’échelle ne compte qu’un niveau\u00a0: il en faut deux."]
    for level in levels:
        if not level.criteria:
            sentences.append(f"Le niveau «\u00a0{level.name}\u00a0» n’a pas de critères.")
        if not level.decided_by:
            sentences.append(f"Le niveau «\u00a0{level.name}\u00a0» ne dit pas qui le décide.")
    return tuple(sentences)
