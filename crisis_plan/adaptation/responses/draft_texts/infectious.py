"""Crisis type 3, an emerging infection or an exceptional vaccination. Source: domain, section 4."""

from __future__ import annotations

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.drafts import Draft, DraftContact, DraftMessage, DraftStep
from crisis_plan.orsan.catalogue import PROPOSED_LINKS

INFECTIOUS = Draft(
    key="infectious",
    title="Agent infectieux émergent, vaccination exceptionnelle",
    crisis_types=(CrisisType.INFECTIOUS,),
    orsan_plans=PROPOSED_LINKS[CrisisType.INFECTIOUS],
    functions=("pilot", "care", "human-resources", "logistics", "internal-communication", "liaison"),
    professions=(
        "Médecin",
        "Infirmier",
        "Infirmier en pratique avancée (IPA)",
        "Pharmacien",
        "Sage-Femme",
        "Technicien de laboratoire médical",
    ),
    trigger="L’ARS annonce un agent infectieux nouveau, ou demande un dépistage ou une vaccination exceptionnelle.",
    first_hour=(
        DraftStep("Demander à l’ARS ses consignes écrites\u00a0: cas, protection, signalement.", "pilot", 5),
        DraftStep(
            "Cas suspect\u00a0: suivre la consigne de l’ARS\u00a0; urgence\u00a0: SAMU.",
            who="Chaque soignant",
            delay=15,
        ),
        DraftStep("Envoyer le premier message, ces consignes jointes telles quelles.", "internal-communication", 30),
        DraftStep("Compter FFP2, surblouses, tests\u00a0; les réserver aux postes exposés.", "logistics", 30),
        DraftStep("Séparer dans chaque cabinet cas suspects et autres\u00a0: heure, porte, salle.", "care", 30),
        DraftStep("Compter qui sait mettre et ôter une tenue, qui est à former.", "human-resources", 60),
        DraftStep("Demander aux laboratoires, pharmacies et communes ce qu’ils ouvrent.", "liaison", 60),
    ),
    then=(
        DraftStep("Former à la tenue avant tout contact.", "human-resources"),
        DraftStep("Choisir avec la mairie un lieu à sens unique\u00a0: accueil, acte, sortie.", "logistics"),
        DraftStep("Ouvrir dépistage ou vaccination quand l’ARS le demande.", "care"),
        DraftStep("Prévoir une équipe pour ceux qui ne se déplacent pas.", "care"),
        DraftStep("Compter chaque jour tests, vaccinations, doses\u00a0: jamais de noms.", "secretariat"),
        DraftStep("Ne relayer au public que les messages de l’ARS.", "external-communication"),
    ),
    continuity=(
        DraftStep("Faire rappeler ceux qui ne viennent plus\u00a0; les recevoir à part.", care=CareKind.ONCOLOGY),
        DraftStep("Demander aux pharmacies combien de traitements ne sont plus pris.", care=CareKind.INSULIN),
        DraftStep("Annoncer un cas suspect au centre avant tout trajet.", care=CareKind.DIALYSIS),
        DraftStep("Garder une délivrance hors du circuit suspect.", care=CareKind.SUBSTITUTION),
        DraftStep("Maintenir le suivi dans un lieu sans cas suspect.", care=CareKind.PREGNANCY),
    ),
    protection=(
        "Tenue selon la consigne de l’ARS, sans tenue pas de contact. Exposition\u00a0: la signaler selon cette consigne."
    ),
    material="Tests, sacs de déchets de soins, affiches de circuit.",
    stock=("Masques FFP2", "Surblouses", "Gants", "Gel hydroalcoolique"),
    contacts=(
        DraftContact("ARS, point focal", "ars"),
        DraftContact("SAMU, régulation", "samu"),
        DraftContact("Laboratoires"),
        DraftContact("Pharmacies"),
        DraftContact("Mairie du lieu"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "[Agent] signalé par l’ARS. Consignes jointes\u00a0: lisez-les avant vos consultations. Séparez les cas "
            "suspects, portez [protection]. Répondez\u00a0: volontaire ou non, formé à la tenue ou non, stock. "
            "Prochain message à [heure].",
        ),
    ),
    stop=(
        "Quand l’ARS lève sa demande. Fermer les lieux, éliminer les déchets de soins, recompter le stock, fixer le "
        "bilan."
    ),
)
