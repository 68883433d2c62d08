"""The free extraction of the Annuaire Santé, read as it streams: 1.1 GB, of which a CPTS keeps some hundred people.

Source: domain, section 11. One person is several lines; headings vary between editions; most lines are elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial
from typing import BinaryIO

from email_validator import EmailNotValidError, validate_email

from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.directory.annuaire_columns import Columns, columns_of
from crisis_plan.anticipation.directory.annuaire_people import Extraction, Person, TooManyPeople
from crisis_plan.anticipation.directory.drafts import PlaceDraft
from crisis_plan.anticipation.directory.identifiers import RPPS_PREFIX, is_rpps
from crisis_plan.anticipation.directory.professions import ADVANCED_PRACTICE_NURSE, PROFESSIONS
from crisis_plan.folding import folded

LINES_BETWEEN_REPORTS = 20_000
LONGEST_LINE = 64 * 1024
"""No line of any edition comes near; a file without line ends is not read whole into memory."""
BUFFER = 1024 * 1024


def extract(
    stream: BinaryIO,
    communes: Collection[str],
    *,
    professions: Collection[str] | None = None,
    region: str = telephones.MAINLAND,
    most: int | None = None,
    progress: Callable[[int], None] = lambda _lines: None,
) -> Extraction:
    """The people of these professions who practise in these communes (INSEE codes). Raises `NotAnExtraction`.

    `most`: how many people may be kept; raises `TooManyPeople` at the next one, whatever their profession.
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
            if most is not None and len(found.people) > most:
                raise TooManyPeople(most)
        else:
            found.passed_over += 1
        if not number % LINES_BETWEEN_REPORTS:
            progress(size)
    if professions is not None:
        found.keep_professions(professions)
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
        person = found.people[national_id] = _person(number, national_id, cells)
    found.kept_lines += 1
    _complete(person, cells, region)
    return None


def _person(number: int, national_id: str, cells: dict[str, str]) -> Person:
    return Person(
        number=number,
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
