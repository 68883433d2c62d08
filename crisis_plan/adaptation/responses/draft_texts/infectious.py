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
    trigger=(
        "L’ARS annonce un agent infectieux nouveau, ou demande à la CPTS un dépistage ou une vaccination "
        "exceptionnelle."
    ),
    first_hour=(
        DraftStep(
            "Cas suspect devant soi\u00a0: l’installer à part, se protéger, appeler le SAMU, suivre sa consigne.",
            who="Chaque soignant",
            delay=5,
        ),
        DraftStep(
            "Demander à l’ARS ses consignes écrites\u00a0: qui est suspect, quelle protection, que signaler, à qui\u00a0?",
            "pilot",
            15,
        ),
        DraftStep("Envoyer le premier message, avec ces consignes telles quelles.", "internal-communication", 30),
        DraftStep(
            "Compter FFP2, surblouses et tests\u00a0; réserver ce qui reste aux postes exposés.", "logistics", 30
        ),
        DraftStep("Séparer dans chaque cabinet les cas suspects des autres\u00a0: heure, porte, salle.", "care", 30),
        DraftStep("Compter qui sait mettre et ôter une tenue, qui est à former.", "human-resources", 60),
        DraftStep(
            "Demander aux laboratoires, pharmacies et communes ce qu’ils peuvent ouvrir, et quand.", "liaison", 60
        ),
    ),
    then=(
        DraftStep("Former à la tenue, en binôme, avant tout contact.", "human-resources"),
        DraftStep("Choisir avec la mairie un lieu à sens unique\u00a0: accueil, acte, sortie.", "logistics"),
        DraftStep("Ouvrir dépistage ou vaccination quand l’ARS le demande\u00a0; afficher les horaires.", "care"),
        DraftStep("Prévoir une équipe pour ceux qui ne se déplacent pas.", "care"),
        DraftStep("Compter chaque jour tests, vaccinations et doses restantes\u00a0: jamais de noms.", "secretariat"),
        DraftStep("Suivre les soignants exposés ou malades, prévoir leur relève.", "human-resources"),
        DraftStep("Ne relayer au public que les messages de l’ARS.", "external-communication"),
    ),
    continuity=(
        DraftStep(
            "Faire rappeler ceux qui ne viennent plus\u00a0; les recevoir à part.", "care", care=CareKind.ONCOLOGY
        ),
        DraftStep("Demander aux pharmacies combien de traitements ne sont plus pris.", "care", care=CareKind.INSULIN),
        DraftStep("Annoncer un cas suspect au centre avant tout trajet.", "care", care=CareKind.DIALYSIS),
        DraftStep("Garder une délivrance hors du circuit suspect.", "care", care=CareKind.SUBSTITUTION),
        DraftStep("Maintenir le suivi dans un lieu sans cas suspect.", "care", care=CareKind.PREGNANCY),
        DraftStep("Proposer la téléconsultation aux personnes confinées.", "care", care=CareKind.MENTAL_HEALTH),
    ),
    protection=(
        "Tenue selon la consigne de l’ARS, mise et ôtée sous le regard d’un collègue. Sans tenue, pas de contact. "
        "Toute exposition est signalée le jour même."
    ),
    material="Tests, sacs de déchets de soins, affiches de circuit.",
    stock=("Masques FFP2", "Surblouses", "Gants", "Gel hydroalcoolique"),
    contacts=(
        DraftContact("ARS, point focal", "ars"),
        DraftContact("SAMU, régulation", "samu"),
        DraftContact("Laboratoires du territoire"),
        DraftContact("Pharmacies du territoire"),
        DraftContact("Mairie du lieu choisi"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "[Agent] signalé par l’ARS. Consignes jointes\u00a0: lisez-les avant vos consultations. Séparez les cas "
            "suspects, portez [protection]. Répondez\u00a0: volontaire ou non, formé à la tenue ou non, stock. Prochain "
            "message à [heure].",
        ),
    ),
    stop=(
        "Quand l’ARS lève sa demande. Fermer les lieux, rendre les clés, éliminer les déchets de soins, recompter le "
        "stock, fixer le bilan."
    ),
)
