"""What the operator does of CPTS."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Invitation
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts, CptsCommune
from crisis_plan.organisations.rules import Size
from crisis_plan.outbox import OutboxMessage
from tests.browser import Browser
from tests.factories import AccountFactory, CptsFactory, member
from tests.statements import counted_statements


def create(operator, **fields):
    page = operator.get("installation.tenants.new")
    return operator.submit(page, fields={"name": "CPTS Grand Alès", "departements": "30", **fields})


def stored(slug):
    return db.session.scalars(sa.select(Cpts).where(Cpts.slug == slug)).one_or_none()


def fact(page, label):
    return dict(zip(page.texts(".facts dt"), page.texts(".facts dd"), strict=True))[label]


def test_a_name_and_a_departement_are_enough(operator):
    shown = create(operator).follow()
    assert shown.texts("h1") == ["CPTS Grand Alès"]
    assert fact(shown, "Adresse sur ce site") == "/cpts/grand-ales/"
    assert fact(shown, "Région") == "Occitanie"
    assert fact(shown, "Communes") == "Aucune commune choisie"
    made = stored("grand-ales")
    assert (made.region, made.departements, made.time_zone, made.version) == ("76", ["30"], "Europe/Paris", 1)


def test_everything_that_is_typed_is_stored(operator):
    create(
        operator,
        slug="ouest-reunion",
        legal_name="Association de l’Ouest",
        siret="732 829 320 00074",
        departements="974",
        cpam_name="CGSS",
        contract_signed_on="2025-08-31",
        mission_started_on="01/09/2025",
        stated_size="3",
        stated_inhabitants="105 452",
    )
    made = stored("ouest-reunion")
    assert (made.siret, made.region, made.time_zone) == ("73282932000074", "04", "Indian/Reunion")
    assert (made.contract_signed_on, made.mission_started_on) == (date(2025, 8, 31), date(2025, 9, 1))
    assert (made.stated_size, made.stated_inhabitants) == (Size.T3, 105_452)


def test_a_form_sent_twice_creates_once(operator):
    page = operator.get("installation.tenants.new")
    fields = {"name": "CPTS Grand Alès", "departements": "30"}
    first, second = operator.submit(page, fields=fields), operator.submit(page, fields=fields)
    assert first.location == second.location
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Cpts)) == 2


def test_the_same_name_gets_another_address(operator):
    create(operator)
    create(operator)
    assert stored("grand-ales-2") is not None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"slug": "uzege"}, "Une autre CPTS a déjà cette adresse : choisissez-en une autre."),
        ({"slug": "Grand Alès"}, "Écrivez des minuscules sans accents et des tirets, comme uzege-pont-du-gard."),
        ({"name": "日本"}, "Ce nom ne donne pas d’adresse : écrivez-en une, comme uzege-pont-du-gard."),
        ({"siret": "12345678901234"}, "Ce n’est pas un SIRET : vérifiez les 14 chiffres."),
        ({"departements": "30 99"}, "Ce numéro de département n’existe pas : 99."),
        ({"departements": ""}, "Écrivez le numéro d’au moins un département, comme 30."),
        ({"departements": ", ;"}, "Écrivez le numéro d’au moins un département, comme 30."),
        ({"stated_inhabitants": "0"}, "Écrivez un nombre d’habitants, comme 105 452, ou laissez vide."),
        ({"name": "x" * 161}, "160 caractères au plus."),
    ],
)
def test_a_refused_field_says_what_to_do(operator, fields, message):
    page = create(operator, **fields)
    assert page.status == 422
    (said,) = page.texts(".error-summary a")
    assert said.endswith(" : " + " ".join(message.split()))
    (name,) = fields
    assert page.html.select_one(f"[name={name}]")["value"] == fields[name]


def test_departements_are_read_as_people_write_them(operator):
    create(operator, departements="30, 7 et 2a")
    assert stored("grand-ales").departements == ["30", "07", "2A"]


def test_a_change_keeps_the_address(operator):
    made = CptsFactory(slug="ales", name="Alès")
    db.session.commit()
    page = operator.get("installation.tenants.edit", cpts_id=made.id)
    shown = operator.submit(page, fields={"name": "Grand Alès", "departements": "48", "slug": "autre"}).follow()
    assert shown.texts("h1") == ["Grand Alès"]
    assert (made.slug, made.region, made.departements, made.version) == ("ales", "76", ["48"], 2)


def test_two_operators_see_both_versions_in_words(operator):
    made = CptsFactory(stated_size=Size.T1)
    db.session.commit()
    first = operator.get("installation.tenants.edit", cpts_id=made.id)
    operator.submit(operator.get("installation.tenants.edit", cpts_id=made.id), fields={"stated_size": "2"})
    conflict = operator.submit(first, fields={"stated_size": "3"})
    assert conflict.status == 409
    assert [cell for cell in conflict.texts(".typed") if "Taille" in cell] == [
        "Taille 3 – de 80 000 à 175 000 habitants",
        "Taille 2 – de 40 000 à 80 000 habitants",
    ]
    assert operator.submit(conflict).status == 303
    assert made.stated_size is Size.T3


def test_the_communes_give_inhabitants_and_size(operator):
    made = CptsFactory(communes=[])
    db.session.commit()
    page = operator.get("installation.tenants.territory", cpts_id=made.id)
    shown = operator.submit(page, "#communes", {"codes": ["30334", "30189"]}).follow()
    assert fact(shown, "Communes") == "2"
    assert "d’après la population des communes" in fact(shown, "Taille")


def test_the_first_referent_is_invited_and_the_inviter_sees_the_link(operator):
    made = CptsFactory(name="Alès")
    db.session.commit()
    page = operator.get("installation.tenants.invite", cpts_id=made.id)
    shown = operator.submit(page, fields={"name": "Nadia", "email": "Nadia@Exemple.fr"}).follow()
    invited = db.session.scalars(sa.select(Invitation)).one()
    assert (invited.role, invited.cpts_id, invited.email) == (Role.REFERENT, made.id, "nadia@exemple.fr")
    assert any("/invitation/" in link for link in shown.links(".rows a").values())
    assert shown.texts("#referent ~ p .badge, section .badge")[-1] == "Invitation créée"
    assert db.session.scalars(sa.select(OutboxMessage.recipient)).all() == [], "no mail server: no link is kept"


def test_another_operator_does_not_see_the_link_and_cannot_revoke(app, operator):
    made = CptsFactory()
    other = AccountFactory(is_operator=True)
    db.session.commit()
    operator.post("installation.tenants.send_invitation", {"name": "N", "email": "n@exemple.fr"}, cpts_id=made.id)
    colleague = Browser(app, other)
    assert "n@exemple.fr" not in colleague.get("installation.index").text
    assert "n@exemple.fr" in operator.get("installation.index").text
    invited = db.session.scalars(sa.select(Invitation)).one()
    assert colleague.post("installation.revoke", invitation_id=invited.id).status == 404


def test_an_invitation_is_revoked_after_a_confirmation(operator):
    made = CptsFactory()
    db.session.commit()
    operator.post("installation.tenants.send_invitation", {"name": "N", "email": "n@exemple.fr"}, cpts_id=made.id)
    invited = db.session.scalars(sa.select(Invitation)).one()
    asked = operator.get("installation.ask_to_revoke", invitation_id=invited.id)
    assert invited.revoked_at is None
    assert operator.submit(asked).status == 303
    assert invited.revoked_at is not None
    assert operator.get("installation.ask_to_revoke", invitation_id=invited.id).status == 404


def test_someone_who_is_there_already_is_refused_beside_the_field(operator):
    made = CptsFactory()
    known = member(made, Role.REFERENT)
    db.session.commit()
    fields = {"name": "N", "email": known.email}
    page = operator.post("installation.tenants.send_invitation", fields, cpts_id=made.id)
    assert page.status == 422
    assert "a déjà un compte ici" in page.texts(".error-summary a")[0]


def test_the_operator_sees_no_plan(operator, cpts):
    for endpoint in ("cpts.dashboard.show", "cpts.publication.index", "cpts.parameters.show", "cpts.plan.show"):
        assert operator.get(endpoint).status == 404


def test_nobody_else_sees_the_installation(referent, coordinator, ars_reader, cpam_reader, stranger):
    for browser in (referent, coordinator, ars_reader, cpam_reader, stranger):
        assert browser.get("installation.index").status == 404
        assert browser.get("installation.messages.index").status == 404
        assert browser.get("installation.tenants.show", cpts_id=browser.cpts.id).status == 404


def test_what_does_not_exist_is_not_found(operator):
    for endpoint in ("show", "edit", "territory", "invite"):
        assert operator.get(f"installation.tenants.{endpoint}", cpts_id=uuid.uuid4()).status == 404


def test_a_search_finds_by_name_commune_and_departement(operator):
    CptsFactory(name="Grand Alès", communes=[CptsCommune(code="30007")])
    CptsFactory(name="Ouest", departements=["974"], region="04", communes=[CptsCommune(code="97411")])
    db.session.commit()

    def found(asked):
        return operator.get("installation.index", q=asked).texts("tbody th")

    assert found("ales") == ["Grand Alès"]
    assert found("st denis") == ["Ouest"]
    assert found("reunion") == ["Ouest"]
    assert found("30700") == ["Uzège"]
    assert found("zzz") == []


def test_pages_hold_fifty(operator):
    for _ in range(51):
        CptsFactory(communes=[])
    db.session.commit()
    assert len(operator.get("installation.index").texts("tbody tr")) == 50
    assert len(operator.get("installation.index", page=2).texts("tbody tr")) == 2


def test_the_list_costs_the_same_for_one_row_and_for_four(operator):
    with counted_statements() as one:
        operator.get("installation.index")
    for _ in range(3):
        member(CptsFactory(), Role.REFERENT)
    db.session.commit()
    with counted_statements() as four:
        operator.get("installation.index")
    assert len(one) == len(four) <= 12
