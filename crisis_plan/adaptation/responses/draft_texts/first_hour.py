"""The first hour of any crisis. Source: domain, sections 5, 7 and 8 (« Alert received », « Activation, first hour »)."""

from __future__ import annotations

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.responses.drafts import Draft, DraftContact, DraftMessage, DraftStep

FIRST_HOUR = Draft(
    key="first-hour",
    title="Première heure, quelle que soit la crise",
    functions=(
        "pilot",
        "coordination",
        "secretariat",
        "care",
        "human-resources",
        "internal-communication",
        "liaison",
    ),
    trigger="Une alerte arrive, ou une autorité demande à la CPTS d’agir. Prendre ensuite la fiche du type de crise.",
    first_hour=(
        DraftStep(
            "Noter l’heure, l’appelant, ses mots\u00a0; le rappeler pour vérifier.", who="Qui reçoit l’alerte", delay=5
        ),
        DraftStep(
            "Joindre le référent de crise\u00a0; sans réponse, son suppléant.", who="Qui reçoit l’alerte", delay=5
        ),
        DraftStep(
            "Faire préciser\u00a0: qui demande quoi, où, jusqu’à quand\u00a0? Que veut l’ARS en retour, à quelle heure\u00a0?",
            "pilot",
            15,
        ),
        DraftStep(
            "Décider l’activation et le niveau, en dire la raison, en informer l’ARS.",
            who="Référent de crise ou suppléant",
            delay=15,
        ),
        DraftStep("Ouvrir le journal, nommer qui le tient\u00a0; figer plan, annuaire et stock.", "secretariat", 15),
        DraftStep(
            "Réunir la cellule au lieu prévu, sinon au repli\u00a0; noter les fonctions vides.", "coordination", 30
        ),
        DraftStep(
            "Envoyer le premier message, plus tôt si la fiche du type le dit\u00a0: où ne pas aller, comment se protéger.",
            "internal-communication",
            30,
        ),
        DraftStep(
            "Confirmer le contact (ARS, SAMU/SAS, mairies, hôpital, EHPAD, MSP, pharmacies)\u00a0; fixer le prochain point.",
            "liaison",
            60,
        ),
    ),
    then=(
        DraftStep(
            "Noter à part, avec leur date\u00a0: plan ORSAN déclenché, CPTS sollicitée, crise sanitaire grave "
            "reconnue. Seule une autorité la reconnaît.",
            "secretariat",
        ),
        DraftStep("Compter les besoins par commune\u00a0: des nombres, jamais de noms.", "coordination"),
        DraftStep("Suivre le stock, annoncer ce qui va manquer.", "logistics"),
        DraftStep("Organiser les relèves, les repas, le repos.", "human-resources"),
        DraftStep("Envoyer à l’ARS le point de situation à l’heure convenue.", "liaison"),
        DraftStep("Consigner le temps de chacun et les dépenses.", "finance"),
    ),
    continuity=(
        DraftStep("Demander au centre si séances et transports sont assurés.", care=CareKind.DIALYSIS),
        DraftStep("Demander au prestataire combien de domiciles dépendent du courant.", care=CareKind.OXYGEN),
        DraftStep("Vérifier que chaque injection a un soignant pour la faire.", care=CareKind.INSULIN),
        DraftStep("Confier à un confrère la tournée de chaque infirmier engagé.", care=CareKind.WOUNDS),
    ),
    protection=(
        "Personne n’entre en zone dangereuse sans consigne des secours. Partir à deux, protégé\u00a0; signaler "
        "départ et retour."
    ),
    material="Téléphones chargés, plan, annuaire et feuilles de journal imprimés, stylos.",
    contacts=(
        DraftContact("ARS, point focal", "ars"),
        DraftContact("SAMU ou SAS", "samu"),
        DraftContact("Mairie touchée"),
        DraftContact("Hôpital", "hopital"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "[Événement] à [commune], depuis [heure]. La CPTS est sollicitée par [qui]. Répondez\u00a0: disponible "
            "ou non, où, quand. N’allez pas sur place sans consigne. Protection\u00a0: [consigne]. Prochain message "
            "à [heure].",
        ),
    ),
    stop=(
        "Le référent de crise ou son suppléant décide la levée, puis en informe l’ARS. Noter l’heure, prévenir adhérents "
        "et partenaires, confier les besoins restants, fixer le bilan à chaud, clore le journal."
    ),
)
