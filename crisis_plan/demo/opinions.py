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
                "Qui, à la CPTS, reçoit l’alerte quand un plan ORSAN est activé un samedi\u00a0? La rubrique nomme le "
                "référent, pas la conduite à tenir s’il ne répond pas.",
            ),
            Said(
                COORDINATION,
                197,
                MessageKind.ANSWER,
                "Le suppléant est appelé ensuite, puis la direction de la cellule\u00a0: l’ordre est dans la page "
                "d’alerte, et nous l’avons rappelé dans la rubrique.",
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
                "Pour chaque niveau, précisez à quel rythme la CPTS rend compte à l’ARS\u00a0: nos plannings d’astreinte "
                "en dépendent.",
            ),
            Said(
                COORDINATION,
                61,
                MessageKind.ANSWER,
                "Le rythme est fixé niveau par niveau dans notre échelle. Il figurera dans la prochaine version.",
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
                "Le circuit des patients sous oxygène renvoie vers un prestataire dont le numéro d’astreinte ne répond "
                "plus.\nMerci de le vérifier avant l’hiver.",
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
    version = publication.current_with_content(cpts)
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
