"""The debrief of a long crisis against that of a short one: figures, description, time line, pages.

Both crises have the same alert, people, tasks, calls and needs: only their logbooks differ.
"""

from __future__ import annotations

import gc
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask

from benchmarks.crisis import LARGE, OPENINGS, SLUG, SMALL, a_cpts, a_crisis
from benchmarks.demo import empty_installation
from benchmarks.serving import person
from benchmarks.table import table
from benchmarks.timing import interleaved
from benchmarks.visits import Visit
from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import bulk
from crisis_plan.anticipation.directory.drafts import ContactDraft, PhoneDraft
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import commit, db
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.queries import of_crisis
from crisis_plan.evaluation.figures.description import description
from crisis_plan.evaluation.figures.queries import figures
from crisis_plan.evaluation.figures.reckoned import reckoned
from crisis_plan.evaluation.figures.timeline import time_line
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts, audience
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.rules import Channel, Outcome
from crisis_plan.pilotage.closing import operations as closing
from crisis_plan.pilotage.closing.operations import StandDown
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
from crisis_plan.pilotage.crisis_calls import operations as crisis_calls
from crisis_plan.pilotage.logbook.by_hand import mark
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.mobilisation import acting
from crisis_plan.pilotage.mobilisation import operations as mobilisation
from crisis_plan.pilotage.mobilisation.acting import Done
from crisis_plan.pilotage.mobilisation.who import in_words
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import NeedKind
from crisis_plan.pilotage.tasks import operations as tasks
from crisis_plan.pilotage.tasks.operations import TaskDescription

MOST_TIMES = 3
PEOPLE, TASKS, NEEDS = 12, 30, 6
APART, NIGHT, EVERY_NIGHT, EVERY_FLAG = timedelta(minutes=4), timedelta(hours=3), 200, 100
"""From one entry to the next; how long nobody writes, and after how many; how often one is marked « à revoir »."""
KINDS = (
    *(EntryKind.INFORMATION,) * 11, *(EntryKind.DECISION,) * 2, EntryKind.REQUEST, EntryKind.ACTION_STARTED,
    EntryKind.ACTION_DONE, EntryKind.NEED, EntryKind.MESSAGE, EntryKind.CORRECTION, EntryKind.INSTRUCTION,
)  # fmt: skip
"""What a log is made of, entry after entry; the last of them is written late, one decision in two has no reason."""
TEXT = "La salle des fêtes ouvre à 18 h, quarante lits sont prêts, deux infirmiers y sont jusqu’à minuit."
PAGES = {"the debrief": "", "one figure": "/chiffres/decisions"}
"""Pages of a debrief, under its address."""


@dataclass(frozen=True)
class Stage:
    """An installation with one closed crisis, and its debrief, for each size of log asked."""

    app: Flask
    debriefs: list[uuid.UUID]

    def address(self, debrief_id: uuid.UUID, page: str) -> str:
        return f"/cpts/{SLUG}/bilans/{debrief_id}{page}"


@contextmanager
def stage(*sizes: int) -> Iterator[Stage]:
    with empty_installation() as app:
        with app.test_request_context():
            found = _debriefs(sizes)
        gc.collect()
        gc.freeze()  # as `wsgi.py` does
        yield Stage(app, found)


def _debriefs(sizes: tuple[int, ...]) -> list[uuid.UUID]:
    at = clock.now() - timedelta(days=60)
    cpts, by = a_cpts(at)
    phone = (PhoneDraft("+33465710000"),)
    everyone = [
        ContactDraft(ContactKind.ADHERENT, family_name=f"Martin {rank}", phones=phone) for rank in range(PEOPLE)
    ]
    bulk.insert(cpts, everyone, at=at, source="banc")
    found = []
    for number, size in enumerate(sizes, start=1):
        crisis = a_crisis(cpts, by, number, at)
        _surround(cpts, crisis, by, at)
        end = _write(crisis, size, by, at)
        closing.stand_down(crisis, StandDown("Pilote", "Plus de besoin."), by=by, at=end + APART)
        closing.close(crisis, reason="Tout est repris ailleurs.", by=by, at=end + 2 * APART)
        debrief = of_crisis(cpts, crisis.id)
        found += [debrief.id] if debrief else []
    commit()
    return found


def _surround(cpts: Cpts, crisis: Crisis, by: Account, at: datetime) -> None:
    """What stands beside the log: the alert, tasks, calls, needs, people at work, actions."""
    db.session.add(CrisisAlert(crisis_id=crisis.id, nature="Feu", communes=["30334"], body="ARS", updated_at=at))
    for rank in range(TASKS):
        due = TaskDescription(f"Tâche {rank}", due_at=at + timedelta(hours=rank))
        tasks.add(crisis, due, key=None, by=by, at=at)
    people = audience.people(cpts, Choice(Audience.ADHERENTS), clock.local(at, cpts).date()).contacts
    made = crisis_calls.open_for(
        cpts, crisis, chosen=Choice(Audience.CELL), contacts=people, channel=Channel.TELEPHONE,
        title="Cellule", message="Venez", by=by, at=at,
    )  # fmt: skip
    for rank, line in enumerate(made.lines[: PEOPLE - 2]):
        attempts.record_attempt(line, Report(Outcome.REACHED), seen_attempts=0, by=by, at=at + rank * APART)
    for rank in range(NEEDS):
        needs.note(crisis, Need("30334", "Uzès", NeedKind.CARE, f"Besoin {rank}"), by=by, at=at)
    who = [in_words(f"Personne {rank}", "Infirmier" if rank % 2 else "Médecin") for rank in range(PEOPLE)]
    mobilisation.note_time(crisis, who, starts_at=at - timedelta(hours=2), ends_at=at, by=by, at=at)
    for rank in range(NEEDS):
        acting.record(cpts, crisis, Done(at, label=f"Action {rank}"), who[rank : rank + 3], by=by, at=at)


def _write(crisis: Crisis, size: int, by: Account, at: datetime) -> datetime:
    """So many entries of all kinds; when the last was written."""
    for rank in range(1, size + 1):
        at += NIGHT if rank % EVERY_NIGHT == 0 else APART
        entry = append_entry(crisis, _written(rank, at), by=by, at=at)
        if rank % EVERY_FLAG == 0:
            mark(entry, note="Comprendre ce délai", by=by, at=at)
    return at


def _written(rank: int, at: datetime) -> Written:
    kind, is_late = KINDS[rank % len(KINDS)], rank % len(KINDS) == len(KINDS) - 1
    return Written(
        kind,
        f"{TEXT} ({rank})",
        happened_at=at - timedelta(hours=1) if is_late else at,
        late_reason="Sans réseau" if is_late else "",
        reason="Le plus sûr" if rank % 2 else "",
        corrects=rank - 1 if kind is EntryKind.CORRECTION else None,
    )


def counting(*, large: int = LARGE, small: int = SMALL, rounds: int = OPENINGS) -> dict[str, tuple[float, float]]:
    """Seconds to count, describe and draw the debrief of a long log and of a short one, in turn: medians."""
    with stage(large, small) as found, found.app.test_request_context():
        now = clock.now()
        works: dict[str, Callable[[Debrief], object]] = {
            "every figure": lambda debrief: figures(debrief, now),
            "the figures, the description and the time line": lambda debrief: _everything(debrief, now),
        }
        return {said: _both(work, found.debriefs, rounds) for said, work in works.items()}


def _everything(debrief: Debrief, now: datetime) -> None:
    """As the page of a debrief does: what is read is read once."""
    read = reckoned(debrief, now)
    description(debrief, figures(debrief, now, read=read), now, read=read)
    time_line(debrief, now, read=read)


def _both(work: Callable[[Debrief], object], ids: list[uuid.UUID], rounds: int) -> tuple[float, float]:
    def afresh(debrief_id: uuid.UUID) -> None:
        db.session.rollback()  # what the round before had read is forgotten
        work(db.session.get_one(Debrief, debrief_id))

    times = interleaved({"large": lambda: afresh(ids[0]), "small": lambda: afresh(ids[1])}, rounds=rounds)
    return times["large"].median, times["small"].median


def opening(*, large: int = LARGE, small: int = SMALL, rounds: int = OPENINGS) -> dict[str, tuple[float, float]]:
    """Seconds to open each page of the debrief of a long log, and of a short one, in turn: medians."""
    with stage(large, small) as found:
        cookie = person(found.app, "referent", 0).headers["Cookie"]
        measured = {}
        for said, page in PAGES.items():
            addresses = [found.address(one, page) for one in found.debriefs]
            visits = [Visit(found.app, "referent", "", one, cookie) for one in addresses]
            statuses = {one.open().status for one in visits}
            assert statuses == {"200 OK"}, (said, statuses)
            times = interleaved({"large": visits[0].open, "small": visits[1].open}, rounds=rounds)
            measured[said] = times["large"].median, times["small"].median
        return measured


def report() -> str:
    rows = [
        (said, f"{large * 1000:.1f}", f"{small * 1000:.1f}", f"{large / small:.2f}")
        for said, (large, small) in {**counting(), **opening()}.items()
    ]
    title = f"The debrief of a crisis of {LARGE} entries against one of {SMALL} (aim: under {MOST_TIMES} times)"
    return table(title, ("what", "long ms", "short ms", "times"), rows)
