"""Signing in, staying in, being kept out."""

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access import operations
from crisis_plan.access.models import SignInDelay
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import NOON, PASSWORD, member


def someone(cpts: Cpts, email: str = "camille@exemple.fr") -> None:
    account = operations.open_account(email=email, name="Camille Durand", password=PASSWORD, at=NOON)
    operations.give_role(account, cpts, Role.REFERENT, by=account, at=NOON)
    db.session.commit()


def test_a_person_signs_in_and_lands_on_the_page_they_asked_for(visitor: Browser, cpts: Cpts) -> None:
    someone(cpts)
    asked = visitor.get("cpts.plan.show")
    assert asked.status == 302
    signed_in = visitor.submit(
        asked.follow(), fields={"email": "Camille@Exemple.fr", "password": PASSWORD, "target": "/cpts/uzege/plan/"}
    )
    assert (signed_in.status, signed_in.location) == (303, "/cpts/uzege/plan/")
    assert visitor.open("/cpts/uzege/plan/").status == 200


def test_the_address_asked_for_travels_through_the_sign_in_page(visitor: Browser) -> None:
    page = visitor.get("cpts.plan.show", _anchor=None).follow()
    assert page.html.select_one('input[name="target"]')["value"] == "/cpts/uzege/plan/"


def test_a_foreign_target_is_not_followed(visitor: Browser, cpts: Cpts) -> None:
    someone(cpts)
    for target in ("https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:alert(1)"):
        page = visitor.get("access.sign_in")
        answer = visitor.submit(page, fields={"email": "camille@exemple.fr", "password": PASSWORD, "target": target})
        assert answer.location == "/"
        visitor.client.delete_cookie("plan_de_crise")


def test_a_wrong_password_says_so_without_saying_which_is_wrong_and_keeps_the_address(
    visitor: Browser, cpts: Cpts
) -> None:
    someone(cpts)
    known = visitor.submit(visitor.get("access.sign_in"), fields={"email": "camille@exemple.fr", "password": "non"})
    unknown = visitor.submit(visitor.get("access.sign_in"), fields={"email": "personne@exemple.fr", "password": "non"})
    assert (known.status, unknown.status) == (422, 422)
    assert known.texts(".field .error") == unknown.texts(".field .error")
    assert known.html.select_one('input[name="email"]')["value"] == "camille@exemple.fr"


def test_failures_outlive_the_refusal_and_delay_this_address_only(visitor: Browser, cpts: Cpts, app: Flask) -> None:
    someone(cpts)
    for _ in range(6):
        refused = visitor.submit(
            visitor.get("access.sign_in"), fields={"email": "camille@exemple.fr", "password": "non"}
        )
    assert refused.status == 429
    assert "Réessayez dans" in refused.text
    assert db.session.scalars(sa.select(SignInDelay.failures)).one() == 5
    elsewhere = Browser(app, None, cpts)
    elsewhere.client.environ_base["REMOTE_ADDR"] = "10.1.1.1"
    signed_in = elsewhere.submit(
        elsewhere.get("access.sign_in"), fields={"email": "camille@exemple.fr", "password": PASSWORD}
    )
    assert signed_in.status == 303


def test_changing_the_password_ends_other_sessions(app: Flask, cpts: Cpts) -> None:
    someone(cpts)
    phone, desk = Browser(app, None, cpts), Browser(app, None, cpts)
    for browser in (phone, desk):
        browser.submit(browser.get("access.sign_in"), fields={"email": "camille@exemple.fr", "password": PASSWORD})
    changed = desk.submit(
        desk.get("access.my_account"),
        "main form",
        {"current_password": PASSWORD, "password": "un tout autre secret"},
    )
    assert changed.status == 303
    assert desk.get("access.my_account").status == 200
    assert phone.get("access.my_account").location.startswith("/connexion")


def test_a_signed_out_visitor_gets_the_sign_in_page_for_any_address(visitor: Browser) -> None:
    for address in ("/cpts/uzege/", "/cpts/inconnue/", "/nulle/part", "/region/", "/installation/"):
        assert visitor.open(address).location.startswith("/connexion?suite="), address


def test_a_form_sent_in_an_expired_session_loses_nothing(app: Flask, cpts: Cpts) -> None:
    lost = Browser(app, None, cpts)
    page = lost.send(
        "/cpts/uzege/plan/anticipation/risques/modifier", {"text": "Trois heures de travail", "seen_version": "0"}
    )
    assert page.status == 401
    assert page.html.select_one('input[name="text"]')["value"] == "Trois heures de travail"
    someone(cpts)
    other_tab = lost.submit(lost.get("access.sign_in"), fields={"email": "camille@exemple.fr", "password": PASSWORD})
    assert other_tab.status == 303
    saved = lost.submit(page, "main form")
    assert saved.status == 303
    assert "Trois heures de travail" in saved.follow().text


def test_a_post_from_another_site_is_refused_without_an_offer_to_send_it_again(referent: Browser) -> None:
    answer = referent.client.post(
        referent.address("cpts.plan.save", theme="anticipation", rubrique="risques"),
        data={"text": "piège"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 400
    assert "piège" not in answer.get_data(as_text=True)


def test_a_reset_link_works_once(visitor: Browser, cpts: Cpts, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    someone(cpts)
    asked = visitor.submit(visitor.get("access.forgotten_password"), fields={"email": "camille@exemple.fr"})
    assert asked.status == 200
    link = newest_link()
    saved = visitor.submit(visitor.open(link), fields={"password": "un tout autre secret"})
    assert saved.status == 303
    assert Browser(app, None, cpts).open(link).status == 410


def test_nobody_is_told_whether_an_address_has_an_account(visitor: Browser, cpts: Cpts) -> None:
    someone(cpts)
    answers = [
        visitor.submit(visitor.get("access.forgotten_password"), fields={"email": email}).text
        for email in ("camille@exemple.fr", "inconnue@exemple.fr")
    ]
    assert answers[0] == answers[1]


def newest_link() -> str:
    from crisis_plan.outbox import OutboxMessage

    body = db.session.scalars(sa.select(OutboxMessage.body).order_by(OutboxMessage.created_at.desc())).first()
    assert body
    return next(line for line in body.splitlines() if line.startswith("http://localhost")).removeprefix(
        "http://localhost"
    )


def test_only_the_last_referent_account_cannot_be_removed(referent: Browser, cpts: Cpts) -> None:
    another = member(cpts, Role.REFERENT)
    db.session.commit()
    membership = another.memberships[0].id
    assert referent.post("cpts.accounts.revoke_membership", membership_id=membership).status == 303
    mine = referent.account.memberships[0].id
    assert referent.post("cpts.accounts.revoke_membership", membership_id=mine).status == 409
