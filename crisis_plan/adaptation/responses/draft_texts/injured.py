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
        "Attentat, incendie, explosion, émeute\u00a0: le SAMU ou l’ARS demande l’aide de la CPTS. Les secours et l’hôpital "
        "conduisent\u00a0; la CPTS les soulage des blessés légers."
    ),
    first_hour=(
        DraftStep(
            "Envoyer le premier message\u00a0: rester loin du lieu, dire si l’on est disponible.",
            "internal-communication",
            5,
        ),
        DraftStep(
            "Demander au SAMU\u00a0: combien de blessés légers, où, quel danger, quelle aide attendue\u00a0?",
            "liaison",
            5,
        ),
        DraftStep(
            "Compter les volontaires formés\u00a0: profession, délai, matériel. Personne ne part avant l’ordre.",
            "human-resources",
            15,
        ),
        DraftStep("Choisir avec le SAMU et la mairie un lieu d’accueil hors du danger.", "pilot", 30),
        DraftStep(
            "Faire ouvrir le lieu\u00a0: clés, lumière, eau, entrée des ambulances. Y porter le matériel.",
            "logistics",
            30,
        ),
        DraftStep(
            "Appeler les pharmacies\u00a0: qui ouvre, qui peut livrer pansements et gants\u00a0?", "logistics", 30
        ),
        DraftStep(
            "Accueillir les blessés légers adressés par le SAMU\u00a0; le rappeler dès qu’un état s’aggrave.",
            "care",
            60,
        ),
        DraftStep("Signaler au SAMU les personnes choquées\u00a0: lui seul engage la CUMP.", "liaison", 60),
    ),
    then=(
        DraftStep("Garder des créneaux pour les soins non programmés de tous les autres.", "care"),
        DraftStep("Compter les personnes accueillies, adressées, reparties\u00a0: jamais de noms.", "secretariat"),
        DraftStep("Relever chaque équipe à l’heure dite\u00a0; lui offrir à boire et une pause.", "human-resources"),
        DraftStep("Orienter familles et presse vers la préfecture ou la mairie.", "external-communication"),
        DraftStep("Recompter pansements, garrots et gants\u00a0; demander le complément.", "logistics"),
        DraftStep("Proposer à chaque soignant engagé un temps de parole.", "human-resources"),
    ),
    continuity=(
        DraftStep("Répartir les tournées des infirmiers partis aider.", "care", care=CareKind.WOUNDS),
        DraftStep("Vérifier que les routes fermées laissent passer les transports.", "care", care=CareKind.DIALYSIS),
        DraftStep("Confirmer qui fait les injections de ce soir et de demain.", "care", care=CareKind.INSULIN),
        DraftStep(
            "Donner aux personnes choquées une adresse où consulter, dans les jours qui suivent.",
            "care",
            care=CareKind.MENTAL_HEALTH,
        ),
    ),
    protection=(
        "Ne jamais se rendre sur place de soi-même\u00a0: attendre la consigne du SAMU ou des pompiers. Gants pour tout "
        "soin, carte professionnelle visible, départ et retour signalés."
    ),
    material="Pansements, couvertures, eau, lampes, fiches de comptage.",
    stock=("Gants", "Garrots"),
    contacts=(
        DraftContact("SAMU ou SAS, régulation", "samu"),
        DraftContact("CUMP\u00a0: par le SAMU seulement", "samu"),
        DraftContact("SDIS", "sdis"),
        DraftContact("ARS, point focal", "ars"),
        DraftContact("Mairie de la commune touchée"),
        DraftContact("Hôpital, direction de garde"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "[Événement] à [lieu], à [heure]. Le SAMU demande notre aide pour les blessés légers. N’allez pas sur "
            "place. Répondez\u00a0: disponible ou non, profession, délai. Gardez gants et carte professionnelle sur vous. "
            "Prochain message à [heure].",
        ),
    ),
    stop=(
        "Quand le SAMU n’adresse plus personne, le pilote ferme le lieu. Confier les suivis en cours à leurs médecins, "
        "remercier, fixer le bilan à chaud."
    ),
)
