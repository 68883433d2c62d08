"""The page of the yearly update: what is to be read again, signing it one by one or all at once, taking it back."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import operations as plan
from crisis_plan.plan.requirements import requirement
from crisis_plan.plan.rules import Answer
from crisis_plan.publication.models import Publication
from crisis_plan.yearly_update.signatures.models import Signature
from tests.browser import Browser, Page
from tests.evaluation.improvements.factories import an_improvement
from tests.factories import NOON
from tests.orsan.factories import neighbour
from tests.statements import counted_statements
from tests.yearly_update.factories import add_place, published, signed

SHOW, SIGN = "cpts.yearly_update.show", "cpts.yearly_update.sign"
ALERT, LOG = "section:alerte", "section:journal"
ALERT_LABEL, LOG_LABEL = requirement("alerte").label, requirement("journal").label
Later = tuple[date, datetime]


def rewrite(cpts: Cpts, account: Account, key: str = "alerte") -> None:
    plan.edit_section(cpts, requirement(key), Answer("Autre texte."), seen_version=1, by=account, at=NOON)
    db.session.commit()


def sign(browser: Browser, *names: str, base: int = 1, **typed: object) -> Page:
    return browser.post(SIGN, {"things": list(names), "base": base, **typed})


def standing() -> list[tuple[str, str]]:
    found = db.session.scalars(sa.select(Signature).where(Signature.withdrawn_at.is_(None)))
    return sorted((one.key, one.signed_by_name) for one in found)


def counts(page: Page) -> list[str]:
    return page.texts("#update p.cluster[data-announce] .badge")


def test_before_a_first_version_the_page_says_that_nothing_is_to_be_signed(referent: Browser) -> None:
    page = referent.get(SHOW)
    assert page.texts(".empty h2") == ["Aucune version n’est encore publiée"]
    assert sign(referent, ALERT).status == 404


def test_the_page_says_since_when_by_when_and_why(referent: Browser, later: Later) -> None:
    page = referent.get(SHOW)
    assert page.texts("h1") == ["Mise à jour annuelle depuis la version 1 du 22 novembre 2026"]
    assert "À publier au plus tard le 22 novembre 2027 : 12 mois après la dernière publication" in page.text
    assert counts(page) == ["0 modifié", "0 revu sans changement", "24 à revoir"]
    assert page.texts("#update nav li")[0] == "À revoir (24)"


def test_an_update_that_is_late_says_so(referent: Browser, base: Publication, cpts: Cpts) -> None:
    cpts.mission_started_on = date(2025, 1, 1)
    db.session.commit()
    assert "À publier au plus tard le 31 décembre 2026 : fin de l’année 2 de la mission" in referent.get(SHOW).text


def test_several_things_are_signed_at_once_with_a_note(
    referent: Browser, account: Account, later: Later, base: Publication
) -> None:
    page = sign(referent, ALERT, LOG, note="Relus en réunion.").follow()
    assert "2 éléments signés." in page.text
    assert counts(page) == ["0 modifié", "2 revus sans changement", "22 à revoir"]
    assert standing() == [("alerte", account.name), ("journal", account.name)]
    done = referent.get(SHOW, etat="signe")
    assert f"Signé par {account.name} le 10 juin 2027 : Relus en réunion." in done.text
    assert ALERT_LABEL in done.text


def test_one_thing_is_signed_by_its_own_button_whatever_is_ticked(referent: Browser, base: Publication) -> None:
    assert sign(referent, LOG, only=ALERT).status == 303
    assert [key for key, _ in standing()] == ["alerte"]


def test_enter_in_the_note_signs_what_is_ticked_and_nothing_else(referent: Browser, base: Publication) -> None:
    """The default button of a form is its first one in the page, wherever it stands."""
    page = referent.get(SHOW)
    owned = [one for one in page.html.select("button[form=sign], #sign button") if one.get("type") == "submit"]
    assert [one.get_text(strip=True) for one in owned] == ["Signer les éléments cochés"]
    assert [one.get("name") for one in owned] == [None]
    assert page.html.select("form form") == []


def test_one_thing_signed_leaves_what_is_ticked_and_typed_waiting(referent: Browser, base: Publication) -> None:
    doubtful = "Pour Jean Martin, né le 3 mars 1950"
    typed = {"csrf_token": referent.csrf_token(), "things": [ALERT, LOG], "only": ALERT, "note": doubtful, "base": 1}
    answer = referent._request(
        "POST", referent.address(SIGN), data=typed, headers={"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status == 200
    assert [box["value"] for box in answer.html.select("input[name=things][checked]")] == [LOG]
    assert answer.html.select_one("#note")["value"] == doubtful
    (one,) = db.session.scalars(sa.select(Signature))
    assert (one.key, one.note) == ("alerte", "")


def test_the_list_stays_as_it_was_left_without_javascript(referent: Browser, base: Publication) -> None:
    where = {"etat": "tout", "groupe": "Annuaire et stock", "page": "1"}
    contacts = "form:has(button[value='contacts:annuaire'])"
    answer = referent.submit(referent.get(SHOW, **where), contacts, {"only": "contacts:annuaire"})
    assert parse_qs(urlsplit(answer.response.location).query) == {name: [value] for name, value in where.items()}
    page = answer.follow()
    assert page.texts("#update section h2") == ["Annuaire et stock"]
    assert page.text.count("Retirer ma signature") == 1
    answer = referent.submit(page, "#update form[action*=retirer]")
    assert parse_qs(urlsplit(answer.response.location).query) == {name: [value] for name, value in where.items()}


def test_htmx_gets_the_block_that_a_reload_shows(referent: Browser, base: Publication) -> None:
    token = {"csrf_token": referent.csrf_token(), "things": [ALERT], "base": 1}
    answer = referent._request(
        "POST", referent.address(SIGN), data=token, headers={"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status == 200
    assert "<html" not in answer.source
    assert answer.texts(".notice.ok") == ["1 élément signé."]
    assert answer.texts(".progress-words") == referent.get(SHOW).texts("#update .progress-words")


def test_nothing_ticked_says_what_to_do_and_keeps_the_note(referent: Browser, base: Publication) -> None:
    refused = sign(referent, note="Relu.")
    assert refused.status == 422
    assert refused.texts(".error-summary li") == ["Cochez au moins un élément que vous avez relu."]
    assert refused.html.select_one("#note")["value"] == "Relu."


def test_what_changed_meanwhile_is_not_signed_and_the_rest_stays_ticked(
    referent: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    rewrite(cpts, account)
    refused = sign(referent, ALERT, LOG)
    assert refused.status == 409
    assert refused.texts(".error-summary li") == [f"« {ALERT_LABEL} » a changé depuis : relisez. Rien n’a été signé."]
    assert [box["value"] for box in refused.html.select("input[name=things][checked]")] == [LOG]
    assert standing() == []


def test_a_form_of_before_the_new_version_signs_nothing(
    referent: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    published(cpts, account)
    refused = sign(referent, ALERT, base=1)
    assert refused.status == 409
    assert "Une nouvelle version a été publiée depuis" in refused.text
    assert standing() == []


def test_the_second_to_sign_is_told_who_did_it_first(
    referent: Browser, coordinator: Browser, base: Publication, later: Later
) -> None:
    sign(coordinator, ALERT)
    assert coordinator.account
    first = coordinator.account.name
    page = sign(referent, ALERT, LOG).follow()
    assert "1 élément signé." in page.text
    assert f"Déjà signé par {first} le 10 juin 2027 : {ALERT_LABEL}." in page.text
    assert ("alerte", first) in standing()


def test_a_signature_is_taken_back_from_the_page_by_its_author_alone(
    referent: Browser, coordinator: Browser, account: Account, cpts: Cpts, base: Publication
) -> None:
    signed(cpts, account, [ALERT])
    (one,) = db.session.scalars(sa.select(Signature.id)).all()
    assert "Retirer ma signature" not in coordinator.get(SHOW, etat="signe").text
    refused = coordinator.post("cpts.yearly_update.withdraw", signature_id=one)
    assert refused.status == 403
    page = referent.submit(referent.get(SHOW, etat="signe"), "#update form[action*=retirer]")
    assert page.status == 303
    assert f"Votre signature est retirée : {ALERT_LABEL}" in page.follow().text
    assert standing() == []


def test_what_is_printed_is_no_longer_taken_back(
    referent: Browser, account: Account, cpts: Cpts, base: Publication
) -> None:
    (one,) = signed(cpts, account, [ALERT]).made
    signature_id = one.id
    published(cpts, account)
    refused = referent.post("cpts.yearly_update.withdraw", signature_id=signature_id)
    assert refused.status == 409
    assert "imprimée dans une version publiée" in refused.text


def test_a_change_after_a_signature_is_shown_with_both(
    referent: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    signed(cpts, account, [ALERT])
    rewrite(cpts, account)
    page = referent.get(SHOW, etat="modifie")
    assert page.text.count("Retirer ma signature") == 1
    assert "Texte modifié." in page.text
    assert "Signé avant ce changement, qui compte davantage" in page.text


def test_a_cell_member_reads_and_signs_nothing(cell_member: Browser, base: Publication) -> None:
    page = cell_member.get(SHOW)
    assert page.html.select("input[name=things]") == []
    assert "Signer" not in page.text
    assert sign(cell_member, ALERT).status == 403


def test_another_tenant_sees_nothing(stranger: Browser, account: Account, cpts: Cpts, base: Publication) -> None:
    (one,) = signed(cpts, account, [ALERT]).made
    signature_id = one.id
    assert stranger.get(SHOW).status == 404
    assert stranger.post("cpts.yearly_update.withdraw", signature_id=signature_id).status == 404
    own = Browser(stranger.app, stranger.account)
    own_address = f"/cpts/ailleurs/mise-a-jour/signatures/{signature_id}/retirer"
    assert own.send(own_address, {}).status == 404


def test_a_group_may_be_shown_alone(referent: Browser, base: Publication) -> None:
    page = referent.get(SHOW, groupe="Annuaire et stock")
    assert page.texts("#update section h2") == ["Annuaire et stock"]
    assert len(page.html.select("#update .rows > li")) == 2


def test_the_way_on_is_to_read_the_whole_then_to_publish(
    referent: Browser, coordinator: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    assert "24 éléments restent à revoir. Le référent de crise peut publier sans attendre" in referent.get(SHOW).text
    signed(cpts, account)
    page = referent.get(SHOW)
    assert page.links()["Relire et publier"].endswith("/versions/publier/relire")
    assert "La publication revient au référent de crise." in coordinator.get(SHOW).text
    assert "Relire et publier" not in coordinator.get(SHOW).links()


def test_a_note_that_may_name_a_patient_is_asked_about_once(referent: Browser, base: Publication) -> None:
    doubtful = {"note": "Pour Jean Martin, né le 3 mars 1950"}
    refused = sign(referent, ALERT, **doubtful)
    assert refused.status == 422
    assert refused.html.select_one("#is_nobody") is not None
    assert refused.html.select_one(f"input[value='{ALERT}']").has_attr("checked")
    assert sign(referent, ALERT, **doubtful, is_nobody="y").status == 303


def test_reading_and_preparing_a_publication_say_how_far_the_update_is(
    referent: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    signed(cpts, account, [ALERT, LOG])
    rewrite(cpts, account, "cellule") if requirement("cellule").needs_text else rewrite(cpts, account, "risques")
    review = referent.get("cpts.publication.review")
    assert review.texts("#yearly-update ~ .progress .progress-words") == ["Éléments modifiés ou revus 3 sur 24"]
    assert "1 élément modifié, 2 revus sans changement, 21 à revoir" in review.text
    assert review.links()["Ouvrir la mise à jour"].endswith("/mise-a-jour/")
    prepare = referent.get("cpts.publication.prepare")
    assert "2 signatures « revu sans changement » sont données depuis la version 1" in prepare.text
    assert prepare.links()["Voir ce qui reste à revoir"].endswith("/mise-a-jour/")


@pytest.mark.parametrize("address", [{}, {"etat": "tout"}, {"etat": "tout", "page": 2}])
def test_more_things_cost_no_more_statements(
    referent: Browser, cpts: Cpts, account: Account, base: Publication, address: dict[str, object]
) -> None:
    def add(rank: int) -> None:
        add_place(cpts, account, f"Salle {rank}")
        neighbour(cpts, f"Plan {rank}")
        an_improvement(cpts, account, text=f"Écrire la page {rank}")

    add(0)
    published(cpts, account)
    signed(cpts, account, [ALERT])
    referent.get(SHOW, **address)
    with counted_statements() as few:
        referent.get(SHOW, **address)
    for rank in range(1, 20):
        add(rank)
    published(cpts, account)
    signed(cpts, account)
    referent.get(SHOW, **address)
    with counted_statements() as many:
        referent.get(SHOW, **address)
    assert len(many) == len(few)
