"""What a person may ask: everything held on them, being forgotten, and knowing what stays."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock, history
from crisis_plan.anticipation.directory import told
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.references import depending_columns, naming_columns
from crisis_plan.anticipation.directory.retention import contract_ends_on, evidence_kept_until
from crisis_plan.anticipation.directory.rules import VerifiedHow
from crisis_plan.db import Base, db
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.imports.models import ImportReport
from crisis_plan.imports.rules import ImportLine, Outcome, from_json, to_json
from crisis_plan.outbox import OutboxMessage
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind
from tests.anticipation.directory.everywhere import ids, name_everywhere, named_in
from tests.factories import NOON, AccountFactory, ContactFactory

RPPS = "810000105121"


def known(cpts, **values):
    """Zoé Barthélemy, with everything that a line can hold."""
    values = {
        "family_name": "Barthélemy",
        "given_name": "Zoé",
        "national_id": RPPS,
        "volunteer_for": ["nrc"],
        "verified_on": date(2026, 3, 2),
        "verified_how": VerifiedHow.CALL,
        "note": "Préfère le soir",
        "phones": [ContactPhone(position=0, number="+33639980001", is_private=True)],
        "emails": [ContactEmail(position=0, address="zoe@exemple.fr")],
        "places": [ContactPlace(position=0, structure="MSP", commune="Uzès", postal_code="30700")],
        **values,
    }
    made = ContactFactory(cpts_id=cpts.id, **values)
    db.session.commit()
    return made


def report(cpts, *lines, applied=True, forgotten=False, headings=("Nom", "Prénom", "RPPS")):
    made = ImportReport(
        cpts_id=cpts.id,
        subject="contacts",
        file_name="annuaire.csv",
        read_at=NOON,
        applied_at=NOON if applied else None,
        forgotten_at=NOON if forgotten else None,
        headings=list(headings),
        lines=to_json(lines),
    )
    db.session.add(made)
    db.session.commit()
    return made


def version(cpts, on, at):
    made = Publication(
        cpts_id=cpts.id,
        kind=PublicationKind.PUBLISHED,
        number=1,
        dated_on=on,
        published_at=at,
        author_id=AccountFactory().id,
        author_name="Camille",
    )
    db.session.add(made)
    db.session.commit()


def file_of(browser, made):
    page = browser.get("cpts.directory.personal_data", contact_id=made.id)
    answer = browser.submit(page, "main form")
    assert answer.status == 200
    return json.loads(answer.content)


def test_every_table_that_names_a_contact_can_be_told_in_french():
    assert {column.table.name for column in naming_columns()} == set(told.NAMING)
    depending = {one.table.name for column in naming_columns() for one in depending_columns(column.table)}
    assert depending == set(told.DEPENDING)


@pytest.mark.parametrize("name", ["contacts", *told.NAMING, *told.DEPENDING])
def test_every_column_of_them_is_told_or_left_out_on_purpose(name):
    table = Base.metadata.tables[name]
    words = {"contacts": told.CONTACT}.get(name) or (told.NAMING | told.DEPENDING)[name].columns
    own = {column.name for column in table.columns if not column.foreign_keys} - told.MACHINERY
    assert own == set(words) | told.LEFT_OUT.get(name, frozenset())


def test_the_page_tells_everything_that_names_the_person(referent):
    made = known(referent.cpts)
    name_everywhere(made)
    page = referent.get("cpts.directory.personal_data", contact_id=made.id)
    titles = set(page.texts("h2"))
    assert {words.title for words in (told.NAMING | told.DEPENDING).values()} <= titles
    for said in ("Préfère le soir", "06 39 98 00 01", "zoe@exemple.fr", "MSP", "par téléphone", "2 mars 2026"):
        assert said in page.text.replace("\xa0", " ")
    assert "Agent nucléaire, radiologique ou chimique" in page.text


def test_another_person_is_not_in_it(referent):
    made = known(referent.cpts)
    other = known(referent.cpts, family_name="Martin", given_name="Anne", national_id=None, note="Ne dort jamais")
    name_everywhere(other)
    db.session.add(OutboxMessage(recipient="anne@exemple.fr", subject="Bonjour", body="…", created_at=NOON))
    report(referent.cpts, ImportLine(2, Outcome.REFUSED, raw=("Martin", "Anne", "")))
    page = referent.get("cpts.directory.personal_data", contact_id=made.id)
    own = ["Pourquoi, et jusqu’à quand", "Fiche", "Lieux d’exercice", "Téléphones", "Courriels"]
    assert page.texts("h2") == [*own, "Versions du plan qui peuvent nommer cette personne"]
    assert "Ne dort jamais" not in page.text


def test_the_file_holds_the_same_and_its_handing_over_is_recorded(referent, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    made = known(referent.cpts)
    name_everywhere(made)
    found = file_of(referent, made)
    assert found["Fiche"]["Nom"] == "Barthélemy"
    assert found["Fiche"]["Vérifié le"] == "2026-03-02"
    assert found["Fiche"]["Volontaire pour"] == ["Agent nucléaire, radiologique ou chimique"]
    assert found["Téléphones"] == [{"Téléphone": "+33639980001", "Privé": True}]
    assert found["Référent de crise"][0]["Du"] == "2026-01-01"
    assert len(found["Essais d’appel"]) == 1
    events = db.session.scalars(sa.select(HistoryEvent)).all()
    assert [(one.verb, one.subject_id, one.actor_id) for one in events] == [
        (Verb.EXPORTED, str(made.id), referent.account.id)
    ]
    assert file_of(referent, made)["Historique de la fiche"] == [
        {"Le": NOON.isoformat(), "Quoi": "Remise de ses données", "Champs": []}
    ]


def test_reading_the_page_is_not_recorded(referent):
    referent.get("cpts.directory.personal_data", contact_id=known(referent.cpts).id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HistoryEvent)) == 0


def test_mail_import_lines_and_versions_that_speak_of_the_person_are_told(referent):
    made = known(referent.cpts)
    mail = {"body": "Votre lien secret", "created_at": NOON, "cpts_id": referent.cpts.id}
    db.session.add(OutboxMessage(recipient="Zoe@exemple.fr", subject="Vérifiez vos coordonnées", **mail))
    report(referent.cpts, ImportLine(7, Outcome.WARNING, raw=("BARTHELEMY", "Zoé", "")))
    version(referent.cpts, date(2026, 11, 23), NOON + timedelta(days=1))
    found = file_of(referent, made)
    assert [one["Objet"] for one in found["Courriels envoyés"]] == ["Vérifiez vos coordonnées"]
    assert [one["Contenu"] for one in found["Lignes de fichiers importés"]] == [{"Nom": "BARTHELEMY", "Prénom": "Zoé"}]
    assert found["Versions du plan qui peuvent nommer cette personne"] == [{"Version du plan du": "2026-11-23"}]
    assert "Votre lien secret" not in json.dumps(found)


def test_a_version_older_than_the_line_cannot_name_it(referent):
    made = known(referent.cpts)
    version(referent.cpts, date(2025, 1, 1), NOON - timedelta(days=600))
    assert "Versions du plan qui peuvent nommer cette personne" not in file_of(referent, made)


def test_a_stranger_to_the_cpts_finds_nothing(stranger, referent):
    made = known(referent.cpts)
    assert stranger.get("cpts.directory.personal_data", contact_id=made.id).status == 404
    assert stranger.post("cpts.directory.personal_data_file", contact_id=made.id).status == 404


def test_who_leaves_is_named_nowhere_any_more(referent):
    made = known(referent.cpts)
    rows = name_everywhere(made)
    assert named_in(made) == set(told.NAMING)
    contact_id = made.id
    assert referent.post("cpts.directory.remove", contact_id=contact_id).status == 303
    gone = Contact(id=contact_id)
    assert {column.table.name for column in naming_columns() if ids(column, gone)} == set()
    assert rows["call_lines"] in db.session.scalars(sa.select(Base.metadata.tables["call_lines"].c.id)).all()


@pytest.mark.parametrize(
    ("line", "is_forgotten"),
    [
        (ImportLine(2, Outcome.WARNING, ("Téléphone illisible : 0639",), raw=("Barthélemy", "Zoé", "")), True),
        (ImportLine(2, Outcome.REFUSED, raw=("BARTHELEMY zoe", "", "")), True),
        (ImportLine(2, Outcome.REFUSED, raw=("Zoé Barthélemy", "", "")), True),
        (ImportLine(2, Outcome.REFUSED, raw=("", "", "10000 105121")), True),
        (ImportLine(2, Outcome.REFUSED, raw=("Z. B.", "06.39.98.00.01", "")), True),
        (ImportLine(2, Outcome.REFUSED, label="Zoé BARTHÉLEMY"), True),
        (ImportLine(2, Outcome.REFUSED, raw=("Barthélemy", "Anne", "")), False),
        (ImportLine(2, Outcome.REFUSED, raw=("Barthélemy", "Zoé", ""), values={"national_id": "810100000007"}), False),
    ],
    ids=["two cells", "one cell", "other order", "number", "private telephone", "label", "sister", "namesake"],
)
def test_what_imports_kept_of_who_leaves_is_forgotten(referent, line, is_forgotten):
    made = known(referent.cpts)
    other = ImportLine(3, Outcome.REFUSED, raw=("Martin", "Anne", ""))
    kept = report(referent.cpts, line, other)
    referent.post("cpts.directory.remove", contact_id=made.id)
    lines = from_json(db.session.get(ImportReport, kept.id).lines)
    assert lines == [ImportLine(2, line.outcome) if is_forgotten else line, other]


def test_a_line_that_waited_no_longer_comes_in(referent):
    made = known(referent.cpts)
    values = {"kind": "adherent", "family_name": "Barthélemy", "given_name": "Zoé", "national_id": RPPS}
    waiting = report(referent.cpts, ImportLine(2, Outcome.ACCEPTED, label="Zoé", values=values), applied=False)
    referent.post("cpts.directory.remove", contact_id=made.id)
    line = from_json(db.session.get(ImportReport, waiting.id).lines)[0]
    assert (line.outcome, line.values, line.label, line.raw) == (Outcome.REFUSED, {}, "", ())
    page = referent.get("cpts.directory.show_import", report_id=waiting.id)
    assert page.status == 200
    assert "a été effacé" in page.text


def test_nothing_is_forgotten_of_who_stays_because_of_a_duty(referent):
    made = known(referent.cpts)
    kept = report(referent.cpts, ImportLine(2, Outcome.REFUSED, raw=("Barthélemy", "Zoé", "")))
    duties = Base.metadata.tables["referent_duties"]
    name_everywhere(made)
    db.session.execute(sa.update(duties).values(ends_on=None))
    db.session.commit()
    assert referent.post("cpts.directory.remove", contact_id=made.id).status == 409
    assert from_json(db.session.get(ImportReport, kept.id).lines)[0].raw == ("Barthélemy", "Zoé", "")


def test_the_removal_page_says_what_stays_why_and_until_when(referent):
    made = known(referent.cpts)
    version(referent.cpts, date(2026, 11, 23), NOON + timedelta(days=1))
    page = referent.get("cpts.directory.confirm_removal", contact_id=made.id)
    assert "Date inconnue" in page.text
    assert "23 novembre 2026" in page.text
    referent.cpts.contract_signed_on = date(2024, 2, 29)
    db.session.commit()
    page = referent.get("cpts.directory.confirm_removal", contact_id=made.id)
    assert "28 février 2034" in page.text
    assert "à confirmer par l’association" in page.text


@pytest.mark.parametrize(
    ("signed_on", "ends_on", "kept_until"),
    [
        (date(2023, 9, 14), date(2028, 9, 14), date(2033, 9, 14)),
        (date(2024, 2, 29), date(2029, 2, 28), date(2034, 2, 28)),
        (date(2024, 8, 31), date(2029, 8, 31), date(2034, 8, 31)),
        (None, None, None),
    ],
)
def test_evidence_is_kept_five_years_after_the_end_of_the_contract(signed_on, ends_on, kept_until):
    assert contract_ends_on(signed_on) == ends_on
    assert evidence_kept_until(signed_on) == kept_until


def mailed(cpts, to, *, sent=True, **values):
    """A message of the CPTS to this address."""
    made = OutboxMessage(
        recipient=to, subject="Vérifiez vos coordonnées", body="Votre lien secret", created_at=NOON, cpts_id=cpts.id,
        sent_at=NOON if sent else None, **values,
    )  # fmt: skip
    db.session.add(made)
    db.session.commit()
    return made.id


@pytest.mark.parametrize("leave", ["remove", "oppose"])
def test_mail_to_who_leaves_is_not_sent_and_no_longer_says_to_whom(referent, leave):
    made = known(referent.cpts)
    sent = mailed(referent.cpts, "Zoe@exemple.fr", last_error="refused: zoe@exemple.fr")
    waiting = mailed(referent.cpts, "zoe@exemple.fr", sent=False)
    other = mailed(referent.cpts, "anne@exemple.fr", sent=False)
    assert referent.post(f"cpts.directory.{leave}", contact_id=made.id).status == 303
    left = {one.id: (one.recipient, one.body, one.last_error) for one in db.session.scalars(sa.select(OutboxMessage))}
    assert left == {
        sent: ("(effacé)", "(contenu effacé)", ""),
        other: ("anne@exemple.fr", "Votre lien secret", ""),
    }
    assert waiting not in left


@pytest.mark.parametrize("bearer", ["contact", "account"])
def test_mail_to_an_address_that_somebody_else_bears_stays(referent, bearer):
    made = known(referent.cpts)
    if bearer == "contact":
        known(referent.cpts, given_name="Anne", national_id=None)
    else:
        AccountFactory(email="zoe@exemple.fr")
    waiting = mailed(referent.cpts, "zoe@exemple.fr", sent=False)
    referent.post("cpts.directory.remove", contact_id=made.id)
    assert db.session.get(OutboxMessage, waiting).recipient == "zoe@exemple.fr"


def test_mail_stays_when_a_duty_keeps_the_person(referent):
    made = known(referent.cpts)
    name_everywhere(made)
    db.session.execute(sa.update(Base.metadata.tables["referent_duties"]).values(ends_on=None))
    waiting = mailed(referent.cpts, "zoe@exemple.fr", sent=False)
    assert referent.post("cpts.directory.remove", contact_id=made.id).status == 409
    assert db.session.get(OutboxMessage, waiting) is not None


def test_the_history_of_a_line_that_became_this_one_is_handed_over_too(referent):
    made, middle, first = (known(referent.cpts, national_id=None) for _ in range(3))
    history.record(Verb.CREATED, "contact", first.id, cpts_id=referent.cpts.id, by=None, at=NOON)
    db.session.commit()
    for kept, other in ((middle, first), (made, middle)):
        page = referent.get("cpts.directory.compare", contact_id=kept.id, other_id=other.id)
        assert referent.submit(page, "#merging").status == 303
    told_of = [(one["Quoi"], one["Champs"]) for one in file_of(referent, made)["Historique de la fiche"]]
    absorbed = ["Une autre fiche de cette personne est devenue celle-ci"]
    assert told_of[0] == ("Création", [])
    assert sorted(told_of[1:]) == [("Fusion", []), ("Fusion", []), ("Fusion", absorbed), ("Fusion", absorbed)]
