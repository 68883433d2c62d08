from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.risks import chapter, operations, queries
from crisis_plan.adaptation.risks.descriptions import RiskDescription
from crisis_plan.adaptation.risks.models import Risk
from crisis_plan.adaptation.risks.rules import MOST, NAMED_BY_S004, Likelihood, RiskKind, Severity, reviews_due
from crisis_plan.db import db
from crisis_plan.demo.people import People
from crisis_plan.demo.risks import tell_risks
from crisis_plan.demo.territory import COMMUNES
from crisis_plan.document.blocks import Notice, Paragraph, Table, words
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts, CptsCommune
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory
from tests.statements import counted_statements

JUDGED = {"likelihood": Likelihood.LIKELY, "severity": Severity.MAJOR}


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def risk(cpts: Cpts, name: str = "Crue", **told: Any) -> Risk:
    described = RiskDescription(name, **{**JUDGED, **told})
    made = operations.add(cpts, described, today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def set_aside(made: Risk, reason: str = "Pas de site ici.") -> None:
    operations.set_aside(made, reason, seen_version=made.version, today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Risk)) or 0


def test_without_any_risk_the_page_offers_the_list_of_s004(coordinator: Browser) -> None:
    page = coordinator.get("cpts.risks.index")
    assert page.texts("main h2") == ["Aucun risque n’est encore décrit"]
    assert "liste de la commission paritaire régionale du 19 janvier 2023" in page.text
    page = coordinator.submit(page).follow()
    assert page.texts("[aria-labelledby=to-judge] li span > a:first-child:not(.button)") == sorted(
        (kind.label for kind in NAMED_BY_S004), key=str.casefold
    )
    assert "8 risques ajoutés" in page.html.get_text().replace("\u00a0", " ")
    assert not page.html.select(".risk-matrix")


def test_a_regional_list_is_never_said_to_be_national_nor_a_scale_imposed(coordinator: Browser) -> None:
    """S004 is a joint commission of one region; that no scale exists is what we looked for, not what we know."""
    pages = [coordinator.get("cpts.risks.index"), coordinator.get("cpts.risks.add")]
    risk(cpts_of(coordinator))
    pages.append(coordinator.get("cpts.risks.index"))
    assert [page.status for page in pages if "national" in page.html.main.get_text()] == []  # type: ignore[union-attr]
    assert ["nous n’avons trouvé aucune échelle imposée" in page.text for page in pages] == [False, True, True]


def test_the_list_of_s004_is_taken_once_and_completes_what_is_missing(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    risk(cpts, "Crue du Gardon", kind=RiskKind.NATURAL)
    for _ in range(2):
        assert coordinator.post("cpts.risks.take_named").status == 303
    assert count() == 8
    assert {one.kind for one in queries.risks(cpts)} == set(NAMED_BY_S004)
    assert "Risques naturels" not in [one.name for one in queries.risks(cpts)]


def test_a_risk_is_added_with_all_that_was_told_of_it(coordinator: Browser) -> None:
    typed = {
        "name": "Crue du Gardon",
        "kind": "natural",
        "likelihood": "3",
        "severity": "4",
        "commune_codes": ["30334"],
        "areas": "Hameau du bord de l’eau",
        "facilities": "Pharmacie du pont",
        "crisis_types": ["care_disrupted", "injured"],
        "note": "À l’automne",
    }
    page = coordinator.submit(coordinator.get("cpts.risks.add"), fields=typed).follow()
    assert page.texts("h1") == ["Crue du Gardon"]
    for said in ("Hameau du bord de l’eau", "Pharmacie du pont", "À l’automne", "Probable", "Majeure", "Retenu"):
        assert said in page.text
    assert page.texts("main tbody th") == ["Uzès"]
    stored = db.session.scalars(sa.select(Risk)).one()
    assert (stored.likelihood, stored.severity, stored.commune_codes) == (3, 4, ["30334"])
    assert stored.crisis_types == ["injured", "care_disrupted"]
    assert stored.reviewed_on == clock.today(cpts_of(coordinator))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Donnez un nom au risque"),
        ("name", "…", "Donnez un nom en lettres"),
        ("name", "x" * 161, "160 caractères au plus"),
        ("name", "CYBERATTAQUES", ""),
        ("kind", "zombies", "liste"),
        ("likelihood", "9", "liste"),
        ("severity", "2", ""),
        ("commune_codes", "75056", "liste"),
        ("crisis_types", "zombies", "liste"),
        ("areas", "Mme Martin, née le 3/03/1941", "date de naissance"),
        ("note", "1 38 05 30 189 123 45", "numéro de sécurité sociale"),
        ("facilities", "x" * 2001, "2 000 caractères"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    page = coordinator.post("cpts.risks.create", {"name": "Crue", "kind": "own", field: value})
    assert page.status == 422
    beside = {"CYBERATTAQUES": "kind", "2": "likelihood"}.get(value, field)
    told = " ".join(page.texts(f"#{beside}-error")).replace("\u202f", " ").replace("\u00a0", " ")
    assert told
    assert said in told
    assert count() == 0


def test_what_looks_like_a_person_is_asked_about_once(coordinator: Browser) -> None:
    typed = {"name": "Crue", "note": "Dossier 1 38 05 30 189 123 45"}
    asked = coordinator.submit(coordinator.get("cpts.risks.add"), fields=typed)
    assert asked.status == 422
    assert count() == 0
    assert coordinator.submit(asked, fields={"is_nobody": "y"}).status == 303
    made = queries.risks(cpts_of(coordinator))[0]
    assert made.note == typed["note"]
    asked = coordinator.submit(coordinator.get("cpts.risks.explain", risk_id=made.id), fields={"reason": typed["note"]})
    assert asked.status == 422
    assert coordinator.submit(asked, fields={"is_nobody": "y"}).status == 303
    assert queries.risks(cpts_of(coordinator))[0].set_aside == typed["note"]


def test_the_form_sent_twice_adds_one_risk(coordinator: Browser) -> None:
    form = coordinator.get("cpts.risks.add")
    assert [coordinator.submit(form, fields={"name": "Crue"}).status for _ in range(2)] == [303, 303]
    assert count() == 1


def test_a_name_is_taken_once(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    risk(cpts, "Feu de forêt")
    other = risk(cpts, "Crue")
    refused = coordinator.post("cpts.risks.create", {"name": "FEU DE FORET", "kind": "own"})
    assert refused.status == 422
    assert "porte déjà ce nom" in refused.texts("#name-error")[0]
    form = coordinator.get("cpts.risks.edit", risk_id=other.id)
    assert coordinator.submit(form, fields={"name": "Feu de forêt"}).status == 422


def test_a_list_that_nobody_would_read_is_refused(cpts: Cpts) -> None:
    for number in range(MOST):
        risk(cpts, f"Risque {number}")
    with pytest.raises(operations.TooMany):
        risk(cpts, "Un de plus")


def test_the_list_of_s004_fits_in_or_is_not_taken(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    page = coordinator.get("cpts.risks.index")
    for number in range(MOST - len(NAMED_BY_S004) + 1):
        risk(cpts, f"Risque {number}")
    assert coordinator.submit(page).status == 422
    assert count() == MOST - len(NAMED_BY_S004) + 1


def test_the_list_of_s004_asked_twice_by_one_page_is_answered_alike(coordinator: Browser) -> None:
    page = coordinator.get("cpts.risks.index")
    assert [coordinator.submit(page).status for _ in range(2)] == [303, 303]
    said = coordinator.get("cpts.risks.index").html.get_text().replace("\u00a0", " ")
    assert "8 risques ajoutés" in said
    assert "est déjà là" not in said


def test_the_drawing_and_the_table_say_the_same(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    risk(cpts, "Canicule", likelihood=Likelihood.VERY_LIKELY, severity=Severity.GRAVE)
    risk(cpts, "Crue")
    risk(cpts, "Séisme", likelihood=Likelihood.RARE, severity=Severity.LIMITED)
    risk(cpts, "À juger plus tard", likelihood=None, severity=None)
    set_aside(risk(cpts, "Cyclone"))
    page = coordinator.get("cpts.risks.index")
    assert [page.texts(f"[aria-labelledby=retained] tbody tr:nth-child({n}) > *") for n in (1, 2, 3)] == [
        ["1 1", "Crue", "Majeure", "Probable", "À préparer d’abord"],
        ["2 2", "Canicule", "Grave", "Très probable", "À préparer d’abord"],
        ["3 3", "Séisme", "Limitée", "Rare", "À suivre"],
    ]
    assert page.texts(".risk-matrix .risk-number") == ["1", "2", "3"]
    assert len(page.html.select(".risk-matrix .risk-cell")) == 16
    assert page.texts("[aria-labelledby=aside] tbody td") == ["Pas de site ici."]
    assert "À juger plus tard" in page.text
    assert "nous n’avons trouvé aucune échelle imposée" in page.text


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    made = risk(cpts_of(referent), areas="Un hameau")
    mine = referent.get("cpts.risks.edit", risk_id=made.id)
    theirs = coordinator.get("cpts.risks.edit", risk_id=made.id)
    coordinator.submit(theirs, fields={"areas": "Deux hameaux", "severity": "2"})
    refused = referent.submit(mine, fields={"areas": "Trois hameaux", "severity": "3"})
    assert refused.status == 409
    typed = refused.texts(".typed")
    assert {"Deux hameaux", "Trois hameaux", "Sérieuse", "Grave"} <= set(typed)
    assert referent.submit(refused).status == 303
    db.session.refresh(made)
    assert (made.areas, made.severity) == ("Trois hameaux", 3)


def test_a_risk_is_set_aside_with_a_reason_then_taken_back_as_it_was_judged(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made = risk(cpts)
    form = coordinator.get("cpts.risks.explain", risk_id=made.id)
    assert coordinator.submit(form, fields={"reason": "  "}).status == 422
    page = coordinator.submit(form, fields={"reason": "Aucun cours d’eau."}).follow()
    assert page.texts("main .badge") == ["Écarté"]
    assert "Aucun cours d’eau." in page.text
    assert queries.risk_list(cpts).retained == []
    page = coordinator.submit(page, "form[action$=reprendre]").follow()
    assert page.texts("main .badge") == ["Retenu"]
    assert [one.risk.id for one in queries.risk_list(cpts).retained] == [made.id]


def test_a_reason_written_while_another_judged_shows_what_is_stored(referent: Browser, coordinator: Browser) -> None:
    made = risk(cpts_of(referent))
    mine = referent.get("cpts.risks.explain", risk_id=made.id)
    theirs = coordinator.get("cpts.risks.explain", risk_id=made.id)
    coordinator.submit(theirs, fields={"reason": "Leur raison"})
    refused = referent.submit(mine, fields={"reason": "Ma raison"})
    assert refused.status == 409
    assert refused.texts(".typed") == ["Ma raison", "Leur raison"]
    assert referent.submit(refused).status == 303
    db.session.refresh(made)
    assert made.set_aside == "Ma raison"


def test_reviewed_today_is_one_press(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made = risk(cpts)
    made.reviewed_on = TODAY - timedelta(days=400)
    db.session.commit()
    today = clock.today(cpts)
    assert "1 risque n’a pas été revu" in reviews_due(queries.risks(cpts), today).replace("\u00a0", " ")
    page = coordinator.get("cpts.risks.show", risk_id=made.id)
    assert page.texts("main .badge") == ["Retenu", "À revoir"]
    page = coordinator.submit(page, "form[action$=revoir]").follow()
    assert page.texts("main .badge") == ["Retenu"]
    assert reviews_due(queries.risks(cpts), today) == ""
    changed = sa.select(HistoryEvent.fields).where(HistoryEvent.verb == "changed")
    assert db.session.scalars(changed).all() == [["reviewed_on"]]


def test_what_changed_since_it_was_read_is_not_signed(referent: Browser, coordinator: Browser) -> None:
    made = risk(cpts_of(referent))
    made.reviewed_on = TODAY - timedelta(days=400)
    db.session.commit()
    mine = referent.get("cpts.risks.show", risk_id=made.id)
    theirs = coordinator.get("cpts.risks.explain", risk_id=made.id)
    coordinator.submit(theirs, fields={"reason": "Aucun cours d’eau."})
    stored = db.session.scalars(sa.select(Risk.reviewed_on)).one()
    refused = referent.submit(mine, "form[action$=revoir]")
    assert refused.status == 409
    assert "Aucun cours d’eau." in refused.text
    assert refused.texts(".notice-title") == ["Ce risque a changé depuis que vous l’avez lu"]
    assert db.session.scalars(sa.select(Risk.reviewed_on)).one() == stored
    assert referent.post("cpts.risks.review", risk_id=made.id).status == 409
    assert referent.submit(refused, "form[action$=revoir]").status == 303


def test_a_risk_is_removed_after_a_confirmation(coordinator: Browser) -> None:
    made = risk(cpts_of(coordinator))
    page = coordinator.get("cpts.risks.confirm_removal", risk_id=made.id)
    assert coordinator.submit(page).status == 303
    assert count() == 0


def test_a_commune_that_left_the_territory_stays_named_until_somebody_unticks_it(coordinator: Browser) -> None:
    made = risk(cpts_of(coordinator), commune_codes=("30212",))
    page = coordinator.get("cpts.risks.edit", risk_id=made.id)
    assert page.texts("#commune_codes .choice label") == ["Remoulins", "Uzès"]
    assert coordinator.submit(page).status == 303
    assert coordinator.get("cpts.risks.show", risk_id=made.id).texts("main tbody th") == ["Remoulins"]


def test_a_risk_without_commune_is_one_of_the_whole_territory(coordinator: Browser) -> None:
    made = risk(cpts_of(coordinator))
    page = coordinator.get("cpts.risks.show", risk_id=made.id)
    said = page.text.replace("\u00a0", " ")
    assert "Tout le territoire : 1 commune. 0 commune a dit où est tenu son registre." in said


def test_a_cell_member_reads_and_cannot_change(cell_member: Browser) -> None:
    made = risk(cpts_of(cell_member))
    for page in (cell_member.get("cpts.risks.index"), cell_member.get("cpts.risks.show", risk_id=made.id)):
        assert page.status == 200
        assert not page.html.select("main form")
        assert "Modifier le risque" not in page.links()
    assert cell_member.post("cpts.risks.review", risk_id=made.id).status == 403


def test_a_risk_of_another_cpts_is_not_found(referent: Browser, stranger: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    made = risk(elsewhere, "Risque voisin")
    for endpoint in ("show", "edit", "explain", "confirm_removal"):
        assert referent.get(f"cpts.risks.{endpoint}", risk_id=made.id).status == 404
    for endpoint in ("save", "review", "set_aside", "take_back", "remove"):
        assert referent.post(f"cpts.risks.{endpoint}", risk_id=made.id).status == 404
    assert "Risque voisin" not in referent.get("cpts.risks.index").text
    assert queries.missing(cpts_of(referent)) == queries.missing(elsewhere) != []
    assert stranger.get("cpts.risks.index").status == 404


def test_the_plan_prints_the_matrix_the_list_what_is_set_aside_and_what_is_due(cpts: Cpts) -> None:
    risk(cpts, "Crue", kind=RiskKind.NATURAL, commune_codes=("30334",), areas="Hameau", note="L’automne")
    risk(cpts, "Feu", crisis_types=(CrisisType.INJURED, CrisisType.ILL))
    risk(cpts, "Gel", likelihood=None, severity=None)
    set_aside(risk(cpts, "Cyclone"))
    matrix, _, severities, likelihoods, listed, aside, notice = chapter.summary(cpts, TODAY)
    for scale, told in ((Severity, severities), (Likelihood, likelihoods)):
        assert isinstance(told, Paragraph)
        assert all(f"{one.label.lower()}, {one.meaning}" in words(told.text) for one in scale)
    assert isinstance(matrix, Table)
    assert [[words(cell) for cell in row.cells] for row in matrix.rows] == [
        ["Majeure", "", "", "1. Crue\n2. Feu", ""],
        ["Grave", "", "", "", ""],
        ["Sérieuse", "", "", "", ""],
        ["Limitée", "", "", "", ""],
    ]
    assert isinstance(listed, Table)
    assert [[words(cell) for cell in row.cells] for row in listed.rows] == [
        ["1", "Crue\nRisques naturels\nL’automne", "Probable", "Majeure", "Uzès\nHameau", ""],
        ["2", "Feu\nAutre risque du territoire", "Probable", "Majeure", "Tout le territoire", "1, 2"],
    ]
    assert isinstance(aside, Table)
    assert [words(cell) for row in aside.rows for cell in row.cells] == ["Cyclone", "Pas de site ici."]
    assert isinstance(notice, Notice)
    assert "reste à juger" in words(notice.text)


def test_without_any_risk_the_plan_says_so(cpts: Cpts) -> None:
    (table,) = chapter.summary(cpts, TODAY)
    assert isinstance(table, Table)
    assert (table.rows, table.empty) == ((), "Aucun risque n’est encore décrit.")


def test_the_list_costs_the_same_for_one_risk_and_for_thirty(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)

    def cost() -> int:
        with counted_statements() as sent:
            assert coordinator.get("cpts.risks.index").status == 200
        return len([one for one in sent if one.lstrip().upper().startswith("SELECT")])

    risk(cpts)
    for_one = cost()
    for number in range(30):
        risk(cpts, f"Risque {number}")
    assert cost() == for_one


def test_a_risk_set_aside_before_it_was_judged_stays_reviewed_when_it_is_completed(coordinator: Browser) -> None:
    cpts = cpts_of(coordinator)
    made = risk(cpts, likelihood=None, severity=None)
    set_aside(made)
    form = coordinator.get("cpts.risks.edit", risk_id=made.id)
    assert coordinator.submit(form, fields={"note": "Vu avec la mairie"}).status == 303
    assert reviews_due(queries.risks(cpts), clock.today(cpts)) == ""


def test_the_demonstration_leaves_nothing_to_judge(cpts: Cpts) -> None:
    cpts.communes = [CptsCommune(code=code) for code in COMMUNES]
    account = AccountFactory()
    db.session.commit()
    tell_risks(cpts, People(account, account, account, account), today=TODAY)
    known = queries.risk_list(cpts)
    assert (len(known.retained), known.to_judge, len(known.set_aside)) == (11, [], 1)
    assert queries.missing(cpts) == []
    answered = [one for one in queries.registers(cpts) if one.held_by]
    assert len(COMMUNES) / 2 < len(answered) < len(COMMUNES)
    assert known.retained[0].risk.commune_codes
