"""The functions proposed for a crisis cell, as data. Source: domain, section 6."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PILOT = "pilot"
SECRETARIAT = "secretariat"
MUST_BE_HELD = (PILOT, SECRETARIAT)
"""What the trame's rubric « Cellule de crise » asks to be held, each with a deputy."""


@dataclass(frozen=True)
class ProposedFunction:
    """A function that a CPTS may take as it is, rename or leave."""

    key: str
    name: str
    task: str


PROPOSED = (
    ProposedFunction(
        PILOT,
        "Direction (pilote)",
        "Ouvre et clôt la cellule, fixe le niveau, arbitre et décide. Répond de la CPTS devant l’ARS.",
    ),
    ProposedFunction(
        "coordination",
        "Coordination et anticipation",
        "Tient la vue d’ensemble, fait circuler l’information entre les fonctions, prépare les heures et les jours qui "
        "viennent.",
    ),
    ProposedFunction(
        SECRETARIAT,
        "Secrétariat et main courante",
        "Tient le journal de bord\u00a0: chaque fait, chaque décision et sa raison, à l’heure où ils surviennent. "
        "Convoque et relance.",
    ),
    ProposedFunction(
        "care",
        "Soins et continuité",
        "Organise les soins non programmés et la continuité pour les malades chroniques, les personnes isolées et "
        "dépendantes.",
    ),
    ProposedFunction(
        "human-resources",
        "Ressources humaines",
        "Recense les volontaires, compose les équipes, prévoit les relèves et le repos. Veille à la sécurité des "
        "professionnels.",
    ),
    ProposedFunction(
        "logistics",
        "Logistique et stock",
        "Suit le stock, distribue le matériel, ouvre et équipe les lieux, règle les transports.",
    ),
    ProposedFunction(
        "internal-communication",
        "Communication interne",
        "Informe les adhérents et les professionnels du territoire\u00a0: consignes, points de situation, réponses aux "
        "questions.",
    ),
    ProposedFunction(
        "external-communication",
        "Communication externe",
        "Porte seule la parole de la CPTS auprès du public et de la presse, en accord avec l’ARS et la préfecture.",
    ),
    ProposedFunction(
        "liaison",
        "Liaison",
        "Garde le contact avec l’ARS, la préfecture, le SAMU, les mairies et les établissements. Transmet les demandes "
        "et les réponses.",
    ),
    ProposedFunction(
        "finance",
        "Finances et justificatifs",
        "Consigne le temps passé et les dépenses, réunit les pièces qui justifient l’action de la CPTS.",
    ),
)


def lacks_a_required_one(keys: Iterable[str]) -> bool:
    """Whether the pilot or the secretariat is not in a list of functions."""
    return not set(MUST_BE_HELD) <= set(keys)


def proposed(key: str) -> ProposedFunction:
    """Raises `KeyError` for a key that is not of the list."""
    return {function.key: function for function in PROPOSED}[key]
