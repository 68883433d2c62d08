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
        "human-resources",
        "internal-communication",
        "liaison",
    ),
    trigger=(
        "Une alerte arrive, ou une autorité demande à la CPTS d’agir. Dans le doute, commencer par cette fiche, puis "
        "prendre celle du type de crise."
    ),
    first_hour=(
        DraftStep(
            "Noter l’heure, le nom de l’appelant et ses mots. Le rappeler pour vérifier son numéro.",
            who="Qui reçoit l’alerte",
            delay=5,
        ),
        DraftStep(
            "Joindre le référent de crise\u00a0; sans réponse, son suppléant.", who="Qui reçoit l’alerte", delay=5
        ),
        DraftStep(
            "Faire préciser\u00a0: que demande-t-on à la CPTS, qui le demande, où, jusqu’à quand\u00a0?", "pilot", 15
        ),
        DraftStep("Fixer le niveau, en dire la raison, activer le plan.", "pilot", 15),
        DraftStep("Ouvrir le journal. Garder le plan, l’annuaire et le stock tels qu’ils sont.", "secretariat", 15),
        DraftStep(
            "Réunir la cellule, répartir les fonctions, noter celles qui restent vides, fixer l’heure du prochain "
            "point.",
            "coordination",
            30,
        ),
        DraftStep(
            "Dire à tous où ne pas aller et quelle protection porter, par le premier message ci-dessous.",
            "internal-communication",
            30,
        ),
        DraftStep(
            "Confirmer le contact avec l’ARS, le SAMU, les mairies, l’hôpital, les EHPAD et les pharmacies.",
            "liaison",
            60,
        ),
    ),
    then=(
        DraftStep(
            "Noter à part, chacun avec sa date\u00a0: plan ORSAN déclenché, CPTS sollicitée, crise sanitaire grave reconnue "
            "par une autorité. La CPTS ne la reconnaît jamais elle-même.",
            "secretariat",
        ),
        DraftStep("Compter les besoins par commune\u00a0: des nombres, jamais de noms.", "coordination"),
        DraftStep("Suivre le stock, annoncer ce qui va manquer.", "logistics"),
        DraftStep("Organiser les relèves, les repas, le repos.", "human-resources"),
        DraftStep("Envoyer à l’ARS le point de situation à l’heure convenue.", "liaison"),
        DraftStep("Consigner le temps de chacun et les dépenses.", "finance"),
    ),
    continuity=(
        DraftStep("Demander au centre si séances et transports sont assurés.", "care", care=CareKind.DIALYSIS),
        DraftStep("Demander au prestataire combien de domiciles dépendent du courant.", "care", care=CareKind.OXYGEN),
        DraftStep("Vérifier que chaque injection a un soignant pour la faire.", "care", care=CareKind.INSULIN),
        DraftStep("Confier à un confrère la tournée de chaque infirmier engagé.", "care", care=CareKind.WOUNDS),
    ),
    protection=(
        "Personne n’entre en zone dangereuse sans consigne des secours. On part à deux, protégé, identifié, et on "
        "signale son départ et son retour."
    ),
    material="Téléphones chargés, plan, annuaire et feuilles de journal imprimés, stylos.",
    contacts=(
        DraftContact("ARS, point focal", "ars"),
        DraftContact("SAMU, régulation", "samu"),
        DraftContact("Mairie de la commune touchée"),
        DraftContact("Hôpital, direction de garde"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "[Événement] à [commune], depuis [heure]. La CPTS est sollicitée par [qui]. Répondez\u00a0: disponible ou non, "
            "où, quand. N’allez pas sur place sans consigne. Protection\u00a0: [consigne]. Prochain message à [heure].",
        ),
    ),
    stop=(
        "Le pilote décide la levée, après accord du demandeur, et la date. Prévenir adhérents et partenaires, confier "
        "les besoins restants, fixer le bilan à chaud, clore le journal."
    ),
)
