"""Who an Annuaire Santé extraction names in some communes, and which of its lines could not be kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.errors import RuleBroken
from crisis_plan.web.formats import number

REFUSALS_NAMED = 500
OTHERS = "Autres professions"
"""Those that the national nomenclature of health professions does not list."""


class TooManyPeople(RuleBroken):
    """The file names more people of these communes than a page may compare."""

    status = 422

    def __init__(self, most: int) -> None:
        super().__init__(
            f"Ce fichier nomme plus de {number(most)} professionnels dans les communes cochées : cochez moins de "
            "communes, ou déposez un extrait plus petit."
        )


@dataclass(frozen=True)
class RefusedLine:
    """A line of a wanted commune that cannot be kept, and why."""

    number: int
    reason: str


@dataclass
class Person:
    """One professional, over all their lines."""

    number: int
    """The first line that names them."""
    national_id: str
    family_name: str
    given_name: str
    title: str
    profession: str
    function: str
    specialities: dict[str, None] = field(default_factory=dict)
    places: dict[tuple[str, str], PlaceDraft] = field(default_factory=dict)
    numbers: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)

    def draft(self) -> ContactDraft:
        """The person as a contact of the territory; joining the CPTS is for people to say."""
        return ContactDraft(
            kind=ContactKind.PROFESSIONAL,
            family_name=self.family_name[:160],
            given_name=self.given_name[:160],
            title=self.title[:20],
            profession=self.profession[:120],
            speciality=", ".join(self.specialities)[:160],
            function=self.function[:160],
            national_id=self.national_id,
            places=tuple(self.places.values()),
            phones=tuple(map(PhoneDraft, self.numbers)),
            emails=tuple(map(EmailDraft, self.addresses)),
        )


@dataclass
class Extraction:
    """What a file said about some communes."""

    people: dict[str, Person] = field(default_factory=dict)
    refused: list[RefusedLine] = field(default_factory=list)
    """The first ones; `refused_count` counts them all."""
    refused_count: int = 0
    kept_lines: int = 0
    passed_over: int = 0
    """Lines of other communes."""
    of_other_professions: int = 0
    """People of these communes whose profession was not asked for."""
    missing_columns: tuple[str, ...] = ()
    """Columns that this edition lacks, and that can be done without."""

    @property
    def merged_lines(self) -> int:
        """Lines that completed someone already met: another place, another telephone."""
        return self.kept_lines - len(self.people)

    def drafts(self) -> list[ContactDraft]:
        return [person.draft() for person in self.people.values()]

    def refuse(self, number: int, reason: str) -> None:
        self.refused_count += 1
        if self.refused_count <= REFUSALS_NAMED:
            self.refused.append(RefusedLine(number, reason))

    def keep_professions(self, wanted: Collection[str]) -> None:
        """Leave out the people of other professions: known only once all the lines of a person are read."""
        kept = {key: person for key, person in self.people.items() if is_of(person.profession, wanted)}
        self.of_other_professions = len(self.people) - len(kept)
        self.people = kept


def is_of(profession: str, wanted: Collection[str]) -> bool:
    """Whether this profession is one of those asked for, by its label or among the others."""
    return profession in wanted or (OTHERS in wanted and profession not in PROPOSED)
