"""The directory, read: every filter alone and together, and who counts as an adherent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory import queries, rules
from crisis_plan.anticipation.directory.filters import Filters, asked_filters
from crisis_plan.anticipation.directory.models import ContactEmail, ContactPhone
from crisis_plan.anticipation.directory.overview import Adherents
from crisis_plan.anticipation.directory.rules import ContactKind, Freshness, Lacking
from crisis_plan.db import db
from tests.factories import TODAY, ContactFactory, CptsFactory


def contact(cpts, family_name, **values):
    made = ContactFactory(cpts_id=cpts.id, family_name=family_name, **values)
    db.session.flush()
    return made


def found(cpts, **asked):
    return [one.family_name for one in queries.contacts(cpts, Filters(**asked))]


DAYS = [None, *(TODAY - timedelta(days) for days in (0, 1, 100, 182, 183, 184, 185, 364, 365, 366, 800))]


def test_the_database_and_the_rule_agree_on_every_age(cpts):
    for rank, day in enumerate(DAYS):
        contact(cpts, f"C{rank:02}", verified_on=day)
    for degree in Freshness:
        expected = [f"C{rank:02}" for rank, day in enumerate(DAYS) if rules.freshness(day, TODAY) is degree]
        assert expected
        assert found(cpts, freshness=degree, today=TODAY) == expected
    counted = queries.overview(cpts, TODAY).by_freshness
    assert counted == {degree: sum(rules.freshness(day, TODAY) is degree for day in DAYS) for degree in Freshness}


def test_a_freshness_without_a_day_is_refused():
    with pytest.raises(ValueError, match="day"):
        Filters(freshness=Freshness.FRESH)


def test_volunteers_are_found_by_the_crisis_and_no_other(cpts):
    contact(cpts, "Malade", volunteer_for=["ill", "nrc"])
    contact(cpts, "Blesse", volunteer_for=["injured"])
    contact(cpts, "Personne")
    assert found(cpts, volunteer_for=CrisisType.ILL) == ["Malade"]
    assert found(cpts, volunteer_for=CrisisType.INJURED) == ["Blesse"]
    assert found(cpts, volunteer_for=CrisisType.INFECTIOUS) == []


def test_a_function_or_a_category_is_one_filter(cpts):
    contact(cpts, "Dupont", function="Présidente")
    contact(cpts, "Mairie", is_service=True, category="Mairie")
    contact(cpts, "Autre")
    contact(CptsFactory(), "Ailleurs", function="Secrétaire", profession="Audioprothésiste")
    choices = queries.filter_choices(cpts)
    assert choices.functions == ["Mairie", "Présidente"]
    assert (choices.professions, choices.communes) == (["Infirmier"], ["Uzès"])
    assert found(cpts, function="Mairie") == ["Mairie"]
    assert found(cpts, function="Présidente") == ["Dupont"]


def test_with_or_without_an_email(cpts):
    contact(cpts, "Avec", emails=[ContactEmail(position=0, address="a@exemple.fr")])
    contact(cpts, "Sans")
    assert found(cpts, has_email=True) == ["Avec"]
    assert found(cpts, has_email=False) == ["Sans"]
    assert found(cpts) == ["Avec", "Sans"]


def private(number):
    return [ContactPhone(position=0, number=number, is_private=True)]


def test_what_lacks_is_found(cpts):
    contact(cpts, "Demander", phones=private("+33639980001"))
    contact(cpts, "Accorde", phones=private("+33639980002"), mobile_consent_on=TODAY)
    contact(cpts, "Fixe", phones=private("+33465710000"))
    contact(cpts, "Service", phones=private("+33639980003"), is_service=True)
    contact(cpts, "Muet", phones=[])
    contact(cpts, "Depuis", joined_on=None)
    contact(CptsFactory(), "Ailleurs", phones=private("+33639980004"))
    assert found(cpts, lacking=Lacking.CONSENT) == ["Demander"]
    assert found(cpts, lacking=Lacking.PHONE) == ["Muet"]
    assert found(cpts, lacking=Lacking.JOINING_DATE) == ["Depuis"]


def test_all_filters_together_narrow_down(cpts):
    wanted = {"volunteer_for": ["nrc"], "verified_on": TODAY, "function": "Présidente", "phones": []}
    contact(cpts, "Oui", **wanted)
    for name, other in (("volunteer_for", []), ("verified_on", None), ("function", ""), ("kind", ContactKind.PARTNER)):
        contact(cpts, f"Non{name}", **{**wanted, name: other})
    asked = asked_filters(
        {
            "type": "adherent",
            "profession": "Infirmier",
            "commune": "Uzès",
            "fonction": "Présidente",
            "verification": "fresh",
            "volontaire": "nrc",
            "courriel": "sans",
            "manque": "phone",
            "q": "infirm",
        },
        TODAY,
    )
    assert [one.family_name for one in queries.contacts(cpts, asked)] == ["Oui"]
    assert asked_filters(asked.address, TODAY) == asked


def test_an_address_that_means_nothing_filters_nothing():
    asked = asked_filters(dict.fromkeys(("type", "verification", "volontaire", "courriel", "manque"), "x"), TODAY)
    assert asked.address == {}
    assert asked.in_words == ()


def test_only_those_who_expressly_joined_by_the_day_are_adherents(cpts):
    day = date(2026, 6, 30)
    contact(cpts, "Avant", joined_on=date(2025, 1, 1))
    contact(cpts, "LeJour", joined_on=day)
    contact(cpts, "Apres", joined_on=date(2026, 7, 1))
    contact(cpts, "SansDate", joined_on=None)
    contact(cpts, "Pharmacie", joined_on=date(2025, 1, 1), is_service=True)
    contact(cpts, "Territoire", kind=ContactKind.PROFESSIONAL, joined_on=date(2025, 1, 1))
    contact(CptsFactory(), "Ailleurs", joined_on=date(2025, 1, 1))
    assert queries.adherents_on(cpts, day) == Adherents(professionals=2, structures=1, undated=1)
    assert queries.adherents_on(cpts, day).total == 3
    assert queries.adherents_on(CptsFactory(), day) == Adherents(0, 0)
