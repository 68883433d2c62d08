"""What keeps an account its owner's, and what is not to be learnt of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import outbox
from crisis_plan.access import operations
from crisis_plan.access.models import Invitation, SignInDelay
from crisis_plan.access.policy import Role
from crisis_plan.access.rules import FORGOTTEN_AFTER, network_of
from crisis_plan.access.sign_in import forget_old_failures
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from tests.browser import Browser
from tests.conftest import browser_of
from tests.factories import NOON, PASSWORD, CptsFactory, member


@pytest.fixture
def camille(app: Flask, cpts: Cpts) -> Browser:
    """A referent who signs in by password."""
    account = operations.open_account(email="camille@exemple.fr", name="Camille Durand", password=PASSWORD, at=NOON)
    operations.give_role(account, cpts, Role.REFERENT, by=account, at=NOON)
    db.session.commit()
    return Browser(app, None, cpts)


def sign_in(browser: Browser, password: str = PASSWORD, **more: str) -> int:
    fields = {"email": "camille@exemple.fr", "password": password, **more}
    return browser.submit(browser.get("access.sign_in"), fields=fields).status


def test_signing_out_also_forgets_a_remembered_device(camille: Browser) -> None:
    assert sign_in(camille, remember="y") == 303
    camille.post("access.sign_out")
    assert camille.get("access.my_account").location.startswith("/connexion")


def test_a_remembered_device_can_be_signed_out_from_another(app: Flask, cpts: Cpts, camille: Browser) -> None:
    phone = Browser(app, None, cpts)
    sign_in(phone, remember="y")
    sign_in(camille)
    page = camille.get("access.my_account")
    done = camille.submit(page, 'form[action$="/deconnecter-partout"]')
    assert done.status == 303
    assert camille.get("access.my_account").status == 200
    assert phone.get("access.my_account").location.startswith("/connexion")


def test_the_addresses_of_one_ipv6_subscriber_are_one(app: Flask, camille: Browser) -> None:
    assert network_of("2001:db8:1:2::7") == network_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert network_of("192.0.2.1") != network_of("192.0.2.2")
    statuses = []
    for last in range(7):
        camille.client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2::{last + 1:x}"
        statuses.append(sign_in(camille, "non"))
    assert statuses[-1] == 429


def test_delays_that_delay_nobody_are_forgotten(camille: Browser) -> None:
    sign_in(camille, "non")
    last = db.session.scalars(sa.select(SignInDelay.last_failed_at)).one()
    assert forget_old_failures(last + timedelta(minutes=1)) == 0
    assert forget_old_failures(last + FORGOTTEN_AFTER + timedelta(seconds=1)) == 1


def test_guessing_the_current_password_is_delayed_too(camille: Browser) -> None:
    sign_in(camille)
    fields = {"current_password": "non", "password": "un tout autre secret"}
    page = camille.get("access.my_account")
    statuses = [camille.submit(page, 'form[action$="/mon-compte"]', fields).status for _ in range(7)]
    assert (statuses[0], statuses[-1]) == (422, 429)


def test_one_reset_message_every_few_minutes(app: Flask, camille: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    for _ in range(3):
        camille.submit(camille.get("access.forgotten_password"), fields={"email": "camille@exemple.fr"})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 1


def test_without_a_mail_server_no_link_is_kept(camille: Browser) -> None:
    camille.submit(camille.get("access.forgotten_password"), fields={"email": "camille@exemple.fr"})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 0


def test_a_referent_hands_over_a_reset_link(referent: Browser, cpts: Cpts, app: Flask) -> None:
    lost = member(cpts, Role.ADHERENT)
    db.session.commit()
    shown = referent.post("cpts.accounts.reset_link", membership_id=lost.memberships[0].id)
    link = next(text for text in shown.texts(".typed") if text.startswith("http://localhost"))
    visitor = Browser(app, None, cpts)
    page = visitor.open(link.removeprefix("http://localhost"))
    assert visitor.submit(page, fields={"password": "un tout autre secret"}).status == 303


def test_a_referent_does_not_open_the_rights_that_someone_holds_elsewhere(referent: Browser, cpts: Cpts) -> None:
    elsewhere = CptsFactory()
    both = member(cpts, Role.ADHERENT)
    operations.give_role(both, elsewhere, Role.REFERENT, by=both, at=NOON)
    db.session.commit()
    mine = next(one.id for one in both.memberships if one.cpts_id == cpts.id)
    assert referent.post("cpts.accounts.reset_link", membership_id=mine).status == 409


def test_an_account_of_another_cpts_is_out_of_reach(referent: Browser) -> None:
    elsewhere = CptsFactory()
    other = member(elsewhere, Role.ADHERENT)
    invited = operations_invitation(elsewhere, other)
    for endpoint, name, value in (
        ("cpts.accounts.reset_link", "membership_id", other.memberships[0].id),
        ("cpts.accounts.revoke_membership", "membership_id", other.memberships[0].id),
        ("cpts.accounts.revoke_invitation", "invitation_id", invited.id),
    ):
        assert referent.post(endpoint, **{name: value}).status == 404


def operations_invitation(cpts: Cpts, by: object) -> Invitation:
    made = Invitation(
        email="x@exemple.fr",
        name="X",
        role=Role.ADHERENT,
        cpts_id=cpts.id,
        invited_by_id=by.id,  # type: ignore[attr-defined]
        created_at=NOON,
        expires_at=NOON + timedelta(days=400),
    )
    db.session.add(made)
    db.session.commit()
    return made


def test_who_lost_access_does_not_come_back_by_an_invitation_of_their_own(referent: Browser, cpts: Cpts) -> None:
    leaving = browser_of(referent.app, cpts, Role.REFERENT)
    invited = operations_invitation(cpts, leaving.account)
    referent.post("cpts.accounts.revoke_membership", membership_id=leaving.account.memberships[0].id)
    assert db.session.get(Invitation, invited.id).revoked_at is not None


@pytest.mark.parametrize("address", ["/cpts/a%00b/", "/cpts/..%2F/", "/cpts/UZEGE/"])
def test_an_address_that_is_no_slug_is_not_found(referent: Browser, address: str) -> None:
    assert referent.open(address).status in (404, 308)


def test_a_number_beyond_all_versions_is_not_found(referent: Browser) -> None:
    for number in ("3000000000", "99999999999999999999"):
        assert referent.open(f"/cpts/uzege/versions/{number}").status == 404
        assert referent.open(f"/cpts/uzege/versions/{number}.pdf").status == 404


def test_a_mail_server_that_fails_breaks_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, referent: Browser
) -> None:
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:1")
    page = referent.get("cpts.accounts.invite")
    sent = referent.submit(page, fields={"name": "Dominique", "email": "d@exemple.fr", "role": "adherent"})
    assert sent.status == 303
    message = db.session.scalars(sa.select(OutboxMessage)).one()
    assert (message.sent_at, message.attempts, bool(message.last_error)) == (None, 1, True)
    assert outbox.waiting(message.created_at) == [message.id]
    assert outbox.waiting(message.created_at + timedelta(days=3)) == []


@pytest.mark.parametrize("role", ["referent", "adherent"])
def test_a_space_is_not_a_name(referent: Browser, role: str) -> None:
    page = referent.get("cpts.accounts.invite")
    refused = referent.submit(page, fields={"name": " ", "email": " ", "role": role})
    assert (refused.status, len(refused.texts(".field .error"))) == (422, 2)
