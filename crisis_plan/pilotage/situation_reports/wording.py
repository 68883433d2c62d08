"""What is calculated for each heading, in words that a person edits: a line for each thing, counts and never names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.organisations import communes
from crisis_plan.pilotage.crisis_functions.rules import Presence
from crisis_plan.pilotage.situation_reports.lines import hour, listed, parts, standing, standing_text, titled
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.web.formats import counted, moment, number

if TYPE_CHECKING:
    from datetime import datetime

    from crisis_plan.anticipation.stock.queries import HeldItem
    from crisis_plan.clock import HasTimeZone
    from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
    from crisis_plan.pilotage.crisis_functions.duty import FunctionNow
    from crisis_plan.pilotage.facts.models import CrisisFact
    from crisis_plan.pilotage.facts.rules import Strip
    from crisis_plan.pilotage.logbook.models import LogbookEntry
    from crisis_plan.pilotage.mobilisation.counts import Totals
    from crisis_plan.pilotage.needs.models import CommuneNeed
    from crisis_plan.pilotage.needs.queries import CareTotal, CommuneBoard
    from crisis_plan.pilotage.stock_out.queries import Gone
    from crisis_plan.pilotage.tasks.rows import TaskNow

TOLD_OF_AN_ALERT = (
    ("nature", "Événement"),
    ("place", "Lieu"),
    ("hazards", "Dangers"),
    ("people", "Personnes concernées"),
    ("services", "Services engagés"),
)


def situation(
    alert: CrisisAlert | None, strip: Strip[CrisisFact], decisions: Sequence[LogbookEntry], place: HasTimeZone
) -> str:
    """The alert, the three dated facts, the last decisions."""
    told = [f"{label}\u00a0: {getattr(alert, name)}" for name, label in TOLD_OF_AN_ALERT if getattr(alert, name, "")]
    if alert is not None and alert.communes:
        told.append(f"Communes touchées\u00a0: {', '.join(one.name for one in communes.communes(alert.communes))}")
    told += [f"{fact.kind.label}\u00a0: {fact_in_words(fact.latest, place)}" for fact in strip if fact.latest]
    decided = [f"{hour(entry.happened_at, place)}\u00a0: {standing_text(entry)}" for entry in standing(decisions)]
    return parts(listed(told), titled("Dernières décisions", decided))


def fact_in_words(fact: CrisisFact, place: HasTimeZone) -> str:
    """« Préfet du Gard, le 12/08/2026 à 15:10 »."""
    return f"{fact.body}, le {moment(fact.happened_at, place)}"


def level(crisis: Crisis, turn: LogbookEntry | None, place: HasTimeZone) -> str:
    """Which level, since when and why."""
    since = f", depuis le {moment(turn.happened_at, place)}" if turn else ""
    reason = f"\nRaison\u00a0: {turn.said.reason}" if turn and turn.said.reason else ""
    return f"{crisis.level_name}{since}.{reason}"


def needs(boards: Iterable[CommuneBoard]) -> str:
    """What is still open, commune by commune."""
    lines = [f"{board.commune}\u00a0: {need_in_words(need)}" for board in boards for need in board.needs]
    return listed(lines) or "Aucun besoin ouvert."


def need_in_words(need: CommuneNeed) -> str:
    """« Dialyse, 4 personnes – Transport vers Nîmes (en cours : taxi de 6 h) »."""
    people = counted(need.people_count, "personne") if need.people_count is not None else ""
    about = ", ".join(part for part in ((need.care or need.kind).label, people) if part)
    answer = f"\u00a0: {need.answer}" if need.answer else ""
    return f"{about} – {need.text} ({need.state.label.lower()}{answer})"


def cell(board: Sequence[FunctionNow]) -> list[str]:
    """How many functions are held, how many are only named by the plan, and which are not though the level asks."""
    count = Counter(one.presence for one in board)
    to_confirm = f", {count[Presence.NAMED]} à confirmer" if count[Presence.NAMED] else ""
    held = counted(count[Presence.THERE], "fonction tenue", "fonctions tenues")
    gaps = [one.function.name for one in board if one.is_gap]
    lines = [f"Cellule de crise\u00a0: {held} sur {len(board)}{to_confirm}."] if board else []
    return [*lines, *([f"Fonctions sans personne\u00a0: {', '.join(gaps)}."] if gaps else [])]


def people(totals: Totals) -> list[str]:
    """Distinct professionals and their hours, by profession."""
    if not totals.professionals:
        return []
    by = ", ".join(f"{one.profession} {number(one.people)} ({one.hours})" for one in totals.by_profession)
    whole = counted(totals.professionals, "professionnel mobilisé", "professionnels mobilisés")
    return [f"{whole}, {totals.hours} en tout\u00a0: {by}."]


def stock(short: Sequence[HeldItem], gone: Iterable[Gone]) -> str:
    """What is under its threshold, and what left for this crisis."""
    lacking = [f"{one.item.name}\u00a0: {_left(one)}" for one in short]
    left: Counter[tuple[str, str]] = Counter()
    for one in gone:
        left[(one.batch.item.name, one.batch.item.unit)] += 0 if one.is_reversed else one.quantity
    out = [f"{name}\u00a0: {_amount(quantity, unit)}" for (name, unit), quantity in sorted(left.items()) if quantity]
    return parts(
        titled("Sous le seuil", lacking) or "Aucun article sous son seuil.", titled("Sorti pour cette crise", out)
    )


def short_in_words(short: Iterable[HeldItem]) -> str:
    """The same on one line, for a sheet."""
    return "\u202f; ".join(f"{one.item.name}\u00a0: {_left(one)}" for one in short)


def _left(one: HeldItem) -> str:
    """« 40 × boîte de 50 utilisables pour un seuil de 200 »."""
    return f"{_amount(one.holding.usable, one.item.unit)}, seuil {number(one.item.threshold)}"


def _amount(quantity: int, unit: str) -> str:
    return f"{number(quantity)} × {unit}" if unit else number(quantity)


def actions(rows: Sequence[TaskNow], since: datetime | None) -> str:
    """The tasks done since the report before, under way, overdue; the others are counted."""
    done = [row.task for row in rows if row.task.state is TaskState.DONE]
    recent = [task.text for task in done if since is None or task.changed_at > since]
    started = [row.task.text for row in rows if row.task.state is TaskState.STARTED]
    late = [row.task.text for row in rows if row.is_overdue]
    to_do = sum(row.task.state is TaskState.TO_DO for row in rows)
    if not rows:
        return "Aucune tâche n’est suivie."
    summary = ", ".join(
        (
            counted(len(done), "tâche faite", "tâches faites"),
            f"{len(started)} en cours",
            f"{to_do} à faire",
            f"{len(late)} en retard",
        )
    )
    title = "Fait depuis le dernier point" if since else "Fait"
    return parts(f"{summary}.", titled(title, recent), titled("En cours", started), titled("En retard", late))


def care(totals: Iterable[CareTotal], rows: Iterable[TaskNow]) -> str:
    """By kind of care, people waiting and tasks open: counted, never named (domain, section 8)."""
    waiting = {total.care: total for total in totals}
    tasks = Counter(row.task.care for row in rows if row.task.care and row.task.state.is_open)
    lines = [
        f"{kind.label}\u00a0: {_waiting(kind, waiting, tasks)}" for kind in CareKind if kind in waiting or tasks[kind]
    ]
    return listed(lines) or "Aucune rupture de soins signalée."


def _waiting(kind: CareKind, waiting: Mapping[CareKind, CareTotal], tasks: Counter[CareKind]) -> str:
    total = waiting.get(kind)
    people = f"{counted(total.people, 'personne')} en attente, {counted(total.communes, 'commune')}" if total else ""
    open_tasks = counted(tasks[kind], "tâche ouverte", "tâches ouvertes") if tasks[kind] else ""
    return ", ".join(part for part in (people, open_tasks) if part)


def communication(messages: Sequence[LogbookEntry], place: HasTimeZone) -> str:
    """The messages sent, to whom and by what."""
    lines = [f"{hour(entry.happened_at, place)}\u00a0: {_message(entry)}" for entry in standing(messages)]
    return listed(lines) or "Aucun message envoyé."


def _message(entry: LogbookEntry) -> str:
    """« Adhérents, courriel – Conseils contre les fumées »."""
    whom = ", ".join(part for part in (entry.said.recipient, entry.said.channel.lower()) if part)
    first = standing_text(entry).partition("\n")[0]
    return f"{whom} – {first}" if whom else first
