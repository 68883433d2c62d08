"""Crisis type 1, the injured in body or mind. Source: domain, section 4 (« What each asks first »)."""

from __future__ import annotations

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.drafts import Draft, DraftContact, DraftMessage, DraftStep
from crisis_plan.orsan.catalogue import PROPOSED_LINKS

INJURED = Draft(
    key="injured",
    title="Blessés nombreux, dans leur corps ou choqués",
    crisis_types=(CrisisType.INJURED,),
    orsan_plans=PROPOSED_LINKS[CrisisType.INJURED],
    functions=("pilot", "care", "human-resources", "logistics", "internal-communication", "liaison"),
    professions=(
        "Médecin",
        "Infirmier",
        "Infirmier en pratique avancée (IPA)",
        "Pharmacien",
        "Psychologue",
        "Infirmier psychiatrique",
    ),
    trigger=(
        "Attentat, incendie, explosion, émeute\u00a0: le SAMU ou l’ARS demande l’aide de la CPTS pour les blessés "
        "légers."
    ),
    first_hour=(
        DraftStep(
            "Envoyer le premier message\u00a0: rester loin du lieu, se dire disponible.", "internal-communication", 5
        ),
        DraftStep("Demander au SAMU\u00a0: combien de blessés légers, où, quel danger\u00a0?", "liaison", 5),
        DraftStep("Compter les volontaires formés. Personne ne part sans consigne du SAMU.", "human-resources", 15),
        DraftStep("Répondre au message\u00a0: profession, délai, disponible ou non.", who="Chaque soignant", delay=15),
        DraftStep("Choisir avec le SAMU et la mairie un lieu d’accueil hors du danger.", "pilot", 30),
        DraftStep("Faire ouvrir le lieu\u00a0: clés, lumière, eau. Y porter le matériel.", "logistics", 30),
        DraftStep("Demander aux pharmacies\u00a0: qui ouvre, qui livre pansements et gants\u00a0?", "logistics", 30),
        DraftStep("Accueillir ceux que le SAMU adresse\u00a0; le rappeler si un état s’aggrave.", "care", 60),
        DraftStep("Signaler au SAMU les personnes choquées\u00a0; lui demander l’appui de la CUMP.", "liaison", 60),
    ),
    then=(
        DraftStep("Garder des créneaux de soins non programmés pour tous les autres.", "care"),
        DraftStep("Compter les personnes accueillies, adressées, reparties\u00a0: jamais de noms.", "secretariat"),
        DraftStep("Relever chaque équipe à l’heure dite\u00a0; proposer un temps de parole.", "human-resources"),
        DraftStep("Orienter familles et presse vers la préfecture ou la mairie.", "external-communication"),
        DraftStep("Recompter pansements, garrots et gants\u00a0; demander le complément.", "logistics"),
    ),
    continuity=(
        DraftStep("Répartir les tournées des infirmiers partis aider.", care=CareKind.WOUNDS),
        DraftStep("Vérifier que les transports passent malgré les routes fermées.", care=CareKind.DIALYSIS),
        DraftStep("Confirmer qui fait les injections de ce soir et de demain.", care=CareKind.INSULIN),
        DraftStep("Donner aux personnes choquées une adresse où consulter ensuite.", care=CareKind.MENTAL_HEALTH),
    ),
    protection=(
        "Ne jamais aller sur place de soi-même\u00a0: attendre la consigne du SAMU ou des pompiers. Gants pour tout "
        "soin, carte professionnelle visible."
    ),
    material="Pansements, couvertures, eau, lampes, fiches de comptage.",
    stock=("Gants", "Garrots"),
    contacts=(
        DraftContact("SAMU, régulation", "samu"),
        DraftContact("CUMP\u00a0: par le SAMU", "samu"),
        DraftContact("SDIS", "sdis"),
        DraftContact("ARS, point focal", "ars"),
        DraftContact("Mairie touchée"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "[Événement] à [lieu], à [heure]. [Qui] demande notre aide pour les blessés légers. N’allez pas sur "
            "place. Répondez\u00a0: disponible ou non, profession, délai. Gardez gants et carte professionnelle sur "
            "vous. Prochain message à [heure].",
        ),
    ),
    stop=(
        "Quand le SAMU n’adresse plus personne. Fermer le lieu, confier les suivis aux médecins, fixer le bilan à "
        "chaud."
    ),
)
