"""Whom the cell reached during the heatwave: its own members, the volunteers, everyone by message; who relieved whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from crisis_plan import clock, outbox
from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.demo.crisis_lines import CELL, COORDINATION, REFERENT
from crisis_plan.demo.crisis_reach import arrived
from crisis_plan.demo.crisis_script import Script
from crisis_plan.demo.heatwave_lines import on
from crisis_plan.demo.mobilisation import some
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts, audience
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.rules import Channel, Outcome
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls import operations as crisis_calls
from crisis_plan.pilotage.crisis_calls import queries as call_lists
from crisis_plan.pilotage.crisis_functions import queries as functions
from crisis_plan.pilotage.crisis_functions import serving
from crisis_plan.pilotage.crisis_functions.services import Person, Service
from crisis_plan.pilotage.messages import operations as messages
from crisis_plan.pilotage.messages.models import MessageChannel
from crisis_plan.pilotage.messages.operations import Outgoing

if TYPE_CHECKING:
    from crisis_plan.pilotage.calls.models import CallLine, CallList
    from crisis_plan.pilotage.crisis_functions.models import CrisisFunction

FIRST_CALL, A_CALL, AGAIN_AFTER = timedelta(minutes=4), timedelta(minutes=2), timedelta(minutes=75)
NOT_AT_FIRST, NEVER = 4, 16
"""Of these ranks, modulo six and eighteen: who answers the second call only, and who answers none."""
TOLD = (
    (on(0, 11, 31), "Canicule\u00a0: premier message", "Vigilance orange demain midi. Appelez vos patients les plus exposés dès aujourd’hui, dites-nous ce soir combien vous en suivez\u00a0: un nombre, aucun nom. Faites vos tournées tôt."),
    (on(3, 12, 22), "Canicule\u00a0: vigilance rouge", "Activation totale. Pas de tournée entre 13\u00a0h et 17\u00a0h sauf soin qui ne peut pas attendre. Créneaux du SAS à Uzès et Remoulins. Fatigué\u00a0? Dites-le à la cellule, quelqu’un vous relaie."),
    (on(8, 16, 45), "Canicule\u00a0: levée", "La crise est levée. Le retour à chaud a lieu le prochain jour ouvré à 18\u00a0h\u00a030, par téléphone\u00a0: venez dire ce qui a aidé et ce qui a manqué."),
)  # fmt: skip
TO_THE_NURSES = (
    on(1, 16, 50),
    "Canicule\u00a0: visites de 18\u00a0h à 20\u00a0h à partager, par secteur. Répondez avec votre commune et combien de passages vous pouvez ajouter. Aucun nom de patient ici.",
)
NIGHTS = (3, 4)
"""The nights that a deputy kept, from ten in the evening."""


def reach(cpts: Cpts, crisis: Crisis, who: dict[str, Account]) -> Script:
    """The cell at once, the volunteers on the second day; three messages to everyone, one to the nurses; the nights."""
    volunteers = Choice(Audience.VOLUNTEERS, CrisisType.ILL)
    return [
        *_at_their_post(crisis, who),
        (on(0, 13, 15), lambda now: _called_through(crisis, who[REFERENT], now)),
        (on(1, 17, 10), lambda now: _call(cpts, crisis, volunteers, who[COORDINATION], now)),
        (on(1, 20, 0), lambda now: _called_through(crisis, who[COORDINATION], now)),
        *((minutes, partial(_write, cpts, crisis, (title, text), who[COORDINATION])) for minutes, title, text in TOLD),
        (TO_THE_NURSES[0], lambda now: _to_the_nurses(crisis, who[CELL], now)),
        *(act for night in NIGHTS for act in _night(cpts, crisis, who[REFERENT], night)),
    ]


def _at_their_post(crisis: Crisis, who: dict[str, Account]) -> Script:
    posts = (
        (on(0, 10, 22), REFERENT, "pilot"),
        (on(0, 10, 25), COORDINATION, "secretariat"),
        (on(0, 10, 38), CELL, "care"),
    )

    def take(name: str, key: str, now: datetime) -> None:
        function, account = _function(crisis, key), who[name]
        person = Person(account.name, account_id=account.id)
        serving.take_function(crisis, function, person, seen_version=function.version, key=None, by=account, at=now)

    return [(minutes, partial(take, name, key)) for minutes, name, key in posts]


def _night(cpts: Cpts, crisis: Crisis, referent: Account, day: int) -> Script:
    """From ten in the evening to eight a deputy pilots alone, then the pilot is back."""
    deputy = some(cpts, "Médecin", 1, after=day)[0]

    def leave(now: datetime) -> None:
        function = _function(crisis, "pilot")
        service = Service(
            Person(deputy.name, contact_id=deputy.contact_id), is_there=True,
            note="Prestataire d’oxygène, mairie d’Aramon et permanence des soins ont son numéro.",
        )  # fmt: skip
        serving.put_on_duty(crisis, function, service, seen_version=function.version, key=None, by=referent, at=now)

    def come_back(now: datetime) -> None:
        function, person = _function(crisis, "pilot"), Person(referent.name, account_id=referent.id)
        serving.take_function(crisis, function, person, seen_version=function.version, key=None, by=referent, at=now)

    return [(on(day, 21, 55), leave), (on(day + 1, 8, 5), come_back)]


def _function(crisis: Crisis, key: str) -> CrisisFunction:
    return next(one for one in functions.functions(crisis) if one.key == key)


def _call(cpts: Cpts, crisis: Crisis, chosen: Choice, by: Account, now: datetime) -> CallList:
    people = audience.people(cpts, chosen, clock.local(now, cpts).date())
    return crisis_calls.open_for(
        cpts,
        crisis,
        chosen=chosen,
        contacts=people.contacts,
        channel=Channel.TELEPHONE,
        title="Volontaires pour les visites",
        message="Combien de passages pouvez-vous ajouter demain, dans quelles communes\u00a0?",
        by=by,
        at=now,
    )


def _called_through(crisis: Crisis, by: Account, now: datetime) -> None:
    """What came of each call until now, then the list is closed: the log says its figures."""
    for call_list in call_lists.running(crisis):
        for rank, line in enumerate(call_list.lines):
            _note(line, rank, call_list.opened_at + FIRST_CALL + rank * A_CALL, by)
        crisis_calls.close(crisis, call_list, by=by, at=now)


def _note(line: CallLine, rank: int, at: datetime, by: Account) -> None:
    if rank % 6 == NOT_AT_FIRST:
        attempts.record_attempt(line, Report(Outcome.NO_ANSWER), seen_attempts=0, by=by, at=at)
        at += AGAIN_AFTER
    is_reached = rank % 18 != NEVER
    came = Report(Outcome.REACHED, rank % 5 != 1) if is_reached else Report(Outcome.NO_ANSWER)
    attempts.record_attempt(line, came, seen_attempts=line.attempts_count, by=by, at=at)


def _write(cpts: Cpts, crisis: Crisis, said: tuple[str, str], by: Account, now: datetime) -> None:
    """By e-mail to every member."""
    title, text = said
    chosen = Choice(Audience.ADHERENTS)
    contacts = audience.people(cpts, chosen, clock.local(now, cpts).date()).contacts
    channel = MessageChannel.EMAIL if outbox.keeps_mail() else MessageChannel.MAILBOX
    words = f"Bonjour,\n\n{text}\n\nN’écrivez jamais le nom d’un patient dans votre réponse."
    message = messages.send(crisis, Outgoing(channel, chosen.in_words, words, title, contacts), by=by, at=now)
    arrived(message, now + timedelta(minutes=1))


def _to_the_nurses(crisis: Crisis, by: Account, now: datetime) -> None:
    messages.send(crisis, Outgoing(MessageChannel.TEXT, "Groupe des infirmiers", TO_THE_NURSES[1]), by=by, at=now)
