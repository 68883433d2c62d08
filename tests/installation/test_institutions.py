"""What the operator does of institutions and their readers."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Invitation, Readership
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Institution, InstitutionKind
from tests.factories import InstitutionFactory, reader


def add(operator, **fields):
    page = operator.get("installation.institutions.new")
    return operator.submit(page, fields={"kind": "cpam", "name": "CPAM du Gard", "region": "76", **fields})


def test_an_institution_reads_some_departements(operator):
    shown = add(operator, departements="30, 48").follow()
    assert shown.texts(".facts dd") == ["CPAM", "Gard (30), Lozère (48)"]
    made = db.session.scalars(sa.select(Institution)).one()
    assert (made.kind, made.region, made.departements) == (InstitutionKind.CPAM, "76", ["30", "48"])


def test_without_departements_it_reads_the_whole_region(operator):
    assert add(operator, kind="ars", name="ARS").follow().texts(".facts dd") == ["ARS", "Occitanie"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"departements": "75"}, "Ce département n’est pas dans la région choisie : 75."),
        ({"name": ""}, "Écrivez le nom, comme CPAM du Gard."),
        ({"kind": "dreets"}, None),
        ({"region": ""}, "Choisissez une région."),
        ({"region": "xx"}, None),
    ],
)
def test_a_refusal_creates_nothing(operator, fields, message):
    page = add(operator, **fields)
    assert page.status == 422
    if message:
        (said,) = page.texts(".error-summary a")
        assert said.endswith(" : " + " ".join(message.split()))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 0


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (InstitutionKind.ARS, Role.ARS_READER),
        (InstitutionKind.CPAM, Role.CPAM_READER),
        (InstitutionKind.MSA, Role.CPAM_READER),
    ],
)
def test_the_role_of_a_reader_follows_from_the_institution(operator, kind, role):
    made = InstitutionFactory(kind=kind)
    db.session.commit()
    page = operator.get("installation.institutions.invite", institution_id=made.id)
    shown = operator.submit(page, fields={"name": "Luc", "email": "luc@exemple.fr"}).follow()
    invited = db.session.scalars(sa.select(Invitation)).one()
    assert (invited.role, invited.institution_id) == (role, made.id)
    assert "luc@exemple.fr" in shown.text


def test_a_change_of_area_is_stored(operator):
    made = InstitutionFactory(departements=["30"])
    db.session.commit()
    page = operator.get("installation.institutions.edit", institution_id=made.id)
    operator.submit(page, fields={"departements": ""})
    assert (made.departements, made.version) == ([], 2)


def test_two_operators_see_both_versions_in_words(operator):
    made = InstitutionFactory()
    db.session.commit()
    first = operator.get("installation.institutions.edit", institution_id=made.id)
    operator.submit(operator.get("installation.institutions.edit", institution_id=made.id), fields={"region": "93"})
    conflict = operator.submit(first, fields={"region": "84"})
    assert conflict.status == 409
    assert conflict.texts(".typed") == ["Auvergne-Rhône-Alpes", "Provence-Alpes-Côte d’Azur"]
    assert operator.submit(conflict).status == 303
    assert made.region == "84"


def test_a_reader_is_revoked_after_a_confirmation(operator):
    account = reader(InstitutionKind.ARS)
    db.session.commit()
    readership = account.readerships[0]
    where = {"institution_id": readership.institution_id, "readership_id": readership.id}
    asked = operator.get("installation.institutions.ask_to_revoke", **where)
    assert account.name in asked.text
    assert operator.submit(asked).status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Readership)) == 0


def test_a_reader_of_another_institution_is_not_found(operator):
    account, other = reader(InstitutionKind.ARS), InstitutionFactory()
    db.session.commit()
    where = {"institution_id": other.id, "readership_id": account.readerships[0].id}
    assert operator.post("installation.institutions.revoke", **where).status == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Readership)) == 1


def test_an_empty_list_says_what_to_do_first(operator):
    page = operator.get("installation.institutions.index")
    assert page.texts(".empty a") == ["Ajouter une institution"]
    assert operator.get("installation.institutions.show", institution_id=uuid.uuid4()).status == 404


def test_a_referent_cannot_add_an_institution(referent):
    assert referent.post("installation.institutions.create", {"kind": "ars", "name": "x", "region": "76"}).status == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Institution)) == 0
