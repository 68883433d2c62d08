"""Two action cards that the fictional CPTS wrote itself, after an exercise and a winter storm."""

from __future__ import annotations

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.drafts import Draft, DraftContact, DraftMessage, DraftStep
from crisis_plan.orsan.catalogue import OrsanPlan

VACCINATION = Draft(
    key="",
    title="Ouvrir un lieu de vaccination",
    crisis_types=(CrisisType.INFECTIOUS,),
    orsan_plans=(OrsanPlan.REB,),
    functions=("care", "human-resources", "logistics", "internal-communication", "liaison"),
    professions=("Médecin", "Infirmier", "Pharmacien", "Sage-Femme"),
    trigger="L’ARS demande une vaccination exceptionnelle et annonce des doses. La fiche 4 est déjà en cours.",
    first_hour=(
        DraftStep(
            "Demander à l’ARS\u00a0: quel public, quelle date, combien de doses, livrées où\u00a0?", "liaison", 15
        ),
        DraftStep("Appeler la mairie\u00a0: salle libre, clé, chauffage, fléchage.", "logistics", 15),
        DraftStep("Composer l’équipe\u00a0: accueil, entretien, injection, surveillance.", "human-resources", 30),
        DraftStep("Envoyer aux adhérents les créneaux à pourvoir.", "internal-communication", 60),
    ),
    then=(
        DraftStep("Installer un sens unique\u00a0: accueil, entretien, injection, repos, sortie.", "logistics"),
        DraftStep("Faire contrôler le réfrigérateur par un pharmacien avant la livraison.", "logistics"),
        DraftStep("Suivre la notice du produit\u00a0; afficher qui appeler en cas de malaise.", "care"),
        DraftStep("Compter chaque heure doses reçues, faites, perdues\u00a0: jamais de noms.", "secretariat"),
        DraftStep("Envoyer une équipe chez ceux qui ne se déplacent pas.", "care"),
    ),
    continuity=(
        DraftStep("Garder un infirmier par secteur pour les tournées.", "care", care=CareKind.WOUNDS),
        DraftStep("Réserver une heure calme aux patients fragiles.", "care", care=CareKind.ONCOLOGY),
    ),
    protection="Gants, gel, collecteur à portée de main. Une pause toutes les deux heures, une relève à midi.",
    material="Réfrigérateur, tables, paravents, collecteurs d’aiguilles, affiches.",
    stock=("Gants", "Gel hydroalcoolique"),
    contacts=(DraftContact("ARS, point focal", "ars"), DraftContact("Mairie d’Uzès, élu d’astreinte", "mairie uzes")),
    messages=(
        DraftMessage(
            "Adhérents",
            "Vaccination à [lieu] du [date] au [date]. Nous cherchons [nombre] soignants par demi-journée. Répondez avec "
            "vos créneaux. Prochain message à [heure].",
        ),
    ),
    stop="Quand l’ARS lève sa demande. Rendre la salle, retourner les doses, recompter le stock, faire le bilan à chaud.",
)
BLACKOUT = Draft(
    key="",
    title="Coupure de réseau et d’électricité",
    crisis_types=(CrisisType.CARE_DISRUPTED,),
    functions=("pilot", "secretariat", "care", "logistics", "liaison"),
    professions=("Médecin", "Infirmier", "Pharmacien"),
    trigger="Ni téléphone ni courant depuis plus d’une heure sur une partie du territoire. N’attendre aucun appel.",
    first_hour=(
        DraftStep("Sortir le plan, l’annuaire et le journal imprimés.", "secretariat", 5),
        DraftStep(
            "Rejoindre la salle de la cellule, ou son repli, sans attendre.", who="Membres de la cellule", delay=30
        ),
        DraftStep("Brancher le groupe électrogène\u00a0; compter le carburant.", "logistics", 30),
        DraftStep("Envoyer un porteur à chaque mairie, heure de retour fixée.", "liaison", 60),
        DraftStep("Partager les secteurs\u00a0: chaque infirmier passe chez ses patients appareillés.", "care", 60),
    ),
    then=(
        DraftStep("Afficher à la porte des mairies où se soigner et à quelle heure.", "liaison"),
        DraftStep("Regrouper vaccins et insulines dans un lieu alimenté.", "logistics"),
        DraftStep("Faire le point à heures fixes, sur place\u00a0: 8 h, 13 h, 19 h.", "pilot"),
        DraftStep("Ressaisir le journal papier au retour du réseau, avec la raison du retard.", "secretariat"),
    ),
    continuity=(
        DraftStep(
            "Compter les domiciles sans courant\u00a0; porter les bouteilles de secours.", "care", care=CareKind.OXYGEN
        ),
        DraftStep("Faire prévenir le centre par le porteur le plus proche.", "care", care=CareKind.DIALYSIS),
        DraftStep("Donner à chaque patient le lieu où le froid est tenu.", "care", care=CareKind.INSULIN),
    ),
    protection="Rouler de jour, à deux. Aucun appareil à moteur en intérieur. Une lampe et un gilet par personne.",
    material="Radios, lampes, piles, carburant, cartes des communes.",
    stock=("Groupe électrogène", "Concentrateur d’oxygène"),
    contacts=(
        DraftContact("Mairie de Sernhac, élu d’astreinte", "mairie sernhac"),
        DraftContact("SDIS", "sdis"),
        DraftContact("Hôpital, direction de garde", "hopital"),
    ),
    messages=(
        DraftMessage(
            "Affiche à la mairie",
            "Coupure depuis [heure]. Soins assurés à [lieu], de [heure] à [heure]. Oxygène, dialyse, insuline\u00a0: "
            "signalez-vous à la mairie. Prochain affichage à [heure].",
        ),
    ),
    stop="Quand le téléphone et le courant tiennent depuis un jour entier. Rendre le matériel, ressaisir, faire le bilan.",
)
OWN_CARDS = (VACCINATION, BLACKOUT)
