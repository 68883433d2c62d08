"""The free extraction of the Annuaire Santé, read as it streams: 1.1 GB, of which a CPTS keeps some hundred people.

Source: domain, section 11. One person is several lines; headings vary between editions; most lines are elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from email_validator import EmailNotValidError, validate_email

from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.directory.annuaire_columns import Columns, columns_of
from crisis_plan.anticipation.directory.drafts import ContactDraft, EmailDraft, PhoneDraft, PlaceDraft
from crisis_plan.anticipation.directory.identifiers import RPPS_PREFIX, is_rpps
from crisis_plan.anticipation.directory.professions import ADVANCED_PRACTICE_NURSE, PROFESSIONS
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.folding import folded

LINES_BETWEEN_REPORTS = 20_000
LONGEST_LINE = 64 * 1024
"""No line of any edition comes near; a file without line ends is not read whole into memory."""
REFUSALS_NAMED = 500
BUFFER = 1024 * 1024


@dataclass(frozen=True)
class RefusedLine:
    """A line of a wanted commune that cannot be kept, and why."""

    number: int
    reason: str


@dataclass
class Person:
    """One professional, over all their lines."""

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


def extract(
    stream: BinaryIO,
    communes: Collection[str],
    *,
    region: str = telephones.MAINLAND,
    progress: Callable[[int], None] = lambda _lines: None,
) -> Extraction:
    """The people who practise in these communes (INSEE codes). Raises `NotAnExtraction`.

    `progress` is told how many bytes were read, now and then.
    """
    headings = stream.readline(LONGEST_LINE)
    columns = columns_of(_decoded(headings.removeprefix(b"\xef\xbb\xbf")))
    found = Extraction(missing_columns=columns.missing)
    wanted = {code.encode() for code in communes}
    commune_at, size = columns.at["commune_code"], len(headings)
    for number, line in enumerate(iter(partial(stream.readline, LONGEST_LINE), b""), start=2):
        size += len(line)
        fields = line.split(b"|", commune_at + 1)  # no further, and nothing decoded: most lines stop here
        if len(fields) < commune_at + 2:
            if line.strip():
                found.refuse(number, columns.truncated(line))
        elif fields[commune_at] in wanted:
            _keep(found, number, line, columns, region)
        else:
            found.passed_over += 1
        if not number % LINES_BETWEEN_REPORTS:
            progress(size)
    return found


def _decoded(line: bytes) -> str:
    """UTF-8, or latin-1 as one edition was: told line by line, so that a stray byte late in the file spoils nothing."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _keep(found: Extraction, number: int, line: bytes, columns: Columns, region: str) -> None:
    """Add a line of a wanted commune to who it is about, or refuse it with its reason."""
    if reason := columns.truncated(line):
        return found.refuse(number, reason)
    fields = _decoded(line).split("|")
    cells = {column: fields[index].strip().replace("\x00", "") for column, index in columns.at.items()}
    national_id = cells["national_id"]
    if not cells["family_name"]:
        return found.refuse(number, "le nom manque")
    if not national_id.isascii() or not 9 <= len(national_id) <= 14:
        return found.refuse(number, f"identification nationale « {national_id[:20]} » mal formée")
    if national_id.startswith(RPPS_PREFIX) and not is_rpps(national_id[1:]):
        return found.refuse(number, f"la clé du numéro RPPS {national_id[1:]} est fausse")
    person = found.people.get(national_id)
    if person is None:
        person = found.people[national_id] = _person(national_id, cells)
    found.kept_lines += 1
    _complete(person, cells, region)
    return None


def _person(national_id: str, cells: dict[str, str]) -> Person:
    return Person(
        national_id=national_id,
        family_name=cells["family_name"],
        given_name=cells["given_name"],
        title=cells.get("title", ""),
        profession=PROFESSIONS.get(cells.get("profession_code", ""), cells["profession"]),
        function=cells.get("function", ""),
    )


def _complete(person: Person, cells: dict[str, str], region: str) -> None:
    speciality = cells.get("speciality", "").removesuffix("(SM)").strip()
    if "pratique avancee" in folded(speciality):
        person.profession = ADVANCED_PRACTICE_NURSE
    elif speciality:
        person.specialities[speciality] = None
    place = _place(cells)
    person.places.setdefault((folded(place.structure), place.commune_code), place)
    for column in ("phone", "second_phone"):
        with suppress(ValueError):
            if written := cells.get(column):
                person.numbers[telephones.parsed(written, region)] = None
    with suppress(EmailNotValidError):
        if written := cells.get("email"):
            checked = validate_email(written, check_deliverability=False, test_environment=True)
            person.addresses[checked.normalized.lower()] = None


def _place(cells: dict[str, str]) -> PlaceDraft:
    street = (cells.get(column, "") for column in ("street_number", "street_number_suffix", "street_kind", "street"))
    postal_code = cells.get("postal_code", "")
    return PlaceDraft(
        structure=(cells.get("brand") or cells.get("structure") or "")[:200],
        address=" ".join(part for part in street if part)[:300],
        postal_code=postal_code if len(postal_code) == 5 and postal_code.isdigit() else "",
        commune=cells["commune"][:120],
        commune_code=cells["commune_code"],
    )
