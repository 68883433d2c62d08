"""Whom an institution follows: by département, so that a CPTS over two régions is seen from both."""

from __future__ import annotations

import pytest
from flask import Flask

from crisis_plan.access import queries as access
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import InstitutionKind
from crisis_plan.organisations.queries import cpts_of_area
from tests.factories import CptsFactory, InstitutionFactory, reader

OCCITANIE, AUVERGNE_RHONE_ALPES, PACA = "76", "84", "93"


@pytest.mark.parametrize(
    ("region", "departements", "is_covered"),
    [
        (OCCITANIE, [], True),
        (AUVERGNE_RHONE_ALPES, [], True),
        (PACA, [], False),
        (OCCITANIE, ["30"], True),
        (AUVERGNE_RHONE_ALPES, ["07"], True),
        (AUVERGNE_RHONE_ALPES, ["26", "07"], True),
        (OCCITANIE, ["34"], False),
        (AUVERGNE_RHONE_ALPES, ["26"], False),
        ("", [], False),
        ("00", [], False),
    ],
)
def test_a_cpts_of_gard_and_ardeche_is_seen_from_both_regions(
    app: Flask, region: str, departements: list[str], is_covered: bool
) -> None:
    cpts = CptsFactory(region=OCCITANIE, departements=["30", "07"])
    institution = InstitutionFactory(region=region, departements=departements)
    db.session.commit()
    assert institution.covers(cpts) is is_covered
    assert cpts_of_area([institution]) == [cpts] * is_covered


def test_a_reader_of_the_second_region_reads_its_plan(app: Flask) -> None:
    cpts = CptsFactory(region=OCCITANIE, departements=["30", "07"])
    account = reader(InstitutionKind.ARS, region=AUVERGNE_RHONE_ALPES)
    db.session.commit()
    assert access.roles_in(account, cpts) == {Role.ARS_READER}
