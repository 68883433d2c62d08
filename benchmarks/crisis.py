"""The crisis room: appending against a bare view, two hundred people who watch, and a log of five thousand entries."""

from __future__ import annotations

import html
import re
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from benchmarks.demo import empty_installation
from benchmarks.serving import Person, person, served
from benchmarks.table import table
from benchmarks.timing import Times, interleaved
from benchmarks.visits import Visit
from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import commit, db
from crisis_plan.demo import people
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written

WRITERS, ENTRIES_EACH, ROUNDS = 8, 40, 4
WATCHERS, EVERY, WATCHED_FOR, TYPING = 200, 3.0, 30.0, 5
LARGE, SMALL, OPENINGS = 5_000, 50, 30
SLUG = "banc"
TEXT = "La salle des fêtes ouvre à 18 h, quarante lits sont prêts."
NEXT = re.compile(r'hx-get="([^"]+)')
"""What a poller asks next, as its answer says it."""
LEAST_OF_BARE, MOST_MS, MOST_TIMES = 0.5, 50, 1.5


@dataclass(frozen=True)
class Stage:
    """An installation with one open crisis in it for each size of log asked."""

    app: Flask
    crises: list[uuid.UUID]

    def address(self, crisis_id: uuid.UUID, room: str = "journal/") -> str:
        return f"/cpts/{SLUG}/crises/{crisis_id}/{room}"


@contextmanager
def stage(*sizes: int) -> Iterator[Stage]:
    with empty_installation() as app:
        with app.test_request_context():
            found = [one.id for one in _crises(sizes)]
        yield Stage(app, found)


def _crises(sizes: tuple[int, ...]) -> list[Crisis]:
    at = clock.now() - timedelta(days=2)
    cpts, by = a_cpts(at)
    made = [a_crisis(cpts, by, number, at) for number in range(1, len(sizes) + 1)]
    for crisis, size in zip(made, sizes, strict=True):
        for rank in range(size):
            when = at + timedelta(seconds=rank)
            append_entry(crisis, Written(EntryKind.INFORMATION, f"{TEXT} ({rank})"), by=by, at=when)
    commit()
    return made


def a_cpts(at: datetime) -> tuple[Cpts, Account]:
    """A CPTS with nothing in it, and its referent."""
    who = people.open_accounts(at=at)
    cpts = Cpts(slug=SLUG, name="Banc", legal_name="Banc", region="76", departements=["30"], created_at=at)
    db.session.add(cpts)
    db.session.flush()
    people.give_roles(cpts, who, at=at)
    return cpts, who.referent


def a_crisis(cpts: Cpts, by: Account, number: int, at: datetime) -> Crisis:
    """An open crisis with nothing around it."""
    crisis = Crisis(
        cpts_id=cpts.id,
        mode=Mode.REAL,
        number=number,
        title=f"Banc {number}",
        crisis_type=CrisisType.ILL,
        level_name="Activation partielle",
        opened_at=at,
        opened_by_id=by.id,
        opened_by_name=by.name,
    )
    db.session.add(crisis)
    db.session.flush()
    return crisis


def hang_up(everyone: list[Person]) -> None:
    for one in everyone:
        one.hang_up()


def at_once(writers: list[Person], address: str, each: int) -> float:
    """Entries a second, of people who write without a pause."""
    started = time.perf_counter()

    def write(one: Person) -> list[int]:
        return [one.append(address, TEXT) for _ in range(each)]

    with ThreadPoolExecutor(len(writers)) as threads:
        answers = Counter(status for found in threads.map(write, writers) for status in found)
    assert answers == {303: len(writers) * each}, answers
    return len(writers) * each / (time.perf_counter() - started)


def appending(*, writers: int = WRITERS, each: int = ENTRIES_EACH, rounds: int = ROUNDS) -> list[tuple[float, float]]:
    """Entries a second of the logbook and of the bare view, in turn."""
    with ExitStack() as stack:
        found = stack.enter_context(stage(0))
        folder = stack.enter_context(TemporaryDirectory(prefix="crisis-plan-bench-"))
        port = stack.enter_context(served("wsgi:app", found.app.config["SQLALCHEMY_DATABASE_URI"]))
        bare = stack.enter_context(served("benchmarks.bare_append:app", f"sqlite:///{Path(folder) / 'bare.sqlite3'}"))
        ours = [person(found.app, "referent", port) for _ in range(writers)]
        theirs = [Person(bare) for _ in range(writers)]
        stack.callback(hang_up, [*ours, *theirs])
        address = found.address(found.crises[0])
        sides: list[Callable[[int], float]] = [
            lambda count: at_once(ours, address, count),
            lambda count: at_once(theirs, "/", count),
        ]
        for side in sides:
            side(2)
        return [(sides[0](each), sides[1](each)) for _ in range(rounds)]


def watching(
    room: str, *, watchers: int = WATCHERS, seconds: float = WATCHED_FOR, writers: int = TYPING
) -> tuple[Times, Counter[int]]:
    """How long each look took while some write, from when it was due; and what was answered."""
    with ExitStack() as stack:
        found = stack.enter_context(stage(SMALL))
        port = stack.enter_context(served("wsgi:app", found.app.config["SQLALCHEMY_DATABASE_URI"]))
        crisis = found.crises[0]
        people_there = [person(found.app, "referent", port) for _ in range(watchers + writers)]
        stack.callback(hang_up, people_there)
        threads = stack.enter_context(ThreadPoolExecutor(watchers + writers))
        taken, answers, begin = Times(), Counter[int](), time.perf_counter() + 1

        def watch(rank: int) -> None:
            due, asked = begin + EVERY * rank / watchers, found.address(crisis, f"{room}?after={SMALL}")
            while due < begin + seconds:
                time.sleep(max(0.0, due - time.perf_counter()))
                status, shown = people_there[rank].get(asked)
                taken.taken.append(time.perf_counter() - due)
                answers[status] += 1
                asked = html.unescape(seen[1]) if (seen := NEXT.search(shown)) else asked
                due += EVERY

        def write(rank: int) -> None:
            while time.perf_counter() < begin + seconds:
                answers[people_there[rank].append(found.address(crisis), TEXT)] += 1
                time.sleep(EVERY)

        done = [threads.submit(watch, rank) for rank in range(watchers)]
        done += [threads.submit(write, rank) for rank in range(watchers, watchers + writers)]
        for one in done:
            one.result()
        return taken, answers


def opening(*, large: int = LARGE, small: int = SMALL, rounds: int = OPENINGS) -> dict[str, tuple[float, float]]:
    """Seconds to open each page of a long crisis, and of a short one, in turn: medians."""
    with stage(large, small) as found:
        cookie = person(found.app, "referent", 0).headers["Cookie"]
        pages = {"the logbook": "journal/", "its second page": "journal/?page=2", "a search": "journal/?q=fetes",
                 "the crisis": ""}  # fmt: skip
        measured = {}
        for said, room in pages.items():
            visits = [Visit(found.app, "referent", "", found.address(one, room), cookie) for one in found.crises]
            statuses = {one.open().status for one in visits}
            assert statuses == {"200 OK"}, (said, statuses)
            times = interleaved({"large": visits[0].open, "small": visits[1].open}, rounds=rounds)
            measured[said] = times["large"].median, times["small"].median
        return measured


def report() -> str:
    return "\n".join((_appended(), _watched(), _opened()))


def _appended() -> str:
    found = appending()
    rows = [(f"{ours:.0f}", f"{bare:.0f}", f"{ours / bare:.2f}") for ours, bare in found]
    share = sum(ours for ours, _ in found) / sum(bare for _, bare in found)
    title = f"Appending through HTTP, {WRITERS} people at once, entries a second, {ROUNDS} rounds in turn"
    shown = table(title, ("logbook", "bare view", "share"), rows, words=0)
    return (
        f"{shown}\n\n{share:.2f} of the rate of a view that reads the user and inserts two rows (aim: {LEAST_OF_BARE})."
    )


def _watched() -> str:
    rows = []
    for said, room in (("the logbook", "journal/suite"), ("the crisis", "suivi")):
        taken, answers = watching(room)
        wrong = sum(count for status, count in answers.items() if status >= 400)
        rows.append((said, f"{len(taken.taken)}", f"{taken.median * 1000:.0f}", f"{taken.p95 * 1000:.0f}", f"{wrong}"))
    title = (
        f"{WATCHERS} people who look every {EVERY:.0f} s while {TYPING} write (aim: p95 under {MOST_MS} ms, 0 errors)"
    )
    return table(title, ("page", "looks", "median ms", "p95 ms", "errors"), rows)


def _opened() -> str:
    rows = [
        (said, f"{large * 1000:.1f}", f"{small * 1000:.1f}", f"{large / small:.2f}")
        for said, (large, small) in opening().items()
    ]
    title = f"A page of a crisis of {LARGE} entries against one of {SMALL} (aim: {MOST_TIMES} times)"
    return table(title, ("page", "long ms", "short ms", "times"), rows)
