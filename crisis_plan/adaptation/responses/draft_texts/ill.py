"""Crisis type 2, the ill, mostly the old and the young. Source: domain, section 4 (« What each asks first »)."""

from __future__ import annotations

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.drafts import Draft, DraftContact, DraftMessage, DraftStep
from crisis_plan.orsan.catalogue import PROPOSED_LINKS

ILL = Draft(
    key="ill",
    title="Malades nombreux, surtout âgés ou enfants",
    crisis_types=(CrisisType.ILL,),
    orsan_plans=PROPOSED_LINKS[CrisisType.ILL],
    functions=("pilot", "care", "human-resources", "logistics", "internal-communication", "liaison"),
    professions=(
        "Médecin",
        "Infirmier",
        "Infirmier en pratique avancée (IPA)",
        "Pharmacien",
        "Masseur-Kinésithérapeute",
        "Sage-Femme",
    ),
    trigger=(
        "Épidémie, canicule, grand froid, pollution\u00a0: l’ARS ou la préfecture demande à la CPTS d’agir. "
        "L’épidémie ordinaire de l’hiver ne suffit pas."
    ),
    first_hour=(
        DraftStep("Demander à l’ARS\u00a0: qui est touché, où, qu’attend-elle\u00a0?", "pilot", 15),
        DraftStep("Envoyer le premier message aux adhérents.", "internal-communication", 15),
        DraftStep("Répondre au message\u00a0: créneaux libres, visites possibles.", who="Chaque soignant", delay=30),
        DraftStep("Compter infirmiers et médecins libres\u00a0: visites, téléconsultation.", "human-resources", 30),
        DraftStep("Appeler mairies et CCAS, qui tiennent le registre des personnes fragiles.", "liaison", 30),
        DraftStep("Demander aux EHPAD, SSIAD et HAD\u00a0: malades, absents, besoins, en nombres.", "liaison", 30),
        DraftStep("Compter solutés, masques et tests\u00a0; noter qui en manque.", "logistics", 60),
        DraftStep("Ouvrir avec le SAS des créneaux\u00a0: visites, cabinets, téléconsultation.", "care", 60),
    ),
    then=(
        DraftStep("Partager les visites par secteur\u00a0; d’abord les personnes isolées ou dépendantes.", "care"),
        DraftStep("Porter le matériel là où il manque\u00a0; noter ce qui sort.", "logistics"),
        DraftStep("Convenir avec l’hôpital et l’HAD de qui reste soigné à domicile.", "care"),
        DraftStep("Relayer les conseils de l’ARS et de la préfecture, sans y ajouter.", "external-communication"),
        DraftStep("Faire chaque jour le point par commune\u00a0: besoins, renforts, manques.", "coordination"),
        DraftStep("Planifier les relèves pour une crise qui dure.", "human-resources"),
    ),
    continuity=(
        DraftStep("Demander au prestataire s’il peut équiper tous les domiciles.", care=CareKind.OXYGEN),
        DraftStep("Couvrir chaque injection, nuits et jours fériés compris.", care=CareKind.INSULIN),
        DraftStep("Confirmer séances et transports\u00a0; signaler une date menacée.", care=CareKind.DIALYSIS),
        DraftStep("Décider avec le médecin des passages qui peuvent attendre.", care=CareKind.WOUNDS),
        DraftStep("Faire appeler les personnes isolées qui vont mal.", care=CareKind.MENTAL_HEALTH),
    ),
    protection=(
        "Maladie, chaleur, froid, pollution\u00a0: se protéger selon la consigne de l’ARS ou de la préfecture. Soignant "
        "malade\u00a0: le dire à la cellule, suivre la consigne."
    ),
    material="Solutés, tests, thermomètres, eau, listes de secteurs.",
    stock=("Masques", "Gel hydroalcoolique"),
    contacts=(
        DraftContact("ARS, point focal", "ars"),
        DraftContact("SAMU ou SAS", "samu"),
        DraftContact("CCAS et mairies"),
        DraftContact("EHPAD, SSIAD, HAD"),
        DraftContact("Hôpital", "hopital"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "[Événement] sur [communes]. L’ARS demande l’aide de la CPTS jusqu’au [date]. Dites-nous\u00a0: vos "
            "créneaux de visite ou de téléconsultation, ce qui vous manque, combien de patients isolés vous "
            "inquiètent (sans nom). Protection\u00a0: [consigne]. Prochain message à [heure].",
        ),
    ),
    stop=(
        "Quand l’ARS ou la préfecture lève sa demande. Rendre chaque patient à son soignant, confier aux mairies les "
        "besoins restants, fixer le bilan."
    ),
)
