"""A referent invites, the invited opens an account; the link is seen by who created it, nobody else."""

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock
from crisis_plan.access.models import Invitation, Membership
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser, Page
from tests.conftest import browser_of

INVITED = {"name": "Dominique Rey", "email": "dominique@exemple.fr", "role": "cell_member"}


def invite(referent: Browser, **changed: str) -> Page:
    return referent.submit(referent.get("cpts.accounts.invite"), fields={**INVITED, **changed})


def link_shown_to(browser: Browser) -> str:
    links = [href for href in browser.get("cpts.accounts.show").links().values() if "/invitation/" in href]
    return links[0].removeprefix("http://localhost") if links else ""


def test_an_invited_person_opens_an_account_and_has_the_role(referent: Browser, visitor: Browser, cpts: Cpts) -> None:
    assert invite(referent).status == 303
    link = link_shown_to(referent)
    page = visitor.open(link)
    opened = visitor.submit(page, fields={"name": "Dominique Rey", "password": "une phrase assez longue"})
    assert opened.status == 303
    assert visitor.get("cpts.dashboard.show").status == 200
    roles = db.session.scalars(sa.select(Membership.role).where(Membership.cpts_id == cpts.id)).all()
    assert sorted(roles) == [Role.CELL_MEMBER, Role.REFERENT]


def test_a_link_serves_once(referent: Browser, visitor: Browser, app: Flask, cpts: Cpts) -> None:
    invite(referent)
    link = link_shown_to(referent)
    visitor.submit(visitor.open(link), fields={"name": "Dominique Rey", "password": "une phrase assez longue"})
    assert Browser(app, None, cpts).open(link).status == 410


def test_only_the_inviter_sees_the_link(referent: Browser, app: Flask, cpts: Cpts) -> None:
    invite(referent)
    other = browser_of(app, cpts, Role.REFERENT)
    assert link_shown_to(referent) != ""
    assert link_shown_to(other) == ""
    assert "Dominique Rey" in other.get("cpts.accounts.show").text


def test_a_withdrawn_invitation_opens_nothing(referent: Browser, visitor: Browser) -> None:
    invite(referent)
    link = link_shown_to(referent)
    invited = db.session.scalars(sa.select(Invitation)).one()
    assert referent.post("cpts.accounts.revoke_invitation", invitation_id=invited.id).status == 303
    assert visitor.open(link).status == 410


def test_an_old_invitation_opens_nothing(referent: Browser, visitor: Browser) -> None:
    invite(referent)
    link = link_shown_to(referent)
    invited = db.session.scalars(sa.select(Invitation)).one()
    invited.expires_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
    assert visitor.open(link).status == 410


def test_a_forged_link_opens_nothing(visitor: Browser) -> None:
    assert visitor.open("/invitation/IjEyMyI.faux").status == 410


def test_a_form_sent_twice_invites_once(referent: Browser) -> None:
    page = referent.get("cpts.accounts.invite")
    first, second = (referent.submit(page, fields=INVITED) for _ in range(2))
    assert (first.status, second.status, second.location) == (303, 303, first.location)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 1


def test_the_same_form_with_another_content_is_refused(referent: Browser) -> None:
    page = referent.get("cpts.accounts.invite")
    referent.submit(page, fields=INVITED)
    assert referent.submit(page, fields={**INVITED, "name": "Quelqu’un d’autre"}).status == 409


def test_a_bad_address_is_refused_beside_the_field_and_nothing_typed_is_lost(referent: Browser) -> None:
    page = invite(referent, email="dominique")
    assert page.status == 422
    assert page.html.select_one('input[name="name"]')["value"] == "Dominique Rey"
    assert page.html.select_one('input[name="email"]')["value"] == "dominique"
    assert "nom@exemple.fr" in " ".join(page.texts(".field .error"))


def test_someone_who_is_there_already_is_not_invited_again(referent: Browser) -> None:
    page = invite(referent, email=referent.account.email)
    assert page.status == 422
    assert "déjà un compte" in page.text


def test_a_role_of_an_institution_cannot_be_given_by_a_referent(referent: Browser) -> None:
    assert invite(referent, role="operator").status == 422
    assert invite(referent, role="ars_reader").status == 422
