"""The directory on screen: found, read, edited, verified, removed."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.anticipation.directory import operations, queries
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.rules import ContactKind, VerifiedHow
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.history import HistoryEvent
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.web.formats import long_date
from tests.factories import NOON, ContactFactory, CptsFactory

NAMES = "#contacts tbody th"


def contact(cpts, family_name, *, kind=ContactKind.PROFESSIONAL, commune="Uzès", function="", **values):
    """A contact whose search text is what the application would write."""
    made = ContactFactory(cpts_id=cpts.id, kind=kind, family_name=family_name, function=function, **values)
    made.places = [ContactPlace(position=0, commune=commune)]
    made.search_text = folded(f"{made.given_name} {family_name} {made.profession} {made.category} {function} {commune}")
    db.session.commit()
    return made


def typed(**changes):
    return {
        "kind": "adherent",
        "nature": "person",
        "family_name": "Barthélemy",
        "given_name": "Zoé",
        "profession": "Sage-Femme",
        "joined_on": "2025-03-01",
        "rpps": "10000105121",
        "phones-0-number": "4 65 71 00 12",
        "phones-2-number": "06 39 98 00 01",
        "phones-2-is_private": "y",
        "emails-0-address": "Zoe@Exemple.fr",
        "places-1-structure": "MSP",
        "places-1-commune": "Uzès",
        "places-1-postal_code": "30700",
        **changes,
    }


def added(referent, **changes) -> Contact:
    page = referent.post("cpts.directory.add", typed(**changes))
    assert page.status == 303, page.text
    return db.session.scalars(
        sa.select(Contact).where(Contact.family_name == changes.get("family_name", "Barthélemy"))
    ).one()


def test_an_empty_directory_says_what_to_do_first(referent):
    page = referent.get("cpts.directory.index")
    assert "Importer un fichier" in page.links()


def test_a_search_finds_every_word_in_any_order_without_accents(referent):
    contact(referent.cpts, "Barthélemy", commune="Saint-Chaptes")
    contact(referent.cpts, "Barthélemy", commune="Uzès")
    assert referent.get("cpts.directory.index", q="chaptes BARTHELEMY").texts(NAMES) == ["Camille BARTHÉLEMY"]
    assert referent.get("cpts.directory.index", q="barthelemy nimes").texts(NAMES) == []
    assert len(referent.get("cpts.directory.index", q="infirm").texts(NAMES)) == 2


@pytest.mark.parametrize("q", ["%", "_", "\\", "a%b_c", "x" * 5000, "'; drop table contacts --", "\x00", "é" * 300])
def test_no_search_breaks_the_page(referent, q):
    contact(referent.cpts, "Martin")
    assert referent.get("cpts.directory.index", q=q, type="x", profession="\x00", commune="%", page="-3").status == 200


def test_filters_add_up_and_an_address_can_be_shared(referent):
    contact(referent.cpts, "Martin", kind=ContactKind.ADHERENT, commune="Uzès")
    contact(referent.cpts, "Durand", kind=ContactKind.ADHERENT, commune="Fons")
    contact(referent.cpts, "Petit", commune="Uzès")
    page = referent.get("cpts.directory.index", type="adherent", commune="Uzès", profession="Infirmier")
    assert page.texts(NAMES) == ["Camille MARTIN"]
    assert [option["value"] for option in page.html.select("#filter-type option[selected]")] == ["adherent"]


def test_htmx_gets_the_list_alone(referent):
    contact(referent.cpts, "Martin")
    page = referent.fragment("cpts.directory.index", q="martin")
    assert not page.html.select("h1")
    assert page.texts("tbody th") == ["Camille MARTIN"]


def test_adherents_are_never_counted_with_the_professionals(referent):
    contact(referent.cpts, "Martin", kind=ContactKind.ADHERENT, verified_on=clock.today(referent.cpts))
    contact(referent.cpts, "Petit")
    contact(referent.cpts, "Durand")
    page = referent.get("cpts.directory.index")
    assert {"Adhérent 1", "Professionnels du territoire 2"} <= set(page.texts(".stat"))
    assert "1 sur 3" in page.texts(".progress")[0]
    assert f"1 adhérent au {long_date(clock.today(referent.cpts))}" in page.text


def test_a_list_of_120_has_three_pages(referent):
    for n in range(120):
        ContactFactory(cpts_id=referent.cpts.id, family_name=f"Martin{n:03}")
    db.session.commit()
    page = referent.get("cpts.directory.index", page=2, q="martin")
    assert page.texts(NAMES)[0] == "Camille MARTIN050"
    assert "q=martin" in page.links(".pages a")["Suivante"]
    assert len(referent.get("cpts.directory.index", page=99).texts(NAMES)) == 20


def test_a_contact_is_added_and_empty_rows_are_ignored(referent):
    page = referent.get("cpts.directory.new")
    sent = referent.submit(page, "main form", typed())
    shown = sent.follow()
    assert {"tel:+33465710012", "mailto:zoe@exemple.fr"} <= set(shown.links().values())
    made = db.session.scalars(sa.select(Contact)).one()
    assert [(phone.number, phone.is_private) for phone in made.phones] == [
        ("+33465710012", False),
        ("+33639980001", True),
    ]
    assert [email.address for email in made.emails] == ["zoe@exemple.fr"]
    assert [(place.structure, place.commune) for place in made.places] == [("MSP", "Uzès")]
    assert (made.national_id, made.joined_on, made.source) == ("810000105121", date(2025, 3, 1), "saisie")
    assert referent.get("cpts.directory.index", q="zoe msp").texts(NAMES) == ["Zoé BARTHÉLEMY"]


def test_the_same_form_sent_twice_adds_once(referent):
    page = referent.get("cpts.directory.new")
    first = referent.submit(page, "main form", typed(rpps=""))
    assert referent.submit(page, "main form", typed(rpps="")).location == first.location
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"family_name": ""}, "Écrivez un nom"),
        ({"family_name": "x" * 161}, "160 caractères"),
        ({"family_name": "a\x00b"}, "caractère invisible"),
        ({"kind": ""}, "Choisissez un type"),
        ({"joined_on": ""}, "depuis quand"),
        ({"joined_on": "31/02/2026"}, "n’existe pas"),
        ({"rpps": "10000105122"}, "clé"),
        ({"phones-0-number": "12"}, "n’existe pas"),
        ({"emails-0-address": "zoe"}, "n’est pas complète"),
        ({"places-1-postal_code": "3070"}, "5 chiffres"),
        ({"places-1-commune": "a\x00b"}, "caractère invisible"),
        ({"note": "x" * 10_001}, "10 000 caractères"),
    ],
)
def test_a_wrong_field_is_refused_beside_it_and_nothing_typed_is_lost(referent, changes, said):
    page = referent.post("cpts.directory.add", typed(**changes))
    assert page.status == 422
    assert said in page.text
    assert page.html.select(".error-summary")
    if "given_name" not in changes:
        assert page.html.select_one("#given_name")["value"] == "Zoé"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 0


def test_an_rpps_number_is_borne_by_one_contact_only(referent):
    added(referent)
    page = referent.post("cpts.directory.add", typed(family_name="Autre"))
    assert page.status == 422
    assert "déjà ce numéro RPPS" in page.text
    other = added(referent, family_name="Autre", rpps="")
    page = referent.post(
        "cpts.directory.save", typed(family_name="Autre", seen_version=str(other.version)), contact_id=other.id
    )
    assert (page.status, "déjà ce numéro RPPS" in page.text) == (422, True)


def test_a_contact_is_changed_and_history_names_fields_not_values(referent):
    made = added(referent)
    page = referent.get("cpts.directory.edit", contact_id=made.id)
    assert referent.submit(page, "main form", {"function": "Coordinatrice", "phones-0-number": "15"}).status == 303
    assert [phone.number for phone in made.phones] == ["15", "+33639980001"]
    assert made.version == 2
    event = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == "changed")).one()
    assert event.fields == ["function", "phones"]


def test_saving_without_a_change_changes_nothing(referent):
    made = added(referent)
    page = referent.get("cpts.directory.edit", contact_id=made.id)
    assert referent.submit(page, "main form").status == 303
    assert made.version == 1


def test_what_the_form_does_not_show_is_kept(referent):
    made = added(referent, rpps="")
    made.national_id = "0300012345"
    made.places[0].commune_code = "30334"
    made.phones = [ContactPhone(position=n, number=f"+3346571000{n}") for n in range(6)]
    db.session.commit()
    page = referent.get("cpts.directory.edit", contact_id=made.id)
    assert referent.submit(page, "main form", {"function": "Coordinatrice"}).status == 303
    assert (made.national_id, made.places[0].commune_code, len(made.phones)) == ("0300012345", "30334", 6)


def test_a_stale_write_shows_both_and_sending_again_keeps_the_typed(referent, coordinator):
    made = added(referent)
    page = referent.get("cpts.directory.edit", contact_id=made.id)
    theirs = coordinator.get("cpts.directory.edit", contact_id=made.id)
    assert coordinator.submit(theirs, "main form", {"function": "Trésorière"}).status == 303
    refused = referent.submit(page, "main form", {"function": "Présidente"})
    assert refused.status == 409
    assert refused.texts(".table tbody tr") == ["Fonction Présidente Trésorière"]
    assert made.function == "Trésorière"
    assert referent.submit(refused, "main form").status == 303
    assert made.function == "Présidente"


def test_verified_today_is_one_press(referent):
    made = added(referent)
    page = referent.get("cpts.directory.show", contact_id=made.id)
    assert "Personne n’a encore vérifié" in page.text
    assert referent.submit(page, "aside form", {"verified_how": "meeting"}).status == 303
    assert made.verified_on == clock.today(referent.cpts)
    assert (made.verified_how, made.verified_by) == (VerifiedHow.MEETING, referent.account.name)


def test_a_contact_is_removed_after_confirmation(referent):
    made = added(referent)
    page = referent.get("cpts.directory.confirm_removal", contact_id=made.id)
    assert referent.submit(page, "main form").location.endswith("/annuaire/")
    for model in (Contact, ContactPlace, ContactPhone, ContactEmail):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0


def test_who_holds_a_duty_is_not_removed_and_the_page_says_why(referent):
    made = added(referent)
    db.session.add(
        ReferentDuty(
            cpts_id=referent.cpts.id, contact_id=made.id, rank=Rank.TITULAR, starts_on=date(2026, 1, 1), created_at=NOON
        )
    )
    db.session.commit()
    page = referent.post("cpts.directory.remove", contact_id=made.id)
    assert page.status == 409
    assert "référent de crise" in page.text
    assert len(made.phones) == 2


def holds(referent, made, *, until):
    """This contact as referent and in the crisis cell, until this day."""
    function = CellFunction(cpts_id=referent.cpts.id, position=1, name="Liaison")
    db.session.add(function)
    db.session.flush()
    period = {"contact_id": made.id, "starts_on": date(2026, 1, 1), "ends_on": until, "created_at": NOON}
    duty = ReferentDuty(cpts_id=referent.cpts.id, rank=Rank.TITULAR, **period)
    db.session.add_all([duty, CellDuty(function_id=function.id, rank=Rank.DEPUTY, **period)])
    db.session.commit()
    return function


def test_who_held_duties_that_are_over_is_removed_and_the_duties_stay_without_a_name(referent, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    made = added(referent)
    name = made.name
    function = holds(referent, made, until=date(2026, 11, 21))
    page = referent.get("cpts.directory.confirm_removal", contact_id=made.id)
    assert referent.submit(page, "main form").status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 0
    referents = referent.get("cpts.referents.index")
    cell = referent.get("cpts.crisis_cell.function", function_id=function.id)
    removal = referent.get("cpts.crisis_cell.confirm_function_removal", function_id=function.id)
    assert "Ancien titulaire" in referents.text
    assert "Ancien suppléant" in cell.text
    assert "Ancien suppléant" in removal.text
    assert not any(name in shown.text for shown in (referents, cell, removal))
    for duty in (*db.session.scalars(sa.select(ReferentDuty)), *db.session.scalars(sa.select(CellDuty))):
        assert (duty.contact_id, duty.ends_on) == (None, date(2026, 11, 21))
    assert referent.get("cpts.crisis_cell.index").status == 200


@pytest.mark.parametrize("until", [date(2026, 11, 22), date(2026, 12, 31), None])
def test_who_is_on_duty_today_stays_with_all_their_duties(referent, monkeypatch, until):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    made = added(referent)
    holds(referent, made, until=date(2026, 6, 30))
    holding = ReferentDuty(
        cpts_id=referent.cpts.id,
        contact_id=made.id,
        rank=Rank.TITULAR,
        starts_on=date(2026, 7, 1),
        ends_on=until,
        created_at=NOON,
    )
    db.session.add(holding)
    db.session.commit()
    page = referent.post("cpts.directory.remove", contact_id=made.id)
    assert page.status == 409
    assert "terminez sa période" in page.text
    duties = (*db.session.scalars(sa.select(ReferentDuty)), *db.session.scalars(sa.select(CellDuty)))
    assert {duty.contact_id for duty in duties} == {made.id}


def test_another_tenants_contact_does_not_exist(referent):
    elsewhere = CptsFactory()
    theirs = contact(elsewhere, "Secret")
    assert referent.get("cpts.directory.index", q="secret").texts(NAMES) == []
    assert "Secret" not in referent.get("cpts.directory.export_csv").content.decode()
    for endpoint in ("show", "edit", "confirm_removal"):
        assert referent.get(f"cpts.directory.{endpoint}", contact_id=theirs.id).status == 404
    for endpoint in ("save", "remove", "verify"):
        assert referent.post(f"cpts.directory.{endpoint}", typed(), contact_id=theirs.id).status == 404
    assert queries.missing(referent.cpts) == queries.rules.missing([])


def test_an_unknown_contact_is_not_found(referent):
    assert referent.get("cpts.directory.show", contact_id=uuid.uuid4()).status == 404


def test_a_cell_member_reads_but_does_not_edit(cell_member):
    made = contact(cell_member.cpts, "Martin")
    page = cell_member.get("cpts.directory.show", contact_id=made.id)
    assert page.status == 200
    assert "Modifier" not in page.links()
    assert not page.html.select("main form")
    assert cell_member.post("cpts.directory.verify", contact_id=made.id).status == 403


@pytest.mark.parametrize("rows", [1, 40])
def test_the_list_costs_the_same_for_any_number_of_rows(referent, rows):
    for n in range(rows):
        contact(referent.cpts, f"Martin{n}")
    statements: list[str] = []

    def count(_connection, _cursor, statement, *_more):
        statements.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    try:
        referent.get("cpts.directory.index")
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", count)
    reads = [one for one in statements if one.startswith("SELECT")]
    assert len(reads) <= 12, reads
    assert sum("FROM contact" in one for one in reads) == 7


def test_the_fields_of_a_crisis_are_typed_shown_and_typed_again(referent):
    made = added(
        referent,
        finess="30 001 2345",
        volunteer_for=["nrc", "injured"],
        mobile_consent_on="2026-01-15",
        verified_on="2026-02-01",
        verified_how="meeting",
        verified_by="Anne Roux",
    )
    shown = referent.get("cpts.directory.show", contact_id=made.id).text
    for said in (
        "Numéro FINESS 300012345",
        "Volontaire en cas de crise Blessés somatiques ou psychiques ; Agent nucléaire",
        "Accord pour le mobile privé 15 janvier 2026",
        "Vérifié le 1er février 2026, de vive voix (Anne Roux).",
    ):
        assert said in shown
    page = referent.get("cpts.directory.edit", contact_id=made.id)
    assert referent.submit(page, "main form").status == 303
    assert made.version == 1
    assert referent.submit(page, "main form", {"volunteer_for": ["nrc"], "finess": ""}).status == 303
    assert (made.finess, made.volunteer_for, made.verified_by) == ("", ["nrc"], "Anne Roux")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"finess": "12"}, "Le numéro FINESS compte 9 chiffres"),
        ({"volunteer_for": "flood"}, "Choisissez une valeur de la liste"),
        ({"verified_on": "2199-01-01"}, "dans l’avenir"),
        ({"mobile_consent_on": "2199-01-01"}, "dans l’avenir"),
        ({"verified_by": "Anne Roux"}, "Indiquez quel jour"),
    ],
)
def test_a_wrong_field_of_a_crisis_is_refused(referent, changes, said):
    page = referent.post("cpts.directory.add", typed(**changes))
    assert page.status == 422
    assert said in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 0


def test_there_is_always_a_row_left_to_fill(referent):
    made = added(referent)
    for rank in range(4):
        page = referent.get("cpts.directory.edit", contact_id=made.id)
        rows = page.html.select("input[name^=phones-][type=tel]")
        assert [field.get("value", "") == "" for field in rows][-1]
        referent.submit(page, "main form", {str(rows[-1]["name"]): f"04 65 71 00 2{rank}"})
    assert len(made.phones) == 6


def test_a_verification_says_how_and_by_whom_and_every_list_sees_it(referent):
    made = added(referent)
    assert referent.get("cpts.directory.index", verification="stale").texts(NAMES) == ["Zoé BARTHÉLEMY"]
    page = referent.get("cpts.directory.show", contact_id=made.id)
    refused = referent.submit(page, "aside form", {"verified_by": "elle-même", "verified_how": "dream"})
    assert (refused.status, made.verified_on) == (422, None)
    assert "Choisissez une valeur de la liste" in refused.text
    assert refused.html.select_one("#verified_by")["value"] == "elle-même"
    sent = referent.submit(refused, "aside form", {"verified_how": "call"})
    shown = sent.follow()
    assert shown.texts("aside .badge") == ["À jour"]
    assert f"Vérifié le {long_date(clock.today(referent.cpts))}, par téléphone (elle-même)." in shown.text
    assert referent.get("cpts.directory.index", verification="fresh").texts(NAMES) == ["Zoé BARTHÉLEMY"]
    assert referent.get("cpts.directory.index", verification="stale").texts(NAMES) == []


def test_what_changed_while_one_read_is_not_said_verified(referent, coordinator):
    made = added(referent)
    page = referent.get("cpts.directory.show", contact_id=made.id)
    theirs = coordinator.get("cpts.directory.edit", contact_id=made.id)
    coordinator.submit(theirs, "main form", {"phones-0-number": "04 65 71 99 99"})
    refused = referent.submit(page, "aside form", {"verified_how": "call", "verified_by": "Anne"})
    assert (refused.status, made.verified_on) == (409, None)
    assert "04 65 71 99 99" in refused.text
    assert referent.submit(refused, "aside form").status == 303
    assert (made.verified_how, made.verified_by) == (VerifiedHow.CALL, "Anne")


def test_the_same_verification_twice_changes_nothing_more(referent):
    made = added(referent)
    for _ in range(2):
        page = referent.get("cpts.directory.show", contact_id=made.id)
        referent.submit(page, "aside form", {"verified_how": "call"})
    assert made.version == 2


def test_a_private_mobile_without_agreement_is_signalled_until_it_is_given(referent):
    made = added(referent)
    assert "accord à recueillir" in referent.get("cpts.directory.show", contact_id=made.id).text
    assert referent.get("cpts.directory.index", manque="consent").texts(NAMES) == ["Zoé BARTHÉLEMY"]
    page = referent.get("cpts.directory.edit", contact_id=made.id)
    referent.submit(page, "main form", {"mobile_consent_on": "2026-01-15"})
    assert "accord à recueillir" not in referent.get("cpts.directory.show", contact_id=made.id).text
    assert referent.get("cpts.directory.index", manque="consent").texts(NAMES) == []


def test_the_history_of_a_contact_names_fields_and_people_never_values(referent, coordinator, stranger, adherent):
    made = added(referent)
    page = coordinator.get("cpts.directory.edit", contact_id=made.id)
    coordinator.submit(page, "main form", {"function": "Pompière secrète", "phones-0-number": "04 65 71 77 77"})
    other = added(referent, family_name="Autre", rpps="")
    history = referent.open(referent.get("cpts.directory.show", contact_id=made.id).links()["Historique de la fiche"])
    cells = [row.split(" ", 3)[3] for row in history.texts("tbody tr")]
    assert cells == [
        f"Modification fonction, téléphones {coordinator.account.name}",
        f"Création – {referent.account.name}",
    ]
    assert "secrète" not in history.text
    assert "77 77" not in history.text
    assert len(referent.get("cpts.directory.show_history", contact_id=other.id).texts("tbody tr")) == 1
    assert adherent.get("cpts.directory.show_history", contact_id=made.id).status == 403
    assert stranger.get("cpts.directory.show_history", contact_id=made.id).status == 404
    theirs = contact(CptsFactory(), "Secret")
    assert referent.get("cpts.directory.show_history", contact_id=theirs.id).status == 404


def test_what_has_no_account_is_told_as_such(referent):
    made = added(referent)
    operations.verify(made, on=date(2026, 11, 1), by=None, at=NOON, how=VerifiedHow.LINK, verified_by="elle-même")
    db.session.commit()
    history = referent.get("cpts.directory.show_history", contact_id=made.id)
    assert "date de vérification, qui a vérifié, manière de vérifier Sans compte" in history.text


def test_the_page_dates_the_adherents_and_counts_nobody_else(referent):
    today = clock.today(referent.cpts)
    contact(referent.cpts, "Martin", kind=ContactKind.ADHERENT)
    contact(referent.cpts, "Durand", kind=ContactKind.ADHERENT)
    contact(referent.cpts, "Pharmacie", kind=ContactKind.ADHERENT, is_service=True)
    contact(referent.cpts, "Sansdate", kind=ContactKind.ADHERENT, joined_on=None)
    contact(referent.cpts, "Petit")
    page = referent.get("cpts.directory.index")
    assert f"3 adhérents au {long_date(today)} : 2 professionnels, 1 structure." in page.text
    address = page.links()["1 adhérent sans date d’adhésion n’est pas compté"]
    assert referent.open(address).texts(NAMES) == ["Camille SANSDATE"]


def test_a_search_as_one_types_shows_what_a_reload_shows(referent):
    contact(referent.cpts, "Martin", volunteer_for=["ill"])
    contact(referent.cpts, "Durand")
    asked = {"q": "infirm", "volontaire": "ill"}
    part, page = (ask("cpts.directory.index", **asked) for ask in (referent.fragment, referent.get))
    assert part.texts("tbody tr") == page.texts("#contacts tbody tr")
    assert part.links("a") == page.links("#contacts a")
    for shown in (part, page):
        assert "1 contact : volontaire pour « Malades, notamment personnes âgées ou enfants »" in shown.text
