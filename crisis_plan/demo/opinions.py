"""What the ARS and the CPAM said of the second version, what was answered, and what still waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crisis_plan.access import queries as accounts
from crisis_plan.access.models import Account
from crisis_plan.demo.people import People
from crisis_plan.opinions import operations
from crisis_plan.opinions.rules import MessageKind, Words
from crisis_plan.opinions.sections import section_of, sections
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries as publication

ARS, CPAM, COORDINATION = "ars@demo.example", "cpam@demo.example", "coordination@demo.example"


@dataclass(frozen=True)
class Said:
    """One word of a conversation: who, how many days ago, what."""

    who: str
    days_ago: int
    kind: MessageKind
    text: str = ""


CONVERSATIONS: tuple[tuple[str, tuple[Said, ...]], ...] = (
    (
        "orsan",
        (
            Said(
                ARS,
                201,
                MessageKind.QUESTION,
                "Qui, à la CPTS, reçoit notre appel quand un plan ORSAN est déclenché un samedi\u00a0? La rubrique ne le dit "
                "pas.",
            ),
            Said(
                COORDINATION,
                197,
                MessageKind.ANSWER,
                "Le référent de crise, puis son suppléant au bout de dix minutes sans réponse\u00a0: la rubrique «\u00a0Chaîne "
                "d’alerte et de déclenchement\u00a0» le dit, et la page 2 donne leurs téléphones.",
            ),
            Said(ARS, 190, MessageKind.AGREED, "C’est clair, merci."),
        ),
    ),
    ("", (Said(CPAM, 188, MessageKind.AGREED),)),
    (
        "gravite",
        (
            Said(
                ARS,
                74,
                MessageKind.REMARK,
                "L’échelle donne le rythme des points de situation, sans dire s’il vaut aussi la nuit. Nos astreintes en "
                "dépendent.",
            ),
            Said(
                COORDINATION,
                61,
                MessageKind.ANSWER,
                "Il vaut jour et nuit. Nous l’écrirons dans la prochaine version.",
            ),
        ),
    ),
    (
        "circuits",
        (
            Said(
                ARS,
                12,
                MessageKind.TO_CORRECT,
                "«\u00a0Fermer\u00a0»\u00a0: la rubrique ne dit pas qui prévient l’ARS de la fermeture d’un lieu.\nMerci de "
                "l’ajouter avant l’hiver.",
            ),
        ),
    ),
    (
        "stock",
        (Said(CPAM, 3, MessageKind.QUESTION, "À quelle fréquence les masques de la réserve sont-ils comptés\u00a0?"),),
    ),
)


def tell_opinions(cpts: Cpts, people: People, *, today: date) -> None:
    """Two conversations that are over, an answer to read, and two opinions that wait for the CPTS."""
    version = publication.current(cpts)
    document = publication.frozen(version)
    if version is None or document is None:
        return
    speakers = {people.coordinator.email: people.coordinator} | {email: _account(email) for email in (ARS, CPAM)}
    for key, (first, *others) in CONVERSATIONS:
        section = section_of(sections(document), key)
        if section is None:
            continue
        words = Words(first.kind, first.text)
        opinion = operations.leave(cpts, version, section, words, by=speakers[first.who], at=_moment(today, first))
        for rank, one in enumerate(others, start=1):
            words, at = Words(one.kind, one.text), _moment(today, one)
            operations.reply(cpts, opinion, words, seen=rank, by=speakers[one.who], at=at)


def _account(email: str) -> Account:
    found = accounts.account_by_email(email)
    if found is None:
        raise LookupError(email)
    return found


def _moment(today: date, said: Said) -> datetime:
    return datetime.combine(today - timedelta(days=said.days_ago), time(14, 20), tzinfo=ZoneInfo("Europe/Paris"))
