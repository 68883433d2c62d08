"""When a requirement is met, and what is missing otherwise."""

from crisis_plan.plan.requirements import REQUIREMENTS, Need, Theme, requirement
from crisis_plan.plan.rules import NO_TEXT, Answer, NotAskedYet, Overview, Standing, assess, assess_all


def test_a_written_requirement_is_met_by_its_text() -> None:
    asked = requirement("alerte")
    assert assess(asked, Answer(), ()).missing == (NO_TEXT,)
    assert assess(asked, Answer(text="Le référent appelle la cellule."), ()).standing is Standing.MET


def test_sans_objet_with_a_reason_replaces_a_text_where_the_trame_allows_it() -> None:
    assert (
        assess(requirement("risques"), Answer(waiver="Territoire couvert par le plan voisin"), ()).standing
        is Standing.WAIVED
    )
    assert assess(requirement("continuite"), Answer(waiver="Non"), ("Aucune ligne.",)).standing is Standing.MISSING


def test_data_are_missing_in_their_own_words() -> None:
    found = assess(requirement("referent"), Answer(text="Voir le tableau."), ("Aucun suppléant aujourd’hui.",))
    assert (found.standing, found.missing) == (Standing.MISSING, ("Aucun suppléant aujourd’hui.",))


def test_the_territory_needs_its_communes_and_its_text() -> None:
    asked = requirement("territoire")
    assert assess(asked, Answer(), ("Les communes restent à choisir.",)).missing == (
        "Les communes restent à choisir.",
        NO_TEXT,
    )
    assert assess(asked, Answer(text="Quatorze communes."), ()).standing is Standing.MET


def test_awareness_is_met_by_its_programme_or_by_a_text() -> None:
    asked, nothing_planned = requirement("sensibilisation"), ("Aucun exercice n’est prévu.",)
    assert assess(asked, Answer(), nothing_planned).missing == nothing_planned
    assert assess(asked, Answer(), ()).standing is Standing.MET
    assert assess(asked, Answer(text="Un test d’appel par semestre."), nothing_planned).standing is Standing.MET


def test_the_response_is_met_by_cards_and_not_by_a_text() -> None:
    asked, uncovered = requirement("reponse"), ("Type 4 : aucune fiche, aucune raison.",)
    assert assess(asked, Answer(text="Nous ferons au mieux."), uncovered).missing == uncovered
    assert assess(asked, Answer(), ()).standing is Standing.MET


def test_a_stock_may_be_waived() -> None:
    assert (
        assess(requirement("stock"), Answer(waiver="Tenu par l’hôpital"), ("Aucun article.",)).standing
        is Standing.WAIVED
    )


def test_a_debrief_is_asked_only_after_a_first_crisis() -> None:
    found = assess(requirement("retex"), Answer(), NotAskedYet("Un bilan est en cours d’écriture."))
    assert (found.standing, found.not_yet) == (Standing.LATER, "Un bilan est en cours d’écriture.")
    later = assess_all({}, {})[Theme.EVALUATION]
    assert [one.standing for one in later if one.requirement.key == "retex"] == [Standing.LATER]


def test_once_debriefs_are_asked_their_data_meet_the_heading_or_not() -> None:
    asked, late = requirement("retex"), ("Le bilan « Crise n° 1, Canicule » devait être validé le 17 janvier 2027.",)
    assert assess(asked, Answer(), ()).standing is Standing.MET
    found = assess(asked, Answer(text="Nous avons appris."), late)
    assert (found.standing, found.missing) == (Standing.MISSING, late)


def test_completeness_counts_what_is_asked_today() -> None:
    empty = Overview(assess_all({}, {}))
    later = [asked for asked in REQUIREMENTS if asked.need is Need.AFTER_A_FIRST_ONE]
    assert empty.whole.total == len(REQUIREMENTS) - len(later)
    written = Overview(assess_all({asked.key: Answer(text="Écrit.") for asked in REQUIREMENTS}, {}))
    assert (written.whole.done, written.whole.is_complete, written.missing) == (written.whole.total, True, [])
    assert written.of(Theme.PILOTAGE).is_complete
