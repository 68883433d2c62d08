"""The page of the deadlines, its strip and its calendar file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from crisis_plan.db import db
from crisis_plan.distribution.rules import Group
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.yearly_update.deadlines import queries
from crisis_plan.yearly_update.deadlines.rules import DeadlineKind
from tests.browser import Browser, Page
from tests.factories import TODAY, CptsFactory
from tests.statements import counted_statements
from tests.yearly_update.deadlines.arranged import EARLIER, PROVISIONAL, PUBLISHED, a_version, handed_over

SHOW = "cpts.deadlines.show"


@pytest.fixture
def signed(cpts: Cpts) -> Cpts:
    """Contract of 31/08/2025, amendment a year later, mission begun on 01/09/2025; the contract counts."""
    cpts.deadlines_from = MissionSource.CONTRACT
    cpts.contract_signed_on, cpts.amendment_signed_on = date(2025, 8, 31), date(2026, 8, 31)
    cpts.mission_started_on = date(2025, 9, 1)
    db.session.commit()
    return cpts


def rows(page: Page) -> list[list[str]]:
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in page.html.select("#deadlines tbody tr")
    ]


def test_without_anything_the_page_says_what_is_missing_and_where_to_write_it(coordinator: Browser) -> None:
    page = coordinator.get(SHOW)
    assert page.texts(".notice li") == [
        "Dites si les échéances se comptent depuis le contrat ou depuis l’avenant : sans cela, le démarrage (6 mois) et "
        "le déploiement (18 mois) ne peuvent pas être datés.",
        "La date de début de la mission manque : ses années et leur fin ne peuvent pas être comptées.",
        "La date de signature du contrat manque : ses anniversaires ne peuvent pas être datés.",
    ]
    assert coordinator.open(page.links()["Compléter le contrat"]).texts("h1") == ["Contrat et mission"]
    assert not page.html.select("#strip")
    assert "Ajouter à mon agenda" not in page.links()


def test_who_only_reads_is_told_who_can_fill_it_in(cell_member: Browser) -> None:
    page = cell_member.get(SHOW)
    assert "La coordination ou un référent de crise peut compléter le contrat." in page.text
    assert not [name for name in page.links() if "contrat" in name or "Joindre" in name]


def test_each_deadline_has_its_day_its_reason_and_its_state(coordinator: Browser, signed: Cpts) -> None:
    first = a_version(signed, date(2026, 3, 12))
    handed_over(first, date(2026, 4, 2))
    db.session.commit()
    assert rows(coordinator.get(SHOW)) == [
        [
            "Démarrage : le plan est écrit",
            "28 février 2026",
            "6 mois à compter de la signature du contrat, le 31 août 2025",
            "Fait le 12 mars 2026, 12 jours après",
        ],
        [
            "Fin de l’année 1 de la mission",
            "31 août 2026",
            "dernier jour de l’année de la mission commencée le 1er septembre 2025",
            "Passé",
        ],
        [
            "1er anniversaire du contrat",
            "31 août 2026",
            "contrat signé le 31 août 2025 ; les versements se font autour de cette date",
            "Passé",
        ],
        [
            "Déploiement : le plan est communiqué aux partenaires",
            "28 février 2027",
            "18 mois à compter de la signature du contrat, le 31 août 2025",
            "Fait le 2 avril 2026",
        ],
        [
            "Mise à jour du plan",
            "12 mars 2027",
            "12 mois après la dernière publication",
            "Dans 110 jours Ouvrir la mise à jour",
        ],
        [
            "Fin de l’année 2 de la mission",
            "31 août 2027",
            "dernier jour de l’année de la mission commencée le 1er septembre 2026",
            "Dans 282 jours",
        ],
        [
            "2e anniversaire du contrat",
            "31 août 2027",
            "contrat signé le 31 août 2025 ; les versements se font autour de cette date",
            "Dans 282 jours",
        ],
    ]


def test_the_strip_draws_what_the_table_says(coordinator: Browser, signed: Cpts) -> None:
    """Once for a wide page, once for a telephone; what is late since before the strip stands at its edge."""
    page = coordinator.get(SHOW)
    states = [state.lower() for state in page.texts("#deadlines .badge")]
    told = {f"{name}, {day} : {state}" for (name, day, *_), state in zip(rows(page), states, strict=True)}
    assert "Démarrage : le plan est écrit, 28 février 2026 : en retard de 267 jours" in told
    for size in ("is-wide", "is-narrow"):
        svg = f"#strip svg.{size}"
        assert set(page.texts(f"{svg} .tl-dot title")) == told | {"22 novembre 2026"}
        assert page.texts(f"{svg} g:has(.tl-bar) title") == [
            "Année 2, du 1er septembre 2026 au 31 août 2027",
            "Année 3, du 1er septembre 2027 au 31 août 2028",
            "Année 1, du 1er septembre 2025 au 31 août 2026",
        ]
        assert {"2026", "2027", "août", "Année 2"} <= set(page.texts(f"{svg} text"))


@pytest.mark.parametrize(("kind", "is_met"), [(PUBLISHED, True), (EARLIER, True), (PROVISIONAL, False)])
def test_a_version_written_before_counts_as_a_written_plan_and_a_provisional_one_never(
    signed: Cpts, kind: object, is_met: bool
) -> None:
    a_version(signed, date(2025, 1, 10), kind)  # type: ignore[arg-type]
    (start,) = [one for one in queries.deadlines_of(signed, TODAY) if one.kind is DeadlineKind.START]
    assert start.done_on == (date(2025, 1, 10) if is_met else None)


def test_the_first_of_the_versions_is_the_one_that_started(signed: Cpts) -> None:
    a_version(signed, date(2026, 1, 10), number=1)
    a_version(signed, date(2026, 9, 10), number=2)
    a_version(signed, date(2025, 11, 3), EARLIER)
    (start,) = [one for one in queries.deadlines_of(signed, TODAY) if one.kind is DeadlineKind.START]
    assert start.done_on == date(2025, 11, 3)


def test_only_partners_make_the_deployment(signed: Cpts) -> None:
    version = a_version(signed, date(2026, 3, 12))
    handed_over(version, date(2026, 3, 20), Group.CPAM)
    assert queries.achieved_of(signed).communicated_on is None
    handed_over(version, date(2026, 5, 4))
    assert queries.achieved_of(signed).communicated_on == date(2026, 5, 4)


def test_five_years_of_the_mission_the_present_one_marked(coordinator: Browser, signed: Cpts) -> None:
    page = coordinator.get(SHOW)
    assert page.texts("#mission-years tbody tr") == [
        "Année 1 01/09/2025 31/08/2026",
        "Année 2 En cours 01/09/2026 31/08/2027",
        "Année 3 01/09/2027 31/08/2028",
        "Année 4 01/09/2028 31/08/2029",
        "Année 5 01/09/2029 31/08/2030",
    ]
    assert [one.number for one in queries.mission_years_of(signed, date(2032, 1, 1))] == [1, 2, 3, 4, 5, 6, 7]


def test_the_calendar_file_says_what_is_still_to_come_under_lasting_names(coordinator: Browser, signed: Cpts) -> None:
    a_version(signed, date(2026, 2, 12))
    db.session.commit()
    first = coordinator.get("cpts.deadlines.calendar")
    again = coordinator.get("cpts.deadlines.calendar")
    assert first.content == again.content
    assert first.response.headers["Content-Disposition"] == "attachment; filename=echeances_uzege.ics"
    events = {str(one["uid"]): one for one in Calendar.from_ical(first.content).walk("VEVENT")}
    assert f"deadline-start-{signed.id}@plan-de-crise" not in events
    deployment = events[f"deadline-deployment-{signed.id}@plan-de-crise"]
    assert deployment.decoded("dtstart") == date(2027, 2, 28)
    assert str(deployment["summary"]) == "Déploiement\u00a0: le plan est communiqué aux partenaires"
    assert str(deployment["url"]).endswith("/cpts/uzege/mise-a-jour/echeances/")
    update = events[f"update-{signed.id}@plan-de-crise"]
    assert str(update["summary"]) == "Mise à jour du plan à publier (12 mois après la dernière publication)"
    assert len(events) == 12


def test_a_page_costs_the_same_for_one_version_and_for_three(coordinator: Browser, signed: Cpts) -> None:
    def statements(number: int) -> int:
        handed_over(a_version(signed, TODAY - timedelta(days=300 - number), number=number), TODAY)
        db.session.commit()
        coordinator.get(SHOW)
        with counted_statements() as sent:
            coordinator.get(SHOW)
        return len(sent)

    once, *_, three = [statements(number) for number in (1, 2, 3)]
    assert once == three <= 12


def test_another_cpts_changes_nothing_here(coordinator: Browser, signed: Cpts) -> None:
    other = CptsFactory(contract_signed_on=date(2025, 8, 31), deadlines_from=MissionSource.CONTRACT)
    handed_over(a_version(other, date(2026, 1, 1)), date(2026, 1, 2))
    db.session.commit()
    assert [row[3] for row in rows(coordinator.get(SHOW))][:1] == ["En retard de 267 jours Ouvrir le plan"]
