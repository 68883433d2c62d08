"""Promises over every route: a page that does not exist yet is already covered."""

from __future__ import annotations

import re
import uuid
from enum import StrEnum

import pytest
from flask import Flask
from werkzeug.routing import Rule

from crisis_plan.access.policy import POLICY, Permission, Role
from crisis_plan.access.queries import READER_ROLE
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts, InstitutionKind
from crisis_plan.settings import Settings
from tests.browser import Browser
from tests.factories import AccountFactory, CptsFactory, member, reader

KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def permission_of(app: Flask, rule: Rule) -> Permission | str:
    return app.view_functions[rule.endpoint].access  # type: ignore[attr-defined, no-any-return]


def method_of(rule: Rule) -> str:
    return "POST" if "POST" in (rule.methods or ()) else "GET"


def address_of(app: Flask, rule: Rule, cpts: Cpts) -> str:
    """An address of this rule; what it names besides the CPTS does not exist."""
    values = {}
    for name in rule.arguments:
        if name in (rule.defaults or {}):
            continue
        converter = rule._converters[name]
        if name == "slug":
            values[name] = cpts.slug
        elif converter.regex.startswith("(?:"):
            values[name] = converter.regex[3:-1].split("|")[0]
        elif "UUID" in type(converter).__name__:
            values[name] = str(uuid.UUID(int=7))
        elif "Integer" in type(converter).__name__:
            values[name] = 1
        else:
            values[name] = "inconnu"
    with app.test_request_context():
        return app.url_map.bind("localhost").build(
            rule.endpoint, {**(rule.defaults or {}), **values}, method=method_of(rule)
        )


def ask(browser: Browser, app: Flask, rule: Rule, cpts: Cpts) -> int:
    address = address_of(app, rule, cpts)
    return (browser.send(address, {}) if method_of(rule) == "POST" else browser.open(address)).status


def person(app: Flask, cpts: Cpts, role: Role) -> Browser:
    if role is Role.OPERATOR:
        account = AccountFactory(is_operator=True)
    elif role in READER_ROLE.values():
        account = reader(next(kind for kind in InstitutionKind if READER_ROLE[kind] is role))
    else:
        account = member(cpts, role)
    db.session.commit()
    return Browser(app, account, cpts)


@pytest.mark.parametrize("role", list(Role))
def test_every_route_keeps_out_who_may_not(app: Flask, cpts: Cpts, role: Role) -> None:
    browser = person(app, cpts, role)
    for rule in rules(app):
        permission = permission_of(app, rule)
        if not isinstance(permission, Permission) or role in POLICY[permission]:
            continue
        status = ask(browser, app, rule, cpts)
        knows_the_cpts = "slug" in rule.arguments and role is not Role.OPERATOR
        assert status == (403 if knows_the_cpts else 404), f"{role} {rule.methods} {rule.rule}: {status}"


def test_a_stranger_gets_404_everywhere(app: Flask, cpts: Cpts, stranger: Browser) -> None:
    for rule in rules(app):
        if "slug" in rule.arguments:
            assert ask(stranger, app, rule, cpts) == 404, rule.rule


def test_a_visitor_gets_the_sign_in_page_everywhere(app: Flask, cpts: Cpts, visitor: Browser) -> None:
    for rule in rules(app):
        if permission_of(app, rule) == "public":
            continue
        address = address_of(app, rule, cpts)
        if method_of(rule) == "GET":
            assert visitor.open(address).location.startswith("/connexion"), rule.rule
        else:
            assert visitor.send(address, {}).status == 401, rule.rule


def test_what_does_not_exist_is_not_found_and_never_breaks(app: Flask, cpts: Cpts, referent: Browser) -> None:
    for rule in rules(app):
        permission = permission_of(app, rule)
        if isinstance(permission, Permission) and Role.REFERENT in POLICY[permission] and method_of(rule) == "GET":
            assert ask(referent, app, rule, cpts) in (200, 302, 303, 404, 410), rule.rule


def test_an_empty_form_is_refused_or_harmless_and_never_breaks(app: Flask, cpts: Cpts, referent: Browser) -> None:
    for rule in rules(app):
        permission = permission_of(app, rule)
        if isinstance(permission, Permission) and Role.REFERENT in POLICY[permission] and method_of(rule) == "POST":
            assert ask(referent, app, rule, cpts) in (303, 404, 409, 422), rule.rule


def test_addresses_are_french_kebab_case(app: Flask) -> None:
    for rule in rules(app):
        for part in re.sub(r"<[^>]+>", "0", rule.rule).strip("/").split("/"):
            assert not part or KEBAB_CASE.fullmatch(part), rule.rule


def test_no_address_contains_an_english_verb(app: Flask) -> None:
    english = re.compile(r"\b(edit|add|new|delete|remove|list|show|search|save|update|create|settings|users?)\b")
    for rule in rules(app):
        assert not english.search(re.sub(r"<[^>]+>", "", rule.rule)), rule.rule


def enumerations() -> list[type[StrEnum]]:
    import crisis_plan.models  # noqa: F401

    return [kind for kind in all_subclasses(StrEnum) if kind.__module__.startswith("crisis_plan.")]


def all_subclasses(kind: type) -> list[type]:
    return [one for child in kind.__subclasses__() for one in (child, *all_subclasses(child))]


def test_every_enumeration_shown_has_french_labels() -> None:
    without = [
        f"{kind.__module__}.{kind.__name__}.{member.name}"
        for kind in enumerations()
        if hasattr(kind, "label")
        for member in kind
        if not member.label or member.label == member.value
    ]
    assert without == []


def test_every_stored_enumeration_has_labels() -> None:
    from crisis_plan.db import Base

    for table in Base.metadata.tables.values():
        for column in table.columns:
            kind = getattr(column.type, "enum_class", None)
            if kind is not None:
                assert all(member.label for member in kind), f"{table.name}.{column.name}"


def test_a_production_start_without_a_secret_is_refused() -> None:
    from crisis_plan.settings import SettingMissing, from_environment

    with pytest.raises(SettingMissing, match="SECRET_KEY"):
        from_environment({"CRISIS_PLAN_ENV": "production", "PUBLIC_ADDRESS": "https://plan.exemple.fr"})
    with pytest.raises(SettingMissing, match="TRUSTED_PROXIES"):
        from_environment({"CRISIS_PLAN_ENV": "production", "SECRET_KEY": "x" * 40, "PUBLIC_ADDRESS": "https://a.fr"})
    with pytest.raises(SettingMissing, match="SMTP_URL"):
        from_environment({"SMTP_URL": "smtp://serveur:abc"})
    with pytest.raises(SettingMissing, match="PUBLIC_ADDRESS"):
        from_environment({"CRISIS_PLAN_ENV": "production", "SECRET_KEY": "x" * 40})
    settings = from_environment(
        {
            "CRISIS_PLAN_ENV": "production",
            "SECRET_KEY": "x" * 40,
            "PUBLIC_ADDRESS": "https://plan.exemple.fr/",
            "TRUSTED_PROXIES": "1",
        }
    )
    assert (settings.PUBLIC_ADDRESS, settings.SESSION_COOKIE_SECURE) == ("https://plan.exemple.fr", True)
    assert isinstance(settings, Settings)


def test_another_cpts_is_unknown_even_to_an_institution_of_another_area(app: Flask, cpts: Cpts) -> None:
    elsewhere = reader(InstitutionKind.ARS, region="84")
    CptsFactory(slug="lyon", region="84", departements=["69"])
    db.session.commit()
    browser = Browser(app, elsewhere, cpts)
    assert browser.get("cpts.publication.index").status == 404
    assert browser.open("/cpts/lyon/versions/").status == 200
