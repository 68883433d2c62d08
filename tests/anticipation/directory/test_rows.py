"""Places, telephones and e-mails in the forms of a contact and of oneself: all are shown, too many are refused."""

from __future__ import annotations

import pytest
from flask import Flask

from crisis_plan.anticipation.campaigns.own_form import OwnForm
from crisis_plan.anticipation.campaigns.own_words import words_of
from crisis_plan.anticipation.directory import rows
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser, Page
from tests.factories import ContactFactory

MANY = 23


@pytest.fixture
def much(cpts: Cpts) -> Contact:
    """Somebody whom merging left with more rows than a form used to hold."""
    made: Contact = ContactFactory(
        cpts_id=cpts.id,
        phones=[ContactPhone(position=rank, number=f"+334657100{rank:02}") for rank in range(MANY)],
        emails=[ContactEmail(position=rank, address=f"a{rank}@exemple.fr") for rank in range(MANY)],
        places=[ContactPlace(position=rank, commune=f"Commune {rank:02}") for rank in range(MANY)],
    )
    db.session.commit()
    return made


def shown(page: Page) -> dict[str, int]:
    """How many rows of each kind are filled."""
    names = {"phones": "number", "emails": "address", "places": "commune"}
    found = {kind: page.html.select(f"[name^={kind}-][name$={name}]") for kind, name in names.items()}
    return {kind: sum(bool(field.get("value")) for field in fields) for kind, fields in found.items()}


EVERYTHING = {"phones": MANY, "emails": MANY, "places": MANY}


def test_a_contact_with_many_rows_is_edited_and_keeps_them(coordinator: Browser, much: Contact) -> None:
    page = coordinator.get("cpts.directory.edit", contact_id=much.id)
    assert shown(page) == EVERYTHING
    assert coordinator.submit(page, "main form").status == 303
    assert much.version == 1
    assert coordinator.submit(page, "main form", {"phones-22-number": "04 65 71 09 99"}).status == 303
    db.session.refresh(much)
    assert [len(much.phones), len(much.emails), len(much.places)] == [MANY, MANY, MANY]
    assert much.phones[22].number == "+33465710999"


def test_ones_own_form_shows_every_row(app: Flask, much: Contact) -> None:
    with app.test_request_context():
        form = OwnForm.of(words_of(much), version=much.version, region="FR")
        assert [len(rows) for rows in (form.phones, form.emails, form.places)] == [MANY] * 3
        assert form.words(much) == words_of(much)


@pytest.mark.parametrize(("kind", "name"), [("phones", "number"), ("emails", "address"), ("places", "commune")])
def test_more_rows_than_anybody_has_are_refused_with_a_sentence(
    coordinator: Browser, much: Contact, kind: str, name: str
) -> None:
    page = coordinator.get("cpts.directory.edit", contact_id=much.id)
    typed = {f"{kind}-{rank}-{name}": "" for rank in range(rows.MOST_TYPED + 5)}
    refused = coordinator.submit(page, "main form", typed)
    assert refused.status == 422
    assert "100 lignes au plus" in refused.texts(".error-summary li")[0]
    assert much.version == 1


def test_a_row_to_fill_is_offered_while_there_are_few(coordinator: Browser, cpts: Cpts) -> None:
    made = ContactFactory(
        cpts_id=cpts.id, phones=[ContactPhone(position=rank, number=f"+3346571000{rank}") for rank in range(5)]
    )
    db.session.commit()
    page = coordinator.get("cpts.directory.edit", contact_id=made.id)
    assert len(page.html.select("[name^=phones-][name$=number]")) == 6
