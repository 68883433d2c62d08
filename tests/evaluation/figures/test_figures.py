"""The figures of a crisis that was lived: how it went by, what its log holds, and all of them together."""

from __future__ import annotations

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.evaluation.figures.queries import figures
from crisis_plan.evaluation.figures.rules import Cited, FigureKey
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts.operations import Told
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, Written
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import NeedKind, NeedState
from crisis_plan.pilotage.room import conduct
from crisis_plan.pilotage.room.levels import named
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.figures.lived import HOUR, LATER, after, counted, mobilise, say
from tests.evaluation.figures.rows import lines, main
from tests.factories import NOON, CptsFactory, member
from tests.statements import counted_statements


def test_the_duration_goes_to_the_stand_down_and_the_log_to_its_closing(cpts: Cpts, by: Account) -> None:
    figure = after(cpts, by, lambda crisis: say(crisis, by, EntryKind.ACTIVATION), FigureKey.DURATION)
    assert figure.value == "5\u00a0h"
    assert [line.label for line in figure.lines] == ["Ouverture", "Levée", "Clôture"]
    assert "6\u00a0h" in figure.counted
    assert set(figure.entries) == main(1, 2, 3)


def test_the_facts_that_stand_are_told_with_who_and_when(cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        facts.record(crisis, FactKind.REQUEST, Told(NOON, "ARS"), by=by, at=NOON)
        wrong = facts.record(crisis, FactKind.RECOGNITION, Told(NOON, "Préfet"), by=by, at=NOON)
        facts.withdraw(crisis, wrong, reason="Mal entendu", by=by, at=NOON)

    figure = after(cpts, by, tell, FigureKey.FACTS)
    assert figure.value == "1 sur 3"
    assert [line.value for line in figure.lines] == [
        FactKind.ORSAN.missing,
        "ARS, le 22/11/2026 à 13:00",
        FactKind.RECOGNITION.missing,
    ]
    assert [set(line.entries) for line in figure.lines] == [set(), main(1), main(2, 3)]


def test_each_level_is_told_from_when_it_held(cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        say(crisis, by, EntryKind.ACTIVATION)
        level, version, at = named(cpts, "Activation totale"), crisis.version, NOON + HOUR
        conduct.change_level(cpts, crisis, level, reason="", decided_by="", seen_version=version, by=by, at=at)

    figure = after(cpts, by, tell, FigureKey.LEVELS)
    assert figure.value == "1\u00a0changement"
    assert [line.value for line in figure.lines] == ["Activation partielle", "Activation totale"]
    assert set(figure.entries) == main(1, 2)


def test_the_communes_are_those_of_the_alert_and_of_the_needs(cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        db.session.add(CrisisAlert(crisis_id=crisis.id, communes=["30334"], updated_at=NOON))
        need = Need("30212", "Remoulins", NeedKind.CARE, "Pansements", people_count=4)
        needs.answer(crisis, needs.note(crisis, need, by=by, at=NOON), NeedState.MET, "Deux infirmiers", by=by, at=NOON)

    figure = after(cpts, by, tell, FigureKey.COMMUNES)
    assert figure.value == "2\u00a0communes, 1\u00a0besoin"
    assert lines(figure) == {"Remoulins": "Soins, 4\u00a0personnes\u00a0: couvert", "Uzès": "aucun besoin noté"}
    assert set(figure.entries) == main(2)


def test_what_reaches_the_annex_is_told_apart(cpts: Cpts, by: Account) -> None:
    debrief = a_debrief(cpts, by, tell=lambda crisis: say(crisis, by, EntryKind.DECISION, reason="Le plus sûr"))
    assert debrief.crisis
    late = Written(EntryKind.DECISION, "Fermer", device_at=NOON + HOUR)
    append_entry(debrief.crisis, late, by=by, at=LATER)
    for key, value in ((FigureKey.ENTRIES, "4"), (FigureKey.DECISIONS, "2"), (FigureKey.WITHOUT_REASON, "1")):
        assert counted(debrief, key).value == f"{value}, dont 1 arrivée après la clôture"
    assert counted(debrief, FigureKey.LATE).entries == (Cited(Part.ANNEX, 1),)
    assert Cited(Part.ANNEX, 1) in counted(debrief, FigureKey.ENTRIES).entries


def test_silences_follow_the_threshold_of_the_crisis_until_the_stand_down(cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        crisis.silence_minutes = 90
        db.session.flush()
        for minutes in (90, 190, 215):
            say(crisis, by, EntryKind.INFORMATION, minutes)

    figure = after(cpts, by, tell, FigureKey.SILENCES)
    assert figure.value == "1, le plus long de 1\u00a0h\u00a040"
    assert set(figure.entries) == main(1, 2)
    assert "plus de 1\u00a0h\u00a030" in figure.counted


def test_every_figure_of_a_crisis_says_how_it_was_counted_and_alone_is_the_same(cpts: Cpts, by: Account) -> None:
    debrief = a_debrief(cpts, by, tell=mobilise(cpts, by))
    found = figures(debrief, LATER)
    assert [one.key for one in found] == list(FigureKey)[:-2]
    for one in found:
        assert one.value
        assert one.counted.endswith(".")
        assert figures(debrief, LATER, only=one.key) == (one,)
    assert figures(debrief, LATER, only=FigureKey.ATTENDANCE) == ()


def test_the_crisis_of_another_tenant_counts_nothing_here(cpts: Cpts, by: Account) -> None:
    other = CptsFactory()
    mine = a_debrief(cpts, by)
    a_debrief(other, member(other, Role.REFERENT), tell=mobilise(other, by))
    before = [(one.key, one.value) for one in figures(mine, LATER)]
    assert dict(before)[FigureKey.PROFESSIONALS] == "aucun"
    assert dict(before)[FigureKey.ENTRIES] == "2"


def test_a_long_log_asks_the_database_no_more_often_than_a_short_one(cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        mobilise(cpts, by)(crisis)
        for minutes in range(200, 230):
            say(crisis, by, EntryKind.DECISION, minutes)

    sent = []
    for debrief in (a_debrief(cpts, by, tell=mobilise(cpts, by)), a_debrief(cpts, by, tell=tell)):
        db.session.rollback()
        with counted_statements() as statements:
            figures(debrief, LATER)
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 20
