"""The contents of the pack as data: each paper once, in the order in which it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crisis_plan.document.blocks import Chapter
from crisis_plan.pilotage.crisis_pack import chapters, hand_forms, people
from crisis_plan.pilotage.crisis_pack.papers import paper, printed
from crisis_plan.pilotage.crisis_pack.reading import Reading

CALL_SHEET_ROOM = 8.0
"""Points above and below each line of a call sheet."""


@dataclass(frozen=True)
class Piece:
    """A paper made of chapters: the same as PDF and as a page."""

    rank: int
    """Its place in the folder; papers of one subject share it."""
    key: str
    """Its name in an address and in a file."""
    title: str
    what: str
    """What one does with it."""
    chapters: Callable[[Reading], tuple[Chapter, ...]]
    padding: float | None = None

    @property
    def stem(self) -> str:
        """« 02-annuaire »."""
        return f"{self.rank:02d}-{self.key}"

    def pdf(self, reading: Reading, chapters: tuple[Chapter, ...]) -> bytes:
        """Its chapters on paper, restricted edition."""
        return printed(paper(reading.cpts, self.title, reading.today, *chapters), padding=self.padding)


ALERT = Piece(
    1,
    "en-cas-d-alerte",
    "En cas d’alerte",
    "Qui appeler, où se réunir, la première heure\u00a0: une page.",
    chapters.alert,
)
DIRECTORY = Piece(
    2,
    "annuaire",
    "Annuaire",
    "Cellule, référents, adhérents par profession, partenaires, avec leurs numéros.",
    people.directory,
)
CELL = Piece(
    3, "cellule-de-crise", "Cellule de crise", "Les fonctions, qui les tient, le lieu et le repli.", chapters.cell
)
CALL_SHEETS = Piece(
    5,
    "feuilles-d-appel",
    "Feuilles d’appel",
    "Une feuille à donner à chaque appelant, pour noter qui est joint et qui vient.",
    people.call_sheets,
    CALL_SHEET_ROOM,
)
STOCK = Piece(6, "stock", "Stock", "Chaque lot, où il est, comment l’obtenir.", chapters.means)
PLACES = Piece(7, "lieux", "Lieux mobilisables", "Adresses, accès, clés, qui demander.", chapters.mobilised_places)
LEVELS = Piece(8, "niveaux", "Niveaux", "Ce que chaque niveau mobilise et qui le décide.", chapters.ladder)
ORSAN = Piece(
    9,
    "orsan-qui-appeler",
    "ORSAN\u00a0: qui appeler",
    "Les institutions, les plans et leurs contacts.",
    chapters.orsan_calls,
)
ALERT_FORM = Piece(
    11,
    "formulaire-alerte-recue",
    "Formulaire\u00a0: alerte reçue",
    "À remplir à la main pendant l’appel.",
    lambda _: (hand_forms.alert_received(),),
    hand_forms.ROOM_TO_WRITE,
)
FIRST_HOUR_FORM = Piece(
    12,
    "formulaire-premiere-heure",
    "Formulaire\u00a0: la première heure",
    "Chaque geste à cocher, avec son heure.",
    lambda _: (hand_forms.first_hour(),),
    hand_forms.ROOM_TO_WRITE,
)
STAND_DOWN_FORM = Piece(
    13,
    "formulaire-levee",
    "Formulaire\u00a0: la levée",
    "Ce qui termine une crise et ce qui reste à faire.",
    lambda _: (hand_forms.stand_down(),),
    hand_forms.ROOM_TO_WRITE,
)
PIECES = (
    ALERT, DIRECTORY, CELL, CALL_SHEETS, STOCK, PLACES, LEVELS, ORSAN, ALERT_FORM, FIRST_HOUR_FORM, STAND_DOWN_FORM,
)  # fmt: skip
BY_KEY = {piece.key: piece for piece in PIECES}
