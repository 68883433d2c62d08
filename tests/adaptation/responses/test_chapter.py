"""What a card says, whether it is printed or read on a telephone."""

from __future__ import annotations

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses import chapter, queries
from crisis_plan.adaptation.responses.models import UncoveredType
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial
from crisis_plan.adaptation.responses.phone import phone_page
from crisis_plan.adaptation.responses.reaching import held_today
from crisis_plan.db import db
from crisis_plan.document.blocks import (
    Chapter,
    CheckList,
    Document,
    Edition,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Table,
    words,
)
from crisis_plan.document.editions import for_edition, public_blocks
from crisis_plan.document.sections import lines
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.rules import Issue, PublicationKind
from tests.adaptation.responses.whole_card import PRIVATE, card, function, nurse, service, whole_card
from tests.factories import NOON, TODAY
from tests.statements import counted_statements


def printed(cpts: Cpts) -> Chapter:
    return chapter.pages(cpts, TODAY)[0]


def under(page: Chapter, title: str) -> list[str]:
    """What stands under one heading, a line for each thing."""
    part = next(part for part in phone_page(page).parts if part.title == title)
    return list(lines(part.blocks))


def strip(page: Chapter) -> dict[str, str]:
    first = page.blocks[0]
    return {fact.label: words(fact.value) for fact in first.facts} if isinstance(first, Facts) else {}


def test_the_strip_tells_whether_it_is_the_right_card(cpts: Cpts) -> None:
    whole_card(cpts)
    assert strip(printed(cpts)) == {
        "Quand la sortir": "Vigilance orange du préfet",
        "Pour qui": "Secrétariat, Infirmier",
        "Pour quelle crise": "type\u00a02, malades, notamment personnes âgées ou enfants – ORSAN (lecture de la CPTS)\u00a0: EPI-CLIM – niveau alerte",
    }


def test_steps_say_when_and_who_and_continuity_leads_with_the_care(cpts: Cpts) -> None:
    whole_card(cpts)
    page = printed(cpts)
    assert under(page, "Première heure") == [
        "T+15\u00a0min – Secrétariat – Ouvrir le journal de bord (preuve\u00a0: heure notée)",
        "T+30\u00a0min – Référent – Appeler les mairies",
    ]
    assert under(page, "Ensuite") == ["T+2\u00a0h – Organiser les tournées"]
    assert under(page, "Continuité des soins") == ["Pharmaciens – Oxygène\u00a0: Compter les bouteilles"]


def test_the_other_parts_say_what_is_needed_where_and_until_when(cpts: Cpts) -> None:
    whole_card(cpts)
    page = printed(cpts)
    assert under(page, "Avec quoi, où, jusqu’à quand") == [
        "Protection\u00a0: Boire, se relayer.\n– Pas de visite seul entre 13 h et 17 h",
        "Matériel\u00a0: Solutés (poche)\u00a0: 40\u00a0; Glacières des pharmacies",
        "Lieux\u00a0: Salle des fêtes, 1 place de l’Exemple, Uzès, 80\u00a0personnes\u00a0; Le gymnase si la salle est prise",
        "Arrêt\u00a0: Fin de la vigilance",
    ]
    assert under(page, "Messages") == ["Nous activons la fiche canicule."]


def test_contacts_are_functions_with_the_numbers_of_the_day_and_a_gap_is_said(cpts: Cpts) -> None:
    whole_card(cpts)
    assert under(printed(cpts), "Appeler") == [
        "Secrétariat de la cellule\u00a0: Secrétariat – Anne REY\u00a0: 06\u00a012\u00a034\u00a056\u00a078 · 04\u00a066\u00a022\u00a000\u00a000",
        "SAMU, régulation\u00a0: SAMU 30\u00a0: 15",
        "Astreinte de l’EHPAD\u00a0: Numéro à trouver",
    ]


def test_a_function_that_nobody_holds_and_a_contact_without_telephone_are_gaps(cpts: Cpts) -> None:
    made = card(cpts)
    made.contacts = [
        CardContact(label="Logistique", function=function(cpts, "Logistique")),
        CardContact(label="CUMP", contact=service(cpts, "CUMP du Gard")),
    ]
    db.session.commit()
    assert under(printed(cpts), "Appeler") == [
        "Logistique\u00a0: personne ne tient cette fonction aujourd’hui\u00a0: numéro à trouver",
        "CUMP\u00a0: CUMP du Gard\u00a0: numéro à trouver",
    ]


def test_a_service_called_as_its_label_is_named_once(cpts: Cpts) -> None:
    made = card(cpts)
    made.contacts = [CardContact(label="SAMU 30", contact=service(cpts, "Samu 30", "15"))]
    db.session.commit()
    assert under(printed(cpts), "Appeler") == ["SAMU 30\u00a0: 15"]


def test_the_public_edition_has_no_private_number(cpts: Cpts) -> None:
    whole_card(cpts)
    issue = Issue(PublicationKind.PUBLISHED, 1, TODAY, "Personne")
    document = Document(
        "", "", "", issue.name, TODAY, issue.status, "", Facts(()), chapters=chapter.pages(cpts, TODAY), address=""
    )
    [public] = for_edition(document, Edition.PUBLIC).chapters
    called = under(public, "Appeler")
    assert (
        called[0] == "Secrétariat de la cellule\u00a0: Secrétariat – Anne REY\u00a0: 04\u00a066\u00a022\u00a000\u00a000"
    )
    assert PRIVATE in repr(document)
    assert PRIVATE not in repr(public)


def test_nobody_stands_under_the_name_of_a_service_without_the_function_that_reaches_it(cpts: Cpts) -> None:
    made = card(cpts)
    liaison, person = function(cpts, "Liaison", held_by=nurse(cpts)), "Anne REY\u00a0: "
    made.contacts = [
        CardContact(label="Mairie touchée", function=liaison),
        CardContact(label="liaison", function=liaison),
    ]
    db.session.commit()
    called = under(printed(cpts), "Appeler")
    assert called[0].startswith(f"Mairie touchée\u00a0: Liaison – {person}")
    assert called[1].startswith(f"liaison\u00a0: {person}")


def test_the_public_edition_says_where_a_private_number_is(cpts: Cpts) -> None:
    made = card(cpts)
    held = function(cpts, "Liaison", held_by=service(cpts, "Marie Roux", PRIVATE, is_private=True))
    made.contacts = [
        CardContact(label="Mairie touchée", function=held),
        CardContact(label="Garde", contact=service(cpts, "Garde", PRIVATE, is_private=True)),
    ]
    db.session.commit()
    blocks = printed(cpts).blocks
    assert "06\u00a012\u00a034\u00a056\u00a078" in " ".join(lines(blocks))
    said = list(lines(public_blocks(blocks)))
    assert said[-2:] == [
        "Mairie touchée\u00a0: Liaison – Marie Roux (numéro privé)",
        "Garde\u00a0: Garde (numéro privé)",
    ]


def test_the_keys_of_a_place_are_on_no_card(cpts: Cpts) -> None:
    whole_card(cpts)
    assert "pot de fleurs" not in repr(printed(cpts))


def test_empty_parts_are_left_out(cpts: Cpts) -> None:
    card(cpts, trigger="", reread_on=None)
    db.session.commit()
    page = printed(cpts)
    assert [block for block in page.blocks if isinstance(block, Heading)] == []
    assert strip(page) == {
        "Pour qui": "Tout le monde",
        "Pour quelle crise": "toutes les crises",
        "Relecture": "Projet proposé avec l’outil, pas encore relu par la CPTS",
    }


def test_an_item_that_left_the_stock_is_said_to_be_gone(cpts: Cpts) -> None:
    made = whole_card(cpts)
    made.materials[0].item.removed_at = NOON
    made.materials.append(CardMaterial(item=made.materials[0].item, quantity=None))
    db.session.commit()
    assert under(printed(cpts), "Avec quoi, où, jusqu’à quand")[1] == (
        "Matériel\u00a0: Solutés (poche)\u00a0: 40 – n’est plus au stock\u00a0; "
        "Solutés (poche) – n’est plus au stock\u00a0; Glacières des pharmacies"
    )


def test_a_page_is_a_card_for_those_whom_it_names(cpts: Cpts) -> None:
    made = whole_card(cpts)
    page = printed(cpts)
    assert (page.part, page.key, page.title) == (Part.CARD, f"fiche-{made.id}", "Épisode de canicule")
    assert page.concerns == ("Secrétariat", "Infirmier")


def test_one_card_says_the_same_as_in_the_booklet(cpts: Cpts) -> None:
    made = whole_card(cpts)
    assert chapter.page(queries.card_or_404(cpts, made.id), held_today(cpts, TODAY)) == printed(cpts)


def test_the_bar_of_the_telephone_leads_to_the_four_parts_that_are_there(cpts: Cpts) -> None:
    made = whole_card(cpts)
    shown = phone_page(printed(cpts))
    assert [(part.short, part.anchor) for part in shown.bar] == [
        ("1re heure", f"fiche-{made.id}-premiere-heure"),
        ("Ensuite", f"fiche-{made.id}-ensuite"),
        ("Continuité", f"fiche-{made.id}-continuite"),
        ("Appeler", f"fiche-{made.id}-appeler"),
    ]
    made.contacts, made.steps = [], [one for one in made.steps if one.care is None]
    db.session.commit()
    assert [part.short for part in phone_page(printed(cpts)).bar] == ["1re heure", "Ensuite"]


def test_all_pages_cost_the_same_statements_for_one_card_and_three(cpts: Cpts) -> None:
    whole_card(cpts)
    with counted_statements() as for_one:
        chapter.pages(cpts, TODAY)
    for position in (2, 3):
        more = card(cpts, f"Fiche {position}", position=position)
        more.contacts = [
            CardContact(label="Accueil", function=function(cpts, f"Accueil {position}", held_by=nurse(cpts)))
        ]
        more.materials = [CardMaterial(item=queries.whole_cards(cpts)[0].materials[0].item, quantity=position)]
    db.session.commit()
    db.session.expire_all()
    with counted_statements() as for_three:
        assert len(chapter.pages(cpts, TODAY)) == 3
    assert len(for_three) == len(for_one) <= 10


def test_the_summary_says_each_type_its_cards_or_why_not(cpts: Cpts) -> None:
    card(cpts, "Alerte", position=1)
    card(cpts, "Canicule", position=2, crisis_types=[CrisisType.ILL.value])
    card(cpts, "Grippe", position=3, reread_on=None, crisis_types=[CrisisType.ILL.value, CrisisType.INFECTIOUS.value])
    waived = UncoveredType(cpts_id=cpts.id, crisis_type=CrisisType.NRC, reason="Aucun site", updated_at=NOON)
    db.session.add(waived)
    db.session.commit()
    table, general, *gaps = chapter.summary(cpts, TODAY)
    assert isinstance(table, Table)
    assert [words(row.cells[1]) for row in table.rows] == [
        "À traiter\u00a0: ni fiche action, ni raison de ne pas en avoir",
        "Fiche 2, Canicule\nFiche 3, Grippe (pas encore relue)",
        "Fiche 3, Grippe (pas encore relue)",
        "Non couvert\u00a0: Aucun site",
        "À traiter\u00a0: ni fiche action, ni raison de ne pas en avoir",
    ]
    assert isinstance(general, Paragraph)
    assert words(general.text) == "Dans toutes les crises\u00a0: Fiche 1, Alerte."
    assert [gap.tone.value for gap in gaps if isinstance(gap, Notice)] == ["warning", "warning"]


def test_without_any_card_every_gap_is_seen(cpts: Cpts) -> None:
    table, gap = chapter.summary(cpts, TODAY)
    assert isinstance(table, Table)
    assert len([row for row in table.rows if words(row.cells[1]).startswith("À traiter")]) == 5
    assert isinstance(gap, Notice)


def test_phases_are_lists_to_tick(cpts: Cpts) -> None:
    whole_card(cpts)
    counts = [len(block.items) for block in printed(cpts).blocks if isinstance(block, CheckList)]
    assert counts == [2, 1, 1]
