"""The clocks of French territories: the zone belongs to the CPTS (domain, section 12)."""

from __future__ import annotations

from dataclasses import dataclass

PARIS = "Europe/Paris"

OVERSEAS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
"""By département or collectivity; everywhere else it is `PARIS`."""

LABELS = {
    PARIS: "Hexagone et Corse",
    "America/Guadeloupe": "Guadeloupe",
    "America/Martinique": "Martinique",
    "America/Cayenne": "Guyane",
    "Indian/Reunion": "La Réunion",
    "America/Miquelon": "Saint-Pierre-et-Miquelon",
    "Indian/Mayotte": "Mayotte",
    "America/St_Barthelemy": "Saint-Barthélemy",
    "America/Marigot": "Saint-Martin",
    "Indian/Kerguelen": "Terres australes",
    "Pacific/Wallis": "Wallis-et-Futuna",
    "Pacific/Tahiti": "Polynésie française",
    "Pacific/Noumea": "Nouvelle-Calédonie",
}


def proposed_time_zone(departement: str) -> str:
    """The zone of a CPTS of this département."""
    return OVERSEAS.get(departement, PARIS)


@dataclass(frozen=True)
class Place:
    """A place by its clock only; Paris where no CPTS gives another."""

    time_zone: str = PARIS
