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
        DraftStep("Se mettre à l’abri. N’entrer dans la zone que sur consigne.", who="Chacun", delay=5),
        DraftStep("Envoyer le premier message\u00a0: s’abriter, attendre, répondre.", "internal-communication", 5),
        DraftStep("Demander à la préfecture\u00a0: produit, zone, abri ou évacuation, aide attendue.", "pilot", 15),
        DraftStep("Vérifier que chaque soignant de la zone est à l’abri, joignable.", "human-resources", 15),
        DraftStep("Demander au SAMU vers où orienter les personnes exposées.", "liaison", 30),
        DraftStep("Dire aux cabinets\u00a0: qui vient de la zone attend à part\u00a0; appeler le SAMU.", "care", 30),
        DraftStep("Relayer mot pour mot les consignes de la préfecture.", "external-communication", 60),
        DraftStep("Compter les tenues. Ne pas donner d’iode\u00a0: l’État s’en charge.", "logistics", 60),
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
        DraftStep("Donner à la préfecture le nombre de domiciles confinés.", care=CareKind.OXYGEN),
        DraftStep("Compter les injections à faire en zone\u00a0; demander la consigne.", care=CareKind.INSULIN),
        DraftStep("Poser à l’hôpital de référence les questions reçues.", care=CareKind.PREGNANCY),
        DraftStep("Écouter dans la durée\u00a0; demander la CUMP au SAMU.", care=CareKind.MENTAL_HEALTH),
    ),
    protection=(
        "Jamais en zone sans consigne ni tenue. À l’abri, y rester jusqu’à la levée. Se dire exposé tout de suite, "
        "même sans trouble."
    ),
    material="Radio à piles, eau, affiches, fiches de comptage. L’iode n’est pas du stock.",
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
            "Alerte [nature] à [lieu], à [heure]. Abritez-vous avec vos patients, ne venez pas. Suivez la "
            "préfecture\u00a0: [consigne]. Répondez\u00a0: à l’abri ou non, où, combien de personnes avec vous. "
            "Prochain message à [heure].",
        ),
        DraftMessage(
            "Patients qui appellent",
            "Restez à l’abri et suivez la préfecture. Ne venez pas au cabinet. En cas de malaise, appelez le 15.",
        ),
    ),
    stop=(
        "Quand la préfecture lève la consigne. Le suivi des exposés continue\u00a0: noter qui le tient, où, et fixer "
        "le bilan."
    ),
)
