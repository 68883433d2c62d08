"""What a referent sees and changes of the CPTS itself."""

from __future__ import annotations

from crisis_plan.db import db
from crisis_plan.organisations.rules import Size
from tests.factories import CptsFactory


def fact(page, label):
    return dict(zip(page.texts(".facts dt"), page.texts(".facts dd"), strict=True))[label]


def codes(cpts):
    return sorted(one.code for one in cpts.communes)


def test_the_page_shows_inhabitants_and_the_size_with_its_reason(referent):
    page = referent.get("cpts.parameters.show")
    assert fact(page, "Population des communes") == "8 519 habitants"
    assert fact(page, "Taille") == "Taille 1, d’après la population des communes"


def test_the_stated_size_wins_and_the_page_says_so(referent):
    referent.cpts.stated_size = Size.T3
    db.session.commit()
    page = referent.get("cpts.parameters.show")
    assert fact(page, "Taille") == "Taille 3, taille inscrite au contrat"
    assert page.texts(".notice-title") == ["La taille du contrat l’emporte"]


def test_exactly_at_a_bound_the_page_settles_nothing(referent):
    referent.cpts.stated_inhabitants = 40_000
    db.session.commit()
    page = referent.get("cpts.parameters.show")
    assert fact(page, "Taille") == "À préciser"
    assert "Taille 1" not in page.text
    assert "Taille 2" not in page.text
    assert page.texts(".notice-title") == ["La taille n’est pas tranchée"]


def test_the_coordinator_changes_the_president(coordinator):
    page = coordinator.get("cpts.parameters.edit")
    answer = coordinator.submit(page, fields={"president": "Mme Vidal", "name": "Autre nom"})
    assert answer.status == 303
    assert fact(answer.follow(), "Présidence") == "Mme Vidal"
    assert coordinator.cpts.name == "Uzège"


def test_two_people_editing_see_both_versions(referent):
    first = referent.get("cpts.parameters.edit")
    referent.submit(referent.get("cpts.parameters.edit"), fields={"president": "M. Roux"})
    conflict = referent.submit(first, fields={"president": "Mme Vidal"})
    assert conflict.status == 409
    assert "M. Roux" in conflict.text
    assert referent.submit(conflict).status == 303
    assert referent.cpts.president == "Mme Vidal"


def test_too_long_is_refused_and_kept(referent):
    page = referent.post("cpts.parameters.save", {"president": "é" * 161, "seen_version": 1})
    assert page.status == 422
    assert page.html.select_one("#president")["value"] == "é" * 161
    assert page.texts(".error-summary a") == ["Présidente ou président : 160 caractères au plus."]


def test_searching_keeps_the_ticks_that_it_hides(referent):
    page = referent.get("cpts.parameters.territory")
    searched = referent.submit(page, "#communes", {"q": "arpaillargues", "search": "1"})
    assert searched.status == 200
    assert [text.split()[0] for text in searched.texts(".choice label")] == ["Arpaillargues-et-Aureillac"]
    assert "1 autre commune cochée, que la recherche ne montre pas." in searched.text
    ticked = searched.html.select_one(".choice input")["value"]
    saved = referent.submit(searched, "#communes", {"codes": ["30334", ticked]})
    assert saved.status == 303
    assert codes(referent.cpts) == sorted(["30334", ticked])


def test_searching_saves_nothing(referent):
    page = referent.get("cpts.parameters.territory")
    searched = referent.submit(page, "#communes", {"q": "alès", "search": "1", "codes": []})
    assert (searched.status, codes(referent.cpts)) == (200, ["30334"])


def test_communes_of_two_departements_are_chosen_one_after_the_other(referent):
    page = referent.get("cpts.parameters.territory", departement="07")
    assert "n’ouvre le plan à aucune institution de plus" in page.text
    assert referent.submit(page, "#communes", {"codes": ["07019"]}).status == 303
    assert codes(referent.cpts) == ["07019", "30334"]
    assert fact(referent.get("cpts.parameters.show"), "Communes") == "2"


def test_a_commune_of_another_departement_is_refused(referent):
    fields = {"departement": "30", "codes": ["07019"], "seen_version": 1}
    assert referent.post("cpts.parameters.save_territory", fields).status == 422
    assert codes(referent.cpts) == ["30334"]


def test_an_unknown_departement_is_not_found(referent):
    assert referent.get("cpts.parameters.territory", departement="99").status == 404
    assert referent.post("cpts.parameters.save_territory", {"departement": "x\x00"}).status == 404


def test_two_people_choosing_see_what_differs(referent):
    first = referent.get("cpts.parameters.territory")
    referent.submit(referent.get("cpts.parameters.territory"), "#communes", {"codes": ["30334", "30189"]})
    conflict = referent.submit(first, "#communes", {"codes": ["30334", "30007"]})
    assert conflict.status == 409
    assert "Cochées par vous seulement : Alès" in conflict.text
    assert "Enregistrées, mais non cochées ici : Nîmes" in conflict.text
    assert referent.submit(conflict, "#communes").status == 303
    assert codes(referent.cpts) == ["30007", "30334"]


def test_who_may_not_edit_is_refused(cell_member, adherent, ars_reader, operator, stranger):
    for browser, status in ((cell_member, 403), (adherent, 403), (ars_reader, 403), (operator, 404), (stranger, 404)):
        assert browser.get("cpts.parameters.show").status == status
        assert browser.get("cpts.parameters.territory").status == status


def test_a_cpts_without_communes_is_told_to_choose_them(referent):
    referent.cpts.communes = []
    CptsFactory(name="Autre")
    db.session.commit()
    page = referent.get("cpts.parameters.show")
    assert fact(page, "Communes") == "Aucune commune choisie"
    assert fact(page, "Taille") == "À préciser"
