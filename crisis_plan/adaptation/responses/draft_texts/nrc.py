"""Crisis type 4, nuclear, radiological or chemical. Source: domain, section 4 (« What each asks first »)."""

from __future__ import annotations

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.drafts import Draft, DraftContact, DraftMessage, DraftStep
from crisis_plan.orsan.catalogue import PROPOSED_LINKS

NRC = Draft(
    key="nrc",
    title="Accident ou attentat nucléaire, radiologique, chimique",
    crisis_types=(CrisisType.NRC,),
    orsan_plans=PROPOSED_LINKS[CrisisType.NRC],
    functions=(
        "pilot",
        "care",
        "human-resources",
        "logistics",
        "internal-communication",
        "external-communication",
        "liaison",
    ),
    professions=("Médecin", "Infirmier", "Infirmier en pratique avancée (IPA)", "Pharmacien", "Psychologue"),
    trigger=(
        "La préfecture, le SAMU ou l’ARS annonce un accident ou un attentat. L’État conduit\u00a0; la CPTS informe, "
        "oriente, puis suit."
    ),
    first_hour=(
        DraftStep("N’entrer dans la zone que sur consigne.", who="Chacun", delay=5),
        DraftStep("Demander à la préfecture\u00a0: produit, zone, abri ou évacuation, aide attendue.", "pilot", 5),
        DraftStep(
            "Envoyer le premier message\u00a0: la consigne reçue, abri ou évacuation, mot pour mot.",
            "internal-communication",
            15,
        ),
        DraftStep(
            "Vérifier que chaque soignant de la zone a reçu la consigne et reste joignable.", "human-resources", 15
        ),
        DraftStep("Demander au SAMU vers où orienter les personnes exposées.", "liaison", 30),
        DraftStep("Cabinets\u00a0: recevoir qui vient de la zone selon la consigne (préfecture, SAMU).", "care", 30),
        DraftStep("Relayer mot pour mot les consignes de la préfecture.", "external-communication", 60),
        DraftStep("Compter les tenues. Iode\u00a0: seulement sur instruction de l’État.", "logistics", 60),
    ),
    then=(
        DraftStep("Ouvrir hors zone, si la préfecture le demande, un point d’information.", "logistics"),
        DraftStep("Y orienter chacun\u00a0: abri, suivi, soutien. Compter, sans noms.", "care"),
        DraftStep("Noter quel soignant a été exposé, où, quand, avec quelle protection.", "human-resources"),
        DraftStep("Demander où s’inscrire au suivi officiel\u00a0; le faire savoir.", "liaison"),
        DraftStep("Préparer avec l’hôpital de référence le suivi long des exposés.", "care"),
        DraftStep("Noter chaque changement de zone et son heure.", "secretariat"),
    ),
    continuity=(
        DraftStep("Zone fermée\u00a0: demander à la préfecture centre et transport.", care=CareKind.DIALYSIS),
        DraftStep("Donner à la préfecture le nombre de domiciles de la zone.", care=CareKind.OXYGEN),
        DraftStep("Compter les injections à faire en zone\u00a0; demander la consigne.", care=CareKind.INSULIN),
        DraftStep("Poser à l’hôpital de référence les questions reçues.", care=CareKind.PREGNANCY),
        DraftStep("Écouter dans la durée\u00a0; demander au SAMU l’appui de la CUMP.", care=CareKind.MENTAL_HEALTH),
    ),
    protection=(
        "Jamais en zone sans consigne ni tenue. Abri ou évacuation\u00a0: suivre la préfecture jusqu’à la levée de la "
        "consigne. Soignant exposé\u00a0: le dire à la cellule."
    ),
    material="Radio à piles, eau, affiches, fiches de comptage.",
    stock=("Masques FFP2", "Surblouses", "Gants"),
    contacts=(
        DraftContact("Préfecture", "prefecture"),
        DraftContact("SAMU, régulation", "samu"),
        DraftContact("ARS, point focal", "ars"),
        DraftContact("Hôpital de référence"),
        DraftContact("Mairie touchée"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "Alerte [nature] à [lieu], à [heure]. La préfecture demande\u00a0: [consigne\u00a0: abri ou évacuation]. N’entrez "
            "pas dans la zone. Répondez\u00a0: où, combien de personnes avec vous, de quoi avez-vous besoin\u00a0? Prochain "
            "message à [heure].",
        ),
        DraftMessage(
            "Patients qui appellent",
            "La préfecture demande\u00a0: [consigne\u00a0: abri ou évacuation]. Appelez avant de venir au cabinet. Urgence\u00a0: "
            "appelez le 15.",
        ),
    ),
    stop=(
        "Quand la préfecture lève la consigne. Le suivi des exposés continue\u00a0: noter qui le tient, où, et fixer "
        "le bilan."
    ),
)
