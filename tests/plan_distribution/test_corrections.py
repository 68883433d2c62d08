"""What was given or noted by mistake, put right; replaced versions and withdrawn links, as they are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan.access.policy import Role
from crisis_plan.anticipation.directory import operations as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.distribution import export, handing, queries, register, sending
from crisis_plan.distribution.handing import Handing
from crisis_plan.distribution.models import Delivery, DeliveryEvent
from crisis_plan.distribution.proofs import State
from crisis_plan.distribution.refusals import NobodyToRemind, NotInForce
from crisis_plan.distribution.rules import Channel, EventKind, Group
from crisis_plan.document.blocks import Edition
from crisis_plan.funding.claims import plan_pieces
from crisis_plan.history import HistoryEvent
from crisis_plan.publication.rules import FileKind
from crisis_plan.web.attachments import PDF, Attachment
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, member
from tests.plan_distribution.arranged import bytes_of, everyone, left, link_of, recipient, sent, version

DAY = date(2026, 11, 20)
LATER = NOON + timedelta(days=8)


@pytest.fixture
def people(app, cpts):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    yield everyone(cpts)
    app.config["SMTP_URL"] = ""


def handed(cpts, made, *contacts, **values):
    given = Handing([one.id for one in contacts], Channel.PAPER, DAY, **values)
    found = handing.hand_over(cpts, made, given, by=AccountFactory(), at=NOON)
    db.session.commit()
    return list(found)


def line(cpts, made, name):
    db.session.expire_all()
    return next(one for one in queries.whole_register(cpts, made, NOON).lines if one.name == name)


def test_a_replaced_version_that_never_went_to_the_msa_still_lacks_it(app, cpts, people):
    first = version(cpts)
    given = [people[one] for one in ("ars", "cpam", "adherent", "partner")]
    left(*sent(app, cpts, first, *given))
    assert queries.missing_groups(cpts, first) == (Group.MSA,)
    version(cpts, 2)
    assert queries.missing_groups(cpts, first) == (Group.MSA,)


def test_an_msa_that_left_the_directory_was_still_to_be_given_the_other_version(app, cpts, people):
    first, given = version(cpts), [people[one] for one in ("ars", "cpam", "adherent", "partner")]
    left(*sent(app, cpts, first, *given, people["msa"]))
    second = version(cpts, 2)
    left(*sent(app, cpts, second, *given))
    directory.remove(people["msa"], today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    assert (queries.missing_groups(cpts, first), queries.missing_groups(cpts, second)) == ((), (Group.MSA,))


def test_of_a_replaced_version_a_handing_is_still_noted_group_by_group(app, cpts, people, referent):
    first = version(cpts)
    left(*sent(app, cpts, first, people["ars"]))
    version(cpts, 2)
    page = referent.get("cpts.distribution.index", version=1)
    assert "l’annuaire n’a aucun contact" not in page.text
    assert "absent de l’annuaire" not in page.text
    (address,) = (one["href"] for one in page.html.select("a[href*='/remettre']") if "groupe=cpam" in one["href"])
    typed = {"channel": "paper", "handed_on": "2026-11-20", "contact": str(people["cpam"].id)}
    assert referent.submit(referent.open(address), "form[action*='remettre']", typed).status == 303
    assert Group.CPAM not in queries.missing_groups(cpts, first)


def test_who_has_no_e_mail_and_a_withdrawn_link_is_handed_it_again_and_counts(app, cpts, people, referent):
    made = version(cpts)
    (waiting,) = sent(app, cpts, made, people["ars"])
    assert referent.post("cpts.distribution.revoke", delivery_id=waiting.id).status == 303
    left(waiting, at=NOON + timedelta(days=900))
    people["ars"].emails.clear()
    db.session.commit()
    assert line(cpts, made, "ARS Occitanie").state is State.REVOKED
    assert Group.ARS in queries.missing_groups(cpts, made)
    handed(cpts, made, people["ars"])
    assert line(cpts, made, "ARS Occitanie").state is State.HANDED
    assert Group.ARS not in queries.missing_groups(cpts, made)
    assert "lien retiré" in referent.get("cpts.distribution.index").text


@pytest.mark.parametrize("is_replaced", [False, True])
def test_an_edition_given_by_mistake_is_changed_and_told(app, cpts, people, referent, visitor, is_replaced):
    (delivery,) = sent(app, cpts, version(cpts), people["partner"], restricted=[people["partner"].id])
    if is_replaced:
        version(cpts, 2)
    page = referent.open(
        referent.get("cpts.distribution.show", delivery_id=delivery.id).html.select_one("a[href$='/edition']")["href"]
    )
    for typed in ({"edition": "publique", "note": " "}, {"edition": "restreinte", "note": "Erreur"}):
        assert referent.submit(page, "form[action$='edition']", typed).status == 422
    typed = {"edition": "publique", "note": "Cochée par erreur"}
    assert referent.submit(page, "form[action$='edition']", typed).status == 303
    assert visitor.send(f"{link_of(app, delivery)}/plan.pdf", {}).content == bytes_of(1, FileKind.PUBLIC)
    db.session.expire_all()
    changed = next(one for one in delivery.events if one.kind is EventKind.EDITION_CHANGED)
    assert (changed.edition, changed.note) == (Edition.PUBLIC, "Cochée par erreur")
    assert db.session.scalar(
        sa.select(sa.func.count()).select_from(HistoryEvent).where(HistoryEvent.subject_id == str(delivery.id))
    )
    assert "Cochée par erreur" in referent.get("cpts.distribution.show", delivery_id=delivery.id).text


def test_a_member_chosen_the_restricted_edition_is_not_marked_and_a_partner_is(app, cpts, people, referent):
    adherent, partner = sent(app, cpts, version(cpts), people["adherent"], people["partner"])
    typed = {"note": "Cellule préfectorale"}
    for delivery, edition in ((adherent, "publique"), (adherent, "restreinte"), (partner, "restreinte")):
        page = referent.get("cpts.distribution.edition", delivery_id=delivery.id)
        assert referent.submit(page, "form[action$='edition']", {**typed, "edition": edition}).status == 303
    db.session.expire_all()
    assert (adherent.is_marked, partner.is_marked) == (False, True)


def test_a_restricted_paper_copy_is_recorded_as_such(app, cpts, people, referent):
    made = version(cpts)
    left(*sent(app, cpts, made, people["partner"]))
    page = referent.get("cpts.distribution.hand", groupe="partner")
    typed = {
        "channel": "paper",
        "handed_on": "2026-11-20",
        "edition": "restreinte",
        "contact": str(people["partner"].id),
    }
    assert referent.submit(page, "form[action*='remettre']", typed).status == 303
    found = line(cpts, made, "Mairie d’Uzès")
    assert found.edition is Edition.PUBLIC
    assert "Remis sur papier (édition restreinte)" in export.channels(found)


def test_a_copy_is_of_the_edition_of_the_group_unless_it_is_said(cpts, people):
    made = version(cpts)
    handed(cpts, made, people["partner"], people["adherent"])
    rows = db.session.execute(sa.select(Delivery.group, DeliveryEvent.edition).join(DeliveryEvent.delivery)).all()
    assert dict(rows) == {Group.PARTNER: Edition.PUBLIC, Group.ADHERENT: Edition.RESTRICTED}


def test_a_handing_noted_for_the_wrong_person_counts_no_more_and_stays_told(app, cpts, people, referent):
    made = version(cpts)
    (delivery,) = handed(cpts, made, people["cpam"])
    page = referent.get("cpts.distribution.show", delivery_id=delivery.id)
    form = referent.open(page.html.select_one("a[href$='/retirer']")["href"])
    assert referent.submit(form, "form[action$='retirer']", {"note": ""}).status == 422
    assert referent.submit(form, "form[action$='retirer']", {"note": "C’était la préfecture"}).status == 303
    found = line(cpts, made, "CPAM du Gard")
    assert (found.trace.is_given, found.state) == (False, State.TO_SEND)
    assert Group.CPAM in queries.missing_groups(cpts, made)
    assert "C’était la préfecture" in referent.get("cpts.distribution.show", delivery_id=delivery.id).text
    assert export.withdrawn(found) == ["Remise du 20/11/2026 retirée\u00a0: C’était la préfecture"]
    assert "C’était la préfecture" in str(register.register_document(cpts, made, NOON))
    assert "C’était la préfecture" in referent.get("cpts.distribution.register_csv").content.decode("utf-8-sig")
    assert referent.open(page.html.select_one("a[href$='/retirer']")["href"]).status == 404
    assert "À envoyer" in referent.get("cpts.distribution.index", etat="a-envoyer").text


def test_who_has_only_a_withdrawn_handing_is_sent_the_version_with_the_others(app, cpts, people):
    made = version(cpts)
    (delivery,) = handed(cpts, made, people["partner"], edition=Edition.RESTRICTED)
    assert delivery.is_marked
    handing.withdraw(delivery, delivery.events[0], "Pas lui", by=AccountFactory(), at=NOON)
    handing.withdraw(delivery, delivery.events[0], "Pas lui", by=AccountFactory(), at=NOON)
    db.session.commit()
    assert sent(app, cpts, made, people["partner"]) == [delivery]
    kinds = db.session.scalars(sa.select(DeliveryEvent.kind)).all()
    assert sorted(kinds) == [EventKind.HANDED, EventKind.HANDING_WITHDRAWN, EventKind.SENT]


def test_only_who_edits_the_plan_puts_right_and_only_of_their_cpts(app, cpts, people, stranger):
    (delivery,) = handed(cpts, version(cpts), people["cpam"])
    cell = Browser(app, member(cpts, Role.CELL_MEMBER), cpts)
    db.session.commit()
    page = cell.get("cpts.distribution.show", delivery_id=delivery.id)
    assert not page.html.select("a[href$='/retirer'], a[href$='/edition']")
    which = {"delivery_id": delivery.id, "event_id": delivery.events[0].id}
    assert cell.get("cpts.distribution.withdraw_handing", **which).status == 403
    assert stranger.get("cpts.distribution.withdraw_handing", **which).status == 404
    assert (
        stranger.post("cpts.distribution.change_edition", {"edition": "publique"}, delivery_id=delivery.id).status
        == 404
    )


def remind(app, cpts, made):
    with app.test_request_context():
        written = sending.remind(cpts, made, by=AccountFactory(), at=LATER)
        db.session.commit()
    return written


def test_a_replaced_version_is_not_reminded(app, cpts, people):
    first = version(cpts)
    left(*sent(app, cpts, first, people["ars"]))
    version(cpts, 2)
    with pytest.raises(NotInForce):
        remind(app, cpts, first)


def test_a_link_withdrawn_meanwhile_is_not_reminded(app, cpts, people):
    """The rows that were read before are read again once held."""
    made = version(cpts)
    left(*sent(app, cpts, made, people["ars"]))
    read_before = queries.register(cpts, made)
    away = sa.update(Delivery.__table__).values(revoked_at=NOON + timedelta(days=1))
    db.session.connection().execute(away)
    assert read_before[0].revoked_at is None
    with pytest.raises(NobodyToRemind):
        remind(app, cpts, made)


def test_a_whole_group_of_silent_recipients_costs_few_statements(app, cpts, people):
    made = version(cpts)
    members = [recipient(cpts, f"Adhérent {rank}", ContactKind.ADHERENT) for rank in range(60)]
    db.session.commit()
    left(*sent(app, cpts, made, *members))
    asked = []
    note = lambda *_: asked.append(1)  # noqa: E731
    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert remind(app, cpts, made) == 60
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    assert len(asked) < 40


def test_a_claim_joins_no_receipt_of_a_withdrawn_handing(app, cpts, people):
    made = version(cpts)
    first, second = (Attachment(f"{name}.pdf", PDF, b"%PDF-1.4 %%EOF") for name in ("erreur", "bonne"))
    (wrong,) = handed(cpts, made, people["partner"], proof=first)
    handed(cpts, made, people["adherent"], proof=second)
    handing.withdraw(wrong, wrong.events[0], "Pas lui", by=AccountFactory(), at=NOON)
    db.session.commit()
    with app.test_request_context():
        labels = " ".join(one.label for one in plan_pieces.circulation(cpts, made, NOON).pieces)
    assert "bonne" in labels
    assert "erreur" not in labels
